"""Blanks between the elements of a built page, by which templates are indented: a fifth of it."""

from __future__ import annotations

import re
from itertools import chain, zip_longest

_AS_IT_IS = re.compile(r"(<(?P<name>pre|script|style|textarea)\b.*?</(?P=name)>)", re.DOTALL)
_BEFORE_BLOCKS = re.compile(
    r"\n(?=</?(?:article|body|footer|head|header|html|link|main|meta|nav|script|title)\b)"
)
"""Line breaks before parts of the frame, which nobody copies as text."""
_BREAK = r"[ \t\r\n]*\n[ \t\r\n]*(?=<|\Z)"
_INDENTED, _AT_START = re.compile(f">{_BREAK}"), re.compile(rf"\A{_BREAK}")


def condensed(page: str) -> str:
    """Return a page with at most one line break where there is one between two elements.

    Browsers show one as they show many, and none before a block, except in code.
    """
    parts = _AS_IT_IS.split(page)
    between, kept = parts[::3], parts[1::3]
    pairs = zip_longest(map(_without_indents, between), kept, fillvalue="")
    return "".join(chain.from_iterable(pairs))


def _without_indents(text: str) -> str:
    """Return a text that starts behind an element, or starts a page."""
    return _BEFORE_BLOCKS.sub("", _INDENTED.sub(">\n", _AT_START.sub("\n", text)))
