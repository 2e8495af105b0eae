"""Plain `mkdocs serve` on a fresh copy: it splits, reloads on save, and does not loop."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from support.sites import copy_project

PATIENCE = 30  # seconds; the machine may be slow


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A fresh copy of the project without generated pages."""
    return copy_project(tmp_path)


@pytest.fixture
def address(project: Path) -> Iterator[str]:
    """The address of `mkdocs serve`, which is stopped after the test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    command = [
        str(Path(sys.executable).with_name("mkdocs")),
        "serve",
        "--dirty",
        "--dev-addr",
        host,
    ]
    with (project / "log.txt").open("w") as log:
        server = subprocess.Popen(
            command, cwd=project, stdout=log, stderr=log, env=dict(os.environ)
        )
        yield f"http://{host}/"
        server.terminate()
        server.wait()


def wait_for(text: str, url: str) -> float:
    """Wait until the page at `url` contains `text`; return how many seconds it took."""
    start = time.monotonic()
    while time.monotonic() - start < PATIENCE:
        try:
            with urlopen(url) as page:  # noqa: S310 - our own server
                if text in page.read().decode():
                    return time.monotonic() - start
        except OSError:
            pass
        time.sleep(0.1)
    pytest.fail(f"{url} did not show {text!r} within {PATIENCE} seconds")


def test_saving_the_source_reloads(project: Path, address: str) -> None:
    """A saved answer is on the page within seconds, after exactly one rebuild."""
    wait_for("weakest place", f"{address}q/scoring/")
    source = project / "docs/_source/questions.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("weakest place", "weakest spot"), encoding="utf-8")
    seconds = wait_for("weakest spot", f"{address}q/scoring/")
    time.sleep(3)
    builds = (project / "log.txt").read_text().count("Documentation built")

    data = urlopen(f"{address}search/data.json").read().decode()  # noqa: S310

    assert seconds < 5
    assert builds == 2
    assert "weakest spot" in data
    assert "stretch a piece of dough" in data


def test_a_new_topic_is_in_every_sidebar(project: Path, address: str) -> None:
    """The navigation is up to date on every page, although only changed pages are rebuilt."""
    wait_for("weakest place", f"{address}q/scoring/")
    source = project / "docs/_source/questions.md"
    with source.open("a", encoding="utf-8") as file:
        file.write("\n### **6. Brand New Topic**\n*   **What is new here?**\n    - All of it.\n")

    wait_for("Brand New Topic", f"{address}q/scoring/")
    wait_for("26 questions", address)


def test_a_broken_source_is_reported_and_recovers(project: Path, address: str) -> None:
    """An error in the source is reported and the old pages are kept, until the error is fixed."""
    wait_for("weakest place", f"{address}q/scoring/")
    source = project / "docs/_source/questions.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("before baking?**", "before baking?"), encoding="utf-8")
    deadline = time.monotonic() + PATIENCE
    while "error[E202]" not in (project / "log.txt").read_text() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert "error[E202]" in (project / "log.txt").read_text()
    assert wait_for("weakest place", f"{address}q/scoring/") < PATIENCE
    source.write_text(text.replace("weakest place", "thinnest place"), encoding="utf-8")

    assert wait_for("thinnest place", f"{address}q/scoring/") < PATIENCE
