"""The search dialog, as readers use it: by keys, by touch, by a link, with a screen reader."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import browser as chromium
import check_site
import evaluate
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Request, Route, expect
from support.keyboards import send
from support.sites import (
    PAINTED,
    REPO_URL,
    Built,
    Visit,
    copy_project,
    note_problems,
    run,
    visiting,
)

TOPIC, QUESTION = "topics/baking/", "q/steam-at-home/"
PAGES = ["", "topics/", TOPIC, "q/", QUESTION, "glossary/", "about/", "404.html"]
RECENT = f"{check_site.MOUNT}recent-searches"
HOSTILE = [
    "<img src=x onerror=window.ran=1>",
    "<script>window.ran=1</script>",
    "\"'><svg onload=window.ran=1>&lt;b&gt;",
    "javascript:window.ran=1",
]


@pytest.fixture(scope="session")
def site(mkdocs_site: Built) -> Built:
    """The site, built by one engine: test_pages.py shows that the other builds the same pages."""
    return mkdocs_site


def box(page: Page) -> Locator:
    """Return the search box of the dialog."""
    return page.get_by_role("combobox", name="Search questions and answers")


def results(page: Page) -> Locator:
    """Return the answers found, best first."""
    return page.get_by_role("group", name="Answers").get_by_role("option")


def places(page: Page) -> Locator:
    """Return the terms, topics and paths found, best first."""
    return page.get_by_role("group", name="Terms, topics and paths").get_by_role("option")


def status(page: Page) -> Locator:
    """Return the status for screen readers."""
    return page.locator(".search__status")


def ids(page: Page) -> list[str]:
    """Return the ids of the questions found, best first."""
    return [str(item.get_attribute("data-question-id")) for item in results(page).all()]


def search(page: Page, query: str) -> None:
    """Open the search by its key, as soon as the page is ready, and wait for results."""
    expect(page.locator(".bar .search-box")).to_have_attribute("role", "button")
    page.keyboard.press("/")
    page.keyboard.type(query)
    expect(results(page).first).to_be_visible()
    page.wait_for_function("q => new URL(location).searchParams.get('q') === q", arg=query)


def search_all(page: Page, query: str) -> None:
    """Search on a page that has not searched yet, and wait for all results, not only the first."""
    search(page, query)
    expect(status(page)).not_to_be_empty()
    expect(page.locator(".search__tail a")).to_be_visible()


def focused(page: Page) -> Any:  # noqa: ANN401 - any value from the page
    """Return the first class or the tag name of the focused element."""
    return page.evaluate("document.activeElement.classList[0] ?? document.activeElement.tagName")


@pytest.fixture
def asked(visit: Visit) -> list[str]:
    """The paths that the page requests from now on."""
    found: list[str] = []
    visit.page.on("request", lambda request: found.append(urlsplit(request.url).path))
    return found


# Opening


@pytest.mark.parametrize("key", ["/", "Control+k", "Meta+k"])
def test_opens_by_key(same_tab: Visit, key: str) -> None:
    """A key opens the search with the focus in its box; Escape closes it immediately."""
    page = same_tab.open(TOPIC)
    page.keyboard.press(key)
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    expect(box(page)).to_be_focused()
    assert box(page).input_value() == ""
    page.keyboard.type("steam")
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(same_tab.base + TOPIC)


@pytest.mark.parametrize(
    ("key", "code", "modifiers"),
    [
        ("л", "KeyK", {"ctrlKey": True}),  # Russian
        ("κ", "KeyK", {"metaKey": True}),  # Greek
        ("ن", "KeyK", {"ctrlKey": True}),  # Arabic
        ("K", "KeyK", {"ctrlKey": True}),  # Caps Lock
        (".", "Slash", {}),  # Russian and Hebrew
        ("ظ", "Slash", {}),  # Arabic
        ("/", "Digit7", {"shiftKey": True}),  # German
    ],
)
def test_opens_on_other_keyboards(
    same_tab: Visit, key: str, code: str, modifiers: dict[str, bool]
) -> None:
    """The keys that open the search are found by their place if the layout has other letters."""
    page = same_tab.open(TOPIC)
    send(page, key, code, **modifiers)

    expect(box(page)).to_be_focused()


def test_keys_of_an_input_method_open_nothing(same_tab: Visit) -> None:
    """A key that an input method handles neither opens the search nor one of its results."""
    page = same_tab.open(TOPIC)
    send(page, "k", "KeyK", keyCode=229, ctrlKey=True)
    send(page, "/", "Slash", isComposing=True)
    expect(page.locator("dialog")).to_have_count(0)

    search(page, "steam")
    send(page, "Enter", "Enter", keyCode=229)  # in Safari, after the composition
    send(page, "Enter", "Enter", isComposing=True)
    send(page, "ArrowDown", "ArrowDown", keyCode=229)
    expect(results(page).first).to_have_attribute("aria-selected", "true")
    page.wait_for_timeout(100)
    expect(page).to_have_url(re.compile(rf"{TOPIC}\?q=steam$"))


def test_a_link_is_copied_on_another_keyboard(same_tab: Visit) -> None:
    """Ctrl and the key at the place of C copy the link of the selected result."""
    page = same_tab.open(TOPIC)
    search(page, "steam")
    send(page, "с", "KeyC", ctrlKey=True)

    expect(page.locator(".announcement")).to_have_text("Link copied")


@pytest.mark.parametrize("key", ["Control+/", "Alt+/", "k", "Control+Shift+k"])
def test_other_keys_do_not_open(same_tab: Visit, key: str) -> None:
    """Keys that browsers or readers use for something else do not open the search."""
    page = same_tab.open(TOPIC)
    page.keyboard.press(key)

    expect(page.locator("dialog")).to_have_count(0)


def test_slash_in_a_field_is_a_slash(same_tab: Visit) -> None:
    """A slash typed into a field of the page or into the search box is text."""
    page = same_tab.open(TOPIC)
    page.evaluate("document.querySelector('article').prepend(document.createElement('textarea'))")
    page.locator("textarea").press_sequentially("1/2")

    assert page.locator("textarea").input_value() == "1/2"
    expect(page.locator("dialog")).to_have_count(0)
    page.locator("textarea").blur()
    page.keyboard.press("/")
    page.keyboard.type("n/a")
    assert box(page).input_value() == "n/a"


@pytest.mark.parametrize("where", [".bar", "article"])
def test_opens_by_its_box_and_gives_the_focus_back(same_tab: Visit, where: str) -> None:
    """A search box is a button for pointer and keys; closing the dialog returns the focus to it."""
    page = same_tab.open("")
    opener = page.locator(f"{where} a.search-box")
    expect(opener).to_have_role("button")
    opener.click()
    expect(box(page)).to_be_focused()
    page.get_by_role("button", name="Close").click()
    expect(opener).to_be_focused()
    for key in ("Enter", "Space"):
        page.keyboard.press(key)
        expect(box(page)).to_be_focused()
        page.keyboard.press("Escape")
        expect(opener).to_be_focused()

    expect(page).to_have_url(same_tab.base)


def test_keys_work_right_after_closing(same_tab: Visit) -> None:
    """After Escape, the next key goes to the page and not to the field that has just closed."""
    page = same_tab.open("topics/rising/")
    for _ in range(5):
        search(page, "starter")
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
        page.keyboard.press("Escape")


def test_a_click_outside_closes(same_tab: Visit) -> None:
    """A click on the backdrop closes the search; a selection that ends on it does not."""
    page = same_tab.open(TOPIC)
    search(page, "steam")
    page.mouse.move(*center(results(page).first))
    page.mouse.down()
    page.mouse.move(5, 5)
    page.mouse.up()
    expect(box(page)).to_be_visible()
    page.mouse.click(5, 400)

    expect(box(page)).to_be_hidden()


def center(of: Locator) -> tuple[float, float]:
    """Return the center of an element on the screen."""
    place = of.bounding_box()
    assert place
    return place["x"] + place["width"] / 2, place["y"] + place["height"] / 2


@pytest.mark.parametrize("url", PAGES)
def test_opens_by_address(same_tab: Visit, url: str) -> None:
    """`?q=` shows the results on every kind of page; other parameters and the hash are kept."""
    page = same_tab.open(f"{url}?a=1&q=steam+baking#x")

    expect(box(page)).to_have_value("steam baking")
    expect(results(page).first).to_have_attribute("data-question-id", re.compile("steam"))
    page.keyboard.press("Escape")
    expect(box(page)).to_be_hidden()
    expect(page).to_have_url(f"{same_tab.base}{url}?a=1#x")


def test_unknown_address(visit: Visit) -> None:
    """The search on the 404 page works at any depth."""
    page = visit.page
    html = page.request.get(visit.base + "404.html").body()
    page.route(
        "**/no/such/page/**", lambda route: route.fulfill(body=html, content_type="text/html")
    )
    page.goto(f"{visit.base}no/such/page/?q=steam")

    expect(results(page).first).to_have_attribute("href", re.compile(f"^{visit.base}q/"))
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Search in your own words").click()
    expect(box(page)).to_be_focused()


def test_without_scripts(address: str, chrome: Browser) -> None:
    """Without scripts, the box links to all questions."""
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + TOPIC)
    page.locator(".bar a.search-box").click()

    expect(page).to_have_url(f"{address}q/")
    context.close()


# Loading


@pytest.mark.parametrize("url", ["", TOPIC, QUESTION])
def test_nothing_loads_before_it_is_needed(visit: Visit, asked: list[str], url: str) -> None:
    """Dialog, worker and data load only with the search, and the engine's own search never does."""
    page = visit.open(url)
    page.wait_for_load_state("networkidle")
    before = [path for path in asked if "search" in path]
    search(page, "steam")
    expect(places(page).first).to_be_visible()

    assert before == []
    parts = {path.removeprefix(check_site.MOUNT) for path in asked if "search" in path}
    assert {re.sub(r"\.\w{10}\.", ".", path) for path in parts} == {
        "assets/search-dialog.css",
        "assets/search-dialog.js",
        "assets/search-worker.js",
        "search/data.json",
        "search/latest-2.json",
        "search/places.json",
    }


