"""Put the data of the search in pieces, if the whole would cost a reader more.

A search in pieces loads a list of them and the few that a query needs. Below some 450 questions,
that takes longer than loading all of the data. The same code reads texts here and in the browser,
so it runs in Node. Without Node, or while you serve the site, the data stays whole, and the search
finds the same.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from qna.data import search_data

ROOT = Path(__file__).resolve().parent.parent
BUNDLED = ROOT / "frontend/bundled"
WRITER, WORKER = BUNDLED / "search-pieces.cjs", BUNDLED / "search-pieces-worker.js"
FROM = 400_000
"""Bytes of data from which on it is put in pieces."""


class NotInPiecesError(Exception):
    """The data stays whole; the message says why."""


def cut(site: Path, least: int = FROM) -> bool:
    """Put the data of a built site in pieces if it has so many bytes; return whether it did.

    Raises NotInPiecesError.
    """
    data = site / search_data.FILE_NAME
    if not is_large(data, least):
        return False
    node = _node()
    if not node or not WRITER.is_file():
        raise NotInPiecesError(f"{WRITER.name if node else 'Node'} is missing; run 'make build'")
    done = subprocess.run(
        [node, "--max-old-space-size=4096", WRITER, data.parent],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        errors = (line for line in done.stderr.splitlines() if "Error" in line)
        raise NotInPiecesError(next(errors, "Node failed without a message"))
    for worker in site.glob("assets/search-worker*.js"):
        worker.write_bytes(WORKER.read_bytes())
    return True


def can_be_cut(data: Path) -> bool:
    """Tell whether `cut` is expected to put data in pieces."""
    return is_large(data) and _node() is not None and WRITER.is_file()


def is_large(data: Path, least: int = FROM) -> bool:
    """Tell whether data of the search is to be put in pieces."""
    return data.is_file() and data.stat().st_size >= least


def _node() -> str | None:
    """Return the path of Node: that of this environment, or any."""
    own = Path(sys.executable).with_name("node")
    return str(own) if own.is_file() else shutil.which("node")
