"""What search knows of questions whose author wrote nothing for it.

That is groups of everyday English words, which mean about the same, and other ways to ask, which
are made of these and of what the answers have more often than others.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from qna.naming.letters import is_unspaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
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
        alike: dict[str, set[str]] = defaultdict(set)
        for group in self.synonyms:
            words = {word for member in group for word in member.split()} - self._stop_words
            for member in group:
                alike[member] |= words.difference(member.split())
        for asked, said in self._texts:
            others = {word for part in _parts(asked) for word in alike.get(part, ())}
            yield [sorted(others.difference(asked)), self._key_words(said)]

    def _is_known(self, synonym: str) -> bool:
        """Tell whether the texts have the first word of a synonym, in any form."""
        first, *_ = synonym.split()
        bases = first, first.removesuffix("e")
        return any(base + ending in self._counts for base in bases for ending in ("", *_ENDINGS))

    def _key_words(self, said: Iterable[str]) -> list[str]:
        """Return the words that an answer has more often than others, the most telling first."""
        counts = Counter(word for word in said if word not in self._stop_words)
        worth = {
            word: (1 + math.log(count)) * math.log(len(self._texts) / self._counts[word])
            for word, count in counts.items()
            if self._counts[word] < len(self._texts)
            and not is_unspaced(word)  # it is a whole clause
        }
        return sorted(worth, key=lambda word: (-worth[word], word))[:_KEY_WORDS]


def _parts(words: Sequence[str]) -> Iterator[str]:
    """Yield each word, also without its ending, and several words in a row."""
    for start, word in enumerate(words):
        yield from (word.removesuffix(ending) for ending in _ENDINGS)
        for length in range(1, _LONGEST + 1):
            yield " ".join(words[start : start + length])
