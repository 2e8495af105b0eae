"""Pages whose parts do not arrive, are gone after a deployment, or are refused what they need."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect
from support.searching import Host, first_is, hosting, search
from support.sites import COMMANDS, Built, Visit, run

TOPIC, QUESTION = "topics/baking/", "steam-at-home"
ANSWER = "bake in a lidded cast-iron pot"
ANOTHER = "condenses on the cool dough"
SCRIPT = "**/assets/site.js*"
NEED_SCRIPTS = [".theme", "[data-keys]", ".answers-bar button", ".share button", ".copy"]
PAGES = ["", TOPIC, f"q/{QUESTION}/", "paths/sourdough/", "404.html"]

FAILURES: dict[str, Callable[[Route], None]] = {
    "lost connection": lambda route: route.abort("connectionreset"),
    "blocked": lambda route: route.abort("blockedbyclient"),
    "not found": lambda route: route.fulfill(status=404),
    "replaced by a filter": lambda route: route.fulfill(body="", content_type="text/javascript"),
    "unknown syntax": lambda route: route.fulfill(body="let = §", content_type="text/javascript"),
    "error at the start": lambda route: route.fulfill(
        body="throw Error('broken on purpose')", content_type="text/javascript"
    ),
}
"""Answers to the request for a script, each of which leaves the page without it."""


@pytest.fixture(scope="session")
def site(mkdocs_site: Built) -> Built:
    """The site, built by one engine: test_pages.py shows that the other builds the same pages."""
    return mkdocs_site


@pytest.fixture(params=FAILURES)
def without_script(request: pytest.FixtureRequest, visit: Visit) -> Visit:
    """A visit on which the page's script fails."""
    visit.page.route(SCRIPT, FAILURES[request.param])
    return visit


def test_a_page_whose_script_fails(without_script: Visit) -> None:
    """It works as without scripts: no control is shown that does nothing, links and answers open."""
    page = without_script.page
    for url in PAGES:
        without_script.open(url)
        for useless in NEED_SCRIPTS:
            for control in page.locator(useless).all():
                expect(control).to_be_hidden()
    without_script.open(f"{TOPIC}#{QUESTION}")
    expect(page.get_by_text(ANSWER)).to_be_visible()
    expect(page.get_by_text(ANOTHER)).to_be_hidden()
    page.locator("details", has_text=ANOTHER).locator("summary").click()
    expect(page.get_by_text(ANOTHER)).to_be_visible()
    # Answers that the reader keeps open are open, and close with a click.
    page.evaluate("localStorage.setItem('/deep-learning-qa/answers', 'open')")
    without_script.open(TOPIC)
    expect(page.get_by_text(ANSWER)).to_be_visible()
    page.locator("details", has_text=ANSWER).locator("summary").click()
    expect(page.get_by_text(ANSWER)).to_be_hidden()
    expect(page.get_by_text(ANOTHER)).to_be_visible()
    page.locator(".bar .search-box").click()
    page.wait_for_url("**/q/")
    without_script.problems.clear()


def test_a_script_that_is_late(visit: Visit) -> None:
    """Until the script arrives, the page works as without it; then the controls appear."""
    waiting: list[Route] = []
    visit.page.route(SCRIPT, lambda route, _: waiting.append(route))
    visit.page.goto(f"{visit.base}{TOPIC}#{QUESTION}", wait_until="commit")
    page = visit.page
    expect(page.get_by_text(ANSWER)).to_be_visible()
    expect(page.locator(".theme")).to_be_hidden()
    page.locator("details", has_text=ANOTHER).locator("summary").click()
    expect(page.get_by_text(ANOTHER)).to_be_visible()
    while not waiting:
        page.wait_for_timeout(10)
    for route in waiting:
        route.continue_()

    expect(page.get_by_role("button", name="Dark mode")).to_be_visible()
    expect(page.get_by_text(ANOTHER)).to_be_visible()
    expect(page.locator("h2.is-target")).to_have_attribute("id", QUESTION)


# The search

PARTS = [
    "assets/search-dialog.*.js",
    "assets/search-dialog.*.css",
    "assets/search-worker.*.js",
    "search/latest-2.json",
    "search/data.json*",
]
GONE = ["lost connection", "not found"]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_search_that_is_missing_once(visit: Visit, part: str) -> None:
    """The search is repeated on a fresh page."""
    visit.page.route(f"**/{part}", FAILURES["not found"], times=1)
    page = visit.open(TOPIC)
    page.evaluate("window.old = true")
    search(page, "steam at home")
    page.wait_for_function("() => !window.old")

    first_is(page, QUESTION)
    expect(page.get_by_role("combobox")).to_have_value("steam at home")
    visit.problems.clear()


