"""What earlier runs have worked out: the result of a pure function for the same text is kept.

The results are in a file in `.cache/`, after a digest of them and one of this program. The file
may be deleted at any time, and is ignored if it is damaged or another program wrote it. So a run
after an edit gives what a run without a memory gives, and only takes less time.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from qna import stamp

FILE_NAME = ".cache/split.memo"
"""Of the memory, below the project's root."""
_Result = TypeVar("_Result")


class Memo:
    """Results by the name of their function and by its argument; all of them are plain data."""

    def __init__(self, before: dict[str, dict[str, Any]] | None = None) -> None:
        """Start with what earlier runs have left."""
        self._before = before or {}
        self._now: dict[str, dict[str, Any]] = {}

    def recall(self, name: str, key: str, make: Callable[[str], _Result]) -> _Result:
        """Return what is known under a name and a key, or else make it; it is known from now on."""
        now = self._now.setdefault(name, {})
        if key not in now:
            before = self._before.get(name, {})
            now[key] = before[key] if key in before else make(key)
        found: _Result = now[key]
        return found

    def known(self, name: str, key: str) -> Any:  # noqa: ANN401 - any plain data
        """Return what is known under a name and a key; None if nothing is."""
        return self._before.get(name, {}).get(key)

    def keep(self, name: str, key: str, value: object) -> None:
        """Keep plain data for the next run."""
        self._now.setdefault(name, {})[key] = value

    def save(self, root: Path) -> None:
        """Leave what this run has used or made; all else is forgotten."""
        path = root / FILE_NAME
        data = marshal.dumps(self._now)
        with suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            with path.open("wb") as file:
                file.write(_seal(data))
                file.write(data)


def load(root: Path) -> Memo:
    """Return the memory of a project; an empty one if there is none that can be trusted."""
    with suppress(OSError):
        with (root / FILE_NAME).open("rb") as file:
            seal, data = file.readline(), file.read()
        if seal == _seal(data):
            return Memo(marshal.loads(data))  # noqa: S302 - as it was written
    return Memo()


def _seal(data: bytes) -> bytes:
    return f"{stamp.digest(data)} {stamp.program()}\n".encode()


_current: Memo | None = None
"""The memory in use, if any."""


@contextmanager
def using(memo: Memo | None) -> Iterator[None]:
    """Have functions remember their results in a memory for a while; without one, they do not."""
    global _current  # noqa: PLW0603
    before, _current = _current, memo
    try:
        yield
    finally:
        _current = before


def recall(name: str, key: str, make: Callable[[str], _Result]) -> _Result:
    """Return what is known under a name and a key, or else make it of the key."""
    return _current.recall(name, key, make) if _current else make(key)


def known(name: str, key: str) -> Any:  # noqa: ANN401 - any plain data
    """Return what an earlier run has kept under a name and a key; None if nothing is known."""
    return _current.known(name, key) if _current else None


def keep(name: str, key: str, value: object) -> None:
    """Keep plain data for the next run."""
    if _current:
        _current.keep(name, key, value)


def remembered(function: Callable[[str], _Result]) -> Callable[[str], _Result]:
    """Have a pure function of a text, which returns plain data, remember its results."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def recalled(text: str) -> _Result:
        return recall(name, text, function)

    return recalled
