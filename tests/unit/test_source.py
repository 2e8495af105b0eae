"""Reading a source: behavior that case files cannot show."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from qna.diagnostics import Report
from qna.reading import source
from support.harness import run


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file over the size limit is not even decoded."""
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
    """A byte order mark at the start of a file is not part of its first line."""
    assert source.decode("a.md", b"\xef\xbb\xbf# a", Report()).lines == ("# a",)


def test_position_of_a_bad_byte() -> None:
    """Positions count characters, not bytes, and CRLF as one line ending."""
    report = Report()
    source.decode("a.md", "é\r\n🚀x".encode() + b"\xc3(", report)

    assert [(item.code, item.span.line, item.span.column) for item in report.items] == [
        ("E005", 2, 3)
    ]


@pytest.mark.parametrize("kind", ["folder", "pipe", "device"])
def test_not_an_ordinary_file(kind: str, tmp_path: Path) -> None:
    """A folder, pipe or device is refused at once, without waiting for data that never ends."""
    path = tmp_path / "source"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path = Path("/dev/zero")

    code, _, error = run(f"--source={path}", f"--out={tmp_path}")

    reason = "Is a directory" if kind == "folder" else "Not an ordinary file"
    assert code == 2
    assert error.startswith(f"{path}: error[E002]: cannot be read: {reason}\n")


def test_a_source_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the source changes during a run, all pages come from the same version of it."""
    path, real = tmp_path / "questions.md", Path.read_bytes
    text = "# T\n\n### **1. Topic**\n*   **Why {n}?** {{#why}}\n    - Because {n}.\n"
    path.write_text(text.format(n=1), encoding="utf-8")

    def changing(self: Path) -> bytes:
        data = real(self)
        if self == path:
            path.write_text(text.format(n=2), encoding="utf-8")
        return data

    monkeypatch.setattr(Path, "read_bytes", changing)
    assert run(f"--source={path}", f"--out={tmp_path / 'docs'}")[0] == 0
    made = "".join(found.read_text(encoding="utf-8") for found in tmp_path.rglob("docs/*/*.md"))

    assert "Because 1." in made
    assert "Why 1?" in made
    assert "2?" not in made
    assert "Because 2." not in made
