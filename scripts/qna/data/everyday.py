"""What search knows of questions whose author wrote nothing for it.

That is groups of everyday English words, which mean about the same, and other ways to ask, which
are made of these and of what the answers have more often than others.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING

from qna.naming.letters import is_unspaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

_KEY_WORDS = 10
"""Words that tell what an answer is about."""
_LONGEST = 3
"""Most words of a synonym."""
_ENDINGS = ("s", "es", "d", "ed", "ing")


class Everyday:
    """Finds what takes the place of editorial data."""

    def __init__(
        self,
        texts: Sequence[tuple[Sequence[str], Sequence[str]]],
        groups: Iterable[tuple[str, ...]],
        stop_words: AbstractSet[str],
    ) -> None:
        """Take the words of each question and of its answer, and groups of synonyms."""
        self._texts = texts
        self._stop_words = stop_words
        self._counts = Counter(word for asked, said in texts for word in {*asked, *said})
        self.synonyms = [group for group in groups if any(map(self._is_known, group))]
        """The groups that have a word of the texts."""

    def ways(self) -> Iterator[list[list[str]]]:
        """Yield the words of other ways to ask each question: of synonyms, and of its answer."""
        alike, rarity = _Alike(self._alike()), self._rarity()
        for asked, said in self._texts:
            yield [sorted(alike.to(asked).difference(asked)), _key_words(said, rarity)]

    def _alike(self) -> dict[str, set[str]]:
        """Return what else the groups of a synonym say, by the synonym."""
        alike: dict[str, set[str]] = defaultdict(set)
        for group in self.synonyms:
            words = {word for member in group for word in member.split()} - self._stop_words
            for member in group:
                alike[member] |= words.difference(member.split())
        return alike

    def _rarity(self) -> dict[str, float]:
        """Return how much each word tells; one that all texts have tells nothing."""
        return {
            word: math.log(len(self._texts) / count)
            for word, count in self._counts.items()
            if count < len(self._texts)
            and word not in self._stop_words
            and not is_unspaced(word)  # it is a whole clause
        }

    def _is_known(self, synonym: str) -> bool:
        """Tell whether the texts have the first word of a synonym, in any form."""
        first, *_ = synonym.split()
        bases = first, first.removesuffix("e")
        return any(base + ending in self._counts for base in bases for ending in ("", *_ENDINGS))


class _Alike:
    """Finds words that mean about the same as those of a text."""

    def __init__(self, alike: Mapping[str, AbstractSet[str]]) -> None:
        self._alike = alike
        self._starts = {member.partition(" ")[0] for member in alike if " " in member}
        self._to_word = cache(self._of_forms)

    def to(self, words: Sequence[str]) -> set[str]:
        """Return the words that mean the same as one of these, or as several in a row."""
        found = {other for word in words for other in self._to_word(word)}
        for start in (at for at, word in enumerate(words) if word in self._starts):
            for length in range(2, _LONGEST + 1):
                found |= self._alike.get(" ".join(words[start : start + length]), frozenset())
        return found

    def _of_forms(self, word: str) -> frozenset[str]:
        forms = {word, *(word.removesuffix(ending) for ending in _ENDINGS)}
        return frozenset().union(*(self._alike.get(form, ()) for form in forms))


def _key_words(said: Iterable[str], rarity: Mapping[str, float]) -> list[str]:
    """Return the words that an answer has more often than others, the most telling first."""
    counts = Counter(word for word in said if word in rarity)
    worth = {word: (1 + math.log(count)) * rarity[word] for word, count in counts.items()}
    return sorted(worth, key=lambda word: (-worth[word], word))[:_KEY_WORDS]
