"""Parse a source: a line scanner that records where everything is.

A source is `# Title`, then topics `### **1. Title**`, each with questions `*   **Question**` and
their answers as an indented list. Nothing in a code fence is parsed as structure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING
from unicodedata import name

from qna.memo import remembered
from qna.model import Document, Question, Span, Topic
from qna.naming.ids import is_id
from qna.reading import proofreading
from qna.reading.answers import EMPTY_HINT, Checker, span_of, trimmed
from qna.reading.indentation import OPENING, closes, indentation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qna.diagnostics import Report
    from qna.reading.source import Source
from qna.words import Words

LONG_QUESTION = 600
"""Length in characters from which a question gets a warning."""

_ID = r"(?:[ \t]+\{#(?P<id>[^}]*)\})?[ \t]*"
_CLOSING = r"(?:[ \t]+#*)?[ \t]*"
_TITLE = re.compile(rf"#[ \t]+(?P<text>.*?){_CLOSING}")
_TOPIC = re.compile(rf"###[ \t]+\*\*(?P<number>[^*\s]*)\.[ \t]+(?P<text>.*)\*\*{_ID}{_CLOSING}")
_HEADING = re.compile(r"#{1,6}(?!#)")
_QUESTION = re.compile(r" {0,3}[*+-][ \t]+\*\*(?P<rest>.*)")
_ASKED = re.compile(rf"(?P<text>.*)\*\*{_ID}")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}")
_BULLET = re.compile(r" {0,3}[*+-](?:[ \t]|$)")
_ITEM = re.compile(r"[ \t]*[*+-][ \t]")
_ODD_SPACE = re.compile(r"[ \t]*(?:[*+-][ \t]*)?(?P<char>[\u00a0\u2000-\u200a\u202f\u3000])")
_CONTENTS = re.compile(r"[ \t]*(?:\[TOC\]|[*+-][ \t]+\[[^\]]*\]\(#[^)]*\))[ \t]*")

_QUESTION_HINT = "write a question as '*   **Question**'"
_TOPIC_HINT = "write a topic as '### **1. Title**'"


@dataclass(slots=True)
class _OpenQuestion:
    text: str
    span: Span
    id: str
    indent: int
    """The question's indentation in columns."""
    broken: bool = False
    """Whether its bold is not closed, so that its answer cannot be found."""
    lines: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _OpenTopic:
    title: str
    span: Span
    id: str
    asked: bool = False
    """Whether it has a question, even a malformed one."""
    questions: list[Question] = field(default_factory=list)
    introduction: list[tuple[int, str]] = field(default_factory=list)


def parse(source: Source, report: Report, words: Words | None = None) -> Document:
    """Parse a source into a document; problems go to `report`.

    Where answers as plain text have words of the interface, they are from `words`, or English.
    """
    return _Parser(source, report, words).document()


def attempts(source: Source) -> int:
    """Return how many lines are written as the documentation writes a question."""
    return sum(
        line.startswith("*   **") and line.rstrip().endswith(("**", "}")) for line in source.lines
    )


