"""Indentation: which lines of a source belong to list items and code fences.

The source's structure of topics, questions and answers is read line by line; `qna.markdown` parses
the Markdown within answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

ITEM = re.compile(r"(?P<indent> *)(?P<marker>[-*+]|\d{1,9}[.)])(?P<space> +|$)(?P<text>.*)")
OPENING = re.compile(
    r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*[ \t]*(?P<marks>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)"
)
"""A line that opens a code fence, possibly after list markers."""

_MARKERS = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])(?:[ \t][ \t>]*|$))*")
_TAB = 4


def expand(line: str) -> str:
    """Expand the tabs in a line's indentation, also after list markers."""
    end = _MARKERS.match(line).end()  # type: ignore[union-attr]  # the pattern always matches
    return line[:end].expandtabs(_TAB) + line[end:]


def indentation(line: str) -> int:
    """Return a line's indentation in columns."""
    blank = line[: len(line) - len(line.lstrip(" \t"))]
    return len(blank.expandtabs(_TAB))


def dedent(line: str, width: int) -> str:
    """Remove up to `width` columns of indentation; a split tab leaves spaces."""
    if "\t" not in line:
        return line[min(indentation(line), width) :]
    column = index = 0
    while column < width and line[index : index + 1] in {" ", "\t"}:
        column += _TAB - column % _TAB if line[index] == "\t" else 1
        index += 1
    return " " * (column - width) + line[index:]


def closes(line: str, marks: str, width: int = 0) -> bool:
    """Tell whether a line closes a fence that `marks` opened, indented by `width` columns."""
    text = line.strip()
    return len(text) >= len(marks) and set(text) == {marks[0]} and indentation(line) < width + _TAB


def content_column(item: re.Match[str]) -> int:
    """Return the column where a list item's text starts, and its further lines must start."""
    space = len(item["space"])
    return item.end("marker") + (space if item["text"] and space <= _TAB else 1)


def fences(lines: Iterable[str]) -> Iterator[int | None]:
    """Yield for each line the indentation in columns of the code fence around it, or None."""
    marks, width = "", 0
    for line in lines:
        yield width if marks else None
        if marks:
            marks = "" if closes(line, marks, width) else marks
        elif match := OPENING.match(expand(line)):
            marks, width = match["marks"], match.start("marks")
