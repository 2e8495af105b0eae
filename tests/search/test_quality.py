"""The search finds what readers mean; the real engine answers judged queries."""

from __future__ import annotations

import tomllib

import evaluate
import pytest

JUDGED = evaluate.read("judgements")


@pytest.fixture(scope="module")
def found() -> list[list[str]]:
    """What the engine finds for each judged query."""
    return evaluate.ranked(query.query for query in JUDGED)


def test_scores_are_above_the_floor(found: list[list[str]]) -> None:
    """As a whole and in each category."""
    assert evaluate.shortfalls(evaluate.by_category(JUDGED, found)) == []


def test_the_floor_can_be_missed(found: list[list[str]]) -> None:
    """The same results for the wrong queries are far below it."""
    wrong = evaluate.by_category(JUDGED, [*found[1:], found[0]])
    assert len(evaluate.shortfalls(wrong)) > 3


def test_the_second_set_is_above_its_floor() -> None:
    """What was found for the first set is found for queries that others wrote, too."""
    second = evaluate.read("second_opinion")
    found = evaluate.ranked(query.query for query in second)
    scores = evaluate.by_category(second, found)
    assert evaluate.shortfalls(scores, evaluate.SECOND_FLOOR) == []


SEARCH = tomllib.loads((evaluate.ROOT / "docs/_source/search.toml").read_text(encoding="utf-8"))


def test_other_ways_to_ask() -> None:
    """Every question has 8 to 14 of them, and the field has 200 groups of synonyms."""
    assert {len(ways) for ways in SEARCH["phrases"].values()} <= set(range(8, 15))
    assert len(SEARCH["synonyms"]) >= 200


def test_phrases_are_not_the_judged_queries() -> None:
    """What a query is answered by was not written to answer it."""
    written = {
        phrase.casefold().rstrip("?")
        for phrases in SEARCH["phrases"].values()
        for phrase in phrases
    }
    judged = [*JUDGED, *evaluate.read("second_opinion")]
    asked = (query for query in judged if query.category in {"natural", "paraphrase"})
    assert [query.query for query in asked if query.query.casefold().rstrip("?") in written] == []


WAYS = {
    "backpropogation": "backpropagation",
    "bacpropagation": "backpropagation",
    "back propagation": "backpropagation",
    "crossentropy": "task-losses",
    "drop out": "dropout-in-practice",
    "reccurent vs feed foward network": "feedforward-vs-recurrent",
    "moe loss balancing": "task-losses",
    "rnn er model": "rnn",
    "wordembed": "word-embeddings",
    "dropout": "dropout-in-practice",
    "<b>dropout</b>": "dropout-in-practice",
    "grupnormalization": "group-normalization",
    "quantisation": "inference-optimization",
    "quantization": "inference-optimization",
    "GAN": "gan",
    "GANs": "gan",
    "generative adversarial network": "gan",
    "backp": "backpropagation",
    "what is deep l": "what-is-deep-learning",
    "deep learning": "what-is-deep-learning",
    "W\u00f6rd  EMBEDDINGS!": "word-embeddings",
}
"""Typos, joined and split words, spellings, acronyms both ways, half words, accents, markup."""

SAID = {
    "operator fusion": "inference-optimization",
    "z-score": "data-normalization",
    "early stopping": "overfitting",
    "translation invariance": "pooling",
    "over-the-air pipelines": "edge-deployment",
}
"""Words that stand together in an answer, and nowhere in a question."""

HALF = {
    "over": "overfitting",
    "at": "attention",
    "batch no": "batch-norm-vs-layer-norm",
    "group no": "group-normalization",
}
"""A word being typed that is, so far, one that says nothing."""

MISTYPED = {
    "becuase of overfitting": "because of overfitting",
    "wich optimizer shoud I use ": "which optimizer should I use ",
    "wether dropout wroks": "whether dropout works",
    "optmizing ": "optimization ",
    "the model is good ": "model good ",
    "bacth normalization ": "batch normalization ",
}
"""Words that say nothing, with typos or beside others; a typo in a form that no text has."""


def test_ways_to_write() -> None:
    """However a concept is written, its question comes first."""
    found = evaluate.ranked(WAYS)
    assert {query: ids[0] for query, ids in zip(WAYS, found, strict=True)} == WAYS


def test_words_of_an_answer() -> None:
    """An answer that has the words side by side comes before answers that have them apart."""
    found = evaluate.ranked(SAID)
    assert {query: ids[0] for query, ids in zip(SAID, found, strict=True)} == SAID


def test_half_words_that_say_nothing() -> None:
    """The next letters may make another word of it."""
    found = evaluate.ranked(HALF)
    assert {query: ids[0] for query, ids in zip(HALF, found, strict=True)} == HALF


@pytest.mark.parametrize(("query", "meant"), MISTYPED.items())
def test_mistyped(query: str, meant: str) -> None:
    """What is found is what would be without the typo."""
    [found, same] = evaluate.ranked([query, meant])
    assert (found[:2], found != []) == (same[:2], True)


def test_what_generalizes_does_not_generate() -> None:
    """Words that a stemmer makes one of by mistake stay apart."""
    [found] = evaluate.ranked(["generalising"])
    assert found[0] == "overfitting"
    assert "gan" not in found


def test_nothing_to_find() -> None:
    """Nothing comes out, without a fault, where nothing can."""
    queries = ["", " ", "?!", "the of and", "qqqqxzzz", "\u4e2d\u6587", "\U0001f680" * 500]
    assert evaluate.ranked(queries) == [[] for _ in queries]
