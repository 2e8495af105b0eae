"""The source: a collection written in the form that the splitter reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from qna.importing.answers import Surroundings, written
from qna.importing.collection import Collection, Topic
from qna.markdown import parser
from qna.markdown.running_text import blanked
from qna.model import STORY_PREFIX
from qna.reading import proofreading

NO_ANSWER = f"{STORY_PREFIX}: there is no answer yet.]"
_INDENT = " " * 4


def source(made: Collection, around: Surroundings, name_of: Callable[[int], str]) -> str:
    """Return the text of the source; `name_of` gives ids to write, by number, where one must be."""
    return "\n".join(_lines(made, around, name_of)).rstrip("\n") + "\n"


def _lines(made: Collection, around: Surroundings, name_of: Callable[[int], str]) -> Iterator[str]:
    yield f"# {_heading(made.title)}"
    yield ""
    yield from _introduction(written(made.parts, around))
    for number, topic in enumerate(made.topics, start=1):
        yield f"### **{number}. {question(topic.title)}**{name_of(topic.number)}"
        yield from _introduction(written(topic.parts, around), "")
        yield from _questions(topic, around, name_of)


def _questions(topic: Topic, around: Surroundings, name_of: Callable[[int], str]) -> Iterator[str]:
    for item in topic.questions:
        text = written([*item.parts, *item.links], around) or NO_ANSWER
        yield f"*   **{question(item.title)}**{name_of(item.number)}"
        first, *others = text.split("\n")
        yield f"{_INDENT}- {first}"
        for line in others:
            yield f"{_INDENT}  {_spaced(line)}" if line.strip() else ""
        yield ""


def _spaced(line: str) -> str:
    """Write the tabs before marks of a fence as spaces: indented less, they would be others."""
    marks = line.strip()
    return line.expandtabs(4) if "\t" in line and set(marks) in ({"`"}, {"~"}) else line


def _heading(title: str) -> str:
    return re.sub(r"(#+)\Z", r"\\\1", title) if re.search(r"\s#+\Z", title) else title


def question(title: str) -> str:
    """Return a title as it goes between the stars of a question or topic."""
    found = [match.span() for match in re.finditer(r"\*{2,}", blanked(title))]
    for finding in proofreading.question(title):
        if finding.code == "W207":
            place = finding.place
            found += [(place.start, place.start + 2), (place.end - 2, place.end)]
    for start, end in sorted(set(found), reverse=True):
        title = title[:start] + "".join(f"\\{char}" for char in title[start:end]) + title[end:]
    slashes = len(title) - len(title.rstrip("\\"))
    title += "\\" if slashes % 2 else ""
    edges = title.startswith("*"), title.endswith("*") and not title.endswith("\\*")
    return _underscored(title) if any(edges) else title  # stars of bold come next


def _underscored(title: str) -> str:
    """Write emphasis at the edge of a title with underscores."""
    text = re.sub(r"(?<![\\*\w])\*(?=[^\s*])([^*]+?)(?<=[^\s*\\])\*(?![*\w])", r"_\1_", title)
    if text.startswith("*"):
        text = f"\\{text}"
    if text.endswith("*") and not text.endswith("\\*"):
        text = f"{text[:-1]}\\*"
    return text


def _introduction(text: str, *before: str) -> Iterator[str]:
    if not text:
        return
    yield from before
    fenced = _code_lines(text)
    begun = False
    for at, line in enumerate(text.split("\n")):
        yield line if at in fenced else _unlike_structure(line, begun=begun)
        begun = begun or bool(line.strip())
    yield ""


def _code_lines(text: str) -> set[int]:
    found: set[int] = set()
    for token in parser.parse(text).tokens:
        if token.type == "fence" and token.map:
            found.update(range(*token.map))
    return found


def _unlike_structure(line: str, *, begun: bool) -> str:
    """Write a line of an introduction so that the splitter does not take it for structure."""
    if re.match(r"#{1,6}| {0,3}=+[ \t]*\Z", line):
        return re.sub(r"(?=[#=])", r"\\", line, count=1)
    bullet = re.match(r"(?P<bullet> {0,3}[*+-][ \t]+)(?P<rest>.*)", line)
    if not bullet:
        return f"&lt;{line[1:]}" if line.startswith("<!--") else line
    rest = bullet["rest"]
    if rest.startswith("**"):
        rest = re.sub(r"\A\*\*(.+?)\*\*", r"__\1__", rest)
        if rest.startswith("**"):
            rest = f"\\*\\*{rest[2:]}"
    lead = re.fullmatch(r"\[[^\]]*\]\(#[^)]*\)\s*", rest)
    if "?" in rest or lead:
        if begun:
            indent = "" if line.startswith(" ") else " "
            return f"{indent}{bullet['bullet']}{rest}"
        rest = rest.replace("?", "&#63;")
    return f"{bullet['bullet']}{rest}"
