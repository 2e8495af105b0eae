"""Pages of the splitter, put together without parsing them, in a tenth of the time.

Their Markdown has few forms: headings, boxes with an answer, lines and lists with links. These
become the same HTML that Python-Markdown makes with this site's extensions. A page with any other
form is left to Python-Markdown, so only the usual forms need to be here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.extensions.toc import nest_toc_tokens, strip_tags
from markdown.serializers import to_xhtml_string
from markdown.treeprocessors import UnescapeTreeprocessor

from qna.markdown import bidi, embeds
from qna.markdown.extension import names, sanitizing
from qna.markdown.extension.insertion import FOUND, PLACEHOLDER, blocks, put_inline
from qna.markdown.link_targets import Concepts
from qna.markdown.rendering import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from qna.words import Words

EXTENSIONS = (
    *("toc", "tables", "fenced_code", "abbr", "admonition", "attr_list", "def_list", "footnotes"),
    *("sane_lists", "pymdownx.details", "pymdownx.highlight", "pymdownx.superfences"),
    "qna.markdown.extension",
)
"""The extensions of Python-Markdown with which pages have this HTML."""
OPTIONS = {
    "tables": {"use_align_attribute": True},
    "toc": {"permalink": True, "permalink_title": ""},
    "pymdownx.highlight": {"use_pygments": True},
}
"""Their options, but for the language of this site's."""

_TEXT = r"(?:[^\\`*_{}\[\]<>&!\x00-\x1f\ue000-\ue002]++|\\[!-/:-@\[-`{-~]|&(?!#?\w+;)|!(?!\[))++"
"""Running text in which every sign that means something to Markdown is escaped."""
_ALL_TEXT = re.compile(rf"(?:{_TEXT})?")
_NAME = r"[^\s()<>\\\"'\[\]{}`*&:#=.]"
_URL = rf"(?:{_NAME}|\.)+(?:#(?:{_NAME}|[:.])+)?"
_LINK = rf"\[({_TEXT})\]\(({_URL})\)(?:\{{ \.([\w-]+) \}})?"
_PART = re.compile(rf"{_LINK}|({_TEXT})")
_LINE = re.compile(rf"(?=[^\W_]|[\\\[\"'(])(?!\d+[.)])(?:{_LINK}|{_TEXT})++")
_ITEM = "- "
_HEADING = re.compile(
    rf"(?P<marks>#{{1,3}}) (?:(?P<text>{_TEXT})|{FOUND.pattern} )"
    r"\{ (?:\.(?P<class>[\w-]+) )?"
    rf"#(?P<id>{_NAME}+)(?: aliases=\"(?P<aliases>(?:{_NAME}| )*)\")? \}}"
)
_BOX = re.compile(r"(?P<mark>!!!|\?\?\?) (?P<kind>[a-z]+) \"(?P<label>[^\"]*)\"")
_ABBREVIATION = re.compile(r"\*\[(?P<name>[^\\\]]+)\]: (?P<title>\S.*)")
_ESCAPED = re.compile(r"\\(.)")
_BLANK = re.compile(r"\n{2,}")
_INDENT = "    "
_NEVER = re.compile("[\x00-\x09\x0b-\x1f\x7f\ue002]")
"""Characters that are placeholders for others on the way to HTML."""
_ADDRESS = "\ue002"
"""Placeholder for an address."""
_REMEMBERED = 64
"""Boxes that are kept: pages one after the other share some."""
_SHOWN_AGAIN = 131_072
"""Answers and questions that are kept: pages of topics have all of them, pages of questions one."""
_unescape = UnescapeTreeprocessor()


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a page: HTML around addresses."""

    html: Sequence[str]
    addresses: Sequence[str] = ()
    ids: Sequence[str] = ()


@dataclass(slots=True)
class Assembled:
    """A page that was put together."""

    pieces: list[Piece] = field(default_factory=list)
    headings: list[Mapping[str, Any]] = field(default_factory=list)
    """Level, id and name of each heading."""

    def html(self, address: Callable[[str], str]) -> str:
        """Return the HTML, in which `address` returns what each address leads to."""
        parts: list[str] = []
        for piece in self.pieces:
            parts.append(piece.html[0])
            for url, text in zip(piece.addresses, piece.html[1:], strict=True):
                parts += [_attribute(address(url)), text]
        return "".join(parts).strip()

    def ids(self) -> set[str]:
        """Return the ids of its elements, but for the former ids of headings."""
        return {name for piece in self.pieces for name in piece.ids}

    def contents(self) -> list[Any]:
        """Return the headings as the extension for tables of contents does."""
        flat: list[Any] = [dict(heading) for heading in self.headings]
        return nest_toc_tokens(flat)


@lru_cache(_SHOWN_AGAIN)
def _attribute(value: str) -> str:
    """Return a value of an attribute as Python-Markdown writes it."""
    written = to_xhtml_string(Element("a", {"href": value}))
    return written[len('<a href="') : -len('"></a>')]


class _OtherFormError(ValueError):
    """A page has something else on it."""


_Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading, as a piece, for the table of contents, and in the names of what is below it."""

    piece: Piece
    id: str
    listed: str
    name: str


