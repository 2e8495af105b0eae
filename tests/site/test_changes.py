"""What the site says about changes: on pages, in the sitemap, in the data and in feeds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import atom
from support.sites import (
    COMMANDS,
    SITE_URL,
    Built,
    Visit,
    address,
    build,
    copy_project,
    digests,
    run,
    take_source,
)

GLUTEN, FLOUR, FERMENTATION, UNDATED = "gluten", "flour-types", "fermentation", "windowpane"
TELLS = {
    GLUTEN: [("Added on 2 March 2026", "2026-03-02")],
    FLOUR: [
        ("Added on 2 March 2026", "2026-03-02"),
        ("Reworded on 4 May 2026", "2026-05-04"),
        ("Answer changed on 8 September 2026", "2026-09-08"),
    ],
    FERMENTATION: [("Answer changed on 28 November 2026", "2026-11-28")],
    UNDATED: [],
}
FEED = re.compile(
    r'<link rel="alternate" type="application/atom\+xml" href="([^"]*)" title="([^"]*)">'
)


def told(html: str) -> list[tuple[str, str]]:
    """Return what a page says about changes, each with its date for programs."""
    line = re.search(r'<p class="history">(.*?)</p>', html, re.DOTALL)
    events = re.findall(r"<span>(.*?)</span>", line[1] if line else "", re.DOTALL)
    return [
        (re.sub("<[^>]*>", "", event), found[1])
        for event in events
        if (found := re.search(r'<time datetime="([^"]*)">', event))
    ]


@pytest.mark.parametrize("name", TELLS)
def test_question_pages(site: Built, name: str) -> None:
    """A question's page says when it was added and changed, as far as that is known."""
    assert told(site.html(f"q/{name}/")) == TELLS[name]


def test_the_line_is_below_the_answer(same_tab: Visit) -> None:
    """It is on one line below the answer, above the buttons, and not larger than those."""
    page = same_tab.open(f"q/{FLOUR}/")
    line, answer = page.locator("p.history"), page.locator(".admonition.answer")
    tops = [place.bounding_box() for place in (answer, line, page.locator(".actions"))]

    assert all(tops)
    assert [box["y"] for box in tops if box] == sorted(box["y"] for box in tops if box)
    assert line.evaluate("line => parseFloat(getComputedStyle(line).fontSize)") <= 14
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_sitemap(site: Built) -> None:
    """Pages of questions with a date have it, those of topics the newest of their questions."""
    sitemap = (site.folder / "sitemap.xml").read_text(encoding="utf-8")
    pattern = rf"<url><loc>{SITE_URL}([^<]*)</loc>(?:<lastmod>([^<]*)</lastmod>)?</url>"
    days = dict(re.findall(pattern, sitemap))

    assert {name: days[f"q/{name}/"] for name in TELLS} == {
        GLUTEN: "2026-03-02",
        FLOUR: "2026-09-08",
        FERMENTATION: "2026-11-28",
        UNDATED: "",
    }
    assert days["topics/flour-and-dough/"] == "2026-09-08"
    assert days["topics/rising/"] == "2026-11-28"
    assert days["topics/breads-of-the-world/"] == ""
    assert days[""] == days["about/"] == ""


def test_data(site: Built) -> None:
    """`questions.json` has the dates, and leaves out unknown ones."""
    fields = ("revision", "added", "changed", "changes")
    items = {item["id"]: item for item in site.data["questions"]}
    found = {name: {key: items[name].get(key) for key in fields} for name in TELLS}

    assert [*found[FLOUR].values()] == [
        *(3, "2026-03-02", "2026-09-08"),
        {"question": "2026-05-04", "answer": "2026-09-08"},
    ]
    assert [*found[GLUTEN].values()] == [1, "2026-03-02", None, None]
    assert [*found[UNDATED].values()] == [1, None, None, None]
    assert not {"added", "changed", "changes"} & items[UNDATED].keys()


