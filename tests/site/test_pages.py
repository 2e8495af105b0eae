"""Every question and answer of the fixture is on the built pages, with everything around it."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

import check_site
import pytest
from support import verbatim
from support.harness import FIXTURE
from support.sites import REPO_URL, SITE_URL, Built, address, files, pages

SOURCE = (FIXTURE / "docs/_source/questions.md").read_text(encoding="utf-8")
TOPICS = ["flour-and-dough", "rising", "baking", "trouble", "breads-of-the-world"]


def test_data_is_verbatim(site: Built) -> None:
    """questions.json has 5 topics and 25 questions, in order and word for word."""
    asked = [(item["question"], verbatim.plain(item["answer"])) for item in site.data["questions"]]

    assert asked == verbatim.pairs(SOURCE)
    assert len(asked) == 25
    assert [item["id"] for item in site.data["topics"]] == TOPICS
    assert list(site.data) == ["title", "topics", "questions", "sources"]


@pytest.mark.parametrize("page", ["topic", "question"])
def test_answers_are_on_pages(site: Built, page: str) -> None:
    """On both pages, each question is a heading with its id, and its answer is the text below."""
    for item in site.data["questions"]:
        url = item["url"] if page == "question" else item["topic_url"].partition("#")[0]
        sections = verbatim.Sections(site.html(url))

        assert not [*verbatim.missing(sections, item["id"], item["question"], item["answer"])]


def test_a_changed_word_is_detected(mkdocs_site: Built) -> None:
    """The check above can fail: it detects another question, and other words in cells and notes."""
    for name, (part, other) in {
        "windowpane": ("knead on", "knead on and on"),
        "flour-types": ("country loaves", "country cakes"),
        "overproofing": ("good", "bad"),
    }.items():
        item = next(item for item in mkdocs_site.data["questions"] if item["id"] == name)
        sections = verbatim.Sections(mkdocs_site.html(item["url"]))
        changed = item["answer"].replace(part, other)

        assert [*verbatim.missing(sections, name, item["question"], changed)]
        assert [*verbatim.missing(sections, name, "What?", item["answer"])] == ["What?"]


@pytest.mark.parametrize("folder", ["q/{}/", "topics/{}/"])
@pytest.mark.parametrize(
    ("name", "topic", "shown"),
    [
        ("flour-types", "flour-and-dough", '<td align="right">405 mg</td>'),
        ("flour-types", "flour-and-dough", '<td align="center">T45</td>'),
        (
            "hydration",
            "flour-and-dough",
            "<mfrac><mi>w</mi><mi>f</mi></mfrac></math>,</span> in percent",
        ),
        ("dough-temperature", "rising", "<math alttext="),
        ("bakers-percentages", "flour-and-dough", "<li>water <strong>65%</strong></li>"),
        ("bakers-percentages", "flour-and-dough", '<span class="n">flour</span>'),
        ("bakers-percentages", "flour-and-dough", "<code>flour + water</code>"),
        ("sourdough-starter", "rising", "<li>Wait a day in a warm place.</li>"),
        (
            "sourdough-starter",
            "rising",
            '<input aria-label="Done" checked="checked" disabled="disabled"',
        ),
        ("baking-temperature", "baking", '<p class="markdown-alert-title">Warning</p>'),
        ("overproofing", "trouble", '<li id="fn:overproofing-1">'),
        ("overproofing", "trouble", "<s>good</s>"),
    ],
)
def test_content_of_answers(site: Built, folder: str, name: str, topic: str, shown: str) -> None:
    """Tables, formulas, lists, code, tasks, alerts and footnotes are rendered on both pages."""
    html = site.html(folder.format(name if folder.startswith("q") else topic))

    assert shown in html


def leads(site: Built, url: str, text: str) -> list[str]:
    """Return the targets of a page's links with the given text, relative to the site's root."""
    links = re.findall(rf'<a [^>]*?href="([^"]*)"[^>]*>{text}<', site.html(url))
    return [address(url, link) for link in links]


@pytest.mark.parametrize(
    ("url", "text", "leads_to"),
    [
        ("q/dense-crumb-fixes/", "stretches and folds", "q/stretch-and-fold/"),
        ("topics/trouble/", "stretches and folds", "q/stretch-and-fold/"),
        ("topics/flour-and-dough/", "the gluten", "q/gluten/"),
        ("topics/", "the windowpane test", "q/windowpane/"),
    ],
)
def test_links_by_id(site: Built, url: str, text: str, leads_to: str) -> None:
    """A link to a question leads to its page, from an answer and from an introduction."""
    assert leads(site, url, text) == [leads_to]


def test_right_to_left(site: Built) -> None:
    """Arabic runs from right to left on every page, even among questions that do not."""
    name = "كيف-يُخبز-الخبز"

    assert re.search(
        rf'<h1 (?:dir="rtl" id="{name}"|id="{name}" dir="rtl")', site.html(f"q/{name}/")
    )
    assert re.search(r'<p dir="rtl">يُخبز', site.html("topics/breads-of-the-world/"))
    assert 'dir="rtl"' not in site.html("topics/baking/").partition("<article")[2]


@pytest.mark.parametrize(
    ("old", "new"),
    [("folding", "stretch-and-fold"), ("salt", "bakers-percentages")],
    ids=["renamed", "retired"],
)
def test_old_questions(site: Built, old: str, new: str) -> None:
    """The address of a renamed or retired question redirects by itself."""
    refresh = re.search(
        r'<meta http-equiv="refresh" content="0; ?url=([^"]*)"', site.html(f"q/{old}")
    )

    assert refresh
    assert address(f"q/{old}/", refresh[1]) == f"q/{new}/"


@pytest.mark.parametrize(
    ("page", "anchor", "new"),
    [
        ("topics/loaf/", "baking", "topics/baking/"),  # the topic was renamed
        ("topics/loaf/", "steam", "q/steam/"),
        ("topics/rising/", "overproofing", "topics/trouble/#overproofing"),  # moved
        ("topics/trouble/", "salt", "topics/flour-and-dough/#bakers-percentages"),  # retired
    ],
)
def test_old_anchors(site: Built, page: str, anchor: str, new: str) -> None:
    """At the old anchor of a question or topic, a link leads to the new address."""
    below = site.html(page).partition(f'id="{anchor}"')[2]
    link = re.search(r'<a class="moved" href="([^"]*)"', below)

    assert link
    assert address(page, link[1]) == new


def test_an_old_anchor_of_a_question_that_stayed(site: Built) -> None:
    """A question with a new id can still be reached by the old one."""
    html = site.html("topics/rising/")

    assert re.search(r'<h2 id="stretch-and-fold"[^>]*>[^\n]*id="folding"', html)


def test_story_prompts_differ(site: Built) -> None:
    """The placeholder for a personal answer is marked as such and loses its brackets."""
    stories = [item["id"] for item in site.data["questions"] if item["kind"] == "story"]
    html, topic = site.html("q/your-loaf/"), site.html("topics/trouble/")

    assert stories == ["your-loaf"]
    assert 'class="admonition story"' in html
    assert "[Personal answer required" not in html + topic
    assert topic.count('<details class="story"') == 1


def test_answers_are_collapsed_on_topic_pages_only(site: Built) -> None:
    """A topic page collapses its answers, below headings; a question page shows its answer."""
    topic = site.html("topics/baking/")

    assert topic.count("<details") == 5
    assert not re.search(r"<summary[^>]*>(?:(?!</summary>).)*<h\d", topic, re.DOTALL)
    assert "<details" not in re.search(r"<article.*</article>", site.html("q/steam/"), re.DOTALL)[0]


def test_related_questions(site: Built) -> None:
    """Each question page links to 3 to 5 others, and near-duplicates link to each other."""
    pairs = [("steam", "steam-at-home"), ("dense-crumb", "dense-crumb-fixes")]
    for item in site.data["questions"]:
        html = unquote(site.html(item["url"]))
        assert 3 <= len(item["related"]) <= 5
        assert all(f'href="../{name}/"' in html for name in item["related"])
    for one, other in [*pairs, *((b, a) for a, b in pairs)]:
        twins = site.html(f"q/{one}/").partition("Asked another way<")[2].partition("<h2")[0]
        assert f'href="../{other}/"' in twins


def test_concept_links(site: Built) -> None:
    """Answers link to the questions that explain their concepts: at most four, never themselves."""
    linked = 0
    for item in site.data["questions"]:
        answer = re.search(
            r'<div class="admonition (?:answer|story)">.*?</div>', site.html(item["url"]), re.DOTALL
        )
        assert answer
        links = re.findall(r'<a href="\.\./([^"]+)/"', answer[0])
        assert len(links) <= 4
        assert item["id"] not in links
        assert len(set(links)) == len(links)
        linked += bool(links)
    assert linked == 16


def test_acronyms_have_tooltips(site: Built) -> None:
    """An acronym in an answer has its expansion as a tooltip."""
    expected = (
        '<abbr title="Desired Dough Temperature. The temperature that dough should have after'
        ' kneading.">DDT</abbr>'
    )

    assert expected in site.html("q/dough-temperature/")
    assert expected in site.html("topics/rising/")


def test_neighbors(site: Built) -> None:
    """Previous and next follow the source, across topics, on topic and question pages."""
    for folder, names in (
        ("q", [item["id"] for item in site.data["questions"]]),
        ("topics", [item["id"] for item in site.data["topics"]]),
    ):
        for before, name, after in zip([None, *names], names, [*names[1:], None], strict=False):
            pager = site.html(f"{folder}/{name}/").partition('<nav class="pager"')[2]
            found = re.findall(r'rel="(prev|next)" href="\.\./([^"]+)/"', unquote(pager))
            assert found == [
                *([("prev", before)] if before else []),
                *([("next", after)] if after else []),
            ]


def test_navigation_follows_the_source(site: Built) -> None:
    """The sidebar lists the topics in order, or on a question page the questions of its topic."""
    topics = [item["url"] for item in site.data["topics"]]
    beside = [item["url"] for item in site.data["questions"] if item["topic"] == "baking"]
    on_question = sidebar(site, "q/scoring/")

    assert sidebar(site, "topics/rising/") == ["topics/", *topics]
    assert on_question == ["topics/", "topics/baking/", *beside]


def test_other_questions_have_short_titles(site: Built) -> None:
    """The sidebar and the pager show short titles; a page's own heading is its question."""
    html = site.html("q/dense-crumb/")
    pager = html.partition('<nav class="pager"')[2]

    assert "<bdi>When bread is done</bdi>" in pager
    assert "<bdi>Remedies for a dense crumb</bdi>" in pager
    assert ">Remedies for a dense crumb</a>" in html.partition('<nav class="sidebar"')[2]
    assert re.search(r"<h1 [^>]*>Why is my crumb so dense\?", html)


