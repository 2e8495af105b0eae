"""Diagnostics for authors: where the problem is, what it is, and how to fix it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal
from unicodedata import category

from qna.model import Places, Span
from qna.wording import counted

SHOWN_AT_MOST = 50
"""Number of diagnostics printed in full; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem in a file that an author wrote."""

    code: str
    """`E` or `W` and three digits; never reused for another problem."""
    path: str
    """The file, as named by the user."""
    span: Span
    message: str
    """What is wrong, without a final period."""
    hint: str
    """How to fix it, in the imperative."""

    @property
    def severity(self) -> Literal["error", "warning"]:
        """Errors stop the run; warnings do not."""
        return "error" if self.code.startswith("E") else "warning"


@dataclass(slots=True)
class Report:
    """Collects the diagnostics of one run, so that an author sees them all at once."""

    items: list[Diagnostic] = field(default_factory=list)
    places: dict[str, Places] = field(default_factory=dict)
    """The files of a source that has several, by the path by which it is reported."""

    def add(self, code: str, path: str, span: Span, message: str, hint: str) -> None:
        """Record one diagnostic; in a source of several files, at the place in its file."""
        if path in self.places:
            file, line = self.places[path].of(span.line)
            path, span = file or path, replace(span, line=line)
        self.items.append(Diagnostic(code, path, span, message, hint))

    @property
    def errors(self) -> int:
        """Number of errors."""
        return sum(item.severity == "error" for item in self.items)

    @property
    def warnings(self) -> int:
        """Number of warnings."""
        return len(self.items) - self.errors


def render(report: Report, lines: Mapping[str, Sequence[str]]) -> str:
    """Render a report as text, sorted by position.

    `lines` maps a path to its source lines; for a path that is not in it, the source line is
    omitted.
    """
    ordered = sorted(report.items, key=lambda item: (item.path, item.span.line, item.span.column))
    blocks = [_block(item, lines.get(item.path, ())) for item in ordered[:SHOWN_AT_MOST]]
    return "\n".join([*blocks, *_rest(ordered), _summary(report)])


def printable(text: str) -> str:
    """Escape control characters, so that echoed source text cannot control the terminal."""
    return "".join(
        char.encode("unicode_escape").decode()
        if category(char) in {"Cc", "Cf", "Zl", "Zp"} and char != "\t"
        else char
        for char in text
    )


def _block(item: Diagnostic, lines: Sequence[str]) -> str:
    place = f"{item.path}:{item.span.line}:{item.span.column}"
    head = f"{place}: {item.severity}[{item.code}]: {printable(item.message)}"
    return "\n".join([head, *_excerpt(item.span, lines), f"hint: {printable(item.hint)}", ""])


def _excerpt(span: Span, lines: Sequence[str]) -> list[str]:
    if not 0 < span.line <= len(lines):
        return []
    line = lines[span.line - 1]
    start = min(span.column, len(line) + 1) - 1
    stop = max(span.end - 1 if span.end else len(line.rstrip()), start + 1)
    before = "".join("\t" if char == "\t" else " " * len(printable(char)) for char in line[:start])
    width = max(len(printable(line[start:stop])), 1)
    return [f"{span.line:5} | {printable(line)}", f"      | {before}{'^' * width}"]


def _rest(ordered: Sequence[Diagnostic]) -> Iterable[str]:
    if len(ordered) > SHOWN_AT_MOST:
        yield f"... and {len(ordered) - SHOWN_AT_MOST} more\n"


def _summary(report: Report) -> str:
    return f"{counted(report.errors, 'error')}, {counted(report.warnings, 'warning')}"
