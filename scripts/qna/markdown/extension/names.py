"""Accessible names: each heading, link sign, button and link says which question it is about.

A screen reader lists headings, links and buttons apart from the text around them. There, twenty
buttons named "Answer" are of no use.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SIGN = "headerlink"
_NAMES = {"answer": "{} to {}", "story": "{}: {}", "more": "{} for {}", "moved": "{}: {}"}
"""Names of buttons and links below a question, by the class of an answer or a link."""


def add_names(root: Element) -> None:
    """Name what a page's elements are about; style sheets draw the signs of links to headings."""
    for heading in root.iter():
        if heading.tag in _HEADINGS or heading.tag == "dt":
            _name_heading(heading)
    question = ""
    for element in root:
        if element.tag in _HEADINGS:
            question = _text(element)
        elif question:
            for control, kind in _controls(element):
                control.set("aria-label", _NAMES[kind].format(_text(control), question))


def _name_heading(heading: Element) -> None:
    for sign in heading.findall("a"):
        if sign.get("class") == _SIGN:
            sign.text = None
            name = _text(heading)
            sign.set("aria-label", f"Link to {name}")
            if heading.tag in _HEADINGS:
                # Without a name, a heading is called by all that is in it, so by its link, too.
                heading.set("aria-label", name)


def _controls(element: Element) -> Iterator[tuple[Element, str]]:
    """Yield the buttons and links within an element that have a name, and the kind of each."""
    kind = element.get("class", "")
    if element.tag == "details" and kind in _NAMES:
        yield from ((summary, kind) for summary in element.findall("summary"))
    yield from (
        (link, kind) for link in element.iter("a") if (kind := link.get("class", "")) in _NAMES
    )


def _text(element: Element) -> str:
    return " ".join("".join(_texts(element)).split())


def _texts(element: Element) -> Iterator[str]:
    yield element.get("alt", "") if element.tag == "img" else element.text or ""
    for part in element:
        if part.tag == "math":
            yield part.get("alttext", "")
        elif part.get("class") != _SIGN:
            yield from _texts(part)
        yield part.tail or ""
