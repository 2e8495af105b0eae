"""Shapes: the ways in which files have questions and answers, and which one fits a file best.

Each shape reads the blocks of a file as headings, questions and text. None is chosen by its name:
the one wins whose questions look most like questions, have answers, and leave little text over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import log2, sqrt

from qna.importing.blocks import Block, items
from qna.importing.blocks import blocks as blocks_of
from qna.importing.html import Removed
from qna.importing.labels import announces_answer
from qna.importing.lines import Line, Lines, joined, trimmed
from qna.importing.titles import has_mark, is_numbered, plain
from qna.markdown import parser
from qna.markdown.running_text import Link, passages


@dataclass(frozen=True, slots=True)
class Event:
    """What a shape makes of a part of a file."""

    kind: str
    """`head`, `ask` or `text`."""
    lines: Lines = ()
    title: str = ""
    """The Markdown of a heading or a question."""
    level: int = 0
    """The level of a heading; files and folders have levels below 1."""
    block: Block | None = None
    """The block that is text."""
    extra: tuple[Block, ...] = ()
    """Blocks that are part of a question, such as the items that it asks to sort."""
    cut: tuple[Removed, ...] = ()
    """Labels, numbers and the like that are no part of it."""
    marker: str = ""
    """The marker of the list item that is a question."""
    added: str = ""
    """Text that is not in the file, such as its name."""


@dataclass(frozen=True, slots=True)
class File:
    """One file to import, as blocks."""

    name: str
    """Its path below the folder that is imported, or its name."""
    blocks: Sequence[Block]
    front: dict[str, str] = field(default_factory=dict)
    """The texts in its front matter."""
    text: str = ""
    """What it shows, with the same lines."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A way to read files."""

    name: str
    """As in "21 questions: headings of level 2"."""
    read: Callable[[File], list[Event]]
    selects: bool = False
    """Whether only some list items are questions."""


def _text(block: Block) -> Event:
    return Event("text", block.lines, block=block)


def _head(block: Block) -> Event:
    return Event("head", block.lines, block.text, block.level)


def _is_mark(block: Block) -> bool:
    return block.kind in {"open", "close", "summary", "end"}


# Headings


def headings(level: int) -> Shape:
    """Headings of one level are questions; those above are topics, those below are text."""

    def read(file: File) -> list[Event]:
        events: list[Event] = []
        for block in file.blocks:
            if block.kind != "heading" or block.depth:
                events += [] if _is_mark(block) else [_text(block)]
            elif block.level == level:
                events.append(Event("ask", block.lines, block.text, level))
            else:
                events.append(_head(block) if block.level < level else _text(block))
        return list(_with_empty_ones_as_heads(events))

    return Shape(f"headings of level {level}", read)


def _with_empty_ones_as_heads(events: Sequence[Event]) -> Iterator[Event]:
    """Take a heading without text above another one of its level for a topic."""
    marked = sum(has_mark(event.title) for event in events if event.kind == "ask")
    asked = sum(event.kind == "ask" for event in events)
    for event, below in pairwise([*events, Event("end")]):
        empty = event.kind == "ask" and below.kind == "ask"
        if empty and not has_mark(event.title) and 2 * marked >= asked:
            yield Event("head", event.lines, event.title, event.level or BELOW_HEADINGS)
        else:
            yield event


# Collapsible blocks


def summaries(depth: int) -> Shape:
    """Summaries of collapsible blocks within each other are topics, questions and text."""

    def read(file: File) -> list[Event]:
        events: list[Event] = []
        title: list[Block] | None = None
        for block in file.blocks:
            if block.kind == "summary":
                title = []
            elif block.kind == "end" and title is not None:
                events += _summary(title, max(1, block.depth), depth)
                title = None
            elif title is not None and not _is_mark(block):
                title.append(block)
            elif block.kind == "heading" and not block.depth:
                events.append(_head(block))
            elif not _is_mark(block):
                events.append(_text(block))
        return events

    return Shape("summaries of collapsible blocks" + (" in others" if depth > 1 else ""), read)


