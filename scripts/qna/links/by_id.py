"""Check `#id` links in the source: each must name a question or topic."""

from __future__ import annotations

from collections.abc import Iterator

from qna.diagnostics import Report
from qna.model import Document, Link
from qna.wording import suggestion


def check(document: Document, path: str, report: Report) -> None:
    """Report every link to an unknown id."""
    topics = frozenset(topic.id for topic in document.topics)
    known = topics | {question.id for question in document.questions()}
    for link in _links(document):
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
