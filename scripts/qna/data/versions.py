"""Addresses of scripts, styles, fonts and icons that change with their content.

A page and the files it loads must come from the same build, but caches keep each of them for some
time, and hosts such as GitHub Pages delete the old ones at once. Parts of the search are renamed,
because they only work together: an old page cannot load new ones, and gets a new page instead
(frontend/search/ui/fresh-page.ts). All other files keep their names and get a query: an old page
whose style or script is no longer cached loads the new one, which is better than none.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

FOLDER = "assets"
RENAMED = ("search-worker.js", "search-dialog.css", "search-dialog.js")
_PLAIN = re.compile(r"[\w-]+\.(?:css|js|png|svg|woff2)")
"""Names of files without a version."""
_TEXTS = (".css", ".js")
"""Endings of files that may refer to others."""
_LENGTH = 10
"""Hexadecimal digits of a version."""
_VERSION = rf"[0-9a-f]{{{_LENGTH}}}"
_VERSIONS = re.compile(rf"\.{_VERSION}(?=\.\w+\Z)|\?v={_VERSION}\Z")


def versioned(files: Mapping[str, bytes]) -> dict[str, tuple[str, bytes]]:
    """Return the new address and content of each script, style, font and icon by its old name.

    Files that have a version already are left out.
    """
    found: dict[str, tuple[str, bytes]] = {}
    for name in sorted(filter(_PLAIN.fullmatch, files), key=_after_its_parts):
        content = _with_versions(files[name], found) if name.endswith(_TEXTS) else files[name]
        found[name] = _address(name, content), content
    return found


def of_added(name: str, content: bytes) -> str:
    """Return the address of a script or style that the owner of the site added."""
    return f"{name}?v={sha256(content).hexdigest()[:_LENGTH]}"


def in_page(page: str, addresses: Mapping[str, str], added: Mapping[str, str] = {}) -> str:
    """Return a page whose head refers to files by their new addresses, whatever version it has.

    Those that were `added` are anywhere on the site, the others in its folder.
    """
    head, end, body = page.partition("</head>")
    if added:
        head = _links(r"(?:\.{1,2}/)*", tuple(added)).sub(_to(added), head)
    if addresses:
        head = _links(rf'[^"]*\b{FOLDER}/', tuple(addresses)).sub(_to(addresses), head)
    return head + end + body


@cache
def _links(before: str, names: Sequence[str]) -> re.Pattern[str]:
    """Return what finds links to files with these names, with or without a version."""
    found = "|".join(map(_with_any_version, names))
    return re.compile(rf'(\b(?:href|src)="{before})({found})(?=")')


def _with_any_version(name: str) -> str:
    stem, _, suffix = name.rpartition(".")
    if name in RENAMED:
        return rf"{re.escape(stem)}(?:\.{_VERSION})?\.{suffix}"
    return rf"{re.escape(name)}(?:\?v={_VERSION})?"


def _to(addresses: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    def link(match: re.Match[str]) -> str:
        name = match[2] if match[2] in addresses else _VERSIONS.sub("", match[2])
        return match[1] + addresses[name]

    return link


def _after_its_parts(name: str) -> tuple[bool, int, str]:
    """Return a key that sorts files after those that they refer to."""
    order = RENAMED.index(name) if name in RENAMED else len(RENAMED)
    return name.endswith(_TEXTS), order, name


def _address(name: str, content: bytes) -> str:
    version = sha256(content).hexdigest()[:_LENGTH]
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{version}.{suffix}" if name in RENAMED else f"{name}?v={version}"


def _with_versions(content: bytes, known: Mapping[str, tuple[str, bytes]]) -> bytes:
    text = content.decode("utf-8")
    for name, (address, _) in known.items():
        text = re.sub(rf"""(?<=["'/]){re.escape(name)}(?=["')])""", address, text)
    return text.encode("utf-8")
