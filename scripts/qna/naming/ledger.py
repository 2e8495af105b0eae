"""The ledger `ids.json`: every address ever published, with its question or topic.

The splitter keeps it, and it is committed with the source. A question keeps its id when it is
reworded or moved; an old address is recorded with the question it redirects to.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from qna.model import Span
from qna.naming import ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from qna.diagnostics import Report
    from qna.model import Document

FILE_NAME = "ids.json"

_RESTORE = "restore the file from the last commit"
_ID, _LISTED = r'"(?:id|topic)"\s*:', r"[\[,]"
"""Text before an id in the file: a key, or a bracket or comma in a list."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A published question."""

    id: str
    text: str
    """The question as last recorded."""
    topic: str
    """Id of its topic."""
    answer: str
    """The answer as last recorded; it helps to recognize a reworded question."""
    formerly: tuple[str, ...] = ()
    """Old addresses that redirect here, as `topic#id`."""

    @property
    def address(self) -> str:
        """The question's address: `topic#id`."""
        return f"{self.topic}#{self.id}"


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """A published topic."""

    id: str
    title: str
    formerly: tuple[str, ...] = ()
    """Old ids that redirect here."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything ever published, in source order."""

    topics: tuple[TopicEntry, ...] = ()
    questions: tuple[Entry, ...] = ()

    def ids(self) -> Iterator[str]:
        """Yield the ids of all topics, then of all questions."""
        yield from (entry.id for entry in self.topics)
        yield from (entry.id for entry in self.questions)

    def names(self) -> Ledger:
        """Return the ledger without answers, which may be out of date."""
        return replace(self, questions=tuple(replace(entry, answer="") for entry in self.questions))

    def old_questions(self) -> dict[str, str]:
        """Map each retired question id to its redirect target."""
        current = {entry.id for entry in self.questions}
        pairs = (
            (old.partition("#")[2], entry.id) for entry in self.questions for old in entry.formerly
        )
        return {old: name for old, name in pairs if old not in current}

    def old_topics(self) -> dict[str, str]:
        """Map each retired topic id to its redirect target."""
        return {old: entry.id for entry in self.topics for old in entry.formerly}

    def old_anchors(self) -> Iterator[tuple[str, str, str]]:
        """Yield topic id, anchor and question id of every old address of a question."""
        for entry in self.questions:
            for topic, _, anchor in (address.partition("#") for address in entry.formerly):
                yield topic, anchor, entry.id


