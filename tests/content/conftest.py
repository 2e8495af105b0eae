"""The project's own site, built once a run by each engine, under a sub-path."""

from __future__ import annotations

import pytest
from support.harness import ROOT
from support.sites import COMMANDS, Built, built


@pytest.fixture(scope="session", params=COMMANDS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site as each engine builds it."""
    return built(request.param, ROOT, tmp_path_factory)


@pytest.fixture(scope="session")
def mkdocs_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site as MkDocs, the default, builds it."""
    return built("mkdocs", ROOT, tmp_path_factory)


@pytest.fixture(scope="session")
def zensical_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site as Zensical builds it."""
    return built("zensical", ROOT, tmp_path_factory)
