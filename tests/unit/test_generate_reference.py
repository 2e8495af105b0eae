"""Every bad input is tested, every message is documented, and the pages about them are current."""

from __future__ import annotations

import re

import generate_reference
import pytest
from generate_reference import ROOT, Row
from support.casefiles import Case, every

SHOWN = {number for case in every() for number in case.rows}
EXAMPLES = [case for case in every() if case.explains]


def test_all_rows_are_there() -> None:
    """There are 150 bad inputs, and case files name no others."""
    assert [row.number for row in generate_reference.rows()] == list(range(1, 151))
    assert set(range(1, 151)) >= SHOWN


@pytest.mark.parametrize(
    "row", generate_reference.rows(), ids=lambda row: f"{row.number} {row.text}"[:40]
)
def test_every_row_is_covered(row: Row) -> None:
    """Each bad input has a case file, or a test that exists."""
    assert row.number in SHOWN or row.elsewhere
    for place in row.elsewhere:
        file, *_, name = place.split("::")
        text = (ROOT / "tests" / file).read_text(encoding="utf-8")
        assert re.search(rf"^ *def {name}\(", text, re.MULTILINE), place


@pytest.mark.parametrize(
    "row", generate_reference.rows(), ids=lambda row: f"{row.number} {row.text}"[:40]
)
def test_messages_of_a_row_are_shown(row: Row) -> None:
    """Each code that a row names is in one of its case files, or in a test file of that row."""
    told = [case.section("diagnostics") for case in every() if row.number in case.rows]
    tests = [ROOT / "tests" / place.partition("::")[0] for place in row.elsewhere]
    shown = "".join(section.text for section in told if section)
    shown += "".join(path.read_text(encoding="utf-8") for path in tests)

    for code in re.findall(r"[EW][0-9]{3}", row.outcome or row.asked):
        assert f"[{code}]" in shown


def test_different_decisions_have_reasons() -> None:
    """Each different decision comes with the actual outcome and a reason."""
    decided = [row for row in generate_reference.rows() if row.outcome or row.reason]

    assert decided
    assert all(row.outcome.endswith(".") and row.reason.endswith(".") for row in decided)


def test_every_message_is_explained_once() -> None:
    """Each code that the splitter uses is explained by exactly one case file."""
    assert sorted(generate_reference.codes()) == sorted(case.explains for case in EXAMPLES)


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case.explains)
def test_an_example_shows_only_its_message(case: Case) -> None:
    """The example of a message causes only that message, and says what to do."""
    told, remedy = case.section("diagnostics"), case.section("remedy")

    assert told
    assert remedy
    assert set(re.findall(r"(?:error|warning)\[(\w+)\]", told.text)) == {case.explains}
    assert f"### {case.explains}: {case.title} " in generate_reference.DIAGNOSTICS.read_text(
        "utf-8"
    )


def test_page_of_messages_is_current() -> None:
    """docs/diagnostics.md is the output of `make reference`."""
    assert (
        generate_reference.DIAGNOSTICS.read_text(encoding="utf-8")
        == generate_reference.diagnostics()
    )