@pytest.mark.parametrize("failure", GONE)
@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_search_that_stays_missing(visit: Visit, part: str, failure: str) -> None:
    """After one fresh page, a message says so, and the reader can try again."""
    page = visit.page
    page.context.route(f"**/{part}", FAILURES[failure])
    page.add_init_script("sessionStorage.pages = Number(sessionStorage.pages ?? 0) + 1")
    visit.open(TOPIC)
    search(page, "steam at home")
    note = page.locator(".search__note")
    expect(note).to_contain_text("not load")
    expect(note.get_by_role("link")).to_have_attribute("href", f"{visit.base}q/")
    page.wait_for_timeout(500)
    assert page.evaluate("sessionStorage.pages") == "2"
    page.context.unroute(f"**/{part}")
    page.get_by_role("button", name="Try again").click()

    first_is(page, QUESTION)
    expect(page.get_by_role("combobox")).to_have_value("steam at home")
    visit.problems.clear()


@pytest.mark.parametrize("part", PARTS)
def test_without_connection_the_page_stays(visit: Visit, part: str) -> None:
    """Without a connection, a message says so, and the page remains; with one, search works."""
    # Before the page opens, because a browser that begins to intercept may miss the next request.
    visit.page.context.route(f"**/{part}", FAILURES["lost connection"])
    page = visit.open(TOPIC)
    page.evaluate("window.old = true")
    page.route(f"**/{TOPIC}*", FAILURES["lost connection"])
    search(page, "steam at home")
    expect(page.locator(".search__note")).to_contain_text("Are you offline?")
    assert page.evaluate("window.old")
    page.unroute_all()
    page.context.unroute_all()
    page.get_by_role("button", name="Try again").click()

    first_is(page, QUESTION)
    visit.problems.clear()


REFUSED = {
    "no worker": "delete window.Worker",
    "worker refused": "window.Worker = function () { throw new DOMException('no', 'SecurityError') }",
    "no request": "window.fetch = async () => { throw new TypeError('Failed to fetch') }",
}


@pytest.mark.parametrize("refused", REFUSED)
def test_a_search_that_is_refused(visit: Visit, refused: str) -> None:
    """If the browser refuses what the search needs, a message leads to all questions."""
    visit.page.add_init_script(REFUSED[refused])
    page = visit.open(TOPIC)
    search(page, "steam")
    page.locator(".search__note").get_by_role("link", name="all questions").click()

    page.wait_for_url("**/q/")
    visit.problems.clear()


# A deployment


@pytest.fixture(scope="module")
def next_site(mkdocs_site: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as the next deployment has it: each script and style differs."""
    project = tmp_path_factory.mktemp("next") / "project"
    shutil.copytree(mkdocs_site.folder.parent, project, symlinks=True)
    for path in [*project.glob("docs/assets/*.js"), *project.glob("docs/assets/*.css")]:
        path.write_text(path.read_text(encoding="utf-8") + "/* next */", encoding="utf-8")
    for command in COMMANDS["mkdocs"][2:]:
        done = run(command, project)
        assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


@pytest.fixture
def host(site: Built, chrome: Browser, tmp_path: Path) -> Iterator[Host]:
    """A visit to a host, and how to deploy another site there."""
    with hosting(chrome, site.folder, tmp_path) as found:
        yield found


LEFT_WITH = """addEventListener("pagehide", () => {
  sessionStorage.typed = document.querySelector(".search__input").value;
})"""


def test_a_search_after_a_deployment(host: Host, next_site: Path) -> None:
    """A page that was open before repeats the search on a fresh page, once the reader has typed."""
    visit, deploy = host
    page = visit.open(f"{TOPIC}#{QUESTION}")
    script = page.locator("head script[src]").get_attribute("src")
    page.evaluate("window.old = true")
    deploy(next_site)
    page.keyboard.press("/")
    page.wait_for_timeout(1000)
    page.evaluate(LEFT_WITH)
    page.keyboard.type("steam at home", delay=100)
    page.wait_for_function("() => !window.old")
    assert page.evaluate("sessionStorage.typed") == "steam at home"

    first_is(page, QUESTION)
    expect(page).to_have_url(f"{visit.base}{TOPIC}?q=steam+at+home#{QUESTION}")
    assert page.locator("head script[src]").get_attribute("src") != script
    visit.problems.clear()


def test_an_open_search_after_a_deployment(host: Host, next_site: Path) -> None:
    """A search that was open before a deployment goes on."""
    visit, deploy = host
    page = visit.open(TOPIC)
    search(page, "steam")
    first_is(page, "steam")
    deploy(next_site)
    page.get_by_role("combobox").fill("windowpane")

    first_is(page, "windowpane")


def test_a_cached_page_after_a_deployment(site: Built, host: Host, next_site: Path) -> None:
    """A page that a cache kept gets the styles and scripts of the new site, and its search."""
    visit, deploy = host
    deploy(next_site)
    visit.page.route(
        f"**/{TOPIC}", lambda route: route.fulfill(body=site.html(TOPIC), content_type="text/html")
    )
    page = visit.open(TOPIC)
    expect(page.locator(".bar")).to_have_css("position", "sticky")
    search(page, "steam at home")

    first_is(page, QUESTION)
