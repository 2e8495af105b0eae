"""TOML files that people edit: where in them something is wrong."""

from __future__ import annotations

import marshal
import re
import tomllib
from typing import TYPE_CHECKING, Any

from qna import words
from qna.memo import remembered
from qna.model import Span

if TYPE_CHECKING:
    from pathlib import Path

    from qna.diagnostics import Report


def load(path: Path, report: Report) -> dict[str, Any]:
    """Return the content of a file; empty if there is none or, which is reported, no TOML in it."""
    try:
        return parsed(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        span = Span(int(place[1]), int(place[2])) if place else Span(1)
        message = re.sub(r" \(at .*\)$", "", str(error))
        hint = "follow the form of the other entries in the file"
        report.add("E310", str(path), span, f"not TOML: {message}", hint)
        return {}


def parsed(text: str) -> dict[str, Any]:
    """Return the content of a file, which is remembered. Raises TOMLDecodeError."""
    packed = _packed(text)
    found: dict[str, Any] = marshal.loads(packed) if packed else tomllib.loads(text)  # noqa: S302
    return found


@remembered
def _packed(text: str) -> bytes:
    """Return the content of a file as bytes; none if it has dates, which are no plain data."""
    found = tomllib.loads(text)
    try:
        return marshal.dumps(found)
    except ValueError:
        return b""


def find(path: Path, text: str, after: str = "") -> Span:
    """Return the first place of a word, after a line if given: `tomllib` gives no positions."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(text)}(?![\w-])")
    begun = not after
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if begun and (match := pattern.search(line)):
            return Span(number, match.start() + 1, match.end() + 1)
        begun = begun or line.strip() == after
    return Span(1)


def check_language(language: str, report: Report, folder: Path = words.FOLDER) -> None:
    """Report what cannot be used of the words in the file of a language, if there is one."""
    path = words.file(language, folder)
    if path is None:
        return
    for section, key, message, hint in words.mistakes(load(path, report)):
        place = find(path, key, f"[{section}]") if key else find(path, section)
        report.add("E311", str(path), place, message, hint)
