"""What answers hold besides text, as a reader meets it: formulas, code, tables, tasks, alerts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import check_site
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, expect
from support.reach import axe
from support.sites import COMMANDS, Visit, copy_project, run, take_source, visiting
from test_reach import open_all

LONG = " + ".join(rf"\lambda_{{{at}}} \mathcal{{L}}_{{{at}}}" for at in range(1, 30))
CODE = 'def f(x):\n\n    return "<b>" + x  # ' + "long " * 40 + "end"
SOURCE = rf"""# Questions

### **1. Everything**
*   **What is a loss $\frac{{a}}{{b}}$?**
    - It is $\sqrt{{x}}$, or in a line ${LONG}$.
*   **What else is there?**
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
    """The site of the source above by each engine, without cards."""
    folders = {}
    for engine, commands in COMMANDS.items():
        project = copy_project(tmp_path_factory.mktemp(engine))
        take_source(project, SOURCE)
        for command in commands:
            if command[-1] != "scripts/draw_cards.py":
                done = run(command, project)
                assert done.returncode == 0, done.stdout + done.stderr
        folders[engine] = project / "site"
    return folders


@pytest.fixture
def reader(built: dict[str, Path], chrome: Browser) -> Iterator[Visit]:
    """A browser on that site; at the end, the console must be clean: no style was refused."""
    with check_site.served(built["mkdocs"]) as address, visiting(chrome, address) as found:
        yield found


def opened(reader: Visit, url: str = TOPIC, width: int = 390) -> Locator:
    """Open a page on a phone, with all answers; return its main part."""
    reader.page.set_viewport_size({"width": width, "height": 800})
    page = reader.open(url)
    open_all(page)
    page.wait_for_load_state("networkidle")
    return page.locator("article")


def is_shaded(box: Locator, side: str) -> bool:
    """Tell whether most of a box's edge has another color than most of the box."""
    shot = Image.open(BytesIO(box.screenshot())).convert("L")
    picture = shot.point(lambda value: value // 8)  # a gradient is dithered
    at = 1 if side == "left" else picture.width - 2
    edge = picture.crop((at, 0, at + 1, picture.height))
    return _background(edge) != _background(picture)


def _background(picture: Image.Image) -> object:
    return max(picture.getcolors(picture.width * picture.height) or [])[1]


def test_both_engines_build_the_same(built: dict[str, Path]) -> None:
    """Each page has the same content, and nothing that has no place there."""
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
def test_what_is_wide_scrolls_and_shows_it(reader: Visit, scheme: str) -> None:
    """Its edge is shaded where there is more, and the keyboard scrolls it."""
    reader.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    article = opened(reader)
    for box in (article.locator(wide).first for wide in WIDE):
        expect(box).to_have_attribute("tabindex", "0")
        assert [is_shaded(box, side) for side in ("left", "right")] == [False, True]
        box.press("ArrowRight")
        expect(box).not_to_have_js_property("scrollLeft", 0)
        box.evaluate("box => { box.scrollLeft = 1e6; box.blur() }")
        assert [is_shaded(box, side) for side in ("left", "right")] == [True, False]


def test_what_fits_looks_as_if_it_fits(reader: Visit) -> None:
    """It has no shade, and Tab does not stop at it."""
    box = opened(reader, width=1280).locator("div.formula").nth(1)

    assert [is_shaded(box, side) for side in ("left", "right")] == [False, False]
    expect(box).not_to_have_attribute("tabindex", "0")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("url", [TOPIC, "q/loss-b/", "q/ما-هو-التعلم/"])
def test_only_the_boxes_scroll(reader: Visit, url: str, width: int) -> None:
    """Nothing makes the page itself scroll sideways."""
    opened(reader, url, width)

    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_formula_is_set_in_its_font(reader: Visit) -> None:
    """A brace is as high as what it encloses; a font without its MATH table would not stretch it."""
    article = opened(reader)
    brace = article.locator("mo", has_text=re.compile(r"^\{$")).first
    table = article.locator("mtable").first
    heights = [found.evaluate("e => e.getBoundingClientRect().height") for found in (brace, table)]

    assert heights[0] >= heights[1] * 0.9
    loaded = "[...document.fonts].filter(f => f.family.includes('Math') && f.status === 'loaded')"
    assert reader.page.evaluate(f"{loaded}.length")


def test_only_pages_with_formulas_load_their_font(reader: Visit) -> None:
    """Others do without, and so does a page while the answers that have formulas are closed."""
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    opened(reader, PLAIN)
    assert not [name for name in asked if name.startswith("math")]
    opened(reader)
    assert "math.woff2" in asked


@pytest.mark.parametrize("press", ["click", "Enter"])
def test_copy_button_copies_exactly_the_code(reader: Visit, press: str) -> None:
    """By pointer or key; a message says so; the line break at the end is left out."""
    article = opened(reader)
    button = article.get_by_role("button", name="Copy code").first
    if press == "click":
        button.click()
    else:
        button.focus()
        button.press(press)

    expect(reader.page.get_by_role("status")).to_have_text("Copied")
    assert reader.page.evaluate("navigator.clipboard.readText()") == CODE


def test_a_copied_answer_is_without_the_label_of_the_button(reader: Visit) -> None:
    """What is shared of an answer is what the author wrote."""
    article = opened(reader, "q/else-there/")
    reader.page.get_by_role("button", name="Copy answer").click()
    expect(reader.page.get_by_role("status")).to_have_text("Answer copied")

    assert article.get_by_role("button", name="Copy code").count() == 2
    assert "Copy" not in reader.page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(reader: Visit, scheme: str) -> None:
    """Colors of code and alerts are strong enough, boxes can be reached, checkboxes have names."""
    reader.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for url in (TOPIC, "q/else-there/"):
        opened(reader, url)

        assert axe(reader.page) == [], url


def test_tasks_say_their_state(reader: Visit) -> None:
    """To a screen reader, too; nobody can change it."""
    boxes = opened(reader).get_by_role("checkbox")

    assert [box.get_attribute("aria-label") for box in boxes.all()][:3] == ["Done", "Open", "Open"]
    assert all(box.is_disabled() for box in boxes.all())


def test_an_alert_runs_as_its_text_does(reader: Visit) -> None:
    """Its line is on the right of Arabic text."""
    alerts = opened(reader).locator(".markdown-alert")
    style = "e => [getComputedStyle(e).borderLeftWidth, getComputedStyle(e).borderRightWidth]"

    assert alerts.first.evaluate(style) == ["3px", "0px"]
    assert alerts.last.evaluate(style) == ["0px", "3px"]


def test_on_paper_nothing_is_cut_off(reader: Visit) -> None:
    """Code wraps, wide formulas and tables show whole, and there are no buttons."""
    article = opened(reader, width=800)
    reader.page.emulate_media(media="print")
    code = article.locator(".highlight pre").first

    assert code.evaluate("e => e.scrollWidth - e.clientWidth") == 0
    for wide in WIDE:
        expect(article.locator(wide).first).to_have_css("overflow-x", "visible")
    expect(article.get_by_role("button", name="Copy code")).to_have_count(0)
    expect(article.locator("h2").first).to_have_css("break-inside", "avoid")
