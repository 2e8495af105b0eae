"""The project's own site is light, and lists its learning paths."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import check_site
from playwright.sync_api import Browser
from qna.wording import READING_SPEED
from support.harness import ROOT
from support.sites import Built, visiting, weight

NOTES_VIEW = 60_000
"""Bytes over the network of a question with a formula and a figure."""
FIRST_VIEW = 36_000
"""Bytes over the network, like the lightest comparable site; Material's default takes 89,000."""
PATHS = [path.stem for path in ROOT.glob("docs/paths/*.md") if path.stem != "index"]


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


def test_the_list_of_paths(mkdocs_site: Built) -> None:
    """The list has every path, and says at what speed its reading times assume people read."""
    html = mkdocs_site.html("paths/")

    assert len(re.findall(r"<em data-steps=", html)) == len(PATHS)
    assert f"{READING_SPEED} words a minute" in html
