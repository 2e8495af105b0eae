"""Markdown to elements: what a page shows of an answer, an introduction or a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, ClassVar
from xml.etree.ElementTree import Element, SubElement

from markdown_it.token import Token

from qna.markdown import plain_text
from qna.markdown.code import code_block
from qna.markdown.formulas.mathml import FormulaError, mathml
from qna.markdown.formulas.plain_text import of_mathml
from qna.markdown.link_targets import Concepts, id_of
from qna.markdown.parser import Parsed
from qna.markdown.running_text import is_formula
from qna.markdown.svg_safety import cleaned
from qna.words import english

_LONG = 20
"""Characters of a formula in a line that fit a phone."""
_AT_END = re.compile(r"(?s)\A(.*?)([^\w\s]{0,9})\Z")
_AT_START = re.compile(r"(?s)\A([^\w\s]{0,9})(.*)\Z")


@dataclass(frozen=True, slots=True)
class Context:
    """What the elements of one text depend on besides its Markdown."""

    name: str = ""
    """Id of the question or topic; a note's has `:note` after it. Keeps footnotes apart."""
    anchors: Mapping[str, str] = field(default_factory=dict)
    """Id to the address that a `#id` link leads to."""
    concepts: Concepts = field(default_factory=lambda: Concepts({}))
    figures: Mapping[str, str] = field(default_factory=dict)
    """Address of a figure to its SVG."""

    @property
    def own(self) -> str:
        """Id of the question or topic."""
        return self.name.partition(":")[0]

    @property
    def is_note(self) -> bool:
        """Whether the text is a note, which has headings."""
        return self.name != self.own


def elements(parsed: Parsed, context: Context) -> list[Element]:
    """Return the blocks of what was read."""
    builder = _Builder(context)
    builder.add(parsed.tokens)
    for head in builder.root.iter("th"):
        if not (head.text or len(head)):
            head.tag = "td"  # an empty cell is the head of nothing
    for parent in list(builder.root.iter()):
        parent[:] = [_alone(child) for child in parent]
        _keep_together(parent)
    return list(builder.root)


def _alone(element: Element) -> Element:
    """Return the figure that a paragraph holds and nothing else, or the element itself."""
    figure = element.find("figure") if element.tag == "p" else None
    if figure is None or "".join(element.itertext()) != "".join(figure.itertext()):
        return element
    figure.tail = element.tail
    return figure


def _keep_together(parent: Element) -> None:
    """Keep formulas in lines with the punctuation beside them, since Firefox breaks lines there."""
    for at, formula in enumerate(list(parent)):
        if formula.tag != "math":
            continue
        text = (parent[at - 1].tail if at else parent.text) or ""
        before, opening = _AT_END.findall(text)[0]
        closing, after = _AT_START.findall(formula.tail or "")[0]
        if not opening and not closing:
            continue
        parent[at] = whole = Element("span", {"class": "whole"})
        whole.text, formula.tail, whole.tail = opening, closing, after
        whole.append(formula)
        if at:
            parent[at - 1].tail = before
        else:
            parent.text = before


def inline(parsed: Parsed) -> Element:
    """Return an element that holds the running text of a question or a title."""
    builder = _Builder(Context())
    builder.add(parsed.tokens)
    for parent in list(builder.root.iter()):
        _keep_together(parent)
    return builder.root


