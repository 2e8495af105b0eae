"""Accessibility of every page, by the rules of WCAG 2.2 AA and by what readers do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import browser as chromium
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect
from support.accessibility import axe
from support.sites import PAINTED, Built, Visit, visiting

TOPIC, QUESTION, PATH = "topics/rising/", "q/dough-temperature/", "paths/first-loaf/"
KINDS = ["", "topics/", TOPIC, PATH, "paths/", "q/", QUESTION, "q/your-loaf/"]
KINDS += ["q/steam-at-home/#path:first-loaf", "glossary/", "practice/", "about/", "downloads/"]
KINDS += ["404.html"]
"""One page of each kind."""
SCHEMES: list[Literal["light", "dark"]] = ["light", "dark"]
BAR = "document.querySelector('.bar').getBoundingClientRect().bottom"


@pytest.fixture(scope="session")
def site(mkdocs_site: Built) -> Built:
    """The site, built by one engine: test_pages.py shows that the other builds the same pages."""
    return mkdocs_site


def open_all(page: Page) -> None:
    """Open every answer on a page."""
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")


def test_axe_on_every_kind(same_tab: Visit) -> None:
    """Axe finds nothing on whole pages on a phone, in light or dark mode, with answers open."""
    same_tab.page.set_viewport_size({"width": 390, "height": 844})
    for url in KINDS:
        page = same_tab.open(url)
        open_all(page)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")

            assert axe(page) == [], (url, scheme)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_names_say_what_they_are_about(address: str, chrome: Browser, *, scripts: bool) -> None:
    """Headings are named after their question alone; no two controls have the same name.

    Every kind of page has its heading and its navigation.
    """
    context = chrome.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(address + TOPIC)
    question = "How often do you feed a starter?"
    copy = "Copy link" if scripts else "Link"
    expect(page.get_by_role("heading", name=question, exact=True)).to_have_id("feeding")
    expect(page.locator("#feeding > a")).to_have_accessible_name(f"{copy} to {question}")
    expect(page.locator("#feeding + details > summary")).to_have_accessible_name(
        f"Answer to {question}"
    )
    for url in [*KINDS, "topics/flour-and-dough/", "topics/trouble/"]:
        page.goto(address + url)
        assert repeated_names(page) == [], url
        assert page.locator("h1:visible").count() == 1, url
        assert page.locator("header nav a:visible").count() >= 5, url
    context.close()


def repeated_names(page: Page) -> list[str]:
    """Return the names of several links to different places, or of several buttons on a page.

    Names are read from the page with all its answers open. A footnote is named within its text.
    """
    page.locator("summary").evaluate_all(
        "all => all.forEach(({ parentElement: e }) => e.open = true)"
    )
    controls = page.locator("a[href]:not([class^=footnote]), button, summary").evaluate_all(
        """all => all.filter((e) => e.checkVisibility()).map((e) => [
          (e.getAttribute("aria-label") ?? e.textContent).trim().replace(/\\s+/g, " "),
          e.href?.split("#")[0] ?? e.tagName,
        ])"""
    )
    named: dict[str, list[str]] = {}
    for name, place in controls:
        named.setdefault(name, []).append(place)
    return [
        name
        for name, places in named.items()
        if not name or len(set(places)) > 1 or (len(places) > 1 and places[0].isupper())
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_in_dialogs(same_tab: Visit, scheme: Any) -> None:  # noqa: ANN401 - a literal
    """Axe finds nothing in the list of keys or in the search, empty, with results or without."""
    same_tab.page.emulate_media(color_scheme=scheme)
    page = same_tab.open(TOPIC)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("heading", name="Try")).to_be_visible()
    assert axe(page) == []
    for query, part in {"starter": "[role=option] mark", "zzqx wvkj": ".search__misfit"}.items():
        page.get_by_role("combobox").fill(query)
        expect(page.locator(part).first).to_be_visible()
        assert axe(page) == [], query


def test_small_windows(same_tab: Visit) -> None:
    """Every kind of page fits small windows, and so a desktop window at 400%.

    With the spacing of WCAG 1.4.12, too, and then no text is hidden.
    """
    for url in KINDS:
        page = same_tab.open(url)
        open_all(page)
        for width, height in ((390, 844), (320, 640), (320, 200)):
            page.set_viewport_size({"width": width, "height": height})

            assert page.evaluate(WIDTH) <= width, (url, width)
        page.set_viewport_size({"width": 390, "height": 844})

        assert page.evaluate(CLIPPED_IF_SPACED) == [], url
        assert page.evaluate(WIDTH) <= 390, url


WIDTH = "document.documentElement.scrollWidth"
CLIPPED_IF_SPACED = """
() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important;"
    + " word-spacing: .16em !important } p { margin-bottom: 2em !important }");
  document.adoptedStyleSheets = [sheet];
  const isClipped = (e) => getComputedStyle(e).overflowY === "hidden"
    && e.scrollHeight > e.clientHeight + 1 && e.clientHeight > 1;
  return [...document.querySelectorAll("body *")].filter(isClipped)
    .map((e) => e.outerHTML.slice(0, 80));
}
"""


LOST = """
() => {
  const width = document.documentElement.clientWidth;
  const root = document.querySelector("dialog[open]") ?? document.body;
  const scrolls = (one) => /auto|scroll/.test(getComputedStyle(one).overflowX);
  const found = [];
  for (const one of root.querySelectorAll("*")) {
    const { left, right, width: wide, height } = one.getBoundingClientRect();
    const scroller = one.parentElement.closest("pre, table, .formula, .letters, .letters ul");
    if (!one.checkVisibility({ visibilityProperty: true }) || wide <= 1 || height <= 1) continue;
    if (one.closest(".skip, svg") || (scroller && scrolls(scroller))) continue;
    const { overflowX, overflowY } = getComputedStyle(one);
    if (left < -1 || right > width + 1) found.push(["outside", one]);
    if (overflowX === "hidden" && one.scrollWidth > one.clientWidth + 1) found.push(["cut", one]);
    if (overflowY === "hidden" && one.scrollHeight > one.clientHeight + 1) found.push(["low", one]);
  }
  for (const one of document.querySelectorAll(".bar > *, .bar span")) {
    const bar = one.closest(".bar").getBoundingClientRect(), box = one.getBoundingClientRect();
    if (box.top < bar.top - 1 || box.bottom > bar.bottom + 1) found.push(["out of the bar", one]);
  }
  const sideways = document.documentElement.scrollWidth - width;
  return [...found.map(([how, { outerHTML }]) => `${how}: ${outerHTML.slice(0, 80)}`),
    ...(sideways > 0 ? [`sideways: ${sideways}`] : [])];
}
"""
"""Lists what a reader cannot reach by scrolling down: cut off, or outside of the window or the bar."""


@pytest.fixture(scope="module", params=[20, 24, 32], ids=["125 %", "150 %", "200 %"])
def enlarged(chrome: Browser, request: pytest.FixtureRequest) -> Iterator[Browser]:
    """A browser whose reader chose larger text."""
    options = chromium.launch_options()
    options["args"] += [f"--blink-settings=defaultFontSize={request.param}"]
    launched = chrome.browser_type.launch(**options)
    yield launched
    launched.close()


@pytest.fixture
def reader(enlarged: Browser, address: str) -> Iterator[Visit]:
    """A visit with larger text, not zoomed, on a small phone."""
    with visiting(enlarged, address) as found:
        yield found


def test_large_text(reader: Visit) -> None:
    """With larger text, nothing on any kind of page is cut off or beside the window."""
    reader.page.set_viewport_size({"width": 320, "height": 568})
    for url in KINDS:
        page = reader.open(url)
        open_all(page)

        assert page.evaluate(LOST) == [], url


def test_large_text_in_a_term_that_fills_its_line(reader: Visit) -> None:
    """With larger text, the link sign of a term stays in the window, whatever the term."""
    reader.page.set_viewport_size({"width": 390, "height": 844})
    page = reader.open("glossary/")
    page.locator(".alphabet").evaluate("list => { list.style.overflowWrap = 'anywhere' }")
    for length in range(20, 50):
        page.locator("dt").first.evaluate(
            f"term => {{ term.firstChild.data = 'i'.repeat({length}) }}"
        )
        assert page.evaluate(LOST) == [], length


def test_large_text_in_dialogs(reader: Visit) -> None:
    """With larger text, the search and the list of keys can be used, whatever they show."""
    reader.page.set_viewport_size({"width": 320, "height": 568})
    page = reader.open(TOPIC)
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_be_visible()
    assert page.evaluate(LOST) == []
    page.keyboard.press("Escape")
    for query in ("starter", "fermantation", "zzqx wvkj", ""):
        expect(page.locator("dialog[open]")).to_have_count(0)
        page.evaluate(PAINTED)
        page.keyboard.press("/")
        page.get_by_role("combobox").fill(query)
        page.wait_for_timeout(700)
        assert page.evaluate(LOST) == [], query
        if query == "starter":
            seen = "document.elementFromPoint(160, one.getBoundingClientRect().top + 9)"
            assert page.get_by_role("option").first.evaluate(f"one => one.contains({seen})")
        field, close = page.get_by_role("combobox"), page.get_by_role("button", name="Close")
        assert field.bounding_box()["width"] >= 160, query  # type: ignore[index]
        close.click()
    expect(page.locator("dialog.search")).to_be_hidden()


@pytest.mark.parametrize("url", [TOPIC, PATH, "q/steam/", "q/shaping/#path:first-loaf"])
def test_wide_content_does_not_scroll_the_page(same_tab: Visit, url: str) -> None:
    """Very long words, wide tables and long lines of code do not make a page scroll sideways."""
    page = same_tab.open(url)
    open_all(page)
    page.evaluate(
        """() => {
          const word = "floccinaucinihilipilification".repeat(9);
          const cells = "<td>a longer cell</td>".repeat(30);
          const wide = `<pre><code>${word}</code></pre><table><tr>${cells}</tr></table>`;
          for (const title of document.querySelectorAll("bdi, h1, h2, .why, .path em"))
            title.prepend(word);
          document.querySelector(":is(.answer, .story)").insertAdjacentHTML("beforeend", wide);
        }"""
    )

    for width in (390, 820, 1280):
        page.set_viewport_size({"width": width, "height": 800})

        assert page.evaluate(WIDTH) <= width, width


def test_a_whole_row_can_be_clicked(same_tab: Visit) -> None:
    """All of a question's row opens its answer, also between the two and below the button."""
    same_tab.page.set_viewport_size({"width": 1280, "height": 800})
    page = same_tab.open(TOPIC)
    page.locator("#feeding").evaluate("heading => heading.prepend('A long question. '.repeat(9))")
    row, column = page.locator("#feeding").bounding_box(), page.locator("main").bounding_box()
    answer = page.locator("#feeding + details")
    button = page.locator("#feeding + details > summary").bounding_box()
    assert row
    assert button
    assert column
    assert row["height"] > 60
    for down in (0.2, 0.5, 0.9):
        for across in range(1, 20):
            x, y = column["x"] + column["width"] * across / 20, row["y"] + row["height"] * down
            assert page.evaluate(
                "([x, y]) => !!document.elementFromPoint(x, y).closest('#feeding, summary')", [x, y]
            ), (across, down)
    page.mouse.click(button["x"] + 10, row["y"] + row["height"] * 0.9)

    expect(answer).to_have_attribute("open", "")


