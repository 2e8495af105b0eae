"""Passages: the running text of Markdown, with its links and its place in what was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from markdown_it.token import Token

from qna.markdown.parser import REMEMBERED, Parsed, parse_inline

_FORMULAS = frozenset({"math_inline", "math_inline_double"})
_VERBATIM = _FORMULAS | {"code_inline", "footnote_ref"}
_DEFINITION = re.compile(r"[^\]]*(?:\\\][^\]]*)*\]:\s*<?(?P<url>(?<=<)[^>\n]*|\S*)")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of one line of what was read; all numbers are 0-based."""

    line: int
    start: int
    end: int


def edited(markdown: str, edits: Iterable[tuple[Place, str]]) -> str:
    """Return Markdown with other text at some places."""
    lines = markdown.split("\n")
    for place, text in sorted(edits, reverse=True):
        line = lines[place.line]
        lines[place.line] = line[: place.start] + text + line[place.end :]
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image in running text."""

    url: str
    """Its address as a page would have it."""
    written: str
    """Its address as the text has it."""
    span: Span
    """Where its address is in the passage; where all of it is if a definition holds the address."""
    whole: Span
    image: bool
    defined: bool
    """Whether a definition elsewhere holds its address."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The running text of one paragraph, heading or table cell."""

    text: str
    links: tuple[Link, ...]
    verbatim: tuple[Span, ...]
    """Where code, formulas, footnote marks and escaped characters are."""
    origins: tuple[tuple[int, int], ...]
    """For each line of the text: its line in what was read, and the column where it starts."""
    cell: bool = False
    """Whether it is a table cell, in which every pipe was escaped."""

    def place(self, start: int, end: int) -> Place:
        """Return where a stretch of the text is in what was read, up to the end of its line."""
        row = self.text.count("\n", 0, start)
        begin = self.text.rfind("\n", 0, start) + 1
        stop = len(self.text.split("\n")[row].rstrip()) + begin
        line, column = self.origins[row]
        first, last = (self._columns(begin, at) for at in (start, max(start, min(end, stop))))
        return Place(line, column + first, column + last)

    def _columns(self, begin: int, at: int) -> int:
        return at - begin + (self.text.count("|", begin, at) if self.cell else 0)

    def blanked(self) -> str:
        """Return the text with code, formulas and escaped characters replaced by blanks."""
        return without(self.text, self.verbatim)


def blanked(line: str) -> str:
    """Return a line with code, formulas and escaped characters replaced by as many blanks."""
    return "".join(passage.blanked() for passage in passages(parse_inline(line)))


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, with the place of each of its lines."""

    tex: str
    origins: tuple[tuple[int, int], ...]
    """For each line of the TeX: its line in what was read, and the column where it starts."""
    display: bool

    def place(self, at: int) -> Place:
        """Return where a character of the TeX is, or its last one if it has fewer."""
        at = max(0, min(at, len(self.tex.rstrip()) - 1))
        line, column = self.origins[self.tex.count("\n", 0, at)]
        column += at - self.tex.rfind("\n", 0, at) - 1
        return Place(line, column, column + 1)


def formulas(parsed: Parsed) -> Iterator[Formula]:
    """Yield the formulas in what was read, in order."""
    for token in parsed.tokens:
        if token.type == "math_block" or (token.type == "fence" and is_formula(token)):
            yield Formula(token.content, _origins_of_lines(parsed, token), display=True)
    for token, passage in zip(parsed.inlines(), passages(parsed), strict=True):
        for child in token.children or ():
            if child.type in _FORMULAS:
                start = token.content.find(child.content, child.meta["span"][0])
                display = child.type != "math_inline"
                origins = _origins_within(passage, start, child.content)
                yield Formula(child.content, tuple(origins), display=display)


def _origins_within(passage: Passage, start: int, tex: str) -> Iterator[tuple[int, int]]:
    """Yield where each line of a formula in running text starts."""
    for line in tex.split("\n"):
        place = passage.place(start, start + 1)
        yield place.line, place.start
        start += len(line) + 1


def is_formula(fence: Token) -> bool:
    """Tell whether a fence holds a formula, as GitHub has it."""
    return fence.info.strip().lower() == "math"


def _origins_of_lines(parsed: Parsed, token: Token) -> tuple[tuple[int, int], ...]:
    first = (token.map[0] if token.map else 0) + (token.type == "fence")
    lines = token.content.split("\n")
    within = parsed.lines[first : first + len(lines)]
    places = (max(0, line.find(text)) for line, text in zip(within, lines, strict=False))
    return tuple(enumerate(places, start=first))


def without(text: str, spans: tuple[Span, ...] | list[Span]) -> str:
    """Return a text with some stretches replaced by as many blanks; lines stay."""
    if not spans:
        return text
    chars = list(text)
    for start, end in spans:
        chars[start:end] = (char if char == "\n" else " " for char in chars[start:end])
    return "".join(chars)


@lru_cache(REMEMBERED)
def passages(parsed: Parsed) -> Sequence[Passage]:
    """Return the running text of what was read, in order."""
    return tuple(_passages(parsed))


def _passages(parsed: Parsed) -> Iterator[Passage]:
    ends: dict[int, int] = {}
    in_cell = False
    for token in parsed.tokens:
        if token.type in {"th_open", "td_open"}:
            in_cell = True
        elif token.type in {"th_close", "td_close"}:
            in_cell = False
        elif token.type == "inline":
            yield _passage(parsed, token, ends if in_cell else None)


def definitions(parsed: Parsed) -> Iterator[tuple[str, Place]]:
    """Yield the address of each link definition, and where it is."""
    for line, url in parsed.definitions:
        text = "\n".join(parsed.lines[line : line + 3])
        if found := _DEFINITION.match(text):
            start, end = found.span("url")
            row, begin = text.count("\n", 0, start), text.rfind("\n", 0, start) + 1
            yield url, Place(line + row, start - begin, end - begin)


def _passage(parsed: Parsed, token: Token, ends: dict[int, int] | None) -> Passage:
    children = token.children or []
    verbatim = chain(
        (child.meta["span"] for child in children if child.type in _VERBATIM),
        token.meta.get("escapes", ()),
    )
    origins = _origins(parsed, token) if ends is None else _cell(parsed, token, ends)
    return Passage(
        token.content, tuple(_links(token)), tuple(verbatim), origins, cell=ends is not None
    )


def _origins(parsed: Parsed, token: Token) -> tuple[tuple[int, int], ...]:
    """Place the lines of a block: its marks and indentation come before its text."""
    first = token.map[0] if token.map else 0
    return tuple(
        (number, len(parsed.lines[number].rstrip()) - len(line.rstrip()))
        for number, line in enumerate(token.content.split("\n"), start=first)
    )


def _cell(parsed: Parsed, token: Token, ends: dict[int, int]) -> tuple[tuple[int, int], ...]:
    """Place a table cell after the one before it on its line."""
    number = token.map[0] if token.map else 0
    written = token.content.replace("|", "\\|")
    start = max(0, parsed.lines[number].find(written, ends.get(number, 0)))
    ends[number] = start + len(written)
    return ((number, start),)


def _links(token: Token) -> Iterator[Link]:
    for child in token.children or ():
        if child.type in {"link_open", "image"}:
            image, whole, address = child.type == "image", child.meta["span"], child.meta["address"]
            span = address or whole
            url = str(child.attrs["src" if image else "href"])
            written = token.content[slice(*address)].strip("<>") if address else url
            yield Link(url, written, span, whole, image, defined=address is None)
