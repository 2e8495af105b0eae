"""Every bad input is tested, every message is documented, and the pages that say so are current."""

from __future__ import annotations

import re

import pytest
import reference
from reference import ROOT, Row
from support.casefiles import Case, every

SHOWN = {number for case in every() for number in case.rows}
EXAMPLES = [case for case in every() if case.explains]


def test_all_rows_are_there() -> None:
    """There are 150 bad inputs, and case files show no others."""
    assert [row.number for row in reference.rows()] == list(range(1, 151))
    assert set(range(1, 151)) >= SHOWN


@pytest.mark.parametrize("row", reference.rows(), ids=lambda row: f"{row.number} {row.text}"[:40])
def test_every_row_is_covered(row: Row) -> None:
    """Each bad input is in a case file, or in a test that exists."""
    assert row.number in SHOWN or row.elsewhere
    for place in row.elsewhere:
        file, *_, name = place.split("::")
        text = (ROOT / "tests" / file).read_text(encoding="utf-8")
        assert re.search(rf"^ *def {name}\(", text, re.MULTILINE), place


@pytest.mark.parametrize("row", reference.rows(), ids=lambda row: f"{row.number} {row.text}"[:40])
def test_what_is_told_of_a_row_is_shown(row: Row) -> None:
    """Each message that a row names is in one of its case files, or beside a test of it."""
    told = [case.section("diagnostics") for case in every() if row.number in case.rows]
    tests = [ROOT / "tests" / place.partition("::")[0] for place in row.elsewhere]
    shown = "".join(section.text for section in told if section)
    shown += "".join(path.read_text(encoding="utf-8") for path in tests)

    for code in re.findall(r"[EW][0-9]{3}", row.outcome or row.asked):
        assert f"[{code}]" in shown


def test_what_is_decided_differently_says_why() -> None:
    """A decision comes with what happens instead and with a reason."""
    decided = [row for row in reference.rows() if row.outcome or row.reason]

    assert decided
    assert all(row.outcome.endswith(".") and row.reason.endswith(".") for row in decided)


def test_every_message_is_explained_once() -> None:
    """The codes in the splitter's own code are those that case files explain."""
    assert sorted(reference.codes()) == sorted(case.explains for case in EXAMPLES)


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case.explains)
def test_an_example_shows_its_message_and_no_other(case: Case) -> None:
    """The example of a message brings that message alone, and says what to do."""
    told, remedy = case.section("diagnostics"), case.section("remedy")

    assert told
    assert remedy
    assert set(re.findall(r"(?:error|warning)\[(\w+)\]", told.text)) == {case.explains}
    assert f"### {case.explains}: {case.title} " in reference.DIAGNOSTICS.read_text("utf-8")


def test_page_of_messages_is_current() -> None:
    """docs/diagnostics.md is what `make reference` writes."""
    assert reference.DIAGNOSTICS.read_text(encoding="utf-8") == reference.diagnostics()
