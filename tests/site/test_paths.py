"""Learning paths: their steps, the way along them, and progress."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from qna.wording import counted
from support.sites import Built, Visit, address

PATHS = {"first-loaf": 10, "sourdough": 7, "rescue": 3}
"""The number of steps of each learning path, in the order of the navigation."""
TOPICS = ["topics/baking/", "topics/breads-of-the-world/"]
"""A topic that begins with a question in English, and one in Arabic."""
STEPS = (
    "yeast-vs-sourdough sourdough-starter feeding sour-taste retarding stretch-and-fold your-loaf"
)
SOURDOUGH = STEPS.split()
READ = "localStorage.getItem('/deep-learning-qa/read')"


@pytest.fixture(scope="session")
def site(mkdocs_site: Built) -> Built:
    """The site, built by one engine: test_pages.py shows that the other builds the same pages."""
    return mkdocs_site


def note_read(page: Page, ids: str) -> None:
    """Store some steps as read, as on an earlier visit."""
    page.evaluate("ids => localStorage.setItem('/deep-learning-qa/read', ids)", ids)


@pytest.mark.parametrize(("name", "number"), PATHS.items())
def test_steps(same_tab: Visit, name: str, number: int) -> None:
    """Each step is a question with its number, a reason, and its full answer to open."""
    page = same_tab.open(f"paths/{name}/")
    whys = page.locator("article h3[id] + .why").all_inner_texts()

    assert len(whys) == number
    for at, why in enumerate(whys, start=1):
        assert re.match(rf"Step {at} of {number}\W+\w", why)
    assert page.locator("article h3 a:not(.headerlink)").count() == 0
    expect(page.locator(".steps")).to_have_text(
        re.compile(rf"{counted(number, 'step')}, \d minutes? to read")
    )
    page.locator("article h3").first.click(position={"x": 60, "y": 25})
    assert len(page.locator("details.answer").first.inner_text()) > 100


def test_answers_are_those_of_topic_pages(site: Built) -> None:
    """The answers on a path have the same links, tooltips and related questions as on topics."""
    on_path, on_topic = site.html("paths/sourdough/"), site.html("topics/rising/")
    for name in SOURDOUGH[:-1]:
        answers = [
            re.search(rf'id="{name}".*?(<details.*?</details>)', html, re.DOTALL)
            for html in (on_path, on_topic)
        ]
        mine, other = [found[1] if found else "" for found in answers]
        assert mine.replace("#path:sourdough", "") == other != ""

    assert '<abbr title="Lactic Acid Bacteria' in on_path
    assert '<a href="../../q/scoring/"' in on_path


@pytest.mark.parametrize("url", [*(f"paths/{name}/" for name in PATHS), *TOPICS])
def test_the_bar_is_above_the_first_question(
    mkdocs_site: Built, zensical_site: Built, url: str
) -> None:
    """Answers can be opened at once on every page: with or without sections, in any script."""
    for built in (mkdocs_site, zensical_site):
        before, bar, below = built.html(url).partition('<div class="answers-bar">')

        assert bar
        assert "<details" not in before
        assert re.match(r"<h[23] ", below.partition("</div>\n</div>")[2])


def test_one_path_leads_to_the_next(same_tab: Visit) -> None:
    """Each path ends with a link to the next one in the navigation, until the last."""
    first, *others = PATHS
    page = same_tab.open(f"paths/{first}/")
    expect(page.get_by_role("link", name="Previous path")).to_have_count(0)
    for name in others:
        page.get_by_role("link", name="Next path").click()
        page.wait_for_url(f"**/paths/{name}/")

    expect(page.get_by_role("link", name="Next path")).to_have_count(0)
    expect(page.get_by_role("link", name="Previous path Sourdough")).to_be_visible()


@pytest.mark.parametrize("url", ["paths/", ""])
def test_lists_of_paths(same_tab: Visit, url: str) -> None:
    """Lists say how many steps each path has and how long it takes, in order of the navigation."""
    page = same_tab.open(url)
    cards = page.locator("article li", has=page.locator("[data-steps]"))

    texts = cards.all_inner_texts()
    assert len(texts) == len(PATHS)
    for text, number in zip(texts, PATHS.values(), strict=True):
        assert re.search(rf"{number} steps, \d minutes?$", text)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_way_along_a_path(chrome: Browser, address: str, *, scripts: bool) -> None:
    """From a path to a question, on to the last step, and back to the path at that step."""
    context = chrome.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{address}paths/sourdough/")
    page.locator("summary").first.click()
    page.get_by_role("link", name="Related questions").first.click()
    for at, name in enumerate(SOURDOUGH, start=1):
        page.wait_for_url(f"**/q/{name}/#path:sourdough")
        expect(page.locator(".path:visible")).to_contain_text(f"Step {at} of 7")
        assert page.evaluate("scrollY") == 0
        forward = page.get_by_role("link", name="Next step")
        if at < len(SOURDOUGH):
            forward.last.click()
    expect(forward).to_have_count(0)

    expect(page.get_by_role("link", name="Next question")).to_have_count(0)
    page.locator(".path:visible").get_by_role("link", name="Sourdough").first.click()
    page.wait_for_url("**/paths/sourdough/#your-loaf")
    expect(page.locator("#your-loaf")).to_be_in_viewport()
    context.close()


def test_keys_and_pager_follow_the_path(same_tab: Visit) -> None:
    """On a question of a path, `j` and `k` and the pager lead along the path."""
    page = same_tab.open("q/feeding/#path:sourdough")
    pager = page.get_by_role("navigation", name="Previous and next step")
    expect(pager.get_by_role("link")).to_have_text(
        [
            re.compile("Previous step\\s*How do you start a sourdough"),
            re.compile("Next step\\s*Why does sourdough taste sour"),
        ]
    )
    for key, name in (("j", "sour-taste"), ("j", "retarding"), ("k", "sour-taste")):
        page.keyboard.press(key)
        page.wait_for_url(f"**/q/{name}/#path:sourdough")
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")


def test_skipping_to_the_content_stays_on_the_path(same_tab: Visit) -> None:
    """A link within the page changes the address, but the page still leads along the path."""
    page = same_tab.open("q/feeding/#path:sourdough")
    page.get_by_role("link", name="Skip to content").press("Enter")

    expect(page).to_have_url(re.compile("#main$"))
    expect(page.locator(".path:visible")).to_contain_text("Step 3 of 7")
    expect(page.get_by_role("navigation", name="Previous and next step")).to_be_visible()


def test_without_a_path_nothing_changes(site: Built, same_tab: Visit) -> None:
    """A question reached otherwise shows no path, and its permanent address has none."""
    page = same_tab.open("q/feeding/")
    expect(page.locator(".path")).to_be_hidden()
    expect(page.get_by_role("link", name="Next question")).to_be_visible()

    canonical = re.search(r'rel="canonical" href="([^"]*)"', site.html("q/feeding/"))
    assert canonical
    assert canonical[1].endswith("/q/feeding/")
    same_tab.open("q/feeding/#path:sourdough").get_by_role("button", name="Copy link").first.click()
    expect(page.locator(".announcement")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{same_tab.base}q/feeding/"


def test_progress(same_tab: Visit) -> None:
    """A step counts as read once its answer was read; the path says so, here and on lists."""
    page = same_tab.open("paths/rescue/")
    progress = page.locator(".progress")
    expect(progress).to_have_text("0 of 3 read")
    page.locator("summary").first.click()
    expect(progress).to_contain_text("1 of 3 read")
    expect(page.locator("#dense-crumb + .why")).to_contain_text("Step 1 of 3, read")
    expect(page.get_by_role("progressbar", name="Steps read")).to_have_attribute("value", "1")

    same_tab.open("q/dense-crumb-fixes/")
    page.wait_for_function(f"() => {READ} === 'dense-crumb dense-crumb-fixes'")
    same_tab.open("paths/")
    expect(page.locator("[data-steps]").last).to_contain_text("2 of 3 read")
    expect(page.locator("[data-steps]").first).not_to_contain_text("read")

    same_tab.open("paths/rescue/")
    page.get_by_role("button", name="Continue at step 3").click()
    expect(page.locator("#overproofing")).to_be_focused()
    assert page.locator("details[open]").count() == 0
    page.keyboard.press("o")
    expect(progress).to_contain_text("all read")
    expect(page.get_by_role("button", name="Continue")).to_have_count(0)


def test_starting_over(same_tab: Visit) -> None:
    """Starting over forgets the steps of this path only."""
    page = same_tab.open("paths/rescue/")
    note_read(page, "dense-crumb feeding overproofing")
    same_tab.open("paths/rescue/")
    page.get_by_role("button", name="Start over").click()

    expect(page.locator(".progress")).to_have_text("0 of 3 read")
    expect(page.locator(".is-read")).to_have_count(0)
    assert page.evaluate(READ) == "feeding"


def test_an_answer_scrolled_past_does_not_count(same_tab: Visit) -> None:
    """Answers that are open but out of view, or in view for a moment, do not count as read."""
    page = same_tab.open("paths/first-loaf/")
    page.set_viewport_size({"width": 1280, "height": 500})
    page.get_by_role("button", name="Open all").evaluate(
        """async button => {
          button.click();
          await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
          scrollTo(0, document.body.scrollHeight);
        }"""
    )
    expect(page.locator(".progress")).not_to_contain_text("0 of 10 read")

    assert "baking-temperature" in page.evaluate(READ)
    assert not {"flour-types", "dough-temperature"} & set(page.evaluate(READ).split())


@pytest.mark.parametrize("kept", ["{", "\n", "null", "x" * 10_000, "../x javascript:alert(1)"])
def test_unexpected_progress(same_tab: Visit, kept: str) -> None:
    """Unexpected values in storage count as nothing read."""
    page = same_tab.open("paths/rescue/")
    note_read(page, kept)
    same_tab.open("paths/rescue/")

    expect(page.locator(".progress")).to_have_text("0 of 3 read")


def test_progress_without_storage(visit: Visit) -> None:
    """If storage is denied, progress lasts as long as the page."""
    page = visit.page
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })"
    )
    visit.open("paths/rescue/").locator("summary").first.click()

    expect(page.locator(".progress")).to_contain_text("1 of 3 read")
    visit.open("paths/rescue/")
    expect(page.locator(".progress")).to_contain_text("0 of 3 read")


def test_links_of_paths_lead_somewhere(site: Built) -> None:
    """Every question page links only to paths that have it, and to their neighboring steps."""
    for at, name in enumerate(SOURDOUGH):
        url = f"q/{name}/"
        bar = re.search(r'<p class="path" id="path:sourdough">(.*?)</p>', site.html(url))
        assert bar
        links = [address(url, link) for link in re.findall(r'href="([^"]*)"', bar[1])]
        around = [*SOURDOUGH[max(0, at - 1) : at], *SOURDOUGH[at + 1 : at + 2]]
        assert links == [
            f"paths/sourdough/#{name}",
            *(f"q/{other}/#path:sourdough" for other in around),
        ]
