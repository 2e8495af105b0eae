"""What the commands have in common that make files of the site: reading it, and exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from qna import pipeline, writer
from qna.downloads import MissingError
from qna.site import Site

OK, USAGE, CANNOT_WRITE, INTERRUPTED = 0, 2, 4, 130


def exit_code(make: Callable[[], str], *missing: type[Exception]) -> int:
    """Make files and tell the user the result; return the exit code.

    The text of an exception that is one of `missing` is a message, too: something is not there.
    """
    try:
        tell(make())
    except missing as error:
        tell(str(error))
        return USAGE
    except writer.CannotWriteError as error:
        tell(f"error[E703]: {error}")
        return CANNOT_WRITE
    except KeyboardInterrupt:
        return INTERRUPTED
    return OK


def tell(text: str) -> None:
    """Tell the user something."""
    print(text, file=sys.stderr)


def read_site(docs: Path) -> Site:
    """Return the site of a docs folder. Raises MissingError if there is none without errors."""
    source = docs / pipeline.SOURCE.relative_to("docs")
    again = "run 'python scripts/split.py', and correct what it reports"
    try:
        site = pipeline.read_site(source, docs)
    except OSError as error:
        message = f"{source}: error: cannot read the source: {error.strerror}"
        raise MissingError(f"{message}; restore the file") from error
    if site is None:
        raise MissingError(f"{source}: error: the source has errors; {again}")
    return site
