"""The project's own content is complete: nothing is reported, and every editorial file is full."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import draw_cards as command
import pytest
from qna import diagnostics, pipeline
from qna.cards import content, drawing, layout
from qna.cards.fonts import Fonts
from support.harness import ROOT, generated

SOURCE = ROOT / pipeline.SOURCE
EDITED = SOURCE.parent


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
    fonts = Fonts(command.FONTS)
    for card in content.cards(data):
        fonts.missing.clear()
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
