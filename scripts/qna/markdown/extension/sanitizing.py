"""Cleaning: only harmless attributes stay, and no page loads anything from another host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown.treeprocessors import UnescapeTreeprocessor

from qna.markdown import url_safety

_unescaped = UnescapeTreeprocessor().unescape
_ADDRESSES = frozenset({"href", "src"})
_KEPT = frozenset({"align", "alt", "class", "data-steps", "dir", "lang", "open", "start", "title"})
"""What Markdown makes, or a page written by hand may need; other attributes are dropped."""
_CHECKBOX = frozenset({"aria-label", "checked", "disabled", "type"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KEEPS_ID = re.compile(r"fn(?:ref)?\d*:")
_KEPT_IDS = ("term-", "path:", "source-", "files-")
"""Starts of other ids that stay: of glossary terms, places on learning paths, sources, files."""
_CHECKED = frozenset({"math", "svg"})
"""Elements whose content no author writes, or the splitter has checked."""


def sanitize(root: Element) -> None:
    """Clean the elements of a page."""
    for element in _written(root):
        _clean(element)


def _written(element: Element) -> Iterator[Element]:
    """Yield the elements within one, but not those of formulas and of figures."""
    for inner in element:
        if inner.tag not in _CHECKED:
            yield inner
            yield from _written(inner)


def _clean(element: Element) -> None:
    for name, value in element.attrib.items():
        # The library puts escaped characters in last, after all that could judge them.
        element.set(name, _unescaped(str(value)))
    for image in element.findall("img"):
        if url_safety.is_foreign(_unescaped(image.get("src", ""))):
            _link_instead(image, inside_link=element.tag == "a")
    for name, value in list(element.attrib.items()):
        if not _may_stay(str(element.tag), name.lower(), str(value)):
            del element.attrib[name]
    if element.tag == "a" and "href" not in element.attrib:
        element.tag = "span"  # MkDocs takes it for granted that a link leads somewhere
        element.attrib.pop("title", None)


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
        return tag in _HEADINGS or bool(_KEEPS_ID.match(value)) or value.startswith(_KEPT_IDS)
    if tag == "input":
        return name in _CHECKBOX
    if name == "aria-label":
        return tag == "a"
    return name in _KEPT or (name in _ADDRESSES and url_safety.is_safe(value))
