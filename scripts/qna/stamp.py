"""A stamp: the state in which a run left everything, so that the next one can do nothing.

It holds a digest of all that a run reads, this program included, and one of the size and times of
all that it writes. Whatever else has happened, such as an edit, a deletion or a damaged stamp, the
next run works as if there were none. `make build` runs the splitter, and MkDocs would run it again.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FILE_NAME = ".cache/split.json"
"""Of the stamp, below the project's root."""
_PROGRAM = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a run read and wrote."""

    read: str
    written: str
    dated: bool
    """Whether the run would have recorded changes of texts."""
    counts: tuple[int, int]
    """Number of topics and questions."""
    linked: tuple[str, ...]
    """Files to which texts link, by path below the docs folder; each must still be there."""


def inputs(source: Path, docs: Path, configuration: Path) -> dict[str, str]:
    """Return a digest of each file that a run reads, and of this program."""
    beside = (path for path in source.parent.rglob("*") if not path.name.startswith("."))
    by_hand = (docs / "downloads.md", *(docs / "paths").glob("*.md"))
    files = [configuration, *beside, *by_hand]
    found = {str(path.resolve()): path for path in files}
    read = {name: _of_file(path) for name, path in found.items() if path.is_file()}
    return {**read, "": program()}


def _of_file(path: Path) -> str:
    """Return a digest of a file; empty if it cannot be read, which a run reports if it needs it."""
    try:
        with path.open("rb") as file:
            return digest(file.read())
    except OSError:
        return ""


def combined(pairs: Iterable[tuple[str, str]]) -> str:
    """Return a digest of names with values, in any order."""
    return digest("\n".join(f"{name} {value}" for name, value in sorted(pairs)).encode("utf-8"))


def digest(data: bytes) -> str:
    """Return a digest of some bytes."""
    return sha256(data).hexdigest()


def state(files: Iterable[Path], within: Mapping[str, str]) -> str:
    """Return a digest of the sizes and times of some files, and of all `within` some folders."""
    return combined([*within.items(), *((str(path), state_of(path)) for path in files)])


def states(folders: Iterable[Path]) -> dict[str, str]:
    """Return what changes whenever a file is written or replaced, for all in some folders."""
    return dict(chain.from_iterable(map(_entries, folders)))


def _entries(folder: Path) -> Iterator[tuple[str, str]]:
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir():
                yield entry.path, _shown(entry.stat(follow_symlinks=False))


def state_of(path: Path | str) -> str:
    """Return what changes whenever a file is written or replaced; empty if there is none."""
    try:
        return _shown(os.lstat(path))
    except OSError:
        return ""


def _shown(status: os.stat_result) -> str:
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def save(stamp: Stamp, root: Path) -> None:
    """Keep the stamp of a project."""
    remember(root / FILE_NAME, asdict(stamp))


def load(root: Path) -> Stamp | None:
    """Return the stamp of a project; None if there is none that can be read."""
    try:
        data = remembered(root / FILE_NAME)
        lists = {name: tuple(data[name]) for name in ("counts", "linked")}
        return Stamp(**data | lists)
    except (TypeError, KeyError):
        return None


def remember(path: Path, data: object) -> None:
    """Keep data for the next run; it saves time, so that it matters little if it cannot be."""
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        path.write_text(sealed(data), encoding="ascii")


def sealed(data: object) -> str:
    """Return data as JSON, below its digest."""
    text = json.dumps(data) + "\n"
    return f"{digest(text.encode())}\n{text}"


def remembered(path: Path) -> Any:  # noqa: ANN401 - what JSON can hold
    """Return the sealed data in a file; None if there is none, or if it was cut or edited."""
    try:
        seal, _, text = path.read_text(encoding="ascii").partition("\n")
    except (OSError, ValueError):
        return None
    return json.loads(text) if seal == digest(text.encode()) else None


@cache
def program() -> str:
    """Return a digest of this program, and of the names and versions of its libraries."""
    own = (path for path in _PROGRAM.rglob("*.*") if path.suffix != ".pyc" and path.is_file())
    files = ((str(path.relative_to(_PROGRAM)), digest(path.read_bytes())) for path in own)
    folders = (Path(folder) for folder in sys.path if folder.endswith("-packages"))
    installed = ((path.name, "") for folder in folders for path in folder.glob("*.dist-info"))
    return combined([*files, *installed, (sys.version, "")])
