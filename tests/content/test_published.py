"""The project's built site, whatever its content: every answer is there, no page has a fault."""

from __future__ import annotations

import re

import check_site
import pytest
from playwright.sync_api import Browser
from qna import words
from qna.downloads import pages_of
from support import verbatim
from support.accessibility import axe, open_in_place
from support.harness import ROOT, configuration
from support.sites import SITE_URL, Built, pages, visiting

SETTINGS = configuration()
WORDS = words.words(SETTINGS["theme"]["language"])
PATHS = [path.stem for path in ROOT.glob("docs/paths/*.md") if path.stem != "index"]


@pytest.mark.parametrize("page", ["topic", "question"])
def test_every_answer_is_on_its_pages(site: Built, page: str) -> None:
    """Each question is a heading with its id, and its answer is the text below, word for word."""
    read: dict[str, verbatim.Sections] = {}
    for item in site.data["questions"]:
        url = item["url"] if page == "question" else item["topic_url"].partition("#")[0]
        sections = read.setdefault(url, verbatim.Sections(site.html(url)))
        lost = verbatim.missing(sections, item["id"], item["question"], item["answer"])

        assert not [*lost], item["id"]


def test_every_question_and_topic_has_its_card(site: Built) -> None:
    """Each question and each topic has its own preview card, or that of the site if so set."""
    own = (SETTINGS.get("extra") or {}).get("cards") is not False
    for item in [*site.data["questions"], *site.data["topics"]]:
        card = f"assets/cards/{item['url'].rstrip('/') if own else 'home'}.png"
        assert (site.folder / card).is_file()
        assert f'<meta property="og:image" content="{SITE_URL}{card}">' in site.html(item["url"])


def test_the_home_page_counts(site: Built) -> None:
    """The home page says how many questions and topics there are."""
    html = site.html("")

    assert WORDS.counted("counts.questions", len(site.data["questions"])) in html
    assert WORDS.counted("counts.topics", len(site.data["topics"])) in html


def test_the_site_is_clean(site: Built) -> None:
    """There is no active content, other host or duplicate id, and one level-1 heading per page."""
    assert [*check_site.faults(site.folder)] == []


def test_no_broken_links(mkdocs_site: Built) -> None:
    """LinkChecker finds no broken link under the sub-path."""
    assert check_site.broken_links(mkdocs_site.folder) == ""


def test_engines_agree(mkdocs_site: Built, zensical_site: Built) -> None:
    """Both engines build the same pages, so other tests can use the pages of only one."""
    assert pages(mkdocs_site) == pages(zensical_site)


@pytest.mark.parametrize("name", PATHS)
def test_paths(mkdocs_site: Built, name: str) -> None:
    """Each step of a path is a question with its number and a reason, and leads on from its page."""
    html = mkdocs_site.html(f"paths/{name}/")
    steps = re.findall(r'<h3 class="step" id="([^"]+)"', html)
    whys = re.findall(r'<p class="why"><em class="number">([^<]*)</em> \w', html)

    numbered = range(1, len(steps) + 1)
    assert whys == [WORDS.text("paths.place", number=at, all=len(steps)) for at in numbered]
    assert 0 < len(steps) <= 20
    assert f'<p class="steps">{WORDS.counted("counts.steps", len(steps))}' in html
    for at, step in enumerate(steps):
        question = mkdocs_site.html(f"q/{step}/").partition(f'id="path:{name}">')[2]
        assert f"/#{step}" in question.partition("</a>")[0]
        for other in (*steps[max(0, at - 1) : at], *steps[at + 1 : at + 2]):
            assert f'../{other}/#path:{name}"' in question.partition("</p>")[0]


def test_owner_and_license(site: Built) -> None:
    """Every page says whose content it has, and under which license."""
    for path in pages_of(site.folder):
        html = path.read_text(encoding="utf-8")
        redirects = "redirect.js" in html
        assert redirects or SETTINGS["copyright"] in html, path


def test_axe_on_every_page(mkdocs_site: Built, chrome: Browser) -> None:
    """Axe finds nothing in the main part of any page; the rest is the same on all pages."""
    folder = mkdocs_site.folder
    found = {}
    # A page that is opened in place would have the policy of the first one, not its own.
    with check_site.served(folder) as base, visiting(chrome, base, bypass_csp=True) as visit:
        page = visit.open("")
        for path in pages_of(folder):
            url = path.relative_to(folder).as_posix().removesuffix("index.html")
            open_in_place(page, base + url)
            found[url] = axe(page, "main")

    assert len(found) > len(mkdocs_site.data["questions"]) + len(mkdocs_site.data["topics"])
    assert {url: listed for url, listed in found.items() if listed} == {}
