"""The markers `site` and `browser` are true, so that the fast tests can be run alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent


@pytest.mark.parametrize("program", ["mkdocs", "zensical", "chromium"])
def test_an_unmarked_test_starts_no_engine_and_no_browser(program: str) -> None:
    """It fails, whatever it does with the error."""
    with pytest.raises(pytest.fail.Exception, match="without the marker"):
        subprocess.run([BIN / program, "--version"], check=True)


def test_an_unmarked_test_starts_no_browser_through_another_program() -> None:
    """A browser started by a shell is noticed too."""
    with pytest.raises(pytest.fail.Exception, match="without the marker 'browser'"):
        subprocess.run(["/bin/sh", "-c", '"$@"', "sh", BIN / "chromium", "--version"], check=True)


@pytest.mark.site
def test_a_marked_test_starts_an_engine() -> None:
    """The marker is all it takes."""
    done = subprocess.run([BIN / "mkdocs", "--version"], capture_output=True, check=False)

    assert done.returncode == 0


def test_other_programs_need_no_marker(request: pytest.FixtureRequest) -> None:
    """A test of a part has neither marker, and may start the project's own commands."""
    assert not {mark.name for mark in request.node.iter_markers()} & {"site", "browser"}
    subprocess.run([sys.executable, "-c", ""], check=True)
