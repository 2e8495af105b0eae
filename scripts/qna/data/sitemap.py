"""The sitemap of a large site: an index, and parts of the size that search engines accept.

Engines write one file; search engines take up to 50,000 addresses, or 50 MB, of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

FILE_NAME = "sitemap.xml"
ADDRESSES = 25_000
"""Most addresses of a file."""
_ENTRY = re.compile(r"<url>.*?</url>", re.DOTALL)
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def in_parts(text: str, address: str, most: int = ADDRESSES) -> dict[str, str]:
    """Return the files of a sitemap by name, for a site at an address; none if it is small."""
    entries = _ENTRY.findall(text)
    if len(entries) <= most:
        return {}
    starts = range(0, len(entries), most)
    parts = {
        f"sitemap-{number}.xml": _file("urlset", entries[start : start + most])
        for number, start in enumerate(starts, start=1)
    }
    return {FILE_NAME: _file("sitemapindex", _listed(parts, address)), **parts}


def _listed(names: Iterable[str], address: str) -> list[str]:
    return [f"<sitemap><loc>{escape(address)}{name}</loc></sitemap>" for name in names]


def _file(element: str, entries: Iterable[str]) -> str:
    inside = "\n".join(entries)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{element} {_SPACE}>\n{inside}\n</{element}>\n'
