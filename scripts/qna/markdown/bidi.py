"""Which way a text runs: Arabic and Hebrew from right to left, most others from left to right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal
from unicodedata import bidirectional
from xml.etree.ElementTree import Element

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_BLOCKS = frozenset("h1 h2 h3 h4 h5 h6 p ul ol li dl dt dd table th td blockquote".split())
"""What may run another way than what is around it."""
_STAND_IN = re.compile("\x02[^\x03]*\x03")
"""What Python-Markdown puts in the place of code blocks and escaped characters for a while."""


def has_right_to_left(text: str) -> bool:
    """Tell quickly whether a text may have letters that run from right to left."""
    return bool(_RIGHT_TO_LEFT.search(text))


def direction(text: str) -> Literal["ltr", "rtl", ""]:
    """Return which way most letters of a text run; nothing if there are as many of both kinds.

    A browser goes by the first letter, which in a text on technology is often that of an acronym.
    """
    letters = Counter(map(bidirectional, text))
    right, left = letters["R"] + letters["AL"], letters["L"]
    if right == left:
        return ""
    return "rtl" if right > left else "ltr"


def direct(root: Element) -> None:
    """Mark blocks of a page that run in another direction than the text around them."""
    if has_right_to_left("".join(root.itertext())):
        _direct(root, "ltr")


def _direct(element: Element, around: str) -> None:
    own = around
    if element.tag in _BLOCKS:
        own = direction(_STAND_IN.sub("", "".join(_prose(element)))) or around
        if own != around:
            element.set("dir", own)
    for inner in element:
        _direct(inner, own)


def _prose(element: Element) -> Iterator[str]:
    """Yield the text of an element without its code, which runs from left to right anyway."""
    yield element.text or ""
    for inner in element:
        if inner.tag not in {"code", "math"}:
            yield from _prose(inner)
        yield inner.tail or ""
