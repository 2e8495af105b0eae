"""The project's content: read in full, recorded in the ledger, and complete."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import draw_cards as command
import pytest
from qna import diagnostics, pipeline
from qna.cards import content, drawing, layout
from qna.cards.fonts import Fonts
from support import verbatim
from support.harness import ROOT, generated
from support.sites import copy_project, run

SOURCE = ROOT / pipeline.SOURCE
EDITED = SOURCE.parent
AUTHORS = (ROOT / "docs/authors.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    """The content of questions.json."""
    loaded: dict[str, Any] = json.loads(generated(SOURCE)["questions.json"])
    return loaded


def edited(name: str) -> dict[str, Any]:
    """Return a file beside the source; skip the test without it, because it is optional."""
    if not (EDITED / name).exists():
        pytest.skip(f"no {name}")
    return tomllib.loads((EDITED / name).read_text(encoding="utf-8"))


def test_nothing_is_reported(tmp_path: Path) -> None:
    """There are neither errors nor warnings, so that a strict run passes."""
    made = pipeline.prepare(SOURCE, tmp_path)

    assert not made.report.items, diagnostics.render(made.report, made.lines)


def test_every_question_is_read(data: dict[str, Any]) -> None:
    """An independent parser of the source finds the same questions and answers, in order."""
    asked = [(item["question"], verbatim.plain(item["answer"])) for item in data["questions"]]

    assert asked == verbatim.pairs(SOURCE.read_text(encoding="utf-8"))
    assert asked


def test_the_ledger_and_the_navigation_are_up_to_date(tmp_path: Path) -> None:
    """Splitting a fresh copy of the project changes neither the ledger nor mkdocs.yml.

    Answers may be edited on the forge, so their dates need not be recorded.
    """
    copied = copy_project(tmp_path, ROOT)
    assert run(["python", "scripts/split.py", "--undated"], copied).returncode == 0

    for name in ("docs/_source/ids.json", "mkdocs.yml"):
        assert (copied / name).read_bytes() == (ROOT / name).read_bytes(), "run scripts/split.py"


def test_every_id_is_recorded(data: dict[str, Any]) -> None:
    """The ledger has the id of each topic and each question."""
    ledger = json.loads((EDITED / "ids.json").read_text(encoding="utf-8"))

    for kind in ("topics", "questions"):
        listed = [item["id"] for item in data[kind]]
        assert len(set(listed)) == len(listed)
        assert set(listed) <= {item["id"] for item in ledger[kind]}


def test_every_topic_has_a_summary(data: dict[str, Any]) -> None:
    """Each topic has a line that says what is in it."""
    assert {item["id"] for item in data["topics"]} == set(edited("topics.toml")["summary"])


def test_every_question_has_related_ones(data: dict[str, Any]) -> None:
    """Each question has 3 to 5 related ones, or as many as there are."""
    others = len(data["questions"]) - 1
    for item in data["questions"]:
        assert min(3, others) <= len(item["related"]) <= 5, item["id"]


def test_every_question_has_other_ways_to_ask(data: dict[str, Any]) -> None:
    """Each question has 8 to 14 of them, and at least two groups of synonyms on average."""
    search = edited("search.toml")

    assert set(search["phrases"]) == {item["id"] for item in data["questions"]}
    assert {len(ways) for ways in search["phrases"].values()} <= set(range(8, 15))
    assert len(search["synonyms"]) >= 2 * len(data["questions"])


def test_all_text_is_on_cards(data: dict[str, Any]) -> None:
    """Every question and answer is on its card in full, large enough and away from the edges.

    Cards with characters that no installed font has are skipped; `make cards` warns about them.
    """
    for card in content.cards(data):
        fonts = Fonts(command.FONTS)
        made = drawing.placed(card, fonts)
        if fonts.missing:
            continue
        assert made.text("title") == card.title
        assert made.text("text") == card.text
        assert made.text("label") == card.label
        assert min(line.size for line in made.lines if line.role == "text") >= 28
        for line in made.lines:
            width = fonts.width(line.text, drawing.STYLES[line.role]) * line.size
            assert line.left >= layout.SAFE
            assert line.left + width <= layout.WIDTH - layout.SAFE
            assert line.baseline - 0.75 * line.size >= layout.SAFE
            assert line.baseline + 0.3 * line.size <= layout.HEIGHT - layout.SAFE


def test_authors_page_names_every_macro_and_file() -> None:
    """The page for authors names each macro and each file of docs/_source."""
    if "| Macro |" not in AUTHORS:
        pytest.skip("docs/authors.md is about other things")
    macros = (ROOT / "macros/__init__.py").read_text(encoding="utf-8")
    registered = re.search(r"shown = \(\n(.*?)\n    \)", macros, re.DOTALL)
    assert registered

    for name in re.findall(r"macros\.(\w+)", registered[1]):
        assert f"`{name}(" in AUTHORS
    for path in EDITED.iterdir():
        assert f"`{path.name}`" in AUTHORS
