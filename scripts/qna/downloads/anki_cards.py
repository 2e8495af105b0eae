"""Cards of the Anki deck: the fields and the tags of each question."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape as html

from qna.downloads import site_slug
from qna.downloads.anki_text import Writer, plain
from qna.downloads.kept import Keep
from qna.model import Question
from qna.reading.bibliography import Reference
from qna.reading.notes import Note
from qna.site import Site

FIELDS = ("Question", "Answer", "Note", "Sources", "Topic", "Address")


class Cards:
    """The cards of a site, which link to its address, if there is one."""

    def __init__(self, site: Site, address: str, keep: Keep) -> None:
        self._site, self._keep = site, keep
        self._text = Writer(site, address)
        self._slug = site_slug(site)

    def fields(self, question: Question) -> list[str]:
        """Return the fields of a question as HTML, in the order of FIELDS."""
        made = self._keep.of_question(question.id, lambda: json.dumps(self._fields(question)))
        return [str(text) for text in json.loads(made)]

    def tags(self, question: Question) -> Iterator[str]:
        """Yield the tags of a question: its topic, its learning paths, how far to trust it."""
        yield f"{self._slug}::{self._site.homes[question.id].id}"
        for step in self._site.steps.get(question.id, ()):
            yield f"{self._slug}::{'-'.join(step.path.id.split())}"
        note = self._note_on(question)
        if note and note.status:
            yield f"{self._slug}::{note.status}"

    def _fields(self, question: Question) -> list[str]:
        note = self._note_on(question)
        found = {
            "Question": self._text.line(question.text),
            "Answer": self._answer(question),
            "Note": self._note(note) if note else "",
            "Sources": self._sources(note) if note else "",
            "Topic": self._text.line(self._site.homes[question.id].title),
            "Address": html(self._text.address_of(question.id)),
        }
        return [found[name] for name in FIELDS]

    def _note_on(self, question: Question) -> Note | None:
        return self._site.editorial.notes.by_id.get(question.id)

    def _answer(self, question: Question) -> str:
        mark = _paragraph("caution", self._site.mark(question.id))
        label = self._site.words.text("answers.story") if question.kind == "story" else ""
        return mark + _paragraph("label", label) + self._text.blocks(question.shown, question.id)

    def _note(self, note: Note) -> str:
        words = self._site.words
        title = words.text("notes.title" if note.status else "notes.story_title")
        facts = [title]
        if note.status:
            day = words.date(note.checked)
            facts += [note.label(words), words.counted("notes.checked", len(note.cited), date=day)]
        return _paragraph("label", ". ".join(facts)) + self._text.note(note)

    def _sources(self, note: Note) -> str:
        """Return the list of a note's references; empty without any."""
        known = self._site.editorial.notes.references
        entries = "".join(_source(known[key]) for key in note.cited)
        title = html(self._site.words.text("notes.sources"))
        return f"<p>{title}</p><ul>{entries}</ul>" if entries else ""


def _paragraph(kind: str, text: str) -> str:
    return f'<p class="{kind}">{plain(text)}</p>' if text else ""


def _source(reference: Reference) -> str:
    people = reference.authors[:3]
    authors = ", ".join(people) + (" et al." if len(reference.authors) > len(people) else "")
    named, rest = plain(f"{authors}: "), f". {reference.within}".rstrip(". ")
    title = f'<a href="{html(reference.url)}">{plain(reference.title)}</a>'
    return f"<li>{named}{title}{plain(rest)}, {plain(reference.year)}.</li>"
