"""The ledger `ids.json`: every id ever published, and what it was published for.

It is kept by the splitter and committed with the source, so that an id, once public, never
changes because somebody reworded a question.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from qna import ids
from qna.model import Document, Span, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from qna.diagnostics import Report

FILE_NAME = "ids.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One published name."""

    id: str
    text: str
    """The question's text, or the topic's title."""
    topic: str = ""
    """Id of a question's topic; empty for a topic."""
    answer: str = ""
    """The answer when the ledger was last written; empty for a topic."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """All published names, in the source's order."""

    topics: tuple[Entry, ...] = ()
    questions: tuple[Entry, ...] = ()

    def names(self) -> Ledger:
        """Return the ledger without answers: what has to be up to date."""
        return replace(self, questions=tuple(replace(entry, answer="") for entry in self.questions))


def read(path: Path, report: Report) -> Ledger | None:
    """Read the ledger at `path`; None if there is no file. Faults go to `report`."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    try:
        return _from_data(json.loads(text))
    except json.JSONDecodeError as error:
        hint = "settle the merge conflict, or restore the file from the last commit"
        report.add("E307", str(path), Span(error.lineno, error.colno), "ledger is not JSON", hint)
    except (KeyError, TypeError, AttributeError):
        hint = "restore the file from the last commit"
        report.add("E307", str(path), Span(1), "ledger has not the form of a ledger", hint)
    except UnicodeDecodeError:
        report.add("E307", str(path), Span(1), "ledger is not UTF-8", "save it as UTF-8")
    return Ledger()


def dump(ledger: Ledger) -> str:
    """Return the ledger as the text of its file."""
    data = {
        "version": 1,
        "topics": [{"id": entry.id, "title": entry.text} for entry in ledger.topics],
        "questions": [
            {"id": entry.id, "topic": entry.topic, "question": entry.text, "answer": entry.answer}
            for entry in ledger.questions
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def record(document: Document) -> Ledger:
    """Return the ledger that a named document leaves behind."""
    return Ledger(
        tuple(Entry(topic.id, topic.title) for topic in document.topics),
        tuple(
            Entry(question.id, question.text, topic.id, question.answer)
            for topic in document.topics
            for question in topic.questions
        ),
    )


def assign(document: Document, ledger: Ledger, path: str, report: Report) -> Document:
    """Name every topic and question: as the author wrote, as published, or as proposed.

    `path` names the source in faults: names that collide, that are reserved, and published ones
    that would disappear.
    """
    topics = [(topic.id, topic.title, topic.span) for topic in document.topics]
    questions = [(item.id, item.text, item.span) for item in document.questions()]
    topic_ids = _names(topics, ledger.topics, {entry.id for entry in ledger.questions})
    taken = {entry.id for entry in ledger.topics} | set(topic_ids)
    question_ids = _names(questions, ledger.questions, taken)
    _check(
        path,
        [*zip(topic_ids, topics, strict=True), *zip(question_ids, questions, strict=True)],
        report,
    )
    published = [*ledger.topics, *ledger.questions]
    _check_kept(path, published, {*topic_ids, *question_ids}, report)
    return _named(document, topic_ids, iter(question_ids))


def _from_data(data: Mapping[str, Any]) -> Ledger:
    return Ledger(
        tuple(Entry(item["id"], item["title"]) for item in data["topics"]),
        tuple(
            Entry(item["id"], item["question"], item["topic"], item["answer"])
            for item in data["questions"]
        ),
    )


_Asked = tuple[str, str, Span]
"""What the author wrote of one name: explicit id or nothing, text, place."""


def _names(asked: Sequence[_Asked], published: Iterable[Entry], taken: set[str]) -> list[str]:
    published = tuple(published)
    exact = {entry.text: entry.id for entry in published}
    known = {ids.slug(entry.text): entry.id for entry in published}
    fixed = [
        explicit or exact.get(text) or known.get(ids.slug(text), "") for explicit, text, _ in asked
    ]
    new = [text for found, (_, text, _) in zip(fixed, asked, strict=True) if not found]
    proposed = iter(_propose(new, {*taken, *known.values(), *fixed}))
    return [found or next(proposed) for found in fixed]


def _propose(texts: Sequence[str], taken: set[str]) -> list[str]:
    """Propose for each text the shortest id that no other text and no published name wants."""
    candidates = [ids.proposals(text) for text in texts]
    wanted: dict[str, int] = {}
    for found in candidates:
        for candidate in found:
            wanted[candidate] = wanted.get(candidate, 0) + 1
    return [
        next(
            (
                candidate
                for candidate in found
                if wanted[candidate] == 1
                and candidate not in taken
                and not ids.is_reserved(candidate)
            ),
            found[-1] if found else "",
        )
        for found in candidates
    ]


def _check(path: str, named: Iterable[tuple[str, _Asked]], report: Report) -> None:
    seen: dict[str, Span] = {}
    for name, (_, _, span) in named:
        if not name:
            hint = "give it one behind the bold, as in {#some-id}"
            report.add("E302", path, span, "no id can be made of this text", hint)
        elif ids.is_reserved(name):
            hint = "give it another behind the bold, as in {#some-id}"
            report.add("E303", path, span, f"the id '{name}' is reserved", hint)
        elif name in seen:
            message = f"the id '{name}' is taken on line {seen[name].line}"
            hint = "reword one, merge the two, or give one an id behind the bold, as in {#some-id}"
            report.add("E301", path, span, message, hint)
        else:
            seen[name] = span


def _check_kept(path: str, published: Iterable[Entry], used: set[str], report: Report) -> None:
    for entry in published:
        if entry.id not in used:
            message = f"published id '{entry.id}' would disappear: {entry.text}"
            hint = f"if it was only reworded, write {{#{entry.id}}} behind its bold"
            report.add("E306", path, Span(1), message, hint)


def _named(document: Document, topic_ids: Sequence[str], question_ids: Iterable[str]) -> Document:
    names = iter(question_ids)

    def named(topic: Topic, name: str) -> Topic:
        questions = tuple(replace(item, id=next(names)) for item in topic.questions)
        return replace(topic, id=name, questions=questions)

    topics = tuple(map(named, document.topics, topic_ids))
    return replace(document, topics=topics)
