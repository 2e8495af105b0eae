"""`search/data.json`: the questions that search in the browser ranks and shows; its address."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from hashlib import sha256
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any
from unicodedata import category

from qna.data import word_numbers
from qna.data.acronyms import initials, introduced
from qna.data.everyday import Everyday
from qna.markdown import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qna.model import Question
    from qna.reading.editorial import Term
    from qna.site import Site


FOLDER = "search"
FILE_NAME = f"{FOLDER}/data.json"
FORMAT = 2
"""Raise it, here and in frontend/search/fields.ts, when older scripts cannot read the data."""
LATEST = f"{FOLDER}/latest-{FORMAT}.json"
"""Names the current data. It is never cached, and scripts for another format do not find it."""

BETWEEN = "|"
"""Separates other ways to ask, and synonyms."""
_IN_NAMES = frozenset("_'+#-")
"""Signs in the names of things, such as `C++` and `fine-tuning`."""
_FEW = 3
"""Least number of places with a word of a further phrase that is kept."""
_MANY = 1_000
"""From this number on, phrases count as many."""
_ENDINGS = ("s", "es", "d", "ed", "ing")
_STEM = 4
"""Least length of a word that can have such an ending."""
_INITIALS = 500
"""Questions up to which initials are taken: with more, they have too many meanings."""


def dump(site: Site) -> str:
    """Return the text of `search/data.json`.

    Everyone who searches loads this file. So it has rows instead of objects, and other ways to ask
    are reduced to the words that ranking uses, without stop words; if nobody wrote any,
    everyday words and key words take their place. A question's row holds its id, its topic's
    number, and question and answer as plain text; `phrases` has the other ways to ask, in the same
    order, and `siblings` the numbers of questions that ask the same. Numbers in place of words make
    the file compress best, and so does this order: numbers first, then texts.
    """
    topics, editors, everyday = site.document.topics, site.editorial, _everyday(site)
    data = {
        "phrases": list(_phrases(site, everyday)),
        "synonyms": sorted(map(_joined, _synonyms(site, everyday))),
        "siblings": list(_siblings(site)),
        "stop_words": _joined(sorted(editors.stop_words)),
        "questions": list(_questions(site)),
        "topics": [[topic.id, plain_text.inline(topic.title)] for topic in topics],
    }
    return json.dumps(word_numbers.packed(data), ensure_ascii=False, separators=(",", ":")) + "\n"


def load(text: str) -> dict[str, Any]:
    """Return what `search/data.json` says, with words in place of their numbers."""
    return word_numbers.unpacked(json.loads(text))


def synonyms(site: Site) -> Iterator[tuple[str, ...]]:
    """Yield groups of words that mean the same: those of the editors, and acronyms of the texts.

    If there are none of the editors, the everyday ones follow that have a word of the texts.
    """
    yield from _synonyms(site, _everyday(site))


def _synonyms(site: Site, everyday: Everyday | None) -> Iterator[tuple[str, ...]]:
    yield from (*site.editorial.synonyms, *_introduced(site))
    if everyday:
        yield from everyday.synonyms


def _everyday(site: Site) -> Everyday | None:
    """Return what takes the place of synonyms; None if an author has listed some."""
    if not site.editorial.everyday:
        return None
    shown = map(_shown, site.questions.values())
    texts = [(_words(asked), _words(said)) for asked, said in shown]
    return Everyday(texts, site.editorial.everyday, site.editorial.stop_words)


def latest(data: str, places: str) -> str:
    """Return the text of `search/latest-2.json`, which names both files by their content."""
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
    """Yield the acronyms that texts introduce, unless the editorial data has them.

    Without editorial data, initials of what texts have several times follow.
    """
    known = {word for group in site.editorial.synonyms for word in group}
    shown = [_shown(question) for question in site.questions.values()]
    pairs = dict(pair for text in chain(*shown) for pair in introduced(text))
    if not known and len(shown) <= _INITIALS:
        texts = chain(*shown, (asked for asked, _ in shown))  # what is asked about counts twice
        pairs = dict(initials(texts, site.editorial.stop_words)) | pairs
    for acronym, expansion in pairs.items():
        if acronym not in known:
            yield acronym, expansion


def _phrases(site: Site, everyday: Everyday | None) -> Iterator[str]:
    editors = site.editorial
    usual = _UsualWords(site)
    best = best_explained(editors.glossary)
    made = everyday.ways() if everyday and not editors.phrases else repeat([])
    for question, ways in zip(site.questions.values(), made, strict=False):
        explained = _explained(question, [term.name for term in best.get(question.id, ())])
        asked = [*editors.phrases.get(question.id, ()), *explained]
        phrases = [
            *(usual.of_many(way) for way in asked),
            *(usual.of(way, _FEW) for way in editors.further.get(question.id, ())),
            *ways,
        ]
        yield _joined(_longest(phrases))


def _longest(phrases: Iterable[Sequence[str]]) -> list[str]:
    """Return the phrases that are not part of another one, sorted so that they compress better."""
    distinct = {frozenset(words): " ".join(words) for words in phrases if words}
    return sorted(
        phrase
        for words, phrase in distinct.items()
        if not any(words < others for others in distinct)
    )


class _UsualWords:
    """Finds the words of phrases that are worth their bytes.

    A word that few texts and phrases have, in any form, hardly makes search better.
    """

    def __init__(self, site: Site) -> None:
        editors = site.editorial
        self._stop_words = editors.stop_words
        ways = [*chain(*editors.phrases.values()), *chain(*editors.further.values())]
        self._are_many = len(ways) >= _MANY
        places = [*self._places(site, ways)] if ways else []
        self._known = frozenset(chain(*places))
        self._usual = cache(self._form)
        self._counts = Counter(word for words in places for word in {*map(self._usual, words)})
        written = {word for way in ways for word in _separated(way).split()}
        self._names = {word.lower() for word in written if _is_name(word)}.difference(written)

    def of(self, phrase: str, least: int) -> list[str]:
        """Return the words of a phrase that are in at least so many places."""
        return [word for word in self._of(phrase) if self._count(word) >= least]

    def of_many(self, phrase: str) -> list[str]:
        """Return the words of a phrase; among many phrases, only names and words used elsewhere."""
        words = self._of(phrase)
        if not self._are_many:
            return words
        return [word for word in words if word in self._names or self._count(word) > 1]

    @staticmethod
    def _places(site: Site, ways: Sequence[str]) -> Iterator[list[str]]:
        """Yield the words of each question, phrase and term."""
        for question in site.questions.values():
            yield _words(" ".join((question.id, *_shown(question))))
        for way in chain(ways, (term.name for term in site.editorial.glossary)):
            yield _kept(way).split()

    def _of(self, phrase: str) -> list[str]:
        return [word for word in _kept(phrase).split() if word not in self._stop_words]

    def _count(self, word: str) -> int:
        return self._counts[self._usual(word)]

    def _form(self, word: str) -> str:
        """Return the word that this one is a form of."""
        bases = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
        found = (base for base in bases if len(base) >= _STEM and base in self._known)
        return next(found, word)


def _is_name(word: str) -> bool:
    """Tell whether a word has a sign of a name: a capital letter, a digit or an underscore."""
    return any(char.isupper() or char.isdigit() or char == "_" for char in word)


def best_explained(glossary: Iterable[Term]) -> dict[str, list[Term]]:
    """Return the terms that each question explains best, by its id."""
    found: dict[str, list[Term]] = {}
    for term in glossary:
        for question_id in term.explained_by[:1]:
            found.setdefault(question_id, []).append(term)
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


class _Kept(dict[int, str]):
    """What `str.translate` puts in the place of each character, settled when it first occurs."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        self[point] = char if _is_kept(char) else " "
        return self[point]


_KEPT = _Kept()


def _kept(text: str) -> str:
    return _separated(text.lower())


def _separated(text: str) -> str:
    """Put spaces in the place of signs that are not part of words."""
    return text.translate(_KEPT)


def _is_kept(char: str) -> bool:
    """Tell whether a character is a letter with its marks, a digit, or a sign in names."""
    return char.isalnum() or category(char).startswith("M") or char in _IN_NAMES


def _joined(texts: Iterable[str]) -> str:
    return BETWEEN.join(text.replace(BETWEEN, " ") for text in texts)
