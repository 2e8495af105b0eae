"""Notes: Markdown files that go deeper than an answer, at most one for each question.

    ---
    checked: 2026-11-28
    status: partly-wrong
    caution: Gradient clipping limits gradients that explode, not those that vanish.
    passage: gradient clipping
    ---

    Clipping shortens gradients that are too long [@pascanu2012difficulty, section 3.2].

A note is called `notes/<id>.md`. Its headings are of the second level. It cites `sources.bib`, and
shows figures in `figures/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from qna.markdown import parser, plain_text
from qna.markdown.citations import citations
from qna.markdown.link_targets import is_figure, site_links
from qna.markdown.running_text import Place, passages
from qna.memo import remembered
from qna.model import Link, Span
from qna.reading import bibliography, figures, front_matter, proofreading, source
from qna.wording import suggestion

if TYPE_CHECKING:
    from pathlib import Path

    from qna.diagnostics import Report
    from qna.model import Question
    from qna.naming.history import History
    from qna.reading.bibliography import Reference
    from qna.words import Words

FOLDER = "notes"
STATUSES = {
    "sound": "notes.sound",
    "simplified": "notes.simplified",
    "contested": "notes.contested",
    "dated": "notes.dated",
    "partly-wrong": "notes.partly_wrong",
}
"""What a note says of the answer, from best to worst, and the words for it."""
MISLEADING = frozenset({"dated", "partly-wrong"})
"""Statuses of answers that would mislead a reader who does not know of the note."""
NAMING_A_PASSAGE = frozenset({"contested", "partly-wrong"})
"""Statuses of notes that name the passage of the answer that they speak of."""
CAUTION_LIMIT = 130
"""Maximum length of a caution in characters, so that it fits a line of a preview."""

_KEYS = ("checked", "status", "caution", "passage")
_FORM = "write it as in '---', 'checked: 2026-11-28', 'status: sound', '---'"


@dataclass(frozen=True, slots=True)
class Note:
    """What goes deeper than an answer."""

    id: str
    """Id of its question."""
    checked: date
    """When the answer was last checked."""
    status: str
    """One of STATUSES; empty for a prompt for the reader's own story."""
    caution: str
    """What a reader of the answer alone must know: a sentence of plain text, or nothing."""
    passages: tuple[str, ...]
    """Words of the answer that the note speaks of."""
    markdown: str
    links: tuple[Link, ...] = ()
    """Its links within the site."""
    cited: tuple[str, ...] = ()
    """Keys of its references, in the order of their first citation."""

    def label(self, words: Words) -> str:
        """Return the status in words."""
        return words.text(STATUSES[self.status])

    @property
    def misleads(self) -> bool:
        """Tell whether the answer alone would mislead."""
        return self.status in MISLEADING


def quoted(markdown: Iterable[str], words: Words) -> str:
    """Return which passages of an answer a note speaks of, as plain text; empty without any."""
    texts = map(plain_text.inline, markdown)
    listed = ", ".join(words.text("notes.quoted", passage=text) for text in texts)
    return words.text("notes.passage", passages=listed) if listed else ""


def name_of(question_id: str) -> str:
    """Return the name of the note on a question, as of a text on its page."""
    return f"{question_id}:note"


@dataclass(frozen=True, slots=True)
class Notes:
    """All notes, with what they cite and show."""

    by_id: Mapping[str, Note] = field(default_factory=dict)
    """Question id to its note."""
    references: Mapping[str, Reference] = field(default_factory=dict)
    figures: Mapping[str, str] = field(default_factory=dict)
    """Address of a figure, as notes write it, to its SVG."""

    def texts(self) -> Mapping[str, str]:
        """Return the Markdown of each note, by the id of its question."""
        return {name: note.markdown for name, note in self.by_id.items()}


def read(
    folder: Path, questions: Mapping[str, Question], report: Report, today: date | None = None
) -> Notes:
    """Read the notes in the folder of a source; no note can be checked later than `today`."""
    # The day begins earlier in other time zones.
    today = today or datetime.now(UTC).date() + timedelta(days=1)
    references = bibliography.read(folder, report)
    shelf = figures.Shelf(folder / FOLDER)
    reader = _Reader(questions, references, shelf, today, report)
    found = [reader.note(path) for path in files(folder / FOLDER)]
    notes = {note.id: note for note in found if note}
    cited = {key for note in notes.values() for key in note.cited}
    for reference in references.values():
        if reference.key not in cited:
            message = f"no note cites '{reference.key}'"
            path, hint = str(folder / bibliography.FILE_NAME), "cite it, or delete the entry"
            report.add("W611", path, Span(reference.line), message, hint)
    return Notes(notes, references, shelf.figures)


