"""What the commands have in common that make files of the site: messages and exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable

from qna import writer

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
