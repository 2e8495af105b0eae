"""Draws many cards, in as many processes as the machine has processors."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from qna.cards.content import Card
from qna.cards.drawing import Colors, png
from qna.cards.fonts import Fonts

MANY = 200
"""Cards from which on starting processes pays; one card takes some 20 ms."""
_AT_ONCE = 16
"""Cards that a process is given at once."""


def pictures(
    cards: Sequence[Card], fonts: Fonts, colors: Colors, many: int = MANY
) -> Iterator[tuple[Card, bytes]]:
    """Yield each card with its picture, in order; `fonts` learns which characters it lacks.

    From so `many` cards on, several processes draw. Raises BrokenProcessPool if the system ends
    one of them.
    """
    if len(cards) < many:
        yield from ((card, png(card, fonts, colors)) for card in cards)
        return
    given = fonts.folder, fonts.family, colors
    pool = ProcessPoolExecutor(os.cpu_count(), initializer=_start, initargs=given)
    try:
        drawn = pool.map(_draw, cards, chunksize=_AT_ONCE)
        for card, (picture, missing) in zip(cards, drawn, strict=True):
            fonts.missing |= missing
            yield card, picture
    finally:
        pool.shutdown(cancel_futures=True)


_own: tuple[Fonts, Colors] | None = None
"""What a process that was started here draws with."""


def _start(folder: Path, family: str, colors: Colors) -> None:
    global _own  # noqa: PLW0603 - it is given once to each process
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends the others
    _own = Fonts(folder, family), colors


def _draw(card: Card) -> tuple[bytes, set[str]]:
    """Return the picture of a card, and the characters that its process has found to be missing."""
    assert _own
    fonts, colors = _own
    return png(card, fonts, colors), fonts.missing
