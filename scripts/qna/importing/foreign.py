"""Blocks of other tools, such as `!!! note`: text whose indentation says that it belongs to them.

The Markdown library would take that text for code. Quotes that start with `[!note]` are included
if they have a title, or a kind that GitHub does not know. Each line stays one line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from qna.importing.rewriting import code_lines
from qna.reading.indentation import dedent, fences, indentation

_ADMONITION = re.compile(
    r"(?P<indent>[ ]*)(?P<sign>!!!|\?\?\?\+?)[ ]+(?P<kind>[\w-]+)(?:[ ]+[\w-]+)*"
    r"(?:[ ]+\"(?P<title>.*)\")?[ ]*"
)
_TAB = re.compile(r"(?P<indent>[ ]*)===[!+]?[ ]+\"(?P<title>.*)\"[ ]*")
_FENCED = re.compile(
    r"(?P<indent>[ ]*):{3,}[ ]*(?:\{[ ]*\.callout-)?(?P<kind>[a-z]+(?:-[a-z]+)*)?(?P<title>.*)"
)
_CALLOUT = re.compile(
    r"(?P<indent>[ ]*)>[ ]?\[!(?P<kind>[A-Za-z][\w-]*)\](?P<folds>[+-]?)(?![(\[:])[ ]*(?P<title>.*)"
)
_ALERTS = frozenset("note tip important warning caution".split())
_ASKS = frozenset("question faq help".split())
_GROUPS = frozenset("code-group code-tabs tabs".split())
KINDS = frozenset(
    "note tip info warning danger caution important details question success abstract example "
    "quote bug failure".split()
)
_ATTRIBUTES = re.compile(r"(?:\A|\{)(?:\s*(?:[#.][\w-]+|[\w-]+=(?:\"[^\"]*\"|[^\s}]+)))*\s*\}\s*\Z")
"""Attributes in braces, whose opening one may be before a kind."""
_STARTS_BLOCK = re.compile(r"[\s>]*(?:[-*+|]\s|#{1,6}\s|`{3}|~{3}|\d{1,9}[.)]\s)")


def without_foreign_blocks(text: str) -> str:
    """Return Markdown with other tools' blocks as quotes, bold titles and collapsible blocks."""
    if not re.search(r"(?m)^[ ]*(?:!!! |\?\?\?\+? |===[!+]? \"|:::|>[ ]?\[!)", text):
        return text
    lines = text.split("\n")
    for _ in range(4):
        changed = _once(lines)
        if changed == lines:
            break
        lines = changed
    return "\n".join(lines)


def _once(lines: list[str]) -> list[str]:
    result = list(lines)
    inside = [fence is not None for fence in fences(lines)]
    text = "\n".join(lines)
    code = code_lines(text) if "[!" in text else ()
    at = 0
    while at < len(result):
        line = result[at]
        if inside[at]:
            at += 1
        elif found := _ADMONITION.fullmatch(line):
            end = _end(result, at, len(found["indent"]))
            collapses = found["sign"] != "!!!" and not found["indent"]
            (_collapse if collapses else _quote)(result, at, end, found)
            at = end
        elif found := _TAB.fullmatch(line):
            end = _end(result, at, len(found["indent"]))
            result[at] = f"{found['indent']}**{found['title']}**"
            _take_out(result, at + 1, end, found["indent"])
            at += 1
        else:
            if found := _FENCED.fullmatch(line):
                _unfence(result, at, found)
            if at not in code and (found := _CALLOUT.fullmatch(line)):
                at = _call_out(result, at, found)
            at += 1
    return result


def bold_line(before: str, title: str, below: Sequence[str]) -> str:
    """Return a title in bold, which ends its line if there is text right below it."""
    follows = bool(below) and below[0].strip("> ") and not _STARTS_BLOCK.match(below[0])
    return f"{before}**{title}**" + ("\\" if follows else "")


def _title(found: re.Match[str]) -> str:
    return found["title"] or found["kind"].capitalize()


def _collapse(lines: list[str], at: int, end: int, found: re.Match[str]) -> None:
    """Write a collapsible block in HTML; its end takes the place of a blank line."""
    lines[at] = f"<details><summary>{escape(_title(found), quote=False)}</summary>"
    _take_out(lines, at + 1, end, "")
    last = min(end, len(lines) - 1)
    if not lines[last].strip():
        lines[last] = "</details>"


def _quote(lines: list[str], at: int, end: int, found: re.Match[str]) -> None:
    """Write a block as a quote with a title."""
    mark = f"{found['indent']}> "
    _take_out(lines, at + 1, end, mark)
    lines[at] = bold_line(mark, _title(found), lines[at + 1 : end])


def _take_out(lines: list[str], start: int, end: int, before: str) -> None:
    """Take lines out of a block, and put something else before each."""
    width = len(before.removesuffix("> ")) + 4
    for at in range(start, end):
        lines[at] = f"{before}{dedent(lines[at], width)}".rstrip()


def _unfence(lines: list[str], at: int, found: re.Match[str]) -> None:
    """Write the title of a block between colons in bold, and drop its end."""
    named = re.search(r"\b(?:title|caption)=\"([^\"]*)\"", found["title"])
    unnamed = not found["kind"] and re.fullmatch(r"\s*\{[^{}]*\}\s*", found["title"])
    if (unnamed and not named) or (found["kind"] in _GROUPS and not found["title"].strip()):
        lines[at] = ""
        return
    if not unnamed and found["kind"] not in KINDS and (found["kind"] or found["title"].strip(" :")):
        return
    rest = _ATTRIBUTES.sub("", found["title"])
    title = " ".join(filter(None, (named[1] if named else "", rest.strip(' []"'))))
    title = title or (found["kind"] or "").capitalize()
    lines[at] = bold_line(found["indent"], title, lines[at + 1 : at + 2]) if title else ""


def _call_out(lines: list[str], at: int, found: re.Match[str]) -> int:
    """Write a quote with a kind and a title; return its last line."""
    end = at + 1
    while end < len(lines) and lines[end].lstrip().startswith(">"):
        end += 1
    if found["title"] and not found["indent"] and (found["folds"] or found["kind"] in _ASKS):
        lines[at + 1 : end] = [re.sub(r"\A\s*> ?", " " * 4, line) for line in lines[at + 1 : end]]
        _collapse(lines, at, end, found)
    elif found["title"] or found["kind"].lower() not in _ALERTS:
        lines[at] = bold_line(f"{found['indent']}> ", _title(found), lines[at + 1 : end])
    elif found["folds"]:
        lines[at] = f"{found['indent']}> [!{found['kind']}]"
    return end - 1


def _end(lines: list[str], at: int, width: int) -> int:
    """Return the line after the indented text below a line, without blank lines at its end."""
    end = last = at + 1
    while end < len(lines) and (not lines[end].strip() or indentation(lines[end]) >= width + 4):
        end += 1
        if lines[end - 1].strip():
            last = end
    return last
