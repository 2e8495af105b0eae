"""HTML in Markdown files of other sites: tags become Markdown, or marks of structure.

The Markdown library says where tags are, so that those in code stay. Collapsible blocks become
lines of marks, because they hold structure; the rest becomes Markdown, or is taken off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import parse_qs, unquote, urlsplit

from markdown_it.common import html_re

from qna.importing.labels import announces_answer, bare
from qna.importing.lines import Line, Lines, Piece, assembled, joined
from qna.markdown import parser
from qna.markdown.formulas.mathml import FormulaError, mathml
from qna.markdown.running_text import blanked, passages
from qna.reading.indentation import fences
from qna.reading.proofreading import ELEMENTS

OPEN, CLOSE, SUMMARY, END = "\ufdd0(", "\ufdd0)", "\ufdd0[", "\ufdd0]"
"""Marks on their own lines: a collapsible block and its summary. No text has this character."""
_BREAK = "\ufdd1"
"""A line break within a paragraph."""
_DEEPEST = 60
_LONGEST_SCRIPT = 12

_TAG = re.compile(
    f"(?:{html_re.open_tag}|{html_re.close_tag}|{html_re.comment}|{html_re.processing}"
    f"|{html_re.declaration}|{html_re.cdata})"
)
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_MARKERS = re.compile(r"[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)+\Z")
_BLANKS = re.compile(r"[ \t]*\n\s*|[ \t]+")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_BLOCKS = frozenset(
    "address article aside body caption center dd details dir div dl dt fieldset figcaption figure "
    "footer form frameset header hgroup html li main menu nav noscript ol p section summary tbody "
    "td tfoot th thead title tr ul h1 h2 h3 h4 h5 h6 blockquote pre table".split()
)
_DROPPED = frozenset("script style svg head template math".split())
"""Elements whose content no reader sees as text."""
_EMPHASIS = {
    "b": "**",
    "strong": "**",
    "i": "*",
    "em": "*",
    "cite": "*",
    "dfn": "*",
    "var": "*",
    "s": "~~",
    "del": "~~",
    "strike": "~~",
}
MENTIONED = frozenset(
    "area base body button col embed form head html input label link meta object optgroup option "
    "param script select style template textarea title".split()
)
"""Elements that nobody uses in a text, but writes about."""
MEDIA = frozenset("iframe embed video audio source".split())
"""Elements that become links to what they show."""
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_SUPERSCRIPTS = str.maketrans(
    "0123456789+-=()abcdefghijklmnoprstuvwxyz",
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207c\u207d\u207e"
    "\u1d43\u1d47\u1d9c\u1d48\u1d49\u1da0\u1d4d\u02b0\u2071\u02b2\u1d4f\u02e1\u1d50\u207f\u1d52"
    "\u1d56\u02b3\u02e2\u1d57\u1d58\u1d5b\u02b7\u02e3\u02b8\u1dbb",
)
_SUBSCRIPTS = str.maketrans(
    "0123456789+-=()aehijklmnoprstuvx",
    "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089\u208a\u208b\u208c\u208d\u208e"
    "\u2090\u2091\u2095\u1d62\u2c7c\u2096\u2097\u2098\u2099\u2092\u209a\u1d63\u209b\u209c\u1d64"
    "\u1d65\u2093",
)


class Removed(NamedTuple):
    """Something that the written source does not have."""

    number: int
    text: str
    why: str


class Anchor(NamedTuple):
    """A name that links lead to."""

    number: int
    name: str


@dataclass(slots=True)
class Converted:
    """Markdown without HTML."""

    lines: list[Line]
    anchors: list[Anchor] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag or a comment in a text."""

    name: str
    """In lower case; empty for comments and the like."""
    raw: str
    start: int
    prefix: str
    """What continues the container of its line: the indentation of list items, marks of quotes."""

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.raw)

    @property
    def closes(self) -> bool:
        """Whether it is a closing tag."""
        return self.raw.startswith("</")

    @property
    def attributes(self) -> Mapping[str, str]:
        """Its attributes by their names in lower case."""
        return _attributes(self.raw)


@cache
def _attributes(raw: str) -> Mapping[str, str]:
    found: dict[str, str] = {}

    class Reader(HTMLParser):
        def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
            found.update({name: value or "" for name, value in attrs})

    Reader().feed(raw)
    return found


