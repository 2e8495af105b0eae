"""Ids, the permanent public names of questions and topics: their form, and proposals for new ones.

A published id is never derived again: the ledger records it. A question or topic that is not in
the ledger gets the id its author wrote, or a short one proposed from its text.
"""

from __future__ import annotations

import re
from unicodedata import category, normalize

_WORD = re.compile(r"[^\W_]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]")
"""Invisible characters."""

_MARKS = {"Mn", "Mc"}
"""Categories of marks that belong to a letter: vowel signs, and accents that do not compose."""

RESERVED = frozenset(
    "index search assets 404 sitemap readme manifest topics glossary q about paths feed "
    "related-questions asked-another-way con prn aux nul".split()
)
"""Names used by a page, an anchor of the theme or a file system."""

FILE_NAME_LIMIT = 80
"""Bytes in UTF-8; file systems allow 255, which must also hold the writer's temporary name."""


def is_id(text: str) -> bool:
    """Tell whether `text` has the form of an id: lowercase words joined by hyphens."""
    return bool(text) and text == slug(text) and _fits(text)


def is_reserved(text: str) -> bool:
    """Tell whether an id is reserved for the site itself or by a file system."""
    return text in RESERVED or bool(re.fullmatch(r"(?:com|lpt)[0-9]", text))


def words(text: str) -> list[str]:
    """Split text into the words of a slug: case-folded letters and digits of any script."""
    if text.isascii():
        return _WORD.findall(text.lower())
    folded = normalize("NFKC", normalize("NFKC", _UNSEEN.sub("", text)).casefold())
    folded = folded.replace("i\u0307", "i")  # from case folding the Turkish dotted capital I
    spaced = "".join(char if char.isalnum() or category(char) in _MARKS else " " for char in folded)
    return [word for word in spaced.split() if _WORD.search(word)]


def slug(text: str) -> str:
    """Join all words of a text with hyphens; empty if there are none."""
    return "-".join(words(text))


_BOILERPLATE = frozenset(
    "a an and any are as at be been between by can concept concepts could describe did difference "
    "differences discuss do does explain for from give have has how i if important importance in "
    "into is it its key like main of on or process role should significance some that the their "
    "them they this to use used using we were what when where which who why will with work works "
    "would you your appropriate common approach handle important deep learning neural network "
    "networks model models and/or vice versa context".split()
)
"""Words too common in questions to identify one."""

_SHORTEST, _LONGEST = 3, 12


def proposals(text: str) -> list[str]:
    """Return possible ids for a text, shortest first, each one word longer than the previous."""
    every = words(text)
    distinctive = [word for word in every if word not in _BOILERPLATE] or every
    lengths = range(min(_SHORTEST, len(distinctive)), min(_LONGEST, len(distinctive)) + 1)
    found = ["-".join(distinctive[:length]) for length in lengths] + [slug(text)]
    return [cut(candidate) for candidate in dict.fromkeys(found) if candidate]


def cut(text: str) -> str:
    """Shorten a slug to fit a file name, at a hyphen if possible."""
    if _fits(text):
        return text
    start = text.encode()[: FILE_NAME_LIMIT + 1].decode(errors="ignore")
    whole, _, rest = start.rpartition("-")
    return whole or rest.encode()[:FILE_NAME_LIMIT].decode(errors="ignore")


def _fits(text: str) -> bool:
    return len(text.encode()) <= FILE_NAME_LIMIT
