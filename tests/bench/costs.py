"""What a program costs: processor time and memory, its children included."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from resource import struct_rusage
from tempfile import TemporaryFile

LIMIT = 300
"""Longest run of another generator in seconds."""
_PAUSE = 0.2
"""Seconds between two looks at a program."""
_SHARE = 0.01
"""Share of the time for looks at the memory, during which a program may have to wait."""
_PROCESSES = Path("/proc")
"""Where Linux tells of processes; elsewhere, only the largest process is known."""


class FailedError(Exception):
    """A program failed, or took too long; the text says which."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one or several runs cost."""

    seconds: float = 0.0
    """Processor time."""
    memory: float = 0.0
    """Most memory of all processes together, in MB."""

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.seconds + other.seconds, max(self.memory, other.memory))


def cost(
    command: Sequence[str | Path], folder: Path, limit: float = LIMIT, **environment: str
) -> Cost:
    """Run a program and return what it cost. Raises FailedError with the end of its output."""
    with TemporaryFile("w+", errors="replace") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # to end it with its children
        )
        process.returncode = -signal.SIGKILL  # it is waited for below, not by the process itself
        found, status, memory = _watched(process.pid, limit)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            told = " ".join(output.read()[-600:].split())
            raise FailedError(f"exit code {process.returncode}: {told}")
    return Cost(found.ru_utime + found.ru_stime, memory)


def _watched(pid: int, limit: float) -> tuple[struct_rusage, int, float]:
    """Wait for a process; return what it used, its exit status, and its most memory in MB."""
    memory, end, due = 0.0, time.monotonic() + limit, 0.0
    while True:
        ended, status, used = os.wait4(pid, os.WNOHANG)
        if ended:
            largest = used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
            return used, status, max(memory, largest)
        if time.monotonic() > end:
            os.killpg(pid, signal.SIGKILL)
            os.wait4(pid, 0)
            raise FailedError(f"took longer than {limit / 60:.0f} minutes")
        if (start := time.monotonic()) >= due:
            memory = max(memory, sum(map(_memory, _tree(_PROCESSES / str(pid)))))
            due = start + (time.monotonic() - start) / _SHARE
        time.sleep(_PAUSE)


def _tree(process: Path) -> Iterator[Path]:
    """Yield the folder of a process in /proc, and those of its children."""
    yield process
    for thread in process.glob("task/*/children"):
        with suppress(OSError):
            for child in thread.read_text("ascii").split():
                yield from _tree(_PROCESSES / child)


def _memory(process: Path) -> float:
    """Return the memory of a process in MB; what it shares with others counts in parts."""
    with suppress(OSError):
        for line in (process / "smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1e3
    return 0.0


def size(folder: Path) -> float:
    """Return the bytes of all files in a folder, in MB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
