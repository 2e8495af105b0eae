"""Addresses in content: which of them a page may lead to, however they are spelled."""

from __future__ import annotations

import re
from html import unescape

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*(?=:)")
_SCHEMES = frozenset({"http", "https", "mailto"})
_IGNORED = re.compile("[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]")
_ROUNDS = 5
"""How often an address may be escaped on top of itself; nobody means more than once."""


def decoded(url: str) -> str | None:
    """Return an address without entities, blanks and controls; None if it is escaped too often."""
    text = url
    for _ in range(_ROUNDS):
        if (bare := _IGNORED.sub("", unescape(text))) == text:
            return text
        text = bare
    return None


def is_safe(url: str) -> bool:
    """Tell whether an address is relative, http, https or mailto."""
    text = decoded(url)
    return text is not None and not _names_host(text) and _scheme(text) in {"", *_SCHEMES}


def is_foreign(url: str) -> bool:
    """Tell whether an address names a scheme or a host: what it leads to is not of this site."""
    text = decoded(url)
    return text is None or _names_host(text) or _scheme(text) != ""


def _names_host(text: str) -> bool:
    return text.replace("\\", "/").startswith("//")


def _scheme(text: str) -> str:
    found = _SCHEME.match(text.replace("\\", ""))  # which Markdown takes out
    return found[0].lower() if found else ""
