"""Blanks between the elements of a built page, by which templates are indented: a fifth of it."""

from __future__ import annotations

import re
from itertools import chain, zip_longest

_AS_IT_IS = re.compile(r"(<(?P<name>pre|script|style|textarea)\b.*?</(?P=name)>)", re.DOTALL)
_INDENTED = re.compile(r"(?:(?<=>)|\A)[ \t\r\n]*\n[ \t\r\n]*(?=<|\Z)")
_BEFORE_BLOCKS = re.compile(
    r"\n(?=</?(?:article|body|footer|head|header|html|link|main|meta|nav|script|title)\b)"
)
"""Line breaks before parts of the frame, which nobody copies as text."""


def condensed(page: str) -> str:
    """Return a page with at most one line break where there is one between two elements.

    Browsers show one as they show many, and none before a block, except in code.
    """
    parts = _AS_IT_IS.split(page)
    between, kept = parts[::3], parts[1::3]
    short = (_BEFORE_BLOCKS.sub("", _INDENTED.sub("\n", text)) for text in between)
    pairs = zip_longest(short, kept, fillvalue="")
    return "".join(chain.from_iterable(pairs))