class Assembler:
    """Puts pages together; keeps the last pieces, because pages share many."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.heading = lru_cache(_SHOWN_AGAIN)(self._heading)
        self.box = lru_cache(_REMEMBERED)(self._box)
        self.answer = lru_cache(_SHOWN_AGAIN)(self._answer)

    def page(self, markdown: str) -> Assembled | None:
        """Return a page; None if it has anything but the usual forms."""
        if _NEVER.search(markdown):
            return None
        lines, found = embeds.extract(markdown.split("\n"), PLACEHOLDER)
        try:
            return _Page(self, found).read("\n".join(lines))
        except _OtherFormError:
            return None

    def _heading(
        self, text: str, attributes: _Pairs, abbreviations: _Pairs, *, parsed: bool
    ) -> _Heading:
        """Return a heading of level 1; its text is parsed by our parser, or by none."""
        root = Element("div")
        heading = SubElement(root, "h1", dict(attributes))
        heading.tail = "\n"
        if parsed:
            put_inline(heading, text)
        else:
            heading.text = _coded(text)
        _treat(root, abbreviations)
        name = heading.get("id", "")
        listed = strip_tags(_inner(heading))
        SubElement(heading, "a", {"class": "headerlink", "href": f"#{name}"}).text = ""
        names.add_aliases(heading)
        names.add_names(root, self._words)
        return _Heading(_piece(root, (name,)), name, listed, names.text_of(heading))

    def _box(
        self, tag: str, kind: str, label: str, question: str, abbreviations: _Pairs
    ) -> tuple[Piece, Piece]:
        """Return the pieces before and after what is within a box."""
        root = Element("div")
        box = SubElement(root, tag, {"class": kind})
        box.text, box.tail = "\n", "\n"
        if tag == "details":
            title = SubElement(box, "summary")
        elif label:
            title = SubElement(box, "p", {"class": "admonition-title"})
        if len(box):
            title.text, title.tail = _coded(label), "\n"
        _treat(root, abbreviations)
        names.add_names(root, self._words)
        names.name_controls(box, question, self._words)
        html, end = "".join(_piece(root).html), f"</{tag}>\n"
        return Piece((html.removesuffix(end),)), Piece((end,))

    def _answer(
        self, name: str, text: str, links: Sequence[_Pairs], abbreviations: _Pairs
    ) -> Piece:
        """Return an answer; `links` are addresses of ids and concepts, and tooltips of these."""
        anchors, urls, tooltips = map(dict, links)
        root = Element("div")
        root[:] = blocks(text, Context(name, anchors, Concepts(urls, tooltips)))
        _treat(root, abbreviations)
        ids = tuple(value for element in root.iter() if (value := element.get("id")))
        names.add_names(root, self._words)
        return _piece(root, ids)

    def text(self, root: Element, question: str, abbreviations: _Pairs) -> Piece:
        """Return lines and lists below a question."""
        _treat(root, abbreviations)
        for element in root:
            names.name_controls(element, question, self._words)
        return _piece(root)


class _Page:
    """Reads one page."""

    def __init__(self, assembler: Assembler, found: embeds.Embeds) -> None:
        self._assembler, self._embeds = assembler, found
        self._abbreviations: dict[str, str] = {}
        self._question = ""
        self._page = Assembled()

    def read(self, text: str) -> Assembled:
        """Return the page. Raises _OtherFormError."""
        if self._embeds.figures:
            raise _OtherFormError
        *found, last = _BLANK.split(text.strip("\n"))
        if last.startswith("*["):
            pairs = (_matched(_ABBREVIATION, line) for line in last.split("\n"))
            self._abbreviations = {pair["name"]: pair["title"].strip() for pair in pairs}
        else:
            found.append(last)
        at = 0
        while at < len(found):
            block, inner = found[at], at + 1
            while inner < len(found) and found[inner].startswith(_INDENT):
                inner += 1
            self._add(block, [text.removeprefix(_INDENT) for text in found[at + 1 : inner]])
            at = inner
        return self._page

    def _add(self, block: str, inner: Sequence[str]) -> None:
        """Add a block of the page, and those that are indented below it."""
        if box := _BOX.fullmatch(block):
            self._add_box(box, inner)
        elif inner:
            raise _OtherFormError
        elif heading := _HEADING.fullmatch(block):
            self._add_heading(heading)
        else:
            self._add_text(block)

    def _add_heading(self, found: re.Match[str]) -> None:
        attributes = tuple((key, found[key]) for key in ("id", "class", "aliases") if found[key])
        text = found["text"].strip() if found["text"] else self._text_of(found)[1]
        heading = self._assembler.heading(
            text,
            attributes,
            self._needed(text),
            parsed=not found["text"],
        )
        self._question = heading.name
        level = len(found["marks"])
        listed = {"level": level, "id": heading.id, "name": heading.listed}
        self._page.headings.append(listed)
        self._page.pieces.append(_of_level(level, heading.piece))

    def _add_box(self, found: re.Match[str], inner: Sequence[str]) -> None:
        label = _matched(_ALL_TEXT, found["label"])[0]
        needed = self._needed(label)
        if found["mark"] == "???":
            around = self._assembler.box("details", found["kind"], label, self._question, needed)
        else:
            around = self._assembler.box("div", f"admonition {found['kind']}", label, "", needed)
        self._page.pieces.append(around[0])
        for block in inner:
            self._add_text(block)
        self._page.pieces.append(around[1])

    def _add_text(self, block: str) -> None:
        """Add what may be on a page and within a box: an answer, a list or a line."""
        if found := FOUND.fullmatch(block):
            self._page.pieces.append(self._answer(*self._text_of(found)))
            return
        root = Element("div")
        if block.startswith(_ITEM):
            items = SubElement(root, "ul")
            items.text, items.tail = "\n", "\n"
            for line in block.split("\n"):
                _put_line(SubElement(items, "li"), _after(_ITEM, line))
        else:
            _put_line(SubElement(root, "p"), block)
        piece = self._assembler.text(root, self._question, self._needed(block))
        self._page.pieces.append(piece)

    def _text_of(self, found: re.Match[str]) -> tuple[str, str]:
        try:
            return self._embeds.texts[int(found["number"])]
        except IndexError:
            raise _OtherFormError from None

    def _answer(self, name: str, text: str) -> Piece:
        if not name:
            raise _OtherFormError
        context = self._embeds.context(name)
        links = (
            tuple(context.anchors.items()) if "#" in text else (),
            *(_within(text, found) for found in (context.concepts.urls, context.concepts.tooltips)),
        )
        return self._assembler.answer(name, text, links, self._needed(text))

    def _needed(self, text: str) -> _Pairs:
        """Return the abbreviations that may be in a text."""
        return _within(text, self._abbreviations) if self._abbreviations else ()


def _of_level(level: int, heading: Piece) -> Piece:
    """Return a heading of level 1 as one of another level."""
    first, *html = heading.html
    html[-1] = html[-1].removesuffix("</h1>\n") + f"</h{level}>\n"
    return replace(heading, html=[f"<h{level}{first.removeprefix('<h1')}", *html])


def _within(text: str, known: Mapping[str, str]) -> _Pairs:
    """Return what a text may mention of the names that a page knows, whatever else it knows."""
    literal = "\\" not in text and "&" not in text
    return tuple(item for item in known.items() if not literal or item[0][1:] in text)


def _treat(root: Element, abbreviations: _Pairs) -> None:
    AbbrTreeprocessor(None, dict(abbreviations)).run(root)
    sanitizing.sanitize(root)
    bidi.direct(root)


def _matched(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    found = pattern.fullmatch(text)
    if not found:
        raise _OtherFormError
    return found


def _after(start: str, text: str) -> str:
    if not text.startswith(start):
        raise _OtherFormError
    return text[len(start) :]


def _put_line(element: Element, line: str) -> None:
    """Put a line of text and links into an element."""
    _matched(_LINE, line)
    element.tail = "\n"
    for label, url, kind, text in _PART.findall(line):
        if url:
            link = SubElement(element, "a", {"href": url})
            link.text = _coded(label)
            if kind:
                link.set("class", kind)
        elif len(element):
            element[-1].tail = _coded(text)
        else:
            element.text = _coded(text)


def _coded(text: str) -> str:
    """Return text with escaped characters as Python-Markdown has them until it writes HTML."""
    return _ESCAPED.sub(lambda found: f"\x02{ord(found[1])}\x03", text) if "\\" in text else text


def _inner(element: Element) -> str:
    """Return the HTML within an element."""
    html = _unescape.unescape(to_xhtml_string(element))
    return html[html.index(">") + 1 : html.rindex("<")].strip()


def _piece(root: Element, ids: Sequence[str] = ()) -> Piece:
    """Return the HTML of what is within an element."""
    addresses = []
    for element in root.iter():
        key = {"a": "href", "img": "src"}.get(str(element.tag))
        if key:
            addresses.append(element.get(key, ""))
            element.set(key, _ADDRESS)
    _unescape.run(root)
    html = to_xhtml_string(root).removeprefix("<div>").removesuffix("</div>")
    return Piece(names.named_last(html).split(_ADDRESS), addresses, ids)
