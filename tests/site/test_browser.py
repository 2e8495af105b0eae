"""The site in a real Chromium: what a reader sees, clicks and copies."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from support.sites import PAINTED, Visit

TOPIC, QUESTION = "topics/baking/", "steam-at-home"
ANSWER = "bake in a lidded cast-iron pot"


def shown(page: Page, question: str) -> bool:
    """Return whether a question is in view with its answer open below it."""
    return bool(
        page.evaluate(
            """id => {
              const heading = document.getElementById(id), answer = heading.nextElementSibling
              const { top, bottom } = heading.getBoundingClientRect()
              const header = document.querySelector(".bar").getBoundingClientRect().bottom
              return answer.open && top >= header - 1 && bottom <= innerHeight
            }""",
            question,
        )
    )


def test_deep_link_opens_the_answer(same_tab: Visit) -> None:
    """A link to a question on a topic page opens its answer, scrolls to it and marks it."""
    page = same_tab.open(f"{TOPIC}#{QUESTION}")

    expect(page.get_by_text(ANSWER)).to_be_visible()
    expect(page.locator("h2.is-target")).to_have_attribute("id", QUESTION)
    assert shown(page, QUESTION)
    assert page.locator("details[open]").count() == 1


def test_deep_link_without_scripts(address: str, chrome: Browser) -> None:
    """The same link shows the answer without scripts."""
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{TOPIC}#{QUESTION}")

    expect(page.get_by_text(ANSWER)).to_be_visible()
    expect(page.get_by_text("condenses on the cool dough")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("broken", ["matchMedia", "ResizeObserver"])
def test_a_failing_enhancement_does_not_stop_the_others(visit: Visit, broken: str) -> None:
    """If one enhancement fails, the error is reported, and all others work."""
    page = visit.page
    page.add_init_script(
        f"""window.{broken} = function () {{
          window.revealed = document.querySelector("details[open]") !== null
          throw new Error("broken on purpose")
        }}"""
    )
    visit.open(f"{TOPIC}#{QUESTION}")

    assert page.evaluate("window.revealed")
    assert shown(page, QUESTION)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_be_focused()
    assert len(visit.problems) == 1
    assert "broken on purpose" in visit.problems.pop()


def test_way_back_to_the_topic(same_tab: Visit) -> None:
    """The topic's link on a question page leads to the same answer, open."""
    page = same_tab.open(f"q/{QUESTION}/")
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link").last.click()
    page.wait_for_url(f"**/{TOPIC}#{QUESTION}")

    expect(page.locator("h2.is-target")).to_have_attribute("id", QUESTION)
    page.evaluate(PAINTED)
    assert shown(page, QUESTION)


def test_back_and_forward(same_tab: Visit) -> None:
    """Back and forward between two answers on a page mark the one that the address names."""
    page = same_tab.open(f"{TOPIC}#scoring")
    page.evaluate(f"location.hash = '{QUESTION}'")
    expect(page.locator("h2.is-target")).to_have_attribute("id", QUESTION)
    page.go_back()
    expect(page.locator("h2.is-target")).to_have_attribute("id", "scoring")
    page.go_forward()
    expect(page.locator("h2.is-target")).to_have_attribute("id", QUESTION)

    assert shown(page, QUESTION)


