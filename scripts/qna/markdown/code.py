"""Code to elements: each word in a `span` whose class says what it is."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, Whitespace, _TokenType
from pygments.util import ClassNotFound


def code_block(code: str, language: str) -> Element:
    """Return a block of code; a language that is not known leaves it plain."""
    box = Element("div", {"class": "highlight"})
    inner = SubElement(SubElement(box, "pre"), "code")
    lexer = _lexer(language)
    if not lexer:
        inner.text = code
        return box
    styled = ((_style(kind), text) for kind, text in lexer.get_tokens(code))
    for style, run in groupby(styled, key=lambda item: item[0]):
        _append(inner, style, "".join(text for _, text in run))
    return box


def _append(parent: Element, style: str, text: str) -> None:
    if style:
        SubElement(parent, "span", {"class": style}).text = text
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _style(kind: _TokenType) -> str:
    return "" if kind is Whitespace else STANDARD_TYPES.get(kind, "")


@cache
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False) if language else None
    except ClassNotFound:
        return None