def delayed(page: Page, pattern: str, seconds: float) -> None:
    """Delay the response for a file."""

    def later(route: Route, _: Request) -> None:
        page.wait_for_timeout(seconds * 1000)
        route.continue_()

    page.route(pattern, later)


def test_typing_before_it_has_loaded(visit: Visit) -> None:
    """Keys typed before the dialog's script has loaded, including Enter, are not lost."""
    delayed(visit.page, "**/search-dialog.*.js", 1)
    page = visit.open(TOPIC)
    page.keyboard.press("/")
    page.keyboard.type("windowpane test")
    page.keyboard.press("Enter")

    page.wait_for_url("**/q/windowpane/")


# Results


def test_results_as_you_type(visit: Visit) -> None:
    """Each result shows a question, its full answer with marked matches, and its topic."""
    page = visit.open("")
    search_all(page, "steam")
    shown = [item.get_attribute("data-question-id") for item in results(page).all()]
    known = json.loads(page.request.get(visit.base + "questions.json").text())
    questions = {item["id"]: item for item in known["questions"]}
    topics = {item["id"]: item["title"] for item in known["topics"]}

    assert "steam" in str(shown[0])
    assert len(set(shown)) == len(shown) > 1
    for result, name in zip(results(page).all(), shown, strict=True):
        text = result.text_content() or ""
        item = questions[str(name)]
        assert item["question"] in text
        assert item["text"] in text
        assert topics[item["topic"]] in text
        assert result.get_attribute("href") == visit.base + item["url"]
    marked = results(page).first.locator("mark").all_text_contents()
    assert any("steam" in text.lower() for text in marked)