def sidebar(site: Built, url: str) -> list[str]:
    """Return the targets of the links in a page's sidebar, relative to the site's root."""
    html = site.html(url).partition('<nav class="sidebar"')[2].partition("</nav>")[0]
    return [address(url, link) for link in re.findall(r'href="([^"]*)"', html)]


def test_sitemap_lists_questions(site: Built) -> None:
    """Question pages are not in the navigation, but in the sitemap with their absolute address."""
    sitemap = (site.folder / "sitemap.xml").read_text(encoding="utf-8")

    for item in site.data["questions"]:
        assert f"<loc>{SITE_URL}{quote(item['url'])}</loc>" in sitemap


def test_the_engines_have_no_search(site: Built) -> None:
    """The site has its own search; the engines show no search box and write no index of it."""
    html = site.html("about/")

    assert html.count('class="search-box"') == 1
    assert "__search" not in html
    assert not (site.folder / "search/search_index.json").exists()
    if site.engine == "zensical":  # writes the file, but without entries
        index = json.loads((site.folder / "search.json").read_text(encoding="utf-8"))
        assert index["items"] == []


def test_search_box_has_repository_and_examples(site: Built) -> None:
    """The search box of each page has the repository and the examples to try."""
    for path in ("index.html", "q/steam/index.html", "404.html"):
        html = unescape((site.folder / path).read_text(encoding="utf-8"))
        assert f'<a class="repository" href="{REPO_URL}"' in html
        assert re.search(r'data-examples="[^"|]+\|[^"]+"', html)