def test_the_button_is_on_the_first_line(same_tab: Visit) -> None:
    """The button of a question that takes several lines is beside the first."""
    same_tab.page.set_viewport_size({"width": 1280, "height": 800})
    page = same_tab.open(TOPIC)
    tops = """heading => [heading, heading.nextElementSibling.firstElementChild].map(one => {
      const range = document.createRange();
      range.selectNodeContents(one);
      return range.getClientRects()[0].top;
    })"""
    question = page.locator("#feeding")
    before = question.evaluate(tops)
    question.evaluate("heading => heading.append('A long question. '.repeat(9))")

    assert question.evaluate(tops) == before
    assert abs(before[0] - before[1]) < 6


def test_a_right_to_left_question_does_not_overlap_its_button(same_tab: Visit) -> None:
    """A question that runs from right to left ends before the button, too."""
    same_tab.page.set_viewport_size({"width": 1280, "height": 800})
    page = same_tab.open(TOPIC)
    question = page.locator("#feeding")
    question.evaluate("heading => { heading.dir = 'rtl' }")
    box, button = question.bounding_box(), page.locator("#feeding + details > summary")
    shown = button.bounding_box()

    assert box
    assert shown
    assert box["x"] + box["width"] <= shown["x"]


def focus_order(page: Page) -> Iterator[dict[str, Any]]:
    """Go through a page with Tab; yield each focused element and how it looks."""
    while True:
        page.keyboard.press("Tab")
        found = page.evaluate(
            f"""() => {{
              const focused = document.activeElement, style = getComputedStyle(focused);
              const {{ top, bottom, height }} = focused.getBoundingClientRect();
              const hidden = !focused.closest(".bar, .skip") && bottom > 0
                && Math.min(bottom, innerHeight) - Math.max(top, {BAR}) < Math.min(height, 20) - 1;
              return {{ name: focused.outerHTML.slice(0, 90), hidden, last: focused === document.body,
                outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 }};
            }}"""
        )
        if found["last"]:
            return
        yield found


