"""Answers: extract them from their list items and check their Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from qna.diagnostics import Report
from qna.markdown import parser, plain_text
from qna.markdown.link_targets import site_links
from qna.markdown.parser import Parsed
from qna.markdown.running_text import Place
from qna.memo import remembered
from qna.model import Link, Span
from qna.reading import proofreading
from qna.reading.indentation import ITEM, content_column, dedent, expand, fences
from qna.reading.source import Source
from qna.words import Words

LONG_ANSWER = 100_000
"""Length in characters from which an answer gets a warning."""
EMPTY_HINT = "add an indented line starting with '- ' below the question"

_TOO_FAR = 8
"""Indentation in columns from which text is code."""
_ABBREVIATION = re.compile(r"^\*\[[^\]\n]+\]:", re.MULTILINE)
_REFUSED = {
    "heading_open": (
        "E213",
        "heading inside an answer",
        "use bold text; a rule needs a blank line above it",
    ),
    "code_block": ("E215", "indented code", "put code between two lines of three backticks"),
}
"""Blocks not allowed in answers, by token type."""

_TITLED = "[!"
"""Start of the title of an alert, which is in the words of the interface."""
_At = tuple[int, int, int]
"""Line, start and end of a place."""

Lines = Sequence[tuple[int, str]]
"""Lines of a source, each with its 1-based number."""


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown extracted from a source."""

    markdown: str = ""
    plain: str = ""
    """The Markdown as plain text on one line."""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Checker:
    """Extracts and checks answers and introductions; problems go to the report."""

    source: Source
    report: Report
    words: Words | None = None
    """Words of the interface that plain text has, too; English ones without them."""

    def answer(self, lines: Lines) -> Text:
        """Return an answer without its list item; empty after an error."""
        number, line = lines[0]
        item = ITEM.fullmatch(expand(line))
        if not item:
            self._fault("E214", span_of(number, line), "answer is not a list item", EMPTY_HINT)
        elif len(item["indent"]) >= _TOO_FAR:
            message = "answer is indented so far that it becomes code"
            hint = "indent the answer by four spaces"
            self._fault("E215", span_of(number, line), message, hint)
        elif len(lines) == 1 and not item["text"].strip():
            hint = "write the answer after the '- '"
            self._fault("E211", span_of(number, line), "answer is empty", hint)
        else:
            return self._checked(_Lines(self.source, lines, _unwrapped(item, lines)))
        return Text()

    def introduction(self, lines: Lines) -> Text:
        """Return an introduction after checking it."""
        found = trimmed(lines)
        lines_of_text = _Lines(self.source, found, [line for _, line in found])
        return self._proofread(lines_of_text, _read(lines_of_text.markdown))

    def _checked(self, lines: _Lines) -> Text:
        read = _read(lines.markdown)
        for line, code, message, hint in read.refused:
            self._fault(code, lines.whole(line), message, hint)
        length = len(lines.markdown)
        if length > LONG_ANSWER:
            message = f"answer of {length} characters"
            self._fault("W222", Span(lines.number(0)), message, "split the question")
        return self._proofread(lines, read)

    def _proofread(self, lines: _Lines, read: _Read) -> Text:
        """Report text that would not appear as its author intends."""
        for code, place, message, hint in read.faults:
            self._fault(code, lines.span(Place(*place)), message, hint)
        links = tuple([Link(url, lines.span(Place(*place))) for url, place in read.links])
        plain = read.plain
        if plain is None:
            plain = plain_text.of_tokens(parser.parse(lines.markdown).tokens, self.words)
        return Text(lines.markdown, plain, links)

    def _fault(self, code: str, span: Span, message: str, hint: str) -> None:
        self.report.add(code, self.source.path, span, message, hint)


class _Lines:
    """Parsed lines of an answer or introduction, with their places in the source."""

    def __init__(self, source: Source, placed: Lines, lines: Sequence[str]) -> None:
        self._source = source
        self._numbers = [number for number, _ in placed]
        self._lines = lines
        self.markdown = "\n".join(lines)

    def number(self, line: int) -> int:
        """Return the number of a line in the source."""
        return self._numbers[line]

    def whole(self, line: int) -> Span:
        """Return the span of a line in the source."""
        number = self.number(line)
        return span_of(number, self._source.lines[number - 1])

    def span(self, place: Place) -> Span:
        """Return the span of a place in the source."""
        number, line = self.number(place.line), self._lines[place.line]
        # Only leading indentation and markers were removed, so count from the end of the line.
        shift = len(self._source.lines[number - 1].rstrip()) - len(line.rstrip()) + 1
        return Span(number, place.start + shift, place.end + shift)


def trimmed(lines: Lines) -> Lines:
    """Strip blank lines at both ends."""
    filled = [index for index, (_, line) in enumerate(lines) if line.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def span_of(number: int, line: str) -> Span:
    """Return the span of a line without surrounding whitespace."""
    return Span(number, len(line) - len(line.lstrip()) + 1, len(line.rstrip()) + 1)


class _Read(NamedTuple):
    """What reading a text gives, but for where it is in the source: plain data."""

    plain: str | None
    """The text as plain text; None if that has words of the interface."""
    links: tuple[tuple[str, _At], ...]
    """Address and place of each link within the site."""
    refused: tuple[tuple[int, str, str, str], ...]
    """Line, code, message and hint of each block not allowed in answers."""
    faults: tuple[tuple[str, _At, str, str], ...]
    """Code, place, message and hint of what would not appear as its author intends."""


def _read(markdown: str) -> _Read:
    return _Read(*_facts(markdown))


@remembered
def _facts(markdown: str) -> tuple[Any, ...]:
    """Return the values of what reading a text gives."""
    parsed = parser.parse(markdown)
    plain = None if _TITLED in markdown else plain_text.of_tokens(parsed.tokens)
    links = tuple([(url, _at(place)) for url, place in site_links(parsed)])
    found = proofreading.text(parsed)
    faults = tuple([(one.code, _at(one.place), one.message, one.hint) for one in found])
    return plain, links, tuple(_refused(parsed)), faults


def _at(place: Place) -> _At:
    return place.line, place.start, place.end


def _refused(parsed: Parsed) -> Iterator[tuple[int, str, str, str]]:
    """Yield line, code, message and hint of each block not allowed in answers."""
    for token in parsed.tokens:
        if token.map and token.type in _REFUSED:
            underlined = token.markup in {"-", "="}
            yield token.map[1] - 1 if underlined else token.map[0], *_REFUSED[token.type]
        elif token.type == "inline" and token.map and _ABBREVIATION.search(token.content):
            hint = "add the term to docs/_source/glossary.toml"
            yield token.map[0], "E221", "abbreviation would apply to the whole page", hint


def _unwrapped(item: re.Match[str], numbered: Lines) -> list[str]:
    """Remove the indentation of an answer's lines, and the bullet if there is only one."""
    lines = [line for _, line in numbered]
    content = content_column(item)
    placed = list(zip(lines, fences(lines), strict=True))
    siblings = (ITEM.fullmatch(expand(line)) for line, fence in placed[1:] if fence is None)
    ordered = item["marker"][0].isdigit()
    if ordered or any(sibling and len(sibling["indent"]) < content for sibling in siblings):
        return [_dedented(line, fence, len(item["indent"])) for line, fence in placed]
    below = (_dedented(line, fence, content) for line, fence in placed[1:])
    return [item.string[content:], *below]


def _dedented(line: str, fence: int | None, width: int) -> str:
    if not line.strip():
        return ""
    return dedent(expand(line), width) if fence is None else dedent(line, min(fence, width))
