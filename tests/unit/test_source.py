"""Reading a source: what the case files cannot show."""

from __future__ import annotations

from pathlib import Path

import pytest
from qna import source
from qna.diagnostics import Report


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the limit is not even decoded."""
    monkeypatch.setattr(source, "SIZE_LIMIT", 10)
    path = tmp_path / "questions.md"
    path.write_bytes(b"\xff" * 11)
    report = Report()

    read = source.read(path, report)

    assert read.lines == ()
    assert [item.message for item in report.items] == ["source is larger than 10 bytes"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines(ends: str) -> None:
    """Lines end at LF, CRLF and CR, and nowhere else."""
    lines = ("# a", "", "b c")

    assert lines == source.decode("a.md", ends.join(lines).encode(), Report()).lines


def test_byte_order_mark_takes_no_column() -> None:
    """The mark at the start of a file is not part of its first line."""
    assert source.decode("a.md", b"\xef\xbb\xbf# a", Report()).lines == ("# a",)


def test_place_of_a_bad_byte() -> None:
    """Line and column count characters, not bytes, and Windows' line ends as one."""
    report = Report()
    source.decode("a.md", "é\r\n🚀x".encode() + b"\xc3(", report)

    assert [(item.code, item.span.line, item.span.column) for item in report.items] == [
        ("E005", 2, 3)
    ]
