"""CommonMark, which authors write and GitHub shows, in the dialect of Python-Markdown.

Python-Markdown wants four columns for what a list item holds, a blank line before a list, table or
quote, and knows neither `1)` nor a backslash at a line's end. Nothing else is changed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qna import blocks
from qna.blocks import Kind, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TABLE = re.compile(r" *\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *")


def convert(markdown: str) -> str:
    """Return Markdown that Python-Markdown renders as CommonMark would render `markdown`."""
    lines = list(blocks.scan(markdown.split("\n")))
    shift = _accidental(lines)
    return "\n".join(_spaced([_emit(line, shift) for line in lines], lines))


def indented(markdown: str, width: int = 4) -> str:
    """Indent every line that is not blank."""
    return "\n".join(" " * width + line if line else "" for line in markdown.split("\n"))


def _accidental(lines: Sequence[Line]) -> bool:
    """Tell whether a number that starts the answer is text: no second item follows it."""
    outer = [line for line in lines if line.kind is Kind.ITEM and line.depth == 0]
    return len(outer) == 1 and outer[0].number == 0 and outer[0].marker[0].isdigit()


def _emit(line: Line, shift: bool) -> str:  # noqa: FBT001 - private
    if shift and line.number == 0:
        return f"{line.marker[:-1]}\\{line.marker[-1]} {line.text}"
    indent = "    " * (line.depth - shift if line.depth else 0)
    if line.kind is Kind.ITEM:
        marker = line.marker.replace(")", ".")
        return f"{indent}{marker:<3} {line.text}".rstrip()
    if line.kind is Kind.TEXT:
        return indent + _hard_break(_escaped(line.text))
    return (indent + line.text).rstrip() if line.text.strip() else ""


def _hard_break(text: str) -> str:
    backslashes = len(text) - len(text.rstrip("\\"))
    return text[:-1] + "  " if backslashes % 2 else text


def _escaped(text: str) -> str:
    """Escape what Python-Markdown, but not CommonMark, reads as the start of a block."""
    return f"\\{text}" if re.match(r"(?:\?\?\?|!!!)|:(?=\s)", text) else text


def _spaced(emitted: Sequence[str], lines: Sequence[Line]) -> Iterator[str]:
    """Yield the lines with a blank one wherever only CommonMark starts a block without it."""
    for number, (text, line) in enumerate(zip(emitted, lines, strict=True)):
        above = lines[number - 1] if number else None
        below = lines[number + 1] if number + 1 < len(lines) else None
        if above and _needs_blank(above, line, below):
            yield ""
        yield text


def _needs_blank(above: Line, line: Line, below: Line | None) -> bool:
    if above.kind is Kind.BLANK:
        return False
    if line.kind is Kind.ITEM:
        return above.kind in {Kind.TEXT, Kind.FENCE} and above.depth == line.depth
    if line.kind is Kind.FENCE or above.kind is Kind.FENCE:
        return line.kind is not above.kind
    quote = line.text.startswith(">") and not above.text.startswith(">")
    return quote or _starts_table(above, line, below)


def _starts_table(above: Line, line: Line, below: Line | None) -> bool:
    return bool(
        below and "|" in line.text and _TABLE.fullmatch(below.text) and "|" not in above.text
    )
