"""Tags of other site generators: of Jekyll, Hugo and GitBook, and the components of MDX.

Those around code, notices and addresses become Markdown; each line stays one line. The others show
nothing without their generator: they are taken out, and told.
"""

from __future__ import annotations

import re

from qna.importing.foreign import bold_line
from qna.importing.html import Removed, fence_marks
from qna.markdown.running_text import blanked
from qna.reading.indentation import fences
from qna.reading.proofreading import ELEMENTS

_OPEN, _CLOSE = r"\{(?:%-?|\{[<%])", r"(?:-?%|/?[>%]\})\}"
_TAGS = re.compile(r"\{%|\{\{|\{/\*|</?[A-Z]|^(?:import|export)\s", re.MULTILINE)
_BLOCK = re.compile(
    rf"(?P<indent>[ ]*){_OPEN}\s*(?P<ends>end|/)?\s*(?P<name>[\w-]+)(?P<rest>.*?)\s*{_CLOSE}[ ]*"
)
_CODE = frozenset({"highlight", "codeblock"})
_NOTICES = frozenset(
    "hint notice callout alert admonition note tip info warning danger caution important".split()
)
_REF = re.compile(
    r"\{(?:%-?|\{[<%])\s*(?:link|post_url|ref|relref)\s+[\"']?(?P<path>[^\"'%>\s]+)[\"']?\s*"
    r"(?:-?%|[>%]\})\}"
)
_BASE = re.compile(r"\{\{-?\s*(?:site|page)\.(?:baseurl|url)\s*-?\}\}")
_FILTERED = re.compile(
    r"\{\{-?\s*[\"'](?P<path>[^\"']+)[\"']\s*\|\s*(?:relative_url|absolute_url|relURL|absURL)\s*-?\}\}"
)
_FIGURE = re.compile(r"[ ]*\{\{<\s*(?:figure|img)\s(?P<rest>.*?)/?>\}\}[ ]*")
_LONE = re.compile(
    r"[ ]{0,3}(?:\{%-?\s*(?:end)?(?:include|include_relative|raw|code|tabs?|content-ref|embed|file|"
    r"stepper|step)\b.*%\}|\{\{[<%].*[>%]\}\})[ ]*"
)
_TAB = re.compile(r"[ ]{0,3}\{%\s*tab\s(?P<rest>.*)%\}[ ]*")
_IMPORT = re.compile(
    r"import\s(?:.+\sfrom\s+)?[\"'][^\"']+[\"'];?\s*"
    r"|export\s+(?:const|default|let|function)\s.+[;})\]]\s*"
)
_COMPONENT = re.compile(r"[ ]{0,3}</?(?P<name>[A-Z]\w+)(?:\.\w+)*(?P<rest>\s(?:[^<>]|=>)*)?/?>[ ]*")
_BADGE = re.compile(r"(?<=\S)\s*<[A-Z]\w+\s[^<>]*=[^<>]*/>(?=\s*(?:\{[^{}]*\}\s*)?#*\s*\Z)")
_NOTE = re.compile(r"\{/\*.*?\*/\}")


def with_markdown(text: str) -> str:
    """Return Markdown with code, notices, pictures and addresses of templates as Markdown."""
    if not _TAGS.search(text):
        return text
    lines = text.split("\n")
    end = -1
    for at, fence in enumerate([*fences(lines)]):
        if fence is None and at > end:
            end = _write(lines, at)
    return "\n".join(lines)


