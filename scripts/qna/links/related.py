"""Related questions to read next: curated by editors, or computed from shared rare words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import chain
from math import log

from qna import memo
from qna.memo import remembered
from qna.model import Document, Question
from qna.naming import letters
from qna.reading.editorial import Editorial

RELATED_PER_QUESTION = 4
_NAME = "related questions"
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
    used = {item.id: _vocabulary(f"{item.text} {item.answer}") for item in questions}
    known = _still_right(used)
    asked = [item.id for item in wanted if item.id not in known]
    needed = {word for name in asked for word in used[name].split()}
    holders: dict[str, list[int]] = {}
    for number, text in enumerate(used.values()):
        for word in needed.intersection(text.split()):
            holders.setdefault(word, []).append(number)
    telling = {
        word: (log(len(questions) / len(found)) + 0.1, found)
        for word, found in holders.items()
        if 1 < len(found) <= COMMON
    }
    closest = {
        name: tuple(_closest(name, used[name].split(), questions, telling)) for name in asked
    }
    found = {item.id: known[item.id] if item.id in known else closest[item.id] for item in wanted}
    memo.keep(_NAME, "", (used, found))
    return found


def _still_right(used: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """Return what an earlier run has found for questions to which nothing can have changed.

    That depends on which questions there are, and on who else has the words of one.
    """
    kept: tuple[dict[str, str], dict[str, tuple[str, ...]]] | None = memo.known(_NAME, "")
    if not kept or [*kept[0]] != [*used]:
        return {}
    before, found = kept
    moved = {
        word
        for name, text in used.items()
        if text != before[name]
        for word in {*text.split()} ^ {*before[name].split()}
    }
    if not moved:
        return found
    words = {name: moved.intersection(text.split()) for name, text in used.items()}
    texts = (moved.intersection(text.split()) for text in before.values())
    now, once = (Counter(chain.from_iterable(held)) for held in (words.values(), texts))
    ignored = {word for word in moved if min(now[word], once[word]) > COMMON}
    return {name: closest for name, closest in found.items() if words[name] <= ignored}


@remembered
def _vocabulary(text: str) -> str:
    """Return the words of a text that may tell what it is about, sorted, with blanks between."""
    found = {*letters.terms(text)}
    return " ".join(sorted(word for word in found if len(word) > 2 or letters.is_unspaced(word)))  # noqa: PLR2004


def _closest(
    question_id: str,
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
    return [other for other in others if other != question_id][: RELATED_PER_QUESTION + 3]
