"""Python-Markdown extension: puts in what our reader reads, and keeps content from becoming code.

Raw HTML is text, only harmless attributes are kept, ids stay with headings, and addresses are http,
https, mailto or relative. Both engines name it in `mkdocs.yml`; without it they stop, so a site is
never built unprotected.

It also says which way a block runs where that is not the way of what is around it.
"""

from __future__ import annotations

import re
from string import punctuation
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import SubElement

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor

from qna.markdown import urls
from qna.markdown.bidi import direction, has_right_to_left
from qna.markdown.filling import Filler, Taker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from markdown import Markdown

_unescaped = UnescapeTreeprocessor().unescape
_ADDRESSES = frozenset({"href", "src"})
_KEPT = frozenset({"align", "alt", "class", "dir", "lang", "open", "start", "title"})
"""What Markdown makes, or a page written by hand may need; other attributes are dropped."""
_CHECKBOX = frozenset({"aria-label", "checked", "disabled", "type"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KEEPS_ID = re.compile(r"fn(?:ref)?\d*:")
_TERM = "term-"
_BLOCKS = frozenset("h1 h2 h3 h4 h5 h6 p ul ol li dl dt dd table th td blockquote".split())
"""What may run another way than what is around it."""
_STAND_IN = re.compile("\x02[^\x03]*\x03")
"""What Python-Markdown puts in the place of code blocks and escaped characters for a while."""


class SafeMarkdown(Extension):
    """Turns off raw HTML and cleans what is left."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Change a Markdown instance; called by Python-Markdown."""
        md.preprocessors.deregister("html_block", strict=False)
        md.inlinePatterns.deregister("html", strict=False)
        taker = Taker(md)
        # Before whitespace, also that of code, is normalized, at 30.
        md.preprocessors.register(taker, "qna_take", 31)
        # After inline patterns, at 20, and attr_list, at 8, which would read it once more.
        md.treeprocessors.register(Filler(taker), "qna_fill", 7.5)
        md.ESCAPED_CHARS = [*dict.fromkeys([*md.ESCAPED_CHARS, *punctuation])]
        # attr_list, at 8, must have set its attributes before they are cleaned.
        md.treeprocessors.register(_Cleaner(md), "qna_clean", 7)
        md.treeprocessors.register(_Directions(md), "qna_directions", 6)
        # The table of contents, at 5, would show the anchors in its entries.
        md.treeprocessors.register(_Aliases(md), "qna_aliases", 4)


class _Cleaner(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in _written(root):
            _clean(element)


class _Aliases(Treeprocessor):
    """Gives a heading with the attribute `aliases` an anchor for each old id."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in reversed(element.attrib.pop("aliases", "").split()):
                anchor = SubElement(element, "span", {"id": name, "class": "alias"})
                element.remove(anchor)
                anchor.tail, element.text = element.text, None
                element.insert(0, anchor)


class _Directions(Treeprocessor):
    """Says of blocks that run another way than what is around them which way that is."""

    def run(self, root: Element) -> None:
        if has_right_to_left("".join(root.itertext())):
            _direct(root, "ltr")


def _direct(element: Element, around: str) -> None:
    own = around
    if element.tag in _BLOCKS:
        own = direction(_STAND_IN.sub("", "".join(_prose(element)))) or around
        if own != around:
            element.set("dir", own)
    for inner in element:
        _direct(inner, own)


def _prose(element: Element) -> Iterator[str]:
    """Yield the text of an element without its code, which runs from left to right anyway."""
    yield element.text or ""
    for inner in element:
        if inner.tag not in {"code", "math"}:
            yield from _prose(inner)
        yield inner.tail or ""


def _written(element: Element) -> Iterator[Element]:
    """Yield the elements within one but for those of formulas, which no author writes."""
    for inner in element:
        if inner.tag != "math":
            yield inner
            yield from _written(inner)


def _clean(element: Element) -> None:
    for name, value in element.attrib.items():
        # The library puts escaped characters in last, after all that could judge them.
        element.set(name, _unescaped(str(value)))
    for image in element.findall("img"):
        if urls.is_foreign(_unescaped(image.get("src", ""))):
            _link_instead(image, inside_link=element.tag == "a")
    for name, value in list(element.attrib.items()):
        if not _may_stay(str(element.tag), name.lower(), str(value)):
            del element.attrib[name]
    if element.tag == "a" and "href" not in element.attrib:
        element.tag = "span"  # MkDocs takes it for granted that a link leads somewhere


def _link_instead(image: Element, *, inside_link: bool) -> None:
    """Turn an image of another host into a link: no page loads anything from elsewhere."""
    attributes = {name: image.attrib.pop(name) for name in ("src", "alt") if name in image.attrib}
    image.tag, image.text = "span", attributes.get("alt") or attributes["src"]
    if not inside_link:
        image.tag = "a"
        image.set("href", attributes["src"])


def _may_stay(tag: str, name: str, value: str) -> bool:
    if name == "aliases":
        return tag in _HEADINGS
    if name == "id":
        return tag in _HEADINGS or bool(_KEEPS_ID.match(value)) or value.startswith(_TERM)
    if tag == "input":
        return name in _CHECKBOX
    return name in _KEPT or (name in _ADDRESSES and urls.is_safe(value))


def makeExtension(**options: Any) -> SafeMarkdown:  # noqa: N802, ANN401 - the library's interface
    """Return the extension; called by Python-Markdown."""
    return SafeMarkdown(**options)