def _summary(title: Sequence[Block], own: int, depth: int) -> Iterator[Event]:
    event = _asked_by(title)
    if own == depth:
        yield event
    elif own < depth and event.title:
        yield Event("head", event.lines, event.title, BELOW_HEADINGS + own)
    else:
        for block in title:
            yield _text(replace(block, kind="heading" if block is title[0] else block.kind))


BELOW_HEADINGS = 10
"""A level of topics that are no headings."""


def _asked_by(title: Sequence[Block]) -> Event:
    lines = [line for block in title for line in block.lines]
    if not title:
        return Event("ask", lines, "")
    first, *others = title
    text = first.text or " ".join(line.text.strip().rstrip("\\") for line in first.lines)
    if first.kind not in {"paragraph", "heading"}:
        return Event("ask", lines, "", extra=tuple(title))
    return Event("ask", lines, text, extra=tuple(others))


# Bold lines

_BOLD = re.compile(r"(?P<marks>\*\*|__)(?=\S)(?P<text>.+?)(?<=\S)(?P=marks)", re.DOTALL)
_LEAD = re.compile(
    r"(?:(?:[-*+]|\d{1,4}[.)])\s+|(?:\*\*|__)\d{1,4}\s*\\?[.)](?:\*\*|__)\s+|Q?\d{1,4}\s*[.):]\s*|[^\w\s*_`\[<$(\"'\u00bf\u00a1]+\s*)*"
)


def bold_start(lines: Lines) -> tuple[str, list[Line]] | None:
    """Return the bold text that starts a paragraph and the rest; None if none asks."""
    text = joined(lines)
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    if not text.startswith(("**", "__"), start):
        return None
    match = _BOLD.match(text, start)
    if not match or not _is_strong(text[start:]):
        return None
    rest = text[match.end() :]
    own, _, _ = rest.partition("\n")
    bare = re.sub(r"\{:?\s*#[^}]*\}\s*\Z|[\W_]|:\w+:", "", own)
    title = text[: match.end()]
    if bare and not (has_mark(match["text"]) or own.lstrip()[:1] in {"?", "\uff1f"}):
        return None
    if "\n\n" in title:
        return None
    if not bare:
        title, rest = title + own.rstrip("\\ "), rest[len(own) :]
    elif own.lstrip()[:1] in {"?", "\uff1f"}:
        cut = rest.index(own.lstrip()[:1]) + 1
        title, rest = title + rest[:cut], rest[cut:]
    return " ".join(title.split()), _after(lines, rest)


def _is_strong(text: str) -> bool:
    children = parser.parse_inline(text.replace("\n", " ")).tokens[0].children or []
    filled = [token for token in children if token.type != "text" or token.content]
    return bool(filled) and filled[0].type == "strong_open"


def _after(lines: Lines, rest: str) -> list[Line]:
    """Return the last lines of a paragraph, from a place in one of them."""
    texts = rest.split("\n")
    last = lines[len(lines) - len(texts) :]
    kept = [
        line._replace(text=text.lstrip(" :\u2013\u2014-") if at == 0 else text)
        for at, (line, text) in enumerate(zip(last, texts, strict=True))
    ]
    return list(trimmed(kept))


def _bold(file: File) -> list[Event]:
    events: list[Event] = []
    for block in file.blocks:
        if block.kind == "heading" and not block.depth:
            events.append(_head(block))
        elif (
            block.kind == "paragraph"
            and not block.depth
            and (found := bold_start(block.lines))
            and not only_leads(block.markdown)
        ):
            title, rest = found
            asked = block.lines[: len(block.lines) - len(rest)] or block.lines[:1]
            events.append(Event("ask", asked, title))
            if rest:
                events.append(_text(Block("paragraph", rest)))
        elif not _is_mark(block):
            events.append(_text(block))
    pairs = pairwise(events)
    marked = [below.kind for event, below in pairs if event.kind == "ask" and has_mark(event.title)]
    most_answered = 5 * marked.count("text") >= 4 * len(marked)
    return list(_with_empty_ones_as_heads(events)) if most_answered else events


