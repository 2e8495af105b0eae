"""Numbered lines: text that remembers the lines of the file it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Line(NamedTuple):
    """A line of text, with the 1-based number of the line in the file that it comes from."""

    number: int
    text: str


Lines = Sequence[Line]
Piece = tuple[int, str]
"""A stretch of text that may have line breaks, with the number of the line where it starts."""


def numbered(text: str) -> list[Line]:
    """Split a text into numbered lines."""
    return [Line(number, line) for number, line in enumerate(text.split("\n"), start=1)]


def joined(lines: Iterable[Line]) -> str:
    """Return the text of lines."""
    return "\n".join(line.text for line in lines)


def trimmed(lines: Lines) -> Lines:
    """Strip blank lines at both ends."""
    filled = [at for at, line in enumerate(lines) if line.text.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def assembled(pieces: Iterable[Piece]) -> list[Line]:
    """Join pieces to lines; a line has the number of the first text on it."""
    return [Line(number, text) for number, text in _assembled(pieces)]


def _assembled(pieces: Iterable[Piece]) -> Iterator[Piece]:
    number, line = 0, ""
    for at, text in pieces:
        first, *others = text.split("\n")
        if first.strip() and not line.strip():
            number = at
        line += first
        for other in others:
            yield number or at, line
            number, line = (at if other.strip() else 0), other
    yield number, line
