"""Reading: open and closed answers, keys, and the sidebar."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from support.keyboards import send
from support.sites import PAINTED, Built, Visit

TOPIC = "topics/rising/"


@pytest.fixture(scope="session")
def site(mkdocs_site: Built) -> Built:
    """The site, built by one engine: test_pages.py shows that the other builds the same pages."""
    return mkdocs_site


def opened(page: Page) -> int:
    """Return how many answers are open."""
    return page.locator("details.answer[open]").count()


def test_open_all_and_close_all(same_tab: Visit) -> None:
    """One button opens every answer on a page, and closes them again."""
    page = same_tab.open(TOPIC)
    answers = page.locator("details.answer").count()

    page.get_by_role("button", name="Open all").click()
    assert opened(page) == answers
    page.get_by_role("button", name="Close all").click()
    assert opened(page) == 0


def test_always_show_answers_is_remembered(same_tab: Visit) -> None:
    """The reader's choice applies to other pages and after a reload, until it is reverted."""
    page = same_tab.open(TOPIC)
    page.get_by_role("switch", name="Always show answers").click()

    for url in ("topics/baking/", "paths/sourdough/"):
        same_tab.open(url)
        assert opened(page) == page.locator("details.answer").count() > 1
        expect(page.get_by_role("switch")).to_have_attribute("aria-checked", "true")
    page.get_by_role("switch").click()
    same_tab.open(TOPIC)
    assert opened(page) == 0


def test_choices_work_without_storage(visit: Visit) -> None:
    """If storage is denied, choices last as long as the page, and can be reverted."""
    page = visit.page
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })"
    )
    visit.open(TOPIC)
    keep, theme = page.get_by_role("switch"), page.get_by_role("button", name="Dark mode")
    for pressed in ("true", "false"):
        keep.click()
        theme.click()
        expect(keep).to_have_attribute("aria-checked", pressed)
        expect(theme).to_have_attribute("aria-pressed", pressed)
        assert (opened(page) > 1) == (pressed == "true")


