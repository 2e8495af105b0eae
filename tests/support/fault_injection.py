"""Faults while writing: a full disk, a denied permission, a kill at every system call of a run.

A run is the complete command, which brings an older site up to date: it updates, adds and deletes
pages, and writes the ledger and the navigation. The faults are injected into system calls, where
real ones would occur; a run that is killed is a separate process.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, BinaryIO, Self

import split
from qna import memo, stamp, writer

from support.harness import run

BEFORE = """\
# Title

### **1. Topic**
*   **What is dropout?** {#dropout}
    - It switches units off.

### **2. Other**
*   **What is pooling?** {#pooling}
    - It makes maps smaller.

*   **What is padding?** {#padding}
    - It adds zeros.
"""
AFTER = """\
# Title

### **1. Topic**
*   **What is dropout?** {#dropout}
    - It switches units off at random.

*   **What is pooling?** {#pooling}
    - It makes maps smaller.

*   **What is striding?** {#striding}
    - It skips pixels.

### **2. Other**
*   **What is padding?** {#padding}
    - It adds zeros.
"""
STALE = "docs/q/stale.md"
"""A generated page of a question that no longer exists."""
MEMORY = next((name for name in ("/dev/shm",) if os.access(name, os.W_OK)), None)  # noqa: S108
"""A folder in memory, on systems that have one, because there are a thousand runs."""
NAVIGATION = "nav:\n  # <topics> written by scripts/split.py\n  # </topics>\n"


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong at a system call of a run."""

    name: str
    strike: Callable[[], None]
    """Cause the fault."""
    spares: frozenset[str] = frozenset()
    """Calls that still work."""


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _refusal(number: int) -> Callable[[], None]:
    def refuse() -> None:
        raise OSError(number, os.strerror(number))

    return refuse


KILLED = Fault("killed (SIGKILL)", _kill)
CRASHED = 99
"""Exit code of a child with a traceback."""
FAULTS = [
    KILLED,
    Fault(
        "disk full (ENOSPC)", _refusal(errno.ENOSPC), frozenset({"close", "unlink"})
    ),  # a full disk still allows deletion
    Fault("permission denied (EACCES)", _refusal(errno.EACCES)),
    Fault("operation not permitted (EPERM)", _refusal(errno.EPERM)),
]


@dataclass
class Injector:
    """Counts system calls, and makes one of them and all later ones fail."""

    fault: Fault
    at: int
    calls: int = 0

    def call(self, name: str, before: Callable[[], object] = lambda: None) -> None:
        """Count a call; if it fails, `before` does the half of it that still succeeds."""
        self.calls += 1
        if self.calls > self.at and name not in self.fault.spares:
            before()
            self.fault.strike()

    def wrapped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        """Return a system call that may fail."""

        def call(*arguments: object, **named: object) -> object:
            self.call(name)
            return real(*arguments, **named)

        return call


class File:
    """An open file whose calls may fail; a write fails when half of it is on the disk."""

    def __init__(self, file: BinaryIO, injector: Injector) -> None:
        self._file, self._injector = file, injector

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        self._injector.call("close")

    def write(self, data: bytes) -> int:
        def half() -> None:
            self._file.write(data[: len(data) // 2])
            self._file.flush()

        self._injector.call("write", half)
        return self._file.write(data)

    def flush(self) -> None:
        self._injector.call("flush")
        self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()


@contextmanager
def injected(fault: Fault, at: int) -> Iterator[Injector]:
    """Make the system calls for writing fail, starting with the call at index `at`."""
    injector = Injector(fault, at)
    names = ("mkdir", "fsync", "replace", "unlink")
    real = {name: getattr(os, name) for name in names}
    real_open, real_sleep = Path.open, writer.sleep
    writer.sleep = lambda _: None  # type: ignore[attr-defined]

    def opened(path: Path, mode: str = "r", *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        if "w" not in mode:
            return real_open(path, mode, *arguments, **named)
        injector.call("open")
        return File(real_open(path, mode, *arguments, **named), injector)  # type: ignore[arg-type]

    for name in names:
        setattr(os, name, injector.wrapped(name, real[name]))
    Path.open = opened  # type: ignore[method-assign, assignment]
    try:
        yield injector
    finally:
        writer.sleep = real_sleep  # type: ignore[attr-defined]
        Path.open = real_open  # type: ignore[method-assign]
        for name in names:
            setattr(os, name, real[name])


def older_site(folder: Path) -> Path:
    """Write a site that is up to date, and the next version of its source; return the folder."""
    source = folder / "docs/_source/questions.md"
    source.parent.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(NAVIGATION, encoding="utf-8")
    source.write_text(BEFORE, encoding="utf-8")
    assert split_site(folder) == split.OK
    source.write_text(AFTER, encoding="utf-8")
    (folder / STALE).write_text(writer.sealed("---\n---\n"), encoding="utf-8")
    return folder


def split_site(folder: Path) -> int:
    """Run the splitter's command line on a site; return its exit code."""
    return run(f"--source={folder}/docs/_source/questions.md", f"--out={folder}/docs")[0]


def start_child(act: Callable[[], int]) -> int:
    """Start a process that calls a function and exits with its result."""
    with warnings.catch_warnings():
        # Other tests may have left threads running; the child does not use them.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        return child
    try:
        os._exit(act())
    except BaseException:  # noqa: BLE001 - the exit code reports a traceback as a failure
        traceback.print_exc(file=sys.__stderr__)
        os._exit(CRASHED)


def end_of(child: int) -> int:
    """Wait for a process; return its exit code, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def struck(folder: Path, fault: Fault, at: int) -> int:
    """Run the splitter with a fault at a system call; return 0 if the run made fewer calls."""

    def act() -> int:
        with injected(fault, at):
            return split_site(folder)

    return end_of(start_child(act)) if fault is KILLED else act()


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return the content of each file below a folder, except the source, the stamp and the memory.

    Both have times; if one is damaged, the next run works as if there were none.
    """
    spared = {"questions.md", Path(stamp.FILE_NAME).name, Path(memo.FILE_NAME).name}
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in spared)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def temporary(files: dict[str, bytes]) -> set[str]:
    """Return the files that a killed run left behind."""
    return {path for path in files if path.rpartition("/")[2].startswith(writer._TEMPORARY)}


@dataclass
class Survived:
    """The outcome of faults at every system call."""

    name: str
    times: int = 0
    torn: int = 0
    """Files that have neither their old nor their new content."""
    lost: int = 0
    """Bytes of such files, and of files that should exist but do not."""
    left: int = 0
    """Temporary files left behind."""
    healed: int = 0
    """Times that the next run completed the update."""
    codes: set[int] | None = None
    """Exit codes of the runs with a fault."""

    def judge(self, folder: Path, before: dict[str, bytes], after: dict[str, bytes]) -> None:
        """Count the damage of a fault to a folder, and whether the next run repairs it."""
        found = snapshot(folder)
        left = temporary(found)
        self.times += 1
        self.left += len(left)
        for path in before.keys() | after.keys() | (found.keys() - left):
            versions = {data for data in (before.get(path), after.get(path)) if data is not None}
            may_be_gone = path not in before or path not in after
            if path in found and found[path] not in versions:
                self.torn += 1
                self.lost += len(before.get(path, b""))
            elif path not in found and not may_be_gone:
                self.lost += len(before[path])
        for path in left:
            os.utime(folder / path, (1, 1))
        self.healed += split_site(folder) == 0 and snapshot(folder) == after


@contextmanager
def versions() -> Iterator[tuple[Path, dict[str, bytes], dict[str, bytes]]]:
    """Yield an older site, its files, and the files that it has when it is up to date."""
    with TemporaryDirectory(dir=MEMORY) as name:
        old = older_site(Path(name) / "old")
        new = Path(name) / "new"
        shutil.copytree(old, new)
        assert split_site(new) == split.OK
        yield old, snapshot(old), snapshot(new)


@cache
def at_every_call(fault: Fault) -> Survived:
    """Cause a fault at each system call of a run, one run per call."""
    survived = Survived(fault.name, codes=set())
    with versions() as (old, before, after):
        for at in count():
            folder = old.with_name(f"struck-{at}")
            shutil.copytree(old, folder)
            code = struck(folder, fault, at)
            if code == split.OK and snapshot(folder) == after:
                return survived
            assert survived.codes is not None
            survived.codes.add(code)
            survived.judge(folder, before, after)
            shutil.rmtree(folder)
            if code == CRASHED:  # so would every other run
                return survived
    raise AssertionError


@cache
def two_at_once(times: int = 20) -> Survived:
    """Start two runs at the same time, several times."""
    survived = Survived("two runs at once", codes=set())
    with versions() as (old, before, after):
        for number in range(times):
            folder = old.with_name(f"both-{number}")
            shutil.copytree(old, folder)
            children = [start_child(lambda folder=folder: split_site(folder)) for _ in range(2)]
            assert survived.codes is not None
            survived.codes |= {end_of(child) for child in children}
            survived.judge(folder, before, after)
            shutil.rmtree(folder)
    return survived


@cache
def one_of_two_killed() -> Survived:
    """Start two runs at the same time and kill one of them, at every third system call."""
    survived = Survived("two runs at once, one of them killed", codes=set())
    with versions() as (old, before, after):
        for at in range(0, at_every_call(KILLED).times, 3):
            folder = old.with_name(f"one-{at}")
            shutil.copytree(old, folder)
            other = start_child(lambda folder=folder: split_site(folder))
            struck(folder, KILLED, at)
            assert survived.codes is not None
            survived.codes.add(end_of(other))
            survived.judge(folder, before, after)
            shutil.rmtree(folder)
    return survived
