r"""Markdown as the HTML of Anki's fields, with formulas as Anki writes them: `\(x\)` and `\[x\]`.

Anki takes some text for commands, such as `[sound:file]`; in our texts, that is broken up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from html import escape as html
from itertools import chain
from urllib.parse import quote, urljoin
from xml.etree.ElementTree import Element, tostring

from markdown_it.token import Token

from qna.markdown import parser, rendering
from qna.markdown.citations import Cited, citations
from qna.markdown.escaping import escape
from qna.markdown.link_targets import page_of, untitled
from qna.markdown.parser import Parsed
from qna.markdown.running_text import edited, is_formula
from qna.markdown.url_safety import is_foreign
from qna.reading.notes import Note, name_of
from qna.site import Site

_COMMAND = re.compile(r"(?<=\[)(?=/?(?:sound:|anki:|latex\]|\$))|(?<=\\)(?=[(\[\])])")
"""Where a command of Anki, or one of its formulas, is broken up."""
_JOINER = "\u2060"
"""Cannot be seen, and breaks no line."""
_SEPARATOR = "\x1f"
"""Separates the fields of a note."""
_FOOTNOTE = "#fn"
"""Start of the addresses of links between a footnote and its text."""
_FORMULAS = {"math_inline": r"\({}\)", "math_inline_double": r"\[{}\]", "math_block": r"\[{}\]"}


def plain(text: str) -> str:
    """Return plain text as HTML."""
    return html(_inert(text))


class Writer:
    """Writes the texts of a site for cards that link back to its address, which may be empty."""

    def __init__(self, site: Site, address: str) -> None:
        self._site, self._address = site, address

    def line(self, markdown: str) -> str:
        """Return the HTML of a question or a title."""
        return self._html([rendering.inline(_for_anki(parser.parse_inline(markdown)))])[5:-6]

    def blocks(self, markdown: str, name: str) -> str:
        """Return the HTML of the text called `name`."""
        context = rendering.Context(name, self._anchors, figures=self._site.editorial.notes.figures)
        return self._html(rendering.elements(_for_anki(parser.parse(markdown)), context))

    def note(self, note: Note) -> str:
        """Return the HTML of a note, without its sources."""
        parsed = parser.parse(note.markdown)
        titles = ((at, escape(self._site.title_of(name))) for at, name in untitled(parsed))
        cited = ((at, self._cited(found)) for at, found in citations(parsed))
        return self.blocks(edited(note.markdown, chain(titles, cited)), name_of(note.id))

    def _cited(self, cited: Iterable[Cited]) -> str:
        """Return the short names of the references of a citation, in parentheses."""
        known = self._site.editorial.notes.references
        named = ((known[one.key].short_name, one.locator) for one in cited)
        return f"({'; '.join(escape(', '.join(filter(None, pair))) for pair in named)})"

    def address_of(self, name: str) -> str:
        """Return the address of a question or topic; empty if that of the site is not known."""
        return self._anchors.get(name, "")

    @cached_property
    def _anchors(self) -> dict[str, str]:
        """Id of each question and topic to its address."""
        document = self._site.document
        pages = {topic.id: f"topics/{topic.id}/" for topic in document.topics}
        pages |= {name: f"q/{name}/" for name in self._site.questions}
        return {name: self._address + quote(page) for name, page in pages.items() if self._address}

    def _html(self, blocks: Iterable[Element]) -> str:
        found = list(blocks)
        for element in list(chain.from_iterable(block.iter() for block in found)):
            self._lead_back(element)
        return "".join(tostring(block, encoding="unicode", method="html") for block in found)

    def _lead_back(self, element: Element) -> None:
        """Make an address absolute; without the site's address, it leads nowhere.

        An image becomes a link, so that a card loads nothing.
        """
        if element.tag == "img":
            element.tag, element.text = "a", element.get("alt") or element.get("src")
            element.attrib = {"href": element.get("src", "")}
        url = element.get("href", "")
        if element.tag != "a" or is_foreign(url) or url.startswith(_FOOTNOTE):
            return
        if self._address and not url.startswith("#"):
            element.set("href", page_of(urljoin(f"{self._address}q/", url)))
        else:
            element.tag, element.attrib = "span", {}


def _for_anki(parsed: Parsed) -> Parsed:
    return replace(parsed, tokens=tuple(_tokens(parsed.tokens)))


def _tokens(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield tokens with formulas as text, and without commands."""
    for token in tokens:
        kind = "math_block" if token.type == "fence" and is_formula(token) else token.type
        form = _FORMULAS.get(kind)
        if form and token.block:
            yield Token("paragraph_open", "p", 1, block=True)
            yield _text(form, token)
            yield Token("paragraph_close", "p", -1, block=True)
        elif form:
            yield _text(form, token)
        else:
            children = list(_tokens(token.children)) if token.children else token.children
            titled = {"title": _inert(str(token.attrs["title"]))} if "title" in token.attrs else {}
            attrs = {**token.attrs, **titled}
            content = token.content if token.type == "inline" else _inert(token.content)
            yield replace(token, children=children, content=content, attrs=attrs)


def _text(form: str, formula: Token) -> Token:
    return Token("text", "", 0, content=form.format(formula.content.strip()))


def _inert(text: str) -> str:
    return _COMMAND.sub(_JOINER, text).replace(_SEPARATOR, " ")