# Lists


def _listed(name: str, fits: Callable[[str, str, bool], bool]) -> Shape:
    """Items of outermost lists are questions, and what is in and below them are answers."""

    def read(file: File) -> list[Event]:
        events: list[Event] = []
        for block in file.blocks:
            if block.kind == "heading" and not block.depth:
                events.append(_head(block))
            elif block.kind == "list" and not block.depth:
                events += _from_list(block, fits)
            elif not _is_mark(block):
                events.append(_text(block))
        return events

    return Shape(name, read, selects=True)


def _from_list(block: Block, fits: Callable[[str, str, bool], bool]) -> list[Event]:
    events: list[Event] = []
    for item in items(block.lines):
        found = _from_item(item.marker, item.lines, fits)
        above = events[-1] if events else None
        if above and above.level == _ITEM and len(found) == 1 and found[0].level == _ITEM:
            gap = found[0].lines[0].number - above.lines[-1].number
            between = [Line(0, "")] if gap > 1 else []
            lines = [*above.lines, *between, *found[0].lines]
            events[-1] = replace(above, lines=lines, block=Block("list", lines))
        else:
            events += found
    return events


_TASK = re.compile(r"\A\[[ xX]\]\s+")
_ITEM = 1
"""Level of text that is an outermost list item."""


def _from_item(marker: str, lines: Lines, fits: Callable[[str, str, bool], bool]) -> list[Event]:
    inner = blocks_of(lines) if lines else []
    asked = _asked_in(inner) if inner else None
    if not asked or only_leads(joined(lines)) or not fits(marker, asked[0].title, asked[2]):
        if not lines:
            return []
        first, *others = lines
        indent = " " * (len(marker) + 1)
        below = [line._replace(text=indent + line.text if line.text else "") for line in others]
        block = Block("list", [first._replace(text=f"{marker} {first.text}"), *below])
        return [Event("text", block.lines, level=_ITEM, block=block)]
    event, rest, _ = asked
    return [replace(event, marker=marker), *map(_text, rest)]


def _asked_in(inner: Sequence[Block]) -> tuple[Event, list[Block], bool] | None:
    """Return the question that an item starts with, the blocks of its answer, and if it is bold."""
    first, *others = inner
    if first.kind != "paragraph":
        return None
    start, *below = first.lines
    first = replace(first, lines=[start._replace(text=_TASK.sub("", start.text)), *below])
    if found := bold_start(first.lines):
        title, rest = found
        own = [Block("paragraph", rest)] if rest else []
        asked = first.lines[: len(first.lines) - len(rest)] or first.lines[:1]
        return Event("ask", asked, title), [*own, *others], True
    title, rest = _sentence(first.lines)
    own = [Block("paragraph", rest)] if rest else []
    return (
        Event("ask", first.lines[: len(first.lines) - len(rest)] or first.lines, title),
        [*own, *others],
        False,
    )


_ENDS = re.compile(r"[?\uff1f\u061f](?:[\"'\u201d\u00bb)*_`]*)(?=\s|\\|$)")


def _sentence(lines: Lines) -> tuple[str, list[Line]]:
    """Split a paragraph behind its first question, if text follows on another line."""
    texts = [line.text.strip() for line in lines]
    for at, text in enumerate(texts[:-1]):
        if _ENDS.search(text.rstrip("\\ ")[-4:]):
            title = " ".join(text.rstrip("\\ ") for text in texts[: at + 1])
            return title, list(lines[at + 1 :])
    whole = " ".join(text.rstrip("\\") for text in texts)
    found = re.match(
        r"(?P<title>[^?\uff1f\u061f]{3,200}[?\uff1f\u061f])[)*_\"]*\s*(?:[-:\u2013\u2014\u2192]|=>)?\s*(?P<rest>\S.*)",
        whole,
    )
    if found and len(lines) == 1 and len(found["rest"].split()) > 2 and not has_mark(found["rest"]):  # noqa: PLR2004
        return found["title"], [lines[0]._replace(text=found["rest"])]
    return whole, []


