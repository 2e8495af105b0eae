"""Atom feeds (RFC 4287) of what was added and changed: one of the site, one of each topic.

They are added after the build, because they need the site's address. Each revision of a question is
an entry with a separate id, so feed readers show it as unread. A question whose date is not
recorded is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote, urljoin
from xml.etree.ElementTree import Element, SubElement, tostring

from qna.data import manifest
from qna.data.derived import Derived, by_topic
from qna.markdown import parser, plain_text, rendering
from qna.markdown.link_targets import id_of, page_of
from qna.markdown.url_safety import is_foreign
from qna.model import without_brackets
from qna.words import Words

FILE_NAME = "feed.xml"
ENTRIES = 50
"""Most entries of a feed: the newest."""

_ATOM = "http://www.w3.org/2005/Atom"
_TYPE = "application/atom+xml"
_NEVER = date(1970, 1, 1)
"""The date of a feed without entries, which must have one."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ADDRESSES = ("href", "src")

_Item = Mapping[str, Any]
"""A question or topic in `questions.json`."""


def feeds(data: Mapping[str, Any], address: str, words: Words) -> Iterator[Derived]:
    """Yield the feeds of what is in `questions.json`, for the site's address.

    Old ids of topics have feeds, too.
    """
    news = sorted(filter(_date, data["questions"]), key=_date, reverse=True)
    topics = {item["id"]: plain_text.inline(item["title"]) for item in data["topics"]}
    site, own = _Site(address, data["title"], topics, words), by_topic(news)
    yield _feed(site, data["title"], "", news, [FILE_NAME])
    for topic in data["topics"]:
        names = (manifest.topic_url(name) for name in (topic["id"], *topic["formerly"]))
        title, listed = f"{topics[topic['id']]} - {data['title']}", own.get(topic["id"], [])
        yield _feed(site, title, topic["url"], listed, [f"{name}{FILE_NAME}" for name in names])


def _feed(
    site: _Site, title: str, url: str, items: Sequence[_Item], paths: Iterable[str]
) -> Derived:
    listed = items[:ENTRIES]
    return Derived(
        tuple(paths), site.depends_on(title, url, listed), lambda: site.feed(title, url, listed)
    )


def _date(item: _Item) -> str:
    """Return the date of a question's texts; empty if it is unknown."""
    return str(item.get("changed") or item.get("added") or "")


class _Site:
    """Writes the feeds of one site."""

    def __init__(self, address: str, title: str, topics: Mapping[str, str], words: Words) -> None:
        self._address, self._title, self._words = address, title, words
        self._topics = topics
        """Id of each topic to its title: plain text."""

    def depends_on(self, title: str, url: str, items: Sequence[_Item]) -> object:
        """Return all that a feed is made of."""
        labels = [self._topics[item["topic"]] for item in items]
        return [self._address, self._title, title, url, items, labels]

    def feed(self, title: str, url: str, items: Sequence[_Item]) -> str:
        """Return a feed of some questions, newest first; it belongs to the page with this `url`."""
        root = Element("feed", {"xmlns": _ATOM, "xml:lang": self._words.language})
        page = self._absolute(url)
        own = f"{page}{FILE_NAME}"
        _add(root, "id", own)
        _add(root, "title", title)
        _add(root, "updated", _time(_date(items[0]) if items else _NEVER.isoformat()))
        _add(SubElement(root, "author"), "name", self._title)
        SubElement(root, "link", {"rel": "self", "type": _TYPE, "href": own})
        SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": page})
        root.extend(self._entry(item) for item in items)
        text = tostring(root, encoding="utf-8", xml_declaration=True).decode()
        return _NOT_XML.sub("", text) + "\n"

    def _entry(self, item: _Item) -> Element:
        entry, page, topic = Element("entry"), self._absolute(item["url"]), item["topic"]
        what = [*_changes(item)]
        label = ", ".join(self._words.text(f"feeds.{kind}") for kind in what)
        _add(entry, "id", f"{page}#revision-{item['revision']}")
        _add(entry, "title", f"{label}: {plain_text.inline(item['question'])}")
        _add(entry, "updated", _time(_date(item)))
        if "added" in item:
            _add(entry, "published", _time(item["added"]))
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": page})
        SubElement(entry, "category", {"term": topic, "label": self._topics[topic]})
        _add(entry, "content", self._content(item, what), {"type": "html"})
        return entry

    def _content(self, item: _Item, what: Iterable[str]) -> str:
        """Return HTML: the question, its answer, and what happened to them."""
        question = rendering.inline(parser.parse_inline(item["question"]))
        question.tag = "h1"
        links = item["links"].items()
        anchors = {id_of(key): self._absolute(url) for key, url in links if key[0] == "#"}
        context = rendering.Context(item["id"], anchors)
        answer = rendering.elements(parser.parse(without_brackets(item["answer"])), context)
        day = self._words.date(date.fromisoformat(_date(item)))
        told = Element("p")
        told.text = ". ".join(self._words.text(f"history.{kind}", date=day) for kind in what) + "."
        mark = Element("p")
        mark.text = item.get("note", {}).get("mark")
        blocks = [question, *([mark] if mark.text else []), *answer, told]
        for element in (found for block in blocks for found in block.iter()):
            self._lead_back(element, item)
        return "".join(tostring(block, encoding="unicode", method="html") for block in blocks)

    def _lead_back(self, element: Element, item: _Item) -> None:
        """Make the addresses in an answer absolute: they are relative to the question's file."""
        for name in _ADDRESSES:
            url = element.get(name)
            if url and url.startswith("#"):
                element.set(name, self._absolute(item["url"]) + url)
            elif url and not is_foreign(url):
                element.set(name, page_of(urljoin(self._absolute("q/"), url)))

    def _absolute(self, url: str) -> str:
        return self._address + quote(url, safe="/#%")


def _changes(item: _Item) -> Iterator[str]:
    """Yield what happened to a question on the date of its texts."""
    found = [part for part, day in item.get("changes", {}).items() if day == _date(item)]
    yield from found or ["added"]


def _time(day: str) -> str:
    return f"{day}T00:00:00Z"


def _add(
    parent: Element, name: str, text: str, attributes: Mapping[str, str] | None = None
) -> None:
    SubElement(parent, name, dict(attributes or {})).text = text