def test_the_last_input_wins(same_tab: Visit) -> None:
    """Results for text that is no longer in the box are not shown."""
    page = same_tab.open("")
    search_all(page, "gluten")
    first = ids(page)
    page.evaluate(
        """() => {
          const input = document.querySelector(".search__input")
          for (const text of ["steam", "preferment", "gluten", "overproofing"]) {
            input.value = text
            input.dispatchEvent(new Event("input", { bubbles: true }))
          }
          window.seen = []
          new MutationObserver(() => window.seen.push(
            document.querySelector("[role=option]")?.dataset.questionId
          )).observe(document.querySelector("#search-results > *"), { childList: true })
        }"""
    )
    expect(results(page).first).to_have_attribute("data-question-id", re.compile("overproofing"))

    assert page.evaluate("new Set(window.seen).size") == 1
    assert ids(page) != first


def test_arrows_select_and_enter_opens(same_tab: Visit) -> None:
    """Up and Down wrap around, Page Up and Page Down jump; the selection is in view and opens."""
    page = same_tab.open("")
    page.set_viewport_size({"width": 1000, "height": 500})
    search(page, "dough")
    expect(places(page).first).to_be_visible()
    options = page.locator("#search-results [role=option]")
    found = options.evaluate_all("all => all.map(one => one.dataset.questionId ?? one.id)")
    assert len(found) > 6

    def chosen() -> str:
        selected = page.locator("[role=option][aria-selected=true]")
        expect(selected).to_have_count(1)
        assert box(page).get_attribute("aria-activedescendant") == selected.get_attribute("id")
        inside = """item => {
          const { top, bottom } = item.getBoundingClientRect()
          const list = item.closest(".search__body").getBoundingClientRect()
          return top >= list.top - 1 && (bottom <= list.bottom + 1 || top <= list.top + 1)
        }"""
        assert selected.evaluate(inside)
        name = selected.get_attribute("data-question-id")
        return name or str(selected.get_attribute("id"))

    assert chosen() == found[0]
    for key, number in [
        ("ArrowDown", 1),
        ("ArrowUp", 0),
        ("ArrowUp", -1),
        ("ArrowDown", 0),
        ("PageDown", 5),
        ("PageUp", 0),
        ("PageUp", 0),
        ("End", 0),
        ("Home", 0),
        ("ArrowDown", 1),
        ("ArrowDown", 2),
    ]:
        page.keyboard.press(key)
        assert chosen() == found[number], key
    expect(box(page)).to_be_focused()
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/q/{found[2]}/")
    expect(box(page)).to_be_hidden()
    expect(page.locator("article h1")).to_have_attribute("id", found[2])


def test_enter_waits_for_the_results(same_tab: Visit) -> None:
    """Enter right after the last letter opens the first result for the whole text."""
    page = same_tab.open("")
    page.keyboard.press("/")
    page.keyboard.insert_text("what is the windowpane test")
    page.keyboard.press("Enter")

    page.wait_for_url("**/q/windowpane/")


