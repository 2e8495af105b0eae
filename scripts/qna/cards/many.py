"""Draws many cards, in as many processes as the machine has processors."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from qna.cards.content import Card
from qna.cards.drawing import Colors, png
from qna.cards.fonts import Fonts

MANY = 200
"""Number of cards from which several processes pay off; one card takes some 20 ms."""
_AT_ONCE = 16
"""Cards that a process is given at once."""


def pictures(
    cards: Sequence[Card], fonts: Fonts, colors: Colors, many: int = MANY
) -> Iterator[tuple[Card, bytes]]:
    """Yield each card with its picture, in order; `fonts` learns which characters it lacks.

    From `many` cards, several processes draw. Raises BrokenProcessPool if the system ends one.
    """
    if len(cards) < many:
        yield from ((card, png(card, fonts, colors)) for card in cards)
        return
    given = fonts.folder, fonts.family, colors
    pool = ProcessPoolExecutor(_processors(), initializer=_start, initargs=given)
    try:
        with _without_interrupts():  # the processes that start here inherit that
            drawn = pool.map(_draw, cards, chunksize=_AT_ONCE)
        for card, (picture, missing) in zip(cards, drawn, strict=True):
            fonts.missing |= missing
            yield card, picture
    finally:
        pool.shutdown(cancel_futures=True)


def _processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Ignore Ctrl+C for a moment."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


_own: tuple[Fonts, Colors] | None = None
"""What a process that was started here draws with."""


def _start(folder: Path, family: str, colors: Colors) -> None:
    global _own  # noqa: PLW0603 - it is given once to each process
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends the others
    threading.Thread(target=_end_with_the_first, daemon=True).start()
    _own = Fonts(folder, family), colors


def _end_with_the_first() -> None:
    """End this process if the one that started it is killed."""
    if first := multiprocessing.parent_process():
        first.join()
        os._exit(1)


def _draw(card: Card) -> tuple[bytes, set[str]]:
    """Return the picture of a card, and the characters that its process has found to be missing."""
    assert _own
    fonts, colors = _own
    return png(card, fonts, colors), fonts.missing