@pytest.mark.parametrize("url", ["", TOPIC, QUESTION, "about/"])
def test_focus_is_visible(same_tab: Visit, url: str) -> None:
    """Everything that the keyboard reaches is outlined, and never hidden under the bar."""
    page = same_tab.open(url)
    page.set_viewport_size({"width": 1280, "height": 400})
    order = list(focus_order(page))

    assert len(order) > 20
    assert [item["name"] for item in order if item["hidden"] or not item["outlined"]] == []


def test_skip_link(same_tab: Visit) -> None:
    """The first Tab stop is a link that skips what all pages share."""
    page = same_tab.open(TOPIC)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_reduced_motion(same_tab: Visit) -> None:
    """With reduced motion, nothing on a page is animated."""
    same_tab.page.emulate_media(reduced_motion="reduce")
    page = same_tab.open(f"{TOPIC}?q=starter")
    expect(page.get_by_role("option").first).to_be_visible()
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((element) => {
          const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
          return parseFloat(transitionDuration) || animationName !== "none"
            || scrollBehavior === "smooth";
        }).map(({ outerHTML }) => outerHTML.slice(0, 80))"""
    )

    assert moving == []


def test_forced_colors(same_tab: Visit) -> None:
    """If the device sets the colors, a switch still shows its state by its shape."""
    same_tab.page.emulate_media(forced_colors="active")
    page = same_tab.open(TOPIC)
    state = "getComputedStyle(document.querySelector('[role=switch]'), '::before').content"
    off = page.evaluate(state)
    page.get_by_role("switch").click()

    assert page.evaluate(state) != off


def test_forced_colors_mark_only_what_scrolls(same_tab: Visit) -> None:
    """Lines at the sides are signs of content to scroll; an abbreviation has none."""
    same_tab.page.emulate_media(forced_colors="active")
    page = same_tab.open("q/baking-temperature/")
    page.evaluate("document.querySelector('article p').innerHTML += ' <abbr tabindex=0>AP</abbr>'")

    expect(page.locator("article pre")).to_have_css("border-left-width", "1px")
    expect(page.get_by_text("AP", exact=True)).to_have_css("border-left-width", "0px")


def test_find_in_page_reaches_closed_answers(same_tab: Visit) -> None:
    """If the browser finds text in a closed answer, it shows it."""
    page = same_tab.open(f"{TOPIC}#:~:text=nail%20polish")

    expect(page.get_by_text("nail polish")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("url", [TOPIC, PATH, "q/steam/"])
def test_print(address: str, chrome: Browser, url: str, *, scripts: bool) -> None:
    """On paper, every answer is visible, each question has its address, and controls are hidden."""
    context = chrome.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(address + url)
    page.emulate_media(media="print")
    answers = page.locator(":is(details, .admonition):is(.answer, .story) > p:not(:has(.more))")
    signs = page.locator(".headerlink:visible")

    assert answers.count() >= 1
    for answer in answers.all():
        expect(answer).to_be_visible()
    for shown in ("nav", "button", "summary", ".search-box", ".more"):
        assert page.locator(f"{shown}:visible").count() == 0, shown
    addresses = [
        sign.evaluate("sign => getComputedStyle(sign, '::after').content") for sign in signs.all()
    ]
    assert len(addresses) == page.locator(":is(details, .admonition):is(.answer, .story)").count()
    permanent = f"{address}q/" if scripts else "#"
    assert all(address.startswith(f'"{permanent}') for address in addresses)
    context.close()


@pytest.mark.parametrize("url", [TOPIC, PATH])
def test_print_keeps_an_answer_with_its_question(same_tab: Visit, url: str) -> None:
    """No page of paper ends between a question and the end of its answer."""
    page = same_tab.open(url)
    page.emulate_media(media="print")
    loose = page.evaluate(
        """() => [...document.querySelectorAll("details")].flatMap((answer) => {
          const one = answer.previousElementSibling, other = one.previousElementSibling;
          const before = one.matches(".why") ? [one, other] : [one];
          return [...before.filter((part) => getComputedStyle(part).breakAfter !== "avoid"),
            ...[answer].filter((part) => getComputedStyle(part).breakInside !== "avoid")];
        }).map(({ outerHTML }) => outerHTML.slice(0, 80))"""
    )

    assert page.locator("details").count() > 1
    assert loose == []


def test_buttons_of_the_bar_have_tooltips(same_tab: Visit) -> None:
    """A button that is only an icon says on hover what it does."""
    page = same_tab.open("")

    for name in ("Dark mode", "Repository"):
        expect(page.locator(f".bar [aria-label='{name}']")).to_have_attribute("title", name)


def test_the_bars_of_a_browser_follow_the_theme(same_tab: Visit) -> None:
    """The color for the browser's own bars is that of the page, whatever the reader chose."""
    same_tab.page.emulate_media(color_scheme="light")
    page = same_tab.open(TOPIC)
    shown = """[...document.querySelectorAll("meta[name=theme-color]")]
      .filter(({ media }) => matchMedia(media).matches).map(({ content }) => content)"""
    assert page.evaluate(shown) == ["#fdfdfb"]
    page.get_by_role("button", name="Dark mode").click()

    assert page.evaluate(shown) == ["#10151b"]