def test_a_new_tab(visit: Visit) -> None:
    """Ctrl+Enter and Ctrl+click open a result in a new tab, and the search stays open."""
    page = visit.open("")
    search(page, "windowpane test")
    for act in (
        lambda: page.keyboard.press("Control+Enter"),
        lambda: results(page).first.click(modifiers=["Control"]),
    ):
        with page.context.expect_page() as opened:
            act()
        opened.value.wait_for_url("**/q/windowpane/")
        opened.value.close()

        expect(box(page)).to_be_visible()


def test_copying_a_link(same_tab: Visit) -> None:
    """Ctrl+C copies the link of the selected result and says so, or copies the selected text."""
    page = same_tab.open("")
    search(page, "glossy skin")
    page.keyboard.press("Control+c")
    said = page.get_by_role("dialog").locator(".announcement[role=status]")
    expect(said).to_have_text("Link copied")
    assert said.is_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{same_tab.base}q/steam/"
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    assert page.evaluate("navigator.clipboard.readText()") == "glossy skin"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Copy link").click()

    page.wait_for_function(
        "url => navigator.clipboard.readText().then(text => text === url)",
        arg=f"{same_tab.base}q/{ids(page)[1]}/",
    )
    page.keyboard.press("Escape")
    page.locator("body").press("x")
    assert page.locator(".announcement").count() == 1


# History


def test_back_forward_and_reload(same_tab: Visit) -> None:
    """The search is in the address, so it survives reloading and going back from a result."""
    page = same_tab.open(f"{TOPIC}?a=1")
    search(page, "dense crumb")
    found = ids(page)
    expect(page).to_have_url(f"{same_tab.base}{TOPIC}?a=1&q=dense+crumb")
    page.reload()
    expect(box(page)).to_have_value("dense crumb")
    expect(results(page)).to_have_count(len(found))
    results(page).nth(1).click()
    page.wait_for_url(f"**/q/{found[1]}/")
    expect(page.locator("article h1")).to_have_attribute("id", found[1])
    page.go_back()
    expect(box(page)).to_have_value("dense crumb")
    expect(results(page)).to_have_count(len(found))
    assert ids(page) == found
    expect(page.locator("article h1")).to_contain_text("Shaping")
    expect(box(page)).to_be_visible()
    expect(page).to_have_url(f"{same_tab.base}{TOPIC}?a=1&q=dense+crumb")
    page.go_forward()
    page.wait_for_url(f"**/q/{found[1]}/")
    expect(box(page)).to_be_hidden()
    expect(page.locator("article h1")).to_have_attribute("id", found[1])
    page.go_back()
    expect(box(page)).to_have_value("dense crumb")
    page.keyboard.press("Escape")
    expect(box(page)).to_be_hidden()
    expect(page).to_have_url(f"{same_tab.base}{TOPIC}?a=1")


def test_a_result_on_its_own_page(same_tab: Visit) -> None:
    """A result that is the current page closes the search; going back reopens it."""
    page = same_tab.open("q/windowpane/")
    search(page, "windowpane test")
    page.keyboard.press("Enter")
    expect(box(page)).to_be_hidden()
    expect(page).to_have_url(f"{same_tab.base}q/windowpane/")
    page.go_back()
    expect(box(page)).to_have_value("windowpane test")


# Empty box, and no results


def test_recent_searches(same_tab: Visit) -> None:
    """A search whose result was opened is offered again on this device, and can be removed."""
    page = same_tab.open("")
    for query in ("windowpane test", "dense crumb", "Windowpane test"):
        same_tab.open("")
        search(page, query)
        page.keyboard.press("Enter")
        page.wait_for_url("**/q/*/")
    page.evaluate(PAINTED)
    search(page, "not opened steam")
    same_tab.open("")
    page.keyboard.press("/")
    kept = page.locator(".search__recent li")
    expect(kept).to_have_text(["Windowpane test×", "dense crumb×"])
    page.get_by_role("button", name="Remove Windowpane test").click()
    expect(kept).to_have_text(["dense crumb×"])
    expect(box(page)).to_be_focused()
    page.get_by_role("button", name="dense crumb", exact=True).click()
    expect(box(page)).to_have_value("dense crumb")
    expect(results(page).first).to_be_visible()
    box(page).fill("")
    page.get_by_role("button", name="Clear").click()

    expect(kept).to_have_count(0)
    assert page.evaluate("key => localStorage.getItem(key)", RECENT) is None


def test_eight_searches_are_kept(same_tab: Visit) -> None:
    """Only the eight most recent searches are kept."""
    page = same_tab.open("")
    kept = [f"number {number}" for number in range(20)]
    page.evaluate(f"kept => localStorage.setItem('{RECENT}', JSON.stringify(kept))", kept)
    search(page, "windowpane test")
    page.keyboard.press("Control+c")
    box(page).fill("")

    expect(page.locator(".search__recent li")).to_have_count(8)
    expect(page.locator(".search__recent li").first).to_have_text("windowpane test×")