class _Parser:
    """Reads line by line; the next heading or question closes what is open."""

    def __init__(self, source: Source, report: Report, words: Words | None) -> None:
        self._source = source
        self._report = report
        self._checker = Checker(source, report, words)
        self._title: tuple[str, Span] | None = None
        self._introduction: list[tuple[int, str]] = []
        self._topics: list[Topic] = []
        self._topic: _OpenTopic | None = None
        self._question: _OpenQuestion | None = None
        self._unclosed: tuple[int, str] | None = None
        self._numbers: dict[int, Span] = {}
        self._fence: tuple[str, Span] | None = None
        self._comment: Span | None = None
        self._stray_line = 0

    def document(self) -> Document:
        """Read the whole source."""
        first = 1
        for lines in self._source.files().values():
            skipped = self._skip_front_matter(first, lines)
            for number, line in enumerate(lines[skipped:], start=first + skipped):
                self._read(number, line.removeprefix("\ufeff"))
            self._end_file()
            first += len(lines)
        self._close_topic()
        if self._title is None and any(map(str.strip, self._source.lines)):
            self._fault("W101", Span(1), "no title", "start the source with '# Title'")
        title = self._title[0] if self._title else ""
        read = self._checker.introduction(self._introduction)
        places = self._source.places
        return Document(title, tuple(self._topics), read.markdown, read.links, places)

    def _skip_front_matter(self, number: int, lines: Sequence[str]) -> int:
        """Return the number of front-matter lines in a file, after reporting them."""
        first, *others = lines or [""]
        if first.rstrip() != "---":
            return 0
        hint = "delete it: the source has no front matter"
        self._fault("E104", Span(number), "front matter", hint)
        above = list(takewhile(lambda line: not line.startswith("#"), others))
        return above.index("---") + 2 if "---" in above else 1

    def _end_file(self) -> None:
        """Report what is not closed, and go on after it."""
        self._drop_unclosed()
        if self._fence:
            hint = "close it with a line of the same marks"
            self._fault("E217", self._fence[1], "code fence is not closed", hint)
        if self._comment:
            self._fault("E115", self._comment, "comment is not closed", "end it with '-->'")
        self._fence = self._comment = None
        self._close_question()

    def _fault(self, code: str, span: Span, message: str, hint: str) -> None:
        self._report.add(code, self._source.path, span, message, hint)

    # One line

    def _read(self, number: int, line: str) -> None:
        if self._unclosed:
            self._read_unclosed(number, line)
        elif self._fence:
            self._read_fenced(number, line)
        elif self._comment or line.startswith("<!--"):
            self._read_comment(number, line)
        elif not line.strip():
            self._keep(number, "")
        elif odd := _ODD_SPACE.match(line):
            column, char = odd.start("char") + 1, odd["char"]
            message = f"U+{ord(char):04X} {name(char)} is used as a space"
            self._fault("E206", Span(number, column, column + 1), message, "use ordinary spaces")
            self._read(number, line.replace(char, " "))
        elif line[0] in " \t" and not self._asks(line):
            self._read_indented(number, line)
        else:
            self._read_structure(number, line)

    def _asks(self, line: str) -> bool:
        """Tell whether an indented line is a question, not a bold list item in an answer."""
        if question := self._question:
            answer = next((line for _, line in question.lines if line), None)
            least = question.indent + 2 if answer is None else indentation(answer)
            return indentation(line) < least and bool(_QUESTION.match(line))
        return bool(_QUESTION.match(line))

    def _read_unclosed(self, number: int, line: str) -> None:
        """Join a question that spans lines."""
        assert self._unclosed
        first, text = self._unclosed
        if not line.strip() or _ITEM.match(line) or _HEADING.match(line):
            self._drop_unclosed()
            self._read(number, line)
            return
        self._unclosed = None
        self._read_question(first, f"{text} {line.strip()}")

    def _read_fenced(self, number: int, line: str) -> None:
        assert self._fence
        self._keep(number, line)
        marks, span = self._fence
        if closes(line, marks, span.column - 1):
            self._fence = None

    def _read_comment(self, number: int, line: str) -> None:
        self._comment = self._comment or Span(number, 1, 5)
        if "-->" in line:
            self._comment = None

    def _read_indented(self, number: int, line: str) -> None:
        if not self._question and not self._introduced():
            hint = "write the question above it, or remove the indentation"
            self._fault("E212", span_of(number, line), "indented text without a question", hint)
        self._keep(number, line)
        self._open_fence(number, line)

    def _introduced(self) -> bool:
        """Tell whether an introduction has begun; it may contain indented text."""
        return any(line for _, line in self._kept())

    def _open_fence(self, number: int, line: str) -> None:
        if match := OPENING.match(line):
            self._fence = match["marks"], _group_span(number, match, "marks")

    def _keep(self, number: int, line: str) -> None:
        """Add a line to the open question, or else to the introduction."""
        if self._question:
            self._question.lines.append((number, line))
        else:
            self._kept().append((number, line))

    # Structure

    def _read_structure(self, number: int, line: str) -> None:
        if match := _TOPIC.fullmatch(line):
            self._open_topic(number, match)
        elif match := _TITLE.fullmatch(line):
            self._open_title(number, match)
        elif _HEADING.match(line):
            self._bad_heading(number, line)
        elif _QUESTION.match(line):
            self._read_question(number, line)
        else:
            self._read_text(number, line)

    def _open_title(self, number: int, match: re.Match[str]) -> None:
        span = _group_span(number, match, "text")
        if self._title:
            message = f"second title; the first is {self._source.places.said(self._title[1].line)}"
            self._fault("E102", span, message, _TOPIC_HINT)
        self._title = self._title or (match["text"], span)

    def _bad_heading(self, number: int, line: str) -> None:
        level = len(line) - len(line.lstrip("#"))
        if level > 3:  # noqa: PLR2004 - topics are level 3
            hint = "use bold text in an answer, or make it a topic"
            self._fault("E116", span_of(number, line), f"heading of level {level}", hint)
        elif line[level : level + 1] not in {" ", "\t"}:
            span = Span(number, level + 1, level + 2)
            self._fault("E105", span, "no space after the '#' of a heading", _TOPIC_HINT)
        elif "**" in line and line.count("**") == 1:
            span = Span(number, line.index("**") + 1, line.index("**") + 3)
            self._fault("E106", span, "bold of a topic title is not closed", _TOPIC_HINT)
        elif re.match(r"### +\*\*.*\*\*", line):
            self._fault("E110", span_of(number, line), "topic without a number", _TOPIC_HINT)
        else:
            self._fault("E105", span_of(number, line), "heading is not a topic", _TOPIC_HINT)

    def _open_topic(self, number: int, match: re.Match[str]) -> None:
        self._close_topic()
        span = _group_span(number, match, "text")
        title = match["text"].strip()
        if not re.search(r"\w", title) and not any(ord(char) > 127 for char in title):  # noqa: PLR2004
            self._fault("E111", span_of(number, match.string), "topic without a title", _TOPIC_HINT)
        self._check_number(number, match)
        self._topic = _OpenTopic(title, span, self._explicit_id(number, match))

    def _check_number(self, line: int, match: re.Match[str]) -> None:
        span = _group_span(line, match, "number")
        if not re.fullmatch(r"0*[1-9][0-9]{0,5}", match["number"], re.ASCII):
            hint = "number topics 1, 2, 3"
            self._fault("E110", span, "topic number is not a positive whole number", hint)
            return
        value = int(match["number"])
        if first := self._numbers.get(value):
            message = f"topic number {value} is already used {self._source.places.said(first.line)}"
            self._fault("E109", span, message, "give each topic its own number")
        elif value != (expected := next(reversed(self._numbers), 0) + 1):
            message = f"topic number {value} instead of {expected}"
            hint = "renumber the topics; only their order in the file matters"
            self._fault("W108", span, message, hint)
        self._numbers.setdefault(value, span)

    def _explicit_id(self, number: int, match: re.Match[str]) -> str:
        found = match["id"]
        if found is None:
            return ""
        if not is_id(found):
            span = _group_span(number, match, "id")
            hint = "use lowercase words joined by hyphens, as in {#gradient-clipping}"
            self._fault("E305", span, f"'{found}' is not an id", hint)
            return ""
        return found

    def _read_question(self, number: int, line: str) -> None:
        self._close_question()
        if self._topic:
            self._topic.asked = True
        opening = _QUESTION.match(line)
        assert opening
        match = _ASKED.fullmatch(line, opening.start("rest"))
        if match:
            self._open_question(number, match)
        elif "**" in opening["rest"]:
            self._text_after(Span(number, line.rindex("**") + 3))
            self._question = _OpenQuestion(
                opening["rest"], span_of(number, line), "", indentation(line)
            )
        else:
            self._unclosed = number, line

    def _text_after(self, span: Span) -> None:
        hint = "put it in the answer; only an id, as in {#some-id}, is allowed here"
        self._fault("E204", span, "text after a question's bold", hint)

    def _drop_unclosed(self) -> None:
        if self._unclosed:
            number, line = self._unclosed
            column = line.index("**") + 1
            hint = "close the bold with '**' at the end of the question"
            self._fault("E202", Span(number, column, column + 2), "bold is not closed", hint)
            span, indent = span_of(number, line), indentation(line)
            self._question = _OpenQuestion(line, span, "", indent, broken=True)
            self._unclosed = None

    def _open_question(self, number: int, match: re.Match[str]) -> None:
        text = " ".join(match["text"].split())
        span = _group_span(number, match, "text")
        self._question = _OpenQuestion(
            text, span, self._explicit_id(number, match), indentation(match.string)
        )
        if not text:
            self._fault("E201", span_of(number, match.string), "question is empty", _QUESTION_HINT)
        elif not self._topic:
            self._fault("E113", span, "question before the first topic", _TOPIC_HINT)
        elif len(text) > LONG_QUESTION:
            self._fault("W210", span, f"question of {len(text)} characters", "shorten it")
        closing, faults = _asked(match["text"])
        if closing:
            column = match.start("text") + closing + 1
            self._text_after(Span(number, column, match.end("text") + 1))
        for code, start, end, message, hint in faults:
            shift = match.start("text") + 1
            self._fault(code, Span(number, start + shift, end + shift), message, hint)

    def _read_text(self, number: int, line: str) -> None:
        if _UNDERLINE.fullmatch(line) and self._last_line():
            self._fault("E107", span_of(number, line), "underlined heading", _TOPIC_HINT)
        elif _RULE.fullmatch(line):
            self._keep(number, "")
        elif self._topic and _CONTENTS.fullmatch(line):
            hint = "delete it: the site makes its own"
            self._fault("E114", span_of(number, line), "table of contents", hint)
        elif self._question and _BULLET.match(line):
            hint = "indent the answer by four spaces"
            self._fault("E214", span_of(number, line), "answer is not indented", hint)
            self._keep(number, f"    {line}")
        elif _BULLET.match(line) and "?" in line:
            self._fault("E205", span_of(number, line), "question is not bold", _QUESTION_HINT)
        elif self._question:
            self._stray(number, line)
        else:
            self._keep(number, line)
            self._open_fence(number, line)

    def _stray(self, number: int, line: str) -> None:
        if self._stray_line == number - 1:
            pass  # one error per run of lines
        elif self._last_line():
            hint = "indent it like the line above"
            self._fault("E216", span_of(number, line), "line is not part of its answer", hint)
        else:
            hint = "move it below the topic's heading, or indent it into an answer"
            self._fault("E114", span_of(number, line), "text between two questions", hint)
        self._stray_line = number
        self._keep(number, f"      {line}")

    def _last_line(self) -> str:
        """Return the previous line of the open text; empty if there is none."""
        if self._question:
            return self._question.lines[-1][1].strip() if self._question.lines else ""
        return self._kept()[-1][1].strip() if self._kept() else ""

    def _kept(self) -> list[tuple[int, str]]:
        """Return the lines of the open introduction."""
        return self._topic.introduction if self._topic else self._introduction

    # Closing

    def _close_topic(self) -> None:
        self._drop_unclosed()
        self._close_question()
        topic, self._topic = self._topic, None
        if not topic:
            return
        if not topic.asked:
            hint = "delete the topic, or add a question below it"
            self._fault("E112", topic.span, "topic without questions", hint)
        read = self._checker.introduction(topic.introduction)
        questions = tuple(topic.questions)
        self._topics.append(
            Topic(topic.title, topic.span, questions, read.markdown, read.links, topic.id)
        )

    def _close_question(self) -> None:
        question, self._question = self._question, None
        if not question:
            return
        lines = trimmed(question.lines)
        if question.broken:
            pass
        elif not lines:
            self._fault("E203", question.span, "question has no answer", EMPTY_HINT)
        elif (answer := self._checker.answer(lines)).markdown and self._topic:
            self._topic.questions.append(
                Question(
                    question.text,
                    answer.markdown,
                    question.span,
                    lines[0][0],
                    answer.plain,
                    answer.links,
                    question.id,
                )
            )


@remembered
def _asked(text: str) -> tuple[int, tuple[tuple[str, int, int, str, str], ...]]:
    """Return where bold ends before the end of a question's text, and what is wrong with it.

    That is code, start, end, message and hint of each fault.
    """
    found = proofreading.question(text)
    faults = [(one.code, one.place.start, one.place.end, one.message, one.hint) for one in found]
    return proofreading.bold_end(text), tuple(faults)


def _group_span(number: int, match: re.Match[str], group: str) -> Span:
    return Span(number, match.start(group) + 1, match.end(group) + 1)