def files(folder: Path) -> Iterator[Path]:
    """Yield the files of notes, without those that editors leave behind."""
    return (path for path in sorted(folder.glob("*.md")) if not path.name.startswith("."))


def check_age(notes: Notes, histories: Mapping[str, History], folder: Path, report: Report) -> None:
    """Report each note that is older than its answer; `folder` is that of the source."""
    for note in notes.by_id.values():
        day = histories[note.id].changes.get("answer")
        if day and day > note.checked:
            path = folder / FOLDER / f"{note.id}.md"
            message = f"the answer has changed on {day}, after it was checked"
            hint = "read the note again with the new answer, and set 'checked' to today"
            report.add("W612", str(path), Span(2), message, hint)


class _Reader:
    def __init__(
        self,
        questions: Mapping[str, Question],
        references: Mapping[str, Reference],
        shelf: figures.Shelf,
        today: date,
        report: Report,
    ) -> None:
        self._questions = questions
        self._references = references
        self._shelf = shelf
        self._today = today
        self._report = report

    def note(self, path: Path) -> Note | None:
        """Return the note in a file, or None after an error that leaves nothing to show."""
        text = _File(path, self._report)
        question = self._questions.get(text.id)
        if question is None:
            near = suggestion(text.id, self._questions)
            hint = f"rename the file; did you mean {near}" if near else "use an id from ids.json"
            text.fault("E601", f"there is no question '{text.id}'", hint)
            return None
        head = text.head()
        if head is None:
            return None
        checked = self._checked(text, head)
        self._check_status(text, head, question)
        cited, faults, shown, links = _read(text.body)
        keys = tuple(dict.fromkeys(self._cited(text, cited)))
        for code, place, message, hint in faults:
            text.fault_at(code, Place(*place), message, hint)
        self._check_figures(text, shown)
        return Note(
            text.id,
            checked,
            str(head.get("status", "")),
            " ".join(str(head.get("caution", "")).split()),
            tuple(_listed(head.get("passage"))),
            text.body,
            tuple(Link(url, text.span(Place(*place))) for url, place in links),
            keys,
        )

    def _checked(self, text: _File, head: Mapping[str, Any]) -> date:
        checked = head.get("checked")
        if type(checked) is not date:  # a date with a time is one, too
            text.fault("E602", "'checked' is not a date", "write it as 2026-11-28", "checked")
            return self._today
        if checked > self._today:
            message = f"{checked} is in the future"
            text.fault("E603", message, "write the day on which the answer was checked", "checked")
        return checked

    def _check_status(self, text: _File, head: Mapping[str, Any], question: Question) -> None:
        status, caution = head.get("status"), head.get("caution")
        if status is None and question.kind == "story":
            return
        if not isinstance(status, str) or status not in STATUSES:
            message = "there is no status" if status is None else f"'{status}' is no status"
            text.fault("E602", message, f"use {', '.join(STATUSES)}", "status")
            return
        if status in MISLEADING and not caution:
            hint = "add 'caution:' with a sentence that a reader of the answer alone must know"
            text.fault("E602", f"an answer that is {status} needs a caution", hint, "status")
        elif caution and status not in MISLEADING:
            hint = f"delete it, or set the status to {' or '.join(sorted(MISLEADING))}"
            text.fault("E602", f"an answer that is {status} has no caution", hint, "caution")
        elif len(str(caution or "")) > CAUTION_LIMIT:
            message = f"caution of {len(str(caution))} characters"
            hint = f"shorten it to {CAUTION_LIMIT}: previews show it before the answer"
            text.fault("E602", message, hint, "caution")
        spoken_of = _listed(head.get("passage"))
        if status in NAMING_A_PASSAGE and not spoken_of:
            hint = "add 'passage:' with the words of the answer that the note speaks of"
            text.fault("E602", f"an answer that is {status} needs a passage", hint, "status")
        answer = _bare(question.shown), question.plain
        for passage in spoken_of:
            if not any(_bare(passage) in _bare(version) for version in answer):
                hint = "copy its words from the answer; check whether the note still fits"
                text.fault("W604", f"the answer does not say '{passage}'", hint, "passage")

    def _cited(self, text: _File, found: Sequence[_Cited]) -> Iterator[str]:
        for place, keys in found:
            if not keys:
                hint = "write it as [@key], [@key, section 3] or [@key; @other]"
                text.fault_at("E605", Place(*place), "citation cannot be read", hint)
            for key in keys:
                if key in self._references:
                    yield key
                else:
                    near = suggestion(key, self._references)
                    hint = f"did you mean {near}" if near else "add it to sources.bib"
                    text.fault_at("E605", Place(*place), f"unknown source '{key}'", hint)

    def _check_figures(self, text: _File, shown: Sequence[_Shown]) -> None:
        for place, url, alone in shown:
            problem = self._shelf.problem(url)
            if not alone:
                hint = "put blank lines above and below it"
                problem = f"figure '{url}' is within a line", hint
            if problem:
                text.fault_at("E607", Place(*place), *problem)


