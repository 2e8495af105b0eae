"""A book: the texts of a site, or of one of its topics, in the order of the source.

Its texts are the elements that pages show, but links lead to other places in the book where that
has them, code has no colors, and figures need no style sheet. Every format of books is made of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import PurePosixPath
from urllib.parse import quote, urljoin
from xml.etree.ElementTree import Element

from qna.appearance.look import Look
from qna.downloads import plain_figures
from qna.markdown import parser, plain_text, rendering
from qna.markdown.citations import Cited, citations
from qna.markdown.escaping import escape
from qna.markdown.link_targets import Concepts, id_of, page_of, uncapitalized, untitled
from qna.markdown.running_text import edited
from qna.markdown.url_safety import is_foreign, is_safe
from qna.model import Question, Topic
from qna.pages.initials import SYMBOLS, by_initial
from qna.reading.bibliography import Reference
from qna.reading.editorial import Term
from qna.reading.notes import Note, name_of
from qna.site import Site

_WITHIN = ("#fn", "#source-")
"""Starts of addresses within a text, of its footnotes and its sources."""
_PEOPLE = 3
"""Most authors of a reference that are named."""


@dataclass(frozen=True, slots=True)
class Source:
    """A work that a note cites."""

    anchor: str
    authors: str
    title: str
    rest: str
    """Where it is from, and the year."""
    url: str


@dataclass(frozen=True, slots=True)
class NoteSection:
    """The note on a question."""

    title: str
    facts: str
    """How far to trust the answer; plain text, or nothing."""
    passages: str
    """What the note speaks of; plain text, or nothing."""
    blocks: tuple[Element, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with its answer."""

    anchor: str
    title: Element
    """Holds running text."""
    plain_title: str
    short_title: str
    label: str
    """Says that the reader has to answer; empty for others."""
    mark: str
    """What to know of an answer that would mislead; plain text, or nothing."""
    answer: tuple[Element, ...]
    note: NoteSection | None
    related: tuple[tuple[str, str], ...]
    """Anchor and short title of related questions in the book."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A topic."""

    anchor: str
    number: int
    title: Element
    plain_title: str
    summary: str
    introduction: tuple[Element, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A term of the index."""

    anchor: str
    name: str
    expansion: str
    meaning: str
    explained_by: tuple[str, ...]
    """Anchors of the questions that explain it, best first."""
    mentioned_by: tuple[str, ...]
    """Anchors of other questions that speak of it."""


class Book:
    """A book of a site, or of one of its topics; its parts are made when they are asked for.

    All texts are plain, except elements. What is not in it is linked to at the site's address, if
    there is one. With `styled`, figures and code keep the classes for the site's style sheets;
    otherwise, they have the colors of a look, or else the usual ones.
    """

    def __init__(
        self,
        site: Site,
        address: str,
        topic: Topic | None = None,
        look: Look | None = None,
        *,
        styled: bool = False,
    ) -> None:
        title, words = site.document.title, site.words
        self.site, self.words, self.address = site, words, address
        self.topics = (topic,) if topic else site.document.topics
        self.is_whole = topic is None
        self.title = plain_text.inline(topic.title if topic else title)
        self.part_of = plain_text.inline(title) if topic else ""
        """The title of the whole, for a book of one topic."""
        days = [site.histories[item.id].updated for item in self.questions]
        self.updated: date | None = max(filter(None, days), default=None)
        self.palette = plain_figures.site_palette(look)
        self._styled = styled

    @property
    def questions(self) -> list[Question]:
        """Return its questions in order."""
        return [item for topic in self.topics for item in topic.questions]

    @property
    def counts(self) -> str:
        """Return how many questions and topics it has, in words."""
        count = self.words.counted("counts.questions", len(self.questions))
        topics = self.words.counted("counts.topics", len(self.topics))
        return f"{count}, {topics}" if self.is_whole else count

    @property
    def edition(self) -> str:
        """Return of which day it is, in words; empty if that is not known."""
        day = self.updated
        return self.words.text("books.edition", date=self.words.date(day)) if day else ""

    @property
    def introduction(self) -> tuple[Element, ...]:
        """Return what comes before the topics."""
        return self._blocks(self.site.document.introduction, "") if self.is_whole else ()

    def chapter(self, topic: Topic, most: int | None = None) -> Chapter:
        """Return a topic, or the start of one with so many questions."""
        return Chapter(
            topic_anchor(topic.id),
            self.number(topic),
            self.line(topic.title),
            plain_text.inline(topic.title),
            self.site.summary(topic),
            self._blocks(topic.introduction, topic.id),
            tuple(self._entry(item) for item in topic.questions[:most]),
        )

    def number(self, topic: Topic) -> int:
        """Return the number of a topic on the site."""
        return self.site.document.topics.index(topic) + 1

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The number of each question in it, such as `3.4`, by its anchor."""
        return {
            question_anchor(item.id): f"{self.number(topic)}.{at}" if self.is_whole else str(at)
            for topic in self.topics
            for at, item in enumerate(topic.questions, 1)
        }

    @cached_property
    def index(self) -> tuple[tuple[str, tuple[IndexEntry, ...]], ...]:
        """The terms that the book explains or mentions, by their initials."""
        terms = enumerate(self.site.editorial.glossary, 1)
        listed = filter(None, (self._term(number, term) for number, term in terms))
        symbols = self.words.text("lists.symbols")
        return tuple(
            (symbols if initial == SYMBOLS else initial, tuple(group))
            for initial, group in by_initial(listed, lambda entry: entry.name)
        )

    @cached_property
    def titles(self) -> dict[str, str]:
        """The short title of each question in it, by its anchor."""
        return {question_anchor(item.id): self.site.titles[item.id] for item in self.questions}

    @cached_property
    def _anchors(self) -> dict[str, str]:
        """The path of each page that is in the book, to its anchor there."""
        topics = {f"topics/{topic.id}": topic_anchor(topic.id) for topic in self.topics}
        items = (item for topic in self.topics for item in topic.questions)
        return topics | {f"q/{item.id}": question_anchor(item.id) for item in items}

    def related_to(self, topic: Topic) -> list[str]:
        """Return the anchors of the questions in the book that those of a topic lead to."""
        return [anchor for item in topic.questions for anchor, _ in self._related(item)]

    def _related(self, item: Question) -> tuple[tuple[str, str], ...]:
        """Return the anchor and the short title of related questions in the book."""
        site = self.site
        related = chain(site.editorial.rephrased.get(item.id, ()), site.related[item.id])
        return tuple(
            (question_anchor(name), site.titles[name])
            for name in dict.fromkeys(related)
            if f"q/{name}" in self._anchors
        )

    def _entry(self, item: Question) -> Entry:
        site, note = self.site, self.site.editorial.notes.by_id.get(item.id)
        return Entry(
            question_anchor(item.id),
            self.line(item.text),
            plain_text.inline(item.text),
            site.titles[item.id],
            site.words.text("answers.story") if item.kind == "story" else "",
            site.mark(item.id),
            self._blocks(item.shown, item.id),
            self._note(note) if note else None,
            self._related(item),
        )

    # Notes

    def _note(self, note: Note) -> NoteSection:
        words, known = self.words, self.site.editorial.notes.references
        parsed = parser.parse(note.markdown)
        titles = ((at, escape(self.site.title_of(name))) for at, name in untitled(parsed))
        cited = ((at, self._cited(note.id, found)) for at, found in citations(parsed))
        quoted = [
            words.text("notes.quoted", passage=plain_text.inline(text)) for text in note.passages
        ]
        return NoteSection(
            words.text("notes.title" if note.status else "notes.story_title"),
            self._facts(note),
            words.text("notes.passage", passages=" ".join(quoted)) if quoted else "",
            self._blocks(edited(note.markdown, chain(titles, cited)), name_of(note.id)),
            tuple(_source(note.id, known[key]) for key in note.cited),
        )

    def _facts(self, note: Note) -> str:
        if not note.status:
            return ""
        words = self.words
        day = words.date(note.checked)
        checked = words.counted("notes.checked", len(note.cited), date=day)
        return f"{note.label(words)}. {checked}."

    def _cited(self, question_id: str, cited: Iterable[Cited]) -> str:
        """Return links to the references of a citation, in parentheses."""
        known = self.site.editorial.notes.references
        links = (
            f"[{escape(', '.join(filter(None, (known[one.key].short_name, one.locator))))}]"
            f"(#{quote(_source_anchor(question_id, one.key))})"
            for one in cited
        )
        return f"({'; '.join(links)})"

    # Texts

    def _blocks(self, markdown: str, name: str) -> tuple[Element, ...]:
        """Return the elements of the text called `name`."""
        if not markdown.strip():
            return ()
        urls = self.site.links.get(name, {})
        context = rendering.Context(
            name,
            {id_of(key): url for key, url in urls.items() if key.startswith("#")},
            Concepts({key: url for key, url in urls.items() if key and key[0] != "#"}),
            self.site.editorial.notes.figures,
        )
        blocks = rendering.elements(parser.parse(markdown), context)
        for element in chain.from_iterable([*block.iter()] for block in blocks):
            self._adapt(element, name)
        return tuple(blocks)

    def line(self, markdown: str) -> Element:
        """Return an element that holds the running text of a question or a title, without links."""
        line = rendering.inline(parser.parse_inline(markdown))
        for element in list(line.iter()):
            self._adapt(element, "")
            if element.tag == "a":
                element.tag, element.attrib = "span", {}
        return line

    def _adapt(self, element: Element, name: str) -> None:
        """Make an element of a page one of a book."""
        for place, child in enumerate(element):
            if child.tag == "svg":
                element[place] = self._figure(child, _safe(name))
        match element.tag:
            case "code" if not self._styled:
                text, tail = "".join(element.itertext()), element.tail
                element.clear()
                element.text, element.tail = text, tail
            case "input":
                checked = "checked" in element.attrib
                element.tag, element.text = "span", "[x]" if checked else "[\u00a0]"
                element.attrib = {}
            case "img":
                # A book loads nothing.
                element.tag, element.text = "a", element.get("alt") or element.get("src")
                element.attrib = {"href": element.get("src", "")}
                self._lead(element)
            case "a":
                self._lead(element)
        if "id" in element.attrib:
            element.set("id", _safe(element.attrib["id"]))

    def _figure(self, svg: Element, name: str) -> Element:
        if self._styled:
            return plain_figures.apart(svg, name)
        return plain_figures.plain(svg, self.palette, name)

    def _lead(self, link: Element) -> None:
        """Lead to a place in the book or to a page; a link that leads nowhere is none."""
        link.attrib.pop("title", None)
        url = link.get("href", "")
        if url.startswith(_WITHIN):
            link.set("href", f"#{_safe(id_of(url))}")
        elif anchor := self._anchors.get(_page(url)):
            link.set("href", f"#{anchor}")
        elif is_foreign(url) and is_safe(url):
            pass
        elif self.address and is_safe(url) and not url.startswith("#"):
            link.set("href", page_of(urljoin(f"{self.address}q/", url)))
        else:
            link.tag = "span"
            link.attrib.clear()

    # The index

    def _term(self, number: int, term: Term) -> IndexEntry | None:
        own = [question_anchor(name) for name in term.explained_by if f"q/{name}" in self._anchors]
        others = [anchor for anchor in self._mentioning(term) if anchor not in own]
        if not own and not others:
            return None
        anchor, texts = f"term-{number}", (term.name, term.expansion, term.meaning)
        return IndexEntry(anchor, *texts, tuple(own), tuple(others))

    def _mentioning(self, term: Term) -> list[str]:
        """Return the anchors of the questions whose answers or notes mention a term, in order."""
        forms = {uncapitalized(form) for form in term.matches}
        found = {name for form in forms for name in self._mentions.get(form, ())}
        return [question_anchor(item.id) for item in self.questions if item.id in found]

    @cached_property
    def _mentions(self) -> Mapping[str, list[str]]:
        """The ids of the questions whose answers or notes have a form of a concept, by it."""
        found: dict[str, list[str]] = {}
        for item in self.questions:
            for name in (item.id, name_of(item.id)):
                for form in self.site.links.get(name, ()):
                    found.setdefault(form, []).append(item.id)
        return found


def question_anchor(question_id: str) -> str:
    """Return the anchor of a question in a book."""
    return f"q-{question_id}"


def topic_anchor(topic_id: str) -> str:
    """Return the anchor of a topic in a book."""
    return f"topic-{topic_id}"


def anchors(topic: Topic) -> Iterator[str]:
    """Yield the anchors of a topic and its questions."""
    yield topic_anchor(topic.id)
    yield from (question_anchor(item.id) for item in topic.questions)


def _source(question_id: str, reference: Reference) -> Source:
    people = reference.authors[:_PEOPLE]
    more = " et al." if len(reference.authors) > len(people) else ""
    return Source(
        _source_anchor(question_id, reference.key),
        ", ".join(people) + more,
        reference.title,
        ", ".join(filter(None, (reference.within, reference.year))),
        reference.url,
    )


def _source_anchor(question_id: str, key: str) -> str:
    return _safe(f"source-{question_id}.{key}")


def _page(url: str) -> str:
    """Return the path of the generated page that a link between such pages leads to."""
    path = PurePosixPath(urljoin("/q/", url.partition("#")[0]))
    return str(path.with_suffix(""))[1:] if path.suffix == ".md" else ""


def _safe(anchor: str) -> str:
    """Return an anchor without the colon, which XML keeps for namespaces."""
    return anchor.replace(":", ".")
