"""Progress of long work, for whoever waits at a terminal."""

from __future__ import annotations

import sys
from time import monotonic
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeVar

    _Item = TypeVar("_Item")

_PATIENCE = 2
"""Seconds without a message that nobody minds."""


class Progress:
    """Says how far work is, at most every two seconds, and only to a terminal."""

    def __init__(
        self, stream: TextIO | None = None, clock: Callable[[], float] = monotonic
    ) -> None:
        """Start the clock; by default, messages go to standard error."""
        self._stream, self._clock = stream or sys.stderr, clock
        self._last = clock()

    def tell(self, text: str) -> None:
        """Say something if nothing was said for a while."""
        now = self._clock()
        if now - self._last >= _PATIENCE and self._stream.isatty():
            self._last = now
            print(text, file=self._stream, flush=True)

    def over(self, items: Iterable[_Item], count: int, done: str) -> Iterator[_Item]:
        """Yield items, and say how many are `done`, such as "files written"."""
        for number, item in enumerate(items):
            self.tell(f"{number:,} of {count:,} {done}")
            yield item
