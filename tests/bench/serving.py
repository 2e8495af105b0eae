"""How long a saved answer takes to show in a page that is served, with each engine."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from qna import pipeline

from bench.costs import FailedError
from bench.ours import PYTHON, edited

COMMANDS: dict[str, Sequence[Sequence[str]]] = {
    "MkDocs": [["scripts/engine.py", "mkdocs", "serve", "--dirty"]],
    "Zensical": [["scripts/split.py", "--watch"], ["scripts/engine.py", "zensical", "serve"]],
}
"""What `make serve` runs at the same time."""
ROUNDS = {"MkDocs": 2, "Zensical": 1}
LIMIT = 240
"""Longest wait for a page in seconds."""


def saved(project: Path, engine: str) -> float:
    """Return the seconds after which a saved answer shows: the least of a few, in a built project."""
    source = project / pipeline.SOURCE
    url = _edited_url(project, source.read_text(encoding="utf-8"))
    with ExitStack() as stack:
        address = f"127.0.0.1:{_free_port()}"
        for command in COMMANDS[engine]:
            stack.enter_context(_running([PYTHON, *command], project, ADDRESS=address))
        _wait(f"http://{address}/{url}", "<html")
        return min(
            _save(source, f"http://{address}/{url}", number) for number in range(ROUNDS[engine])
        )


def _save(source: Path, url: str, number: int) -> float:
    mark = time.time_ns()
    time.sleep(1)  # the server may still be busy with the last change
    source.write_text(edited(source.read_text(encoding="utf-8"), mark + number), encoding="utf-8")
    start = time.monotonic()
    _wait(url, f"Edit {mark + number}")
    return time.monotonic() - start


def _edited_url(project: Path, source: str) -> str:
    """Return the address of the question that `edited` edits."""
    before = source[: source.index("\n    - ", len(source) // 2)]
    line = before.rpartition("\n")[2].removeprefix("*   **").removesuffix("**")
    data = json.loads((project / "docs/questions.json").read_text(encoding="utf-8"))
    return str(next(item["url"] for item in data["questions"] if item["question"] == line))


def _wait(url: str, text: str) -> None:
    """Wait until a page has a text."""
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        try:
            with urlopen(url, timeout=LIMIT) as page:  # noqa: S310 - our own server
                if text in page.read().decode("utf-8"):
                    return
        except (URLError, OSError):
            pass  # not yet, or while it is written
        time.sleep(0.05)
    raise FailedError(f"no page to see after {LIMIT // 60} minutes")


@contextmanager
def _running(command: Sequence[str | Path], folder: Path, **environment: str) -> Iterator[None]:
    variables = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
