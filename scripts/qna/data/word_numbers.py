"""Words as numbers in the data of search: its phrases repeat few words, so they compress better.

A number is two signs, or three if there are many words. Words of the texts that the data has anyway
come first, in their order, then the others, sorted: each after a capital letter that says how many
characters it shares with the word before (`A` none). frontend/search/word-numbers.ts reads them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product, takewhile
from typing import TypedDict, cast

_BETWEEN = "|"
_SIGNS = [chr(code) for code in range(35, 124) if chr(code) != "\\"]
"""They need no escapes in JSON, and are not the bar between phrases."""
_WORD = re.compile("[A-Za-z0-9]+")
"""Only such words of texts, because all languages agree on their lower case."""
_OTHER = re.compile("([A-Z])([^A-Z]+)")
_MOST_SHARED = 25


class _Data(TypedDict):
    """What is read and written here; other keys stay as they are."""

    questions: list[list[object]]
    phrases: list[str]
    synonyms: list[str]


def packed(data: Mapping[str, object]) -> dict[str, object]:
    """Return the data with numbers in phrases and synonyms, and `words`, if it has phrases."""
    read = cast("_Data", data)
    used = {word for texts in _both(read) for text in texts for word in _words(text)}
    if not any(read["phrases"]):
        return dict(data)
    shown = _shown(read)
    others = sorted(used.difference(shown))
    known = [*shown, *others]
    numbers = dict(zip(known, _numbers(len(known)), strict=False))
    return _rewritten(data, lambda words: "".join(numbers[word] for word in words.split())) | {
        "words": "".join(_front_coded(others))
    }


def unpacked(data: Mapping[str, object]) -> dict[str, object]:
    """Return packed data as it was before."""
    if "words" not in data:
        return dict(data)
    plain = {key: value for key, value in data.items() if key != "words"}
    known = [*_shown(cast("_Data", data)), *_read(str(data["words"]))]
    words = dict(zip(_numbers(len(known)), known, strict=False))
    width = len(next(iter(words)))
    return _rewritten(
        plain,
        lambda text: " ".join(words[text[at : at + width]] for at in range(0, len(text), width)),
    )


def _rewritten(data: Mapping[str, object], change: Callable[[str], str]) -> dict[str, object]:
    phrases, synonyms = (
        [_BETWEEN.join(map(change, text.split(_BETWEEN))) for text in texts]
        for texts in _both(cast("_Data", data))
    )
    return {**data, "phrases": phrases, "synonyms": synonyms}


def _both(data: _Data) -> tuple[list[str], list[str]]:
    return data["phrases"], data["synonyms"]


def _words(text: str) -> list[str]:
    return text.replace(_BETWEEN, " ").split()


def _shown(data: _Data) -> dict[str, None]:
    """Return the words of questions and answers, in their order."""
    texts = (str(text) for row in data["questions"] for text in row[2:4])
    return dict.fromkeys(word.lower() for text in texts for word in _WORD.findall(text))


def _numbers(count: int) -> Iterator[str]:
    """Yield at least `count` different numbers of the same length."""
    width = 2 if count <= len(_SIGNS) ** 2 else 3
    return map("".join, product(_SIGNS, repeat=width))


def _front_coded(words: Iterable[str]) -> Iterator[str]:
    before = ""
    for word in words:
        alike = takewhile(lambda pair: pair[0] == pair[1], zip(word, before, strict=False))
        shared = min(_MOST_SHARED, sum(1 for _ in alike))
        yield chr(ord("A") + shared) + word[shared:]
        before = word


def _read(words: str) -> Iterator[str]:
    word = ""
    for shared, rest in _OTHER.findall(words):
        word = word[: ord(shared) - ord("A")] + rest
        yield word
