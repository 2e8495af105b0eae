"""Pages in the oldest browsers of package.json, which lack features that Chromium has."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from support.accessibility import axe
from support.sites import Built, Visit, visiting

TOPIC, QUESTION, PATH = "topics/rising/", "q/dough-temperature/", "paths/first-loaf/"
MISSING = re.compile(
    r"light-dark(?=\()|(?<=:)has(?=\()|(?<=::)details-content|content-visibility"
    r"|(?<=text-wrap:)\w+|scrollbar-(?:gutter|color|width)"
)
"""Features that a browser at the floor lacks; under another name, Chromium lacks them, too."""
LATER = """
for (const name of ["ariaChecked", "ariaExpanded"]) delete Element.prototype[name];
delete window.Intl.Segmenter;
HTMLScriptElement.supports = () => false;
const supports = CSS.supports;
CSS.supports = (...asked) => !/details-content/.test(asked) && supports.apply(CSS, asked);
"""


@pytest.fixture(scope="session")
def site(mkdocs_site: Built) -> Built:
    """The site, built by one engine: test_pages.py shows that the other builds the same pages."""
    return mkdocs_site


def without_later_features(route: Route) -> None:
    """Answer a request with a file in which later features have names that no browser knows."""
    found = route.fetch()
    route.fulfill(response=found, body=MISSING.sub(r"later\g<0>", found.text()))


@pytest.fixture
def old(chrome: Browser, address: str) -> Iterator[Visit]:
    """A visit by a browser at the floor."""
    with visiting(chrome, address) as found:
        found.page.route(re.compile(r"\.(?:css|js)(?:\?|$)"), without_later_features)
        found.page.add_init_script(LATER)
        yield found


def set_theme(page: Page, theme: str, by: str) -> None:
    """Have the device or the reader choose a theme."""
    page.emulate_media(color_scheme="dark" if (theme == "dark") == (by == "device") else "light")
    if by == "reader":
        page.evaluate("theme => localStorage.setItem('/deep-learning-qa/theme', theme)", theme)
        page.reload()


@pytest.mark.parametrize("by", ["device", "reader"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_is_readable(old: Visit, theme: str, by: str) -> None:
    """In either theme, text has contrast, and nothing shows through the bar and the dialogs."""
    set_theme(old.open(QUESTION), theme, by)
    for url in (TOPIC, QUESTION):
        page = old.open(url)
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        assert axe(page) == [], url
    papers = {"light": "rgb(253, 253, 251)", "dark": "rgb(16, 21, 27)"}
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("starter")
    expect(page.get_by_role("option").first).to_be_visible()
    assert axe(page) == []
    for part in ("html", ".bar", "dialog.search"):
        expect(page.locator(part)).to_have_css("background-color", papers[theme])
    page.keyboard.press("Escape")
    expect(page.locator("dialog.search")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.locator("dialog.notice")).to_have_css("background-color", papers[theme])


def test_controls_work(old: Visit) -> None:
    """Answers open by their buttons, and switches say their state to screen readers."""
    page = old.open(TOPIC)
    page.locator("summary").first.click()
    expect(page.locator("details > p").first).to_be_visible()
    switch = page.get_by_role("switch")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "true")
    expect(page.locator("details:not([open])")).to_have_count(0)
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("starter")
    expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("url", ["", TOPIC, PATH, QUESTION, "about/"])
def test_nothing_overlaps(old: Visit, url: str, width: int) -> None:
    """Questions, answers, their buttons and the columns of a page are beside or below each other."""
    old.page.set_viewport_size({"width": width, "height": 800})
    page = old.open(url)
    overlapping = page.evaluate(
        """() => {
          const found = [];
          const shown = [...document.querySelectorAll("h1, h2, h3, summary, .sidebar, .outline, p")]
            .filter((one) => one.checkVisibility()).map((one) => [one, one.getBoundingClientRect()])
            .filter(([one]) => !one.closest("dialog, .skip"));
          for (const [one, a] of shown) for (const [other, b] of shown)
            if (one !== other && !one.contains(other) && !other.contains(one)
                && a.left < b.right - 1 && b.left < a.right - 1
                && a.top < b.bottom - 1 && b.top < a.bottom - 1)
              found.push(one.textContent.trim() + " | " + other.textContent.trim());
          return found;
        }"""
    )

    assert overlapping == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_answers_are_printed(old: Visit) -> None:
    """Closed answers open for the printer, and close again."""
    page = old.open(TOPIC)
    closed = page.locator("details:not([open])")
    page.locator("summary").first.click()
    before = closed.count()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(closed).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")

    assert before > 0
    expect(closed).to_have_count(before)