@pytest.mark.parametrize("kept", ["{", "7", "null", '{"a": 1}', '[1, null, {"b": []}, "", " "]'])
def test_broken_storage(same_tab: Visit, kept: str) -> None:
    """The search works, whatever is in the storage."""
    page = same_tab.open("")
    page.evaluate(f"kept => localStorage.setItem('{RECENT}', kept)", kept)
    page.keyboard.press("/")
    expect(page.get_by_role("heading", name="Try")).to_be_visible()

    expect(page.locator(".search__recent")).to_have_count(0)


def test_refused_storage(visit: Visit) -> None:
    """The search works in a browser that denies access to storage."""
    visit.page.add_init_script(
        """for (const name of ["getItem", "setItem", "removeItem"]) {
          const own = Storage.prototype[name]
          Storage.prototype[name] = function (key, ...rest) {
            // Only the storage of the search is denied.
            if (key.includes("search")) throw new DOMException("no", "SecurityError")
            return own.call(this, key, ...rest)
          }
        }"""
    )
    page = visit.open("about/")
    search(page, "windowpane test")
    page.keyboard.press("Enter")

    page.wait_for_url("**/q/windowpane/")


def test_search_examples_find_something(same_tab: Visit) -> None:
    """The empty box offers examples to try, and each of them finds something."""
    page = same_tab.open("")
    page.keyboard.press("/")
    buttons = page.locator(".search__tail ul button")
    expect(buttons.nth(2)).to_be_visible()
    offered = buttons.all_text_contents()
    for text in offered:
        page.get_by_role("button", name=text, exact=True).click()
        expect(results(page).first).to_be_visible()
        expect(box(page)).to_be_focused()
        box(page).fill("")
        expect(results(page)).to_have_count(0)


def test_a_correction_is_reported(same_tab: Visit) -> None:
    """The search corrects a misspelled word, and the dialog says so."""
    page = same_tab.open("")
    search(page, "fermantation")

    said = page.locator(".search__note")
    expect(said).to_have_text("Showing results for fermentation")
    expect(said.locator("b")).to_have_text("fermentation")
    expect(results(page).first).to_have_attribute("data-question-id", "fermentation")
    expect(status(page)).to_contain_text("Showing results for fermentation")


def test_no_match(same_tab: Visit) -> None:
    """Without a match, the dialog offers all questions and a prefilled issue."""
    page = same_tab.open("")
    query = "zzqx & wvkj? %+ #q"
    page.keyboard.press("/")
    page.keyboard.type(query)
    note = page.locator(".search__note")
    expect(note).to_contain_text("No exact match. Browse all questions.")
    ask = note.get_by_role("link", name="Request an answer")
    expect(ask).to_have_attribute("href", re.compile("%23q&body="))
    url = urlsplit(str(ask.get_attribute("href")))
    fields = parse_qs(url.query)

    expect(note.locator("li")).to_have_count(0)
    assert f"https://{url.netloc}{url.path}" == f"{REPO_URL}/issues/new"
    assert fields["title"] == [f"Missing answer: {query}"]
    assert query in fields["body"][0]
    expect(status(page)).to_contain_text("No exact match.")
    note.get_by_role("link", name="all questions").click()
    page.wait_for_url("**/q/")
    page.go_back()
    expect(box(page)).to_have_value(query)


def test_request_is_offered_below_results(same_tab: Visit) -> None:
    """Readers can request a missing answer below results, too."""
    page = same_tab.open("")
    search(page, "steam")

    expect(page.locator(".search__tail a")).to_have_attribute(
        "href", re.compile(f"^{REPO_URL}/issues/new\\?title=Missing\\+answer%3A\\+steam&body=")
    )


@pytest.mark.parametrize("repository", ["", "javascript:window.ran=1//", "data:text/html,x"])
def test_no_repository_no_issue(same_tab: Visit, repository: str) -> None:
    """Without a repository, or with an unsafe address of one, no request is offered."""
    page = same_tab.open("")
    page.evaluate(
        "text => document.querySelector('.bar .repository').href = text",
        repository,
    )
    search(page, "steam")
    box(page).fill("zzqx wvkj")
    expect(page.locator(".search__note")).to_contain_text("No exact match")

    expect(page.get_by_role("link", name="Request an answer")).to_have_count(0)


# Accessibility


def test_roles_and_states(same_tab: Visit) -> None:
    """In each state, the box is a combobox with a listbox, as in the ARIA practices guide."""
    page = same_tab.open(TOPIC)
    page.keyboard.press("/")
    field = box(page)
    expect(field).to_have_attribute("aria-expanded", "false")
    for name, value in {
        "aria-autocomplete": "list",
        "aria-controls": "search-results",
        "enterkeyhint": "search",
        "autocapitalize": "off",
        "autocorrect": "off",
        "spellcheck": "false",
    }.items():
        expect(field).to_have_attribute(name, value)
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.type("steam")
    expect(field).to_have_attribute("aria-expanded", "true")
    first = results(page).first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(first).to_have_accessible_name(re.compile("steam.*Shaping.*crust"))
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    groups = page.locator("#search-results > *")
    assert groups.evaluate_all("all => all.map(one => one.role)") == ["group", "group"]
    children = groups.locator("> *").evaluate_all("all => all.map(one => one.role)")
    assert set(children) == {"option"}
    box(page).fill("")
    expect(field).to_have_attribute("aria-expanded", "false")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.type("zzqx wvkj")
    expect(page.locator(".search__note")).to_contain_text("No exact match")
    expect(results(page)).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")
    twice = """() => [...document.querySelectorAll("[id]")].map(one => one.id)
                 .filter((id, at, all) => all.indexOf(id) !== at)"""
    assert page.evaluate(twice) == []


