"""Links that a source writes as `#id`: whether there is such a question or topic."""

from __future__ import annotations

from collections.abc import Iterator

from qna.diagnostics import Report
from qna.model import Document, Reference
from qna.wording import suggestion


def check(document: Document, path: str, report: Report) -> None:
    """Report every link to an id that no question and no topic has."""
    topics = frozenset(topic.id for topic in document.topics)
    known = topics | {question.id for question in document.questions()}
    for reference in _references(document):
        if reference.id not in known:
            near = suggestion(reference.id, known)
            hint = f"did you mean {near}" if near else "take an id from ids.json"
            message = f"link to unknown question '#{reference.id}'"
            report.add("E501", path, reference.span, message, hint)


def _references(document: Document) -> Iterator[Reference]:
    yield from document.references
    for topic in document.topics:
        yield from topic.references
        for question in topic.questions:
            yield from question.references
