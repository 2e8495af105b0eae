"""The whole site in one file, opened from a disk without a network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import browser as chromium
import check_site
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect
from support.accessibility import axe
from support.sites import Built, visiting

QUERIES = (
    *("windowpane test", "why is my bread sour", "bakers percentage", "stretchs and folds"),
    *("how long does it ferment", "poolish", "kubernetes", "autolyse", "first loaf"),
)
RESULTS = """() => [...document.querySelectorAll("[role=option]")].map(
  option => option.dataset.questionId ?? option.textContent)"""


@pytest.fixture
def file(mkdocs_site: Built, tmp_path: Path) -> str:
    """The address of the file, alone in a folder."""
    (found,) = [
        path for path in mkdocs_site.folder.glob("downloads/*.html") if path.name != "index.html"
    ]
    return Path(shutil.copy(found, tmp_path)).as_uri()


@contextmanager
def without_problems(context: BrowserContext) -> Iterator[BrowserContext]:
    """Use a browser, close it, and fail if a page had a problem."""
    problems: list[str] = []
    context.on("console", lambda said: problems.append(said.text))
    context.on("weberror", lambda error: problems.append(str(error.error)))
    yield context
    context.close()
    assert problems == []


@pytest.fixture
def offline(chrome: Browser) -> Iterator[BrowserContext]:
    """A browser without a network."""
    with without_problems(chrome.new_context(offline=True)) as context:
        yield context


@pytest.fixture
def page(offline: BrowserContext, file: str) -> Page:
    """The file, opened."""
    found = offline.new_page()
    requests: list[str] = []
    found.on("request", lambda request: requests.append(request.url))
    found.goto(file)
    assert {url for url in requests if not url.startswith("data:")} == {file}
    return found


def _found(page: Page, query: str) -> list[str]:
    """Return what a search finds, in order: ids of questions, texts of places."""
    page.get_by_role("combobox").fill("")
    expect(page.get_by_role("option")).to_have_count(0)
    page.get_by_role("combobox").fill(query)
    page.get_by_role("status").filter(has_text="answer").or_(
        page.locator(".search__misfit")
    ).first.wait_for()
    page.wait_for_timeout(120)  # places come last
    found: list[str] = page.evaluate(RESULTS)
    return found


def test_browse(page: Page) -> None:
    """Topics lead to questions, whose answers and notes open; terms lead to them, too."""
    page.get_by_role("main").get_by_role("link", name="Flour & Dough").click()
    page.get_by_role("heading", name="What is gluten?").click()
    expect(page.locator("#q-gluten + details[open]")).to_be_visible()
    assert page.locator("article:visible").count() == 1

    page.get_by_role("navigation", name="Site").get_by_role("link", name="Glossary").click()
    page.get_by_role("heading", name="Glossary").wait_for()
    assert page.title() == "Glossary - Bread Questions & Answers"
    page.locator("#term-gluten + dd").get_by_role("link").first.click()
    expect(page.locator("#q-gluten + details[open]")).to_be_visible()

    page.go_back()
    expect(page.get_by_role("heading", name="Glossary")).to_be_visible()


def test_search(page: Page, mkdocs_site: Built, chrome: Browser) -> None:
    """A search finds what that of the site finds; its results lead to places in the file."""
    with check_site.served(mkdocs_site.folder) as base, visiting(chrome, base) as visit:
        _compare(page, visit.open(""))

    _found(page, "windowpane test")
    page.keyboard.press("Enter")
    page.wait_for_url("**#q-windowpane")
    expect(page.locator("#q-windowpane + details[open]")).to_be_visible()

    page.goto(f"{page.url.partition('#')[0]}?q=sour+taste")
    page.locator("[data-question-id]").first.wait_for()


def _compare(page: Page, online: Page) -> None:
    for opened in (page, online):
        opened.keyboard.press("/")
    for query in QUERIES:
        expected = _found(online, query)
        found = _found(page, query)
        for _ in range(50):
            if found == expected:
                break
            page.wait_for_timeout(100)
            found, expected = page.evaluate(RESULTS), online.evaluate(RESULTS)
        assert found == expected, query


def test_practice(playwright: Playwright, file: str, tmp_path: Path) -> None:
    """A grade is kept on the device, also if the file is moved to another folder."""

    def opened() -> AbstractContextManager[BrowserContext]:
        profile, options = tmp_path / "profile", chromium.launch_options()
        return without_problems(
            playwright.chromium.launch_persistent_context(profile, offline=True, **options)
        )

    with opened() as before:
        page = before.new_page()
        page.goto(file)
        page.get_by_role("navigation", name="Site").get_by_role("link", name="Practice").click()
        page.get_by_role("button", name="Practice everything").click()
        page.get_by_role("button", name="Show the answer").click()
        expect(page.locator(".practice").get_by_text("gluten").first).to_be_visible()
        page.get_by_role("button", name="Good").first.click()
        page.get_by_role("button", name="End").click()
    (tmp_path / "moved").mkdir()
    moved = shutil.move(tmp_path / Path(file).name, tmp_path / "moved")
    with opened() as after:
        page = after.new_page()
        page.goto(f"{Path(moved).as_uri()}#practice")

        page.get_by_text("You have practiced 1 of").wait_for()
        stored = page.evaluate("Object.keys(localStorage)")
        assert stored == ["/bread-questions-answers/practice"]


def test_refused_storage(offline: BrowserContext, file: str) -> None:
    """If the browser stores nothing for files, practice says so."""
    page = offline.new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no') }})"
    )
    page.goto(f"{file}#practice")
    page.get_by_role("button", name="Practice everything").click()
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_role("button", name="Good").first.click()

    assert "did not store your latest changes" in page.get_by_role("alert").inner_text()


def test_without_scripts(chrome: Browser, file: str) -> None:
    """Without scripts, everything can be read, one topic after another."""
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file)
    for text in ("What is gluten?", "Why is bread scored before baking?", "Glossary"):
        assert page.get_by_role("heading", name=text).is_visible(), text
    assert page.locator("details.answer:not([open])").count() == 0
    assert not page.get_by_role("button", name="Dark mode").is_visible()
    context.close()


@pytest.mark.parametrize("place", ["", "#q-gluten", "#glossary", "#practice"])
def test_accessible(page: Page, place: str) -> None:
    """Axe finds nothing, and nothing is wider than a phone."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(page.url + place)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
