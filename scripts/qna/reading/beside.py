"""Which files beside a source are about another one: they are left out, and named once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qna.model import Span
from qna.reading import editorial, notes, paths, toml_files
from qna.wording import counted

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

    from qna.diagnostics import Report
    from qna.reading.paths import LearningPath

_FEW = 5
"""Number of ids below which a file says too little about its source."""
_SHARE = 0.1
"""Share of known ids up to which a file is about another source: some fit by accident."""
_HINT = (
    "run 'python scripts/split.py --new', which keeps your questions and puts these files aside, "
    "or delete them"
)


def of_another_source(
    folder: Path, read: tuple[LearningPath, ...], known: Container[str], report: Report
) -> frozenset[str]:
    """Return the names of the files and folders beside a source that are about another one.

    `known` are the ids of the source. All of them are reported by one warning.
    """
    named = {name: list(_ids(name, _content(folder / name))) for name in editorial.FILES}
    named[notes.FOLDER] = [path.stem for path in notes.files(folder / notes.FOLDER)]
    named |= {f"{paths.FOLDER}/{path.id}.md": list(path.steps) for path in read}
    found = [name for name, ids in named.items() if _is_foreign(ids, known)]
    if found:
        files = counted(len(found), "file") if found != [notes.FOLDER] else "a folder"
        message = f"{files} beside the source, about other questions: {', '.join(found)}"
        report.add("W314", str(folder), Span(1), message, _HINT)
    return frozenset(found)


def _is_foreign(ids: list[str], known: Container[str]) -> bool:
    return len(ids) >= _FEW and sum(name in known for name in ids) <= _SHARE * len(ids)


def _content(path: Path) -> dict[str, Any]:
    """Return the content of a file; whoever reads it next reports what is wrong with it."""
    try:
        return toml_files.parsed(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _ids(name: str, content: dict[str, Any]) -> Iterator[str]:
    """Yield the ids that an editorial file names."""
    if name == editorial.GLOSSARY:
        terms = content.get("term")
        for term in terms if isinstance(terms, list) else ():
            listed = term.get("explained_by") if isinstance(term, dict) else None
            yield from map(str, listed if isinstance(listed, list) else ())
        return
    for table in ("related", "summary", "phrases", "further", "title"):
        found = content.get(table)
        yield from found if isinstance(found, dict) else ()
