"""The main ways through the site in Firefox and WebKit; Chromium has all the other tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import check_site
import pytest
from PIL import Image
from playwright.sync_api import Playwright
from support.other_browsers import ENGINES, Window, started, wait
from support.sites import Built

TOPIC, QUESTION = "topics/baking/", "steam-at-home"
ANSWER = "bake in a lidded cast-iron pot"
QUERY = "windowpane test"
WATCH = """\
const problems = JSON.parse(sessionStorage.problems ?? "[]")
const note = text => { sessionStorage.problems = JSON.stringify([...problems, text]) }
addEventListener("error", event => note(`${event.message} at ${event.filename || event.target.src}`), true)
addEventListener("unhandledrejection", ({ reason }) => note(`${reason}`))
addEventListener("securitypolicyviolation", ({ blockedURI }) => note(`refused: ${blockedURI}`))
console.error = error => note(`${error}`)
"""
"""A script that keeps the errors of all pages, however a browser is driven."""
SHOWN = """(() => {
  const heading = document.getElementById("ID"), answer = heading.nextElementSibling
  const { top, bottom } = heading.getBoundingClientRect()
  const bar = document.querySelector(".bar").getBoundingClientRect().bottom
  return answer.open && top >= bar - 1 && bottom <= innerHeight
})()"""
"""Whether a question is in view with its answer open below it."""
PRINTED = """(() => {
  const apply = rule => {
    if (rule.media) rule.media.mediaText =
      rule.media.mediaText.replace(/\\bscreen\\b/, "not all").replace(/\\bprint\\b/, "all")
    for (const inner of rule.cssRules ?? []) apply(inner)
  }
  dispatchEvent(new Event("beforeprint"))
  for (const sheet of document.styleSheets) apply(sheet)
})()"""
"""Shows a page as it is printed, which WebDriver cannot."""
RESULTS = "document.querySelectorAll('dialog[open] [data-question-id]')"


def shown(question: str) -> str:
    """Return the condition that a question is in view with its answer open below it."""
    return SHOWN.replace("ID", question)


@pytest.fixture(scope="module")
def site(mkdocs_site: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site with a script on each page that keeps errors."""
    folder = tmp_path_factory.mktemp("watched") / "site"
    shutil.copytree(mkdocs_site.folder, folder)
    (folder / "watch.js").write_text(WATCH, encoding="utf-8")
    script = f'<script src="{check_site.MOUNT}watch.js"></script>'
    for page in folder.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        page.write_text(html.replace("<head>", f"<head>{script}", 1), encoding="utf-8")
    return Built(mkdocs_site.engine, folder, mkdocs_site.data)


@pytest.fixture(scope="module", params=ENGINES)
def engine(
    request: pytest.FixtureRequest, playwright: Playwright
) -> Iterator[Callable[[], Window]]:
    """What opens windows of a running browser."""
    with started(request.param, playwright) as opens:
        yield opens


@pytest.fixture
def window(engine: Callable[[], Window]) -> Iterator[Window]:
    """A window; errors on pages fail the test."""
    opened = engine()
    opened.resize(1280, 900)
    yield opened
    problems = opened.run("sessionStorage.problems ?? ''")
    opened.close()
    assert problems == ""


def typed(window: Window, text: str) -> None:
    """Type a text."""
    for character in text:
        window.press(character)


def is_dark(window: Window) -> bool:
    """Return whether most of the page in view is dark."""
    with Image.open(BytesIO(window.screenshot())) as picture:
        counts = picture.convert("L").histogram()
    return sum(counts[:64]) > sum(counts[64:])


def test_a_link_to_an_answer(window: Window, address: str) -> None:
    """A link to a question on a topic page opens its answer, scrolls to it and marks it."""
    window.open(f"{address}{TOPIC}#{QUESTION}")

    wait(window, shown(QUESTION))
    assert window.run("document.querySelector('.is-target').id") == QUESTION
    assert window.run("document.querySelectorAll('details[open]').length") == 1
    assert ANSWER in window.run("document.body.innerText")


def test_a_question_page_and_its_topic(window: Window, address: str) -> None:
    """A question page shows its answer, and the way back to its topic leads to the same answer."""
    window.open(f"{address}q/{QUESTION}/")
    assert ANSWER in window.run("document.body.innerText")

    window.click(".breadcrumb li:last-child a")
    wait(window, f"location.pathname.endsWith('/{TOPIC}')")
    wait(window, shown(QUESTION))


def test_search_by_keyboard(window: Window, address: str) -> None:
    """A key opens the search, typing finds answers, Enter opens the first, and back returns."""
    window.open(address + TOPIC)
    window.press("/")
    typed(window, QUERY)
    wait(window, f"{RESULTS}[0]?.dataset.questionId === 'windowpane'")
    wait(window, f"new URLSearchParams(location.search).get('q') === '{QUERY}'")
    # All results are there.
    wait(window, "document.querySelector('.search__status').innerText !== ''")
    wait(window, "document.querySelector('.search__tail a')")
    assert "stretch a piece of dough" in window.run(f"{RESULTS}[0].innerText")
    found = window.run(f"{RESULTS}.length")

    window.press("Enter")
    wait(
        window,
        "location.pathname.endsWith('/q/windowpane/') && !document.querySelector('dialog[open]')",
    )
    window.back()
    wait(window, f"{RESULTS}.length === {found}")
    window.press("Escape")
    wait(window, "!document.querySelector('dialog[open]')")
    wait(window, "location.search === ''")


