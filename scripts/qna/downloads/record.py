"""The record of the files to take along, kept beside them: what was made, and of what.

It is only believed if it fits: a file that is missing, or has other bytes, is made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from qna import stamp

FILE_NAME = ".made.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made."""

    name: str
    ending: str
    topic: str
    """Id of its topic; empty for a file of the whole site."""
    size: int
    """In bytes."""
    updated: str
    """The day on which a text in it last changed, such as `2026-11-28`; empty if it is unknown."""
    inputs: str
    """Digest of what it was made of."""
    content: str
    """Digest of its bytes."""

    def fits(self, path: Path, inputs: str) -> bool:
        """Tell whether the file at `path` is this one, made of the same inputs."""
        try:
            return self.inputs == inputs and self.content == stamp.digest(path.read_bytes())
        except OSError:
            return False

    @property
    def day(self) -> date | None:
        """The day on which a text in it last changed."""
        return date.fromisoformat(self.updated) if self.updated else None


def read(folder: Path) -> dict[str, Made]:
    """Return what was made in a folder by name; nothing if there is no record that can be read."""
    try:
        data = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        files = [_read(item) for item in data["files"]] if data["version"] == _VERSION else []
        return {made.name: made for made in files}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def _read(item: Mapping[str, Any]) -> Made:
    """Return a file in the record; TypeError or ValueError if it cannot be one."""
    made = Made(**item)
    texts = (made.name, made.ending, made.topic, made.updated, made.inputs, made.content)
    # A name that leads to another folder could delete what is there.
    if not all(isinstance(text, str) for text in texts) or Path(made.name).name != made.name:
        raise TypeError(item)
    date.fromisoformat(made.updated or "1970-01-01")
    return replace(made, size=int(made.size))


def dump(files: Iterable[Made]) -> str:
    """Return the text of the record."""
    data = {"version": _VERSION, "files": [asdict(made) for made in files]}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
