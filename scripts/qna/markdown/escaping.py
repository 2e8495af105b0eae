"""Writing Markdown that both engines and GitHub read the same way."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#+!|~$]|&(?=#?\w+;)|(?<=^\d)[.)]|^[-=]")


_UNQUOTED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~/")


def quoted(text: str) -> str:
    """Return text for an address, as `urllib.parse.quote` does, which is slow with long texts."""
    text = text.replace("%", "%25")
    for char in {*text} - _UNQUOTED - {"%"}:
        text = text.replace(char, "".join(f"%{code:02X}" for code in char.encode("utf-8")))
    return text


def escape(text: str) -> str:
    """Return Markdown that shows `text` as it is, to GitHub and to Python-Markdown."""
    # Python-Markdown would still read an entity behind a backslash.
    return _SPECIAL.sub(lambda found: "&amp;" if found[0] == "&" else f"\\{found[0]}", text)


def indented(markdown: str, width: int = 4) -> str:
    """Indent every line that is not blank."""
    return "\n".join(" " * width + line if line else "" for line in markdown.split("\n"))


def join(*blocks: str) -> str:
    """Join blocks by blank lines, leaving out empty ones."""
    return "\n\n".join(block.strip("\n") for block in blocks if block.strip("\n")) + "\n"
