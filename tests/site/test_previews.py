"""Pages as crawlers read them, without scripts: tags, preview cards and Markdown twins."""

from __future__ import annotations

import re
import shutil
import struct
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from qna import downloads
from support import verbatim
from support.sites import (
    COMMANDS,
    DOWNLOADS,
    REPO_URL,
    SITE_URL,
    Built,
    build,
    copy_project,
    pages,
    run,
)


def tags(html: str) -> dict[str, str]:
    """Return the metadata in the head of a page."""
    head = html.partition("</head>")[0]
    given = re.findall(r'<meta((?: (?:name|property)="[^"]+")+) content="([^"]*)"', head)
    found = [(name, text) for names, text in given for name in re.findall('"([^"]+)"', names)]
    links = re.findall(r'<link rel="(canonical)" href="([^"]*)"', head)
    title = re.search(r"<title>(.*?)</title>", head, re.DOTALL)
    assert title
    return {name: unescape(value) for name, value in [*found, *links, ("title", title[1])]}


def test_question_pages_preview_their_answer(site: Built) -> None:
    """Each question has its own title, its full answer as description, and its own image."""
    images = set()
    for item in site.data["questions"]:
        said = tags(site.html(item["url"]))
        shown = " ".join(filter(None, (item.get("note", {}).get("mark"), item["text"])))

        assert all(part in shown for part in verbatim.passages(item["answer"]))
        assert said["title"].startswith(item["question"])
        assert said["og:title"] == item["question"]
        assert said["description"] == said["og:description"] == shown
        assert said["canonical"] == said["og:url"] == SITE_URL + quote(item["url"])
        assert said["twitter:card"] == "summary_large_image"
        card = SITE_URL + quote(f"assets/cards/q/{item['id']}.png")
        assert said["og:image"] == card
        images.add(said["og:image"])
        assert_card(site, said["og:image"])
    assert len(images) == 25


def test_topics_paths_and_home_have_previews(site: Built) -> None:
    """Topics and paths have their own images; the home page and all others have the site's image."""
    paths = ("paths/first-loaf/", "paths/sourdough/", "paths/rescue/")
    images = set()
    for url in (*(topic["url"] for topic in site.data["topics"]), *paths):
        said = tags(site.html(url))
        assert said["og:image:alt"] == said["og:title"]
        assert_card(site, said["og:image"])
        images.add(said["og:image"])
    assert len(images) == 8
    for url in ("", "glossary", "about", "paths"):
        said = tags(site.html(url))
        assert said["og:image"] == f"{SITE_URL}assets/cards/home.png"
        assert said["og:image:alt"] == "Bread Q&A"
    assert_card(site, f"{SITE_URL}assets/cards/home.png")


def assert_card(site: Built, address: str) -> None:
    """Assert that an address is absolute and leads to a PNG of 1200 by 630 pixels on the site."""
    assert address.startswith(SITE_URL)
    data = (site.folder / unquote(address.removeprefix(SITE_URL))).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == (1200, 630)


@pytest.mark.parametrize("engine", COMMANDS)
def test_no_absolute_addresses_without_site_url(tmp_path: Path, engine: str) -> None:
    """Without SITE_URL, no tag guesses an address; without REPO_URL, no link leads to a forge."""
    project = copy_project(tmp_path)
    site = build(engine, project, SITE_URL="", REPO_URL="")
    html = (site / "q/steam/index.html").read_text(encoding="utf-8")

    assert not {"canonical", "og:url", "og:image"} & set(tags(html))
    assert not re.search("https?:", re.sub(r'xmlns="[^"]*"', "", html))


@pytest.mark.parametrize(
    ("program", "site_url", "repository_url"),
    [
        ("engine", "HTTPS://Example.org:443/deep-learning-qa", "git@github.com:example/{}.git"),
        ("engine", " example.org/deep-learning-qa// ", "https://me:x@GitHub.com/example/{}/"),
        ("zensical", SITE_URL.rstrip("/"), REPO_URL),
    ],
)
def test_common_forms_of_addresses(
    program: str, site_url: str, repository_url: str, zensical_site: Built, tmp_path: Path
) -> None:
    """Whatever the form of SITE_URL and REPO_URL, Zensical makes the same pages, as does MkDocs."""
    project = copy_project(tmp_path)
    # Files to take along are made again if the address in them is not the same.
    made = zensical_site.folder.parent / "docs" / downloads.FOLDER
    shutil.copytree(made, project / "docs" / downloads.FOLDER)
    split, _, engine, publish = COMMANDS["zensical"]
    if program == "engine":
        engine = ["python", "scripts/engine.py", *engine]
    for command in (split, DOWNLOADS, engine, publish):
        done = run(
            command, project, SITE_URL=site_url, REPO_URL=repository_url.format("deep-learning-qa")
        )
        assert done.returncode == 0, done.stdout + done.stderr

    assert pages(Built("zensical", project / "site", {})) == pages(zensical_site)


@pytest.mark.parametrize("engine", COMMANDS)
@pytest.mark.parametrize("variable", ["SITE_URL", "REPO_URL"])
def test_useless_address(engine: str, variable: str, tmp_path: Path) -> None:
    """A build without a usable address ends with one sentence, before the engine starts."""
    project = copy_project(tmp_path)
    done = run(["python", "scripts/engine.py", *COMMANDS[engine][2]], project, **{variable: "yes"})

    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(
        rf"error: {variable}=yes is not an address on the web; set it as in {variable}=https:.*\n",
        done.stderr,
    )
    assert not (project / "site").exists()


def test_forge_links(site: Built) -> None:
    """With REPO_URL, a question links to the editor at its line and to an issue with its title."""
    lines = (site.folder.parent / "docs/_source/questions.md").read_text("utf-8").split("\n")
    html = site.html("q/windowpane/")
    line = re.search(rf'"{REPO_URL}/edit/HEAD/docs/_source/questions\.md#L(\d+)"', html)

    assert line
    assert lines[int(line[1]) - 1] == "*   **What is the windowpane test?**"
    assert f'"{REPO_URL}/issues/new?title=Mistake%20in%20windowpane"' in html


def test_twins(site: Built) -> None:
    """Each topic and question has a Markdown twin with its answers, and llms.txt lists them."""
    listing = (site.folder / "llms.txt").read_text(encoding="utf-8")
    for item in site.data["questions"]:
        twin = (site.folder / item["url"] / "index.md").read_text(encoding="utf-8")
        topic = (site.folder / item["topic_url"].split("#")[0] / "index.md").read_text()
        answer = re.sub(r"\(#([\w-]+)\)", r"(../../q/\1/index.md)", item["answer"])
        mark = item.get("note", {}).get("mark", "")
        assert f"# {item['question']}\n\n{mark}{mark and chr(10) * 2}{answer}\n" in twin
        assert f"## {item['question']}\n\n{mark}{mark and chr(10) * 2}{answer}\n" in topic
        assert f"({item['url']}index.md): {mark}{mark and ' '}{item['text']}\n" in listing
        for link in re.findall(r"\]\(([^)]+)\)", twin):
            assert (site.folder / item["url"] / link).exists()
    for link in re.findall(r"\]\(([^)]+)\):", listing):
        assert (site.folder / link).is_file()
