"""Titles of questions and topics: their text, without numbers and decoration."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import category, normalize

from qna.importing.labels import QUESTIONS
from qna.markdown import parser, plain_text
from qna.markdown.running_text import blanked

_MARKS = re.compile(r"[?\uff1f\u061f\u2047\u2048\u2049\u037e\u055e\u1367]")
_CHINESE = "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e"
"""Digits in Chinese and Japanese."""
_NUMBER = re.compile(
    rf"(?:(?:{QUESTIONS})\s*[.#]?\s*(?:(?:n\s?[\u00b0\u00ba]|n[or]\.|\u2116)\s*)?"
    r"(?:\d{1,4}\s*\\?[.):\uff1a\u3001\u2013\u2014-]?|[:\uff1a)])\s*"
    rf"|\u7b2c\s*(?:\d{{1,4}}|[{_CHINESE}]{{1,5}})\s*[\u554f\u95ee\u9898\u984c\u9053]"
    r"\s*[.:\uff1a\u3001\uff0e]?\s*"
    rf"|[{_CHINESE}]{{1,5}}\u3001(?![{_CHINESE}])\s*|[(\uff08](?:[{_CHINESE}]{{1,5}})[)\uff09]\s*"
    r"|\(\d{1,3}\)\s*|\[\d{1,3}\](?!\()\s*"
    r"|#?\d{1,3}(?:\\?\.\d{1,3})*\s*(?:\\?[.):\uff1a\u3001\uff0e]+(?!\d)|\s[-\u2013\u2014]\s)\s*"
    r"|#\d{1,4}\s+|\d\ufe0f?\u20e3\s*)(?=\S)",
    re.IGNORECASE,
)
_ATTRIBUTES = re.compile(r"\s*\{:?\s*(?:#(?P<id>[^\s}]+)[^}]*|[.\w][^{}]*)\}\s*\Z")
KRAMDOWN = re.compile(r"[ \t]*\{:[ \t]*(?:[#.][A-Za-z][\w-]*|[A-Za-z][\w-]*=)[^{}\n]*\}")
"""Attributes as in kramdown, which this site shows as text."""
_SHORTCODE = re.compile(r":[a-z0-9_+-]*[a-z][a-z0-9_+-]*:")
_CLOSING = re.compile(r"\s+#+\s*\Z")


def has_mark(title: str) -> bool:
    """Tell whether a text has a question mark."""
    return bool(_MARKS.search(title))


def is_numbered(title: str) -> bool:
    """Tell whether a title starts with a number."""
    return bool(_NUMBER.match(undecorated(title)))


@cache
def plain(title: str) -> str:
    """Return what readers see of a title."""
    return plain_text.inline(title.replace("\n", " "))


def named(title: str) -> tuple[str, str]:
    """Split a title from the id in braces behind it."""
    found = _ATTRIBUTES.search(title)
    if not found or (
        "=" in found[0] and not found["id"] and not found[0].lstrip().startswith("{:")
    ):
        return title, ""
    return title[: found.start()], found["id"] or ""


def undecorated(title: str) -> str:
    """Take emoji, marks and the like off both ends of a title, but no punctuation that it needs."""
    text = title.strip()
    while True:
        before = text
        text = _SHORTCODE.sub("", text, count=1) if _SHORTCODE.match(text) else text
        if (found := list(_SHORTCODE.finditer(text))) and found[-1].end() == len(text):
            text = text[: found[-1].start()]
        text = text.strip()
        while text and _is_symbol(text[0]):
            text = text[1:].lstrip()
        while text and _is_symbol(text[-1]):
            text = text[:-1].rstrip()
        text = re.sub(r"(?<=\s)\*{1,5}\Z", "", text).strip()
        if text == before:
            return text or title.strip()


def _is_symbol(char: str) -> bool:
    return (
        category(char) in {"So", "Sk", "Cf", "Cs", "Co"} and char not in "^`\u00b4\u00a8"
    ) or char in "\ufe0f\u20e3\u200d\u2b06\u2191\u00bb\u203a\u25b6\u2022"


def cleaned(title: str) -> str:
    """Return a title as the source has it: on one line, without bold, number and decoration."""
    text = " ".join(normalize("NFC", title).replace("\\\n", " ").split())
    text = _CLOSING.sub("", text)
    text, _ = named(text)
    for _ in range(3):
        before = text
        text = unbolded(undecorated(text))
        text = undecorated(text)
        bare = _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text
        text = bare if re.search(r"\w", bare) else text
        if text == before:
            break
    return text.strip()


def unbolded(text: str) -> str:
    """Take the marks of bold out of running text: a question is bold as a whole."""
    for marks in ("**", "__"):
        if marks not in text:
            continue
        places = [found.start() for found in re.finditer(re.escape(marks), blanked(text))]
        strong = sum(
            child.type == "strong_open" and child.markup == marks
            for token in parser.parse_inline(text).tokens
            for child in token.children or ()
        )
        if not strong or len(places) < 2:  # noqa: PLR2004
            continue
        if marks == "__" and re.search(r"(?<!\w)__\w+__(?!\w)", text) and strong == 1:
            continue
        for place in reversed(places[: 2 * strong]):
            text = text[:place] + text[place + 2 :]
    return " ".join(text.split())
