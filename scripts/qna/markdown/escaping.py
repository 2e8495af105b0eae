"""Writing Markdown that both engines and GitHub read the same way."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#+!|~$]|&(?=#?\w+;)|(?<=^\d)[.)]|^[-=]")


_UNQUOTED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~/")


class _Quoted(dict[int, str]):
    """What `str.translate` puts in the place of each character, settled when it first occurs."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        codes = char.encode("utf-8")
        self[point] = char if char in _UNQUOTED else "".join(f"%{code:02X}" for code in codes)
        return self[point]


_QUOTED = _Quoted()


def quoted(text: str) -> str:
    """Return text for an address, as `urllib.parse.quote` does, which is slow with long texts."""
    return text.translate(_QUOTED)


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