def tags(text: str) -> list[Tag]:
    """Return the tags and comments in a text, in order; those in code are none."""
    if "<" not in text:
        return []
    parsed = parser.parse_file(text, html=True)
    starts = [0]
    for line in parsed.lines:
        starts.append(starts[-1] + len(line) + 1)
    found: list[Tag] = []
    for token in parsed.tokens:
        if token.type == "html_block" and token.map:
            found += _in_block(parsed.lines, starts, token.map[0], token.content)
    for token, passage in zip(parsed.inlines(), passages(parsed), strict=True):
        for child in token.children or ():
            if child.type == "html_inline":
                begin, end = child.meta["span"]
                place, last = passage.place(begin, begin + 1), passage.place(end - 1, end)
                start = starts[place.line] + place.start
                number, column = passage.origins[passage.text.count("\n", 0, begin)]
                before = "" if passage.cell else parsed.lines[number][:column]
                raw = text[start : starts[last.line] + last.end]
                found += _tag(raw, start, _continuing(before))
    return sorted(found, key=lambda tag: tag.start)


def _in_block(
    lines: Sequence[str], starts: Sequence[int], first: int, content: str
) -> Iterator[Tag]:
    rows = content.rstrip("\n").split("\n")
    shifts = [len(line.rstrip()) - len(row.rstrip()) for line, row in zip(lines[first:], rows)]  # noqa: B905
    begins = [0]
    for row in rows:
        begins.append(begins[-1] + len(row) + 1)
    code = set(_code(rows, begins))
    at = content.find("<")
    while at >= 0:
        match = _TAG.match(content, at)
        if match and at not in code:
            number = content.count("\n", 0, at)
            line, row, shift = lines[first + number], rows[number], shifts[number]
            indent = line[:shift] + row[: len(row) - len(row.lstrip())]
            start = starts[first + number] + shift + at - begins[number]
            yield from _tag(match[0], start, _continuing(indent))
        at = content.find("<", match.end() if match else at + 1)


def _code(rows: Sequence[str], begins: Sequence[int]) -> Iterator[int]:
    """Yield the places of characters in code that an HTML block has, as its author means it."""
    for row, begin, fence in zip(rows, begins, fences(rows), strict=False):
        if fence is not None:
            yield from range(begin, begin + len(row))
        elif "`" in row:
            for token in parser.parse_inline(row).inlines():
                for child in token.children or ():
                    if child.type == "code_inline":
                        start, end = child.meta["span"]
                        yield from range(begin + start, begin + end)


def _tag(raw: str, start: int, prefix: str) -> Iterator[Tag]:
    name = _NAME.match(raw)
    if not name:
        yield Tag("", raw, start, prefix)
    elif name[1].lower() in ELEMENTS:
        yield Tag(name[1].lower(), raw, start, prefix)


def _continuing(prefix: str) -> str:
    return re.sub(r"[^\s>]", " ", prefix)


# Trees


@dataclass(slots=True)
class _Element:
    tag: Tag
    children: list[_Element | tuple[int, int]]
    """Elements, and where text is."""
    closed: bool = True
    """Whether it has an end; a tag that nothing opened or closes has none."""

    @property
    def name(self) -> str:
        return self.tag.name

    def all(self, *names: str) -> Iterator[_Element]:
        """Yield the elements in it that have one of the names, in order."""
        for child in self.children:
            if isinstance(child, _Element):
                if child.name in names:
                    yield child
                yield from child.all(*names)


def _tree(text: str, found: Sequence[Tag]) -> _Element:
    root = _Element(Tag("", "", 0, ""), [])
    ends = _ends(found)
    opened, at = [root], 0
    for number, tag in enumerate(found):
        if tag.start < at:
            continue
        opened[-1].children.append((at, tag.start))
        at = tag.end
        if tag.closes and number in ends:
            del opened[ends[number] :]
        else:
            element = _Element(tag, [], closed=number in ends or tag.name in _VOID)
            opened[-1].children.append(element)
            if number in ends:
                opened.append(element)
    opened[-1].children.append((at, len(text)))
    return root


