"""Lists from A to Z: the glossary's filter, letters that stay in view, links to terms, long lists."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import check_site
import pytest
from playwright.sync_api import Browser, Page, expect
from qna import downloads
from support.accessibility import axe
from support.harness import FIXTURE
from support.sites import (
    COMMANDS,
    Built,
    Visit,
    built,
    copy_project,
    files,
    pages,
    run,
    visiting,
)

TERMS = [
    *("Biga", "Crumb", "DDT", "Fermentation", "Gluten", "LAB"),
    *("Scoring", "Sourdough", "Starter", "Steam", "Yeast"),
]
FITS_NOT = 3
"""Entries per page of lists that do not fit on a page."""


@pytest.fixture(scope="session")
def site(mkdocs_site: Built) -> Built:
    """The site, built by one engine: test_pages.py shows that the other builds the same pages."""
    return mkdocs_site


def listed(page: Page) -> list[str]:
    """Return the names of the terms that are shown, without what they are short for."""
    shown = page.locator(".alphabet dt:visible")
    return [text.split(" ")[0] for text in shown.all_inner_texts()]


FILTERED = {
    "s": ["Scoring", "Sourdough", "Starter", "Steam"],
    "ST": ["Starter", "Steam"],
    "desired d": ["DDT"],
    "bact": ["LAB"],
    "lab": ["LAB"],
    "tarter": [],
}
"""What is typed above the glossary, with the terms that stay."""


@pytest.mark.parametrize(("typed", "expected"), FILTERED.items())
def test_filter(same_tab: Visit, typed: str, expected: list[str]) -> None:
    """Only terms with words that start like those typed stay, with their letters, and are counted."""
    page = same_tab.open("glossary/")
    page.get_by_role("searchbox", name="Filter terms").press_sequentially(typed)

    assert listed(page) == expected
    initials = sorted({name[0] for name in expected})
    assert page.locator(".alphabet h2:visible").count() == len(initials)
    assert page.locator(".letters li:visible").all_inner_texts()[1:] == initials
    count = len(expected) or "None"
    expect(page.locator(".filter [role=status]")).to_have_text(f"{count} of {len(TERMS)} terms")
    assert axe(page) == []


def test_escape_clears_the_filter(same_tab: Visit) -> None:
    """Escape empties the field, and all terms are back; it stays in the field."""
    page = same_tab.open("glossary/")
    field = page.get_by_role("searchbox", name="Filter terms")
    field.press_sequentially("st")
    assert listed(page) == ["Starter", "Steam"]
    field.press("Escape")

    expect(field).to_have_value("")
    expect(field).to_be_focused()
    assert listed(page) == TERMS
    expect(page.locator(".filter [role=status]")).to_have_text("")


def test_a_link_to_a_term_that_is_filtered_out(same_tab: Visit) -> None:
    """The way back to a term shows it, whatever was typed since."""
    page = same_tab.open("glossary/#term-biga")
    page.goto(f"{same_tab.base}glossary/#term-yeast")
    page.get_by_role("searchbox").fill("yeast")
    page.go_back()

    expect(page.locator("#term-biga")).to_be_in_viewport()
    assert listed(page) == TERMS


@pytest.mark.parametrize("scripts", [True, False])
def test_a_linked_term_is_marked(address: str, chrome: Browser, scripts: bool) -> None:  # noqa: FBT001
    """The term that the address names looks like a linked answer, and nothing covers it."""
    context = chrome.new_context(
        java_script_enabled=scripts, viewport={"width": 390, "height": 600}
    )
    page = context.new_page()
    page.goto(f"{address}glossary/#term-lab")
    term, other = page.locator("#term-lab"), page.locator("#term-gluten")
    color, plain = (each.evaluate("term => getComputedStyle(term).color") for each in (term, other))
    bottom, top = term.evaluate(
        """term => [document.querySelector(".letters").getBoundingClientRect().bottom,
                    term.getBoundingClientRect().top]"""
    )

    assert color != plain
    assert top >= bottom
    context.close()


@pytest.mark.parametrize("url", ["glossary/", "q/"])
def test_letters_stay_in_view(same_tab: Visit, url: str) -> None:
    """The letters stay below the bar, and the one being read is marked and in view."""
    same_tab.page.set_viewport_size({"width": 320, "height": 600})
    page = same_tab.open(url)
    marked, letters = page.locator(".letters [aria-current]"), page.locator(".letters a")
    names = letters.all_inner_texts()[1:]
    for name in (names[2], names[-2]):
        # A pointer could miss: on a slow machine, the letters are still scrolling below it.
        page.locator(".letters").get_by_role("link", name=name, exact=True).press("Enter")
        expect(marked).to_have_text(name)
        expect(marked).to_be_in_viewport(ratio=1)
    page.goto(f"{same_tab.base}{url}#letter-s")
    page.evaluate("scrollTo(0, document.querySelector('#letter-s').offsetTop)")
    expect(marked).to_have_text("S")
    page.evaluate("history.replaceState(null, '', '#')")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")

    expect(marked).to_have_text(names[-1])
    expect(letters.last).to_be_in_viewport(ratio=0.9)
    page.get_by_role("link", name="Back to top").click()
    expect(page.locator("h1")).to_be_in_viewport()


def test_letters_scroll_behind_the_way_up(same_tab: Visit) -> None:
    """The link to the top hides the whole height of what scrolls behind it, its shade included."""
    page = same_tab.open("glossary/")
    height = "one => one.clientHeight"

    first, all_ = page.locator(".letters li").first, page.locator(".letters ul")
    assert first.evaluate(height) == all_.evaluate(height)


def test_each_term_has_a_link(same_tab: Visit) -> None:
    """The link of a term appears on focus or hover, names the term, and copies its address."""
    page = same_tab.open("glossary/")
    link = page.get_by_role("link", name="Link to LAB")
    assert link.evaluate("link => getComputedStyle(link).opacity") == "0"
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert link.evaluate("link => getComputedStyle(link).opacity") == "1"
    page.keyboard.press("Enter")

    expect(page.locator(".announcement")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{same_tab.base}glossary/#term-lab"
    assert page.url == f"{same_tab.base}glossary/#term-lab"


def test_no_field_without_scripts(address: str, chrome: Browser) -> None:
    """Without scripts there is no field to filter terms, and no space for one."""
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}glossary/")

    expect(page.locator(".filter")).to_be_hidden()
    assert listed(page) == TERMS
    context.close()


def test_the_number_of_terms_moves_nothing(same_tab: Visit) -> None:
    """Nothing moves when the field says how many terms are listed."""
    for width in (1280, 390, 320):
        same_tab.page.set_viewport_size({"width": width, "height": 800})
        page = same_tab.open("glossary/")
        top = page.locator(".letters").bounding_box()
        page.get_by_role("searchbox").fill("a")
        expect(page.locator(".filter [role=status]")).not_to_be_empty()

        assert page.locator(".letters").bounding_box() == top


# Lists that are too long for one page


@pytest.fixture(scope="module")
def long_sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """The site with lists that take several pages, built by each engine."""
    project = copy_project(tmp_path_factory.mktemp("long") / "project")
    for name in ("alphabet", "topic_list"):
        module = project / f"scripts/qna/pages/{name}.py"
        text = module.read_text(encoding="utf-8")
        module.write_text(
            re.sub(r"(?m)^(\w+_PER_PAGE = )\d+", rf"\g<1>{FITS_NOT}", text), encoding="utf-8"
        )
    found = {}
    for engine, (split, _, *build) in COMMANDS.items():
        whole = built(engine, FIXTURE, tmp_path_factory)
        for made in ("assets/cards", downloads.FOLDER):
            shutil.copytree(
                whole.folder.parent / "docs" / made, project / "docs" / made, dirs_exist_ok=True
            )
        for command in (split, *build):
            # Or the hook would import the module of this checkout.
            done = run(command, project, PYTHONPATH=str(project / "scripts"))
            assert done.returncode == 0, done.stdout + done.stderr
        folder = shutil.move(project / "site", project / engine)
        found[engine] = Built(engine, folder, whole.data)
    return found


@pytest.fixture(params=COMMANDS)
def long_lists(request: pytest.FixtureRequest, long_sites: dict[str, Built]) -> Built:
    """That site from each engine."""
    return long_sites[request.param]


@pytest.fixture
def visit_long(chrome: Browser, long_sites: dict[str, Built]) -> Iterator[Visit]:
    """A fresh browser profile on the site with long lists."""
    with (
        check_site.served(long_sites["mkdocs"].folder) as address,
        visiting(chrome, address) as found,
    ):
        yield found


def test_engines_agree(long_sites: dict[str, Built]) -> None:
    """Both engines build the same pages, so the browser opens those of one."""
    assert pages(long_sites["mkdocs"]) == pages(long_sites["zensical"])
    assert files(long_sites["mkdocs"]) == files(long_sites["zensical"])


def test_long_lists_are_clean(long_lists: Built, tmp_path_factory: pytest.TempPathFactory) -> None:
    """All other pages are as before, and nothing is wrong with the new ones."""
    before = pages(built(long_lists.engine, FIXTURE, tmp_path_factory))
    after = pages(long_lists)
    lists = {"glossary/index.html", "q/index.html", "topics/index.html"}
    parts = ("glossary/", "q/a-to-z/", "topics/list/")

    assert {name for name in before if before[name] != after[name]} == lists
    assert all(name.startswith(parts) for name in after.keys() - before.keys())
    assert list(check_site.faults(long_lists.folder)) == []


def test_addresses_of_a_list_lead_on(visit_long: Visit) -> None:
    """Anchors of terms and letters lead to their new page; the way back leads past the old one."""
    for old, new in {
        "glossary/#term-lab": "glossary/l/#term-lab",
        "glossary/#term-steam": "glossary/s-2/#term-steam",
        "glossary/#letter-y": "glossary/y/#letter-y",
        "q/#letter-g": "q/a-to-z/g/#letter-g",
    }.items():
        page = visit_long.open("about/")
        page.goto(visit_long.base + old)
        page.wait_for_url(visit_long.base + new)
        expect(page.locator(":target")).to_be_visible()
        page.go_back()
        page.wait_for_url(f"{visit_long.base}about/")


def test_long_lists_without_scripts(visit_long: Visit, chrome: Browser) -> None:
    """Without scripts, an old address shows the letter that leads to the page of its term."""
    context = chrome.new_context(java_script_enabled=False, viewport={"width": 390, "height": 300})
    page = context.new_page()
    page.goto(f"{visit_long.base}glossary/#term-yeast")
    row = page.locator("#letter-y")
    expect(row).to_be_in_viewport()
    page.get_by_role("link", name="Yeast").click()

    assert page.url == f"{visit_long.base}glossary/y/"
    expect(page.locator("dt")).to_contain_text("Yeast")
    context.close()


def test_pages_of_a_long_list(visit_long: Visit) -> None:
    """Each page says which letter it is, links to the other letters, and filters its own terms."""
    page = visit_long.open("glossary/")
    assert axe(page) == []
    expect(page.locator("article a.moved")).to_have_text(
        [*TERMS[:6], "Scoring to Starter", "Steam", "Yeast"]
    )
    page.get_by_role("link", name="Scoring to Starter").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Glossary: S 1"))
    expect(page.locator(".letters [aria-current=page]")).to_have_text("S 1")
    expect(page.locator(".sections .is-current")).to_have_text("Glossary")
    assert listed(page) == ["Scoring", "Sourdough", "Starter"]
    assert axe(page) == []
    page.get_by_role("searchbox").fill("star")
    assert listed(page) == ["Starter"]
    page.get_by_role("link", name="Next page").click()
    page.wait_for_url("**/glossary/s-2/")
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link").click()
    page.wait_for_url("**/glossary/")


def test_pages_of_many_topics(visit_long: Visit) -> None:
    """The first page has some topics, and leads to the pages of the others, which lead back."""
    page = visit_long.open("topics/")
    cards = page.locator("article > ul a")
    assert cards.count() == FITS_NOT + 1
    assert axe(page) == []
    name = cards.last.inner_text()
    cards.last.click()

    page.wait_for_url("**/topics/list/2/")
    expect(page.locator(".sections .is-current")).to_have_text("Topics")
    assert name.startswith(cards.first.inner_text())
    assert axe(page) == []
    cards.first.click()
    page.wait_for_url(re.compile(r"/topics/[\w-]+/$"))
    page.go_back()
    page.get_by_role("link", name="Previous page").click()
    page.wait_for_url("**/topics/")


def test_a_random_question_of_a_long_list(visit_long: Visit) -> None:
    """A random question is chosen from one of the pages of the list."""
    page = visit_long.open("")
    page.locator("a.random").click()

    page.wait_for_url(re.compile(r"/topics/[\w-]+/(#|$)"))
    expect(page.locator("h2.is-target")).to_be_in_viewport()