def test_a_link_to_a_search(window: Window, address: str) -> None:
    """`?q=` on any page opens the search with its results, also after a reload; a click opens one."""
    window.open(f"{address}about/?q=dense+crumb")
    wait(window, f"{RESULTS}.length > 1")
    window.reload()
    wait(window, f"{RESULTS}.length > 1")
    assert window.run("document.activeElement.value") == "dense crumb"

    first = window.run(f"{RESULTS}[0].dataset.questionId")
    window.click("dialog[open] [data-question-id]")
    wait(window, f"location.pathname.endsWith('/q/{first}/')")


def test_dark_mode(window: Window, address: str) -> None:
    """The button makes the page dark, the choice survives a reload, and the button undoes it."""
    window.open(address + TOPIC)
    assert not is_dark(window)
    window.click(".bar .theme")
    wait(window, "document.querySelector('.bar .theme[aria-pressed=true]')")
    assert is_dark(window)
    window.reload()
    wait(window, "document.querySelector('.bar .theme[aria-pressed=true]')")
    assert is_dark(window)

    window.click(".bar .theme")
    wait(window, "document.querySelector('.bar .theme[aria-pressed=false]')")
    assert not is_dark(window)


def test_keys(window: Window, address: str) -> None:
    """`j` and `k` go from question to question, `o` opens and closes, `?` lists the keys."""
    window.open(address + TOPIC)
    ids = window.run("[...document.querySelectorAll('.questions h2[id]')].map(({ id }) => id)")
    for key, number in [("j", 0), ("j", 1), ("j", 2), ("k", 1)]:
        window.press(key)
        wait(window, f"document.activeElement.id === '{ids[number]}'")
    window.press("o")
    wait(window, shown(ids[1]))
    window.press("o")
    wait(window, "!document.querySelector('details[open]')")
    window.press("?")
    wait(window, "document.querySelector('dialog[open]')?.innerText.includes('next and previous')")
    window.press("Escape")
    wait(window, "!document.querySelector('dialog[open]')")


def test_keys_turned_off(window: Window, address: str) -> None:
    """Shortcuts that the reader turned off stay off on the next page."""
    window.open(address + TOPIC)
    window.press("?")
    wait(window, "document.querySelector('dialog[open]')")
    window.click("dialog[open] form button")
    window.press("Escape")
    window.open(f"{address}topics/rising/")
    assert window.run("document.querySelectorAll('.questions h2').length") > 1
    for key in ("j", "/", "?"):
        window.press(key)

    assert window.run("document.activeElement === document.body")
    assert not window.run("document.querySelector('dialog[open]')")


def test_answers_that_are_always_shown(window: Window, address: str) -> None:
    """The choice to always show answers opens all of them, and survives a reload."""
    closed = "document.querySelectorAll('details.answer:not([open])').length"
    window.open(address + TOPIC)
    assert window.run(closed) > 1
    window.click("[data-answers=keep]")
    wait(window, f"{closed} === 0")
    window.reload()

    wait(window, f"{closed} === 0")
    assert window.run("document.querySelector('[data-answers=keep]').ariaChecked") == "true"
    assert ANSWER in window.run("document.body.innerText")


def test_back_and_forward(window: Window, address: str) -> None:
    """Back and forward lead to the answers and pages that the reader was on."""
    window.open(f"{address}{TOPIC}#scoring")
    wait(window, shown("scoring"))
    window.open(f"{address}{TOPIC}#{QUESTION}")
    wait(window, shown(QUESTION))
    window.click(".pager [rel=next]")
    wait(window, "location.pathname.endsWith('/topics/trouble/')")

    window.back()
    wait(window, f"location.hash === '#{QUESTION}'")
    wait(window, shown(QUESTION))
    window.back()
    wait(window, "document.querySelector('.is-target')?.id === 'scoring'")
    window.forward()
    wait(window, f"document.querySelector('.is-target')?.id === '{QUESTION}'")
    window.forward()
    wait(window, "location.pathname.endsWith('/topics/trouble/')")


COLUMNS = """[...document.querySelectorAll(".alphabet > :is(ul, dl)")].flatMap(list => {
  const box = one => one.getBoundingClientRect()
  const entries = [...list.querySelectorAll("li:not(dd li), dt")].map(box)
  const top = Math.min(...entries.map(({ top }) => top))
  const inColumn = new Map()
  for (const { left, top } of entries) inColumn.set(left, Math.min(top, inColumn.get(left) ?? top))
  const low = [...inColumn.values()].filter(one => one > top + 1)
  const apart = [...list.querySelectorAll("dt")].filter(
    dt => box(dt).left !== box(dt.nextElementSibling).left)
  return [...low, ...apart.map(({ textContent }) => textContent)]
})"""
"""Columns that start lower than others, and terms in another column than their definition."""