def only_leads(markdown: str) -> bool:
    """Tell whether a text is only links to anchors."""
    return only_links(markdown, lambda link: link.url.startswith("#"))


def only_links(markdown: str, fits: Callable[[Link], bool]) -> bool:
    """Tell whether a text is only links of a kind."""
    parsed = parser.parse(markdown)
    found = [link for passage in passages(parsed) for link in passage.links]
    if not found or not all(map(fits, found)):
        return False
    outside = "".join(
        "".join(
            char
            for at, char in enumerate(passage.text)
            if not any(link.whole[0] <= at < link.whole[1] for link in passage.links)
        )
        for passage in passages(parsed)
    )
    return not re.search(r"\w", re.sub(r":\w+:|^\s*\d+[.)]|\(\d+\)", "", outside))


# Labels such as Q: and A:

_LABELED = re.compile(
    r"[*_#>\s]*(?P<label>[^\W\d_]{1,12})[\s.]{0,2}(?P<number>\d{0,4})\s*[.)]?[*_\s]*[:\uff1a.)][*_]*\s*(?=\S|$)"
)


def _labels_in(files: Iterable[File]) -> tuple[str, str] | None:
    """Return the two labels that take turns at the start of paragraphs or lines."""
    starts = (text for file in files for block in file.blocks for text in _starts(block))
    found = [match["label"].casefold() for match in map(_LABELED.match, starts) if match]
    counts = Counter(found)
    pairs = Counter(pairwise(found))
    best = max(
        (pair for pair in pairs if pair[0] != pair[1]),
        key=lambda pair: (pairs[pair], found.index(pair[0]) < found.index(pair[1])),
        default=None,
    )
    if not best or pairs[best] < 2 or 3 * pairs[best] < 2 * max(counts[best[0]], 1):  # noqa: PLR2004
        return None
    ask, answer = best
    if found.index(ask) > found.index(answer):
        ask, answer = answer, ask
    return ask, answer


def _starts(block: Block) -> list[str]:
    if block.kind == "paragraph":
        return [line.text for line in block.lines]
    return [block.text] if block.kind == "heading" else []


def labeled(ask: str, answer: str) -> Shape:
    """Questions and answers start with labels, in any language."""

    def read(file: File) -> list[Event]:
        events: list[Event] = []
        for block in file.blocks:
            if block.kind == "paragraph":
                for event in _by_labels(block, ask, answer):
                    if event.lines:
                        events.append(event)
                    elif events:  # a label alone, above a list
                        events[-1] = replace(events[-1], cut=(*events[-1].cut, *event.cut))
            elif block.kind == "heading" and not block.depth:
                events.append(_heading_by_label(block, ask, answer))
            elif not _is_mark(block):
                events.append(_text(block))
        return events

    return Shape(
        f"paragraphs that start with '{ask.capitalize()}:' and '{answer.capitalize()}:'", read
    )


def _heading_by_label(block: Block, ask: str, answer: str) -> Event:
    """Return what a heading is that may start with a label."""
    match = _LABELED.match(block.text)
    found = match["label"].casefold() if match else ""
    if not match or found not in {ask, answer}:
        return _head(block)
    rest = block.text[match.end() :]
    cut = (Removed(block.number, block.text[: match.end()], "label"),)
    if found == ask:
        return Event("ask", block.lines, rest, cut=cut)
    own = [block.lines[0]._replace(text=rest.strip())]
    return Event("text", own, block=Block("paragraph", own), cut=cut)


