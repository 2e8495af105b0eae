"""Say how to run a command, if this Python is too old for it or lacks the project's packages.

Commands import under `complete()` whatever is not part of every Python. Standard library only, in
Python 3.8 syntax, so that an old Python can say that it is too old.
"""

from __future__ import annotations

import gc
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)
USAGE, INTERRUPTED = 2, 130
"""Exit codes."""
NEW_OBJECTS = 50_000
"""After so many, Python looks for garbage. By default, it does so 400 times while MkDocs starts."""


@contextmanager
def complete() -> Iterator[None]:
    """Import what a command needs, hardly looking for garbage; if this Python cannot, exit.

    A message says why.
    """
    if tuple(sys.version_info) < OLDEST:
        version = ".".join(map(str, sys.version_info[:3]))
        _exit(f"is Python {version}, which is too old")
    gc.set_threshold(NEW_OBJECTS)
    try:
        yield
    except ModuleNotFoundError as error:
        _exit(f"lacks the module '{error.name}'")
    except ImportError as error:  # a module of another version
        _exit(f"lacks something: {error}")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def remedy() -> str:
    """Return what to do: `.venv` may be missing, incomplete, or not used."""
    setup = "run 'make setup'"
    if Path(sys.prefix).resolve() == VENV.resolve():
        return f"{setup}, then the same command again"
    python = VENV / "bin" / "python"
    command = shlex.join([_shown(python), *sys.argv])
    return f"run '{command}'" if python.exists() else f"{setup}, then '{command}'"


def _shown(path: Path) -> str:
    here = Path(os.curdir).resolve()
    return str(path.relative_to(here)) if here in path.parents else str(path)


def _exit(fault: str) -> None:
    print(f"error: {sys.executable} {fault}; {remedy()}", file=sys.stderr)
    sys.exit(USAGE)
