"""Accessible names: each heading, link sign, button and link says which question it is about.

A screen reader lists headings, links and buttons apart from the text around them. There, twenty
buttons named "Answer" are of no use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from qna.words import Words

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SIGN = "headerlink"
_NAMES = {
    "answer": "answers.answer_name",
    "story": "answers.story_name",
    "more": "answers.related_name",
    "moved": "moved.name",
}
"""Names of buttons and links below a question, by the class of an answer or a link."""
_TITLES = ("p[@class='admonition-title']", "p[@class='markdown-alert-title']", "summary")
_BOX = re.compile(r"(?:admonition |markdown-alert markdown-alert-)?([a-z]+)")
"""Classes of a box, the last of which may be its kind."""
_NAME_FIRST = re.compile(r'(<(?:a|h[1-6]|summary))( aria-label="[^"]*")((?: [\w-]+="[^"]*")+)')


def named_last(html: str) -> str:
    """Return HTML with names behind other attributes, by which templates look for elements."""
    return _NAME_FIRST.sub(r"\1\3\2", html)


def add_aliases(element: Element) -> None:
    """Give a heading with the attribute `aliases` an anchor for each old id."""
    for name in reversed(element.attrib.pop("aliases", "").split()):
        anchor = SubElement(element, "span", {"id": name, "class": "alias"})
        element.remove(anchor)
        anchor.tail, element.text = element.text, None
        element.insert(0, anchor)


def add_names(root: Element, words: Words) -> None:
    """Name what a page's elements are about; style sheets draw the signs of links to headings."""
    _name_parts(root, words)
    for heading in root.iter():
        if heading.tag in _HEADINGS or heading.tag == "dt":
            _name_heading(heading, words)
    question = ""
    for element in root:
        if element.tag in _HEADINGS:
            question = text_of(element)
        elif question:
            name_controls(element, question, words)


def name_controls(element: Element, question: str, words: Words) -> None:
    """Name the buttons and links within an element that are about a question."""
    for control, kind in _controls(element):
        name = words.text(_NAMES[kind], label=text_of(control), question=question)
        control.set("aria-label", name)


def _name_parts(root: Element, words: Words) -> None:
    """Name boxes and the ways back from footnotes, and translate the titles that notes have."""
    for element in root.iter():
        box = _BOX.match(element.get("class", ""))
        kind = box[1] if box else ""
        if element.tag == "input":
            state = "done" if "checked" in element.attrib else "not_done"
            element.set("aria-label", words.text(f"text.{state}"))
        elif kind == "footnote":
            for number, note in enumerate(element.iterfind("ol/li"), start=1):
                for link in note.iterfind(".//a[@class='footnote-backref']"):
                    link.set("title", words.text("text.to_footnote", number=number))
        elif f"text.{kind}" in words:
            # The libraries make a title of the kind if none is written.
            for title in (found for path in _TITLES for found in element.iterfind(path)):
                if title.text == kind.capitalize():
                    title.text = words.text(f"text.{kind}")


def _name_heading(heading: Element, words: Words) -> None:
    for sign in heading.findall("a"):
        if sign.get("class") == _SIGN:
            sign.text = None
            name = text_of(heading)
            sign.set("aria-label", words.text("links.link_name", heading=name))
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


def text_of(element: Element) -> str:
    """Return the text of an element, without its link sign, and what formulas are called."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: Element) -> Iterator[str]:
    yield element.get("alt", "") if element.tag == "img" else element.text or ""
    for part in element:
        if part.tag == "math":
            yield part.get("alttext", "")
        elif part.get("class") != _SIGN:
            yield from _texts(part)
        yield part.tail or ""
