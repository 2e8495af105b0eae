"""The project's built site: every answer is on it word for word, and no page has a fault."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import check_site
import pytest
from playwright.sync_api import Browser
from qna.wording import READING_SPEED, counted
from support import verbatim
from support.accessibility import axe
from support.harness import ROOT
from support.sites import SITE_URL, Built, pages, visiting, weight

NOTES_VIEW = 60_000
"""Bytes over the network of a question with a formula and a figure."""
FIRST_VIEW = 36_000
"""Bytes over the network, like the lightest comparable site; Material's default takes 89,000."""
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
    """Each question and each topic has its own preview card."""
    for item in [*site.data["questions"], *site.data["topics"]]:
        card = f"assets/cards/{item['url'].rstrip('/')}.png"
        assert (site.folder / card).is_file()
        assert f'<meta property="og:image" content="{SITE_URL}{card}">' in site.html(item["url"])


def test_the_home_page_counts(site: Built) -> None:
    """The home page says how many questions and topics there are."""
    html = site.html("")

    assert counted(len(site.data["questions"]), "question") in html
    assert counted(len(site.data["topics"]), "topic") in html


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

    assert whys == [f"Step {at} of {len(steps)}" for at in range(1, len(steps) + 1)]
    assert 0 < len(steps) <= 20
    assert f'<p class="steps">{counted(len(steps), "step")}, ' in html
    for at, step in enumerate(steps):
        question = mkdocs_site.html(f"q/{step}/").partition(f'id="path:{name}">')[2]
        assert f"/#{step}" in question.partition("</a>")[0]
        for other in (*steps[max(0, at - 1) : at], *steps[at + 1 : at + 2]):
            assert f'../{other}/#path:{name}"' in question.partition("</p>")[0]


def test_the_list_of_paths(mkdocs_site: Built) -> None:
    """The list has every path, and says at what speed its reading times assume people read."""
    html = mkdocs_site.html("paths/")

    assert len(re.findall(r"<em data-steps=", html)) == len(PATHS)
    assert f"{READING_SPEED} words a minute" in html


def test_owner_and_license(site: Built) -> None:
    """Every page says whose content it has, and under which license."""
    for path in site.folder.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        redirects = "redirect.js" in html
        assert redirects or "answers belong to their author. © 2026" in html, path


def test_axe_on_every_page(mkdocs_site: Built, chrome: Browser) -> None:
    """Axe finds nothing in the main part of any page; the rest is the same on all pages."""
    folder = mkdocs_site.folder
    found = {}
    with check_site.served(folder) as base, visiting(chrome, base) as visit:
        for path in sorted(folder.rglob("*.html")):
            url = path.relative_to(folder).as_posix().removesuffix("index.html")
            found[url] = axe(visit.open(url), "main")

    assert len(found) > len(mkdocs_site.data["questions"]) + len(mkdocs_site.data["topics"])
    assert {url: listed for url, listed in found.items() if listed} == {}


def test_first_view_of_the_heaviest_notes(mkdocs_site: Built, chrome: Browser) -> None:
    """Even with the longest notes, with formulas and figures, a question is light."""
    folder = mkdocs_site.folder
    sizes = {
        item["url"]: weight(folder / item["url"] / "index.html")
        for item in mkdocs_site.data["questions"]
    }
    with check_site.served(folder) as base:
        for url in sorted(sizes, key=lambda url: sizes[url])[-5:]:
            asked: set[str] = set()
            with visiting(chrome, base) as visit:
                visit.page.on(
                    "request", lambda request, asked=asked: asked.add(urlsplit(request.url).path)
                )
                visit.open(url).wait_for_load_state("networkidle")
            names = [path.removeprefix(check_site.MOUNT) for path in asked]
            files = [folder / name / ("index.html" if name == url else "") for name in names]
            assert sum(map(weight, files)) <= NOTES_VIEW, url


def test_first_view_of_the_heaviest_topic(mkdocs_site: Built, chrome: Browser) -> None:
    """Even the heaviest topic is within the limit for a first view."""
    sizes = Counter(
        {
            item["url"]: weight(mkdocs_site.folder / item["url"] / "index.html")
            for item in mkdocs_site.data["topics"]
        }
    )
    [(heaviest, _)] = sizes.most_common(1)
    asked: set[str] = set()
    with check_site.served(mkdocs_site.folder) as base, visiting(chrome, base) as visit:
        visit.page.on("request", lambda request: asked.add(urlsplit(request.url).path))
        visit.open(heaviest).wait_for_load_state("networkidle")
    files = (_file(mkdocs_site.folder / path.removeprefix(check_site.MOUNT)) for path in asked)

    assert sum(map(weight, files)) <= FIRST_VIEW


def _file(path: Path) -> Path:
    return path / "index.html" if path.is_dir() else path


def test_search_is_light(mkdocs_site: Built) -> None:
    """The files that a first search loads take at most 56 kB compressed, and its places 15 kB."""
    folder = mkdocs_site.folder
    loaded = [*(folder / "assets").glob("search-*"), folder / "search/data.json"]

    assert len(loaded) == 4
    assert sum(len(gzip.compress(path.read_bytes(), 6)) for path in loaded) <= 56_000
    assert len(gzip.compress((folder / "search/places.json").read_bytes(), 6)) <= 15_000
