"""Notes beside answers: on pages, in previews, in search, as data; with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import check_site
import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, expect
from support.accessibility import axe
from support.sites import (
    Built,
    Visit,
    build,
    copy_project,
    digests,
    visiting,
)

NOTED, SOUND, STORY = "q/baking-temperature/", "q/shaping/", "q/your-loaf/"
MARK = "Partly wrong: A hollow sound says little; only the thermometer tells."


@pytest.fixture(scope="module")
def address(mkdocs_site: Built) -> Iterator[str]:
    """The address of one engine's site: test_pages.py shows that the other builds the same pages."""
    with check_site.served(mkdocs_site.folder) as served:
        yield served


def test_trust(same_tab: Visit) -> None:
    """Below the answer, a line says what the note says of it, and when it was checked."""
    trust = same_tab.open(NOTED).locator(".trust")
    expect(trust).to_have_text(
        "Partly wrong: see the note Checked against 2 sources on 20 November 2026"
    )
    expect(trust.locator("time")).to_have_attribute("datetime", "2026-11-20")
    trust.get_by_role("link").click()
    expect(same_tab.page.get_by_role("heading", name="Note", exact=True)).to_be_in_viewport()

    trust = same_tab.open(SOUND).locator(".trust")
    expect(trust).to_have_text("Checked against 1 source on 20 November 2026")
    expect(same_tab.open(STORY).locator(".trust")).to_have_count(0)
    expect(same_tab.page.get_by_role("heading", name="Building your story")).to_be_visible()


def test_parts_of_a_note(same_tab: Visit) -> None:
    """A note has what is wrong, a formula, a figure, an example, a table, and its sources."""
    page = same_tab.open(NOTED)
    expect(page.locator(".passage")).to_have_text("The answer says: “sounds hollow”")
    expect(page.locator("article > .formula math")).to_be_visible()
    figure = page.get_by_role("figure")
    expect(figure.get_by_role("img", name="Temperature of the crumb by time")).to_be_visible()
    expect(figure.locator("figcaption")).to_have_text("Temperature of the crumb by time")
    expect(page.get_by_role("button", name="Copy code")).to_be_visible()
    expect(page.get_by_role("cell", name="98")).to_be_visible()
    expect(page.locator("article").get_by_role("link", name="Steam", exact=True)).to_be_visible()


def test_a_citation_leads_to_its_source(same_tab: Visit) -> None:
    """A citation names authors, year and place, and leads to the source, which has a link."""
    page = same_tab.open(NOTED)
    page.get_by_role("link", name="Hamelman 2004, page 24").click()
    source = page.locator("[id=source-hamelman2004bread]")

    expect(source).to_be_in_viewport()
    expect(source).to_have_text(
        "Jeffrey Hamelman: Bread: A Baker's Book of Techniques and Recipes. Wiley, 2004."
    )
    assert source.get_by_role("link").get_attribute("href") == (
        "https://openlibrary.org/isbn/9780471168577"
    )


def test_an_answer_that_misleads_is_marked_everywhere(same_tab: Visit, site: Built) -> None:
    """Topic page, search, description and data have the mark; other notes are only on the page."""
    page = same_tab.open("topics/baking/")
    mark = page.locator("[id=baking-temperature] + details .caution")
    expect(mark).to_be_hidden()
    page.locator("[id=baking-temperature] + details > summary").click()
    expect(mark).to_have_text(MARK)
    expect(page.locator(".caution")).to_have_count(1)
    mark.click()
    page.wait_for_url(f"**/{NOTED}#note")

    page.get_by_role("button", name="Copy answer").click()
    expect(page.locator(".announcement")).to_have_text("Answer copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"When is bread done?\n\n{MARK}\n\nPut a thermometer")

    page.keyboard.press("/")
    page.get_by_role("combobox").fill("when is bread done")
    found = page.get_by_role("option").first
    expect(found.locator(".search__mark")).to_have_text("Partly wrong: see the note")
    html = site.html(NOTED)
    assert html.count(f'content="{MARK} Put a thermometer') == 2
    listing = (site.folder / "llms.txt").read_text(encoding="utf-8")
    assert f"(q/baking-temperature/index.md): {MARK} Put a thermometer" in listing
    assert listing.count("Partly wrong") == 1


def test_markdown_twin(site: Built) -> None:
    """The Markdown twin of a question has the note, with TeX, and its sources."""
    twin = (site.folder / NOTED / "index.md").read_text(encoding="utf-8")

    assert f"?\n\n{MARK}\n\nPut a thermometer" in twin
    assert "## Note\n\nPartly wrong. Checked against 2 sources on 20 November 2026.\n\n" in twin
    assert "The answer says: “sounds hollow”\n\nA thick crust" in twin
    assert "$$T(t) = 100 - 80 e^{-t/\\tau}$$" in twin
    assert "*Temperature of the crumb by time*" in twin
    assert "- [@zanoni1993study]: B. Zanoni, C. Peri, S. Pierucci: A study" in twin
    lists = MarkdownIt().render(twin).split("<ul>")[1:]
    opening = [re.findall(r"<li>\W*(\w+)", found) for found in lists]
    assert opening[:2] == [["strong"], ["hamelman2004bread", "zanoni1993study"]]
    assert opening[2][:2] == ["Topic", "Address"]
    assert "see [Why does bread need steam in the oven?](../../q/steam/index.md)" in twin


def test_axe(same_tab: Visit) -> None:
    """Axe finds nothing on a page with a note, light or dark, wide or narrow."""
    page = same_tab.open(NOTED)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 800})
            assert axe(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts(site: Built, chrome: Browser) -> None:
    """Without scripts, the note and its parts can be read."""
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    with check_site.served(site.folder) as base:
        page.goto(base + NOTED)
        expect(page.locator("figure svg")).to_be_visible()
        expect(page.locator(".trust")).to_be_visible()
    context.close()


@pytest.fixture(scope="module")
def bare(site: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same site without notes."""
    project = copy_project(tmp_path_factory.mktemp("bare"))
    for name in ("notes", "figures", "sources.bib"):
        path = project / "docs/_source" / name
        path.rename(project / name)
    return Built(site.engine, build(site.engine, project), {})


def test_without_notes_the_site_is_as_before(site: Built, bare: Built, chrome: Browser) -> None:
    """Without notes, only pages of answers that had one are different, and have no trace of it."""
    with_notes, without = digests(site.folder), digests(bare.folder)
    changed = {name for name in with_notes if without.get(name) != with_notes[name]}
    pages = {name for name in changed if name.startswith("q/") and name.endswith(".html")}

    assert pages == {
        f"q/{name}/index.html" for name in ("baking-temperature", "shaping", "steam", "your-loaf")
    }
    for name in pages:
        assert not re.search(
            r"notes\.css|trust|#note|source-", bare.html(name.removesuffix("index.html"))
        )
    with check_site.served(bare.folder) as base, visiting(chrome, base) as reader:
        expect(reader.open(NOTED).locator(".trust, .passage, figure")).to_have_count(0)