def test_icons(site: Built) -> None:
    """Phones and browsers without SVG icons have a square picture, named in every page."""
    picture = Image.open(site.folder / "assets/touch-icon.png")
    head = site.html(QUESTION)

    assert picture.size == (180, 180)
    assert picture.convert("RGB").getpixel((0, 0)) == (11, 92, 92)
    assert '<link rel="apple-touch-icon" href="../../assets/touch-icon.png?v=' in head


def test_a_tab_keeps_its_width(visit: Visit) -> None:
    """The sections above a page have the same places and sizes on all pages, in whatever font."""
    # A font that comes late is left out, and then widths differ.
    visit.page.route("**/*.woff2", lambda route: route.fulfill(status=204))
    places = []
    for url in ("", TOPIC, PATH, "about/", "authors/"):
        links = visit.open(url).locator(".sections a")
        places.append(
            [
                (box["x"], box["width"], box["height"])
                for box in map(Locator.bounding_box, links.all())
                if box
            ]
        )

    assert len(places[0]) == 6
    assert all(boxes == places[0] for boxes in places)


def test_pages_are_named(site: Built) -> None:
    """Each page has its language and exactly one title, which is not empty."""
    for path in site.folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert '<html lang="en"' in text, path
        assert "<title></title>" not in text
        assert text.count("<title>") == 1
