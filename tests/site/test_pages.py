"""Every question and answer of the source is on the built pages, character for character."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import check_site
import pytest
from conftest import REPO_URL, ROOT, SITE_URL, Built

SOURCE = ROOT / "docs/_source/questions.md"


def source_pairs() -> list[tuple[str, str]]:
    """Read questions and answers off the source with two patterns that share nothing with qna."""
    text = SOURCE.read_text(encoding="utf-8")
    return re.findall(r"^\*   \*\*(.+)\*\*\n    - (.+)$", text, re.MULTILINE)


class Sections(HTMLParser):
    """The text that follows each heading with an id, up to the next heading."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: dict[str, list[str]] = {}
        self.titles: dict[str, list[str]] = {}
        self._id = ""
        self._in_heading = self._in_icon = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in {"h1", "h2"}:
            self._id, self._in_heading = values.get("id") or "", True
            self.texts[self._id], self.titles[self._id] = [], []
        self._in_icon |= tag == "a" and values.get("class") == "headerlink"

    def handle_endtag(self, tag: str) -> None:
        self._in_heading &= tag not in {"h1", "h2"}
        self._in_icon &= tag != "a"

    def handle_data(self, data: str) -> None:
        if self._id and not self._in_icon:
            (self.titles if self._in_heading else self.texts)[self._id].append(data)

    def title(self, name: str) -> str:
        return "".join(self.titles[name]).strip()

    def text(self, name: str) -> str:
        return " ".join("".join(self.texts[name]).split())


def test_source_is_whole() -> None:
    """The patterns above see all of the source, or the tests below would prove too little."""
    assert len(source_pairs()) == 98


def test_data_is_verbatim(site: Built) -> None:
    """questions.json has 20 topics and 98 questions, in order, in the source's own words."""
    asked = [(item["question"], item["answer"]) for item in site.data["questions"]]

    assert asked == source_pairs()
    assert len(site.data["topics"]) == 20
    assert list(site.data) == ["title", "topics", "questions"]


@pytest.mark.parametrize("page", ["topic", "question"])
def test_answers_are_on_pages(site: Built, page: str) -> None:
    """Each question is a heading with its id, its answer the text below, on both pages."""
    cached: dict[str, Sections] = {}
    for item, (question, answer) in zip(site.data["questions"], source_pairs(), strict=True):
        url = item["url"] if page == "question" else item["topic_url"].split("#")[0]
        sections = cached.setdefault(url, Sections(site.html(url)))
        shown = answer[1:-1] if answer.startswith("[Personal") else answer

        assert sections.title(item["id"]) == question
        assert shown in sections.text(item["id"])


def test_story_prompts_differ(site: Built) -> None:
    """The three answers only a reader can give are marked as such and lose their brackets."""
    stories = [item for item in site.data["questions"] if item["kind"] == "story"]

    assert len(stories) == 3
    for item in stories:
        html = site.html(item["url"])
        assert 'class="admonition story"' in html
        assert "[Personal answer required" not in html
        assert '<details class="story"' in site.html(item["topic_url"].split("#")[0])


def test_answers_are_collapsed_on_topic_pages_only(site: Built) -> None:
    """A topic page collapses its answers, below headings; a question page shows its answer."""
    topic = site.html("topics/regularization/")

    assert topic.count("<details") == 5
    assert not re.search(r"<summary[^>]*>(?:(?!</summary>).)*<h\d", topic, re.DOTALL)
    assert (
        "<details" not in re.search(r"<article.*</article>", site.html("q/dropout/"), re.DOTALL)[0]
    )


def test_related_questions(site: Built) -> None:
    """Each question page leads to 3 to 5 others, and near-duplicates name each other."""
    pairs = [
        ("activation-functions", "activation-function-purpose"),
        ("dropout", "dropout-in-practice"),
        ("vanishing-gradient", "vanishing-gradient-fixes"),
        ("embeddings", "word-embeddings"),
        ("batch-normalization", "why-batch-norm"),
        ("attention", "attention-bert-gpt"),
    ]
    for item in site.data["questions"]:
        html = site.html(item["url"])
        assert 3 <= len(item["related"]) <= 5
        assert all(f'href="../{name}/"' in html for name in item["related"])
    for one, other in [*pairs, *((b, a) for a, b in pairs)]:
        twins = site.html(f"q/{one}/").partition("Asked another way<")[2].partition("<h2")[0]
        assert f'href="../{other}/"' in twins


def test_concept_links(site: Built) -> None:
    """Answers link to the questions that explain their concepts: never themselves, four at most."""
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
    assert linked > 80


def test_acronyms_have_tooltips(site: Built) -> None:
    """An acronym in an answer says what it stands for."""
    assert '<abbr title="Intersection over Union">IoU</abbr>' in site.html("q/evaluation-metrics/")


def test_neighbours(site: Built) -> None:
    """Previous and next follow the source, across topics, on topic and on question pages."""
    for folder, names in (
        ("q", [item["id"] for item in site.data["questions"]]),
        ("topics", [item["id"] for item in site.data["topics"]]),
    ):
        for before, name, after in zip([None, *names], names, [*names[1:], None], strict=False):
            pager = site.html(f"{folder}/{name}/").partition('<nav class="pager"')[2]
            assert re.findall(r'rel="(prev|next)" href="\.\./([^"]+)/"', pager) == [
                *([("prev", before)] if before else []),
                *([("next", after)] if after else []),
            ]