def _ends(found: Sequence[Tag]) -> dict[int, int]:
    """Return the depth of each tag that opens or closes an element, by its number."""
    opened: list[int] = []
    ends: dict[int, int] = {}
    for number, tag in enumerate(found):
        if not tag.name or tag.name in _VOID:
            continue
        if not tag.closes:
            opened.append(number)
            continue
        names = [found[at].name for at in opened]
        if tag.name in names:
            at = len(names) - 1 - names[::-1].index(tag.name)
            ends[opened[at]], ends[number] = number, opened[at]
            del opened[at:]
    depth = 0
    depths: dict[int, int] = {}
    for number, tag in enumerate(found):
        if number in ends and not tag.closes and depth < _DEEPEST:
            depth += 1
            depths[number] = depth
        elif number in ends and tag.closes and ends[number] in depths:
            depths[number] = depths[ends[number]]
            depth = depths[number] - 1
    return depths


# Markdown


def converted(lines: Lines) -> Converted:
    """Convert the HTML in a file to Markdown and marks."""
    lines = _dedented(lines)
    text = joined(lines)
    found = tags(text)
    if not found:
        return Converted(list(lines))
    writer = _Writer(text, lines, found)
    pieces = writer.written(_tree(text, found))
    return Converted(_with_breaks(assembled(pieces)), writer.anchors, writer.removed)


def _dedented(lines: Lines) -> Lines:
    """Take indentation off HTML blocks: without their tags, the rest would be taken for code."""
    text = joined(lines)
    if "<" not in text:
        return lines
    changed = list(lines)
    for token in parser.parse_file(text, html=True).tokens:
        if token.type != "html_block" or not token.map or _keeps_space(token.content):
            continue
        rows = token.content.rstrip("\n").split("\n")
        plain = [row for row in rows[1:] if row.strip() and not row.lstrip().startswith("<")]
        common = min((len(row) - len(row.lstrip()) for row in plain), default=0)
        fenced = fences(rows)
        for at, (row, fence) in enumerate(zip(rows, fenced, strict=True), start=token.map[0]):
            line = changed[at]
            inner = row.lstrip()
            if fence is None and inner.startswith("<") and at > token.map[0]:
                cut = len(row) - len(inner)
            else:
                cut = min(common, len(row) - len(inner)) if at > token.map[0] else 0
            before = line.text[: max(0, len(line.text.rstrip()) - len(row.rstrip()))]
            changed[at] = line._replace(text=before + row[cut:])
    return changed


def _keeps_space(html: str) -> bool:
    return bool(re.match(r"\s*<(?:!|\?|pre\b|script\b|style\b|textarea\b)", html, re.IGNORECASE))


