"""The rules of RFC 4287 for Atom feeds, and what a feed reader takes from one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import html5lib

ATOM = "{http://www.w3.org/2005/Atom}"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_ONCE = {"feed": ("id", "title", "updated"), "entry": ("id", "title", "updated")}
"""Elements that there are exactly one of; section 4.1."""
_AT_MOST_ONCE = {
    "feed": ("generator", "icon", "logo", "rights", "subtitle"),
    "entry": ("content", "published", "rights", "source", "summary"),
}
_KNOWN = {
    *(
        "author",
        "category",
        "content",
        "contributor",
        "entry",
        "feed",
        "generator",
        "icon",
        "id",
        "link",
    ),
    *("logo", "name", "published", "rights", "source", "subtitle", "summary", "title", "updated"),
}


@dataclass(frozen=True)
class Entry:
    """An entry as a feed reader sees it."""

    id: str
    title: str
    updated: str
    published: str
    url: str
    topic: str
    content: str
    """HTML."""


@dataclass(frozen=True)
class Feed:
    """A feed as a feed reader sees it."""

    id: str
    title: str
    updated: str
    language: str
    own: str
    """Its own address."""
    page: str
    """Address of the page it belongs to."""
    entries: tuple[Entry, ...]


def read(text: str) -> Feed:
    """Return what a feed says; fail if it breaks a rule."""
    root = ET.fromstring(text)  # noqa: S314 - written by this project
    faults = [*_faults(root)]
    assert not faults, faults
    entries = tuple(_entry(entry) for entry in root.findall(f"{ATOM}entry"))
    language = root.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    own, page = (_link(root, rel) for rel in ("self", "alternate"))
    return Feed(*_texts(root), language, own, page, entries)


def _entry(entry: ET.Element) -> Entry:
    published = entry.findtext(f"{ATOM}published", "")
    category, content = entry.find(f"{ATOM}category"), entry.findtext(f"{ATOM}content", "")
    topic = "" if category is None else category.attrib["term"]
    return Entry(*_texts(entry), published, _link(entry, "alternate"), topic, content)


def _texts(element: ET.Element) -> Iterator[str]:
    return (element.findtext(f"{ATOM}{name}", "") for name in ("id", "title", "updated"))


def _link(element: ET.Element, rel: str) -> str:
    [link] = [item for item in element.findall(f"{ATOM}link") if item.get("rel") == rel]
    return link.attrib["href"]


def _faults(root: ET.Element) -> Iterator[str]:
    """Yield the rules that a feed breaks."""
    if root.tag != f"{ATOM}feed":
        yield f"the root is {root.tag}"
    for element in root.iter():
        name = element.tag.removeprefix(ATOM)
        if name not in _KNOWN:
            yield f"{element.tag} is unknown"
        yield from _wrong_numbers(element, name)
        yield from _wrong_values(element, name)
    entries = root.findall(f"{ATOM}entry")
    if not root.findall(f"{ATOM}author") and not all(e.findall(f"{ATOM}author") for e in entries):
        yield "there is no author"
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    if len(ids) != len(set(ids)):
        yield "two entries have the same id"
    if len([link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]) != 1:
        yield "the feed does not link to itself"
    for entry in entries:
        if not [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]:
            yield "an entry links to no page"


def _wrong_numbers(element: ET.Element, name: str) -> Iterator[str]:
    for child in _ONCE.get(name, ()):
        if len(element.findall(f"{ATOM}{child}")) != 1:
            yield f"{name} has not exactly one {child}"
    for child in _AT_MOST_ONCE.get(name, ()):
        if len(element.findall(f"{ATOM}{child}")) > 1:
            yield f"{name} has more than one {child}"


def _wrong_values(element: ET.Element, name: str) -> Iterator[str]:
    text = element.text or ""
    if name in {"updated", "published"}:
        if not _TIME.fullmatch(text):
            yield f"{text} is no time"
        datetime.fromisoformat(text)
    if name == "id" and not _is_absolute(text):
        yield f"the id {text} is not absolute"
    if name == "link" and not _is_absolute(element.get("href", "")):
        yield f"the link {element.get('href')} is not absolute"
    if name in {"title", "name"} and not text.strip():
        yield f"an empty {name}"
    if name == "category" and not element.get("term"):
        yield "a category without a term"
    if name == "content":
        if element.get("type") != "html" or len(element):
            yield "content that is not HTML"
        yield from _relative(text)


def _relative(text: str) -> Iterator[str]:
    """Yield the relative addresses in HTML, which mean nothing in a feed reader."""
    for element in html5lib.parseFragment(text, namespaceHTMLElements=False).iter():
        for name in ("href", "src"):
            if not _is_absolute(element.get(name, "https://example.org/")):
                yield f"the address {element.get(name)} is relative"


def _is_absolute(url: str) -> bool:
    parts = urlsplit(url)
    return url.isascii() and bool(parts.scheme) and bool(parts.netloc or parts.scheme == "mailto")
