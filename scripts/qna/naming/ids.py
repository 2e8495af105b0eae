"""Ids, the permanent public names of questions and topics: their form, and proposals for new ones.

A published id is never derived again: the ledger records it. A question or topic that is not in
the ledger gets the id its author wrote, or a short one proposed from its text.
"""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import count

from qna.naming import letters, question_words

RESERVED = frozenset(
    "index search assets 404 sitemap readme manifest topics glossary q about paths feed "
    "related-questions asked-another-way con prn aux nul".split()
)
"""Names used by a page, an anchor of the theme or a file system."""

FILE_NAME_LIMIT = 80
"""Bytes in UTF-8; file systems allow 255, which must also hold the writer's temporary name."""

_USUAL = re.compile(rf"(?=.{{1,{FILE_NAME_LIMIT}}}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
"""Most ids; for others, it takes longer to tell."""


def is_id(text: str) -> bool:
    """Tell whether `text` has the form of an id: lowercase words joined by hyphens.

    An id is proposed without accents and the like, but its author may write it with them.
    """
    if _USUAL.fullmatch(text):
        return True
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


def alike(text: str) -> str:
    """Return what is the same in texts that differ only in case, accents, spaces or punctuation.

    Signs that tell names apart, such as C, C++ and C#, are no punctuation.
    """
    return _PUNCTUATION.sub("", letters.folded(text))


_PUNCTUATION = re.compile(r"[^\w\u0300-\u036f\u0900-\u0dff\u0e00-\u109f+#=<>&|/%$@^]|_")
_SHORTEST, _LONGEST = 3, 12
_UNFINISHED = frozenset("against more most no not out over than without".split())
"""Words that need another one after them."""
_ENOUGH = 2
"""Words that an id needs besides those that most texts have."""
_SIGNS = (
    (re.compile(r"(?<=\w)\+\+"), " plusplus"),
    (re.compile(r"(?<=\b\w)#"), " sharp"),
    (re.compile(r"(?<=\w)['\u2019](?:s|t|d|m|re|ve|ll)\b", re.IGNORECASE), ""),
)
"""Signs that belong to a name, and endings that are no words, with what an id has for them."""
_SIGN = re.compile(r"[+#'\u2019]")
_CODE = re.compile(r"(`+)(?P<code>.+?)\1")


def code_words(markdown: str) -> frozenset[str]:
    """Return the words in the code of a text, folded: they are names, even if they look common."""
    spans = (found["code"] for found in _CODE.finditer(markdown))
    return frozenset(word for code in spans for word in letters.words(code))


def proposals(text: str, kept: Container[str] = (), common: Container[str] = ()) -> list[str]:
    """Return possible ids for a text, shortest first, each one word longer than the previous.

    Words in `kept` are always used. Those in `common`, which most texts have, are left out if
    enough others remain.
    """
    for sign, name in _SIGNS if _SIGN.search(text) else ():
        text = sign.sub(name, text)
    every = letters.words(text)
    distinctive = list(dict.fromkeys(question_words.without(text, kept))) or every
    rare = [word for word in distinctive if word not in common or word in kept]
    distinctive = rare if len(rare) >= _ENOUGH else distinctive
    lengths = range(min(_SHORTEST, len(distinctive)), min(_LONGEST, len(distinctive)) + 1)
    ends = (at for at in lengths if at and distinctive[at - 1] not in _UNFINISHED)
    found = ["-".join(distinctive[:at]) for at in ends] + [slug(text)]
    return [cut(candidate) for candidate in dict.fromkeys(found) if candidate]


def cut(text: str) -> str:
    """Shorten a slug to fit a file name, at a hyphen if possible."""
    if _fits(text):
        return text
    start = text.encode()[: FILE_NAME_LIMIT + 1].decode(errors="ignore")
    whole, _, rest = start.rpartition("-")
    return whole or rest.encode()[:FILE_NAME_LIMIT].decode(errors="ignore")


def numbered(text: str, taken: Container[str]) -> str:
    """Return an id with the first number that makes it different from those that are taken."""
    for number in count(2):
        end = f"-{number}"
        start = text.encode()[: FILE_NAME_LIMIT - len(end)].decode(errors="ignore").rstrip("-")
        if (name := start + end) not in taken and not is_reserved(name):
            return name
    raise AssertionError


def _fits(text: str) -> bool:
    return len(text.encode()) <= FILE_NAME_LIMIT