class _Writer:
    """Writes elements as pieces of Markdown."""

    def __init__(self, text: str, lines: Lines, found: Sequence[Tag]) -> None:
        self._text = text
        self._numbers = [line.number for line in lines]
        self.anchors: list[Anchor] = []
        self.removed: list[Removed] = []
        self._row, self._at = 0, 0
        self._labels = _labels(text, found)
        self._handlers: Mapping[str, Callable[[_Element], list[Piece]]] = {
            "": self._comment,
            "br": lambda element: [(self._number(element.tag.start), _BREAK)],
            "hr": lambda element: [*self._break(element), (0, "---"), *self._break(element)],
            "img": self._image,
            "a": self._link,
            "details": self._details,
            "summary": self._summary,
            "pre": self._preformatted,
            "table": self._table,
            "dt": self._term,
            "ul": self._list,
            "ol": self._list,
            "blockquote": self._quote,
            "sub": self._small,
            "sup": self._small,
            "q": lambda element: self._around(element, "\u201c", "\u201d"),
            "input": self._input,
            **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), self._heading),
            **dict.fromkeys(_EMPHASIS, self._emphasis),
            **dict.fromkeys(_CODE, self._code),
            **dict.fromkeys(_DROPPED, self._drop),
            **dict.fromkeys(("area", "base", "col", "link", "meta", "param"), self._mention),
            **dict.fromkeys(MEDIA, self._medium),
        }

    def written(self, element: _Element) -> list[Piece]:
        """Return what is in an element."""
        pieces: list[Piece] = []
        for child in element.children:
            if isinstance(child, _Element):
                pieces += self._element(child)
            elif child[0] < child[1]:
                pieces += self._plain(*child)
        return pieces

    def _element(self, element: _Element) -> list[Piece]:
        attributes = element.tag.attributes if element.tag.name and not element.tag.closes else {}
        for key in ("id", "name"):
            if attributes.get(key):
                number = self._number(element.tag.start)
                self.anchors.append(Anchor(number, attributes[key]))
        if not element.closed and element.name in MENTIONED and not element.tag.closes:
            return self._mention(element)
        if not element.closed and element.tag.name:
            return self._break(element) if element.name in _BLOCKS else []
        if handler := self._handlers.get(element.name):
            return handler(element)
        inner = self.written(element)
        if element.name in _BLOCKS:
            return [*self._break(element), *inner, *self._break(element)]
        return inner

    def _number(self, offset: int) -> int:
        """Return the number of the line at an offset; they are asked for in order."""
        if offset < self._at:
            self._row = self._at = 0
        self._row += self._text.count("\n", self._at, offset)
        self._at = offset
        return self._numbers[min(self._row, len(self._numbers) - 1)]

    def _plain(self, start: int, end: int) -> list[Piece]:
        pieces: list[Piece] = []
        for at, line in enumerate(self._text[start:end].split("\n")):
            pieces.append((self._number(start), line if at == 0 else f"\n{line}"))
            start = min(start + len(line) + 1, end)
        return pieces

    def _break(self, element: _Element) -> list[Piece]:
        """Return what ends a paragraph; nothing behind the marker of a list item."""
        tag = element.tag
        begin = self._text.rfind("\n", 0, tag.start) + 1
        if _MARKERS.match(self._text, begin, tag.start) and not tag.closes:
            return [(0, "")]
        return [(0, f"\n{tag.prefix.rstrip()}\n{tag.prefix}")]

    def _around(self, element: _Element, before: str, after: str) -> list[Piece]:
        inner = self.written(element)
        text = "".join(text for _, text in inner)
        if (
            not text.strip(f" \t\n{_BREAK}")
            or "\n\n" in text
            or "\ufdd0" in text
            or re.search(r"\n\s*\n", text)
        ):
            return inner
        number = self._number(element.tag.start)
        left, right = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() else "")
        return [(number, f"{left}{before}"), *_stripped(inner), (number, f"{after}{right}")]

    def _flat(self, element: _Element) -> str:
        text = "".join(text for _, text in self.written(element))
        return _BLANKS.sub(" ", text.replace(_BREAK, " ")).strip()

    # Running text

    def _emphasis(self, element: _Element) -> list[Piece]:
        marks = _EMPHASIS[element.name]
        inner = "".join(text for _, text in self.written(element)).strip()
        if inner.startswith(marks[0]) or inner.endswith(marks[0]):
            return self.written(element)
        pieces = self._around(element, marks, marks)
        if "*" not in inner or _has_emphasis(inner):
            return pieces
        return [(at, text if text.strip() == marks else _starless(text)) for at, text in pieces]

    def _code(self, element: _Element) -> list[Piece]:
        text = _BLANKS.sub(" ", unescape(self._raw(element))).strip()
        if not text or any(element.all("a", "img", "code")):
            return self.written(element)
        if text.startswith("`") and text.endswith("`"):
            return self.written(element)
        return [(self._number(element.tag.start), code_span(text))]

    def _raw(self, element: _Element) -> str:
        """Return the text in an element without tags."""
        return "".join(
            self._raw(child) if isinstance(child, _Element) else self._text[slice(*child)]
            for child in element.children
        )

    def _small(self, element: _Element) -> list[Piece]:
        """Write small figures and letters as such; without a form in Unicode, after a mark."""
        text = self._flat(element)
        before = self._text[element.tag.start - 1 : element.tag.start]
        if not text or not (before.isalnum() or before in {")", "]", "`", "*"}) or " " in text:
            return self.written(element)
        above = element.name == "sup"
        small = text.translate(_SUPERSCRIPTS if above else _SUBSCRIPTS)
        if not re.fullmatch(r"[\w+=()-]+", text) or any(
            normalize("NFKC", one) == one and one.isascii() for one in small
        ):
            mark = "^" if above else "_"
            small = f"{mark}{text}" if text.isalnum() else f"{mark}({text})"
        return [(self._number(element.tag.start), small)]

    def _image(self, element: _Element) -> list[Piece]:
        number, attributes = self._number(element.tag.start), element.tag.attributes
        source = attributes.get("src") or attributes.get("data-src") or ""
        if not source:
            return []
        if tex := formula_of(source):
            return [(number, f"${tex}$")]
        alt = _BLANKS.sub(" ", attributes.get("alt") or attributes.get("title") or "").strip()
        return [(number, f"![{_label(alt)}]({_address(source)})")]

    def _link(self, element: _Element) -> list[Piece]:
        text, url = self._flat(element), element.tag.attributes.get("href", "")
        if not url or "\ufdd0" in text:
            return self.written(element)
        if not text:
            return []
        if not text.startswith(("![", "[")) and not text.endswith(")"):
            text = _label(text) if text.count("[") != text.count("]") else text
        return [(self._number(element.tag.start), f"[{text}]({_address(url)})")]

    def _medium(self, element: _Element) -> list[Piece]:
        attributes, inner = element.tag.attributes, self.written(element)
        source = attributes.get("src", "")
        if not source:
            return inner
        title = attributes.get("title") or source
        link = (self._number(element.tag.start), f"[{_label(title)}]({_address(source)})")
        return [*self._break(element), link, *self._break(element), *inner]

    def _input(self, element: _Element) -> list[Piece]:
        attributes = element.tag.attributes
        if attributes.get("type") != "checkbox":
            return self._mention(element)
        return [(self._number(element.tag.start), "[x] " if "checked" in attributes else "[ ] ")]

    def _mention(self, element: _Element) -> list[Piece]:
        """Write a tag that shows nothing as code, within text: its author means the tag."""
        start = element.tag.start
        begin = self._text.rfind("\n", 0, start) + 1
        if not re.search(r"\w", self._text[begin:start]):
            return []
        return [(self._number(start), code_span(element.tag.raw))]

    # Blocks

    def _comment(self, element: _Element) -> list[Piece]:
        number = self._number(element.tag.start)
        self.removed.append(Removed(number, element.tag.raw, "comment"))
        lines = element.tag.raw.count("\n")
        return [(0, "\n" * lines)] if lines else []

    def _drop(self, element: _Element) -> list[Piece]:
        number = self._number(element.tag.start)
        self.removed.append(Removed(number, self._raw(element), f"<{element.name}>"))
        return self._break(element)

    def _heading(self, element: _Element) -> list[Piece]:
        number = self._number(element.tag.start)
        text = self._flat(element)
        level = int(element.name[1])
        heading = [(number, f"{'#' * level} {text}")] if text else []
        return [*self._break(element), *heading, *self._break(element)]

    def _term(self, element: _Element) -> list[Piece]:
        bold = self._emphasis(_Element(Tag("b", "<b>", element.tag.start, ""), element.children))
        return [*self._break(element), *bold, *self._break(element)]

    def _details(self, element: _Element) -> list[Piece]:
        inner = self.written(element)
        if element.tag.prefix.strip(" ") or _within_item(element.tag.prefix):
            return [*self._break(element), *inner, *self._break(element)]
        number = self._number(element.tag.start)
        return [*self._mark(element, OPEN, number), *inner, *self._mark(element, CLOSE, 0)]

    def _mark(self, element: _Element, mark: str, number: int) -> list[Piece]:
        return [*self._break(element), (number, mark), *self._break(element)]

    def _summary(self, element: _Element) -> list[Piece]:
        inner = self.written(element)
        number = self._number(element.tag.start)
        label = announces_answer(self._raw(element), self._labels)
        if element.tag.prefix.strip(" ") or _within_item(element.tag.prefix):
            if label:
                self.removed.append(Removed(number, self._flat(element), "label"))
                return self._break(element)
            bold = self._emphasis(
                _Element(Tag("b", "<b>", element.tag.start, ""), element.children)
            )
            return [*self._break(element), *bold, *self._break(element)]
        if label:
            self.removed.append(Removed(number, self._flat(element), "label"))
            return self._break(element)
        return [*self._mark(element, SUMMARY, number), *inner, *self._mark(element, END, 0)]

    def _preformatted(self, element: _Element) -> list[Piece]:
        code = unescape(self._raw(element)).strip("\n")
        if "```" in code and code.lstrip().startswith("```"):
            return [*self._break(element), *self._plain_lines(element, code), *self._break(element)]
        language = next(filter(None, map(_language, (element, *element.all("code")))), "")
        marks = fence_marks(code)
        text = f"{marks}{language}\n{code}\n{marks}"
        return [*self._break(element), *self._plain_lines(element, text), *self._break(element)]

    def _plain_lines(self, element: _Element, text: str) -> list[Piece]:
        number = self._number(element.tag.start)
        prefix = element.tag.prefix
        return [
            (number + max(0, at - 1), line if at == 0 else f"\n{prefix}{line}")
            for at, line in enumerate(text.split("\n"))
        ]

    def _table(self, element: _Element) -> list[Piece]:
        rows = [list(row.all("td", "th")) for row in element.all("tr")]
        rows = [row for row in rows if row]
        columns = max(map(len, rows), default=0)
        complex_ = any(element.all("pre", "details", "blockquote", "h1", "h2", "h3", "h4"))
        nested = any(element.all("table"))
        if columns < 2 or complex_ or nested or len(rows) < 2:  # noqa: PLR2004
            inner = self.written(element)
            return [*self._break(element), *inner, *self._break(element)]
        pieces = self._break(element)
        for at, row in enumerate(rows):
            cells = [self._cell(cell) for cell in row] + [""] * (columns - len(row))
            line = f"| {' | '.join(cells)} |"
            start = "\n" + element.tag.prefix if at else ""
            pieces.append((self._number(row[0].tag.start), f"{start}{line}"))
            if at == 0:
                pieces.append((0, f"\n{element.tag.prefix}|{' --- |' * columns}"))
        return [*pieces, *self._break(element)]

    def _cell(self, element: _Element) -> str:
        text = "".join(text for _, text in self.written(element))
        text = re.sub(rf"\s*(?:{_BREAK}|\n\s*\n)\s*(?:[-*+] )?", f"{_BREAK}", text).strip(
            f"{_BREAK} \n"
        )
        return _BLANKS.sub(" ", _in_line(text)).replace("|", "\\|")

    def _list(self, element: _Element) -> list[Piece]:
        pieces = self._break(element)
        number = 1
        for child in element.children:
            if not isinstance(child, _Element):
                pieces += [(at, text) for at, text in self._plain(*child) if text.strip()]
            elif child.name != "li" or not child.closed:
                pieces += self._element(child)
            else:
                marker = f"{number}. " if element.name == "ol" else "- "
                number += 1
                indent = " " * len(marker)
                filled = _without_blanks(assembled(self.written(child)))
                begin = f"\n{element.tag.prefix}"
                for at, line in enumerate(filled):
                    text = line.text.removeprefix(element.tag.prefix)
                    text = (
                        text
                        if text.startswith(("- ", "  ")) or text[:1].isdigit()
                        else text.lstrip()
                    )
                    lead = marker if at == 0 else indent if text else ""
                    pieces.append(
                        (line.number, f"{begin}{lead}{text.lstrip() if at == 0 else text}")
                    )
        return [*pieces, *self._break(element)]

    def _quote(self, element: _Element) -> list[Piece]:
        pieces = self._break(element)
        prefix = element.tag.prefix
        for line in _without_blanks(assembled(self.written(element))):
            text = line.text.removeprefix(prefix)
            pieces.append((line.number, f"\n{prefix}> {text.strip()}".rstrip(" ")))
        return [*pieces, *self._break(element)]


