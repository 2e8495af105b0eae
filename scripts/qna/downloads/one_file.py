"""The whole site in one HTML file, which opens from a disk: to read, search and practice.

It loads nothing: styles, scripts, fonts and data are in it, and its policy allows nothing else.
Without scripts, it is one long page with everything. The project's bundle must be there.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape as html
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from babel import Locale, UnknownLocaleError

from qna.data import practice_data, search_data, search_places
from qna.downloads import MissingError, site_slug
from qna.downloads.book import Book, Entry, NoteSection, question_anchor, topic_anchor
from qna.downloads.inputs import Texts
from qna.downloads.kept import Keep
from qna.markdown import plain_text
from qna.model import Topic
from qna.pages import glossary
from qna.reading.editorial import Term
from qna.reading.paths import LearningPath
from qna.site import Site

FILES = (
    *("frontend/bundled/one-file.js", "frontend/bundled/one-file.css"),
    *("docs/assets/plex-400.woff2", "docs/assets/plex-600.woff2", "docs/assets/math-used.woff2"),
)
"""What is built in: scripts, styles, fonts. The last font has all characters of formulas."""
_PROJECT = Path(__file__).resolve().parents[3]
_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_FONT = re.compile(r'url\(["\']?[^"\')]*?(?P<name>[\w-]+\.woff2)["\']?\)')
_MAGNIFIER = '<circle cx="10" cy="10" r="6.5"/><line x1="15" y1="15" x2="21" y2="21"/>'
_CONTRAST = '<circle cx="12" cy="12" r="9"/><path d="M12 3a9 9 0 0 0 0 18z"/>'


def page(site: Site, address: str, keep: Keep | None = None) -> bytes:
    """Return the file. What it has no place for is linked to at the site's address, if it has one.

    Raises MissingError without the bundle.
    """
    made = Book(site, address, styled=True)
    writer = _Writer(made, keep or Keep(Texts(site, address)))
    script, style = (_file(name).decode() for name in FILES[:2])
    style = _FACE.sub(_with_font, style)
    rules = {"script": _hash(script), "style": _hash(style), "img": "data:", "font": "data:"}
    allowed = "; ".join(f"{name}-src {source}" for name, source in rules.items())
    policy = f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    language, title = made.words.language, html(made.title)
    return (
        f'<!doctype html>\n<html lang="{html(language)}" dir="{_direction(language)}" class="no-js"'
        f' data-site="{html(site_slug(site))}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<style>{style}</style>\n</head>\n<body>\n{writer.body()}"
        f"{''.join(_data(site))}<script>{script}</script>\n</body>\n</html>\n"
    ).encode()


class _Writer:
    """Writes what is shown."""

    def __init__(self, made: Book, keep: Keep) -> None:
        self._book, self._keep, self._site = made, keep, made.site
        self._words = made.words

    def body(self) -> str:
        """Return the bar, the pages, and the list of topics."""
        skip = html(self._words.text("page.skip"))
        views = "\n".join([self._contents(), *map(self._topic, self._book.topics), *self._rest()])
        return (
            f'<a class="skip" href="#main">{skip}</a>\n{self._header()}\n<div class="frame">\n'
            f'<main id="main" tabindex="-1">\n{views}\n</main>\n{self._sidebar()}\n</div>\n'
        )

    def _header(self) -> str:
        words = self._words
        search, dark = html(words.text("search.button")), html(words.text("page.dark_mode"))
        links = {
            "contents": "topics.title",
            **({"paths": "practice.paths"} if self._site.paths else {}),
            **({"glossary": "lists.glossary"} if self._site.editorial.glossary else {}),
            "practice": "practice.title",
        }
        items = "".join(
            f'<li><a href="#{name}">{html(words.text(key))}</a></li>' for name, key in links.items()
        )
        return (
            '<header class="header"><div class="bar">'
            f'<a class="brand" href="#contents"><span>{html(self._book.title)}</span></a>'
            f'<a class="search-box" href="#contents">{_icon(_MAGNIFIER)}<span>{search}</span></a>'
            f'<button class="theme" type="button" aria-pressed="false" title="{dark}" '
            f'aria-label="{dark}">{_icon(_CONTRAST)}</button></div>'
            f'<nav class="sections" aria-label="{html(words.text("page.sections"))}">'
            f"<ul>{items}</ul></nav></header>"
        )

    def _sidebar(self) -> str:
        name = html(self._words.text("topics.title"))
        items = "".join(
            f"<li>{_link(topic_anchor(topic.id), plain_text.inline(topic.title))}</li>"
            for topic in self._book.topics
        )
        return f'<nav class="sidebar" aria-label="{name}"><ul>{items}</ul></nav>'

    def _contents(self) -> str:
        made = self._book
        facts = [made.counts, made.edition]
        page = f'<a href="{html(made.address)}">{html(made.address)}</a>' if made.address else ""
        items = "".join(
            f"<li>{_link(topic_anchor(topic.id), plain_text.inline(topic.title))}"
            f"<em>{html(self._site.own_summary(topic))} {self._count(topic)}</em></li>"
            for topic in made.topics
        )
        about = f"<p>{html('. '.join(filter(None, facts)))}. {page}</p>"
        listed = f'<ul class="all-topics">{items}</ul>'
        return _view("contents", html(made.title), about + _html(made.introduction) + listed)

    def _count(self, topic: Topic) -> str:
        return html(self._words.counted("counts.questions", len(topic.questions)))

    def _topic(self, topic: Topic) -> str:
        digest = f"{self._keep.texts.of(topic)} {topic.id}"
        return self._keep.of_text(digest, lambda: self._written(topic))

    def _written(self, topic: Topic) -> str:
        part = self._book.chapter(topic)
        entries = "".join(map(self._entry, part.entries))
        about = f"<p>{html(part.summary)}</p>{_html(part.introduction)}"
        return _view(part.anchor, _inside(part.title), about + entries, "prose questions")

    def _entry(self, entry: Entry) -> str:
        kind = "story" if entry.label else "answer"
        label = self._words.text(f"answers.{kind}")
        said = self._words.text(f"answers.{kind}_name", label=label, question=entry.plain_title)
        mark = f'<p class="caution">{html(entry.mark)}</p>' if entry.mark else ""
        inside = mark + _html(entry.answer) + (self._note(entry.note) if entry.note else "")
        return (
            f'<h2 id="{html(entry.anchor)}">{_inside(entry.title)}</h2>\n'
            f'<details class="{kind}" open><summary aria-label="{html(said)}">{html(label)}'
            f"</summary>{inside}{self._related(entry)}</details>\n"
        )

    def _note(self, note: NoteSection) -> str:
        facts = f'<p class="trust">{html(note.facts)}</p>' if note.facts else ""
        passages = f'<p class="passage">{html(note.passages)}</p>' if note.passages else ""
        sources = "".join(
            f'<li id="{html(source.anchor)}">{html(source.authors)}: '
            f'<a href="{html(source.url)}">{html(source.title)}</a>. {html(source.rest)}.</li>'
            for source in note.sources
        )
        title = html(self._words.text("notes.sources"))
        listed = f'<h3>{title}</h3><ul class="sources">{sources}</ul>' if sources else ""
        return (
            f'<details class="deeper"><summary>{html(note.title)}</summary>{facts}{passages}'
            f"{_html(note.blocks)}{listed}</details>"
        )

    def _related(self, entry: Entry) -> str:
        if not entry.related:
            return ""
        links = ", ".join(_link(anchor, title) for anchor, title in entry.related)
        return f'<p class="related">{html(self._words.text("answers.related"))}: {links}</p>'

    def _rest(self) -> Iterator[str]:
        words, terms = self._words, self._site.editorial.glossary
        if self._site.paths:
            paths = "".join(map(self._path, self._site.paths))
            yield _view("paths", html(words.text("practice.paths")), paths)
        if terms:
            listed = "".join(self._term(*found) for found in glossary.anchored(terms))
            yield _view("glossary", html(words.text("lists.glossary")), f"<dl>{listed}</dl>")
        lead = f'<p class="lead">{html(words.text("practice.lead"))}</p>'
        place = f'{lead}<div class="practice"><p class="practice__help">{self._help()}</p></div>'
        yield _view("practice", html(words.text("practice.title")), place, "prose practicing")

    def _help(self) -> str:
        """Return what is said where practice would be, without scripts."""
        words = self._words
        questions = f'<a href="#contents">{html(words.text("practice.needs_questions"))}</a>'
        place = "paths" if self._site.paths else "contents"
        paths = f'<a href="#{place}">{html(words.text("practice.needs_paths"))}</a>'
        said = html(words.text("practice.needs_scripts", questions="{questions}", paths="{paths}"))
        return said.replace("{questions}", questions).replace("{paths}", paths)

    def _path(self, path: LearningPath) -> str:
        steps = "".join(
            f"<li>{_link(question_anchor(name), self._site.titles[name])}</li>"
            for name in path.steps
            if name in self._site.questions
        )
        title, about = html(path.title), html(path.description)
        return f'<h2 id="path-{html(path.id)}">{title}</h2><p>{about}</p><ol>{steps}</ol>'

    def _term(self, term: Term, anchor: str) -> str:
        name = html(term.name) + (f" <em>{html(term.expansion)}</em>" if term.expansion else "")
        links = ", ".join(
            _link(question_anchor(found), self._site.titles[found]) for found in term.explained_by
        )
        return f'<dt id="{html(anchor)}">{name}</dt><dd>{html(term.meaning)} {links}</dd>'


def _view(name: str, title: str, inside: str, kind: str = "prose") -> str:
    """Return a page, which scripts show alone."""
    label = f"{html(name)}-title"
    return (
        f'<article class="view {kind}" id="{html(name)}" aria-labelledby="{label}">'
        f'<h1 id="{label}">{title}</h1>{inside}</article>'
    )


def _link(anchor: str, title: str) -> str:
    return f'<a href="#{html(anchor)}"><bdi>{html(title)}</bdi></a>'


def _icon(shapes: str) -> str:
    return f'<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">{shapes}</svg>'


def _html(blocks: Iterable[Element]) -> str:
    return "".join(tostring(block, encoding="unicode", method="html") for block in blocks)


def _inside(line: Element) -> str:
    """Return running text without the element that holds it."""
    return html(line.text or "", quote=False) + _html(line)


def _data(site: Site) -> Iterator[str]:
    """Yield the data of search and of practice."""
    found = {
        "search": search_data.dump(site),
        "places": search_places.dump(site),
        "practice": practice_data.dump(site),
    }
    for name, text in found.items():
        packed = json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))
        harmless = packed.replace("<", "\\u003c")
        yield f'<script type="application/json" id="data-{name}">{harmless}</script>\n'


def _with_font(face: re.Match[str]) -> str:
    """Return a font face that has its font in it; none if the file does not have that."""
    font = _FONT.search(face[0])
    path = next((name for name in FILES if font and name.endswith(f"/{font['name']}")), None)
    if not path or not font:
        return ""
    data = b64encode(_file(path)).decode()
    here = face[0].replace(font[0], f'url("data:font/woff2;base64,{data}")')
    return here.replace("font-display:optional", "font-display:block")  # it is never late


def _file(name: str) -> bytes:
    try:
        return (_PROJECT / name).read_bytes()
    except OSError as error:
        message = f"{name}: {error.strerror}; run 'make bundle', which writes it"
        raise MissingError(message) from error


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _direction(language: str) -> str:
    """Return in which direction a language is written: `ltr` or `rtl`."""
    try:
        return str(Locale.parse(language, sep="-").text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"
