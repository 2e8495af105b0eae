"""Acronyms and the words that they stand for, as texts introduce them: `mean squared error (MSE)`.

The method is that of A. Schwartz and M. Hearst, A simple algorithm for identifying abbreviation
definitions in biomedical text, Pacific Symposium on Biocomputing 8 (2003), with a stricter rule: an
acronym has the first letter of every word, so that fewer pairs are wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from qna.memo import remembered

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

_WORD = r"[^\W_]+"
_WORDS = re.compile(_WORD)
_IN_BRACKETS = re.compile(r"\((?P<inside>[^()\n]{2,80})\)")
_APART = re.compile(r"[()\n.;:!?]")
"""Signs between which an acronym and its expansion are."""
_ACRONYM = re.compile(r"(?=.*[^\W\d_]{2}|.*\d)[^\W_]{2,8}")
_CLAUSES = re.compile(r"[^\w\s-]+")
"""Signs that end a run of words."""
_LONGEST = 5
"""Words in a row whose initials are used."""
_JOINING = frozenset({"a", "an", "and", "by", "for", "in", "of", "on", "the", "to", "with"})
"""Words whose first letter an acronym may leave out."""


def introduced(text: str) -> Iterable[tuple[str, str]]:
    """Return each acronym and its expansion, both in lower case.

    Either is in brackets after the other: `neural networks (NNs)`, `NN (neural network)`.
    """
    return _introduced(text) if "(" in text else ()


@remembered
def _introduced(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(_pairs(text))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    end = 0
    for found in _IN_BRACKETS.finditer(text):
        *_, clause = _APART.split(text[end : found.start()])
        end = found.end()
        before, inside = _WORDS.findall(clause), found["inside"].strip()
        if acronym := _acronym(inside):
            if words := _expansion(acronym, before):
                yield acronym.lower(), " ".join(words).lower()
        elif before and (acronym := _acronym(before[-1])):
            words = _WORDS.findall(inside)
            if _expansion(acronym, words) == words:
                yield acronym.lower(), " ".join(words).lower()


def initials(texts: Iterable[str], stop_words: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield initials and what they may stand for: `bn`, `batch normalization`.

    That is two to five words in a row, without stop words, that occur in several texts. No text
    has a word that begins with the initials, and nothing else has the same initials.
    """
    heard: Counter[str] = Counter()
    known: set[str] = set()
    for text in texts:
        clauses = [_WORDS.findall(clause) for clause in _CLAUSES.split(text.lower())]
        known.update(chain(*clauses))
        heard.update({" ".join(run) for clause in clauses for run in _runs(clause, stop_words)})
    found: dict[str, list[str]] = {}
    for words, count in sorted(heard.items()):
        letters = "".join(word[0] for word in words.split())
        if count > 1 and not any(map(words.startswith, found.get(letters, ()))):
            found.setdefault(letters, []).append(words)
    beginnings = {word[:length] for word in known for length in range(2, _LONGEST + 1)}
    for letters, expansions in sorted(found.items()):
        if letters not in {*beginnings, *stop_words} and len(expansions) == 1:
            yield letters, expansions[0]


def _runs(words: Sequence[str], stop_words: Collection[str]) -> Iterator[Sequence[str]]:
    """Yield the runs of words without stop words, and all parts of them."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
            if words[end - 1] in stop_words or not words[end - 1][0].isalpha():
                break
            if end - start > 1:
                yield words[start:end]


def _acronym(word: str) -> str:
    """Return an acronym without its plural ending; empty if the word is none."""
    if not _ACRONYM.fullmatch(word) or sum(char.isupper() for char in word) * 2 <= len(word):
        return ""
    return word.removesuffix("s")


def _expansion(acronym: str, words: Sequence[str]) -> list[str]:
    """Return the last of these words whose first letters spell an acronym; empty if none do."""
    for start in range(len(words) - 1, -1, -1):
        rest = list(words[start:])
        if len(rest) > 2 * len(acronym):
            break
        if _spells(acronym.lower(), [word.lower() for word in rest]):
            return rest
    return []


def _spells(letters: str, words: Sequence[str]) -> bool:
    """Tell whether words spell the letters: each its first and any later ones, in their order.

    Joining words may be left out.
    """
    if not words:
        return not letters
    first, *rest = words
    taken = (
        _is_within(letters[:length], first) and _spells(letters[length:], rest)
        for length in range(1, min(len(first), len(letters)) + 1)
    )
    return any(taken) or (first in _JOINING and _spells(letters, rest))


def _is_within(letters: str, word: str) -> bool:
    """Tell whether a word begins with the first letter, and has the others later, in order."""
    if letters[0] != word[0]:
        return False
    left = iter(word[1:])
    return all(letter in left for letter in letters[1:])