def _within_item(prefix: str) -> bool:
    return len(prefix.replace(">", "")) >= 2  # noqa: PLR2004 - a list item's text starts there


def _without_blanks(lines: Lines) -> list[Line]:
    """Strip blank lines at both ends, and leave one of several."""
    kept: list[Line] = []
    for line in lines:
        if line.text.strip() or (kept and kept[-1].text.strip()):
            kept.append(line)
    while kept and not kept[-1].text.strip():
        kept.pop()
    return kept


def _stripped(pieces: Sequence[Piece]) -> list[Piece]:
    """Strip blanks and breaks at both ends of pieces."""
    found = list(pieces)
    blank = f" \t\n{_BREAK}"
    for at in range(len(found)):
        number, text = found[at]
        found[at] = number, text.lstrip(blank)
        if found[at][1]:
            break
    for at in reversed(range(len(found))):
        number, text = found[at]
        found[at] = number, text.rstrip(blank)
        if found[at][1]:
            break
    return found


def _language(element: _Element) -> str:
    attributes = element.tag.attributes
    named = re.search(r"(?:language|lang|brush:?)[-\s]*([\w+#-]+)", attributes.get("class", ""))
    return named[1] if named else attributes.get("lang", "")


def _has_emphasis(text: str) -> bool:
    children = (
        child for token in parser.parse_inline(text).tokens for child in token.children or ()
    )
    return any(child.type in {"em_open", "strong_open"} for child in children)


