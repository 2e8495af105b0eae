"""The ledger `ids.json`: every address ever published, with its question or topic and its history.

The splitter keeps it, and it is committed with the source. A question keeps its id when it is
reworded or moved; an old address is recorded with the question it redirects to.

Version 1 had no histories. Its questions were recorded on an unknown day, so they get no date until
they change. In version 2, a question has no history until a run that records dates has seen it.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from qna import indented_json
from qna.model import Span
from qna.naming import ids
from qna.naming.history import PARTS, Digests, History, digests

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from qna.diagnostics import Report
    from qna.model import Document, Question

FILE_NAME = "ids.json"
VERSION = 2
"""The form of the file that is written; older ones are read."""

_RESTORE = "restore the file from the last commit"
_ID, _LISTED = r'"(?:id|topic)"\s*:', r"[\[,]"
"""Text before an id in the file: a key, or a bracket or comma in a list."""
_ADDED = "added"
_DATED = rf'"(?:{"|".join((_ADDED, *PARTS))})"\s*:'
"""Text before a date in the file."""
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


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
    history: History = field(default_factory=History)
    first: str = ""
    """The id that it was first published under, if that was another one."""

    @property
    def original(self) -> str:
        """The id that it was first published under; flashcards are known by it."""
        return self.first or self.id

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
    version: int = VERSION

    def ids(self) -> Iterator[str]:
        """Yield the ids of all topics, then of all questions."""
        yield from (entry.id for entry in self.topics)
        yield from (entry.id for entry in self.questions)

    def new_names(self, published: Ledger) -> list[tuple[str, str]]:
        """Return the ids that were not published before, each with its title or question."""
        before = {*published.ids(), *published.old_topics(), *published.old_questions()}
        named = [(entry.id, entry.title) for entry in self.topics]
        named += [(entry.id, entry.text) for entry in self.questions]
        return [(name, text) for name, text in named if name not in before]

    def names(self) -> object:
        """Return what is in the ledger but answers and histories, which may be out of date."""
        entries = self.questions
        return self.topics, [(e.id, e.text, e.topic, e.formerly, e.first) for e in entries]

    def histories(
        self, questions: Iterable[Question], notes: Mapping[str, str]
    ) -> dict[str, History]:
        """Return the history of the current texts of some questions by id."""
        recorded = {entry.id: entry.history for entry in self.questions}
        return {
            item.id: recorded.get(item.id, History()).of(_digests(item, notes))
            for item in questions
        }

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

    def former_questions(self) -> dict[str, list[str]]:
        """Map each question id to the retired ids that redirect to it."""
        return _by_target(self.old_questions())

    def former_topics(self) -> dict[str, list[str]]:
        """Map each topic id to the retired ids that redirect to it."""
        return _by_target(self.old_topics())

    def old_anchors(self) -> Iterator[tuple[str, str, str]]:
        """Yield topic id, anchor and question id of every old address of a question."""
        for entry in self.questions:
            for topic, _, anchor in (address.partition("#") for address in entry.formerly):
                yield topic, anchor, entry.id


def _by_target(redirects: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the old ids that lead to each id."""
    found: dict[str, list[str]] = {}
    for old, target in redirects.items():
        found.setdefault(target, []).append(old)
    return found


