"""Check `#id` links in the source: each must name a question or topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from qna.diagnostics import Report
from qna.model import Document, Link
from qna.reading.notes import Note
from qna.wording import suggestion


def check(document: Document, path: str, report: Report) -> None:
    """Report every link to an unknown id."""
    _check(_links(document), _known(document), path, report)


def check_notes(document: Document, notes: Iterable[Note], folder: Path, report: Report) -> None:
    """Report every link in notes to an unknown id."""
    known = _known(document)
    for note in notes:
        _check(note.links, known, str(folder / f"{note.id}.md"), report)


def _known(document: Document) -> frozenset[str]:
    topics = frozenset(topic.id for topic in document.topics)
    return topics | {question.id for question in document.questions()}


def _check(links: Iterable[Link], known: frozenset[str], path: str, report: Report) -> None:
    for link in links:
        if link.id and link.id not in known:
            near = suggestion(link.id, known)
            hint = f"did you mean {near}" if near else "use an id from ids.json"
            message = f"link to unknown question '#{link.id}'"
            report.add("E501", path, link.span, message, hint)


def _links(document: Document) -> Iterator[Link]:
    yield from document.links
    for topic in document.topics:
        yield from topic.links
        for question in topic.questions:
            yield from question.links