_Place = tuple[int, int, int]
"""The line, the start and the end of a `Place`."""
_Cited = tuple[_Place, Sequence[str]]
"""A citation and its keys."""
_Fault = tuple[str, _Place, str, str]
"""A code, a place, a message and a hint."""
_Shown = tuple[_Place, str, bool]
"""A figure, its address, and whether it has a paragraph to itself."""


@remembered
def _read(
    body: str,
) -> tuple[Sequence[_Cited], Sequence[_Fault], Sequence[_Shown], Sequence[tuple[str, _Place]]]:
    """Return the citations, faults, figures, and links within the site of a note, as plain data."""
    parsed = parser.parse(body)
    cited = [(astuple(place), [one.key for one in keys]) for place, keys in citations(parsed)]
    faults = [
        (found.code, astuple(found.place), found.message, found.hint)
        for found in proofreading.text(parsed)
    ]
    for token in parsed.tokens:
        if token.type == "heading_open" and (token.tag, token.level) != ("h2", 0) and token.map:
            place = token.map[0], 0, len(parsed.lines[token.map[0]])
            faults.append(("E606", place, "heading of another level", "start it with '## '"))
    shown = [
        (
            astuple(passage.place(*link.span)),
            link.url,
            passage.text.strip() == passage.text[slice(*link.whole)],
        )
        for passage in passages(parsed)
        for link in filter(is_figure, passage.links)
    ]
    figures = {url for _, url, _ in shown}  # a page takes them in
    links = [(url, astuple(place)) for url, place in site_links(parsed) if url not in figures]
    return cited, faults, shown, links


class _File:
    """The text of a note, with the places of its parts."""

    def __init__(self, path: Path, report: Report) -> None:
        self.id = normalize("NFC", path.stem)
        self._path = str(path)
        self._report = report
        data = path.read_bytes()
        self._lines = source.decode(self._path, data, report).lines if data.strip() else ()
        self._front, self.body, self._above = front_matter.split("\n".join(self._lines))

    def head(self) -> Mapping[str, Any] | None:
        """Return the front matter; None, which is reported, if it cannot be read."""
        import yaml  # noqa: PLC0415 - sites without notes need not wait for it

        if self._front is None:
            self.fault("E602", "there is no front matter", _FORM)
            return None
        try:
            head = yaml.safe_load(self._front)
        except (yaml.YAMLError, ValueError) as error:  # a value may be no date of any calendar
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 2 if mark else 1
            message = f"front matter is not YAML: {getattr(error, 'problem', error)}"
            self._report.add("E602", self._path, Span(line), message, _FORM)
            return None
        if not isinstance(head, dict):
            self.fault("E602", "front matter has no keys", _FORM)
            return None
        for key in head:
            if key not in _KEYS:
                self.fault("E602", f"unknown key '{key}'", f"use {', '.join(_KEYS)}", str(key))
        return head

    def fault(self, code: str, message: str, hint: str, key: str = "") -> None:
        """Report a problem of the file, or of a key of its front matter."""
        lines = enumerate(self._lines[: self._above], 1)
        numbers = (at for at, line in lines if key and line.startswith(f"{key}:"))
        self._report.add(code, self._path, Span(next(numbers, 1)), message, hint)

    def fault_at(self, code: str, place: Place, message: str, hint: str) -> None:
        """Report a problem at a place of the text below the front matter."""
        self._report.add(code, self._path, self.span(place), message, hint)

    def span(self, place: Place) -> Span:
        """Return the span in the file of a place below the front matter."""
        return Span(place.line + self._above + 1, place.start + 1, place.end + 1)


def _listed(value: object) -> list[str]:
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[*_`]", "", text).split())
