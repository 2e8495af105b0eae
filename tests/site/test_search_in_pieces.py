"""The search of a site with many questions, whose data is in pieces."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import evaluate
import pytest
import search_pieces
from playwright.sync_api import Browser, Page, Route, expect
from qna.data import search_data
from support.searching import Host, first_is, hosting, search
from support.sites import Built, Visit

QUERIES = [
    "steam at home",  # a question's own words
    "fermantation",  # a typo
    "sour dough",  # a word that the texts write as one
    "windowp",  # half a word
    "LAB",  # an acronym and its expansion
    "levain",  # a synonym
    "\u062e\u0628\u0632",  # another script
]
PIECES = "**/search/pieces/*"


@pytest.fixture(scope="module")
def site(mkdocs_site: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site with its search in pieces, as if it had many questions."""
    copy = tmp_path_factory.mktemp("pieces") / "site"
    shutil.copytree(mkdocs_site.folder, copy)
    assert search_pieces.cut(copy, least=0)
    return Built(mkdocs_site.engine, copy, mkdocs_site.data)


def found(page: Page) -> list[str]:
    """Return the ids of the questions found, best first."""
    options = page.get_by_role("group", name="Answers").get_by_role("option")
    return [str(option.get_attribute("data-question-id")) for option in options.all()]


def test_it_finds_what_the_whole_data_finds(site: Built, mkdocs_site: Built, visit: Visit) -> None:
    """The same questions in the same order, from a few files, and the terms below them."""
    expected = evaluate.ranked(QUERIES, data=mkdocs_site.folder / "search/data.json")
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page = visit.open("topics/baking/")
    page.keyboard.press("/")
    for query, ids in zip(QUERIES, expected, strict=True):
        page.get_by_role("combobox").fill(query)
        first_is(page, ids[0])
        expect(page.get_by_role("group", name="Answers").get_by_role("option")).to_have_count(
            len(ids)
        )
        assert found(page) == ids, query

    page.get_by_role("combobox").fill("levain")
    expect(page.get_by_role("group", name="Terms").get_by_role("option").first).to_be_visible()
    loaded = [path for path in asked if "/search/" in path]
    assert {path.rpartition("/search/")[2].partition("/")[0] for path in loaded} == {
        "latest-2.json",
        "pieces",
        "places.json",
    }
    assert len(loaded) == len(set(loaded))
    assert not (site.folder / "search/data.json").exists()


def test_pieces_that_are_missing_once(visit: Visit) -> None:
    """The search is repeated on a fresh page."""
    visit.page.route(PIECES, lambda route: route.fulfill(status=404), times=1)
    page = visit.open("topics/baking/")
    page.evaluate("window.old = true")
    page.keyboard.press("/")
    # At once: while keys are still to come, each of them tries again by itself.
    page.get_by_role("combobox").fill("steam at home")
    page.wait_for_function("() => !window.old")

    first_is(page, "steam-at-home")
    visit.problems.clear()


def test_without_connection_the_page_stays(visit: Visit) -> None:
    """Without a connection, a message says so; with one, the search works."""
    broken: Callable[[Route], None] = lambda route: route.abort("connectionreset")  # noqa: E731
    visit.page.context.route(PIECES, broken)
    page = visit.open("topics/baking/")
    page.route("**/topics/baking/*", broken)
    page.keyboard.press("/")
    # At once: while keys are still to come, each of them tries again by itself.
    page.get_by_role("combobox").fill("steam at home")
    expect(page.locator(".search__note")).to_contain_text("Are you offline?")
    page.unroute_all()
    page.context.unroute_all()
    page.get_by_role("button", name="Try again").click()

    first_is(page, "steam-at-home")
    visit.problems.clear()


@pytest.fixture
def host(site: Built, chrome: Browser, tmp_path: Path) -> Iterator[Host]:
    """A visit to a host, and how to deploy another site there."""
    with hosting(chrome, site.folder, tmp_path) as found:
        yield found


def test_an_open_search_after_a_deployment(host: Host, mkdocs_site: Built, tmp_path: Path) -> None:
    """A search that was open before a deployment goes on, though all of its pieces are gone."""
    visit, deploy = host
    page = visit.open("topics/baking/")
    page.evaluate("window.old = true")
    gone: list[str] = []
    page.context.on(
        "response", lambda response: response.status == 404 and gone.append(response.url)
    )
    search(page, "?!")
    expect(page.locator(".search__misfit")).to_be_visible()
    after = shutil.copytree(mkdocs_site.folder, tmp_path / "after")
    path = after / "search/data.json"
    data = search_data.load(path.read_text(encoding="utf-8"))
    data["siblings"] = []
    for name in ("questions", "phrases"):
        data[name].reverse()
    path.write_text(json.dumps(data), encoding="utf-8")
    assert search_pieces.cut(after, least=0)
    # Browsers ask whether a file has changed by seconds.
    latest = after / "search/latest-2.json"
    os.utime(latest, (later := latest.stat().st_mtime + 2, later))
    deploy(after)
    page.get_by_role("combobox").fill("windowpane")

    first_is(page, "windowpane")
    assert page.evaluate("window.old")
    assert gone
    visit.problems.clear()


def test_a_site_that_is_not_large_enough(mkdocs_site: Built, tmp_path: Path) -> None:
    """The data of a small site stays as it is."""
    copy = shutil.copytree(mkdocs_site.folder, tmp_path / "site")

    assert not search_pieces.cut(copy)
    assert (copy / "search/data.json").is_file()
