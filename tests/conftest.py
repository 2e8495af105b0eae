"""Settings for all tests, their markers, and the browser.

Because this file is here, pytest puts this folder on the import path, and tests can import
`support`.
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
from playwright.sync_api import Browser, Playwright, sync_playwright
from support.sites import Built, Visit, visiting

# Property tests are repeatable, so that a failure comes from a change, not from a random draw.
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

# The tests start the servers that they visit, and a proxy cannot reach those.
os.environ |= dict.fromkeys(("no_proxy", "NO_PROXY"), "*")

SITE_TESTS = [Path(__file__).with_name(name) for name in ("site", "content")]
BROWSERS = {"playwright", "tab"}
"""Fixtures that start a browser."""
NEEDS = {
    "mkdocs": "site",
    "zensical": "site",
    "chromium": "browser",
    "run-driver": "browser",  # how Playwright starts
    "firefox": "browser",
    "webkit": "browser",
}
"""The marker that a test needs to start a program, by a word of its command."""


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Mark each test by the fixtures that it uses, directly or indirectly."""
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        if used & BROWSERS:
            item.add_marker("browser")
        # Tests of the site request folders only for builds.
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
    """Fail a test that starts an engine or a browser without the marker for it."""
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
def playwright() -> Iterator[Playwright]:
    """Playwright, which cannot be started twice in a process."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chrome(playwright: Playwright) -> Iterator[Browser]:
    """A real Chromium; without one, tests fail and are not skipped."""
    launched = playwright.chromium.launch(**chromium.launch_options())
    yield launched
    launched.close()


@pytest.fixture(scope="module")
def address(site: Built) -> Iterator[str]:
    """The address at which a module's site is served, under a sub-path."""
    with check_site.served(site.folder) as served:
        yield served


@pytest.fixture
def visit(chrome: Browser, address: str) -> Iterator[Visit]:
    """A fresh browser profile; errors in the console and foreign requests fail the test."""
    with visiting(chrome, address) as found:
        yield found


@pytest.fixture(scope="module")
def _tab(chrome: Browser, address: str) -> Iterator[Visit]:
    with visiting(chrome, address) as found:
        yield found


@pytest.fixture
def same_tab(_tab: Visit) -> Iterator[Visit]:
    """The tab of the test before, which costs half of a fresh profile, with an empty storage.

    For tests that leave no routes, handlers, scripts, clocks or tabs behind.
    """
    page = _tab.page
    page.goto(f"{_tab.base}search/places.json")  # from which no test begins
    page.evaluate("[localStorage, sessionStorage].forEach(storage => storage.clear())")
    page.set_viewport_size({"width": 1280, "height": 720})
    page.emulate_media(
        media="null", color_scheme="null", reduced_motion="null", forced_colors="null"
    )
    page.mouse.move(0, 0)
    yield _tab
    found, others = _tab.problems.copy(), [one for one in page.context.pages if one != page]
    _tab.problems.clear()
    for other in others:
        other.close()
    assert (found, others) == ([], [])
