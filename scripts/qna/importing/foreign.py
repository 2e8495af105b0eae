"""Blocks of other tools, such as `!!! note`: text whose indentation says that it belongs to them.

The Markdown library would take that text for code. Each line stays one line.
"""

from __future__ import annotations

import re
from html import escape

from qna.reading.indentation import dedent, fences, indentation

_ADMONITION = re.compile(
    r"(?P<indent>[ ]*)(?P<sign>!!!|\?\?\?\+?)[ ]+(?P<kind>[\w-]+)(?:[ ]+[\w-]+)*(?:[ ]+\"(?P<title>.*)\")?[ ]*"
)
_TAB = re.compile(r"(?P<indent>[ ]*)===[!+]?[ ]+\"(?P<title>.*)\"[ ]*")
_FENCED = re.compile(r"(?P<indent>[ ]*):{3,}[ ]*(?P<kind>[a-z]+)?(?P<title>.*)")
_KINDS = frozenset(
    "note tip info warning danger caution important details question success abstract example "
    "quote bug failure".split()
)


def without_foreign_blocks(text: str) -> str:
    """Return Markdown with other tools' blocks as quotes, bold titles and collapsible blocks."""
    if not re.search(r"(?m)^[ ]*(?:!!! |\?\?\?\+? |===[!+]? \"|:::)", text):
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
    at = 0
    while at < len(result):
        line = result[at]
        if inside[at]:
            at += 1
        elif found := _ADMONITION.fullmatch(line):
            end = _end(result, at, len(found["indent"]))
            title = found["title"] or found["kind"].capitalize()
            if found["sign"] != "!!!" and not found["indent"]:
                result[at] = f"<details><summary>{escape(title, quote=False)}</summary>"
                result[at + 1 : end] = [dedent(below, 4) for below in result[at + 1 : end]]
                if end < len(result) and not result[end].strip():
                    result[end] = "</details>"
                elif end == len(result) and not result[-1].strip():
                    result[-1] = "</details>"
            else:
                indent = found["indent"]
                result[at] = f"{indent}> **{title}**"
                width = len(indent) + 4
                for below in range(at + 1, end):
                    text = dedent(result[below], width)
                    result[below] = f"{indent}> {text}".rstrip() if below < end else text
                if at + 1 < end and result[at + 1].strip("> "):
                    result[at] += "\\"
            at = end
        elif found := _TAB.fullmatch(line):
            end = _end(result, at, len(found["indent"]))
            result[at] = f"{found['indent']}**{found['title']}**"
            for below in range(at + 1, end):
                result[below] = found["indent"] + dedent(result[below], len(found["indent"]) + 4)
                result[below] = (
                    result[below].rstrip() if not result[below].strip() else result[below]
                )
            at += 1
        elif (found := _FENCED.fullmatch(line)) and (
            found["kind"] in _KINDS or not (found["kind"] or found["title"].strip(" :"))
        ):
            title = found["title"].strip(' []"') or (found["kind"] or "").capitalize()
            result[at] = f"{found['indent']}**{title}**\\" if title else ""
            if title and (at + 1 == len(result) or not result[at + 1].strip()):
                result[at] = result[at].removesuffix("\\")
            at += 1
        else:
            at += 1
    return result


def _end(lines: list[str], at: int, width: int) -> int:
    """Return the line after the indented text below a line, without blank lines at its end."""
    end = last = at + 1
    while end < len(lines) and (not lines[end].strip() or indentation(lines[end]) >= width + 4):
        end += 1
        if lines[end - 1].strip():
            last = end
    return last
