#!/usr/bin/env python3
"""Run MkDocs or Zensical with the addresses that the user set.

    python scripts/engine.py mkdocs build --strict
    python scripts/engine.py zensical serve

SITE_URL, REPO_URL and, to serve, ADDRESS may have any common form. The rest of the command line is
the engine's own. The exit code is the engine's, or 2 if an address or a file is the problem.
"""

from __future__ import annotations

import os
import re
import runpy
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

# With PYTHONSAFEPATH, a script's own folder is not on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import interpreter
from addresses import BadAddressError, listening, repository_url, site_url

ENGINES = ("mkdocs", "zensical")
FAULT, INTERRUPTED = 2, 130
_PANIC = re.compile(r'Os \{.*message: "(?P<cause>[^"]*)"')
"""How Zensical reports a file that it could not write."""


def main() -> int:
    """Run the command line; return the exit code."""
    name, *options = sys.argv[1:] or [""]
    if name not in ENGINES:
        return _fail(f"'{name}' is not an engine; use {' or '.join(ENGINES)}")
    with interpreter.complete():
        import_module(name)
    try:
        os.environ.update(web_addresses(os.environ))
        if "serve" in options:
            command = "make serve" if name == "mkdocs" else f"ENGINE={name} make serve"
            options += ["--dev-addr", listening(os.environ.get("ADDRESS", ""), command)]
        sys.argv = [name, *options]
        runpy.run_module(name, run_name="__main__")
    except BadAddressError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BaseException as error:  # Zensical's panics are no Exceptions
        cause = _cause(error)
        if not cause:
            raise
        return _fail(f"{cause}; fix that and run the same command again")
    return 0


def web_addresses(environment: Mapping[str, str]) -> dict[str, str]:
    """Return SITE_URL and REPO_URL in the form that `mkdocs.yml` expects."""
    return {
        "SITE_URL": site_url(environment.get("SITE_URL", "")),
        "REPO_URL": repository_url(environment.get("REPO_URL", "")),
    }


def _cause(error: BaseException) -> str:
    """Return why a file could not be read or written; empty if that is not what happened."""
    if isinstance(error, OSError):
        place = error.filename2 or error.filename
        return f"{error.strerror or error}{f': {place}' if place else ''}"
    panic = _PANIC.search(str(error))
    return panic["cause"] if panic else ""


def _fail(text: str) -> int:
    print(f"error: {text}", file=sys.stderr)
    return FAULT


if __name__ == "__main__":
    sys.exit(main())