def test_glossary(site: Built) -> None:
    """The glossary expands acronyms and links to the questions that explain them."""
    html = site.html("glossary/")
    entry = html.partition('id="term-ddt"')[2].partition("<dt")[0]

    assert "Desired Dough Temperature" in entry
    assert 'href="../q/dough-temperature/"' in entry


def test_site_is_clean(site: Built) -> None:
    """There is no active content, other host or duplicate id, and one level-1 heading per page."""
    assert list(check_site.faults(site.folder)) == []


def test_check_site_finds_faults(mkdocs_site: Built, tmp_path: Path) -> None:
    """The check above can fail: it finds scripts, other hosts, duplicate ids and missing pages."""
    page = tmp_path / "index.html"
    page.write_text(
        '<article><h1 id="a">x</h1><p id="a" onclick="x()">y</p><script src="https://e.org/x">'
        "</script></article>",
        encoding="utf-8",
    )
    (tmp_path / "questions.json").write_text(json.dumps(mkdocs_site.data), encoding="utf-8")
    found = "\n".join(check_site.faults(tmp_path))

    for fault in (
        "'a' is used 2 times",
        "onclick",
        "<script>",
        "another host",
        "no page for question",
    ):
        assert fault in found


def test_no_broken_links(mkdocs_site: Built) -> None:
    """LinkChecker finds no broken link under the sub-path."""
    assert check_site.broken_links(mkdocs_site.folder) == ""


