"""Formulas, code, tables, tasks and alerts in answers, as readers see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import check_site
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, expect
from support.accessibility import axe
from support.sites import COMMANDS, PAINTED, Visit, build, copy_project, take_source, visiting
from test_accessibility import open_all

LONG = " + ".join(rf"\lambda_{{{at}}} \mathcal{{L}}_{{{at}}}" for at in range(1, 30))
CODE = 'def f(x):\n\n    return "<b>" + x  # ' + "long " * 40 + "end"
SOURCE = rf"""# Questions

### **1. Everything**
*   **What is a loss $\frac{{a}}{{b}}$?**
    - It is $\sqrt{{x}}$, or in a line ${LONG}$.
*   **What else is there?** {{#else-there}}
    - Wide formulas:

      $${LONG}$$

      ```math
      \begin{{cases}} x & \text{{if }} x > 0 \\ 0 & \text{{or else}} \\ \boxed{{1}} & \cancel{{2}} \end{{cases}}
      ```

      ```python
{CODE}
      ```

      |{" A column |" * 30}
      |{" --- |" * 30}
      |{" $x$ ~~y~~ |" * 30}

      | Normalization | Why |
      | --- | --- |
      | Standardization | {"It takes so many words to say. " * 9} |

      - [x] Look
        - [ ] Train

          ```c++
          int x = 1;
          ```

      - [ ] Ship[^1]

      > [!NOTE]
      > One.

      > [!TIP]
      > Two.

      > [!IMPORTANT]
      > Three.

      > [!WARNING]
      > Four.

      > [!CAUTION]
      > Five.

      [^1]: With $y$.
*   **ما هو التعلم العميق؟**
    - التعلم العميق:

      $${LONG}$$

      - [x] نعم

      > [!NOTE]
      > ملاحظة.

### **2. Plain**
*   **What is plain?**
    - Only words.
""".replace(CODE, re.sub("^(?=.)", " " * 6, CODE, flags=re.MULTILINE))
TOPIC, PLAIN = "topics/everything/", "topics/plain/"
WIDE = ["div.formula >> nth=0", "p > span.formula", ".highlight pre >> nth=0", "table"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The site of the source above, built by each engine, without cards."""
    folders = {}
    for engine in COMMANDS:
        project = copy_project(tmp_path_factory.mktemp(engine))
        take_source(project, SOURCE)
        folders[engine] = build(engine, project)
    return folders


@pytest.fixture
def reader(built: dict[str, Path], chrome: Browser) -> Iterator[Visit]:
    """A browser on that site; errors in the console, such as a blocked style, fail the test."""
    with check_site.served(built["mkdocs"]) as address, visiting(chrome, address) as found:
        yield found


def opened(reader: Visit, url: str = TOPIC, width: int = 390) -> Locator:
    """Open a page with all its answers, by default on a phone; return its main part."""
    reader.page.set_viewport_size({"width": width, "height": 800})
    page = reader.open(url)
    open_all(page)
    page.evaluate(PAINTED)  # fonts of what has become visible begin to load
    page.evaluate("document.fonts.ready.then(() => null)")
    return page.locator("article")


def is_shaded(box: Locator, side: str) -> bool:
    """Return whether most of a box's edge has a different color than most of the box."""
    shot = Image.open(BytesIO(box.screenshot())).convert("L")
    picture = shot.point(lambda value: value // 8)  # a gradient is dithered
    at = 1 if side == "left" else picture.width - 2
    edge = picture.crop((at, 0, at + 1, picture.height))
    return _background(edge) != _background(picture)


def _background(picture: Image.Image) -> object:
    return max(picture.getcolors(picture.width * picture.height) or [])[1]


def test_both_engines_build_the_same(built: dict[str, Path]) -> None:
    """Each page has the same content from both engines, and no faults."""
    names = ["topics/everything", "topics/plain", "q/loss-b", "q/else-there"]
    for name in names:
        pages = [(folder / name / "index.html").read_text("utf-8") for folder in built.values()]
        found = [
            re.findall(r"<(?:h2|details|div class=\"adm).*</", page, re.DOTALL) for page in pages
        ]
        content = [re.sub(r'\s+|href="[^"]*"', " ", text) for [text] in found]
        assert content[0] == content[1], name
    for folder in built.values():
        assert list(check_site.faults(folder)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_wide_content_scrolls_and_has_a_shaded_edge(reader: Visit, scheme: str) -> None:
    """An edge is shaded if there is more content behind it, and the keyboard scrolls the box."""
    reader.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    article = opened(reader)
    for box in (article.locator(wide).first for wide in WIDE):
        expect(box).to_have_attribute("tabindex", "0")
        assert [is_shaded(box, side) for side in ("left", "right")] == [False, True]
        box.press("ArrowRight")
        expect(box).not_to_have_js_property("scrollLeft", 0)
        box.evaluate("box => { box.scrollLeft = 1e6; box.blur() }")
        assert [is_shaded(box, side) for side in ("left", "right")] == [True, False]


def test_content_that_fits_has_no_shaded_edge(reader: Visit) -> None:
    """Content that fits has no shaded edge, and is not a Tab stop."""
    box = opened(reader, width=1280).locator("div.formula").nth(1)

    assert [is_shaded(box, side) for side in ("left", "right")] == [False, False]
    expect(box).not_to_have_attribute("tabindex", "0")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("url", [TOPIC, "q/loss-b/", "q/التعلم-العميق/"])
def test_only_boxes_scroll_sideways(reader: Visit, url: str, width: int) -> None:
    """Wide content scrolls in its box and does not make the page scroll sideways."""
    opened(reader, url, width)

    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_formula_uses_the_math_font(reader: Visit) -> None:
    """A brace is as high as its content; a font without a MATH table would not stretch it."""
    article = opened(reader)
    brace = article.locator("mo", has_text=re.compile(r"^\{$")).first
    table = article.locator("mtable").first
    heights = [found.evaluate("e => e.getBoundingClientRect().height") for found in (brace, table)]

    assert heights[0] >= heights[1] * 0.9
    loaded = "[...document.fonts].filter(f => f.family.includes('Math') && f.status === 'loaded')"
    assert reader.page.evaluate(f"{loaded}.length")


def test_only_pages_with_formulas_load_the_math_font(reader: Visit) -> None:
    """The math font is loaded on a page with formulas in open answers, but not on other pages."""
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    opened(reader, PLAIN)
    assert not [name for name in asked if name.startswith("math")]
    with reader.page.expect_request("**/math.woff2*"):
        opened(reader)


@pytest.mark.parametrize("press", ["click", "Enter"])
def test_copy_button_copies_exactly_the_code(reader: Visit, press: str) -> None:
    """The button works by pointer and key, shows a message, and omits the line break at the end."""
    article = opened(reader)
    buttons = article.get_by_role("button", name="Copy code")
    button = buttons.first
    names = buttons.evaluate_all("all => all.map((each) => each.ariaLabel)")
    assert len(set(names)) == len(names)
    if press == "click":
        button.click()
    else:
        button.focus()
        button.press(press)

    expect(reader.page.get_by_role("status")).to_have_text("Copied")
    assert reader.page.evaluate("navigator.clipboard.readText()") == CODE


@pytest.mark.parametrize("width", [390, 1280])
def test_copy_button_covers_no_code(reader: Visit, width: int) -> None:
    """The button is above the code, and nothing moves when it is added."""
    article = opened(reader, "q/else-there/", width)
    block = article.locator(".highlight").first
    button = block.get_by_role("button").bounding_box()
    code = block.locator("code").bounding_box()
    assert button
    assert code
    assert button["y"] + button["height"] <= code["y"]

    height = "block => block.getBoundingClientRect().height"
    before = block.evaluate(height)
    block.get_by_role("button").evaluate("button => button.remove()")
    assert block.evaluate(height) == before


def test_a_copied_answer_has_no_button_label(reader: Visit) -> None:
    """A copied answer contains only what the author wrote."""
    article = opened(reader, "q/else-there/")
    reader.page.get_by_role("button", name="Copy answer").click()
    expect(reader.page.get_by_role("status")).to_have_text("Answer copied")

    assert article.get_by_role("button", name="Copy code").count() == 2
    assert "Copy" not in reader.page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(reader: Visit, scheme: str) -> None:
    """Code and alerts have enough contrast, boxes can be reached, and checkboxes have names."""
    reader.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for url in (TOPIC, "q/else-there/"):
        opened(reader, url)

        assert axe(reader.page) == [], url


def test_tasks_have_labels_with_their_state(reader: Visit) -> None:
    """Checkboxes have labels for screen readers, and cannot be changed."""
    boxes = opened(reader).get_by_role("checkbox")

    assert [box.get_attribute("aria-label") for box in boxes.all()][:3] == ["Done", "Open", "Open"]
    assert all(box.is_disabled() for box in boxes.all())


def test_an_alert_has_the_direction_of_its_text(reader: Visit) -> None:
    """The line beside an alert is on the right of Arabic text."""
    alerts = opened(reader).locator(".markdown-alert")
    style = "e => [getComputedStyle(e).borderLeftWidth, getComputedStyle(e).borderRightWidth]"

    assert alerts.first.evaluate(style) == ["3px", "0px"]
    assert alerts.last.evaluate(style) == ["0px", "3px"]


def test_on_paper_nothing_is_cut_off(reader: Visit) -> None:
    """Code wraps, wide formulas and tables are shown in full, and there are no buttons."""
    article = opened(reader, width=800)
    reader.page.emulate_media(media="print")
    code = article.locator(".highlight pre").first

    assert code.evaluate("e => e.scrollWidth - e.clientWidth") == 0
    for wide in WIDE:
        expect(article.locator(wide).first).to_have_css("overflow-x", "visible")
    expect(article.get_by_role("button", name="Copy code")).to_have_count(0)
    expect(article.locator("h2").first).to_have_css("break-inside", "avoid")


BROKEN = """table => [...table.querySelectorAll("td, th")].flatMap(cell => {
  const text = cell.firstChild, range = new Range()
  return [...text.data.matchAll(/\\w+/g)].filter(({ 0: word, index }) => {
    range.setStart(text, index)
    range.setEnd(text, index + word.length)
    return range.getClientRects().length > 1
  }).map(([word]) => word)
})"""
"""Words in a table that have a break within them."""


def test_on_paper_words_in_tables_stay_whole(reader: Visit) -> None:
    """A column with long texts takes no room from the words of the others."""
    article = opened(reader, width=500)
    reader.page.emulate_media(media="print")
    table = article.locator("table").nth(1)

    assert table.evaluate(BROKEN) == []
    assert table.evaluate("table => table.offsetWidth") <= 500