def _by_labels(block: Block, ask: str, answer: str) -> Iterator[Event]:
    kind, own, cut = "text", list[Line](), list[Removed]()

    def closed() -> Iterator[Event]:
        lines = list(trimmed(own))
        if lines and kind == "ask":
            text = " ".join(line.text.strip().rstrip("\\").strip() for line in lines)
            yield Event("ask", lines, text, cut=tuple(cut))
        elif lines or (cut and kind == "text"):
            yield Event("text", lines, block=Block("paragraph", lines), cut=tuple(cut))

    for line in block.lines:
        match = _LABELED.match(line.text)
        found = match["label"].casefold() if match else ""
        if match and found in {ask, answer}:
            yield from closed()
            kind, own = ("ask" if found == ask else "text"), []
            cut = [Removed(line.number, line.text[: match.end()], "label")]
            own.append(line._replace(text=_unmarked(line.text, match.end())))
        else:
            own.append(line)
    yield from closed()


def _unmarked(text: str, start: int) -> str:
    """Take a label off; the marks of bold that it opened, too."""
    rest, before = text[start:].strip(), text[:start]
    for marks in ("***", "**", "__", "*", "_"):
        if before.count(marks) % 2 and rest.count(marks) % 2:
            return rest.removesuffix(marks) if rest.endswith(marks) else f"{marks}{rest}"
    return rest


def _defined(file: File) -> list[Event]:
    """Read definition lists: a line, and below it lines that start with a colon."""
    events: list[Event] = []
    for block in file.blocks:
        if block.kind == "heading" and not block.depth:
            events.append(_head(block))
        elif block.kind == "paragraph" and any(
            line.text.startswith(": ") for line in block.lines[1:]
        ):
            own: list[Line] = []
            for line, below in zip(block.lines, [*block.lines[1:], Line(0, "")], strict=True):
                if not line.text.startswith(": ") and below.text.startswith(": "):
                    if own:
                        events.append(_text(Block("paragraph", own)))
                    own = []
                    events.append(Event("ask", [line], line.text.strip()))
                else:
                    own.append(line._replace(text=line.text.removeprefix(": ")))
            if own:
                events.append(_text(Block("paragraph", own)))
        elif not _is_mark(block):
            events.append(_text(block))
    return events


def _of_lines(kind: str, fits: Callable[[str], bool]) -> Callable[[File], list[Event]]:
    """Return what reads blocks of one line as questions."""

    def read(file: File) -> list[Event]:
        events: list[Event] = []
        for block in file.blocks:
            text = block.markdown.strip().removeprefix(">").strip()
            if block.kind == "heading" and not block.depth:
                events.append(_head(block))
            elif block.kind == kind and len(block.lines) == 1 and not block.depth and fits(text):
                events.append(Event("ask", block.lines, text))
            elif not _is_mark(block):
                events.append(_text(block))
        return events

    return read


# Tables


def _tabled(file: File) -> list[Event]:
    events: list[Event] = []
    for block in file.blocks:
        if block.kind == "heading" and not block.depth:
            events.append(_head(block))
        elif block.kind == "table" and (rows := _rows(block)):
            events += rows
        elif not _is_mark(block):
            events.append(_text(block))
    return events


def _rows(block: Block) -> list[Event]:
    header, *rows = [_cells(line.text) for line in (block.lines[0], *block.lines[2:])]
    if not rows or len(header) < 2:  # noqa: PLR2004
        return []
    width = len(header)
    rows = [[*row, *[""] * (width - len(row))][:width] for row in rows]
    marked = [sum(has_mark(row[at]) for row in rows) for at in range(width)]
    column = marked.index(max(marked))
    if not 2 * max(marked) >= len(rows):
        return []
    events = []
    numbers = [
        at for at in range(width) if all(re.fullmatch(r"\W*\d*\W*", row[at]) for row in rows)
    ]
    rest = [at for at in range(width) if at != column and at not in numbers]
    header_cut = Removed(block.number, block.lines[0].text.replace("|", " "), "head of a table")
    for at_row, (line, row) in enumerate(zip(block.lines[2:], rows, strict=True)):
        cut = [header_cut] if not at_row else []
        cut += [Removed(line.number, row[at], "number") for at in numbers if row[at]]
        events.append(Event("ask", [line], row[column], cut=tuple(cut)))
        for at in rest:
            named = len(rest) > 1 and bool(re.search(r"\w", header[at]))
            text = f"**{header[at]}:** {row[at]}" if named else row[at]
            if row[at]:
                text_of_cell = _text(Block("paragraph", [line._replace(text=text)]))
                events.append(replace(text_of_cell, added=header[at] if named else ""))
    return events


