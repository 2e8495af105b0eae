"""Related questions to read next: curated by editors, or computed from shared rare words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from math import log
from sys import intern

from qna.model import Document, Question
from qna.naming import letters
from qna.reading.editorial import Editorial

RELATED_PER_QUESTION = 4
COMMON = 50
"""Words in more questions than this are ignored, which also bounds the work per question."""


def related(document: Document, editorial: Editorial) -> dict[str, tuple[str, ...]]:
    """Map each question id to related ones: curated, or sharing rare words."""
    questions = list(document.questions())
    uncurated = [item for item in questions if item.id not in editorial.related]
    computed = _by_shared_words(questions, uncurated) if uncurated else {}
    return {
        item.id: editorial.related[item.id]
        if item.id in editorial.related
        else _without(computed[item.id], editorial.rephrased.get(item.id, ()))[
            :RELATED_PER_QUESTION
        ]
        for item in questions
    }


def _without(names: Iterable[str], others: Container[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in others)


def _by_shared_words(
    questions: Sequence[Question], wanted: Sequence[Question]
) -> dict[str, tuple[str, ...]]:
    # Interned, the words that questions share take memory once.
    used = {item.id: sorted(map(intern, _vocabulary(item))) for item in questions}
    holders: dict[str, list[int]] = {}
    for number, question in enumerate(questions):
        for word in used[question.id]:
            holders.setdefault(word, []).append(number)
    telling = {
        word: (log(len(questions) / len(found)) + 0.1, found)
        for word, found in holders.items()
        if 1 < len(found) <= COMMON
    }
    return {
        question.id: tuple(_closest(question, used[question.id], questions, telling))
        for question in wanted
    }


def _vocabulary(question: Question) -> set[str]:
    found = letters.terms(f"{question.text} {question.answer}")
    return {term for term in found if len(term) > 2 or letters.is_unspaced(term)}  # noqa: PLR2004


def _closest(
    question: Question,
    words: Iterable[str],
    questions: Sequence[Question],
    telling: Mapping[str, tuple[float, Sequence[int]]],
) -> Iterable[str]:
    """Return the questions that share the most with one; `telling` has weights and holders."""
    scores: defaultdict[int, float] = defaultdict(float)
    for word in filter(telling.__contains__, words):
        weight, found = telling[word]
        for number in found:
            scores[number] += weight
    most = RELATED_PER_QUESTION + 4  # one of them is the question itself
    least = min(sorted(scores.values(), reverse=True)[:most], default=0)
    best = [(-score, number) for number, score in scores.items() if score >= least]
    ranked = sorted(best)[:most]
    others = (questions[number].id for _, number in ranked)
    return [other for other in others if other != question.id][: RELATED_PER_QUESTION + 3]
