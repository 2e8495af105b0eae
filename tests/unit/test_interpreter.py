"""Commands that are run by a Python that is too old, or that lacks the packages of the project."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import interpreter
import pytest
from support.harness import ROOT

COMMANDS = sorted(
    path.name
    for path in (ROOT / "scripts").glob("*.py")
    if "__main__" in path.read_text(encoding="utf-8")
    if path.name not in {"bootstrap.py", "programs.py"}  # which need no packages
)
PACKAGES = ("qna", "mkdocs")
"""Every command imports one of these."""


def said(name: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command that cannot start; return its only message."""
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(f"scripts/{name}", run_name="__main__")
    assert ended.value.code == 2
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    return message


@pytest.fixture(params=COMMANDS)
def command(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A command with options, run by a Python without packages."""
    for name in {*PACKAGES, *sys.modules}:
        if name.partition(".")[0] in PACKAGES:
            monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(sys, "argv", [f"scripts/{request.param}", "mkdocs", "a b"])
    monkeypatch.chdir(ROOT)
    return str(request.param)


def test_packages_that_are_not_installed(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says what is missing, and the command to run instead."""
    monkeypatch.setattr(sys, "prefix", "/usr")
    message = said(command, capsys)

    assert message.startswith(f"error: {sys.executable} lacks the module '")
    assert message.endswith(f"; run '.venv/bin/python scripts/{command} mkdocs 'a b''\n")


def test_a_python_that_is_too_old(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The version is what the message is about."""
    monkeypatch.setattr(sys, "version_info", (3, 10, 13, "final", 0))
    if command == "engine.py":
        monkeypatch.setattr(sys, "argv", ["scripts/engine.py", "zensical"])

    assert f"error: {sys.executable} is Python 3.10.13, which is too old; run " in said(
        command, capsys
    )


@pytest.mark.parametrize(
    ("prefix", "there", "remedy"),
    [
        ("usr", True, "run '.venv/bin/python split.py'"),
        ("usr", False, "run 'make setup', then '.venv/bin/python split.py'"),
        (".venv", True, "run 'make setup', then the same command again"),
    ],
    ids=["not used", "not set up", "incomplete"],
)
def test_what_to_do(
    prefix: str, *, there: bool, remedy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It depends on whether the project is set up, and on which Python is used."""
    if there:
        (tmp_path / ".venv/bin").mkdir(parents=True)
        (tmp_path / ".venv/bin/python").touch()
    monkeypatch.setattr(interpreter, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(sys, "prefix", str(tmp_path / prefix))
    monkeypatch.setattr(sys, "argv", ["split.py"])
    monkeypatch.chdir(tmp_path)

    assert interpreter.remedy() == remedy


def test_a_module_of_another_version(capsys: pytest.CaptureFixture[str]) -> None:
    """A package that is there, but lacks a name, is reported in the same way."""
    with pytest.raises(SystemExit), interpreter.complete():
        raise ImportError("cannot import name 'x' from 'markdown'")

    assert "lacks something: cannot import name 'x' from 'markdown'; run" in capsys.readouterr().err


def test_an_interrupted_start(capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C while a command loads ends it as it does later, without a traceback."""
    with pytest.raises(SystemExit) as ended, interpreter.complete():
        raise KeyboardInterrupt

    assert (ended.value.code, capsys.readouterr().err) == (130, "")


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "engine.py"])
def test_without_the_folder_of_scripts(name: str) -> None:
    """If Python does not look beside the script, and has no packages, there is no traceback."""
    program = [sys.executable, "-E", "-S", "-P", str(ROOT / "scripts" / name), "--help"]
    done = subprocess.run(program, capture_output=True, text=True, check=False)

    assert done.returncode == 0 or done.stderr.startswith(f"error: {sys.executable} lacks")
    assert done.stderr.count("\n") <= 1