def _cells(line: str) -> list[str]:
    bare = re.sub(r"^\s*\||(?<!\\)\|\s*$", "", line)
    return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", bare)]


# Files


def _filed(file: File) -> list[Event]:
    """Read a file as one question."""
    if is_overview(file.name):
        return [
            _head(block) if block.kind == "heading" else _text(block)
            for block in file.blocks
            if not _is_mark(block)
        ]
    rest = [block for block in file.blocks if not _is_mark(block)]
    title = title_in(file.front)
    lines: Lines = ()
    if not title and rest and rest[0].kind == "heading":
        title, lines, rest = rest[0].text, rest[0].lines, rest[1:]
    elif not title:
        title = titled(file.name)
    elif rest and rest[0].kind == "heading" and plain(rest[0].text) == plain(title):
        lines, rest = rest[0].lines, rest[1:]
    return [Event("ask", lines, title, added="" if lines else title), *map(_text, rest)]


def title_in(front: dict[str, str]) -> str:
    """Return the title in front matter."""
    names = ("question", "title", "name", "q", "frage", "pregunta", "titel")
    return next((front[name] for name in names if front.get(name)), "")


def is_overview(name: str) -> bool:
    """Tell whether a file is about its folder."""
    stem = re.sub(r"\.\w+$", "", name.rpartition("/")[2]).casefold()
    return stem in {"readme", "index", "_index", "intro", "introduction", "summary", "_sidebar"}


def titled(name: str) -> str:
    """Return the title that a file or folder has by its name."""
    stem = re.sub(r"\.\w+$", "", name.rpartition("/")[2])
    bare = re.sub(r"^(?:\d+[-_. ]+)+(?:[0-9a-f]{8,}[-_ ]+)?", "", stem) or stem
    words = re.sub(r"[-_]+", " ", bare).strip()
    return words[:1].upper() + words[1:]


# Choice


AS_WRITTEN = "bold list items"
"""The shape that the splitter reads."""
_SURE = 0.5
"""Score from which a file may have another shape than those beside it."""
_ONE_EACH = 0.8
"""Weight of a shape that finds one question in each file: the file is the question."""
FILES = Shape("a file a question", _filed)
_ALWAYS = (
    summaries(1),
    summaries(2),
    Shape("bold lines", _bold),
    _listed(AS_WRITTEN, lambda _marker, _title, bold: bold),
    _listed("numbered list items", lambda marker, _title, _bold: marker[0].isdigit()),
    _listed("list items with a question mark", lambda _marker, title, _bold: has_mark(title)),
    _listed("list items", lambda _marker, _title, _bold: True),
    Shape("terms with definitions", _defined),
    Shape("rows of tables", _tabled),
)
_AT_LAST = (
    Shape(
        "paragraphs with a question mark", _of_lines("paragraph", lambda t: bool(_ENDS.search(t)))
    ),
    Shape("quotes", _of_lines("quote", lambda text: not text.startswith("["))),
)
"""Shapes of files that have no other: answers have such lines, too."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Files as a shape reads them."""

    shape: Shape
    events: Sequence[tuple[File, Sequence[Event]]]
    score: float
    count: int
    """Number of questions."""


def readings(files: Sequence[File], level: int = 0) -> list[Reading]:
    """Read files in every shape that fits, the best first; `level` is of the headings that ask."""
    levels = sorted(
        {
            block.level
            for file in files
            for block in file.blocks
            if block.kind == "heading" and not block.depth
        }
    )
    shapes = [headings(number) for number in levels if level in {0, number}]
    if not level:
        shapes += _ALWAYS
        if labels := _labels_in(files):
            shapes.append(labeled(*labels))
        if len(files) > 1 or title_in(files[0].front if files else {}):
            shapes.append(FILES)
    best = _best(files, shapes)
    if not best and not level:
        found = _best(files, _AT_LAST)
        best = [item for item in found if item.count > 1 and item.score > _SURE]
    return [_with_others(item, level) if at == 0 else item for at, item in enumerate(best)]