def read(path: Path, report: Report) -> Ledger | None:
    """Read the ledger at `path`; None if there is no file. Errors go to `report`."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        text = data.decode("utf-8-sig")
        found = _from_data(json.loads(text))
    except json.JSONDecodeError as error:
        hint = "settle the merge conflict, or restore the file from the last commit"
        report.add("E307", str(path), Span(error.lineno, error.colno), "ledger is not JSON", hint)
    except UnicodeDecodeError:
        report.add("E307", str(path), Span(1), "ledger is not UTF-8", "save it as UTF-8")
    except _NotTextError as error:
        span = _find(text, rf"{_ID}|{_LISTED}", error.value)
        message = f"{json.dumps(error.value)[:50]} in the ledger is not text"
        report.add("E307", str(path), span, message, _RESTORE)
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError):
        report.add(
            "E307", str(path), Span(1), "ledger does not have the expected structure", _RESTORE
        )
    else:
        _check_ids(found, path, text, report)
        _check_unique(found, path, text, report)
        return found
    return Ledger()


def dump(ledger: Ledger) -> str:
    """Serialize the ledger."""
    data = {
        "version": 1,
        "topics": [
            {"id": entry.id, "title": entry.title, **_formerly(entry.formerly)}
            for entry in ledger.topics
        ],
        "questions": [
            {
                "id": entry.id,
                "topic": entry.topic,
                "question": entry.text,
                "answer": entry.answer,
                **_formerly(entry.formerly),
            }
            for entry in ledger.questions
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def record(document: Document, published: Ledger) -> Ledger:
    """Return the ledger of a named document, including everything published before."""
    before = {entry.id: entry for entry in published.questions}
    topics_before = {entry.id: entry.formerly for entry in published.topics}
    return Ledger(
        tuple(
            TopicEntry(topic.id, topic.title, topics_before.get(topic.id, ()))
            for topic in document.topics
        ),
        tuple(
            _moved(Entry(item.id, item.text, topic.id, item.answer), before.get(item.id))
            for topic in document.topics
            for item in topic.questions
        ),
    )


def merged(entry: Entry, other: Entry) -> Entry:
    """Return `entry` with the addresses of `other` redirecting to it."""
    return _without_own(replace(entry, formerly=(*entry.formerly, other.address, *other.formerly)))


def _moved(entry: Entry, before: Entry | None) -> Entry:
    return merged(entry, before) if before else entry


def _without_own(entry: Entry) -> Entry:
    others = (address for address in dict.fromkeys(entry.formerly) if address != entry.address)
    return replace(entry, formerly=tuple(others))


class _NotTextError(Exception):
    """A value that should be a string is not."""

    def __init__(self, value: object) -> None:
        super().__init__(value)
        self.value = value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _NotTextError(value)
    return value


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError(values)
    return tuple(map(_text, values))


def _formerly(addresses: tuple[str, ...]) -> dict[str, list[str]]:
    return {"formerly": list(addresses)} if addresses else {}


def _from_data(data: Mapping[str, Any]) -> Ledger:
    return Ledger(
        tuple(
            TopicEntry(_text(item["id"]), _text(item["title"]), _texts(item.get("formerly", [])))
            for item in data["topics"]
        ),
        tuple(
            Entry(
                _text(item["id"]),
                _text(item["question"]),
                _text(item["topic"]),
                _text(item["answer"]),
                _texts(item.get("formerly", [])),
            )
            for item in data["questions"]
        ),
    )


def _check_ids(found: Ledger, path: Path, text: str, report: Report) -> None:
    """Report malformed ids, because pages and addresses are named after them."""
    hint = f"{_RESTORE}; an id is lowercase words joined by hyphens, and not reserved"
    for before, value, parts in dict.fromkeys(_names(found)):
        names = value.split("#")
        if len(names) != parts or not all(map(_is_valid, names)):
            kind = "an id" if parts == 1 else "an address such as 'topic-id#question-id'"
            message = f"'{value}' in the ledger is not {kind}"
            report.add("E307", str(path), _find(text, before, value), message, hint)


def _names(found: Ledger) -> Iterator[tuple[str, str, int]]:
    """Yield each id or address: the text before it in the file, itself, and its number of ids."""
    for topic in found.topics:
        yield _ID, topic.id, 1
        yield from ((_LISTED, old, 1) for old in topic.formerly)
    for entry in found.questions:
        yield _ID, entry.id, 1
        yield _ID, entry.topic, 1
        yield from ((_LISTED, old, 2) for old in entry.formerly)


def _is_valid(name: str) -> bool:
    return ids.is_id(name) and not ids.is_reserved(name)


def _find(text: str, before: str, value: object) -> Span:
    """Return the first place of a value in the file, or the file's start if it is not found."""
    written = (re.escape(json.dumps(value, ensure_ascii=flag)) for flag in (False, True))
    match = re.search(rf"(?:{before})\s*(?P<value>{'|'.join(written)})(?!\w)", text)
    if not match:
        return Span(1)
    start = match.start("value")
    return Span(text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))


def _check_unique(found: Ledger, path: Path, text: str, report: Report) -> None:
    seen: set[str] = set()
    for name in found.ids():
        if name in seen:
            line = text[: text.rfind(f'"id": "{name}"')].count("\n") + 1
            hint = "delete the entry that a merge has duplicated"
            report.add("E307", str(path), Span(line), f"ledger lists '{name}' twice", hint)
        seen.add(name)