def read(path: Path, report: Report) -> Ledger | None:
    """Read the ledger at `path`; None if there is no file. Errors go to `report`."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        report.add("E307", str(path), Span(1), "ledger is not UTF-8", "save it as UTF-8")
        return Ledger()
    return parsed(text, path, report)


def parsed(text: str, path: Path, report: Report) -> Ledger:
    """Return what the text of a ledger says; an empty one with errors, which go to `report`."""
    try:
        found = _from_data(json.loads(text))
    except json.JSONDecodeError as error:
        hint = "settle the merge conflict, or restore the file from the last commit"
        report.add("E307", str(path), Span(error.lineno, error.colno), "ledger is not JSON", hint)
    except _WrongValueError as error:
        span = _find(text, error.before, error.value)
        message = f"{json.dumps(error.value)[:50]} in the ledger is not {error.expected}"
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
        "version": VERSION,
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
                **_written(entry.history),
                **_formerly(entry.formerly),
                **({"first": entry.first} if entry.original != entry.id else {}),
            }
            for entry in ledger.questions
        ],
    }
    return "".join([*indented_json.pieces(data, 2), "\n"])


def record(
    document: Document, published: Ledger, notes: Mapping[str, str], today: date | None
) -> Ledger:
    """Return the ledger of a named document, including everything published before.

    `notes` has the text of each note by the id of its question. Without a day, new ids are
    recorded, but no changes of texts.
    """
    before = {entry.id: entry for entry in published.questions}
    topics_before = {entry.id: entry.formerly for entry in published.topics}
    return Ledger(
        tuple(
            TopicEntry(topic.id, topic.title, topics_before.get(topic.id, ()))
            for topic in document.topics
        ),
        tuple(
            _recorded(item, topic.id, before.get(item.id), _digests(item, notes), today)
            for topic in document.topics
            for item in topic.questions
        ),
    )


def merged(entry: Entry, other: Entry) -> Entry:
    """Return `entry` with the addresses of `other` redirecting to it."""
    return _without_own(replace(entry, formerly=(*entry.formerly, other.address, *other.formerly)))


def _recorded(
    item: Question, topic: str, before: Entry | None, current: Digests, today: date | None
) -> Entry:
    known = before.history if before else History()
    history, first = known.recorded(current, today), before.first if before else ""
    if before and (before.text, before.topic, before.answer) == (item.text, topic, item.answer):
        return _without_own(before if history is known else replace(before, history=history))
    entry = Entry(item.id, item.text, topic, item.answer, (), history, first)
    return merged(entry, before) if before else entry


def _digests(item: Question, notes: Mapping[str, str]) -> Digests:
    return digests(item.text, item.answer, notes.get(item.id, ""))


def _without_own(entry: Entry) -> Entry:
    if not entry.formerly:
        return entry
    others = (address for address in dict.fromkeys(entry.formerly) if address != entry.address)
    return replace(entry, formerly=tuple(others))


class _WrongValueError(Exception):
    """A value that is not what it should be."""

    def __init__(self, value: object, expected: str, before: str) -> None:
        super().__init__(value)
        self.value, self.expected = value, expected
        self.before = before
        """Text before it in the file."""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _WrongValueError(value, "text", rf"{_ID}|{_LISTED}")
    return value


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError(values)
    return tuple(map(_text, values))


def _formerly(addresses: tuple[str, ...]) -> dict[str, list[str]]:
    return {"formerly": list(addresses)} if addresses else {}


def _day(value: object) -> date:
    if isinstance(value, str) and _DATE.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise _WrongValueError(value, "a date", _DATED)


def _written(history: History) -> dict[str, object]:
    """Return the part of a question's data that is its history."""
    if not history.revision:
        return {}
    dates = {_ADDED: history.added, **{part: history.changes.get(part) for part in PARTS}}
    written = {name: day.isoformat() for name, day in dates.items() if day}
    return {
        "revision": history.revision,
        **({"date": written} if written else {}),
        "digest": {part: history.digests[part] for part in PARTS if part in history.digests},
    }


def _history(item: Mapping[str, Any], version: int) -> History:
    if version == 1:
        return History(1, digests=digests(item["question"], item["answer"]))
    if "revision" not in item:
        return History()
    dates = {name: _day(value) for name, value in item.get("date", {}).items()}
    added, found = dates.pop(_ADDED, None), item["digest"]
    revision = item["revision"]
    if type(revision) is not int or revision < 1 or not {*dates, *found} <= {*PARTS}:
        raise TypeError(item)
    return History(revision, added, dates, {name: _text(found[name]) for name in found})


def _from_data(data: Mapping[str, Any]) -> Ledger:
    version = data.get("version", 1)
    if version not in range(1, VERSION + 1):
        raise _WrongValueError(version, f"a version from 1 to {VERSION}", r'"version"\s*:')
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
                _history(item, version),
                _text(item.get("first", "")),
            )
            for item in data["questions"]
        ),
        version,
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
        if entry.first:
            yield r'"first"\s*:', entry.first, 1


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
