"""Tags of other site generators: of Jekyll, Hugo and GitBook, and the components of MDX.

Those around code, notices and addresses become Markdown; each line stays one line. The others show
nothing without their generator: they are taken out, and told. What is code stays.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Collection, Mapping, Sequence

from qna.importing.foreign import KINDS, bold_line
from qna.importing.html import Removed, fence_marks
from qna.importing.rewriting import code_lines
from qna.markdown.running_text import blanked
from qna.reading.indentation import fences
from qna.reading.proofreading import ELEMENTS

_TAGS = re.compile(r"\{%|\{\{|\{/\*|</?[A-Z]|^(?:import|export)\s", re.MULTILINE)
_TAG = r"(?:\{%(?:(?!%\}).)*%\}|\{\{<(?:(?!>\}\}).)*>\}\}|\{\{%(?:(?!%\}\}).)*%\}\})"
_BLOCK = re.compile(
    rf"(?P<indent>[ ]*)(?={_TAG}[ ]*\Z)\{{(?:%-?|\{{[<%])\s*(?P<ends>end|/)?(?P<name>[\w-]+)"
    r"(?P<rest>.*)(?:%|[>%]\})\}[ ]*"
)
_CODE = frozenset({"highlight", "codeblock"})
_NOTICES = KINDS | {"hint", "notice", "callout", "alert", "admonition"}
_ATTRIBUTE = re.compile(r"(?P<name>\w+)=[\"'](?P<value>[^\"'\[\]<>]*)[\"']")
_QUOTED = re.compile(r"\s*(?:[\w-]+\s+)?\"(?P<title>[^\"]*)\"\s*")
_SHOWN = frozenset("title label summary alt caption style type".split())
"""Attributes whose values readers see."""
_ADDRESS = re.compile(r"(?<=\]\()(?:\{\{(?:(?!\}\}).)*\}\}|\{%(?:(?!%\}).)*%\}|[^\s(){}])+(?=\))")
_REF = re.compile(
    r"\{(?:%-?|\{[<%])\s*(?:link|post_url|ref|relref)\s+[\"']?(?P<path>[^\"'%>\s]+)[^{}]*\}{1,2}"
)
_BASE = re.compile(r"\{\{-?\s*(?:site|page)\.(?:baseurl|url)\s*-?\}\}")
_FILTERED = re.compile(
    r"\{\{-?\s*[\"'](?P<path>[^\"']+)[\"']\s*\|\s*(?:relative_url|absolute_url|relURL|absURL)\s*-?\}\}"
)
_LONE = re.compile(rf"[ ]{{0,3}}{_TAG}(?:[ ]*{_TAG})*[ ]*")
_NAMES = frozenset(
    "include include_relative raw endraw code endcode tab endtab tabs endtabs content-ref "
    "endcontent-ref embed endembed file endfile stepper endstepper step endstep".split()
)
"""Tags that show nothing; people write about others, such as `if`."""
_IMPORT = re.compile(
    r"import\s(?:[^\"']+\sfrom\s+)?[\"'][^\"']+[\"'];?\s*"
    r"|export\s+(?:const|default|let|function)\s.+[;})\]]\s*"
)
_COMPONENT = re.compile(r"[ ]{0,3}</?(?P<name>[A-Z]\w+)(?:\.\w+)*(?P<rest>\s(?:[^<>]|=>)*)?/?>[ ]*")
_BADGE = re.compile(r"(?<=\S)\s*<[A-Z]\w+\s[^<>]*=[^<>]*/>(?=\s*(?:\{[^{}]*\}\s*)?#*\s*\Z)")
_NOTE = re.compile(r"\{/\*.*?\*/\}")


def is_mdx(name: str, text: str) -> bool:
    """Tell whether a file has components: by its name, or because it starts with imports."""
    return name.lower().endswith(".mdx") or bool(_IMPORT.fullmatch(text.lstrip().split("\n")[0]))


def with_markdown(text: str, *, mdx: bool) -> str:
    """Return a file with code, notices, pictures and addresses of templates as Markdown."""
    if not _TAGS.search(text):
        return text
    lines = text.split("\n")
    _write_code(lines)
    code = code_lines("\n".join(lines))
    ends = _ends(lines, code)
    for at, line in enumerate(lines):
        if at in code or not _TAGS.search(line):
            continue
        found = _BLOCK.fullmatch(line)
        name = found["name"] if found and not found["ends"] else ""
        if found and name in _NOTICES:
            end, title = _next(ends, name, at), _title(found["rest"], name)
            if end and title:
                _notice(lines, at, end, f"{found['indent']}> ", title)
        elif found and name in {"figure", "img"}:
            lines[at] = _picture(found["rest"]) or line
        elif title := _label(found, name) or (_label(_component(line), "") if mdx else ""):
            lines[at] = bold_line("", title, lines[at + 1 : at + 2])
        else:
            lines[at] = _with_addresses(line)
    return "\n".join(lines)


def _write_code(lines: list[str]) -> None:
    """Write blocks of code as fences; what is within them is nothing else."""
    ends = _ends(lines, ())
    if not _CODE & ends.keys():
        return
    indented, end = code_lines("\n".join(lines)), -1
    outside = ("" if at <= end else line for at, line in enumerate([*lines]))
    for at, fence in enumerate(fences(outside)):
        found = _BLOCK.fullmatch(lines[at]) if fence is None and at > end else None
        if not found or found["name"] not in _CODE or found["ends"]:
            continue
        is_code = at in indented and len(found["indent"]) > 3  # noqa: PLR2004 - as CommonMark has it
        if not is_code and (last := _next(ends, found["name"], at)):
            end = last
            language = re.match(r"\s*[\"']?([\w+#-]*)", found["rest"])
            marks = found["indent"] + fence_marks("\n".join(lines[at + 1 : end]))
            lines[at], lines[end] = f"{marks}{language[1] if language else ''}", marks


def _ends(lines: Sequence[str], code: Collection[int]) -> dict[str, list[int]]:
    """Return the lines that end blocks, by the names of these."""
    found: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if "{" in line and at not in code and (tag := _BLOCK.fullmatch(line)) and tag["ends"]:
            found.setdefault(tag["name"], []).append(at)
    return found


def _next(ends: Mapping[str, list[int]], name: str, at: int) -> int:
    """Return the line that ends a block; 0 if none does."""
    own = ends.get(name, [])
    place = bisect(own, at)
    return own[place] if place < len(own) else 0


def _notice(lines: list[str], at: int, end: int, mark: str, title: str) -> None:
    """Write a notice as a quote with a title."""
    for row in range(at + 1, end):
        lines[row] = f"{mark}{lines[row].removeprefix(mark[:-2])}".rstrip()
    lines[at] = bold_line(mark, f"{title[:1].upper()}{title[1:]}", lines[at + 1 : end])
    lines[end] = ""


def _title(rest: str, name: str) -> str:
    """Return the title of a notice; empty if the tag says more than that."""
    if quoted := _QUOTED.fullmatch(rest):
        return quoted["title"]
    if re.fullmatch(r"\s*[\w-]*\s*", rest):
        return rest.strip() or name
    return _only_value(rest)


def _only_value(rest: str) -> str:
    """Return the value that readers see if a tag has one of these, and nothing else but names."""
    found = [*_ATTRIBUTE.finditer(rest)]
    values = {match["value"] for match in found if match["name"] in _SHOWN and match["value"]}
    plain = _ATTRIBUTE.sub("", rest).strip(" /")
    others = (match["value"] for match in found if match["name"] not in _SHOWN)
    named = all(re.fullmatch(r"[\w./:#-]*", value) for value in others)
    return values.pop() if len(values) == 1 and named and not plain else ""


def _label(tag: re.Match[str] | None, name: str) -> str:
    """Return the label of a tab, or of a component, whose name is empty."""
    return _only_value(tag["rest"] or "") if tag and name in {"", "tab"} else ""


def _picture(rest: str) -> str:
    """Return the picture of a figure; empty if the figure has more than one text, or a link."""
    found = {match["name"]: match["value"] for match in _ATTRIBUTE.finditer(rest)}
    texts = {found[name] for name in ("alt", "caption", "title") if found.get(name)}
    if not found.get("src") or len(texts) > 1 or "link" in found:
        return ""
    return f"![{''.join(texts)}](<{found['src']}>)"


def _with_addresses(line: str) -> str:
    """Write the addresses of links without the tags that their generator replaces."""
    shown = blanked(line)
    for found in reversed([*_ADDRESS.finditer(line)]):
        if shown[found.start() - 2 : found.start()] == "](":
            url = _REF.sub(lambda ref: ref["path"], _BASE.sub("", found[0]))
            url = _FILTERED.sub(lambda own: own["path"], url)
            line = line[: found.start()] + url + line[found.end() :]
    return line


def without_tags(text: str, *, mdx: bool) -> tuple[str, list[Removed]]:
    """Return a file without the tags that show nothing, and these."""
    if not _TAGS.search(text):
        return text, []
    removed: list[Removed] = []
    lines, code = text.split("\n"), code_lines(text)
    for at, line in enumerate(lines):
        if at in code or not _TAGS.search(line):
            continue
        if _shows_nothing(line) or (mdx and (_IMPORT.fullmatch(line) or _component(line))):
            found = [(line, "tag of another tool")]
        else:
            noted = mdx or _NOTE.fullmatch(line.rstrip())
            found = [(piece, "comment") for piece in _outside_code(line, _NOTE) if noted]
            if mdx and line.startswith("#"):
                found += [(piece, "tag of another tool") for piece in _outside_code(line, _BADGE)]
        for piece, why in found:
            removed.append(Removed(at + 1, piece.strip(), why))
            lines[at] = lines[at].replace(piece, "", 1)
    return "\n".join(lines), removed


def _shows_nothing(line: str) -> bool:
    """Tell whether a line is nothing but tags that show nothing."""
    if not _LONE.fullmatch(line):
        return False
    names = re.findall(r"\{(?:%-?|\{[<%])\s*/?([\w-]*)", line)
    return all(name in _NAMES for name in names) or "{{" in line


def _component(line: str) -> re.Match[str] | None:
    """Return a line that is the tag of a component, and of no element of HTML."""
    found = _COMPONENT.fullmatch(line)
    return found if found and found["name"].lower() not in ELEMENTS else None


def _outside_code(line: str, pattern: re.Pattern[str]) -> list[str]:
    """Return what a pattern finds in a line, but not in code."""
    shown = blanked(line)
    return [found[0] for found in pattern.finditer(line) if shown[slice(*found.span())] == found[0]]
