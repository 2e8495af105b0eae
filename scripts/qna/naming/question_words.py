"""Words too common in questions to identify one, such as "what is", in many languages.

`question_words.toml` lists them. Published lists of stop words are several times as long, because
they are meant for texts, and some of their words do tell questions apart.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from pathlib import Path

from qna.naming import letters

_ENGLISH = "en"
_ALSO_ENGLISH = frozenset(
    "also come con data die fast figure hat in man me met mi most no not per pour rate sense "
    "she so son term then there these those use van via was war".split()
)
"""More English words, to tell whether a question is in English."""


def _spelled(text: str) -> list[str]:
    return letters.split(letters.spelled(text))


_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_WORDS = {name: frozenset(letters.words(found)) for name, found in _DATA["words"].items()}
_SPELLED = {name: _WORDS[name] | {*_spelled(found)} for name, found in _DATA["words"].items()}
_PHRASES = {
    name: re.compile(
        r"\b(?:" + "|".join(" ".join(letters.words(one)) for one in found.split(",")) + r")\b"
    )
    for name, found in _DATA["phrases"].items()
}
_KNOWN_IN_ENGLISH = _WORDS[_ENGLISH] | _ALSO_ENGLISH
_ANY = frozenset().union(*_SPELLED.values())


def _pattern(*languages: str) -> re.Pattern[str]:
    parts = (part for name in languages for part in letters.words(_DATA["parts"][name]))
    return re.compile("|".join(sorted(parts, key=lambda part: (-len(part), part))))


_KANA = re.compile("[\u3041-\u30ff]")
_PARTICLE = re.compile("(?<![\u3041-\u309f])[かがでとにのはへもやを](?![\u3041-\u309f])")
"""A Japanese particle: one hiragana between other letters."""
_JAPANESE = _pattern("ja")
_OTHERS = _pattern("zh", "th", "lo", "km", "my")


def of(language: str) -> frozenset[str]:
    """Return the words of a language, such as `de-AT`; none if they are not known."""
    name = re.split("[-_]", language.lower())[0]
    return frozenset([*_DATA["words"].get(name, "").split(), *_DATA["parts"].get(name, "").split()])


def without(text: str, kept: Container[str] = ()) -> list[str]:
    """Return the words of a text, folded, that say what it is about; unspaced ones are cut.

    Words in `kept` are among them, even if others are like them.
    """
    words = letters.words(text)
    language = _language(words if text.isascii() else [*words, *_spelled(text)])
    own, phrases = _WORDS[language], _PHRASES.get(language)
    if phrases:
        words = phrases.sub(" ", " ".join(words)).split() or words
    japanese = bool(_KANA.search(text))
    found = (word for word in words if word in kept or word not in own)
    return [part for word in found for part in _cut(word, japanese=japanese)]


def _language(words: Sequence[str]) -> str:
    """Return the language with the most of the words, unless all of these may be English.

    The words are given both folded and as they are spelled, because accents tell languages apart.
    """

    def count(language: str) -> int:
        return sum(word in _SPELLED[language] for word in words)

    foreign = {word for word in {*words} - _KNOWN_IN_ENGLISH if not _is_short(word)}
    if foreign.isdisjoint(_ANY):
        return _ENGLISH
    possible = [language for language, own in _SPELLED.items() if foreign & own]
    best = max(possible, key=count, default=_ENGLISH)
    english = sum(word in _KNOWN_IN_ENGLISH for word in words)
    return best if count(best) > english else _ENGLISH


def language_of(texts: Iterable[str]) -> str:
    """Return the language that most of the texts are in; an empty text if none is."""
    words = ([*letters.words(text), *_spelled(text)] for text in texts)
    found = Counter(_language(listed) for listed in words)
    language, number = next(iter(found.most_common(1)), ("", 0))
    return language if 3 * number > 2 * found.total() else ""


def _is_short(word: str) -> bool:
    """Tell whether a word may be an acronym, a unit or a part of another word."""
    return word.isascii() and len(word) < 3  # noqa: PLR2004


def _cut(word: str, *, japanese: bool) -> Iterable[str]:
    if not letters.is_unspaced(word):
        return [word]
    rest = (_JAPANESE if japanese else _OTHERS).sub(" ", word)
    return (_PARTICLE.sub(" ", rest) if japanese else rest).split()
