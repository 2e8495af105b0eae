"""Settings for all tests, their markers, and the browser.

This file also lets them import `harness` and `sites`.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import browser as chromium
import check_site
import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright
from support.sites import Built, Visit, visiting

# A test that passed passes again: a change is judged by itself, not by random draws.
# HYPOTHESIS_PROFILE=random searches for new failures.
_SLOW = [HealthCheck.too_slow]
settings.register_profile(
    "repeatable", derandomize=True, deadline=None, suppress_health_check=_SLOW
)
settings.register_profile("random", deadline=None, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

# Programs started by tests inherit ignored signals, and a shell's background job ignores Ctrl+C.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

SITE_TESTS = [Path(__file__).with_name(name) for name in ("site", "content")]
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
        if "tmp_path_factory" in used and any(map(item.path.is_relative_to, SITE_TESTS)):
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


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """A real Chromium; a machine without one fails here, it does not skip."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(**chromium.launch_options())
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def address(site: Built) -> Iterator[str]:
    """Where the site of a module is served, under a sub-path."""
    with check_site.served(site.folder) as served:
        yield served


@pytest.fixture
def visit(chrome: Browser, address: str) -> Iterator[Visit]:
    """A fresh browser profile; the test fails on errors in the console and foreign requests."""
    with visiting(chrome, address) as found:
        yield found
