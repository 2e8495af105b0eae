"""The ledger file: read as it was written, or refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from qna.diagnostics import Report
from qna.naming import ledger
from qna.naming.history import History, digests
from qna.naming.ledger import Entry, Ledger, TopicEntry

HISTORY = History(
    3,
    date(2026, 3, 2),
    {"answer": date(2026, 11, 28), "note": date(2026, 4, 1)},
    digests("What is dropout?", "Text.\nÉ 🚀", "A note."),
)

LEDGER = Ledger(
    (TopicEntry("topic", "A *topic*", ("old-topic",)), TopicEntry("other", "Other")),
    (
        Entry("dropout", "What is dropout?", "topic", "Text.\nÉ 🚀", ("old-topic#drop",), HISTORY),
        Entry("pooling", "What is pooling?", "other", "Text."),
    ),
)


def test_round_trip(tmp_path: Path) -> None:
    """Reading a written ledger gives the same ledger."""
    path = tmp_path / ledger.FILE_NAME
    path.write_text(ledger.dump(LEDGER), encoding="utf-8")
    report = Report()

    assert ledger.read(path, report) == LEDGER
    assert not report.items


def test_windows_editors(tmp_path: Path) -> None:
    """A byte order mark and Windows line endings do no harm."""
    path = tmp_path / ledger.FILE_NAME
    path.write_bytes(b"\xef\xbb\xbf" + ledger.dump(LEDGER).replace("\n", "\r\n").encode())

    assert ledger.read(path, Report()) == LEDGER


def test_no_file(tmp_path: Path) -> None:
    """A missing ledger is not the same as an empty one."""
    assert ledger.read(tmp_path / ledger.FILE_NAME, Report()) is None


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "ledger is not JSON"),
        (b"\xff\xfe{}", "ledger is not UTF-8"),
        (b"[" * 5000, "ledger does not have the expected structure"),
        (b"[]", "ledger does not have the expected structure"),
        (b'{"topics": [], "questions": [{}]}', "ledger does not have the expected structure"),
        (b'{"topics": [{"id": 1, "title": "T"}], "questions": []}', "1 in the ledger is not text"),
        (
            b'{"topics": [{"id": "a", "title": "A", "formerly": "b"}], "questions": []}',
            "ledger does not have the expected structure",
        ),
        (b'{"version": ' + b"1" * 5000 + b"}", "ledger does not have the expected structure"),
        (b'{"version": 3}', "3 in the ledger is not a version from 1 to 2"),
        (b'{"version": "2"}', '"2" in the ledger is not a version from 1 to 2'),
    ],
)
def test_invalid_ledger(data: bytes, message: str, tmp_path: Path) -> None:
    """Any other content of the file is reported as exactly one error."""
    path = tmp_path / ledger.FILE_NAME
    path.write_bytes(data)
    report = Report()

    assert ledger.read(path, report) == Ledger()
    assert [item.code for item in report.items] == ["E307"]
    assert report.items[0].message.startswith(message)


def test_version_1(tmp_path: Path) -> None:
    """A ledger without histories says which texts it has seen, but not when."""
    data = json.loads(ledger.dump(LEDGER)) | {"version": 1}
    for item in data["questions"]:
        for key in ("revision", "date", "digest"):
            item.pop(key, None)
    path = tmp_path / ledger.FILE_NAME
    path.write_text(json.dumps(data), encoding="utf-8")
    report = Report()

    read = ledger.read(path, report)

    assert read
    assert not report.items
    assert read.names() == LEDGER.names()
    assert [entry.history for entry in read.questions] == [
        History(1, digests=digests(entry.text, entry.answer)) for entry in LEDGER.questions
    ]


STRUCTURE = "ledger does not have the expected structure"


@pytest.mark.parametrize(
    ("wrong", "message", "line"),
    [
        ({"revision": "1"}, STRUCTURE, 1),
        ({"revision": 0}, STRUCTURE, 1),
        ({"revision": True}, STRUCTURE, 1),
        ({"date": ["2026-11-28"]}, STRUCTURE, 1),
        ({"date": {"topic": "2026-11-28"}}, STRUCTURE, 1),
        ({"date": {"added": "2026-02-30"}}, '"2026-02-30" in the ledger is not a date', 24),
        ({"date": {"added": "20261128"}}, '"20261128" in the ledger is not a date', 24),
        ({"date": {"answer": "2026-11-28T00:00"}}, '"2026-11-28T00:00" in the ledger is', 24),
        ({"date": {"answer": 20261128}}, "20261128 in the ledger is not a date", 24),
        ({"digest": "abc"}, STRUCTURE, 1),
        ({"digest": {"text": "abc"}}, STRUCTURE, 1),
        ({"digest": {"answer": 1}}, "1 in the ledger is not text", 1),
    ],
)
def test_invalid_history(wrong: dict[str, object], message: str, line: int, tmp_path: Path) -> None:
    """A history that a splitter did not write is reported, and its place if it has one."""
    data = json.loads(ledger.dump(LEDGER))
    data["questions"][0] |= wrong
    path = tmp_path / ledger.FILE_NAME
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
    report = Report()

    assert ledger.read(path, report) == Ledger()
    assert [item.code for item in report.items] == ["E307"]
    assert report.items[0].message.startswith(message)
    assert report.items[0].span.line == line


BAD = [
    "",
    "../x",
    "A B",
    "a/b",
    "a\\b",
    "con",
    "lpt1",
    "index",
    "a\0",
    "\x1b[2J",
    "\ud800",
    "a" * 81,
]


@pytest.mark.parametrize("name", BAD)
def test_invalid_id(name: str, tmp_path: Path) -> None:
    """An invalid id is refused wherever an id is expected, and its position is reported."""
    path = tmp_path / ledger.FILE_NAME
    question = {"question": name, "answer": name}
    data = {
        "topics": [{"title": name, "id": "topic", "formerly": ["fine", name]}],
        "questions": [
            {**question, "id": "first", "topic": "topic", "formerly": [f"topic#{name}"]},
            {**question, "id": "second", "topic": name},
        ],
    }
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
    report = Report()

    ledger.read(path, report)

    assert [item.code for item in report.items] == ["E307"] * 3
    lines = path.read_text(encoding="utf-8").split("\n")
    places = [(lines[item.span.line - 1], item.span.column) for item in report.items]
    written = json.dumps(name)
    assert places == [
        (f"    {written}", 5),
        (f'    "topic#{written[1:]}', 5),
        (f'   "topic": {written}', 13),
    ]
