"""A PDF for reading and printing, typeset with Typst: contents, bookmarks, links, an index.

Typst gets the book as data, so nothing in it can become code. It is tagged for screen readers, as
PDF/UA-1 asks for: Typst refuses to write one that is not.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal
from xml.etree.ElementTree import Element, tostring

import typst
from PIL import Image

from qna.downloads import LackingFontsWarning, UnreadableError, book_fonts, plain_figures
from qna.downloads import book as books
from qna.downloads.book import Book, Chapter, Entry, NoteSection
from qna.downloads.book_fonts import Fonts
from qna.markdown import plain_text
from qna.model import Topic
from qna.site import Site

TEMPLATE = Path(__file__).with_name("book.typ")


@dataclass(frozen=True, slots=True)
class Paper:
    """What a book is set for; all lengths are in millimeters."""

    width: int
    height: int
    margin: int
    numbered: bool = True
    """Whether pages have numbers and headers."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The data of a book, and the fonts that have its characters."""

    data: Mapping[str, Any]
    fonts: Fonts


PAPER = Paper(176, 250, 19)
"""B5, the size of textbooks: it is printed on A4 and Letter, and read on a tablet."""
E_READER = Paper(122, 163, 10, numbered=False)
"""The screen of an e-reader."""
MONO = ("DejaVu Sans Mono",)
"""Families for code; Typst has them inside."""
_NAMES = frozenset(
    "address alt alttext anchor colors explained_by href id language mentioned_by region "
    "url".split()
)
"""Keys of values that readers do not see."""
_UNDATED = date(2001, 1, 1)
"""The day of a book whose texts are recorded without one."""
_FIRST = 2
"""Number of the first page of a topic, after the title and the contents."""
_PPI = 100
"""Pixels per inch of a picture."""
_COLORS = 64
"""Colors in a picture; enough for antialiased letters."""
_REGION = 2
"""Letters of the region in a language, such as `AT`; Typst knows no other ones."""
_PARTS = {
    "contents": "books.contents",
    "index": "books.index",
    "sources": "notes.sources",
    "related": "answers.related",
}


def book(site: Site, address: str, topic: Topic | None = None) -> bytes:
    """Return a book of a site, or of one of its topics, as a PDF.

    Warns of letters that no font has. Raises UnreadableError if these are too many.
    """
    made = books.book(site, address, topic)
    pdf = _typeset(_data(site, made, PAPER), "pdf", made.updated or _UNDATED)
    assert isinstance(pdf, bytes)
    return pdf


def picture(site: Site, paper: Paper | None = None) -> bytes:
    """Return a PNG of the first page of the first topic, as a book shows it on some paper."""
    made = books.book(site, "", site.document.topics[0])
    pages = _typeset(_data(site, made, paper or PAPER), "png", _UNDATED)
    assert isinstance(pages, list)
    file = BytesIO()
    page = Image.open(BytesIO(pages[_FIRST])).convert("RGB")
    page.quantize(_COLORS, dither=Image.Dither.NONE).save(file, "PNG", compress_level=9)
    return file.getvalue()


def _data(site: Site, made: Book, paper: Paper) -> Drawn:
    """Return the data of a book with what the fonts have, and its fonts."""
    data = _book(made, plain_text.inline(site.document.title))
    text = "".join(_texts(data))
    fonts = book_fonts.chosen(text)
    if not fonts.legible(text):
        raise UnreadableError(book_fonts.advice(fonts.missing))
    if fonts.missing:
        warnings.warn(LackingFontsWarning(fonts.missing), stacklevel=2)
    drawn = _mapped(data, fonts.drawable)
    return Drawn(drawn | {"fonts": fonts.families, "mono": MONO, "paper": asdict(paper)}, fonts)


def _texts(data: object, key: str = "") -> Iterator[str]:
    """Yield the texts in data that readers see."""
    if isinstance(data, str) and key not in _NAMES:
        yield data
    elif isinstance(data, Mapping):
        for name, value in data.items():
            yield from _texts(value, name)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value, key)


def _mapped(
    data: Any,  # noqa: ANN401 - what JSON can hold
    change: Callable[[str], str],
    key: str = "",
) -> Any:  # noqa: ANN401
    """Return data with each text that readers see changed."""
    if isinstance(data, str) and key not in _NAMES:
        return change(data)
    if isinstance(data, Mapping):
        return {name: _mapped(value, change, name) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_mapped(value, change, key) for value in data]
    return data


def _typeset(drawn: Drawn, form: Literal["pdf", "png"], day: date) -> bytes | list[bytes] | None:
    with TemporaryDirectory() as folder:
        drawn.fonts.write(Path(folder))
        compiler = typst.Compiler(
            TEMPLATE,
            TEMPLATE.parent,
            font_paths=[Path(folder)],
            ignore_system_fonts=True,
            sys_inputs={"book": json.dumps(drawn.data)},
        )
        try:
            return compiler.compile(
                format=form,
                ppi=_PPI,
                pdf_standards=["ua-1"] if form == "pdf" else [],
                timestamp=datetime.combine(day, time(), UTC),
            )
        except typst.TypstError as error:
            raise UnreadableError(f"Typst cannot set it: {error.message}") from error


def _book(made: Book, site_title: str) -> dict[str, Any]:
    words, day = made.words, made.updated
    language, _, region = words.language.partition("-")
    return {
        "title": made.title,
        "part-of": made.part_of,
        "author": site_title,
        "counts": made.counts,
        "edition": made.edition,
        "address": made.address,
        "language": language.lower(),
        "region": region.lower() if len(region) == _REGION else None,
        "date": [day.year, day.month, day.day] if day else None,
        "colors": plain_figures.site_palette().colors,
        "words": {name: words.text(key) for name, key in _PARTS.items()},
        "introduction": _nodes(made.introduction),
        "chapters": [_chapter(part) for part in made.chapters],
        "index": [
            {"initial": initial, "terms": [asdict(term) for term in terms]}
            for initial, terms in made.index
        ],
    }


def _chapter(part: Chapter) -> dict[str, Any]:
    return {
        "anchor": part.anchor,
        "number": part.number,
        "title": _inside(part.title),
        "plain-title": part.plain_title,
        "summary": part.summary,
        "introduction": _nodes(part.introduction),
        "entries": [_entry(entry) for entry in part.entries],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "anchor": entry.anchor,
        "title": _inside(entry.title),
        "label": entry.label,
        "mark": entry.mark,
        "answer": _nodes(entry.answer),
        "note": _note(entry.note) if entry.note else None,
        "related": [{"anchor": anchor, "title": title} for anchor, title in entry.related],
    }


def _note(note: NoteSection) -> dict[str, Any]:
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
    return [element.tag, dict(element.attrib), _inside(element)]


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