def _starless(text: str) -> str:
    """Escape stars that would be emphasis beside those around the text."""
    return "\n".join(map(_starless_line, text.split("\n")))


def _starless_line(text: str) -> str:
    for star in reversed([*re.finditer(r"\*(?=\S)|(?<=\S)\*", blanked(text))]):
        text = f"{text[: star.start()]}\\{text[star.start() :]}"
    return text


def _label(text: str) -> str:
    return re.sub(r"([\[\]])", r"\\\1", text)


def _address(url: str) -> str:
    url = re.sub(r"\s+", " ", url.strip())
    return f"<{url}>" if re.search(r"[\s()]", url) else url


def formula_of(url: str) -> str:
    """Return the TeX of a formula whose picture is at an address; empty if there is none."""
    parts = urlsplit(url)
    tex = parse_qs(parts.query).get("math", [""])[0]
    if (
        not tex
        and "latex" in f"{parts.netloc}{parts.path}"
        and parts.query
        and "=" not in parts.query[:8]
    ):
        tex = unquote(parts.query)
    tex = re.sub(
        r"\s+", " ", re.sub(r"^\\(?:inline|dpi\{\d+\}|large|Large|bg_white)\s*", "", tex)
    ).strip()
    if not tex or "$" in tex:
        return ""
    try:
        mathml(tex, display=False)
    except FormulaError:
        return ""
    return tex


