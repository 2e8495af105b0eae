"""The model of a source: topics, their questions, and where each is in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal
from unicodedata import normalize
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

STORY_PREFIX = "[Personal answer required"
"""Start of an answer that asks for the reader's own story."""

_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)


def without_brackets(answer: str) -> str:
    """Return a prompt for the reader's own story without its brackets; other answers unchanged.

    Text may follow after the brackets.
    """
    depth = 0
    for found in _BRACKET.finditer(answer) if answer.startswith(STORY_PREFIX) else ():
        depth += {"[": 1, "]": -1}.get(found[0], 0)
        if depth == 0:
            return answer[1 : found.start()] + answer[found.end() :]
    return answer


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one source line."""

    line: int
    """1-based line number."""
    column: int = 1
    """1-based column of the first character, in code points."""
    end: int = 0
    """Column after the last character; 0 means the end of the line."""


@dataclass(frozen=True, slots=True)
class Places:
    """In which file each line of a source is: a source may have several files.

    Its lines are counted through all files, in order.
    """

    starts: tuple[tuple[int, str], ...] = ()
    """Each file with its first line, counted so; nothing if there is only one file."""

    def of(self, line: int) -> tuple[str, int]:
        """Return the path of a line's file, and its number there; no path for an only file."""
        number = bisect_right(self.starts, line, key=itemgetter(0))
        first, path = self.starts[number - 1] if number else (1, "")
        return path, line - first + 1

    def named(self, line: int) -> str:
        """Return a line's number, after the name of its file if there are several: `a.md:4`."""
        path, number = self.of(line)
        return f"{PurePath(path).name}:{number}" if path else str(number)

    def said(self, line: int) -> str:
        """Return a line as in a message: `on line 4`, or `on line 4 of a.md`."""
        path, number = self.of(line)
        return f"on line {number} of {PurePath(path).name}" if path else f"on line {number}"

    def file(self, line: int) -> str:
        """Return the path of a line's file, relative to the folder of the source; or nothing."""
        path, _ = self.of(line)
        if not path:
            return ""
        return "/".join(PurePath(path).parts[-2:])


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another page of the site, as written in the source."""

    url: str
    """A relative address; `#id` links to a question or topic."""
    span: Span
    """Where the address is."""

    @property
    def id(self) -> str:
        """The id in a `#id` link; empty for other links."""
        return normalize("NFC", unquote(self.url[1:])) if self.url.startswith("#") else ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answer."""

    text: str
    """The question as written in the source: inline Markdown on one line."""
    answer: str
    """The answer's Markdown, verbatim except for the indentation of its list item."""
    span: Span
    """Where the question's text is."""
    answer_line: int
    """1-based line where the answer starts."""
    plain_answer: str = ""
    """The answer as plain text on one line."""
    links: tuple[Link, ...] = ()
    """The answer's links within the site."""
    id: str = ""
    """Permanent public name; empty until `ids.assign` has named the document."""

    @property
    def kind(self) -> Literal["answer", "story"]:
        """Distinguish answers from prompts for the reader's own story."""
        return "story" if self.answer.startswith(STORY_PREFIX) else "answer"

    @property
    def shown(self) -> str:
        """The Markdown shown to readers: the answer, or a story prompt without its brackets."""
        return without_brackets(self.answer)

    @property
    def plain(self) -> str:
        """`shown` as plain text on one line."""
        return without_brackets(self.plain_answer)


@dataclass(frozen=True, slots=True)
class Topic:
    """A numbered section of the source."""

    title: str
    """The title without its number: inline Markdown on one line."""
    span: Span
    """Where the title is."""
    questions: tuple[Question, ...] = ()
    introduction: str = ""
    """Markdown between the heading and the first question."""
    links: tuple[Link, ...] = ()
    """The introduction's links within the site."""
    id: str = ""
    """Permanent public name; empty until `ids.assign` has named the document."""


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed source."""

    title: str
    topics: tuple[Topic, ...]
    introduction: str = ""
    """Markdown between the title and the first topic."""
    links: tuple[Link, ...] = ()
    """The introduction's links within the site."""
    places: Places = field(default_factory=Places)

    def questions(self) -> Iterator[Question]:
        """Yield every question in source order."""
        for topic in self.topics:
            yield from topic.questions
