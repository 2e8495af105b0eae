"""Commands that run one after another behave as if each were started by itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import together
from support.harness import ROOT

NOTE = """
import sys
from pathlib import Path

with Path("order").open("a") as file:
    print(*sys.argv, file=file)
"""


def started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start commands in a folder."""
    return subprocess.Popen(
        [sys.executable, ROOT / "scripts/together.py", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Run commands in a folder; return the exit code and the output."""
    process = started(folder, *arguments)
    out, error = process.communicate()
    return process.returncode, out, error


def write(folder: Path, **scripts: str) -> None:
    """Write scripts by their names."""
    for name, text in scripts.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        ("", 0),
        ("sys.exit(3)", 3),
        ("sys.exit('error: no source')", 1),
        ("raise ValueError('broken')", 1),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", 143),
    ],
)
def test_the_first_command_that_fails_is_the_last(tmp_path: Path, ending: str, code: int) -> None:
    """Commands run in order, with their options, until one fails; its exit code is that of all."""
    write(tmp_path, one=NOTE, two=NOTE + ending)
    between = ["--", sys.executable, "one.py", "program", "--"]
    found, _, error = run(tmp_path, "one.py", "--strict", *between, "two.py", "--", "one.py", "end")
    order = (tmp_path / "order").read_text(encoding="utf-8").splitlines()

    assert found == code
    assert order == ["one.py --strict", "one.py program", "two.py", *(["one.py end"] * (not code))]
    assert ("no source" in error, "ValueError: broken" in error) == (
        "no source" in ending,
        "broken" in ending,
    )


@pytest.mark.parametrize("name", ["no-such-program", "missing.py"])
def test_a_command_that_is_not_there(tmp_path: Path, name: str) -> None:
    """One line says so, and what comes after it does not run."""
    write(tmp_path, one=NOTE)
    code, _, error = run(tmp_path, name, "--", "one.py")

    assert (code, error) == (127, f"error: cannot run {name}: No such file or directory\n")
    assert not (tmp_path / "order").exists()


@pytest.mark.parametrize(("program", "code"), [("false", 1), ("true", 0)])
def test_programs(tmp_path: Path, program: str, code: int) -> None:
    """What is no script is a program, whose exit code counts, too."""
    write(tmp_path, one=NOTE)

    assert run(tmp_path, program, "--", "one.py")[0] == code
    assert (tmp_path / "order").exists() == (code == 0)


def test_nothing_is_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a script changes in its process does not reach the next one."""
    change = """
import os, sys
from qna import pipeline

pipeline.SOURCE = None
os.environ["SITE_URL"] = "https://example.org/"
os.chdir("/")
sys.stdout.write("first ")
"""
    tell = """
import os
from qna import pipeline

print(pipeline.SOURCE, os.environ.get("SITE_URL"), os.getcwd(), __name__)
"""
    write(tmp_path, change=change, tell=tell)
    monkeypatch.delenv("SITE_URL", raising=False)
    _, out, error = run(tmp_path, "change.py", "--", "tell.py")

    assert out == f"first docs/_source/questions.md None {tmp_path} __main__\n", error


SLOW = """
import signal, sys, time
from pathlib import Path

signal.signal(signal.SIGTERM, lambda number, _: sys.exit(143))
try:
    Path("started").touch()
    time.sleep(60)
finally:
    time.sleep(0.2)
    Path("cleaned").touch()
"""


@pytest.mark.parametrize(
    ("end", "number", "code"),
    [(os.killpg, signal.SIGINT, 130), (os.kill, signal.SIGTERM, 143)],
    ids=["Ctrl-C in a terminal", "end of a process"],
)
@pytest.mark.parametrize("command", [["slow.py"], [sys.executable, "slow.py", "as a program"]])
def test_a_command_that_is_ended_cleans_up(
    tmp_path: Path,
    command: list[str],
    end: Callable[[int, int], None],
    number: int,
    code: int,
) -> None:
    """What ends all commands ends the one that runs first."""
    write(tmp_path, slow=SLOW, one=NOTE)
    process = started(tmp_path, *command, "--", "one.py")
    while not (tmp_path / "started").exists() and process.poll() is None:
        time.sleep(0.02)
    end(process.pid, number)
    process.communicate()

    assert process.returncode == code
    assert (tmp_path / "cleaned").exists()
    assert not (tmp_path / "order").exists()


def test_no_command(tmp_path: Path) -> None:
    """Without a command, it says how it is called."""
    code, _, error = run(tmp_path, "--")

    assert code == 2
    assert "scripts/together.py scripts/draw_cards.py --" in error


def test_commands() -> None:
    """Two dashes separate commands; several, or those at an end, make none that is empty."""
    given = ["--", "a.py", "--strict", "--", "--", "b", "-x", "--"]

    assert list(together.commands(given)) == [["a.py", "--strict"], ["b", "-x"]]
