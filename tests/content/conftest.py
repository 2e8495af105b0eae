"""The project's own site, built once per run by each engine, for a sub-path."""

from __future__ import annotations

import pytest
from support.harness import ROOT
from support.sites import COMMANDS, Built, built


@pytest.fixture(scope="session", params=COMMANDS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site, built by each engine."""
    return built(request.param, ROOT, tmp_path_factory)


@pytest.fixture(scope="session")
def mkdocs_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site, built by MkDocs, the default engine."""
    return built("mkdocs", ROOT, tmp_path_factory)


@pytest.fixture(scope="session")
def zensical_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site, built by Zensical."""
    return built("zensical", ROOT, tmp_path_factory)
