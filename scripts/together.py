#!/usr/bin/env python3
"""Run commands one after another, until one fails, without loading the project for each of them.

    python scripts/together.py scripts/draw_cards.py -- scripts/make_downloads.py --force

`--` separates commands. A command that ends with `.py` is a script of this project; it runs in a
copy of this process, so that what one script changes, and the memory it takes, is gone for the
next. All others are programs. The exit code is that of the last command that ran.
"""

from __future__ import annotations

import gc
import os
import runpy
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import groupby
from pathlib import Path
from typing import NoReturn

# With PYTHONSAFEPATH, a script's own folder is not on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import interpreter

with interpreter.complete():
    from qna import pipeline  # noqa: F401 - it loads what all scripts need

USAGE, MISSING, INTERRUPTED, KILLED = 2, 127, 130, 128
"""Exit codes, as of shells; to the last one, the number of a signal is added."""
_BETWEEN = "--"


def main(arguments: Sequence[str]) -> int:
    """Run the commands; return the exit code."""
    found = list(commands(arguments))
    if not found:
        print(__doc__, file=sys.stderr)
        return USAGE
    gc.freeze()  # otherwise each process would copy what is loaded when it looks for garbage
    try:
        return next(filter(None, map(_run, found)), 0)
    except KeyboardInterrupt:
        return INTERRUPTED


def commands(arguments: Sequence[str]) -> Iterator[list[str]]:
    """Yield the commands that are given."""
    for is_between, parts in groupby(arguments, _BETWEEN.__eq__):
        if not is_between:
            yield [*parts]


def _run(command: Sequence[str]) -> int:
    """Run a command; return its exit code."""
    child = os.fork()
    if child == 0:
        _be(command)
    with _ending(child):
        try:
            _, status = os.waitpid(child, 0)
        except KeyboardInterrupt:
            os.waitpid(child, 0)  # it was interrupted, too
            raise
    code = os.waitstatus_to_exitcode(status)
    return KILLED - code if code < 0 else code


def _be(command: Sequence[str]) -> NoReturn:
    """Become a command."""
    name = command[0]
    try:
        if not name.endswith(".py"):
            os.execvp(name, [*command])  # noqa: S606 - the project's own programs
        Path(name).read_bytes()  # or say that it cannot be read, without a traceback
    except OSError as error:
        print(f"error: cannot run {name}: {error.strerror}", file=sys.stderr)
        sys.exit(MISSING)
    sys.argv = [*command]
    runpy.run_path(name, run_name="__main__")
    sys.exit()


@contextmanager
def _ending(child: int) -> Iterator[None]:
    """Have what is to end this process end a child."""

    def end(number: int, _: object) -> None:
        with suppress(ProcessLookupError):  # it has just ended
            os.kill(child, number)

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
