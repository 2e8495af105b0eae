"""Read the source file: decode it, split lines, check for unwanted characters."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from errno import EINVAL
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import name

from qna.model import Places, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qna.diagnostics import Report

SIZE_LIMIT = 40_000_000
"""Maximum size in bytes: 50,000 questions with answers twice as long as the real ones."""
LINE_LIMIT = 2_000_000
"""Maximum line length in characters; anything longer is pasted data, not text."""

_EXAMPLE = "start with '# Title', '### **1. Topic**', '*   **Question**' and '    - Answer'"
_BIDI = "\u202a-\u202e\u2066-\u2069"
_SEPARATORS = "\x0b\x0c\x1c-\x1f\x85\u2028\u2029"
_ZERO_WIDTH = "\u200b\u2060\xad"
_LATIN = "\x00-\u024f"
_JOINER = f"(?<![^{_LATIN}])[\u200c\u200d](?![^{_LATIN}])"
"""A joiner that joins neither emoji nor letters of a script that uses it."""
_ODD = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff{_BIDI}{_ZERO_WIDTH}]|{_JOINER}"
)


@dataclass(frozen=True, slots=True)
class Source:
    """A decoded source file."""

    path: str
    """The path as given by the user."""
    lines: tuple[str, ...]
    """Lines without line endings; split at LF, CRLF and CR only."""
    places: Places = field(default_factory=Places)
    """The files that the lines are from, if it is a folder with several."""

    def files(self) -> dict[str, tuple[str, ...]]:
        """Return the lines of each file by its path."""
        starts = self.places.starts or ((1, self.path),)
        ends = [first for first, _ in starts[1:]] + [len(self.lines) + 1]
        return {
            path: self.lines[first - 1 : end - 1]
            for (first, path), end in zip(starts, ends, strict=True)
        }


def located(path: Path) -> Path:
    """Return a path, or the folder in place of a missing file: `questions` for `questions.md`."""
    folder = path.with_suffix("")
    return folder if not path.exists() and folder.is_dir() and files(folder) else path


def files(path: Path) -> list[Path]:
    """Return the files of a source: itself or, in the order of their names, those in the folder."""
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.glob("*.md") if not file.name.startswith("."))


def read(path: Path, report: Report) -> Source:
    """Read a source, which is a file or a folder of files; problems go to `report`.

    Raises OSError if it cannot be read.
    """
    if not (path.is_dir() and files(path)):
        folder = path.with_suffix("")
        if path.suffix == ".md" and folder.is_dir() and files(folder):
            hint = "keep one of the two; in the folder, each topic has its own file"
            report.add("E011", str(path), Span(1), f"there is also a folder '{folder.name}'", hint)
        return _file(path, report)
    parts = [part for file in files(path) if any((part := _file(file, report, part=True)).lines)]
    if not parts:
        report.add("E003", str(path), Span(1), "source is empty", _EXAMPLE)
    firsts = accumulate((len(part.lines) for part in parts), initial=1)
    places = Places(tuple(zip(firsts, (part.path for part in parts), strict=False)))
    report.places[str(path)] = places
    return Source(str(path), tuple(chain.from_iterable(part.lines for part in parts)), places)


def _file(path: Path, report: Report, *, part: bool = False) -> Source:
    """Read a file; as a part of a source, it may be empty."""
    if path.exists() and not path.is_file():
        # A pipe or device may never end.
        reason = "Is a directory" if path.is_dir() else "Not an ordinary file"
        raise OSError(EINVAL, reason, str(path))
    with path.open("rb") as file:
        data = file.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT:
        hint = "split the source, or increase SIZE_LIMIT in scripts/qna/reading/source.py"
        report.add("E010", str(path), Span(1), f"source is larger than {SIZE_LIMIT:,} bytes", hint)
        return Source(str(path), ())
    return Source(str(path), ()) if part and not data.strip() else decode(str(path), data, report)


def decode(path: str, data: bytes, report: Report) -> Source:
    """Decode `data` as UTF-8 and check its characters; problems go to `report`."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or data[:64].count(0) > len(data[:64]) // 4:
        report.add("E005", path, Span(1), "not UTF-8, looks like UTF-16", "save the file as UTF-8")
        return Source(path, ())
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _report_encoding(path, data, error, report)
        return Source(path, ())
    if not text.strip():
        report.add("E003", path, Span(1), "source is empty", _EXAMPLE)
    if "\r" in text and re.search(r"(?<!\r)\n|\r(?!\n)", text):
        hint = "save the file with one kind of line ending"
        report.add("W009", path, Span(1), "line endings are mixed", hint)
    lines = tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    if _has_overlong(path, lines, report):
        return Source(path, ())
    source = Source(path, lines)
    if _ODD.search(text):
        _check_characters(source, report)
    return source


def _has_overlong(path: str, lines: Sequence[str], report: Report) -> bool:
    """Report lines that are too long to process; return whether there are any."""
    overlong = [number for number, line in enumerate(lines, start=1) if len(line) > LINE_LIMIT]
    for number in overlong:
        message = f"line is longer than {LINE_LIMIT:,} characters"
        report.add("E012", path, Span(number), message, "break it into lines, or remove it")
    return bool(overlong)


def _report_encoding(path: str, data: bytes, error: UnicodeDecodeError, report: Report) -> None:
    before = data[: error.start].decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    span = Span(len(before), len(before[-1]) + 1, len(before[-1]) + 2)
    message = f"byte 0x{data[error.start]:02x} is not UTF-8"
    report.add("E005", path, span, message, "save the file as UTF-8")


def _check_characters(source: Source, report: Report) -> None:
    for number, line in enumerate(source.lines, start=1):
        for match in _ODD.finditer(line):
            span = Span(number, match.start() + 1, match.start() + 2)
            code, message, hint = _fault(match[0])
            report.add(code, source.path, span, message, hint)


def _fault(char: str) -> tuple[str, str, str]:
    label = f"U+{ord(char):04X} {name(char, '')}".rstrip()
    if char == "\ufeff":
        return "E004", "byte order mark inside the text", "delete the invisible character"
    if re.match(f"[{_SEPARATORS}]", char):
        return "E006", f"line separator inside a line: {label}", "delete it, or start a new line"
    if re.match(f"[{_BIDI}]", char):
        return "E007", f"text direction override: {label}", "delete it: it hides what the text says"
    if re.match(f"[{_ZERO_WIDTH}\u200c\u200d]", char):
        return "W008", f"invisible character: {label}", "delete it, unless it is intended"
    return "E006", f"control character {label}", "delete the character"
