"""The markers `site` and `browser` are reliable, so that the fast tests can be run alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent


@pytest.mark.parametrize("program", ["mkdocs", "zensical", "chromium"])
def test_an_unmarked_test_cannot_start_an_engine_or_a_browser(program: str) -> None:
    """Such a test fails as soon as it starts one of these programs."""
    with pytest.raises(pytest.fail.Exception, match="without the marker"):
        subprocess.run([BIN / program, "--version"], check=True)


def test_an_unmarked_test_cannot_start_a_browser_through_a_shell() -> None:
    """A browser started through a shell is detected, too."""
    with pytest.raises(pytest.fail.Exception, match="without the marker 'browser'"):
        subprocess.run(["/bin/sh", "-c", '"$@"', "sh", BIN / "chromium", "--version"], check=True)


@pytest.mark.site
def test_a_marked_test_can_start_an_engine() -> None:
    """With the marker, a test can start an engine."""
    done = subprocess.run([BIN / "mkdocs", "--version"], capture_output=True, check=False)

    assert done.returncode == 0


def test_other_programs_need_no_marker(request: pytest.FixtureRequest) -> None:
    """A unit test has neither marker, and may start the project's own commands."""
    assert not {mark.name for mark in request.node.iter_markers()} & {"site", "browser"}
    subprocess.run([sys.executable, "-c", ""], check=True)
