"""A site of the content in tests/fixture, built once a run by each engine, under a sub-path."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support import ahead
from support.harness import FIXTURE
from support.sites import COMMANDS, Built, built


@pytest.fixture(scope="session", params=COMMANDS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site as each engine builds it."""
    return built(request.param, FIXTURE, tmp_path_factory)


@pytest.fixture(scope="session")
def mkdocs_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site as MkDocs, the default, builds it."""
    return built("mkdocs", FIXTURE, tmp_path_factory)


@pytest.fixture(scope="session")
def zensical_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site as Zensical builds it."""
    return built("zensical", FIXTURE, tmp_path_factory)


@pytest.fixture
def tab() -> Iterator[ahead.Tab]:
    """A tab of a fresh Chromium that can render pages ahead, as no page of Playwright's can."""
    with ahead.tab() as opened:
        yield opened
