"""Settings for all tests, and their markers; this file also lets them import `harness`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A test that passed passes again: a change is judged by itself, not by random draws.
# HYPOTHESIS_PROFILE=random searches for new failures.
_SLOW = [HealthCheck.too_slow]
settings.register_profile(
    "repeatable", derandomize=True, deadline=None, suppress_health_check=_SLOW
)
settings.register_profile("random", deadline=None, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

SITE_TESTS = Path(__file__).with_name("site")
BROWSERS = {"chrome", "tab"}
"""Fixtures that start a Chromium."""
NEEDS = {
    "mkdocs": "site",
    "zensical": "site",
    "chromium": "browser",
    "run-driver": "browser",  # how Playwright starts
}
"""The marker that a test needs to start a program, by a word of its command."""


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Mark each test by the fixtures it uses, directly or not."""
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        if used & BROWSERS:
            item.add_marker("browser")
        # Every folder that a test of the site asks for is for a build.
        if "tmp_path_factory" in used and item.path.is_relative_to(SITE_TESTS):
            item.add_marker("site")


_running: list[pytest.Item] = []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Remember which test is running."""
    _running.append(item)
    try:
        return (yield)
    finally:
        _running.pop()


def _hold_markers_true(event: str, arguments: tuple[object, ...]) -> None:
    """Fail a test that starts an engine or a browser without the marker that says so."""
    if event != "subprocess.Popen" or not _running:
        return
    command = arguments[1]
    words = [command] if isinstance(command, str | bytes | os.PathLike) else command
    for word in words:  # type: ignore[attr-defined]
        needed = NEEDS.get(Path(os.fsdecode(word)).name)
        if needed and not _running[-1].get_closest_marker(needed):
            pytest.fail(f"this test starts {os.fsdecode(word)} without the marker '{needed}'")


sys.addaudithook(_hold_markers_true)