def _best(files: Sequence[File], shapes: Iterable[Shape]) -> list[Reading]:
    """Read files in some shapes, the best first, without those that do not fit."""
    found = (_reading(files, shape) for shape in shapes)
    return sorted((item for item in found if item.score), key=lambda item: -item.score)


def _with_others(reading: Reading, level: int) -> Reading:
    """Read the files in which a shape finds no question in their own shapes."""
    if len(reading.events) == 1 or level or reading.shape is FILES:
        return reading
    events, count = [], 0
    for file, found in reading.events:
        asked = sum(event.kind == "ask" for event in found)
        own = readings([file]) if not asked and not is_overview(file.name) else []
        if own and own[0].count > 1 and own[0].score > _SURE:
            events.append((file, own[0].events[0][1]))
            asked = own[0].count
        else:
            events.append((file, found))
        count += asked
    return Reading(reading.shape, events, reading.score, count)


def _fitting(shape: Shape, count: int, events: Sequence[Event]) -> float:
    """Return the share of list items that are questions, if only some can be.

    Bullets between questions with numbers are part of answers, and the other way round.
    """
    if not shape.selects:
        return 1
    numbered = {event.marker[:1].isdigit() for event in events if event.kind == "ask"}
    left = sum(
        item.marker[:1].isdigit() in numbered
        for event in events
        if event.kind == "text" and event.level == _ITEM
        for item in items(event.lines)
    )
    return count / max(1, count + left)


def _reading(files: Sequence[File], shape: Shape) -> Reading:
    events = [(file, shape.read(file)) for file in files]
    asked = [
        (event, _answer(found, at))
        for _, found in events
        for at, event in enumerate(found)
        if event.kind == "ask"
    ]
    everything = [event for _, found in events for event in found]
    score = _score(asked, everything) * _fitting(shape, len(asked), everything)
    if len(asked) == 1 and shape is not FILES and not has_mark(asked[0][0].title):
        score = 0  # a title and a text
    if len(files) > 1 and shape is not FILES and len(asked) <= len(files):
        score *= _ONE_EACH
    return Reading(shape, events, score, len(asked))


def _answer(events: Sequence[Event], at: int) -> list[Event]:
    found = []
    for event in events[at + 1 :]:
        if event.kind != "text":
            break
        found.append(event)
    return found


def _words(events: Iterable[Event]) -> int:
    return sum(len(re.findall(r"\w+", event.title or joined(event.lines))) for event in events)


def _score(asked: Sequence[tuple[Event, Sequence[Event]]], events: Sequence[Event]) -> float:
    """Return how well questions and answers fit a file."""
    count = len(asked)
    if not count:
        return 0
    marked = sum(has_mark(event.title) for event, _ in asked) / count
    numbered = sum(is_numbered(event.title) for event, _ in asked) / count
    answered = [answer for _, answer in asked if _words(answer)]
    direct = sum(
        answer[0].block is None or answer[0].block.kind != "heading" for answer in answered
    )
    texts = Counter(plain(event.title) for event, _ in asked)
    unlike = len(texts) / count
    labels = sum(announces_answer(event.title) for event, _ in asked) / count
    inside = sum(_words([event]) + _words(answer) for event, answer in asked)
    covered = inside / max(1, _words(events))
    long = sum(len(event.title) > 250 for event, _ in asked) / count  # noqa: PLR2004
    likely = max(marked, 0.6 * numbered) * (1 - long) * (1 - labels)
    return (
        (0.12 + likely)
        * (0.15 + 0.85 * len(answered) / count)
        * (0.3 + 0.7 * direct / len(answered) if answered else 1)
        * log2(1 + count)
        * sqrt(covered)
        * sqrt(unlike)
    )