def test_the_focus_stays_inside(same_tab: Visit) -> None:
    """Tab cycles through the dialog and never leads into the page below."""
    page = same_tab.open(TOPIC)
    search(page, "steam")
    seen = []
    for _ in range(8):
        page.keyboard.press("Tab")
        seen.append(focused(page))
        inside = (
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
        assert page.evaluate(inside)

    assert {"search__close", "search__ask", "search__copy", "search__input"} <= set(seen)
    assert "search__result" not in seen


def test_places_are_found_beside_answers(same_tab: Visit) -> None:
    """Terms, topics and paths are marked as such, below the answers and always in sight."""
    page = same_tab.open(TOPIC)
    search_all(page, "biga")

    expect(places(page)).to_have_count(1)
    term = places(page).first
    expect(term).to_have_accessible_name(re.compile("^Term Biga .+"))
    expect(term).to_be_in_viewport(ratio=1)
    expect(results(page).first).to_have_attribute("aria-selected", "true")
    for _ in range(results(page).count()):
        page.keyboard.press("ArrowDown")
    expect(term).to_have_attribute("aria-selected", "true")
    expect(page.locator(".search__copy")).to_be_hidden()  # it copies links to questions
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/#term-biga")


@pytest.mark.parametrize(
    ("query", "place", "url"),
    [
        ("baking", "Topic Shaping & Baking", "topics/baking/"),
        ("first loaf", "Path Your first loaf", "paths/first-loaf/"),
        ("frist laof", "Path Your first loaf", "paths/first-loaf/"),
    ],
)
def test_topics_and_paths_are_found(same_tab: Visit, query: str, place: str, url: str) -> None:
    """A topic or path is found by its title, with typos, too."""
    page = same_tab.open("")
    page.keyboard.press("/")
    page.keyboard.type(query)

    expect(places(page).first).to_have_accessible_name(re.compile(f"^{place}"))
    places(page).first.click()
    page.wait_for_url(f"**/{url}")


def test_a_selected_answer_is_not_behind_the_places(same_tab: Visit) -> None:
    """An answer that the keyboard selects is in sight above the places."""
    page = same_tab.open(TOPIC)
    page.set_viewport_size({"width": 390, "height": 560})
    search_all(page, "steam")
    expect(places(page).first).to_be_visible()
    last = results(page).count() - 1
    for _ in range(last):
        page.keyboard.press("ArrowDown")

    bottom = results(page).nth(last).bounding_box()
    top = places(page).first.bounding_box()
    assert bottom
    assert top
    assert bottom["y"] + bottom["height"] <= top["y"] + 1


def test_without_places_answers_are_found(visit: Visit) -> None:
    """If the file of terms, topics and paths does not load, answers are found all the same."""
    visit.page.route("**/search/places.json*", lambda route: route.fulfill(status=404))
    page = visit.open(TOPIC)
    search(page, "steam")

    expect(results(page).first).to_contain_text("steam")
    expect(places(page)).to_have_count(0)
    visit.problems.clear()


def test_the_count_is_announced_when_typing_stops(same_tab: Visit) -> None:
    """A screen reader announces the number of answers once, not after each letter."""
    page = same_tab.open(TOPIC)
    page.keyboard.press("/")
    expect(status(page)).to_have_attribute("role", "status")
    page.evaluate(
        """() => { window.told = []; new MutationObserver(() =>
             window.told.push(document.querySelector(".search__status").textContent)
           ).observe(document.querySelector(".search__status"), { childList: true }) }"""
    )
    page.keyboard.type("steam", delay=60)
    expect(status(page)).not_to_be_empty()

    assert page.evaluate("window.told") == [f"{results(page).count()} answers"]


@pytest.mark.parametrize("url", [TOPIC, "404.html"], ids=["long", "short"])
def test_opening_moves_nothing(chrome: Browser, address: str, url: str) -> None:
    """With scroll bars that take space, the page stays in place behind the search, all dimmed."""
    options = chromium.launch_options()
    shown = chrome.browser_type.launch(**options, ignore_default_args=["--hide-scrollbars"])
    with visiting(shown, address) as visit:
        visit.page.set_viewport_size({"width": 1280, "height": 720})
        page = visit.open(url)
        places = "[...document.querySelectorAll('.bar *, article *')].map((e) => e.offsetLeft)"
        before = page.evaluate(places)
        takes = page.evaluate("innerWidth - document.documentElement.clientWidth")
        page.keyboard.press("/")
        expect(box(page)).to_be_focused()
        after = page.evaluate(places)
        picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
        strip = {picture.getpixel((picture.width - 3, y)) for y in range(0, 720, 40)}
        beside = picture.getpixel((picture.width - 40, 700))

        assert (takes > 0) == (url == TOPIC)
        assert after == before
        assert all(
            abs(one - other) < 3
            for color in strip
            for one, other in zip(color, beside, strict=True)
        )
    shown.close()


FOOT_TOLD = """(foot, told) => {
  foot.querySelector(".search__status").textContent = told;
  const shown = [...foot.querySelectorAll("button")].find((button) => button.checkVisibility());
  const parts = [foot, foot.querySelector("p"), foot.querySelector("div"), shown];
  return parts.map((part) => part.getBoundingClientRect().toJSON());
}"""
"""Measures the parts at once, before the search tells its own count again."""


@pytest.mark.parametrize("told", ["The best 20 of 98,000 answers", "The very best of them " * 5])
def test_a_long_count_leaves_the_foot_in_order(same_tab: Visit, told: str) -> None:
    """The count, the keys and the button are next to each other, and none leaves the dialog."""
    page = same_tab.open(TOPIC)
    search(page, "steam at home")
    foot = page.locator(".search__foot")
    whole, status, keys, button = foot.evaluate(FOOT_TOLD, told)

    assert whole["x"] <= status["x"]
    assert button["x"] + button["width"] <= whole["x"] + whole["width"]
    assert status["x"] + status["width"] <= keys["x"]
    assert keys["x"] + keys["width"] <= button["x"]
    assert button["y"] < keys["y"] + keys["height"]


@pytest.mark.parametrize("size", [(390, 844), (320, 640), (320, 256)])
def test_small_screens(same_tab: Visit, size: tuple[int, int]) -> None:
    """On a phone, and at 400% zoom, the search fills the screen and scrolls only vertically."""
    page, (width, height) = same_tab.page, size
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(reduced_motion="reduce")
    same_tab.open(TOPIC)
    opener = page.locator(".bar a.search-box")
    place = opener.bounding_box()
    assert place
    assert min(place["width"], place["height"]) >= 44
    opener.click()
    for query in ("", "dough", "fermantation", "zzqx wvkj", "x" * 200):
        box(page).fill(query)
        page.wait_for_timeout(700)
        wide = """() => [document.documentElement, ...document.querySelectorAll(".search, .search__body")]
                    .some(one => one.scrollWidth > one.clientWidth)"""
        assert not page.evaluate(wide), query
    box(page).fill("steam")
    expect(results(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    first = results(page).nth(1).bounding_box()
    dialog = page.locator("dialog").bounding_box()
    assert first
    assert dialog
    assert dialog["height"] == height
    assert 0 < first["y"] < height
    seen = "one => document.elementFromPoint(innerWidth / 2, one.getBoundingClientRect().top + 9)"
    assert results(page).nth(1).evaluate(f"one => one.contains(({seen})(one))")
    for name in ("Close", "Copy link"):
        target = page.get_by_role("button", name=name).bounding_box()
        assert target
        assert min(target["width"], target["height"]) >= 24


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_are_readable(same_tab: Visit, scheme: Any) -> None:  # noqa: ANN401 - a literal
    """Marked text and topics, in selected and other results, have a contrast of at least 4.5."""
    page = same_tab.page
    page.emulate_media(color_scheme=scheme)
    same_tab.open(TOPIC)
    search(page, "steam")
    contrast = """mark => {
      const canvas = new OffscreenCanvas(1, 1).getContext("2d")
      const paint = color => { canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1) }
      const light = () => {
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
          .map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
        return .2126 * r + .7152 * g + .0722 * b
      }
      const layers = []
      for (let one = mark; one; one = one.parentElement) layers.unshift(getComputedStyle(one).backgroundColor)
      layers.forEach(paint)
      const below = light()
      paint(getComputedStyle(mark).color)
      const above = light()
      return (Math.max(above, below) + .05) / (Math.min(above, below) + .05)
    }"""
    for mark in page.locator("[role=option] mark").all()[:6]:
        assert mark.evaluate(contrast) >= 4.5
    for topic in page.locator(".search__topic").all()[:3]:
        assert topic.evaluate(contrast) >= 4.5


def test_reduced_motion(same_tab: Visit) -> None:
    """With reduced motion, nothing in the dialog is animated."""
    page = same_tab.page
    page.emulate_media(reduced_motion="reduce")
    same_tab.open(TOPIC)
    search(page, "steam")
    page.keyboard.press("Control+c")
    moving = """() => [...document.querySelectorAll(".search, .search *")].filter(one => {
      const { transitionDuration, animationName } = getComputedStyle(one)
      return transitionDuration !== "0s" || animationName !== "none"
    }).length"""
    expect(page.locator("dialog .announcement")).to_be_visible()

    assert page.evaluate(moving) == 0


# Untrusted text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_queries(same_tab: Visit, text: str) -> None:
    """Markup and scripts in the box, the address and the storage are text and never run."""
    page = same_tab.open(f"?q={quote(text)}")
    expect(box(page)).to_have_value(text)
    settled(page)
    same_tab.open(TOPIC)
    page.evaluate(
        f"text => localStorage.setItem('{RECENT}', JSON.stringify([text, 'steam' + text]))", text
    )
    page.keyboard.press("/")
    expect(page.locator(".search__recent li button").first).to_have_text(text)
    page.locator(".search__recent li button").first.click()
    expect(box(page)).to_have_value(text)
    settled(page)
    box(page).fill("")
    page.keyboard.type(text)
    settled(page)
    page.keyboard.type(" fermantation")
    settled(page)

    assert page.evaluate("window.ran") is None


def settled(page: Page) -> None:
    """Wait for the status; assert that the dialog has no element or link that text could inject."""
    expect(status(page)).not_to_be_empty()
    assert page.locator(".search :is(img, script, svg, [onload], [onerror])").count() == 0
    links = page.locator(".search a").evaluate_all("all => all.map(one => one.protocol)")
    assert set(links) <= {"http:", "https:"}


HOSTILE_ANSWER = (
    "Quokka <img src=x onerror=window.ran=1> <script>window.ran=1</script> "
    "<svg/onload=window.ran=1> & &lt;b&gt; \"quotes'"
)


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site whose source has markup in a question and in its answer."""
    project = copy_project(tmp_path_factory.mktemp("hostile"))
    source = project / "docs/_source/questions.md"
    with source.open("a", encoding="utf-8") as file:
        file.write(
            f"\n### **6. Quokkas <b>**\n*   **What is a quokka <i onclick=window.ran=1>?**\n"
            f"    - {HOSTILE_ANSWER}\n"
        )
    # Not strict, because the new question has no phrases for search.
    for command in (["python", "scripts/split.py"], ["mkdocs", "build"]):
        done = run(command, project)
        assert done.returncode == 0, done.stdout + done.stderr
    with check_site.served(project / "site") as address:
        yield address


def test_hostile_answers(hostile_site: str, chrome: Browser) -> None:
    """Markup in a question, an answer and a topic is shown as it was written, and never runs."""
    context = chrome.new_context()
    visit = Visit(context.new_page(), hostile_site, [])
    note_problems(visit)
    page = visit.open("?q=quokka")
    first = results(page).first
    expect(first).to_contain_text("<img src=x onerror=window.ran=1>")
    expect(first).to_contain_text("What is a quokka <i onclick=window.ran=1>?")
    expect(first).to_contain_text("<script>window.ran=1</script>")
    settled(page)

    assert page.locator(".search__result :not(span, mark)").count() == 0
    assert page.evaluate("window.ran") is None
    assert visit.problems == []
    context.close()


def test_no_code_from_text() -> None:
    """The front end never creates elements from text, and works under a strict security policy."""
    root = Path(__file__).resolve().parents[2] / "frontend"
    for path in [*root.rglob("*.ts")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML\s*=|insertAdjacentHTML|\beval\b|new Function", text
        )
        assert "document.write" not in text


QUERIES = [
    "why does my bread tear at the side",  # a question in a reader's own words
    "loaf did not rise",
    "poolish vs biga",
    "windowpane",  # a word in a question
    "nail polish",  # words in an answer
    "fermantation",  # a typo
    "stretchs and folds",
    "bulkfermentation",  # joined words
    "sour dough",  # a word split
    "windowp",  # half a word
    "LAB",  # an acronym and its expansion
    "desired dough temperature",
    "levain",  # synonyms
    "refrigerator",
    "flavour",  # another spelling
    "home baking steam",  # a term with words that add little
    "Steam & <b>crust</b>?",  # punctuation and markup
    "\u062e\u0628\u0632",  # another script
]
"""Some queries of each kind."""


def test_the_dialog_agrees_with_the_evaluation(site: Built, same_tab: Visit) -> None:
    """The evaluation measures what readers see: the same questions in the same order."""
    expected = evaluate.ranked(QUERIES, data=site.folder / "search/data.json")
    page = same_tab.open("")
    page.keyboard.press("/")

    for query, found in zip(QUERIES, expected, strict=True):
        box(page).fill(query)
        expect(results(page).first).to_have_attribute("data-question-id", found[0])
        expect(results(page)).to_have_count(len(found))
        assert ids(page) == found, query


def test_a_linked_search_agrees_with_the_evaluation(site: Built, same_tab: Visit) -> None:
    """A search in the address finds the same questions as the evaluation."""
    query = QUERIES[0]
    page = same_tab.open(f"{TOPIC}?q={quote(query)}")

    [found] = evaluate.ranked([query], data=site.folder / "search/data.json")
    expect(results(page)).to_have_count(len(found))
    assert ids(page) == found


def test_search_is_light(site: Built) -> None:
    """The files of the search, without the questions, take at most 16 kB compressed."""
    loaded = [*(site.folder / "assets").glob("search-*")]

    assert len(loaded) == 3
    assert sum(len(gzip.compress(path.read_bytes(), 6)) for path in loaded) <= 16_000
