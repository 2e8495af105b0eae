"""However a reader writes it, the real engine finds it; on the fixture's questions."""

from __future__ import annotations

from pathlib import Path

import evaluate
import pytest
from qna import pipeline
from support.harness import FIXTURE, generated

WAYS = {
    "fermantation": "fermentation",
    "fremntation": "fermentation",
    "bulkfermentation": "bulk-fermentation",
    "sour dough": "yeast-vs-sourdough",
    "over proofing": "overproofing",
    "yeats vs sourdogh differnce": "yeast-vs-sourdough",
    "wild yeast loaf": "yeast-vs-sourdough",
    "doughtemp": "dough-temperature",
    "steam": "steam",
    "<b>steam</b>": "steam",
    "dougtemperature": "dough-temperature",
    "flavour": "sour-taste",
    "flavor": "sour-taste",
    "LAB": "sour-taste",
    "DDTs": "dough-temperature",
    "DDT": "dough-temperature",
    "desired dough temperature": "dough-temperature",
    "windowp": "windowpane",
    "poolish and b": "preferment",
    "home baking": "steam-at-home",
    "H\u00fddration  & WATER!": "hydration",
    "\u062e\u0628\u0632": "\u0643\u064a\u0641-\u064a\u064f\u062e\u0628\u0632-\u0627\u0644\u062e\u0628\u0632",
}
"""Typos, joined and split words, spellings, acronyms both ways, half words, accents, markup."""

SAID = {
    "nail polish": "feeding",
    "carbon dioxide": "fermentation",
    "warm place": "sourdough-starter",
    "rye flour": "sourdough-starter",
    "wild yeasts": "yeast-vs-sourdough",
    "lidded cast-iron pot": "steam-at-home",
}
"""Words that stand together in an answer, and nowhere in a question."""

HALF = {
    "over": "retarding",
    "so": "yeast-vs-sourdough",
    "do": "dough-temperature",
    "bulk so": "bulk-fermentation",
}
"""A word being typed that is, so far, one that says nothing."""

MISTYPED = {
    "becuase of steam": "because of steam",
    "wich flour shoud I use ": "which flour should I use ",
    "wether steam wroks": "whether steam works",
    "fermneting ": "fermentation ",
    "the loaf is good ": "loaf good ",
    "duogh temperature ": "dough temperature ",
}
"""Words that say nothing, with typos or beside others; a typo in a form that no text has."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the search reads."""
    path = tmp_path_factory.mktemp("data") / "data.json"
    made = generated(FIXTURE / pipeline.SOURCE)
    path.write_text(made["search/data.json"], encoding="utf-8")
    return path


@pytest.mark.parametrize("expected", [WAYS, SAID, HALF], ids=["written", "said", "half"])
def test_the_best_answer_comes_first(expected: dict[str, str], data: Path) -> None:
    """Whatever the query, and though a half word may still become another."""
    found = evaluate.ranked(expected, data=data)

    assert {query: ids[:1] for query, ids in zip(expected, found, strict=True)} == {
        query: [name] for query, name in expected.items()
    }


@pytest.mark.parametrize(("query", "meant"), MISTYPED.items())
def test_mistyped(query: str, meant: str, data: Path) -> None:
    """What is found is what would be without the typo."""
    [found, same] = evaluate.ranked([query, meant], data=data)

    assert (found[:2], found != []) == (same[:2], True)


def test_nothing_to_find(data: Path) -> None:
    """Nothing comes out, without a fault, where nothing can."""
    queries = ["", " ", "?!", "the of and", "qqqqxzzz", "\u4e2d\u6587", "\U0001f680" * 500]

    assert evaluate.ranked(queries, data=data) == [[] for _ in queries]


def test_a_judged_query_for_a_question_that_is_gone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is named with its place, and what to do."""
    questions = tmp_path / "questions.json"
    questions.write_text('{"questions": [{"id": "gluten", "question": "What is gluten?"}]}')
    line = '{"query": "x", "category": "exact", "relevant": {"What is glutin?": 3}}\n'
    (tmp_path / "judgements.jsonl").write_text(line)
    monkeypatch.setattr(evaluate, "HERE", tmp_path)
    monkeypatch.setattr(evaluate, "ROOT", tmp_path)

    told = r"judgements\.jsonl:1: error: the source has no question 'What is glutin\?'"
    with pytest.raises(evaluate.UnknownQuestionError, match=told):
        evaluate.read("judgements", questions)
    assert evaluate.read("second_opinion", questions) == []
