"""The block structure of an answer: lists, fences and paragraphs, line by line.

The parser reads it to find what would break out of an answer, the renderer to write the answer in
the dialect of Python-Markdown. The rules are CommonMark's, which GitHub shows to authors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ITEM = re.compile(r"(?P<indent> *)(?P<marker>[-*+]|\d{1,9}[.)])(?P<space> +|$)(?P<text>.*)")
FENCE = re.compile(r"(?P<indent> *)(?P<marks>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)")
OPENING = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<marks>`{3,}(?=[^`]*$)|~{3,})")
"""A line that opens a fence, be it behind list markers."""
RULE = re.compile(r" {0,3}([-*_])[ ]*(?:\1[ ]*){2,}")
TAB = 4


class Kind(Enum):
    """What a line of an answer is."""

    BLANK = "blank"
    TEXT = "text"
    ITEM = "item"
    FENCE = "fence"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an answer, freed of the indentation its place gives it."""

    number: int
    """0-based number of the line within the answer."""
    kind: Kind
    depth: int
    """How many list items the line stands in; an item's own line does not count itself."""
    text: str
    """The line's text; for an item without its marker, inside a fence verbatim."""
    marker: str = ""
    """An item's marker: `-`, `*`, `+`, or a number with its mark."""


@dataclass(frozen=True, slots=True)
class Fence:
    """An open code fence."""

    marks: str
    indent: int

    def closes(self, line: str) -> bool:
        """Tell whether `line` ends this fence."""
        text = line.strip()
        return len(text) >= len(self.marks) and set(text) == {self.marks[0]}


def expand(line: str) -> str:
    """Turn the tabs of a line's indentation into spaces."""
    body = line.lstrip(" \t")
    return line[: len(line) - len(body)].expandtabs(TAB) + body


def indentation(line: str) -> int:
    """Count the spaces a line starts with."""
    return len(line) - len(line.lstrip(" "))


def outdent(line: str, width: int) -> str:
    """Take up to `width` leading spaces off a line."""
    return line[min(indentation(line), width) :]


def scan(lines: Iterable[str]) -> Iterator[Line]:
    """Yield the lines of an answer with the list depth each stands at."""
    offsets: list[int] = []
    fence: Fence | None = None
    paragraph = False
    for number, text in enumerate(lines):
        if fence:
            yield Line(number, Kind.FENCE, len(offsets), outdent(text, fence.indent))
            fence = None if fence.closes(text) else fence
        elif not text.strip():
            yield Line(number, Kind.BLANK, len(offsets), "")
            paragraph = False
        else:
            line = _item(number, text, offsets, paragraph=paragraph) or _plain(
                number, text, offsets, paragraph=paragraph
            )
            fence = _fence(line, text)
            paragraph = not fence and bool(line.text) and line.kind in {Kind.ITEM, Kind.TEXT}
            yield line


def _item(number: int, text: str, offsets: list[int], *, paragraph: bool) -> Line | None:
    """Read a line that starts a list item and note its content's column in `offsets`."""
    match = None if RULE.fullmatch(text) else ITEM.fullmatch(text)
    if not match:
        return None
    kept = _containers(offsets, indentation(text))
    interrupts = paragraph and kept == len(offsets)
    if indentation(text) - _base(offsets, kept) >= TAB or (
        interrupts and not _may_interrupt(match)
    ):
        return None
    del offsets[kept:]
    offsets.append(_content_column(match))
    return Line(number, Kind.ITEM, kept, match["text"], match["marker"])


def _plain(number: int, text: str, offsets: list[int], *, paragraph: bool) -> Line:
    """Read a line that starts no list item; it may end the items recorded in `offsets`."""
    body = text.lstrip(" ")
    fence = FENCE.fullmatch(body)
    continues = paragraph and not fence
    if not continues:
        del offsets[_containers(offsets, indentation(text)) :]
    base = _base(offsets, len(offsets))
    if not continues and indentation(text) - base >= TAB:
        return Line(number, Kind.CODE, len(offsets), outdent(text, base))
    return Line(number, Kind.FENCE if fence else Kind.TEXT, len(offsets), body)


def _fence(line: Line, text: str) -> Fence | None:
    match = None if line.kind is Kind.CODE else FENCE.fullmatch(line.text)
    return Fence(match["marks"], text.index(match["marks"])) if match else None


def _containers(offsets: list[int], indent: int) -> int:
    """Count the open items that a line indented by `indent` columns belongs to."""
    return sum(indent >= offset for offset in offsets)


def _base(offsets: list[int], depth: int) -> int:
    return offsets[depth - 1] if depth else 0


def _content_column(item: re.Match[str]) -> int:
    space = len(item["space"])
    return item.end("marker") + (space if item["text"] and space <= TAB else 1)


def _may_interrupt(item: re.Match[str]) -> bool:
    """Only a bullet or a 1 starts a list right below a paragraph (CommonMark 5.2, 5.3)."""
    ordered = item["marker"][0].isdigit()
    return bool(item["text"]) and (not ordered or int(item["marker"][:-1]) == 1)
