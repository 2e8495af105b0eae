"""Blocks: the headings, paragraphs, lists and so on of a file, in order.

The Markdown library says where each is. Lists whose items start with headings are taken apart,
because such headings structure the file; marks of collapsible blocks become blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from qna.importing.html import CLOSE, END, OPEN, SUMMARY
from qna.importing.lines import Line, Lines, joined, trimmed
from qna.markdown import parser
from qna.reading.indentation import ITEM, content_column, dedent, expand, fences

_MARKS = {OPEN: "open", CLOSE: "close", SUMMARY: "summary", END: "end"}
_KINDS = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "hr": "rule",
    "code_block": "code",
    "fence": "fence",
    "table_open": "table",
    "blockquote_open": "quote",
    "alert_open": "quote",
}
_DEFINITION = re.compile(r" {0,3}\[(?P<label>(?:\\.|[^\]\\])+)\]:")
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a file."""

    kind: str
    lines: Lines
    level: int = 0
    """The level of a heading."""
    text: str = ""
    """The running text of a heading."""
    numbered: str = ""
    """The number of the list item that a heading is in."""
    depth: int = 0
    """How many collapsible blocks it is in."""
    summary: bool = False
    """Whether it is the summary of one, which is bold in an answer."""

    @property
    def markdown(self) -> str:
        """Its Markdown."""
        return joined(self.lines)

    @property
    def number(self) -> int:
        """The number of its first line in the file."""
        return next((line.number for line in self.lines if line.number), 0)


def blocks(lines: Lines) -> list[Block]:
    """Return the blocks of a file."""
    found: list[Block] = []
    depth = 0
    for block in _blocks(lines, 0):
        if block.kind == "open":
            depth += 1
        elif block.kind == "close":
            depth = max(0, depth - 1)
        summary = block.kind == "paragraph" and bool(found) and found[-1].kind == "summary"
        found.append(replace(block, depth=depth, summary=summary))
    return found


def _blocks(lines: Lines, deep: int) -> Iterator[Block]:
    parsed = parser.parse_file(joined(lines))
    at = 0
    for start, end, token, text in _outermost(parsed.tokens):
        if start < at:
            continue
        yield from _definitions(lines[at:start])
        at = end
        own = trimmed(lines[start:end])
        if not own:
            continue
        kind = _KINDS.get(token.type, "other")
        if kind == "paragraph":
            yield from _paragraph(own)
        elif kind == "heading":
            yield Block(kind, own, int(token.tag[1:]), text)
        elif kind == "list" and deep < _DEEPEST and _structures(parsed.tokens, token):
            for item in items(own):
                yield from _item(item, deep)
        else:
            yield Block(kind, own)
    yield from _definitions(lines[at:])


def _outermost(tokens: Sequence[Token]) -> Iterator[tuple[int, int, Token, str]]:
    """Yield the first and the last line of each outermost block, its token and its first text."""
    level = -1
    for at, token in enumerate(tokens):
        if token.type == "footnote_block_open":
            return
        if not token.map or token.type == "inline":
            continue
        if token.level <= level or level < 0 or token.level == 0:
            level = token.level
            inline = tokens[at + 1] if at + 1 < len(tokens) else None
            text = inline.content if inline and inline.type == "inline" else ""
            yield token.map[0], token.map[1], token, text


def _paragraph(lines: Lines) -> Iterator[Block]:
    """Yield a paragraph, and the marks that are lines in it."""
    rest: list[Line] = []
    for line in lines:
        if kind := _MARKS.get(line.text.strip()):
            if rest:
                yield Block("paragraph", rest)
            rest = []
            yield Block(kind, [line])
        else:
            rest.append(line)
    if rest:
        yield Block("paragraph", rest)


def _definitions(lines: Lines) -> Iterator[Block]:
    """Yield the definitions of links and footnotes between two blocks."""
    open_: list[Line] = []
    for line in lines:
        if _DEFINITION.match(line.text) and open_:
            yield Block("definition", trimmed(open_))
            open_ = []
        if open_ or line.text.strip():
            open_.append(line)
    if trimmed(open_):
        yield Block("definition", trimmed(open_))


def label(definition: Block) -> str:
    """Return the label that a block defines; empty if it defines none."""
    found = _DEFINITION.match(definition.lines[0].text)
    return found["label"] if found else ""


# Lists


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list."""

    marker: str
    lines: Lines
    """Its lines without the marker and the indentation."""


def items(lines: Lines) -> list[Item]:
    """Take a list apart."""
    parsed = parser.parse_file(joined(lines))
    starts = [
        token.map
        for token in parsed.tokens
        if token.type == "list_item_open" and token.level == 1 and token.map
    ]
    return [
        item
        for place, (start, end) in enumerate(starts)
        if (
            item := _taken_out(
                lines[start : starts[place + 1][0] if place + 1 < len(starts) else end]
            )
        )
    ]


def _taken_out(lines: Lines) -> Item | None:
    texts = [line.text for line in lines]
    first = ITEM.fullmatch(expand(texts[0]))
    if not first:
        return None
    width = content_column(first)
    kept = [lines[0]._replace(text=first.string[width:] if first["text"] else "")]
    for line, fence in list(zip(lines, fences(texts), strict=True))[1:]:
        text = line.text if fence is not None else expand(line.text)
        cut = width if fence is None else min(fence, width)
        kept.append(line._replace(text=dedent(text, cut) if text.strip() else ""))
    return Item(first["marker"], trimmed(kept))


def _structures(tokens: Sequence[Token], list_: Token) -> bool:
    """Tell whether an item of a list starts with a heading."""
    start = next(at for at, token in enumerate(tokens) if token is list_)
    for at in range(start + 1, len(tokens)):
        token = tokens[at]
        if token.nesting < 0 and token.level == list_.level:
            break
        item = token.type == "list_item_open" and token.level == list_.level + 1
        if item and tokens[at + 1].type == "heading_open":
            return True
    return False


def _item(item: Item, deep: int) -> Iterator[Block]:
    inner = list(_blocks(item.lines, deep + 1))
    if inner and inner[0].kind == "heading":
        yield replace(inner[0], numbered=item.marker)
        yield from inner[1:]
    elif item.lines:
        first, *others = item.lines
        indent = " " * (len(item.marker) + 1)
        below = [line._replace(text=indent + line.text if line.text else "") for line in others]
        yield Block("list", [first._replace(text=f"{item.marker} {first.text}"), *below])
