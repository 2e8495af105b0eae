"""Files that are made of `questions.json`, and again only if what they are made of has changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qna import stamp

Known = dict[str, tuple[str, str]]
"""Path below the site's root to a digest of what a file is made of, and to the file's state."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A file to make, which may have several addresses."""

    paths: tuple[str, ...]
    """Below the site's root."""
    made_of: object
    """All that its text depends on, as data."""
    text: Callable[[], str]


def write(
    site: Path, found: Iterable[Derived], before: Known, put: Callable[[Path, str], None]
) -> Known:
    """Write the files that have changed since an earlier run; delete those no longer found."""
    now: Known = {}
    for file in found:
        digest = digest_of(file.made_of)
        left = [path for path in file.paths if not _is_left(site, path, digest, before)]
        text = file.text() if left else ""
        for path in left:
            put(site / path, text)
        now |= {
            path: (digest, stamp.state_of(f"{site}/{path}")) if path in left else before[path]
            for path in file.paths
        }
    for path in before.keys() - now.keys():
        (site / path).unlink(missing_ok=True)
        with suppress(OSError):  # there is more in it
            (site / path).parent.rmdir()
    return now


def digest_of(data: object) -> str:
    """Return a digest of data."""
    return stamp.digest(json.dumps(data).encode())


def _is_left(site: Path, path: str, digest: str, before: Known) -> bool:
    known = before.get(path)
    return known is not None and known == (digest, stamp.state_of(f"{site}/{path}"))


def by_topic(questions: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Return questions by the id of their topic, in their order."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for item in questions:
        found.setdefault(item["topic"], []).append(item)
    return found