def test_404_links_into_the_site(site: Built) -> None:
    """The 404 page links into the site from any address where it is shown."""
    html = (site.folder / "404.html").read_text(encoding="utf-8")

    assert f'href="{check_site.MOUNT}q/"' in html


def test_pages_for_authors_are_apart(site: Built) -> None:
    """The footer of each page leads to the pages for authors; the sections in the bar do not."""
    for url in ("", "topics/rising/", "authors/"):
        html = site.html(url)
        sections = html.partition('<nav class="sections"')[2].partition("</nav>")[0]
        footer = html.partition('<footer class="footer">')[2]

        assert "For authors" not in sections
        assert (
            address(url, re.findall(r'<a href="([^"]*)">For authors</a>', footer)[0]) == "authors/"
        )


def test_home_page_shows_an_answer(site: Built) -> None:
    """The home page has one question with its whole answer, as an example of all."""
    (example,) = (item for item in site.data["questions"] if item["id"] == "steam")
    _, _, after = site.html("").partition('<div class="admonition answer">')
    shown = verbatim.words(re.sub(r"<[^>]*>", "", unescape(after.partition("</div>")[0])))

    for text in [*verbatim.passages(example["question"]), *verbatim.passages(example["answer"])]:
        assert text in shown


def test_engines_agree(mkdocs_site: Built, zensical_site: Built) -> None:
    """Both engines build the same pages, except for blanks and the spelling of relative addresses.

    All other files that a page may load have the same bytes.

    So most browser tests use the pages of one engine, and only the most important ones use both.
    """
    assert pages(mkdocs_site) == pages(zensical_site)
    assert files(mkdocs_site) == files(zensical_site)