@pytest.mark.parametrize(
    ("url", "then"),
    [(TOPIC, f"{TOPIC}#{QUESTION}"), (f"q/{QUESTION}/", f"q/{QUESTION}/")],
    ids=["topic", "question"],
)
def test_link_icon_copies_the_question_page(same_tab: Visit, url: str, then: str) -> None:
    """The link icon copies the address of the question's own page and names it in this one's."""
    page = same_tab.open(url)
    page.locator(f"#{QUESTION} .headerlink").click()

    expect(page.locator(".announcement[role=status]")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{same_tab.base}q/{QUESTION}/"
    expect(page).to_have_url(same_tab.base + then)


def test_the_address_names_the_answer_that_is_read(same_tab: Visit) -> None:
    """The address follows the answer opened last, by pointer or key, in one entry of the history."""
    page = same_tab.open(f"{TOPIC}?x=1#scoring")
    entries = page.evaluate("history.length")
    page.locator(f"#{QUESTION} + details > summary").click()
    expect(page).to_have_url(f"{same_tab.base}{TOPIC}?x=1#{QUESTION}")
    page.locator("#steam").click(position={"x": 20, "y": 25})
    expect(page).to_have_url(f"{same_tab.base}{TOPIC}?x=1#steam")
    page.locator(f"#{QUESTION} + details > summary").click()  # closes another answer
    expect(page).to_have_url(f"{same_tab.base}{TOPIC}?x=1#steam")
    page.keyboard.press("o")
    expect(page).to_have_url(f"{same_tab.base}{TOPIC}?x=1")
    page.get_by_role("button", name="Open all").click()
    expect(page).to_have_url(f"{same_tab.base}{TOPIC}?x=1")

    assert page.evaluate("history.length") == entries


@pytest.mark.parametrize("way", ["reload", "back"])
def test_coming_back_changes_nothing(same_tab: Visit, way: str) -> None:
    """After a reload or on the way back, the same answers are open, and the page has not moved."""
    page = same_tab.page
    page.set_viewport_size({"width": 390, "height": 600})
    same_tab.open(f"{TOPIC}#scoring")
    for name in ("steam", QUESTION):
        page.locator(f"#{name} + details > summary").click()
    page.locator("#scoring + details > summary").click()
    page.evaluate("scrollTo(0, 600)")
    page.wait_for_function("id => history.state.open.join() === `steam,${id}`", arg=QUESTION)
    page.wait_for_timeout(300)
    if way == "reload":
        page.reload()
    else:
        page.evaluate("addEventListener('unload', () => {})")  # no back-forward cache
        same_tab.open("about/")
        page.go_back()
    page.wait_for_function("() => Math.abs(scrollY - 600) < 2")
    page.wait_for_timeout(300)

    assert abs(page.evaluate("scrollY") - 600) < 2
    expect(page).to_have_url(f"{same_tab.base}{TOPIC}#{QUESTION}")
    opened = page.locator("details[open]").evaluate_all(
        "all => all.map((each) => each.previousElementSibling.id)"
    )
    assert opened == ["steam", QUESTION]


def test_link_icon_without_clipboard(visit: Visit) -> None:
    """If the browser denies access to the clipboard, the address is there to copy by hand."""
    visit.page.clock.install()
    page = visit.open(TOPIC)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(Error()) }")
    page.locator(f"#{QUESTION} .headerlink").click()

    message = page.locator(".announcement[role=status]")
    page.clock.run_for(10_000)
    expect(message).to_have_css("opacity", "1")
    message.click(click_count=3)
    assert f"{visit.base}q/{QUESTION}/" in page.evaluate("String(getSelection())")


@pytest.mark.parametrize(
    ("button", "copied"),
    [
        ("Copy link", "{url}"),
        ("Copy link with title", "how 'steam' is made in a home oven?]({url})"),
        (
            "Copy answer",
            "For steam at home, bake in a lidded cast-iron pot for the first 20 minutes",
        ),
    ],
)
def test_sharing(same_tab: Visit, button: str, copied: str) -> None:
    """The buttons of a question page copy link, link with title, or answer, even by keyboard."""
    page = same_tab.open(f"q/{QUESTION}/")
    page.get_by_role("button", name=button, exact=True).press("Enter")

    expect(page.locator(".announcement[role=status]")).to_contain_text("copied")
    clipboard = page.evaluate("navigator.clipboard.readText()")
    assert copied.format(url=f"{same_tab.base}q/{QUESTION}/") in clipboard
    assert "#" not in clipboard


RICH = """async () => {
  const [item] = await navigator.clipboard.read();
  return await (await item.getType("text/html")).text();
}"""


def test_a_copied_link_is_rich_text(same_tab: Visit) -> None:
    """Mail and chat programs get the question as a link; an address bar gets the address."""
    url = f"{same_tab.base}q/{QUESTION}/"
    link = f"<a href=\"{url}\">Can you explain how 'steam' is made in a home oven?</a>"
    page = same_tab.open(TOPIC)
    page.locator(f"#{QUESTION} .headerlink").click()
    expect(page.locator(".announcement")).to_have_text("Link copied")
    assert link in page.evaluate(RICH)
    assert page.evaluate("navigator.clipboard.readText()") == url
    same_tab.open(f"q/{QUESTION}/")
    page.get_by_role("button", name="Copy link", exact=True).click()
    expect(page.locator(".announcement")).to_have_text("Link copied")
    assert link in page.evaluate(RICH)


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("hydration", "h = 100 ⋅ w/f, in percent"),
        ("dough-temperature", "t = 3 ⋅ 25 − 20 − 20 − 4 = 31"),
    ],
)
def test_a_copied_formula_is_readable(same_tab: Visit, name: str, formula: str) -> None:
    """A copied answer has its formulas as text."""
    page = same_tab.open(f"q/{name}/")
    page.get_by_role("button", name="Copy answer").click()
    expect(page.locator(".announcement")).to_have_text("Answer copied")

    assert formula in page.evaluate("navigator.clipboard.readText()")


