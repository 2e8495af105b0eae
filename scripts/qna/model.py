"""What a source holds: topics, their questions, and where each stands in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

STORY_PREFIX = "[Personal answer required"
"""How an answer begins that only the reader can give."""
LABELS = {"answer": "Answer", "story": "Your own story"}
"""What stands above an answer, by its kind."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one source line."""

    line: int
    """1-based line number."""
    column: int = 1
    """1-based column of the first character, in code points."""
    end: int = 0
    """Column behind the last character; 0 means the end of the line."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answer."""

    text: str
    """The question as the source writes it: inline Markdown on one line."""
    answer: str
    """The answer's Markdown, verbatim but for the indentation its list item gives it."""
    span: Span
    """Where the question's text stands."""
    answer_line: int
    """1-based line on which the answer starts."""
    id: str = ""
    """Permanent public name; empty until `ids.assign` has named the document."""

    @property
    def kind(self) -> Literal["answer", "story"]:
        """Tell an answer from a prompt for the reader's own story."""
        return "story" if self.answer.startswith(STORY_PREFIX) else "answer"

    @property
    def shown(self) -> str:
        """The Markdown a reader sees: the answer, or what a story prompt's brackets hold."""
        if self.kind == "story" and self.answer.endswith("]"):
            return self.answer[1:-1]
        return self.answer


@dataclass(frozen=True, slots=True)
class Topic:
    """A numbered section of the source."""

    title: str
    """The title without its number: inline Markdown on one line."""
    span: Span
    """Where the title stands."""
    questions: tuple[Question, ...] = ()
    introduction: str = ""
    """Markdown between the heading and the first question."""
    id: str = ""
    """Permanent public name; empty until `ids.assign` has named the document."""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole source."""

    title: str
    topics: tuple[Topic, ...]
    introduction: str = ""
    """Markdown between the title and the first topic."""

    def questions(self) -> Iterator[Question]:
        """Yield every question in the source's order."""
        for topic in self.topics:
            yield from topic.questions
