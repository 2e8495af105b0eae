"""The live preview of a fresh copy: it splits, reloads on save, and does not loop.

Most tests run plain `mkdocs serve`.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from support.sites import COMMANDS, copy_project, run

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
    """A saved answer is everywhere after exactly one rebuild, which is not one of the whole site."""
    wait_for("weakest place", f"{address}q/scoring/")
    source = project / "docs/_source/questions.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("weakest place", "weakest spot"), encoding="utf-8")
    seconds = wait_for("weakest spot", f"{address}q/scoring/")
    time.sleep(3)
    builds = (project / "log.txt").read_text().count("Documentation built")

    for name in ("search/data.json", "q/scoring/index.md", "about/"):
        wait_for("weakest spot", f"{address}{name}")
    data = read(f"{address}search/data.json")

    assert seconds < PATIENCE
    assert builds == 2
    assert (project / "log.txt").read_text().count("Building documentation") == 1
    assert "stretch a piece of dough" in data


def test_pages_that_another_program_has_split(
    project: Path, address: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """An answer shows, too, if `make build` or another preview splits the source first."""
    other = copy_project(tmp_path_factory.mktemp("other"))
    source = other / "docs/_source/questions.md"
    text = source.read_text(encoding="utf-8").replace("weakest place", "weakest spot")
    source.write_text(text, encoding="utf-8")
    assert run(["python", "scripts/split.py", "--undated"], other).returncode == 0
    wait_for("weakest place", f"{address}q/scoring/")
    for folder in ("q", "topics", "_source"):
        shutil.copytree(
            other / "docs" / folder,
            project / "docs" / folder,
            copy_function=shutil.copy,  # as new files
            dirs_exist_ok=True,
        )

    wait_for("weakest spot", f"{address}q/scoring/")


def test_an_open_page_reloads_when_it_changes(project: Path, address: str) -> None:
    """A page by hand that quotes an answer follows it."""
    wait_for("weakest place", f"{address}about/")
    about = read(f"{address}about/")
    [epoch] = re.findall(r"livereload\((\d+)", about)
    source = project / "docs/_source/questions.md"
    text = source.read_text(encoding="utf-8").replace("weakest place", "weakest spot")
    source.write_text(text, encoding="utf-8")
    reloads = 0
    while "weakest spot" not in about:
        epoch, reloads = read(f"{address}livereload/{epoch}/1"), reloads + 1
        about = read(f"{address}about/")

    assert reloads in {1, 2}


def test_other_edits_change_no_page_by_hand(project: Path, address: str) -> None:
    """So the browser, which loads a page again if one of these has changed, does it once."""
    wait_for("weakest place", f"{address}about/")
    before, cards = by_hand(address), read(f"{address}practice/cards.json")
    source = project / "docs/_source/questions.md"
    text = source.read_text(encoding="utf-8").replace("biga is stiff", "biga is stiffer")
    source.write_text(text, encoding="utf-8")
    wait_for("biga is stiffer", f"{address}q/preferment/index.md")
    time.sleep(1)
    until = time.monotonic() + PATIENCE
    while by_hand(address) != before and time.monotonic() < until:  # it may be half written
        time.sleep(0.1)

    assert by_hand(address) == before
    assert read(f"{address}practice/cards.json") == cards


def by_hand(address: str) -> list[str]:
    """Return pages written by hand, without what tells browsers to load them again."""
    urls = ("", "about/", "paths/", "paths/first-loaf/", "practice/", "downloads/")
    return [re.sub(r"livereload\(\d+, \d+", "", read(f"{address}{url}")) for url in urls]


def test_titles_of_pages_that_are_not_built_again(project: Path, address: str) -> None:
    """After a page by hand was saved, pages still show the titles of all others."""
    wait_for("weakest place", f"{address}q/scoring/")
    with (project / "docs/about.md").open("a", encoding="utf-8") as file:
        file.write("\nA line more.\n")
    wait_for("A line more.", f"{address}about/")
    source = project / "docs/_source/questions.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("weakest place", "weakest spot"), encoding="utf-8")
    wait_for("weakest spot", f"{address}about/")
    [topic] = re.findall(r"topics/[\w-]+/(?=#scoring)", read(f"{address}q/scoring/"))

    for url in ("", "about/", "paths/", "paths/first-loaf/", "q/scoring/", topic):
        assert ">None<" not in read(f"{address}{url}"), url


def read(url: str, seconds: float = PATIENCE) -> str:
    """Return what is at an address of the server."""
    with urlopen(url, timeout=seconds) as answer:  # noqa: S310 - our own server
        return answer.read().decode()  # type: ignore[no-any-return]


def test_a_renamed_topic_is_renamed_in_all_sidebars(project: Path, address: str) -> None:
    """Other topics list it by its new title, though their own pages stay the same."""
    wait_for("weakest place", f"{address}q/scoring/")
    source = project / "docs/_source/questions.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("1. Flour & Dough", "1. Meal & Dough"), encoding="utf-8")

    for topic in ("flour-and-dough", "rising", "baking", "trouble", "breads-of-the-world"):
        wait_for("Meal &amp; Dough", f"{address}topics/{topic}/")


def test_a_new_topic_is_in_the_sidebars(project: Path, address: str) -> None:
    """The navigation is up to date, although only changed pages are rebuilt."""
    wait_for("weakest place", f"{address}q/scoring/")
    source = project / "docs/_source/questions.md"
    with source.open("a", encoding="utf-8") as file:
        file.write("\n### **6. Brand New Topic**\n*   **What is new here?**\n    - All of it.\n")

    wait_for("Brand New Topic", f"{address}topics/trouble/")
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
    time.sleep(1)
    assert (project / "log.txt").read_text().count("error[E202]") == 1
    assert wait_for("weakest place", f"{address}q/scoring/") < PATIENCE
    source.write_text(text.replace("weakest place", "thinnest place"), encoding="utf-8")

    assert wait_for("thinnest place", f"{address}q/scoring/") < PATIENCE


def test_files_that_editors_leave_behind(project: Path, address: str) -> None:
    """They are no reason to build again, and a link that leads nowhere does not stop the server."""
    wait_for("weakest place", f"{address}q/scoring/")
    for folder in ("docs", "docs/_source"):
        for name in (".x.md.swp", "x.md~", "#x.md#", "4913", ".DS_Store"):
            (project / folder / name).write_bytes(b"\xff not text")
        (project / folder / ".#x.md").symlink_to("me@host.123:456")
    time.sleep(3)

    assert "Detected file changes" not in (project / "log.txt").read_text()
    save_by_renaming(project / "docs/_source/questions.md", "weakest place", "weakest spot")
    wait_for("weakest spot", f"{address}q/scoring/")


def test_saving_a_page_by_renaming(project: Path, address: str) -> None:
    """A page that an editor replaces is noticed, as often as that happens."""
    wait_for("Bread", address)
    page = project / "docs/about.md"
    with page.open("a", encoding="utf-8") as file:
        file.write("\nRevision 1\n")
    for number in (1, 2):
        wait_for(f"Revision {number}", f"{address}about/")
        save_by_renaming(page, f"Revision {number}", f"Revision {number + 1}")
    wait_for("Revision 3", f"{address}about/")

    assert "Traceback" not in (project / "log.txt").read_text()


def save_by_renaming(path: Path, old: str, new: str) -> None:
    """Save as Vim does: keep the old file under another name, and write a new one."""
    text = path.read_text(encoding="utf-8")
    backup = path.with_name(f"{path.name}~")
    path.rename(backup)
    time.sleep(0.6)  # longer than MkDocs waits between two looks
    path.write_text(text.replace(old, new), encoding="utf-8")
    backup.unlink()


@pytest.mark.parametrize("engine", COMMANDS)
def test_port_that_is_taken(engine: str, tmp_path: Path) -> None:
    """One sentence names a command that works."""
    command = ["python", "scripts/engine.py", engine, "serve"]
    again = "make serve" if engine == "mkdocs" else f"ENGINE={engine} make serve"
    project = copy_project(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        host = f"127.0.0.1:{taken.getsockname()[1]}"
        done = run(command, project, ADDRESS=host)

    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(
        rf"error: {host} is taken; name another: ADDRESS=127.0.0.1:\d+ {again}\n", done.stderr
    )
