"""Inline Markdown: reading it as plain text, and writing plain text so that it stays plain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_CODE = r"(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
_URL = r"(?P<url>[^()\s]*(?:\([^()]*\)[^()\s]*)*)"
_LABEL = r"(?P<label>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)"
_LINK = rf"!?\[{_LABEL}\](?:\({_URL}[^)]*\)|\[[^\]]*\])"
_AUTOLINK = r"<(?P<auto>[a-zA-Z][a-zA-Z0-9+.-]*:[^<>\s]*|[^<>\s@]+@[^<>\s]+)>"
_INLINE = re.compile(rf"\\(?P<escaped>[!-/:-@\[-`{{-~])|{_CODE}|{_LINK}|{_AUTOLINK}", re.DOTALL)
_EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*])|(?<!\w)(_{1,3})(?=\S)(.+?)(?<=\S)\3(?!\w)"
)
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#+!|~&]|(?<=^\d)[.)]|^[-=]")
_PROTECTED = re.compile(
    rf"^(?P<fence>[ ]*(?:[-*+] +)*(`{{3,}}|~{{3,}}))[^\n]*\n(?:.*\n)*?[ ]*\2[`~]*[ ]*(?=\n|\Z)"
    rf"|^[ ]*\[[^\]]+\]:[^\n]*|{_CODE}|{_LINK}|<[^<>]*>|\{{[^{{}}]*\}}|https?://\S+|\\.",
    re.MULTILINE,
)
_HIDDEN = re.compile("\x00(\\d+)\x00")


def plain(markdown: str) -> str:
    """Return what a reader sees of inline Markdown, on one line."""
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        if match["label"] is not None:
            return plain(match["label"])
        kept.append(match["escaped"] or match["code"] or match["auto"] or "")
        return f"\x00{len(kept) - 1}\x00"

    text = _INLINE.sub(hide, markdown)
    while (bare := _EMPHASIS.sub(lambda match: match[2] or match[4], text)) != text:
        text = bare
    text = _HIDDEN.sub(lambda match: kept[int(match[1])], text)
    return " ".join(text.split())


def escape(text: str) -> str:
    """Return Markdown that shows `text` as it is."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def map_text(markdown: str, change: Callable[[str], str]) -> str:
    """Apply `change` to running text only: not to code, links, images, addresses or attributes."""
    pieces, end = [], 0
    for match in _PROTECTED.finditer(markdown):
        pieces += [change(markdown[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*pieces, change(markdown[end:])])


def map_links(markdown: str, change: Callable[[str], str]) -> str:
    """Apply `change` to the address of every inline link and image outside code."""

    def changed(match: re.Match[str]) -> str:
        if not match["url"]:
            return match[0]
        start, end = match.start("url") - match.start(), match.end("url") - match.start()
        return match[0][:start] + change(match["url"]) + match[0][end:]

    return _PROTECTED.sub(changed, markdown)
