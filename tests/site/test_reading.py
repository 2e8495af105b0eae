"""Reading: answers open or closed, keys, learning paths, and ways in."""

from __future__ import annotations

import pytest
from conftest import Visit
from playwright.sync_api import Page, expect

TOPIC = "topics/training/"
PATHS = ["first-interview", "vision", "language", "training-trouble", "production"]


def opened(page: Page) -> int:
    """How many answers are open."""
    return page.locator("details.answer[open]").count()


def test_open_all_and_close_all(visit: Visit) -> None:
    """One button opens every answer of a page, and closes them again."""
    page = visit.open(TOPIC)
    answers = page.locator("details.answer").count()

    page.get_by_role("button", name="Open all").click()
    assert opened(page) == answers
    page.get_by_role("button", name="Close all").click()
    assert opened(page) == 0


def test_answers_open_is_remembered(visit: Visit) -> None:
    """The reader's choice holds on other pages and after a reload, until it is taken back."""
    page = visit.open(TOPIC)
    page.get_by_role("switch", name="Answers open").click()

    visit.open("topics/regularization/")
    assert opened(page) == page.locator("details.answer").count() > 1
    expect(page.get_by_role("switch")).to_have_attribute("aria-checked", "true")
    page.get_by_role("switch").click()
    visit.open(TOPIC)
    assert opened(page) == 0


def test_keys_walk_and_reveal(visit: Visit) -> None:
    """`j` and `k` go from question to question, `o` opens, `c` copies the link."""
    page = visit.open(TOPIC)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    second = page.locator(".md-content h2[id]").nth(1)
    expect(second).to_be_focused()

    page.keyboard.press("o")
    assert opened(page) == 1
    page.keyboard.press("c")
    copied = page.wait_for_function("navigator.clipboard.readText()").json_value()
    assert copied.endswith(f"/q/{second.get_attribute('id')}/")


def test_keys_turn_question_pages(visit: Visit) -> None:
    """On the page of one question they lead to the next one and back."""
    page = visit.open("q/dropout/")
    page.keyboard.press("j")
    page.wait_for_url("**/q/dropout-in-practice/")
    page.keyboard.press("k")
    page.wait_for_url("**/q/dropout/")


def test_keys_leave_typing_alone(visit: Visit) -> None:
    """In the search box letters are letters."""
    page = visit.open(TOPIC)
    page.keyboard.press("/")
    page.keyboard.type("join rock")

    expect(page.get_by_role("combobox")).to_have_value("join rock")
    assert opened(page) == 0


def test_keys_are_listed_and_can_be_switched_off(visit: Visit) -> None:
    """`?` lists the keys; off they stay off, on the next page too."""
    page = visit.open(TOPIC)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("a random question")
    dialog.get_by_role("button", name="Switch the keys off").click()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    visit.open(TOPIC)
    page.locator("h1").click()
    page.keyboard.press("o")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert opened(page) == 0


def test_random_and_continue(visit: Visit) -> None:
    """A random question opens; the home page then leads back to it."""
    page = visit.open("")
    assert page.locator(".continue").count() == 0
    page.get_by_role("link", name="A random question").click()
    page.wait_for_url("**/q/*/")
    title = page.locator("h1").inner_text().removesuffix("#").strip()
    address = page.url

    visit.open("")
    page.get_by_role("link", name=f"Continue: {title}").click()
    page.wait_for_url(address)


def test_remembered_text_stays_text(visit: Visit) -> None:
    """What is read from storage is not trusted."""
    page = visit.open("")
    page.evaluate(
        "key => localStorage.setItem(key, JSON.stringify("
        "{id: 'dropout', title: '<img src=x onerror=window.ran=1>'}))",
        "/deep-learning-qa/last-question",
    )
    visit.open("")
    expect(page.locator(".continue")).to_contain_text("<img")
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize("name", PATHS)
def test_paths(visit: Visit, name: str) -> None:
    """Each step of a path is a question with a reason and its whole answer to open."""
    page = visit.open(f"paths/{name}/")
    steps = page.locator(".md-content h3[id]")

    assert 10 <= steps.count() == page.locator(".why").count() <= 20
    assert page.locator("details.answer").count() == steps.count()
    page.locator("summary").first.click()
    assert len(page.locator("details.answer").first.inner_text()) > 100
    steps.first.locator("a").first.click()
    page.wait_for_url("**/q/*/")


def test_without_scripts(visit: Visit) -> None:
    """Nothing that needs scripts shows; a random question is the list of all."""
    page = visit.page.context.browser.new_context(java_script_enabled=False).new_page()
    page.goto(visit.base + TOPIC)
    expect(page.locator(".answers-bar")).to_be_hidden()
    page.goto(visit.base)
    page.get_by_role("link", name="A random question").click()
    page.wait_for_url("**/q/")
    page.context.close()
