"""Text to model: a line scanner that knows where everything stands.

A source is `# Title`, then topics `### **1. Title**`, each with questions `*   **Question**` and
their answers as an indented list. What stands in a code fence is never read as structure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING
from unicodedata import name

from qna import blocks, proofreading, prose
from qna.ids import is_id
from qna.model import Document, Question, Span, Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qna.diagnostics import Report
    from qna.source import Source

LONG_QUESTION = 600
"""Characters from which a question gets a warning."""
LONG_ANSWER = 100_000
"""Characters from which an answer gets a warning."""

_ID = r"(?:[ \t]+\{#(?P<id>[^}]*)\})?[ \t]*"
_CLOSING = r"(?:[ \t]+#*)?[ \t]*"
_TITLE = re.compile(rf"#[ \t]+(?P<text>.*?){_CLOSING}")
_TOPIC = re.compile(rf"###[ \t]+\*\*(?P<number>[^*\s]*)\.[ \t]+(?P<text>.*)\*\*{_ID}{_CLOSING}")
_HEADING = re.compile(r"#{1,6}(?!#)")
_QUESTION = re.compile(r" {0,3}[*+-][ \t]+\*\*(?P<rest>.*)")
_ASKED = re.compile(rf"(?P<text>.*)\*\*{_ID}")
_INNER_END = re.compile(rf"{prose.CODE}|(?P<end>(?<=\S)\*\*(?=\s))")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}")
_BULLET = re.compile(r" {0,3}[*+-](?:[ \t]|$)")
_ITEM = re.compile(r"[ \t]*[*+-][ \t]")
_ODD_SPACE = re.compile(r"[ \t]*(?:[*+-][ \t]*)?(?P<char>[\u00a0\u2000-\u200a\u202f\u3000])")
_CONTENTS = re.compile(r"[ \t]*(?:\[TOC\]|[*+-][ \t]+\[[^\]]*\]\(#[^)]*\))[ \t]*")
_ABBREVIATION = re.compile(r"\*\[[^\]]+\]:")

_QUESTION_HINT = "write a question as '*   **Question**'"
_ANSWER_HINT = "add an indented line starting with '- ' below the question"
_TOPIC_HINT = "write a topic as '### **1. Title**'"


@dataclass(slots=True)
class _OpenQuestion:
    text: str
    span: Span
    id: str
    indent: int
    """Columns by which the question is indented."""
    broken: bool = False
    """Whether its bold is not closed, so that nothing below it can be trusted."""
    lines: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _OpenTopic:
    title: str
    span: Span
    id: str
    asked: bool = False
    """Whether a question stands below it, be it a faulty one."""
    questions: list[Question] = field(default_factory=list)
    introduction: list[str] = field(default_factory=list)


def parse(source: Source, report: Report) -> Document:
    """Read the model off a source; every fault goes to `report`."""
    return _Parser(source, report).document()


class _Parser:
    """Reads line after line; what is open is closed by the next heading or question."""

    def __init__(self, source: Source, report: Report) -> None:
        self._source = source
        self._report = report
        self._title: tuple[str, Span] | None = None
        self._introduction: list[str] = []
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
        start = self._skip_front_matter()
        for number, line in enumerate(self._source.lines[start:], start=start + 1):
            self._read(number, line.removeprefix("\ufeff"))
        self._end()
        title = self._title[0] if self._title else ""
        return Document(title, tuple(self._topics), _text(self._introduction))

    def _skip_front_matter(self) -> int:
        """Return how many lines at the top are front matter, which is a fault."""
        first, *others = self._source.lines or [""]
        if first.rstrip() != "---":
            return 0
        hint = "delete it: the source has no front matter"
        self._fault("E104", Span(1), "front matter", hint)
        above = list(takewhile(lambda line: not line.startswith("#"), others))
        return above.index("---") + 2 if "---" in above else 1

    def _end(self) -> None:
        self._drop_unclosed()
        if self._fence:
            hint = "close it with the same marks on a line of their own"
            self._fault("E217", self._fence[1], "code fence is not closed", hint)
        if self._comment:
            self._fault("E115", self._comment, "comment is not closed", "end it with '-->'")
        self._close_topic()
        if self._title is None and any(map(str.strip, self._source.lines)):
            self._fault("W101", Span(1), "no title", "start the source with '# Title'")

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
        """Tell whether an indented line is a question, not a bold item of an answer."""
        if question := self._question:
            answer = next((line for _, line in question.lines if line), None)
            least = question.indent + 2 if answer is None else blocks.indentation(answer)
            return blocks.indentation(line) < least and bool(_QUESTION.match(line))
        return bool(_QUESTION.match(line))

    def _read_unclosed(self, number: int, line: str) -> None:
        """Join a question that is broken over lines."""
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
        if blocks.closes(line, marks, span.column - 1):
            self._fence = None

    def _read_comment(self, number: int, line: str) -> None:
        self._comment = self._comment or Span(number, 1, 5)
        if "-->" in line:
            self._comment = None

    def _read_indented(self, number: int, line: str) -> None:
        if not self._question and not self._introduced():
            hint = "write the question above it, or take the indentation away"
            self._fault("E212", _span(number, line), "indented text without a question", hint)
        self._keep(number, line)
        self._open_fence(number, line)

    def _introduced(self) -> bool:
        """Tell whether an introduction has begun, which may hold indented text."""
        return any(self._topic.introduction if self._topic else self._introduction)

    def _open_fence(self, number: int, line: str) -> None:
        if match := blocks.OPENING.match(line):
            self._fence = match["marks"], _group_span(number, match, "marks")

    def _keep(self, number: int, line: str) -> None:
        """Keep a line for what is open: a question, a topic or the document."""
        if self._question:
            self._question.lines.append((number, line))
        elif self._topic:
            self._topic.introduction.append(line)
        else:
            self._introduction.append(line)

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
            message = f"second title; the first is on line {self._title[1].line}"
            self._fault("E102", span, message, _TOPIC_HINT)
        self._title = self._title or (match["text"], span)

    def _bad_heading(self, number: int, line: str) -> None:
        level = len(line) - len(line.lstrip("#"))
        if level > 3:  # noqa: PLR2004 - topics are level 3
            hint = "use bold text in an answer, or make it a topic"
            self._fault("E116", _span(number, line), f"heading of level {level}", hint)
        elif line[level : level + 1] not in {" ", "\t"}:
            span = Span(number, level + 1, level + 2)
            self._fault("E105", span, "no space behind the '#' of a heading", _TOPIC_HINT)
        elif "**" in line and line.count("**") == 1:
            span = Span(number, line.index("**") + 1, line.index("**") + 3)
            self._fault("E106", span, "bold of a topic's title is not closed", _TOPIC_HINT)
        elif re.match(r"### +\*\*.*\*\*", line):
            self._fault("E110", _span(number, line), "topic without a number", _TOPIC_HINT)
        else:
            self._fault("E105", _span(number, line), "heading is not a topic", _TOPIC_HINT)

    def _open_topic(self, number: int, match: re.Match[str]) -> None:
        self._close_topic()
        span = _group_span(number, match, "text")
        title = match["text"].strip()
        if not re.search(r"\w", title) and not any(ord(char) > 127 for char in title):  # noqa: PLR2004
            self._fault("E111", _span(number, match.string), "topic without a title", _TOPIC_HINT)
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
            message = f"topic number {value} is used on line {first.line} already"
            self._fault("E109", span, message, "give each topic a number of its own")
        elif value != (due := next(reversed(self._numbers), 0) + 1):
            message = f"topic number {value} where {due} is due"
            hint = "renumber the topics; their order in the file is what counts"
            self._fault("W108", span, message, hint)
        self._numbers.setdefault(value, span)

    def _explicit_id(self, number: int, match: re.Match[str]) -> str:
        found = match["id"]
        if found is None:
            return ""
        if not is_id(found):
            span = _group_span(number, match, "id")
            hint = "use lower-case words joined by hyphens, as in {#gradient-clipping}"
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
            self._text_behind(Span(number, line.rindex("**") + 3))
            self._question = _OpenQuestion(
                opening["rest"], _span(number, line), "", blocks.indentation(line)
            )
        else:
            self._unclosed = number, line

    def _text_behind(self, span: Span) -> None:
        hint = "put it in the answer; only an id as in {#some-id} may stand here"
        self._fault("E204", span, "text behind a question's bold", hint)

    def _drop_unclosed(self) -> None:
        if self._unclosed:
            number, line = self._unclosed
            column = line.index("**") + 1
            hint = "close the bold with '**' at the end of the question"
            self._fault("E202", Span(number, column, column + 2), "bold is not closed", hint)
            span, indent = _span(number, line), blocks.indentation(line)
            self._question = _OpenQuestion(line, span, "", indent, broken=True)
            self._unclosed = None

    def _open_question(self, number: int, match: re.Match[str]) -> None:
        text = " ".join(match["text"].split())
        span = _group_span(number, match, "text")
        self._question = _OpenQuestion(
            text, span, self._explicit_id(number, match), blocks.indentation(match.string)
        )
        if not text:
            self._fault("E201", _span(number, match.string), "question is empty", _QUESTION_HINT)
        elif not self._topic:
            self._fault("E113", span, "question before the first topic", _TOPIC_HINT)
        elif len(text) > LONG_QUESTION:
            self._fault("W210", span, f"question of {len(text)} characters", "shorten it")
        closing = next((found for found in _INNER_END.finditer(text) if found["end"]), None)
        if closing:
            column = match.start("text") + closing.end() + 1
            self._text_behind(Span(number, column, match.end("text") + 1))
        for found in proofreading.question(match["text"]):
            start, end = (match.start("text") + place + 1 for place in (found.start, found.end))
            self._fault(found.code, Span(number, start, end), found.message, found.hint)

    def _read_text(self, number: int, line: str) -> None:
        if _UNDERLINE.fullmatch(line) and self._last_line():
            self._fault("E107", _span(number, line), "underlined heading", _TOPIC_HINT)
        elif _RULE.fullmatch(line):
            self._keep(number, "")
        elif self._topic and _CONTENTS.fullmatch(line):
            hint = "delete it: the site makes its own"
            self._fault("E114", _span(number, line), "table of contents", hint)
        elif self._question and _BULLET.match(line):
            hint = "indent the answer by four spaces"
            self._fault("E214", _span(number, line), "answer is not indented", hint)
            self._keep(number, f"    {line}")
        elif _BULLET.match(line) and "?" in line:
            self._fault("E205", _span(number, line), "question is not bold", _QUESTION_HINT)
        elif self._question:
            self._stray(number, line)
        else:
            self._keep(number, line)
            self._open_fence(number, line)

    def _stray(self, number: int, line: str) -> None:
        if self._stray_line == number - 1:
            pass  # one fault is enough for what stands together
        elif self._last_line():
            hint = "indent it like the line above"
            self._fault("E216", _span(number, line), "line would fall out of its answer", hint)
        else:
            hint = "move it below the topic's heading, or indent it into an answer"
            self._fault("E114", _span(number, line), "text between two questions", hint)
        self._stray_line = number
        self._keep(number, f"      {line}")

    def _last_line(self) -> str:
        """Return the line above, as far as it belongs to running text."""
        if self._question:
            return self._question.lines[-1][1].strip() if self._question.lines else ""
        kept = self._topic.introduction if self._topic else self._introduction
        return kept[-1].strip() if kept else ""

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
        introduction = _text(topic.introduction)
        questions = tuple(topic.questions)
        self._topics.append(Topic(topic.title, topic.span, questions, introduction, topic.id))

    def _close_question(self) -> None:
        question, self._question = self._question, None
        if not question:
            return
        lines = _trimmed(question.lines)
        if question.broken:
            pass
        elif not lines:
            self._fault("E203", question.span, "question has no answer", _ANSWER_HINT)
        elif answer := self._answer(lines):
            closed = Question(question.text, answer, question.span, lines[0][0], question.id)
            if self._topic:
                self._topic.questions.append(closed)

    def _answer(self, lines: Sequence[tuple[int, str]]) -> str:
        """Take the answer out of its list item, and check what would break out of a page."""
        number, first = lines[0][0], blocks.expand(lines[0][1])
        item = blocks.ITEM.fullmatch(first)
        span = _span(number, lines[0][1])
        if not item:
            self._fault("E214", span, "answer is not a list item", _ANSWER_HINT)
            return ""
        if len(item["indent"]) > 7:  # noqa: PLR2004 - 8 columns would be a code block
            hint = "indent the answer by four spaces"
            self._fault("E215", span, "answer is indented so far that it would be code", hint)
            return ""
        if len(lines) == 1 and not item["text"].strip():
            self._fault("E211", span, "answer is empty", "write the answer behind the '- '")
            return ""
        answer = _unwrapped(item, [line for _, line in lines])
        self._check_answer([number for number, _ in lines], answer)
        return "\n".join(answer)

    def _check_answer(self, numbers: Sequence[int], answer: Sequence[str]) -> None:
        root = blocks.read(answer)
        self._proofread(numbers, root)
        for leaf in root.leaves():
            number = numbers[leaf.line]
            span = _span(number, self._source.lines[number - 1])
            if leaf.kind is blocks.Kind.CODE:
                hint = "put code between two lines of three backticks"
                self._fault("E215", span, "indented code", hint)
            elif leaf.kind is blocks.Kind.HEADING:
                hint = "use bold text; a rule needs a blank line above it"
                self._fault("E213", span, "heading inside an answer", hint)
            elif leaf.kind is blocks.Kind.TEXT and any(map(_ABBREVIATION.match, leaf.lines)):
                hint = "add the term to docs/_source/glossary.toml"
                self._fault("E221", span, "abbreviation acts on the whole page", hint)
        length = sum(map(len, answer))
        if length > LONG_ANSWER:
            span = Span(numbers[0])
            self._fault("W222", span, f"answer of {length} characters", "split the question")

    def _proofread(self, numbers: Sequence[int], root: blocks.Block) -> None:
        """Report what would not show as it is meant, where it stands in the source."""
        for leaf, found in proofreading.answer(root):
            before, _, _ = "\n".join(leaf.lines)[: found.start].rpartition("\n")
            row = before.count("\n") + bool(before)
            number, line = numbers[leaf.line + row], leaf.lines[row].rstrip()
            # What a block takes away stands before its text, so the ends of both lines agree.
            shift = len(self._source.lines[number - 1].rstrip()) - len(line) + 1
            start = found.start - (len(before) + 1 if before else 0)
            end = min(start + found.end - found.start, len(line))
            self._fault(
                found.code, Span(number, start + shift, end + shift), found.message, found.hint
            )


def _unwrapped(item: re.Match[str], lines: Sequence[str]) -> list[str]:
    """Free the answer's lines of the indentation, and of the bullet if there is only one."""
    content = blocks.content_column(item)
    placed = list(zip(lines, _fences(lines), strict=True))
    siblings = (
        blocks.ITEM.fullmatch(blocks.expand(line)) for line, fence in placed[1:] if fence is None
    )
    ordered = item["marker"][0].isdigit()
    if ordered or any(sibling and len(sibling["indent"]) < content for sibling in siblings):
        return [_outdented(line, fence, len(item["indent"])) for line, fence in placed]
    below = (_outdented(line, fence, content) for line, fence in placed[1:])
    return [item.string[content:], *below]


def _fences(lines: Sequence[str]) -> Iterator[int | None]:
    """Yield for each line the columns by which the fence is indented that it stands in, if any."""
    marks, width = "", 0
    for line in lines:
        yield width if marks else None
        if marks:
            marks = "" if blocks.closes(line, marks, width) else marks
        elif match := blocks.OPENING.match(blocks.expand(line)):
            marks, width = match["marks"], match.start("marks")


def _outdented(line: str, fence: int | None, width: int) -> str:
    if fence is None:
        return blocks.outdent(blocks.expand(line), width) if line.strip() else ""
    return blocks.outdent(line, min(fence, width)) if line.strip() else ""


def _trimmed(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Drop blank lines before and behind."""
    filled = [index for index, (_, line) in enumerate(lines) if line.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _text(lines: Sequence[str]) -> str:
    return "\n".join(lines).strip("\n")


def _span(number: int, line: str) -> Span:
    """Return the span of a line without the blanks around it."""
    return Span(number, len(line) - len(line.lstrip()) + 1, len(line.rstrip()) + 1)


def _group_span(number: int, match: re.Match[str], group: str) -> Span:
    return Span(number, match.start(group) + 1, match.end(group) + 1)
