"""The block structure of Markdown: quotes, lists, fences, tables and paragraphs.

The parser reads it to find what would break out of an answer, `dialect` to write the answer for
Python-Markdown. The rules are those of CommonMark and of GitHub's tables: what authors see there
is what the site shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

ITEM = re.compile(r"(?P<indent> *)(?P<marker>[-*+]|\d{1,9}[.)])(?P<space> +|$)(?P<text>.*)")
FENCE = re.compile(r"[ \t]*(?P<marks>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)")
OPENING = re.compile(rf"[ \t]*(?:(?:[-*+]|\d{{1,9}}[.)])[ \t]+)*{FENCE.pattern}")
"""A line that opens a fence, be it behind list markers."""
RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
DELIMITERS = re.compile(r" *\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *")
"""The second line of a table."""

_QUOTE = re.compile(r" {0,3}> ?")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_MARKERS = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])(?:[ \t][ \t>]*|$))*")
CELL_END = re.compile(r"(?<!\\)\|")
_TAB = 4
_DEEPEST = 50
"""Quotes and items within each other; what stands deeper is text."""


class Kind(Enum):
    """What a block is."""

    QUOTE = "quote"
    ITEM = "item"
    TEXT = "text"
    HEADING = "heading"
    RULE = "rule"
    FENCE = "fence"
    CODE = "code"
    TABLE = "table"


@dataclass(slots=True)
class Block:
    """A piece of Markdown, freed of the indentation and quote marks its place gives it."""

    kind: Kind
    line: int
    """0-based number of its first line."""
    lines: list[str] = field(default_factory=list)
    """What a leaf holds; of a fence what stands between its marks."""
    blocks: list[Block] = field(default_factory=list)
    """What a quote or an item holds."""
    marker: str = ""
    """An item's `-`, `*`, `+` or number with its mark; the marks that open a fence."""
    info: str = ""
    """What stands behind the marks that open a fence."""
    width: int = 0
    """Columns by which lines of an item are indented; those a fence is indented by."""
    spaced: bool = False
    """Whether a blank line stands above it."""

    def leaves(self) -> Iterator[Block]:
        """Yield the blocks that hold text, in order."""
        if self.kind not in {Kind.QUOTE, Kind.ITEM}:
            yield self
        for block in self.blocks:
            yield from block.leaves()


def read(lines: Iterable[str]) -> Block:
    """Return a quote without marks that holds the blocks of `lines`."""
    reader = _Reader()
    for number, line in enumerate(lines):
        reader.read(number, line)
    return reader.root


def verbatim(lines: Iterable[str]) -> Iterator[bool]:
    """Tell of each line whether it is code, a fence's marks included."""
    reader = _Reader()
    for number, line in enumerate(lines):
        reader.read(number, line)
        yield reader.in_code


def expand(line: str) -> str:
    """Turn the tabs of a line's indentation, also behind markers, into spaces."""
    end = _MARKERS.match(line).end()  # type: ignore[union-attr]  # it matches nothing, too
    return line[:end].expandtabs(_TAB) + line[end:]


def indentation(line: str) -> int:
    """Count the columns a line is indented by."""
    blank = line[: len(line) - len(line.lstrip(" \t"))]
    return len(blank.expandtabs(_TAB))


def outdent(line: str, width: int) -> str:
    """Take up to `width` columns of indentation off a line; a tab that is cut leaves spaces."""
    if "\t" not in line:
        return line[min(indentation(line), width) :]
    column = index = 0
    while column < width and line[index : index + 1] in {" ", "\t"}:
        column += _TAB - column % _TAB if line[index] == "\t" else 1
        index += 1
    return " " * (column - width) + line[index:]


def closes(line: str, marks: str, width: int = 0) -> bool:
    """Tell whether `line` ends a fence that `marks`, indented by `width` columns, began."""
    text = line.strip()
    return len(text) >= len(marks) and set(text) == {marks[0]} and indentation(line) < width + _TAB


