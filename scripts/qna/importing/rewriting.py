"""Lines of other tools that are rewritten: which of them are code, and what they lose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from qna.importing.html import Removed
from qna.markdown import parser

_CODE = frozenset({"fence", "code_block", "math_block"})
_SYNTAX = re.compile(
    r"\{(?:%-?|\{[<%])\s*/?[\w-]+(?:\s+[\w-]+(?=\s+\"))?|\"\w+=[\w,-]*\"|\{\{-?\s*(?:site|page)\.\w+\s*-?\}\}|\b\w+=(?=[\"'{\w])"
    r"|(?<=[\s{])[#.][\w-]+|:{3,}\s*\{?\s*\.?[\w-]*|(?:!!!|\?\?\?\+?|={3}[!+]?)(?:\s+[\w-]+)*|\[![\w-]+\]"
    r"|\|\s*(?:relative_url|absolute_url|relURL|absURL)|</?[A-Z]\w+"
)
"""Names that tell a tool what to do, and that no reader sees."""


def code_lines(text: str) -> frozenset[int]:
    """Return the 0-based numbers of lines that are code or formulas, as the library reads them."""
    tokens = (token for token in parser.parse_file(text).tokens if token.type in _CODE)
    return frozenset(line for token in tokens if token.map for line in range(*token.map))


def lost(before: str, after: str) -> Iterator[Removed]:
    """Yield the lines that have words which the same lines no longer have."""
    for number, (old, new) in enumerate(
        zip(before.split("\n"), after.split("\n"), strict=True), start=1
    ):
        if old != new:
            kept = {*_words(unquote(unescape(new)).casefold())}
            missing = [
                word for word in _words(_SYNTAX.sub(" ", old)) if word.casefold() not in kept
            ]
            if missing:
                yield Removed(number, " ".join(missing), "tag of another tool")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
