"""The sitemap of a large site is an index of parts."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import publish
import pytest
from qna.data import sitemap

ADDRESS = "https://example.org/qa&a/"
WHOLE = "\n".join(
    [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *(f"<url><loc>https://example.org/q/{number}/</loc></url>" for number in range(7)),
        "</urlset>",
    ]
)


def places(text: str) -> list[str]:
    """Return the addresses in a sitemap or an index."""
    return [unescape(place) for place in re.findall("<loc>(.*?)</loc>", text)]


def test_a_small_sitemap_stays() -> None:
    """A sitemap that fits is left alone."""
    assert sitemap.in_parts(WHOLE, ADDRESS, most=7) == {}


def test_a_large_sitemap_is_divided() -> None:
    """Each part has some of the addresses, in order, and the index has the parts."""
    index, *parts = sitemap.in_parts(WHOLE, ADDRESS, most=3).values()

    assert places(index) == [f"{ADDRESS}sitemap-{number}.xml" for number in (1, 2, 3)]
    assert [len(places(part)) for part in parts] == [3, 3, 1]
    assert [place for part in parts for place in places(part)] == places(WHOLE)
    assert "<sitemapindex xmlns=" in index


def test_publishing_divides_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site has the parts after publishing; without an address, nothing can be named."""
    most = sitemap.in_parts
    monkeypatch.setattr(sitemap, "in_parts", lambda text, address: most(text, address, most=3))
    (tmp_path / "sitemap.xml").write_text(WHOLE, encoding="utf-8")
    page = tmp_path / "index.html"
    page.write_text("<head></head>", encoding="utf-8")
    publish._divide_sitemap(tmp_path)
    assert not list(tmp_path.glob("sitemap-*"))
    page.write_text(f'<link rel="canonical" href="{ADDRESS}"></head>', encoding="utf-8")
    publish._divide_sitemap(tmp_path)

    listed = places((tmp_path / "sitemap.xml").read_text(encoding="utf-8"))
    assert [re.sub(".*/", "", place) for place in listed] == sorted(
        path.name for path in tmp_path.glob("sitemap-*")
    )