def test_navigation_follows_the_source(site: Built) -> None:
    """The sidebar lists the topics in the source's order, beside a question those of its topic."""
    topics = [item["url"] for item in site.data["topics"]]
    beside = [item["url"] for item in site.data["questions"] if item["topic"] == "regularization"]
    on_question = sidebar(site, "q/overfitting/")

    assert sidebar(site, "topics/training/") == ["topics/", *topics]
    assert [url for url in on_question if url.startswith("topics/")] == ["topics/", *topics]
    assert [url for url in on_question if url.startswith("q/")] == beside


def sidebar(site: Built, url: str) -> list[str]:
    """Where the sidebar of a page leads, as addresses below the site's root."""
    html = site.html(url).partition('<nav class="sidebar"')[2].partition("</nav>")[0]
    return [urljoin(f"/{url}", link)[1:] for link in re.findall(r'href="([^"]*)"', html)]


def test_sitemap_lists_questions(site: Built) -> None:
    """Question pages are out of the navigation but in the sitemap, by their absolute address."""
    sitemap = (site.folder / "sitemap.xml").read_text(encoding="utf-8")

    for item in site.data["questions"]:
        assert f"<loc>{SITE_URL}{item['url']}</loc>" in sitemap


def test_the_engines_have_no_search(site: Built) -> None:
    """The search is ours: the engines show no box of theirs and write no index of the site."""
    html = site.html("about/")

    assert html.count('class="search-box"') == 1
    assert "__search" not in html
    assert not (site.folder / "search/search_index.json").exists()
    if site.engine == "zensical":  # which writes the file, but no longer anything into it
        index = json.loads((site.folder / "search.json").read_text(encoding="utf-8"))
        assert index["items"] == []


def test_what_the_search_knows_of_the_site(site: Built) -> None:
    """The repository and what to try stand on the search box of every page."""
    for path in ("index.html", "q/dropout/index.html", "404.html"):
        html = unescape((site.folder / path).read_text(encoding="utf-8"))
        assert f'data-repository="{REPO_URL}"' in html
        assert re.search(r'data-examples="[^"|]+\|[^"]+"', html)


def test_glossary(site: Built) -> None:
    """The glossary expands acronyms and leads to the questions that explain them."""
    html = site.html("glossary/")
    entry = html.partition('id="term-smote"')[2].partition("<dt")[0]

    assert "Synthetic Minority Over-sampling Technique" in entry
    assert 'href="../q/imbalanced-data/"' in entry


def test_site_is_clean(site: Built) -> None:
    """No active content, no foreign host, no id twice, one level-1 heading a page."""
    assert list(check_site.faults(site.folder)) == []


def test_check_site_sees_faults(mkdocs_site: Built, tmp_path: Path) -> None:
    """The check above can fail: script, foreign image, double id and a lost answer are found."""
    page = tmp_path / "index.html"
    page.write_text(
        '<article><h1 id="a">x</h1><p id="a" onclick="x()">y</p><script src="https://e.org/x">'
        "</script></article>",
        encoding="utf-8",
    )
    (tmp_path / "questions.json").write_text(json.dumps(mkdocs_site.data), encoding="utf-8")
    found = "\n".join(check_site.faults(tmp_path))

    for fault in (
        "'a' stands 2 times",
        "onclick",
        "<script>",
        "another host",
        "no page for question",
    ):
        assert fault in found


def test_links_lead(mkdocs_site: Built) -> None:
    """LinkChecker finds every link and every anchor under the sub-path."""
    assert check_site.broken_links(mkdocs_site.folder) == ""


def test_404_leads_on(site: Built) -> None:
    """The page for lost readers links into the site from wherever it is shown."""
    html = (site.folder / "404.html").read_text(encoding="utf-8")

    assert f'href="{check_site.MOUNT}q/"' in html


def test_engines_agree(mkdocs_site: Built, zensical_site: Built) -> None:
    """Both engines build the same pages, but for blanks and the spelling of relative addresses.

    So what a browser does with them is tried on one engine's pages, but for the most important.
    """
    assert _pages(mkdocs_site) == _pages(zensical_site)


def _pages(site: Built) -> dict[str, list[str]]:
    paths = sorted(path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*.html"))
    return {path: _parts((site.folder / path).read_text(encoding="utf-8"), path) for path in paths}


def _parts(html: str, path: str) -> list[str]:
    """Cut a page into tags and texts, without blanks, every address from the site's root.

    The engines bring icons of other versions, and 404.html its root with and without a slash.
    """

    def resolved(match: re.Match[str]) -> str:
        url = urljoin(f"/{path}", match[2]).replace("/index.html", "/")
        return f'{match[1]}="{url}"'

    plain = re.sub("<svg.*?</svg>", "", unescape(html), flags=re.DOTALL)
    spelled = re.sub(r'\b(href|src)="([^"]*)"', resolved, plain)
    rooted = spelled.replace(f'"{check_site.MOUNT}"', f'"{check_site.MOUNT[:-1]}"')
    parts = (" ".join(part.split()) for part in re.split(r"(<[^>]*>)", rooted))
    return [part for part in parts if part]
