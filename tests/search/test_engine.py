"""The real engine finds the fixture's questions, however a reader writes the query."""

from __future__ import annotations

import json
from pathlib import Path

import advise
import evaluate
import pytest
from qna import pipeline
from qna.data import search_data
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
    "flavour": "retarding",
    "flavor": "retarding",
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
"""Typos, joined and split words, spellings, acronyms, expansions, half words, accents, markup."""

SAID = {
    "nail polish": "feeding",
    "carbon dioxide": "fermentation",
    "warm place": "sourdough-starter",
    "rye flour": "sourdough-starter",
    "wild yeasts": "yeast-vs-sourdough",
    "lidded cast-iron pot": "steam-at-home",
}
"""Words that are next to each other in an answer, and in no question."""

HALF = {
    "over": "retarding",
    "so": "yeast-vs-sourdough",
    "do": "dough-temperature",
    "bulk so": "bulk-fermentation",
}
"""Queries whose last word is still being typed and is, so far, a stop word."""

MISTYPED = {
    "becuase of steam": "because of steam",
    "wich flour shoud I use ": "which flour should I use ",
    "wether steam wroks": "whether steam works",
    "fermneting ": "fermentation ",
    "the loaf is good ": "loaf good ",
    "duogh temperature ": "dough temperature ",
}
"""Stop words, with typos or next to other words; a typo in a word form that is in no text."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data that search reads."""
    path = tmp_path_factory.mktemp("data") / "data.json"
    made = generated(FIXTURE / pipeline.SOURCE)
    path.write_text(made["search/data.json"], encoding="utf-8")
    return path


def test_the_best_answer_comes_first(data: Path) -> None:
    """The best answer comes first for any query, even while its last word is being typed."""
    expected = {**WAYS, **SAID, **HALF}
    found = evaluate.search(expected, data=data)

    assert {query: found[query].ids[:1] for query in expected} == {
        query: [name] for query, name in expected.items()
    }


def test_mistyped(data: Path) -> None:
    """A query with a typo finds the same best answers as the query without it."""
    found = evaluate.search([*MISTYPED, *MISTYPED.values()], data=data)
    first = {query: found[query].ids[:2] for query in MISTYPED}

    assert first == {query: found[meant].ids[:2] for query, meant in MISTYPED.items()}
    assert all(first.values())


def test_nothing_to_find(data: Path) -> None:
    """If there is nothing to find, there are no results and no errors."""
    queries = ["", " ", "?!", "qqqqxzzz", "\u4e2d\u6587", "\U0001f680" * 500]

    assert evaluate.ranked(queries, data=data) == [[] for _ in queries]


def test_stop_words_alone_find_something(data: Path) -> None:
    """Words that say nothing beside others find questions that have them if they are all there is."""
    [some, one] = evaluate.ranked(["what is the ", "what is the steam "], data=data)

    assert some
    assert one[0] == "steam"


def test_advice(data: Path, tmp_path: Path) -> None:
    """An author is told which phrases find another question, and which questions none finds."""
    read = search_data.load(data.read_text(encoding="utf-8"))
    ids = [row[0] for row in read["questions"]]
    read["phrases"][ids.index("steam")] = "poolish preferment|wild yeast"
    path = tmp_path / "data.json"
    path.write_text(json.dumps(read), encoding="utf-8")
    found = advise.probes(path)

    assert ("steam", "preferment") in advise.mixed_up(found, [])
    assert ("steam", "preferment") not in advise.mixed_up(
        found, [frozenset({"steam", "preferment"})]
    )
    assert "steam" in advise.indistinct(found)
    assert "preferment" not in advise.indistinct(found)


def test_a_judged_query_for_a_missing_question(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The error names the question and the line of the query."""
    questions = tmp_path / "questions.json"
    questions.write_text('{"questions": [{"id": "gluten", "question": "What is gluten?"}]}')
    line = '{"query": "x", "category": "exact", "relevant": {"What is glutin?": 3}}\n'
    (tmp_path / "judgements.jsonl").write_text(line)
    monkeypatch.setattr(evaluate, "JUDGED", tmp_path)
    monkeypatch.setattr(evaluate, "ROOT", tmp_path)

    told = r"judgements\.jsonl:1: error: the source has no question 'What is glutin\?'"
    with pytest.raises(evaluate.UnknownQuestionError, match=told):
        evaluate.read("judgements", questions)
    assert evaluate.read("second_opinion", questions) == []
