"""The site of the content in tests/fixture, built once per run by each engine, for a sub-path."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support import prerendering
from support.harness import FIXTURE
from support.sites import COMMANDS, Built, built


@pytest.fixture(scope="session", params=COMMANDS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site, built by each engine."""
    return built(request.param, FIXTURE, tmp_path_factory)


@pytest.fixture(scope="session")
def mkdocs_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site, built by MkDocs, the default engine."""
    return built("mkdocs", FIXTURE, tmp_path_factory)


@pytest.fixture(scope="session")
def zensical_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site, built by Zensical."""
    return built("zensical", FIXTURE, tmp_path_factory)


@pytest.fixture
def tab() -> Iterator[prerendering.Tab]:
    """A tab of a fresh Chromium that can prerender pages, which Playwright's pages cannot."""
    with prerendering.tab() as opened:
        yield opened
