"""The ledger file: read as it was written, or refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from qna.diagnostics import Report
from qna.naming import ledger
from qna.naming.ledger import Entry, Ledger, TopicEntry

LEDGER = Ledger(
    (TopicEntry("topic", "A *topic*", ("old-topic",)), TopicEntry("other", "Other")),
    (
        Entry("dropout", "What is dropout?", "topic", "Text.\nÉ 🚀", ("old-topic#drop",)),
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
