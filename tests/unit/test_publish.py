"""Programs that write files report in one sentence that they cannot."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import publish
import pytest
from build_record import Kept, Record
from finishing import Finish
from qna import downloads, pipeline, stamp
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


def test_addresses_that_change_after_a_build(tmp_path: Path) -> None:
    """A page finished with other addresses is corrected; one with the same is left alone."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/site.css").write_bytes(b"main {}")
    path = tmp_path / "index.html"
    look = pipeline.settings_of(ROOT / "mkdocs.yml")
    finish = Finish.of(publish._add_versions(tmp_path), {}, look)

    def finished(address: str, digest: str) -> tuple[str, bool]:
        link = f'<link rel="stylesheet" href="{address}">'
        path.write_text(f'<!doctype html><head><meta charset="utf-8">{link}</head>')
        written = path.stat().st_mtime_ns
        kept = Kept("", path.name, stamp.state_of(path), [], [], [], {}, finished=digest)
        publish._finish_pages(tmp_path, finish, Record(pages={"index.md": kept}))
        assert (kept.built, kept.finished) == (stamp.state_of(path), finish.digest)
        return path.read_text(), path.stat().st_mtime_ns == written

    page, is_left = finished("assets/site.css?v=0123456789", "before")
    assert (finish.addresses["site.css"] in page, is_left) == (True, False)
    assert "0123456789" not in page
    assert finished(f"assets/{finish.addresses['site.css']}", finish.digest)[1]


def test_digest_of_a_site_that_is_finished_again() -> None:
    """Files that have been renamed are not among the addresses, and pages are left alone."""
    addresses = {"site.js": "site.js?v=1", "search-dialog.js": "search-dialog.1.js"}
    again = {"site.js": "site.js?v=1"}
    assert Finish(addresses, {}, ()).digest == Finish(again, {}, ()).digest
    assert Finish(again, {}, ()).digest != Finish(again, {}, ("https://example.org",)).digest


def test_folder_with_the_name_of_a_page(tmp_path: Path) -> None:
    """A link to a folder is no page, whatever its name."""
    (tmp_path / "q").mkdir()
    (tmp_path / "q/index.html").touch()
    (tmp_path / "link.html").symlink_to("q")
    assert downloads.pages_of(tmp_path) == [tmp_path / "q/index.html"]


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
