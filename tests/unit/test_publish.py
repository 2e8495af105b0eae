"""Programs that write files report in one sentence that they cannot."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import publish
import pytest
from support.harness import ROOT


def published(site: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Finish the site in a folder; return the exit code."""
    monkeypatch.setattr(sys, "argv", ["publish.py", "--site", str(site)])
    return publish.main()


def test_no_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a site, the message says how to build it."""
    assert published(tmp_path, monkeypatch) == 2
    assert capsys.readouterr().err == (
        f"error: {tmp_path}: No such file or directory; run 'make build' first\n"
    )


def test_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """If the disk is full, the message names the file and the reason, and asks for no build."""
    page = tmp_path / "index.html"
    page.write_text('<!doctype html><head><meta charset="utf-8"></head>')

    def full(path: Path, _: str) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(publish, "_write", full)

    assert published(tmp_path, monkeypatch) == 2
    assert capsys.readouterr().err == (
        f"error: {page}: No space left on device; fix that and run it again\n"
    )


def test_bundle_that_cannot_be_written(tmp_path: Path) -> None:
    """The front end's build names the folder and the reason."""
    (tmp_path / "frontend").symlink_to(ROOT / "frontend")
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    (tmp_path / "package.json").symlink_to(ROOT / "package.json")
    (tmp_path / "docs").touch()
    node = str(Path(sys.executable).with_name("node"))
    command = [node, "--preserve-symlinks", "--preserve-symlinks-main", "frontend/build.mjs"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr == (
        f"error: ENOTDIR: not a directory, mkdir '{tmp_path}/docs/assets'; "
        "fix that and run it again\n"
    )