@pytest.mark.parametrize("url", ["glossary/", "q/"])
def test_columns(window: Window, address: str, url: str) -> None:
    """In lists with columns, these start at the same height, and no entry is split."""
    window.resize(1280, 800)
    window.open(address + url)
    wait(window, "document.documentElement.classList.contains('js')")

    assert window.run(COLUMNS) == []


ALONE = """(() => {
  const link = document.querySelector(".footer a[href$='llms.txt']"), range = new Range()
  range.setStart(link.nextSibling, 0)
  range.setEnd(link.nextSibling, 1)
  const bottom = one => Math.max(...[...one.getClientRects()].map(({ bottom }) => bottom))
  const { style } = link.parentElement
  return Array.from({ length: 400 }, (_, extra) => 120 + extra).filter(width => {
    style.width = `${width}px`
    return bottom(range) > bottom(link) + 9
  })
})()"""
"""Widths of the footer's text at which the period at its end is on a line without a word."""


def test_no_period_wraps_alone(window: Window, address: str) -> None:
    """In the footer, a period stays with the link before it."""
    window.open(address)

    assert window.run(ALONE) == []


ACCENT = "<math><mover accent=true><mi>x</mi><mo stretchy=false>&#x2dc;</mo></mover></math>"
ABOVE = f"""(() => {{
  const paragraph = document.querySelector("article .formula + p")
  paragraph.innerHTML = "{ACCENT}"
  const height = selector => paragraph.querySelector(selector).getBoundingClientRect().height
  return (height("mover") - height("mi")) / parseFloat(getComputedStyle(paragraph).fontSize)
}})()"""
"""How far an accent rises above its letter, in sizes of the text."""


def test_an_accent_is_near_its_letter(window: Window, address: str) -> None:
    """In a formula, no accent is a whole line above its letter."""
    window.open(f"{address}q/baking-temperature/")
    wait(window, "document.fonts.status === 'loaded'")

    assert window.run(ABOVE) < 0.5


def test_print(window: Window, address: str) -> None:
    """A printed topic has all its answers, and no buttons."""
    window.open(address + TOPIC)
    text = "document.body.innerText"
    assert ANSWER not in window.run(text)
    window.run(PRINTED)
    printed = window.run(text)
    for answer in (
        "fold the edges",
        "at its weakest place",
        "Steam keeps the crust",
        ANSWER,
        "93 to 98",
    ):
        assert answer in printed
    for button in ("Open all", "Always show answers", "Search"):
        assert button not in printed


@pytest.fixture
def one_file(mkdocs_site: Built, tmp_path: Path, window: Window) -> str:
    """The address of the whole site in one file on a disk, opened in a window."""
    (found,) = (mkdocs_site.folder / "downloads").glob("bread-*.html")
    html = found.read_text(encoding="utf-8")
    copy = tmp_path / found.name
    copy.write_text(html.replace("<head>", f"<head><script>{WATCH}</script>", 1), encoding="utf-8")
    window.open(copy.as_uri())
    return copy.as_uri()


def test_search_in_the_one_file(window: Window, one_file: str) -> None:
    """In a file on a disk, typing finds answers, Enter opens the first, and back leads back."""
    answer = "document.querySelector('#q-windowpane + details[open]')?.getClientRects().length"
    window.press("/")
    typed(window, QUERY)
    wait(window, f"{RESULTS}[0]?.dataset.questionId === 'windowpane'")
    window.press("Enter")
    wait(window, "location.hash === '#q-windowpane' && !document.querySelector('dialog[open]')")
    wait(window, answer)
    window.click(".sections [href='#glossary']")
    wait(window, "document.title.startsWith('Glossary')")
    window.back()
    wait(window, answer)

    assert window.run("location.href").startswith(one_file)


@pytest.mark.usefixtures("one_file")
@pytest.mark.parametrize("stores", [True, False])
def test_practice_in_the_one_file(window: Window, *, stores: bool) -> None:
    """A grade is kept on the device; if the browser stores nothing for files, the page says so."""
    if not stores:
        window.run("Storage.prototype.setItem = () => { throw new DOMException('no') }")
    window.click(".sections [href='#practice']")
    wait(window, "document.querySelector('.practice__start button')")
    window.click(".practice__start button")
    wait(window, "document.querySelector('.practice__reveal')")
    window.click(".practice__reveal")
    wait(window, "document.querySelector('.practice__grade:nth-of-type(3)')")
    window.click(".practice__grade:nth-of-type(3)")
    said = "document.querySelector('[role=alert]')?.innerText.includes('did not store')"
    if not stores:
        wait(window, said)
        return
    wait(window, "localStorage['/bread-questions-answers/practice']")
    window.click(".practice__end")
    wait(window, "document.querySelector('.practice__summary .practice__primary')")
    window.click(".practice__summary .practice__primary")
    wait(window, "document.body.innerText.includes('You have practiced 1 of')")
    window.reload()

    wait(window, "document.body.innerText.includes('You have practiced 1 of')")
