#!/usr/bin/env python3
"""Draw the figures of the notes."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

# With PYTHONSAFEPATH, a script's own folder is not on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import interpreter

with interpreter.complete():
    from qna import writer
    from qna.figures.catalog import documents
    from qna.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OK, STALE, CANNOT_WRITE, INTERRUPTED = 0, 3, 4, 130

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "_source" / "figures"

EXIT_CODES = """\
exit codes:
  0    every figure is up to date or was drawn
  2    wrong usage
  3    --check found figures that are out of date
  4    a figure could not be read or written
  130  interrupted
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options.out, check=options.check)
    except OSError as error:
        _say(f"{error.filename}: error: cannot be read: {error.strerror}")
        return CANNOT_WRITE
    except writer.CannotWriteError as error:
        _say(f"error[E703]: {error}")
        return CANNOT_WRITE
    except KeyboardInterrupt:
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXIT_CODES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--out", type=Path, default=_relative(FOLDER), help="folder to draw the figures into")
    add("--check", action="store_true", help="write nothing; exit 3 if a figure is out of date")
    return parser


def _relative(path: Path) -> Path:
    return Path(os.path.relpath(path)) if path.is_relative_to(Path.cwd()) else path


def _run(folder: Path, *, check: bool) -> int:
    """Draw or check the figures in a folder, which may have others, by any program."""
    wanted = documents()
    steps = list(_steps(folder, wanted))
    if not check:
        writer.apply(steps)
        counts = Counter(step.change.value for step in steps)
        done = ", ".join(f"{number} {what}d" for what, number in counts.items())
        _say(f"{counted(len(wanted), 'figure')}: {done or 'all files are up to date'}")
        return OK
    for step in steps:
        _say(f"{step.path}: out of date ({step.change.value})")
    if steps:
        _say("hint: run 'python scripts/draw_figures.py' and commit the changes")
    return STALE if steps else OK


def _steps(folder: Path, wanted: dict[str, str]) -> Iterator[writer.Step]:
    for name, text in wanted.items():
        path = folder / name
        before = path.read_text(encoding="utf-8") if path.exists() else None
        if before != text:
            change = writer.Change.CREATE if before is None else writer.Change.UPDATE
            yield writer.Step(path, change, before or "", text)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