def test_a_prompt_is_no_answer(visit: Visit) -> None:
    """The author's prompt for the reader's own story is neither copied nor shared as an answer."""
    page = visit.page
    page.add_init_script("navigator.share = async data => { window.shared = data }")
    visit.open("q/your-loaf/")
    expect(page.get_by_role("button", name="Copy link", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Copy answer")).to_have_count(0)
    expect(page.get_by_role("link", name="Edit this question")).to_be_visible()
    page.get_by_role("button", name="Share…").click()
    assert page.evaluate("window.shared.text") == ""
    visit.open("topics/trouble/#your-loaf")
    link = page.locator("#your-loaf + details .more")

    expect(link).to_have_css("font-style", "normal")


def test_a_linked_term_is_marked(same_tab: Visit) -> None:
    """The term of the glossary that the address names is marked."""
    page = same_tab.open("glossary/#term-ddt")

    expect(page.locator("#term-ddt + dd")).to_have_css("border-inline-start-width", "4px")


def test_share_sheet(visit: Visit) -> None:
    """The device's share sheet gets title, answer and address; without one, there is no button."""
    page = visit.open(f"q/{QUESTION}/")
    expect(page.get_by_role("button", name="Share…")).to_be_hidden()
    page.add_init_script("navigator.share = async data => { window.shared = data }")
    page.reload()
    page.get_by_role("button", name="Share…").click()
    shared = page.evaluate("window.shared")

    assert shared["url"] == f"{visit.base}q/{QUESTION}/"
    assert shared["title"] == "Can you explain how 'steam' is made in a home oven?"
    assert ANSWER in shared["text"]


def test_answers_open_by_keyboard(same_tab: Visit) -> None:
    """Enter opens the answer whose summary has the focus."""
    page = same_tab.open(TOPIC)
    summary = page.locator(f"#{QUESTION} + details summary")
    summary.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text(ANSWER)).to_be_visible()


def test_home_search_finds_an_answer(same_tab: Visit) -> None:
    """The search box on the home page opens the search, and a result leads to its question."""
    page = same_tab.open("")
    page.locator("article .search-box").click()
    page.keyboard.type("windowpane test", delay=20)
    page.get_by_role("option").filter(has_text="It shows whether the gluten is developed").click()

    page.wait_for_url("**/q/windowpane/**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("windowpane test")


def test_dark_and_back(same_tab: Visit) -> None:
    """One click switches to dark mode, and the choice applies to the next page."""
    page = same_tab.open("")
    light = background(page)
    toggle = page.get_by_role("button", name="Dark mode")
    toggle.click()
    expect(toggle).to_have_attribute("aria-pressed", "true")
    dark = background(page)
    same_tab.open(TOPIC)
    assert background(page) == dark != light
    page.get_by_role("button", name="Dark mode").click()

    assert background(page) == light


def test_a_question_page_is_one_column(same_tab: Visit) -> None:
    """On a wide screen, the answer and what is below it end at the same edge."""
    same_tab.page.set_viewport_size({"width": 1280, "height": 800})
    page = same_tab.open(f"q/{QUESTION}/")
    parts = [".admonition", ".after-answer + ul", ".pager"]
    edge = "one => Math.round(one.getBoundingClientRect().right)"

    assert len({page.locator(part).first.evaluate(edge) for part in parts}) == 1


def background(page: Page) -> str:
    """Return the background color of a page."""
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


@pytest.mark.parametrize(
    "url", ["", "topics/", TOPIC, "q/", f"q/{QUESTION}/", "glossary/", "about/"]
)
def test_no_sideways_scrolling_on_a_phone(visit: Visit, url: str) -> None:
    """Every kind of page fits 390 and 320 pixels, without console errors or foreign requests."""
    for width in (390, 320):
        visit.page.set_viewport_size({"width": width, "height": 800})
        page = visit.open(url)
        page.evaluate("document.fonts.ready.then(() => null)")
        page.wait_for_timeout(500)  # for anything that loads later

        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_report_says_what_it_is_about(same_tab: Visit) -> None:
    """The report of a mistake has the question, and the answer as a quote."""
    page = same_tab.open("q/windowpane/")
    link = page.get_by_role("link", name="Report a mistake")
    address = urlsplit(link.get_attribute("href") or "")
    said = parse_qs(address.query)

    assert said["title"] == ["Mistake in windowpane"]
    assert said["body"][0].startswith("Question `windowpane`: What is the windowpane test?")
    assert "\n> It shows whether the gluten" in said["body"][0]
