"""An EPUB for e-readers: EPUB 3 with formulas as MathML and figures as SVG.

https://www.w3.org/TR/epub-33/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from babel import Locale, UnknownLocaleError

from qna.appearance.look import Look
from qna.downloads import site_slug, styles
from qna.downloads.book import (
    Book,
    Entry,
    IndexEntry,
    NoteSection,
    Source,
    anchors,
    question_anchor,
)
from qna.downloads.inputs import Texts
from qna.downloads.kept import Keep
from qna.markdown import plain_text
from qna.model import Topic
from qna.site import Site

STYLES = Path(__file__).with_name("epub.css").read_text(encoding="utf-8")
"""Has names of colors."""

_FOLDER = "EPUB"
_TYPE = "application/epub+zip"
_XHTML = "application/xhtml+xml"
_UNDATED = date(2001, 1, 1)
"""The day of a book whose texts are recorded without one."""
_ZIPPED = (1980, 1, 1, 0, 0, 0)
_NAMESPACES = {
    "html": "http://www.w3.org/1999/xhtml",
    "math": "http://www.w3.org/1998/Math/MathML",
    "svg": "http://www.w3.org/2000/svg",
}
_EPUB = "http://www.idpf.org/2007/ops"
_STYLED = frozenset({"math", "mstyle", "mtable"})
"""Elements of MathML 3 that may say in which style they are set."""
_ACCENTED = frozenset({"mo", "mover", "munder", "munderover"})
"""Elements that may be accents, or have them."""
_TEXT = frozenset({"strong", "em"})
"""Elements of HTML that are in the text of formulas."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTAINER = f"""\
<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="{_FOLDER}/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""
_ACCESSIBILITY = (
    ("accessMode", "textual"),
    ("accessMode", "visual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityFeature", "index"),
    ("accessibilityFeature", "MathML"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityHazard", "none"),
)
"""What readers who do not see may expect: https://www.w3.org/TR/epub-a11y-11/"""


def book(
    site: Site,
    address: str,
    topic: Topic | None = None,
    keep: Keep | None = None,
    look: Look | None = None,
) -> bytes:
    """Return a book of a site, or of one of its topics, as an EPUB."""
    look = look or styles.usual_look()
    made = Book(site, address, topic, look)
    name = f"{address or site_slug(site)}#{topic.id if topic else ''}"
    pages = _Writer(made, keep or Keep(Texts(site, address))).pages()
    files = {f"{page.name}.xhtml": page.text for page in pages}
    files["package.opf"] = _package(made, pages, f"urn:uuid:{uuid5(NAMESPACE_URL, name)}")
    files["book.css"] = styles.filled(STYLES, look)
    return _zipped(files)


@dataclass(frozen=True, slots=True)
class _Page:
    """A file of the book."""

    name: str
    """Of the file, without its ending."""
    title: str
    kind: str
    """What it is, in the words of EPUB."""
    text: str

    @property
    def properties(self) -> str:
        """Return what a reading system must know of it."""
        kinds = {"mathml": "<math", "svg": "<svg"}
        found = [kind for kind, tag in kinds.items() if tag in self.text]
        return " ".join([*(["nav"] if self.kind == "toc" else []), *found])


class _Writer:
    """Writes the pages of a book."""

    def __init__(self, made: Book, keep: Keep) -> None:
        self._book, self._keep = made, keep
        width = len(str(len(made.topics)))
        self._names = {
            topic.id: f"chapter-{number:0{width}}" for number, topic in enumerate(made.topics, 1)
        }
        self._homes = {
            anchor: self._names[topic.id] for topic in made.topics for anchor in anchors(topic)
        }

    def pages(self) -> list[_Page]:
        """Return all pages in the order in which they are read."""
        chapters = [self._kept_chapter(topic) for topic in self._book.topics]
        index = [self._index()] if self._book.index else []
        return [self._title_page(), self._contents([*chapters, *index]), *chapters, *index]

    def _page(self, name: str, title: str, kind: str, body: Sequence[Element]) -> _Page:
        for block in body:
            self._adapt(block)
        return _Page(name, title, kind, _xhtml(title, kind, body, self._book.words.language))

    def _kept_chapter(self, topic: Topic) -> _Page:
        key = json.dumps([self._keep.texts.of(topic), self._homes])
        text = self._keep.of_text(key, lambda: self._chapter(topic).text)
        return _Page(self._names[topic.id], plain_text.inline(topic.title), "chapter", text)

    def _title_page(self) -> _Page:
        made, title = self._book, _element("h1", self._book.title)
        body = [_element("p", made.part_of)] if made.part_of else []
        body += [title, _element("p", made.counts)]
        if made.edition:
            body.append(_element("p", made.edition, "facts"))
        if made.address:
            paragraph = Element("p")
            SubElement(paragraph, "a", {"href": made.address}).text = made.address
            body.append(paragraph)
        return self._page("title", made.title, "titlepage", (*body, *made.introduction))

    def _contents(self, pages: Iterable[_Page]) -> _Page:
        title = self._book.words.text("books.contents")
        nav = Element("nav", {"epub:type": "toc", "role": "doc-toc", "id": "toc"})
        nav.append(_element("h1", title))
        listed, topics = SubElement(nav, "ol"), iter(self._book.topics)
        for page in pages:
            item = SubElement(listed, "li")
            SubElement(item, "a", {"href": f"{page.name}.xhtml"}).text = page.title
            if page.kind == "chapter":
                questions = SubElement(item, "ol")
                for question in next(topics).questions:
                    asked = plain_text.inline(question.text)
                    questions.append(self._link(question_anchor(question.id), asked, "li"))
        return self._page("contents", title, "toc", (nav,))

    def _chapter(self, topic: Topic) -> _Page:
        part = self._book.chapter(topic)
        heading = Element("h1", {"id": part.anchor})
        if len(self._book.topics) > 1:
            number = SubElement(heading, "span", {"class": "number"})
            number.text, number.tail = str(part.number), " "
        _move(part.title, heading)
        entries = (block for entry in part.entries for block in self._entry(entry))
        summary = _element("p", part.summary, "facts")
        body = (heading, summary, *part.introduction, *entries)
        return self._page(self._names[topic.id], part.plain_title, "chapter", body)

    def _entry(self, entry: Entry) -> Iterator[Element]:
        heading = Element("h2", {"id": entry.anchor})
        _move(entry.title, heading)
        yield heading
        if entry.label:
            yield _element("p", entry.label, "label")
        if entry.mark:
            yield _element("p", entry.mark, "mark")
        yield from entry.answer
        if entry.note:
            yield self._note(entry.note)
        if entry.related:
            related = _element("p", f"{self._book.words.text('answers.related')}: ", "related")
            for anchor, title in entry.related:
                link = self._link(anchor, title, "span")[0]
                related.append(link)
                link.tail = ", "
            related[-1].tail = ""
            yield related

    def _note(self, note: NoteSection) -> Element:
        section = Element("section", {"class": "note"})
        section.append(_element("h3", note.title))
        if note.facts:
            section.append(_element("p", note.facts, "facts"))
        if note.passages:
            section.append(_element("p", note.passages, "passages"))
        section.extend(note.blocks)
        for heading in section.findall("h3")[1:]:
            heading.tag = "h4"
        if note.sources:
            section.append(_element("h4", self._book.words.text("notes.sources")))
            listed = SubElement(section, "ul", {"class": "sources"})
            listed.extend(_source(source) for source in note.sources)
        return section

    def _index(self) -> _Page:
        title = self._book.words.text("books.index")
        body = [_element("h1", title)]
        for initial, terms in self._book.index:
            body.append(_element("h2", initial))
            listed = Element("dl")
            for term in terms:
                listed.extend(self._term(term))
            body.append(listed)
        return self._page("index", title, "index", body)

    def _term(self, term: IndexEntry) -> tuple[Element, Element]:
        name, meaning = Element("dt", {"id": term.anchor}), Element("dd")
        name.text, meaning.text = term.name, f"{term.meaning} "
        if term.expansion:
            name.text += " "
            SubElement(name, "em").text = term.expansion
        for places, tag in ((term.explained_by, "strong"), (term.mentioned_by, "span")):
            for anchor in places:
                link = self._link(anchor, self._book.titles[anchor], tag)
                meaning.append(link)
                link.tail = "; "
        meaning[-1].tail = ""
        return name, meaning

    def _link(self, anchor: str, title: str, tag: str) -> Element:
        """Return an element that holds a link to a place in the book."""
        holder = Element(tag)
        SubElement(holder, "a", {"href": f"#{anchor}"}).text = title
        return holder

    def _adapt(self, block: Element) -> None:
        """Make the elements of a page those of a file of a book."""
        for formula in block.iter("math"):
            _adapt_formula(formula)
        for element in block.iter():
            if element.tag in _NAMESPACES:
                element.set("xmlns", _NAMESPACES[element.tag])
            if side := element.attrib.pop("align", ""):
                element.set("class", f"align-{side}")
            url = element.get("href", "")
            if home := self._homes.get(url[1:]) if url.startswith("#") else None:
                element.set("href", f"{home}.xhtml{url}")


def _adapt_formula(formula: Element) -> None:
    """Write a formula in MathML 3, which EPUBCheck knows: it has an element for styles."""
    for part in list(formula.iter()):
        part.attrib.pop("scriptlevel", None)
        if part.tag in _TEXT:
            part.set("xmlns", _NAMESPACES["html"])
        if part.tag not in _ACCENTED:
            for name in ("accent", "accentunder"):
                part.attrib.pop(name, None)
        if "displaystyle" in part.attrib and part.tag not in _STYLED:
            inner = Element(part.tag, {**part.attrib})
            style = inner.attrib.pop("displaystyle")
            inner.text, inner[:] = part.text, part[:]
            part.tag, part.text, part.attrib = "mstyle", None, {"displaystyle": style}
            part[:] = [inner]


def _source(source: Source) -> Element:
    item = Element("li", {"id": source.anchor})
    item.text = f"{source.authors}: "
    link = SubElement(item, "a", {"href": source.url})
    link.text, link.tail = source.title, f". {source.rest}."
    return item


def _element(tag: str, text: str, kind: str = "") -> Element:
    element = Element(tag, {"class": kind} if kind else {})
    element.text = text
    return element


def _move(line: Element, heading: Element) -> None:
    """Put running text at the end of a heading."""
    if len(heading):
        heading[-1].tail = (heading[-1].tail or "") + (line.text or "")
    else:
        heading.text = line.text
    heading.extend(line)


def _xhtml(title: str, kind: str, body: Iterable[Element], language: str) -> str:
    root = Element(
        "html",
        {
            "xmlns": _NAMESPACES["html"],
            "xmlns:epub": _EPUB,
            "lang": language,
            "xml:lang": language,
            "dir": _direction(language),
        },
    )
    head = SubElement(root, "head")
    SubElement(head, "title").text = title
    SubElement(head, "link", {"rel": "stylesheet", "type": "text/css", "href": "book.css"})
    inside = SubElement(root, "body", {"epub:type": kind} if kind != "toc" else {})
    inside.extend(body)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{_text(root)}\n'


def _package(made: Book, pages: Iterable[_Page], identifier: str) -> str:
    root = Element(
        "package",
        {
            "xmlns": "http://www.idpf.org/2007/opf",
            "version": "3.0",
            "unique-identifier": "id",
            "xml:lang": made.words.language,
        },
    )
    metadata = SubElement(root, "metadata", {"xmlns:dc": "http://purl.org/dc/elements/1.1/"})
    title = f"{made.title} - {made.part_of}" if made.part_of else made.title
    SubElement(metadata, "dc:identifier", {"id": "id"}).text = identifier
    SubElement(metadata, "dc:title").text = title
    SubElement(metadata, "dc:language").text = made.words.language
    SubElement(metadata, "dc:creator").text = made.part_of or made.title
    SubElement(metadata, "dc:description").text = made.counts
    if made.address:
        SubElement(metadata, "dc:source").text = made.address
    day = (made.updated or _UNDATED).isoformat()
    SubElement(metadata, "meta", {"property": "dcterms:modified"}).text = f"{day}T00:00:00Z"
    for name, value in _ACCESSIBILITY:
        SubElement(metadata, "meta", {"property": f"schema:{name}"}).text = value
    manifest = SubElement(root, "manifest")
    direction = {"page-progression-direction": _direction(made.words.language)}
    spine = SubElement(root, "spine", direction)
    SubElement(manifest, "item", {"id": "styles", "href": "book.css", "media-type": "text/css"})
    for page in pages:
        item = {"id": page.name, "href": f"{page.name}.xhtml", "media-type": _XHTML}
        properties = {"properties": page.properties} if page.properties else {}
        SubElement(manifest, "item", item | properties)
        SubElement(spine, "itemref", {"idref": page.name})
    return f'<?xml version="1.0" encoding="utf-8"?>\n{_text(root)}\n'


def _direction(language: str) -> str:
    """Return in which direction a language is written: `ltr` or `rtl`."""
    try:
        return str(Locale.parse(language, sep="-").text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"


def _text(root: Element) -> str:
    return _NOT_XML.sub("", tostring(root, encoding="unicode"))


def _zipped(files: Mapping[str, str]) -> bytes:
    """Return the files as an EPUB, whose bytes do not depend on the time."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr(ZipInfo("mimetype", _ZIPPED), _TYPE, ZIP_STORED)  # first, and plain
        archive.writestr(ZipInfo("META-INF/container.xml", _ZIPPED), _CONTAINER, ZIP_DEFLATED, 9)
        for name, text in sorted(files.items()):
            archive.writestr(ZipInfo(f"{_FOLDER}/{name}", _ZIPPED), text, ZIP_DEFLATED, 9)
    return packed.getvalue()