def code_span(text: str) -> str:
    """Return text as code in running text."""
    marks = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    edge = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{marks}{edge}{text}{edge}{marks}"


def fence_marks(code: str) -> str:
    """Return marks for a fence around code, longer than any in it."""
    longest = max(map(len, re.findall(r"^\s*(`{3,})", code, re.MULTILINE)), default=2)
    return "`" * (longest + 1)


# Summaries that are labels


def _labels(text: str, found: Sequence[Tag]) -> frozenset[str]:
    """Return the texts of summaries that come so often that they are labels."""
    counts: dict[str, int] = {}
    start = -1
    total = 0
    for tag in found:
        if tag.name == "summary" and not tag.closes:
            start = tag.end
        elif tag.name == "summary" and start >= 0:
            label = bare(text[start : tag.start])
            counts[label] = counts.get(label, 0) + 1
            total += 1
            start = -1
    return frozenset(
        label
        for label, count in counts.items()
        if count >= 3 and 3 * count >= total  # noqa: PLR2004
    )


# Line breaks


def _with_breaks(lines: Lines) -> list[Line]:
    """Write line breaks within paragraphs as Markdown does; take others off."""
    result: list[Line] = []
    for at, line in enumerate(lines):
        if _BREAK not in line.text:
            result.append(line)
            continue
        below = lines[at + 1].text if at + 1 < len(lines) else ""
        if line.text.lstrip().startswith(("|", "#")) or re.match(
            r"\s*\|?[\s:|-]+\|[\s:|-]*\Z", below
        ):
            result.append(line._replace(text=_in_line(line.text)))
            continue
        indent = re.match(r"[\s>]*", line.text)
        assert indent
        above = result[-1].text.strip() if result else ""
        parts = [part.strip(" \t") for part in line.text[indent.end() :].split(_BREAK)]
        filled = [part for part in parts if part]
        if not parts[-1] and below.strip() and "\ufdd0" not in below and filled:
            filled.append("")
        if not parts[0] and above and filled and filled[0] and not above.endswith("\\"):
            previous = result[-1]
            if not previous.text.startswith("\ufdd0") and not re.match(
                r"\s*(?:[#>|]|```|~~~)", previous.text
            ):
                result[-1] = previous._replace(text=previous.text.rstrip() + "\\")
        texts = [f"{part}\\" for part in filled[:-1]] + filled[-1:]
        if filled and not filled[-1]:
            texts = texts[:-1]
        result += [Line(line.number, indent[0] + text) for text in texts if text]
        if not texts and not above:
            result.append(line._replace(text=""))
    return result


def _in_line(text: str) -> str:
    """Replace line breaks where there is only one line."""
    text = re.sub(rf"\s*{_BREAK}+\s*\Z|\A\s*{_BREAK}+\s*", "", text)
    text = re.sub(rf"(?<=[.;:,!?|])\s*{_BREAK}+\s*", " ", text)
    text = re.sub(rf"\s*{_BREAK}+\s*(?=\|)", " ", text)
    return re.sub(rf"\s*{_BREAK}+\s*", "; ", text)