class _Reader:
    """Reads line after line; `_open` holds the containers the last line stood in."""

    def __init__(self) -> None:
        self.root = Block(Kind.QUOTE, 0)
        self._open = [self.root]
        self._leaf: Block | None = None
        """The leaf at the end of the innermost container that the next line may go on with."""
        self._blank = False
        self.in_code = False
        """Whether the last line was code."""

    def read(self, number: int, line: str) -> None:
        fenced = self._leaf is not None and self._leaf.kind is Kind.FENCE
        rest, kept = self._continued(line if fenced else expand(line))
        self.in_code = fenced and kept == len(self._open)
        if self._leaf and self.in_code:
            self._read_fenced(self._leaf, rest)
        elif rest.strip():
            self._read_text(number, rest, kept)
            self._blank = False
        else:
            self._read_blank(kept)
        self.in_code |= self._leaf is not None and self._leaf.kind in {Kind.FENCE, Kind.CODE}

    def _continued(self, line: str) -> tuple[str, int]:
        """Return what a line holds within the open containers it goes on with, and their number."""
        for kept, block in enumerate(self._open[1:], start=1):
            quoted = _QUOTE.match(line)
            if block.kind is Kind.QUOTE and quoted:
                line = line[quoted.end() :]
            elif block.kind is Kind.ITEM and (not line.strip() or indentation(line) >= block.width):
                line = outdent(line, block.width)
            else:
                return line, kept
        return line, len(self._open)

    def _read_fenced(self, fence: Block, line: str) -> None:
        if closes(line, fence.marker):
            self._leaf = None
        else:
            fence.lines.append(outdent(line, fence.width))

    def _read_blank(self, kept: int) -> None:
        self._blank = True
        self._close(kept)
        if self._leaf and self._leaf.kind is Kind.CODE:
            self._leaf.lines.append("")
        else:
            self._leaf = None
        if self._open[-1].kind is Kind.ITEM and not self._open[-1].blocks:
            self._open.pop()  # an item that starts with a blank line holds nothing else

    def _read_text(self, number: int, line: str, kept: int) -> None:
        while opened := self._container(number, line, kept):
            container, line = opened
            self._close(kept)
            self._add(container)
            self._open.append(container)
            kept += 1
        if line.strip() and not self._starts_leaf(number, line, kept):
            self._continue_leaf(number, line, kept)

    def _text(self, kept: int) -> Block | None:
        """Return the paragraph that a line goes on with if it starts nothing else."""
        inside = kept == len(self._open)
        return self._leaf if inside and self._leaf and self._leaf.kind is Kind.TEXT else None

    def _container(self, number: int, line: str, kept: int) -> tuple[Block, str] | None:
        """Return the quote or item that a line starts, with the rest of the line."""
        if indentation(line) >= _TAB or kept > _DEEPEST:
            return None
        if quoted := _QUOTE.match(line):
            return Block(Kind.QUOTE, number), line[quoted.end() :]
        item = None if RULE.fullmatch(line) else ITEM.fullmatch(line)
        if not item or (self._text(kept) and not _may_interrupt(item)):
            return None
        width = content_column(item)
        rest = " " * (item.start("text") - width) + item["text"]
        return Block(Kind.ITEM, number, marker=item["marker"], width=width), rest

    def _starts_leaf(self, number: int, line: str, kept: int) -> bool:
        """Read a line that is something else than text, code or a table's row."""
        text, fence = self._text(kept), FENCE.fullmatch(line)
        if indentation(line) >= _TAB:
            return False
        if text and UNDERLINE.fullmatch(line):
            text.kind, text.line = Kind.HEADING, number
            self._leaf = None
        elif text and _is_table(text.lines[-1], line):
            self._start_table(text, line)
        elif fence:
            marks, info, width = fence["marks"], fence["info"].strip(), indentation(line)
            self._close(kept)
            self._add(Block(Kind.FENCE, number, marker=marks, info=info, width=width))
        elif RULE.fullmatch(line) or _HEADING.match(line):
            self._close(kept)
            kind = Kind.HEADING if _HEADING.match(line) else Kind.RULE
            self._add(Block(kind, number, [line.strip()]))
        else:
            return False
        return True

    def _continue_leaf(self, number: int, line: str, kept: int) -> None:
        """Add a line to the leaf above, be it a paragraph in a container left out, or start one."""
        leaf, kind = self._leaf, self._leaf.kind if self._leaf else None
        code, inside = indentation(line) >= _TAB, kept == len(self._open)
        if leaf and kind is Kind.TEXT:
            leaf.lines.append(line.lstrip(" "))
        elif leaf and kind is Kind.TABLE and inside:
            leaf.lines.append(line.strip())
        elif leaf and kind is Kind.CODE and inside and code:
            leaf.lines.append(outdent(line, _TAB))
        else:
            self._close(kept)
            kind, line = (Kind.CODE, outdent(line, _TAB)) if code else (Kind.TEXT, line.lstrip(" "))
            self._add(Block(kind, number, [line]))

    def _start_table(self, text: Block, delimiters: str) -> None:
        """Make a table of the last line of a paragraph and the line below it."""
        head = text.lines.pop()
        table = Block(Kind.TABLE, text.line + len(text.lines), [head.strip(), delimiters.strip()])
        if not text.lines:
            self._open[-1].blocks.pop()
            table.spaced = text.spaced
        self._open[-1].blocks.append(table)
        self._leaf = table

    def _add(self, block: Block) -> None:
        block.spaced = self._blank
        self._open[-1].blocks.append(block)
        self._leaf = block if block.kind in {Kind.TEXT, Kind.CODE, Kind.FENCE} else None

    def _close(self, kept: int) -> None:
        if kept < len(self._open):
            del self._open[kept:]
            self._leaf = None


def content_column(item: re.Match[str]) -> int:
    """Return the column at which the text of an item starts, which the rest of it must reach."""
    space = len(item["space"])
    return item.end("marker") + (space if item["text"] and space <= _TAB else 1)


def _may_interrupt(item: re.Match[str]) -> bool:
    """Only a bullet or a 1 starts a list right below a paragraph (CommonMark 5.2, 5.3)."""
    ordered = item["marker"][0].isdigit()
    return bool(item["text"].strip()) and (not ordered or int(item["marker"][:-1]) == 1)


def _is_table(head: str, delimiters: str) -> bool:
    return (
        "|" in head
        and bool(DELIMITERS.fullmatch(delimiters))
        and _cells(head) == _cells(delimiters)
    )


def _cells(row: str) -> int:
    inner = row.strip().removeprefix("|")
    return (
        len(CELL_END.findall(inner.removesuffix("|") if not inner.endswith("\\|") else inner)) + 1
    )
