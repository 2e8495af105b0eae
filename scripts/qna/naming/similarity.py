"""How alike two questions are, and which of many are the most like one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from qna.naming import ids

if TYPE_CHECKING:
    from collections.abc import Mapping

COMPARED = 50
"""How many one is compared with: those that share the most words with it, though none that more
than this many have. Without a bound, replacing a large source would compare each with each."""


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a question and of its answer, and how often each of them stands there."""

    asked: Counter[str]
    answered: Counter[str]


def said(question: str, answer: str) -> Said:
    """Return the words of a question and its answer."""
    return Said(Counter(ids.words(question)), Counter(ids.words(answer)))


def likeness(one: Said, other: Said) -> float:
    """Return how alike two questions are, from 0 to 1, by question and answer together."""
    return 0.4 * _shared(one.asked, other.asked) + 0.6 * _shared(one.answered, other.answered)


def shared(one: str, other: str) -> float:
    """Return how many of their words two texts share, from 0 to 1."""
    return _shared(Counter(ids.words(one)), Counter(ids.words(other)))


def _shared(one: Counter[str], other: Counter[str]) -> float:
    """Return the Dice coefficient of words."""
    total = one.total() + other.total()
    common = sum(min(number, other[word]) for word, number in one.items() if word in other)
    return 2 * common / total if total else 1.0


class Index:
    """Finds by their words the questions that are like one, without a look at all others."""

    def __init__(self, questions: Mapping[int, Said]) -> None:
        self._questions = questions
        self._places: dict[str, list[int]] = {}
        for number, words in questions.items():
            for word in _distinct(words):
                self._places.setdefault(word, []).append(number)

    def nearest(self, one: Said) -> list[tuple[float, int]]:
        """Return the most alike questions, the best first: likeness and number."""
        common: Counter[int] = Counter()
        for word in _distinct(one):
            places = self._places.get(word, ())
            if len(places) <= COMPARED:
                common.update(places)
        first = sorted(common, key=lambda number: (-common[number], number))[:COMPARED]
        found = ((likeness(one, self._questions[number]), number) for number in first)
        return sorted(found, key=lambda pair: (-pair[0], pair[1]))


def _distinct(words: Said) -> dict[str, None]:
    """Return every word once, in an order that does not depend on chance."""
    return dict.fromkeys(chain(words.asked, words.answered))