class _Builder:
    """Builds a tree from tokens; `_open` holds the elements that the next token is within."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._linked = context.concepts.linker(context.own)
        self.root = Element("div")
        self._open = [self.root]

    def add(self, tokens: Iterable[Token]) -> None:
        for token in tokens:
            if token.hidden:
                continue
            if make := self._make.get(token.type):
                make(self, token)
            elif token.nesting > 0:
                self._start(token.tag, {name: str(value) for name, value in token.attrs.items()})
            elif token.nesting < 0:
                self._end()
            else:
                self._append(Element(token.tag))
            if token.block and token.nesting < 1 and token.type != "inline":
                self._text("\n")

    # Building

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._open.append(SubElement(self._open[-1], tag, attributes))

    def _end(self, count: int = 1) -> None:
        del self._open[-count:]

    def _append(self, element: Element) -> None:
        self._open[-1].append(element)

    def _text(self, text: str) -> None:
        parent = self._open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text

    # Running text

    def _running_text(self, token: Token) -> None:
        self.add(self._linked(token.children or ()))

    def _line_break(self, _: Token) -> None:
        self._append(Element("br"))
        self._text("\n")

    def _code(self, token: Token) -> None:
        SubElement(self._open[-1], "code").text = token.content

    def _image(self, token: Token) -> None:
        with suppress(KeyError, ValueError):  # no figure, or one that a page may not show
            self._figure(cleaned(self._context.figures[str(token.attrs["src"])]), token)
            return
        attributes = {
            "src": str(token.attrs["src"]),
            "alt": plain_text.of_tokens(token.children or ()),
        }
        if title := token.attrs.get("title"):
            attributes["title"] = str(title)
        self._append(Element("img", attributes))

    def _figure(self, svg: Element, token: Token) -> None:
        self._start("figure", {})
        self._append(svg)
        self._start("figcaption", {})
        self.add(token.children or ())
        self._end(2)

    def _link(self, token: Token) -> None:
        attributes = {name: str(value) for name, value in token.attrs.items()}
        url = attributes["href"]
        if url.startswith("#"):
            attributes["href"] = self._context.anchors.get(id_of(url), url)
        self._start("a", attributes)

    def _formula(self, tex: str, *, display: bool, box: str = "span") -> None:
        """Add a formula; one that may be wider than a phone gets a box to scroll in."""
        try:
            formula = mathml(tex, display=display)
            formula.set("alttext", of_mathml(formula))  # for copied text
            if display or len("".join(formula.itertext())) > _LONG:
                self._append(Element(box, {"class": "formula"}))
                self._open[-1][-1].append(formula)
            else:
                self._append(formula)
        except FormulaError:  # the splitter reports it, so that no published page has one
            SubElement(self._open[-1], "code").text = tex.strip()

    # Blocks

    def _heading(self, _: Token) -> None:
        self._start("h3" if self._context.is_note else "p", {})

    def _fence(self, token: Token) -> None:
        if is_formula(token):
            self._formula(token.content, display=True, box="div")
        else:
            language, *_ = token.info.split() or [""]
            self._append(code_block(token.content, language.lower()))

    def _item(self, token: Token) -> None:
        attributes = {"class": str(token.attrs["class"])} if "class" in token.attrs else {}
        self._start("li", attributes)
        if "checked" in token.meta:
            state = {"checked": "checked"} if token.meta["checked"] else {}
            label = english().text("text.done" if state else "text.not_done")
            box = {"type": "checkbox", "disabled": "disabled", "aria-label": label, **state}
            self._append(Element("input", box))
            self._text(" ")

    def _cell(self, token: Token) -> None:
        _, _, align = str(token.attrs.get("style", "")).partition("text-align:")
        self._start(token.tag, {"align": align} if align else {})

    # Footnotes

    def _reference(self, token: Token) -> None:
        number, use = token.meta["id"] + 1, token.meta["subId"]
        mark = SubElement(self._open[-1], "sup", {"id": self._reference_id(number, use)})
        link = SubElement(mark, "a", {"class": "footnote-ref", "href": f"#{self._note_id(number)}"})
        link.text = str(number)

    def _notes(self, _: Token) -> None:
        self._start("div", {"class": "footnote"})
        self._append(Element("hr"))
        self._start("ol", {})

    def _note(self, token: Token) -> None:
        self._start("li", {"id": self._note_id(token.meta["id"] + 1)})

    def _way_back(self, token: Token) -> None:
        number, use = token.meta["id"] + 1, token.meta["subId"]
        self._text("\u00a0")
        url = f"#{self._reference_id(number, use)}"
        attributes = {"class": "footnote-backref", "href": url}
        SubElement(self._open[-1], "a", attributes).text = "\u21a9"

    def _note_id(self, number: int) -> str:
        return f"fn:{self._context.name}-{number}"

    def _reference_id(self, number: int, use: int) -> str:
        return f"fnref{use + 1 if use else ''}:{self._context.name}-{number}"

    # Types of tokens

    _make: ClassVar[Mapping[str, Callable[[Any, Token], None]]] = {
        "inline": _running_text,
        "text": lambda self, token: self._text(token.content),
        "softbreak": lambda self, _: self._text("\n"),
        "hardbreak": _line_break,
        "code_inline": _code,
        "image": _image,
        "link_open": _link,
        "fence": _fence,
        "code_block": lambda self, token: self._append(code_block(token.content, "")),
        "math_inline": lambda self, token: self._formula(token.content, display=False),
        "math_inline_double": lambda self, token: self._formula(token.content, display=True),
        "math_block": lambda self, token: self._formula(token.content, display=True, box="div"),
        "list_item_open": _item,
        "th_open": _cell,
        "td_open": _cell,
        "heading_open": _heading,
        "footnote_ref": _reference,
        "footnote_block_open": _notes,
        "footnote_block_close": lambda self, _: self._end(2),
        "footnote_open": _note,
        "footnote_anchor": _way_back,
    }
    """What is made of each type of token; one for each builder would hold the builder."""
