"""Ids, the permanent public names of questions and topics: their form, and proposals for new ones.

A published id is never derived again: the ledger records it. A question or topic that is not in
the ledger gets the id its author wrote, or a short one proposed from its text.
"""

from __future__ import annotations

import re

from qna.naming import letters, question_words

RESERVED = frozenset(
    "index search assets 404 sitemap readme manifest topics glossary q about paths feed "
    "related-questions asked-another-way con prn aux nul".split()
)
"""Names used by a page, an anchor of the theme or a file system."""

FILE_NAME_LIMIT = 80
"""Bytes in UTF-8; file systems allow 255, which must also hold the writer's temporary name."""


def is_id(text: str) -> bool:
    """Tell whether `text` has the form of an id: lowercase words joined by hyphens.

    An id is proposed without accents and the like, but its author may write it with them.
    """
    joined = "-".join(letters.split(text))
    return bool(text) and text == joined and letters.is_lowercase(text) and _fits(text)


def is_reserved(text: str) -> bool:
    """Tell whether an id is reserved for the site itself or by a file system."""
    return text in RESERVED or bool(re.fullmatch(r"(?:com|lpt)[0-9]", text))


def slug(text: str) -> str:
    """Join all words of a text, folded, with hyphens; empty if there are none."""
    return "-".join(letters.words(text))


def anchor(text: str) -> str:
    """Join all words of a text with hyphens, with their accents and special letters."""
    return "-".join(letters.split(letters.spelled(text)))


_SHORTEST, _LONGEST = 3, 12


def proposals(text: str) -> list[str]:
    """Return possible ids for a text, shortest first, each one word longer than the previous."""
    every = letters.words(text)
    distinctive = question_words.without(text) or every
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
