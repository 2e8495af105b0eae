"""A browser that could not be installed is named at the end of a test run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support import other_browsers
from support.harness import ROOT

REASON = "no WebKit could be installed; put WebKitWebDriver on PATH"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the launchers."""
    monkeypatch.setattr(other_browsers, "BIN", tmp_path)
    return tmp_path


def test_a_missing_browser_skips_its_tests(folder: Path) -> None:
    """The tests are skipped for the reason that set-up noted."""
    (folder / "webkit.missing").write_text(REASON + "\n")

    with pytest.raises(pytest.skip.Exception) as skipped:
        other_browsers.launcher("webkit")
    assert str(skipped.value) == REASON


def test_without_setup_the_tests_fail(folder: Path) -> None:
    """If set-up was not run, the tests fail, and the error says what to run."""
    with pytest.raises(FileNotFoundError) as failed:
        other_browsers.launcher("webkit")
    assert str(failed.value) == (
        f"{folder}/webkit is missing; run 'python3 scripts/bootstrap.py --browser'"
    )


@pytest.mark.parametrize("name", ["webkit", "playwright-webkit"])
def test_launchers(folder: Path, name: str) -> None:
    """The system's browser and Playwright's have different launchers."""
    (folder / name).touch()

    assert other_browsers.launcher("webkit") == folder / name


def test_a_run_ends_with_what_was_skipped(tmp_path: Path) -> None:
    """Each skipped test is listed with its reason."""
    (tmp_path / "test_it.py").write_text(
        f"import pytest\ndef test_it():\n    pytest.skip({REASON!r})\n"
    )
    pytest_here = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
    settings = ["-c", ROOT / "pyproject.toml", "--rootdir", tmp_path]
    done = subprocess.run(
        [*pytest_here, *settings, tmp_path], capture_output=True, text=True, check=True
    )

    *_, skipped, total = done.stdout.splitlines()
    assert skipped.startswith("SKIPPED [1] ")
    assert skipped.endswith(f"test_it.py:3: {REASON}")
    assert "1 skipped" in total
