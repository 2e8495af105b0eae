"""Pages whose scripts do not arrive, do not run, or are refused what they ask for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect
from support.sites import Built, Visit

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
    page.locator(".bar .search-box").click()
    page.wait_for_url("**/q/")
    without_script.problems.clear()


def test_kept_answers_can_be_closed(without_script: Visit) -> None:
    """If the script fails, answers that the reader keeps open are open, and close with a click."""
    page = without_script.open("about/")
    page.evaluate("localStorage.setItem('/deep-learning-qa/answers', 'open')")
    without_script.open(TOPIC)
    expect(page.get_by_text(ANSWER)).to_be_visible()
    page.locator("details", has_text=ANSWER).locator("summary").click()

    expect(page.get_by_text(ANSWER)).to_be_hidden()
    expect(page.get_by_text(ANOTHER)).to_be_visible()
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
    for route in waiting:
        route.continue_()

    expect(page.get_by_role("button", name="Dark mode")).to_be_visible()
    expect(page.get_by_text(ANOTHER)).to_be_visible()
    expect(page.locator("h2.is-target")).to_have_attribute("id", QUESTION)