def test_going_back_applies_later_choices(same_tab: Visit) -> None:
    """A page from the back-forward cache follows later choices, although no script runs again."""
    page = same_tab.open(TOPIC)
    for name, kept in {"answers": "open", "theme": "dark"}.items():
        page.evaluate("([k, v]) => localStorage.setItem('/deep-learning-qa/' + k, v)", [name, kept])
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    assert opened(page) == page.locator("details.answer").count()
    expect(page.get_by_role("switch")).to_have_attribute("aria-checked", "true")
    expect(page.get_by_role("button", name="Dark mode")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_going_back_home_offers_the_last_question(same_tab: Visit) -> None:
    """The home page offers the question once, even if it comes from the back-forward cache."""
    page = same_tab.open("")
    kept = '{"id":"steam","title":"Steam?"}'
    page.evaluate("kept => localStorage.setItem('/deep-learning-qa/last-question', kept)", kept)
    for _ in range(2):
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    expect(page.locator(".continue")).to_have_text("Continue: Steam?")


@pytest.mark.parametrize(
    "url", ["topics/breads-of-the-world/", "q/preferment/", "topics/flour-and-dough/"]
)
def test_the_sidebar_shows_where_the_reader_is(same_tab: Visit, url: str) -> None:
    """A long sidebar is scrolled to the current page, unless its link is in the first half."""
    page = same_tab.open(url)
    page.set_viewport_size({"width": 1280, "height": 300})
    same_tab.open(url)

    expect(page.locator(".sidebar [aria-current]")).to_be_in_viewport(ratio=1)
    assert (page.evaluate("document.querySelector('.sidebar').scrollTop") > 0) == (
        url != "topics/flour-and-dough/"
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_phone_shows_the_questions_of_the_topic(
    chrome: Browser, address: str, *, scripts: bool
) -> None:
    """On a phone, a question page ends with its topic and all questions of it."""
    context = chrome.new_context(
        java_script_enabled=scripts, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.goto(f"{address}q/steam/")
    links = page.locator(".sidebar a:visible")

    expect(links.first).to_have_text("Shaping & Baking")
    assert links.count() == 1 + page.locator(".sidebar ul ul a").count()
    assert links.first.evaluate("link => link.getBoundingClientRect().top") > page.locator(
        ".pager"
    ).evaluate("pager => pager.getBoundingClientRect().bottom")
    page.goto(address + TOPIC)
    expect(page.locator(".sidebar")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("url", [f"{TOPIC}#feeding", "paths/sourdough/#feeding"])
def test_a_link_marks_its_answer(chrome: Browser, address: str, url: str, *, scripts: bool) -> None:
    """On a topic page and on a path, the linked answer is visible and marked."""
    context = chrome.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(address + url)
    answer = page.locator(f"#{url.partition('#')[2]} ~ details > p").first

    expect(answer).to_be_visible()
    expect(answer).to_have_css("border-inline-start-width", "4px")
    context.close()


def test_a_copied_heading_has_no_link_sign(same_tab: Visit) -> None:
    """Link signs are drawn: they are neither selected nor copied together with a question."""
    page = same_tab.open(TOPIC)
    question = page.locator("#feeding")
    question.evaluate("heading => getSelection().selectAllChildren(heading)")
    page.keyboard.press("Control+c")

    drawn = "sign => getComputedStyle(sign, '::before').content"
    assert "#" in question.locator(".headerlink").evaluate(drawn)
    assert (
        page.evaluate("navigator.clipboard.readText()").strip()
        == "How often do you feed a starter?"
    )
    assert "#" not in page.locator("article").inner_text()


def test_link_signs_of_headings(same_tab: Visit) -> None:
    """A question always shows its link sign; other headings show it on hover and on focus."""
    page = same_tab.open("paths/sourdough/")
    of_section = page.locator("#the-starter > .headerlink")

    expect(page.locator("#feeding > .headerlink")).to_have_css("opacity", "1")
    expect(of_section).to_have_css("opacity", "0")
    page.locator("#the-starter").hover()
    expect(of_section).to_have_css("opacity", "1")
    page.mouse.move(0, 0)
    page.keyboard.press("Tab")
    of_section.focus()
    expect(of_section).to_have_css("opacity", "1")


def test_a_link_opens_its_answer(same_tab: Visit) -> None:
    """The answer that a link leads to is open, even for readers who keep answers closed."""
    page = same_tab.open(f"{TOPIC}#fermentation")

    expect(page.locator("#fermentation + details")).to_have_attribute("open", "")
    assert opened(page) == 1


def test_a_click_on_a_question_opens_its_answer(same_tab: Visit) -> None:
    """A click on a question opens its answer, and another click closes it."""
    page = same_tab.open(TOPIC)
    question = page.locator("#fermentation")
    question.click(position={"x": 20, "y": 25})
    assert opened(page) == 1
    question.click(position={"x": 20, "y": 25})
    assert opened(page) == 0


def test_keys_move_and_open(same_tab: Visit) -> None:
    """`j` and `k` go from question to question, `o` and Enter open, `c` copies the link."""
    page = same_tab.open(TOPIC)
    for key in "jjkj":
        page.keyboard.press(key)
    second = page.locator("article h2[id]").nth(1)
    expect(second).to_be_focused()
    page.keyboard.press("o")
    assert opened(page) == 1
    page.keyboard.press("Enter")
    assert opened(page) == 0

    page.keyboard.press("c")
    expect(page.locator(".announcement")).to_have_text("Link copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{same_tab.base}q/{second.get_attribute('id')}/"


@pytest.mark.parametrize("url", ["topics/rising/#dough-temperature", "paths/sourdough/#feeding"])
def test_keys_start_at_the_linked_question(same_tab: Visit, url: str) -> None:
    """After a link to a question, `c` copies the link of that question and `j` goes to the next."""
    page = same_tab.open(url)
    name = url.partition("#")[2]
    headings = page.locator("article :is(h2, h3)[id]:has(+ details, + .why)")
    names = headings.evaluate_all("all => all.map(({ id }) => id)")
    page.keyboard.press("c")
    expect(page.locator(".announcement")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{same_tab.base}q/{name}/"

    page.keyboard.press("j")
    expect(page.locator(f"#{names[names.index(name) + 1]}")).to_be_focused()


def test_keys_on_other_keyboards(same_tab: Visit) -> None:
    """On a layout of another script, a shortcut is the key at the same place."""
    page = same_tab.open(TOPIC)
    for key, code in (("о", "KeyJ"), ("о", "KeyJ"), ("л", "KeyK"), ("щ", "KeyO")):
        send(page, key, code)
    expect(page.locator("article h2[id]").first).to_be_focused()
    assert opened(page) == 1
    send(page, ",", "Slash", shiftKey=True)
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()


def test_keys_of_an_input_method_are_no_shortcuts(same_tab: Visit) -> None:
    """A key of an input method, a dead key and a letter with AltGr or Shift do nothing."""
    page = same_tab.open("q/dough-temperature/")
    page.get_by_role("button", name="DDT").focus()
    send(page, "Enter", "Enter", keyCode=229)
    same_tab.open(TOPIC)
    send(page, "o", "KeyO", keyCode=229)
    send(page, "o", "KeyO", isComposing=True)
    send(page, "Dead", "KeyO")
    send(page, "O", "KeyO", shiftKey=True)
    send(page, "ó", "KeyO", modifierAltGraph=True)

    assert opened(page) == 0
    expect(page.locator(".announcement")).to_have_count(0)


def test_search_takes_the_place_of_the_list_of_keys(same_tab: Visit) -> None:
    """`/` in the list of keys opens the search instead of it, not on top of it."""
    page = same_tab.open(TOPIC)
    for key in ("/", "Control+k"):
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
        page.keyboard.press(key)
        expect(page.get_by_role("combobox")).to_be_focused()
        assert page.locator("dialog[open]").count() == 1
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)


def test_keys_start_at_the_first_question_in_view(same_tab: Visit) -> None:
    """After scrolling, the keys start at the first question in view."""
    page = same_tab.open("paths/first-loaf/")
    page.set_viewport_size({"width": 1280, "height": 500})
    page.evaluate("document.querySelector('#bulk-fermentation').scrollIntoView()")
    page.keyboard.press("j")

    expect(page.locator("#bulk-fermentation")).to_be_focused()


def test_keys_turn_question_pages(same_tab: Visit) -> None:
    """On a question page, `j` and `k` lead to the next question and back."""
    page = same_tab.open("q/steam/")
    page.keyboard.press("j")
    page.wait_for_url("**/q/steam-at-home/")
    same_tab.open("q/steam-at-home/")
    page.keyboard.press("k")
    page.wait_for_url("**/q/steam/")


@pytest.mark.parametrize(
    ("url", "previous", "last"),
    [
        ("topics/baking/", TOPIC, "preferment"),
        ("paths/sourdough/", "paths/first-loaf/", ""),
    ],
)
def test_k_leads_to_the_last_question_before(
    same_tab: Visit, url: str, previous: str, last: str
) -> None:
    """On the first question, `k` leads to the last one of the previous page, which stays closed."""
    page = same_tab.open(url)
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.wait_for_url(same_tab.base + previous)
    question = page.locator(f"#{last}" if last else "article h3[id]:has(+ .why)").last

    expect(question).to_be_focused()
    expect(question).to_be_in_viewport()
    assert opened(page) == 0


def test_enter_on_a_link_follows_it(same_tab: Visit) -> None:
    """Enter acts on the focused element."""
    page = same_tab.open("q/steam/")
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link").first.focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**/topics/")


def test_keys_leave_typing_alone(same_tab: Visit) -> None:
    """In the search box, letters are text."""
    page = same_tab.open(TOPIC)
    page.keyboard.press("/")
    page.keyboard.type("join rock?")

    expect(page.get_by_role("combobox")).to_have_value("join rock?")
    assert opened(page) == 0


@pytest.mark.parametrize("combination", ["Control+o", "Alt+j", "Meta+c", "Control+r"])
def test_keys_do_not_override_browser_shortcuts(same_tab: Visit, combination: str) -> None:
    """A letter with Ctrl, Alt or Command is left to the browser."""
    page = same_tab.open(TOPIC)
    page.evaluate("addEventListener('keydown', event => { window.taken = event.defaultPrevented })")
    page.evaluate("addEventListener('keydown', event => event.preventDefault())")
    page.keyboard.press(combination)

    assert page.evaluate("window.taken") is False
    assert opened(page) == 0


def test_keys_are_listed_and_can_be_switched_off(same_tab: Visit) -> None:
    """`?` lists the keys; once off, they stay off on the next page, too, until turned on again."""
    page = same_tab.open(TOPIC)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_contain_text("a random question")
    dialog.get_by_role("button", name="Turn off shortcuts").click()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    same_tab.open(TOPIC)
    for key in "oj?/":
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert opened(page) == 0
    assert page.locator("dialog[open]").count() == 0

    page.get_by_role("button", name="Keyboard shortcuts", exact=True).click()
    dialog.get_by_role("button", name="Turn on shortcuts").click()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    expect(page.locator("article h2[id]:focus")).to_have_count(1)


def test_a_list_of_keys_that_does_not_load(visit: Visit) -> None:
    """If the list does not load, that is said, and the keys work."""
    visit.page.route("**/key-list.js*", lambda route: route.fulfill(status=503))
    page = visit.open(TOPIC)
    page.keyboard.press("?")
    expect(page.locator(".announcement")).to_have_text(
        "The list did not load. Try again in a moment."
    )
    page.keyboard.press("j")
    expect(page.locator("article h2[id]:focus")).to_have_count(1)
    visit.problems.clear()


def test_enter_or_a_click_outside_closes_the_list_of_keys(same_tab: Visit) -> None:
    """Enter or a click outside closes the list, a click inside does not, and the keys still work."""
    page = same_tab.open(TOPIC)
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    page.keyboard.press("?")
    expect(dialog).to_be_visible()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    page.keyboard.press("?")
    dialog.click(position={"x": 3, "y": 3})
    expect(dialog).to_be_visible()
    page.mouse.click(5, 5)
    expect(dialog).to_be_hidden()

    page.keyboard.press("j")
    expect(page.locator("article h2[id]").first).to_be_focused()


def test_random_with_answers_kept_open(visit: Visit) -> None:
    """A random question hides its answer, also from readers who have the others open."""
    page = visit.open("")
    page.evaluate("localStorage.setItem('/deep-learning-qa/answers', 'open')")
    visit.open("").get_by_role("link", name="A random question").click()
    page.wait_for_url("**/topics/*/")
    asked = page.locator(".is-target + details")
    expect(asked).to_have_count(1)
    expect(asked).not_to_have_attribute("open", "")
    assert opened(page) == page.locator("details.answer:not(.is-target + *)").count()
    page.evaluate(PAINTED)
    page.keyboard.press("o")
    expect(asked).to_have_attribute("open", "")


@pytest.mark.parametrize("way", ["link", "key"])
def test_random_and_continue(same_tab: Visit, way: str) -> None:
    """A random question is shown without its answer; the home page then leads back to it."""
    page = same_tab.open("")
    assert page.locator(".continue").count() == 0
    if way == "link":
        page.get_by_role("link", name="A random question").click()
    else:
        page.keyboard.press("r")
    page.wait_for_url("**/topics/*/")
    question = page.locator(".is-target")
    expect(question).to_be_in_viewport()
    expect(question).to_be_focused()
    assert opened(page) == 0
    page.evaluate(PAINTED)
    page.keyboard.press("o")
    expect(question.locator("+ details")).to_have_attribute("open", "")
    title, address = page.locator("h1").inner_text(), page.url

    same_tab.open("")
    page.get_by_role("link", name=f"Continue: {title}").click()
    page.wait_for_url(address)


@pytest.mark.parametrize(
    "url", ["q/كيف-يُخبز-الخبز/", TOPIC, f"{TOPIC}#feeding", "paths/sourdough/"]
)
def test_continue_leads_to_what_was_read_last(same_tab: Visit, url: str) -> None:
    """The home page leads back to a question, topic or path, and to the answer opened there."""
    page = same_tab.open(url)
    title, address = page.locator("h1").inner_text(), page.url
    same_tab.open("topics/")
    same_tab.open("")
    page.get_by_role("link", name=f"Continue: {title}").click()

    page.wait_for_url(address)


def test_a_random_question_that_does_not_load(visit: Visit) -> None:
    """If the list of questions does not load, a message says so."""
    visit.page.route("**/q/", lambda route: route.abort())
    page = visit.open("")
    page.get_by_role("link", name="A random question").click()

    expect(page.locator(".announcement")).to_contain_text("did not load")
    visit.problems.clear()


def test_remembered_text_stays_text(same_tab: Visit) -> None:
    """Text from storage is not trusted."""
    page = same_tab.open("")
    page.evaluate(
        "key => localStorage.setItem(key, JSON.stringify("
        "{id: 'steam', title: '<img src=x onerror=window.ran=1>'}))",
        "/deep-learning-qa/last-question",
    )
    same_tab.open("")
    expect(page.locator(".continue")).to_contain_text("<img")
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"id":"../x","title":"y"}', "null"])
def test_unexpected_storage(same_tab: Visit, kept: str) -> None:
    """Unexpected values in storage break nothing."""
    page = same_tab.open("")
    page.evaluate("kept => localStorage.setItem('/deep-learning-qa/last-question', kept)", kept)
    page.evaluate("kept => localStorage.setItem('/deep-learning-qa/theme', kept)", kept)
    same_tab.open("")

    expect(page.locator(".bar a.search-box")).to_have_attribute("role", "button")
    assert page.locator(".continue").count() == 0


def test_acronyms_by_keyboard(same_tab: Visit) -> None:
    """The expansion of an acronym is available by keyboard."""
    page = same_tab.open("q/dough-temperature/")
    page.get_by_role("button", name="DDT").press("Enter")

    expect(page.locator(".announcement")).to_have_text(
        "DDT: Desired Dough Temperature. The temperature that dough should have after kneading."
    )


@pytest.mark.parametrize("width", [600, 1100])
def test_on_paper_an_answer_is_below_its_question(same_tab: Visit, width: int) -> None:
    """On paper of any width, an answer follows its question, or a page could end between them."""
    same_tab.page.set_viewport_size({"width": width, "height": 800})
    page = same_tab.open(TOPIC)
    page.emulate_media(media="print")
    for answer in page.locator("details.answer").all():
        question = answer.locator("xpath=preceding-sibling::*[1]")
        above, below = question.bounding_box(), answer.bounding_box()
        assert above
        assert below
        assert below["y"] >= above["y"] + above["height"]


def test_without_scripts(address: str, chrome: Browser) -> None:
    """Controls that need scripts are hidden; "A random question" links to all questions."""
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + TOPIC)
    for useless in (".answers-bar", ".bar .theme", "[data-keys]"):
        expect(page.locator(useless)).to_be_hidden()
    page.locator("summary").first.click()
    assert opened(page) == 1
    page.goto(address + "q/steam/")
    for useless in page.locator(".share").all():
        expect(useless).to_be_hidden()
    page.goto(address)
    page.get_by_role("link", name="A random question").click()
    page.wait_for_url("**/q/")
    context.close()