def test_feeds(site: Built) -> None:
    """There is a feed of the site and one of each topic, with absolute addresses."""
    urls = ["", *(topic["url"] for topic in site.data["topics"])]
    found = {
        url: atom.read((site.folder / url / "feed.xml").read_text(encoding="utf-8")) for url in urls
    }

    assert [(entry.title, entry.updated[:10]) for entry in found[""].entries] == [
        ("Answer changed: What happens during fermentation?", "2026-11-28"),
        ("Answer changed: What do the numbers on a bag of flour mean?", "2026-09-08"),
        ("New: How often do you feed a starter?", "2026-09-08"),
        ("Reworded: Why is bread scored before baking?", "2026-09-08"),
        ("New: What is gluten?", "2026-03-02"),
        ("New: Tell about a loaf that you are proud of.", "2026-01-15"),
    ]
    for url, feed in found.items():
        assert (feed.own, feed.page) == (f"{SITE_URL}{url}feed.xml", f"{SITE_URL}{url}")
    assert len(found["topics/flour-and-dough/"].entries) == 2
    assert found["topics/breads-of-the-world/"].entries == ()


def test_feeds_are_found(site: Built, visit: Visit) -> None:
    """The home page and the pages of topics name their feeds for programs and readers."""
    named = {url: FEED.findall(site.html(url)) for url in ("", "topics/rising/", "paths/rescue/")}

    assert [(address(url, link), title) for url, [(link, title)] in [*named.items()][:2]] == [
        ("feed.xml", "Atom feed of all changes"),
        ("topics/rising/feed.xml", "Atom feed of this topic"),
    ]
    assert named["paths/rescue/"] == []
    for url in ("", "topics/rising/", f"q/{GLUTEN}/", "paths/rescue/"):
        for link in visit.open(url).locator(".footer a[href$='feed.xml']").all():
            answer = visit.page.request.get(str(link.evaluate("link => link.href")))
            assert atom.read(answer.text()).entries


SOURCE = """\
# Networks

### **1. Training** {#training}
*   **What is dropout?** {#dropout}
    - It switches units off at random.

*   **What is pooling?** {#pooling}
    - It makes maps smaller.
"""
DAYS = {"SOURCE_DATE_EPOCH": "1772409600"}, {"SOURCE_DATE_EPOCH": "1795824000"}
"""2 March and 28 November 2026."""


@pytest.mark.parametrize("engine", COMMANDS)
def test_edited_on_the_forge(engine: str, tmp_path: Path) -> None:
    """An answer that nobody has recorded since has no date anywhere, on whatever day it is built."""
    project = copy_project(tmp_path / "one")
    take_source(project, SOURCE)
    (project / "package.json").write_text("{}")
    assert run(["python", "scripts/split.py"], project, **DAYS[0]).returncode == 0
    source = project / "docs/_source/questions.md"
    source.write_text(SOURCE.replace(" at random", ""), encoding="utf-8")
    made = []
    for day in DAYS:
        site = build(engine, project, **day)
        done = run(["python", "scripts/split.py", "--check"], project, **day)
        assert done.returncode == 0, done.stdout + done.stderr
        made.append(digests(site))
    pages = [(site / f"q/{name}/index.html").read_text("utf-8") for name in ("dropout", "pooling")]
    entries = atom.read((site / "feed.xml").read_text(encoding="utf-8")).entries

    assert made[0] == made[1]
    assert [told(page) for page in pages] == [[], [("Added on 2 March 2026", "2026-03-02")]]
    assert [entry.url for entry in entries] == [f"{SITE_URL}q/pooling/"]
    assert (site / "sitemap.xml").read_text("utf-8").count("<lastmod>") == 1


@pytest.mark.parametrize("engine", COMMANDS)
def test_without_an_address(engine: str, tmp_path: Path) -> None:
    """A feed needs the site's address: without one, there is none, and no link to one."""
    project = copy_project(tmp_path)
    take_source(project, SOURCE)
    site = build(engine, project, SITE_URL="")
    pages = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]

    assert not list(site.rglob("feed.xml"))
    assert not [page for page in pages if "feed.xml" in page]


@pytest.mark.parametrize("engine", COMMANDS)
def test_german(engine: str, tmp_path: Path) -> None:
    """The line and the feed are in the language of the site."""
    project = copy_project(tmp_path)
    take_source(project, SOURCE)
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("language: en", "language: de"))
    assert run(["python", "scripts/split.py"], project, **DAYS[1]).returncode == 0
    site = build(engine, project, **DAYS[1])
    html = (site / "q/dropout/index.html").read_text(encoding="utf-8")
    feed = atom.read((site / "feed.xml").read_text(encoding="utf-8"))

    assert told(html) == [("Hinzugefügt am 28. November 2026", "2026-11-28")]
    assert (feed.language, feed.entries[0].title) == ("de", "Neu: What is dropout?")