def _write(lines: list[str], at: int) -> int:
    """Write what starts in a line as Markdown; return the last line of code that starts there."""
    found = _BLOCK.fullmatch(lines[at])
    end = _end(lines, at, found) if found and not found["ends"] else 0
    if found and end and found["name"] in _CODE:
        language = re.match(r"\s*[\"']?([\w+#-]*)", found["rest"])
        marks = found["indent"] + fence_marks("\n".join(lines[at + 1 : end]))
        lines[at], lines[end] = f"{marks}{language[1] if language else ''}", marks
        return end
    if found and end and found["name"] in _NOTICES:
        _notice(lines, at, end, found)
    elif picture := _FIGURE.fullmatch(lines[at]):
        if source := _value(picture["rest"], "src"):
            title = _value(picture["rest"], "alt", "caption", "title")
            lines[at] = f"![{title}](<{source}>)"
    elif tag := _TAB.fullmatch(lines[at]) or _component(lines[at]):
        if title := _value(tag["rest"] or "", "title", "label", "summary"):
            lines[at] = bold_line("", title, lines[at + 1 : at + 2])
    else:
        line = _REF.sub(lambda ref: ref["path"], lines[at])
        lines[at] = _FILTERED.sub(lambda own: own["path"], _BASE.sub("", line))
    return 0


def _end(lines: list[str], at: int, opened: re.Match[str]) -> int:
    """Return the line that ends a block; 0 if none does."""
    found = ((row, _BLOCK.fullmatch(lines[row])) for row in range(at + 1, len(lines)))
    return next(
        (row for row, tag in found if tag and tag["ends"] and tag["name"] == opened["name"]), 0
    )


def _notice(lines: list[str], at: int, end: int, found: re.Match[str]) -> None:
    """Write a notice as a quote with a title."""
    words = [quoted or bare for quoted, bare in _ARGUMENT.findall(found["rest"])]
    title = _value(found["rest"], "title", "style", "type") or (words or [found["name"]])[-1]
    mark = f"{found['indent']}> "
    for row in range(at + 1, end):
        lines[row] = f"{mark}{lines[row].removeprefix(found['indent'])}".rstrip()
    lines[at] = bold_line(mark, f"{title[:1].upper()}{title[1:]}", lines[at + 1 : end])
    lines[end] = ""


_ARGUMENT = re.compile(r"(?<![=\w])(?:\"([^\"]*)\"|([\w-]+)(?![\w=-]))")


def _value(text: str, *names: str) -> str:
    """Return the value of the first of some attributes that a tag has."""
    for name in names:
        if found := re.search(rf"\b{name}=[\"']([^\"']*)[\"']", text):
            return found[1]
    return ""


def without_tags(text: str) -> tuple[str, list[Removed]]:
    """Return a file without the tags that show nothing, and these."""
    if not _TAGS.search(text):
        return text, []
    removed: list[Removed] = []
    lines = text.split("\n")
    fenced = [fence is not None for fence in fences(lines)]
    mdx = any(
        _IMPORT.fullmatch(line) for line, fence in zip(lines, fenced, strict=True) if not fence
    )
    for at, fence in enumerate(fenced):
        line = lines[at]
        if fence or not _TAGS.search(line):
            continue
        if _LONE.fullmatch(line) or (mdx and (_IMPORT.fullmatch(line) or _component(line))):
            found = [(line, "tag of another tool")]
        else:
            noted = mdx or _NOTE.fullmatch(line.rstrip())
            found = [(piece, "comment") for piece in _outside_code(line, _NOTE) if noted]
            if line.startswith("#"):
                found += [(piece, "tag of another tool") for piece in _outside_code(line, _BADGE)]
        for piece, why in found:
            removed.append(Removed(at + 1, piece.strip(), why))
            lines[at] = lines[at].replace(piece, "", 1)
    return "\n".join(lines), removed


def _component(line: str) -> re.Match[str] | None:
    """Return a line that is the tag of a component, and of no element of HTML."""
    found = _COMPONENT.fullmatch(line)
    return found if found and found["name"].lower() not in ELEMENTS else None


def _outside_code(line: str, pattern: re.Pattern[str]) -> list[str]:
    """Return what a pattern finds in a line, but not in code."""
    shown = blanked(line)
    return [found[0] for found in pattern.finditer(line) if shown[slice(*found.span())] == found[0]]
