"""`search/data.json`: the questions that search in the browser ranks and shows; its address."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING
from unicodedata import category

from qna.data.acronyms import introduced
from qna.markdown import plain_text

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from qna.model import Question
    from qna.reading.editorial import Term
    from qna.site import Site


FOLDER = "search"
FILE_NAME = f"{FOLDER}/data.json"
FORMAT = 1
"""Raise it, here and in frontend/search/fields.ts, when older scripts cannot read the data."""
LATEST = f"{FOLDER}/latest-{FORMAT}.json"
"""Names the current data. It is never cached, and scripts for another format do not find it."""

BETWEEN = "|"
"""Separates other ways to ask, and synonyms."""
_IN_NAMES = frozenset("_'+#-")
"""Signs in the names of things, such as `C++` and `fine-tuning`."""
_FEW = 3
"""Least number of questions and further phrases that have a word, if it is not rare."""


def dump(site: Site) -> str:
    """Return the text of `search/data.json`.

    Everyone who searches loads this file. So it has rows instead of objects, and other ways to ask
    are reduced to the words that ranking uses, without stop words. A question's row holds its id,
    its topic's number, and question and answer as plain text; `phrases` has the other ways to ask,
    in the same order, and `siblings` the numbers of questions that ask the same. Grouping similar
    texts makes the file compress best.
    """
    topics, editors = site.document.topics, site.editorial
    data = {
        "topics": [[topic.id, plain_text.inline(topic.title)] for topic in topics],
        "questions": list(_questions(site)),
        "synonyms": sorted(map(_joined, synonyms(site))),
        "phrases": list(_phrases(site)),
        "siblings": list(_siblings(site)),
        "stop_words": _joined(sorted(editors.stop_words)),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def synonyms(site: Site) -> Iterator[tuple[str, ...]]:
    """Yield groups of words that mean the same: those of the editors, and acronyms of the texts."""
    yield from (*site.editorial.synonyms, *_introduced(site))


def latest(data: str, places: str) -> str:
    """Return the text of `search/latest-1.json`, which names both files by their content."""
    named = {"data": f"data.json?v={_version(data)}", "places": f"places.json?v={_version(places)}"}
    return json.dumps(named) + "\n"


def _version(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()[:10]


def _questions(site: Site) -> Iterator[list[object]]:
    """Yield the rows of questions; the last value of some is what marks a misleading answer."""
    for number, topic in enumerate(site.document.topics):
        for question in topic.questions:
            row = [question.id, number, *_shown(question)]
            yield [*row, label] if (label := site.label(question.id)) else row


def _introduced(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the acronyms that texts introduce, unless the editorial data has them."""
    known = {word for group in site.editorial.synonyms for word in group}
    texts = chain.from_iterable(map(_shown, site.questions.values()))
    for acronym, expansion in dict(pair for text in texts for pair in introduced(text)).items():
        if acronym not in known:
            yield acronym, expansion


def _phrases(site: Site) -> Iterator[str]:
    editors = site.editorial
    usual = _usual_words(site) if editors.further else frozenset()
    best = _best_explained(editors.glossary)
    for question in site.questions.values():
        phrases = editors.phrases.get(question.id, ())
        further = editors.further.get(question.id, ())
        own = {word for text in _texts(site, question) if further for word in _words(text)}
        more = {
            word
            for phrase in further
            for word in _kept(phrase).split()
            if word in usual and word not in own and word not in editors.stop_words
        }
        asked = [*phrases, *_explained(question, best.get(question.id, ()))]
        short = (_without_stop_words(phrase, editors.stop_words) for phrase in asked)
        yield _joined(filter(None, [*dict.fromkeys(short), " ".join(sorted(more))]))


def _best_explained(glossary: Iterable[Term]) -> dict[str, list[str]]:
    """Return the names of the terms that each question explains best, by its id."""
    found: dict[str, list[str]] = {}
    for term in glossary:
        for question_id in term.explained_by[:1]:
            found.setdefault(question_id, []).append(term.name)
    return found


def _explained(question: Question, terms: Sequence[str]) -> Iterator[str]:
    """Yield those of the terms that an answer names, and its question does not.

    Their words in the text may be longer, as plurals are.
    """
    if not terms:
        return
    named, answer = (f" {' '.join(_words(text))}" for text in _shown(question))
    for name in terms:
        words = _words(name)
        if words and f" {words[0]}" not in named and f" {' '.join(words)}" in answer:
            yield name


def _usual_words(site: Site) -> frozenset[str]:
    """Return the words that are in the texts of a few questions, or in a few further phrases.

    Rarer words would make the data half as large again, and a search hardly better.
    """
    texts = (_words(" ".join(_texts(site, question))) for question in site.questions.values())
    phrases = (_kept(phrase).split() for phrase in chain(*site.editorial.further.values()))
    counts = Counter(word for words in chain(texts, phrases) for word in {*words})
    return frozenset(word for word, count in counts.items() if count >= _FEW)


def _texts(site: Site, question: Question) -> Iterator[str]:
    """Yield the texts of a question that search has anyway."""
    yield from (question.id, *_shown(question))
    yield from site.editorial.phrases.get(question.id, ())


def _shown(question: Question) -> tuple[str, str]:
    """Return a question and its answer as plain text."""
    return plain_text.inline(question.text), question.plain


def _siblings(site: Site) -> Iterator[list[int]]:
    """Yield the numbers of questions that ask the same."""
    numbers = {name: number for number, name in enumerate(site.questions)}
    groups = {
        tuple(sorted(numbers[other] for other in (name, *others)))
        for name, others in site.editorial.rephrased.items()
    }
    yield from map(list, sorted(groups))


def _words(text: str) -> list[str]:
    return _kept(text).replace("-", " ").split()


def _without_stop_words(phrase: str, stop_words: Container[str]) -> str:
    """Drop the stop words from a phrase."""
    return " ".join(word for word in _kept(phrase).split() if word not in stop_words)


class _Kept(dict[int, str]):
    """What `str.translate` puts in the place of each character, settled when it first occurs."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        self[point] = char if _is_kept(char) else " "
        return self[point]


_KEPT = _Kept()


def _kept(text: str) -> str:
    return text.lower().translate(_KEPT)


def _is_kept(char: str) -> bool:
    """Tell whether a character is a letter with its marks, a digit, or a sign in names."""
    return char.isalnum() or category(char).startswith("M") or char in _IN_NAMES


def _joined(texts: Iterable[str]) -> str:
    return BETWEEN.join(text.replace(BETWEEN, " ") for text in texts)
