"""Files that change get another address, and an edit changes few files."""

from __future__ import annotations

import re
import shutil
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

import check_site
import publish
from playwright.sync_api import Browser, expect
from support.sites import COMMANDS, Built, digests, run, visiting

LATEST = "search/latest-2.json"
DATED = {"feed.xml", "sitemap.xml", "sitemap.xml.gz", "topics/flour-and-dough/feed.xml"}
"""Files with the date of the answer, which an edit that is not recorded removes."""


def test_addresses_have_the_version_of_their_content(site: Built, chrome: Browser) -> None:
    """A page and its search load each file by an address of its content, and ask for the latest."""
    served: dict[str, list[str]] = {}

    class Cached(SimpleHTTPRequestHandler):
        """Lets browsers keep files for ten minutes, as GitHub Pages does."""

        def end_headers(self) -> None:
            served.setdefault(urlsplit(self.path).path, []).append(urlsplit(self.path).query)
            self.send_header("Cache-Control", "max-age=600")
            super().end_headers()

    with check_site.served(site.folder, Cached) as address, visiting(chrome, address) as visit:
        for url in ("q/hydration/", "topics/baking/"):
            page = visit.open(url)
            page.keyboard.press("/")
            page.keyboard.type("steam")
            # They come last.
            places = page.get_by_role("group", name="Terms, topics and paths")
            expect(places.get_by_role("option").first).to_be_visible()

    found = {path.removeprefix(check_site.MOUNT): query for path, query in served.items()}
    parts = {path for path in found if re.match(r"(assets/[^/]*$|search/)", path)}
    assert {re.sub(r"\.\w{10}\.", ".", path) for path in parts} == {
        "assets/formulas.css",
        "assets/math-used.woff2",
        "assets/plex-400.woff2",
        "assets/plex-600.woff2",
        "assets/search-dialog.css",
        "assets/search-dialog.js",
        "assets/search-worker.js",
        "assets/site.css",
        "assets/site.js",
        "search/data.json",
        "search/places.json",
        LATEST,
    }
    assert len(found[LATEST]) == 2
    for path in parts - {LATEST}:
        version = sha256((site.folder / path).read_bytes()).hexdigest()[:10]
        assert found[path] == ([""] if f".{version}." in path else [f"v={version}"]), path


def test_every_page_has_versions(site: Built) -> None:
    """No page refers to a script, style or font without its version."""
    for path in site.folder.rglob("*.html"):
        head = path.read_text(encoding="utf-8").partition("</head>")[0]
        for name in re.findall(r'"[^"]*assets/([^"/]*)"', head):
            assert re.search(r"\?v=\w{10}$", name), (path, name)


def test_publishing_twice_changes_nothing(site: Built, tmp_path: Path) -> None:
    """A site that has versions keeps them."""
    copy = shutil.copytree(site.folder, tmp_path / "site")
    publish.publish(copy)

    assert digests(copy) == digests(site.folder)


def test_an_edited_answer_changes_few_files(site: Built, tmp_path: Path) -> None:
    """Another word in an answer changes its own pages and card, and the data, but no other page."""
    project = shutil.copytree(site.folder.parent, tmp_path / "project", symlinks=True)
    source = project / "docs/_source/questions.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(
        text.replace("a net of two proteins", "a mesh of two proteins"), encoding="utf-8"
    )
    for command in COMMANDS[site.engine]:
        done = run(command, project)
        assert done.returncode == 0, done.stdout + done.stderr

    before, after = digests(site.folder), digests(project / "site")
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert changed | DATED == {
        "assets/cards/q/gluten.png",
        "llms.txt",
        "q/gluten/index.html",
        "q/gluten/index.md",
        "questions.json",
        "search/data.json",
        LATEST,
        "topics/flour-and-dough/index.html",
        "topics/flour-and-dough/index.md",
        *DATED,
    }
