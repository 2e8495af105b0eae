"""Similarity of questions, and an index to find the most similar ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from qna.naming import letters

if TYPE_CHECKING:
    from collections.abc import Mapping

COMPARED = 50
"""Most questions that one is compared with: those that share the most words, not counting words
in more questions than this. Without a limit, replacing a large source would compare all pairs."""


@dataclass(frozen=True, slots=True)
class WordCounts:
    """How often each word occurs in a question and in its answer."""

    question: Counter[str]
    answer: Counter[str]


def word_counts(question: str, answer: str) -> WordCounts:
    """Count the words of a question and its answer."""
    return WordCounts(Counter(letters.terms(question)), Counter(letters.terms(answer)))


def similarity(one: WordCounts, other: WordCounts) -> float:
    """Return the similarity of two questions with their answers, from 0 to 1."""
    return 0.4 * _dice(one.question, other.question) + 0.6 * _dice(one.answer, other.answer)


def _dice(one: Counter[str], other: Counter[str]) -> float:
    """Return the Sørensen-Dice coefficient of two multisets of words."""
    total = one.total() + other.total()
    common = sum(min(number, other[word]) for word, number in one.items() if word in other)
    return 2 * common / total if total else 1.0


class Index:
    """Inverted index that finds similar questions without comparing with all."""

    def __init__(self, questions: Mapping[int, WordCounts]) -> None:
        self._questions = questions
        self._places: dict[str, list[int]] = {}
        for number, words in questions.items():
            for word in _distinct(words):
                self._places.setdefault(word, []).append(number)

    def most_similar(self, one: WordCounts) -> list[tuple[float, int]]:
        """Return the similarity and number of the most similar questions, best first."""
        common: Counter[int] = Counter()
        for word in _distinct(one):
            places = self._places.get(word, ())
            if len(places) <= COMPARED:
                common.update(places)
        first = sorted(common, key=lambda number: (-common[number], number))[:COMPARED]
        found = ((similarity(one, self._questions[number]), number) for number in first)
        return sorted(found, key=lambda pair: (-pair[0], pair[1]))


def _distinct(words: WordCounts) -> dict[str, None]:
    """Return every word once, in a deterministic order."""
    return dict.fromkeys(chain(words.question, words.answer))
