"""A PDF for reading and printing, typeset with Typst: contents, bookmarks, links, an index.

Typesetting takes long, so each chapter is typeset on its own and kept; then the parts are joined.
The chapters come first, since the contents and the index need the numbers of their pages. These
numbers are a part that is laid over the others, so that a chapter that gets longer leaves those
behind it as they are.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from warnings import warn
from xml.etree.ElementTree import Element, tostring

from qna.appearance.look import Look
from qna.downloads import (
    LackingFontsWarning,
    UnreadableError,
    book_fonts,
    pdf_parts,
    plain_figures,
    typesetting,
)
from qna.downloads.book import (
    Book,
    Entry,
    IndexEntry,
    NoteSection,
    question_anchor,
    topic_anchor,
)
from qna.downloads.inputs import Texts
from qna.downloads.kept import Keep
from qna.downloads.pdf_parts import Part
from qna.downloads.typesetting import E_READER, PAPER, Paper
from qna.markdown import plain_text
from qna.model import Topic
from qna.site import Site

_UNDATED = date(2001, 1, 1)
"""The day of a book whose texts are recorded without one."""
_REGION = 2
"""Letters of the region in a language, such as `AT`; Typst knows no other ones."""
_WORDS = {
    "contents": "books.contents",
    "index": "books.index",
    "sources": "notes.sources",
    "related": "answers.related",
}
_ON_A_PAGE = {PAPER: 2, E_READER: 1}
"""Questions that a picture of a page shows at most."""

Data = dict[str, Any]


def book(
    site: Site,
    address: str,
    topic: Topic | None = None,
    keep: Keep | None = None,
    look: Look | None = None,
) -> bytes:
    """Return a book of a site, or of one of its topics, as a PDF.

    Warns of letters that no font has. Raises UnreadableError if these are too many.
    """
    made = Book(site, address, topic, look)
    making = _Parts(made, keep or Keep(Texts(site, address)))
    parts = making.parts()
    missing = "".join(sorted({*"".join(part.missing for part in parts)}))
    boxes, letters = (sum(counts) for counts in zip(*(part.counts for part in parts), strict=True))
    _check(boxes, letters, missing)
    if missing:
        warn(LackingFontsWarning(missing), stacklevel=2)
    return pdf_parts.joined(parts, making.numbers(sum(part.pages for part in parts[1:])))


def picture(
    site: Site,
    keep: Keep | None = None,
    paper: Paper = PAPER,
    look: Look | None = None,
) -> bytes:
    """Return a PNG of the first page of the first topic, as a book shows it on some paper."""
    topic, keep = site.document.topics[0], keep or Keep(Texts(site, ""))
    made = Book(site, "", topic, look)
    shown = [keep.texts.of_questions[item.id] for item in topic.questions[: _ON_A_PAGE[paper]]]

    def drawn() -> bytes:
        data = _common(made) | _chapter(made, topic, most=_ON_A_PAGE[paper])
        part = typesetting.drawn(data, paper, keep)
        _check(part.boxes, part.letters, part.fonts.missing)
        return typesetting.picture(part, _UNDATED)

    return keep.of_bytes(json.dumps([asdict(paper), topic.introduction, shown]), drawn)


def _check(boxes: int, letters: int, missing: str) -> None:
    if not book_fonts.legible(boxes, letters):
        raise UnreadableError(book_fonts.advice(missing))


class _Parts:
    """Makes the parts of a book, or takes those that were kept."""

    def __init__(self, made: Book, keep: Keep) -> None:
        self._book, self._keep, self._pages = made, keep, dict[str, int]()

    def parts(self) -> list[Part]:
        """Return all parts in order: title and contents, chapters, index."""
        chapters, first = [], 1
        for topic in self._book.topics:
            part = self._chapter(topic)
            self._pages |= {anchor: first + page for anchor, page in part.places.items()}
            first += part.pages
            chapters.append(part)
        index = [self._small(_index(self._book, self._pages))] if self._book.index else []
        self._pages |= {"index": first}
        return [self._small(_front(self._book, self._pages)), *chapters, *index]

    def numbers(self, pages: int) -> Part:
        """Return pages that have nothing but their numbers, from 1."""
        return self._small({"part": "numbers", "pages": pages})

    def _chapter(self, topic: Topic) -> Part:
        made = self._book
        others = [made.numbers.get(anchor) for anchor in made.related_to(topic)]
        key = [self._keep.texts.of(topic), others, made.is_whole, len(made.topics)]
        return self._made(json.dumps(key), topic.id, lambda: _chapter(made, topic))

    def _small(self, data: Data) -> Part:
        return self._made(json.dumps([data, _common(self._book)]), data["part"], lambda: data)

    def _made(self, key: str, name: str, data: Callable[[], Data]) -> Part:
        """Return the part with a key; links to other parts need the titles of these places."""
        kept = self._keep.of_text(key, lambda: _dumped(self._typeset(name, data())))
        return _loaded(json.loads(kept))

    def _typeset(self, name: str, data: Data) -> Part:
        part = typesetting.drawn(_common(self._book) | data, keep=self._keep)
        # The other parts must not change with the day: theirs is not shown.
        day = self._book.updated if name == "front" else None
        made = typesetting.pdf(part, day or _UNDATED)
        topics = self._book.topics
        titles = {topic_anchor(topic.id): plain_text.inline(topic.title) for topic in topics}
        titles |= self._book.titles
        counts = (part.boxes, part.letters)
        return pdf_parts.part(made, f"{name}.", titles, part.fonts.missing, counts)


def _dumped(part: Part) -> str:
    data = b64encode(part.data).decode()
    return json.dumps([data, part.pages, part.places, part.missing, part.counts])


def _loaded(kept: Sequence[Any]) -> Part:
    data, pages, places, missing, (boxes, letters) = kept
    return Part(b64decode(data), pages, places, missing, (boxes, letters))


# The parts as data


def _common(made: Book) -> Data:
    words = made.words
    language, _, region = words.language.partition("-")
    return {
        "title": made.title,
        "author": made.part_of or made.title,
        "language": language.lower(),
        "region": region.lower() if len(region) == _REGION else None,
        "colors": made.palette.colors,
        "words": {name: words.text(key) for name, key in _WORDS.items()},
    }


def _front(made: Book, pages: Mapping[str, int]) -> Data:
    day = made.updated
    listed = [_listed(made, topic, pages) for topic in made.topics]
    index = {"anchor": "index", "number": "", "title": [made.words.text("books.index")]}
    ended = [index | {"page": pages["index"], "entries": []}] if made.index else []
    return {
        "part": "front",
        "counts": made.counts,
        "date": [day.year, day.month, day.day] if day else None,
        "part-of": made.part_of,
        "edition": made.edition,
        "address": made.address,
        "introduction": _nodes(made.introduction),
        "contents": [*listed, *ended],
    }


def _listed(made: Book, topic: Topic, pages: Mapping[str, int]) -> Data:
    def line(anchor: str, number: str, title: str) -> Data:
        shown = _inside(made.line(title))
        name = pdf_parts.name_of(anchor)
        return {"anchor": name, "number": number, "title": shown, "page": pages[anchor]}

    entries = [
        line(question_anchor(item.id), made.numbers[question_anchor(item.id)], item.text)
        for item in topic.questions
    ]
    number = str(made.number(topic)) if made.is_whole else ""
    return line(topic_anchor(topic.id), number, topic.title) | {"entries": entries}


def _chapter(made: Book, topic: Topic, most: int | None = None) -> Data:
    part = made.chapter(topic, most)
    return {
        "part": "chapter",
        "anchor": pdf_parts.name_of(part.anchor),
        "number": str(part.number) if len(made.topics) > 1 else "",
        "heading": _inside(part.title),
        "plain-title": part.plain_title,
        "summary": part.summary,
        "introduction": _nodes(part.introduction),
        "entries": [_entry(entry, made.numbers) for entry in part.entries],
    }


def _index(made: Book, pages: Mapping[str, int]) -> Data:
    groups = [
        {"initial": initial, "terms": [_term(term, pages) for term in terms]}
        for initial, terms in made.index
    ]
    return {"part": "index", "groups": groups}


def _term(term: IndexEntry, pages: Mapping[str, int]) -> Data:
    """Return a term with its pages, each once, and whether the term is explained there."""
    found: dict[int, tuple[str, bool]] = {}
    for anchors, bold in ((term.explained_by, True), (term.mentioned_by, False)):
        for anchor in anchors:
            found.setdefault(pages[anchor], (anchor, bold))
    places = [
        {"page": page, "anchor": pdf_parts.name_of(anchor), "bold": bold}
        for page, (anchor, bold) in found.items()
    ]
    texts = {"name": term.name, "expansion": term.expansion, "meaning": term.meaning}
    return {**texts, "places": places}


def _entry(entry: Entry, numbers: Mapping[str, str]) -> Data:
    return {
        "anchor": pdf_parts.name_of(entry.anchor),
        "number": numbers[entry.anchor],
        "title": _inside(entry.title),
        "label": entry.label,
        "mark": entry.mark,
        "answer": _nodes(entry.answer),
        "note": _note(entry.note) if entry.note else None,
        "related": [
            {"anchor": pdf_parts.name_of(anchor), "title": title, "number": numbers[anchor]}
            for anchor, title in entry.related
        ],
    }


def _note(note: NoteSection) -> Data:
    return {
        "title": note.title,
        "facts": note.facts,
        "passages": note.passages,
        "blocks": _nodes(note.blocks),
        "sources": [asdict(source) for source in note.sources],
    }


def _nodes(elements: Iterable[Element]) -> list[object]:
    return [_node(element) for element in elements]


def _node(element: Element) -> list[object]:
    """Return an element as data: its tag, its attributes, its children."""
    if element.tag == "svg":
        return ["svg", _picture(element), []]
    attributes = dict(element.attrib)
    if (url := attributes.get("href", "")).startswith(pdf_parts.PLACES):
        attributes["href"] = pdf_parts.address_of(url[1:])
    return [element.tag, attributes, _inside(element)]


def _inside(element: Element) -> list[object]:
    found: list[object] = [element.text] if element.text else []
    for child in element:
        found.append(_node(child))
        if child.tail:
            found.append(child.tail)
    return found


def _picture(svg: Element) -> dict[str, object]:
    size = svg.get("viewBox", "0 0 340 200").split()
    return {"source": _source(svg), "alt": plain_figures.described(svg), "width": float(size[2])}


def _source(svg: Element) -> str:
    attributes = {**svg.attrib, "xmlns": "http://www.w3.org/2000/svg"}
    copy = Element("svg", attributes)
    copy.extend(svg)
    return tostring(copy, encoding="unicode")
