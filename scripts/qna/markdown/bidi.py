"""Which way a text runs: Arabic and Hebrew from right to left, most others from left to right."""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal
from unicodedata import bidirectional

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


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
