"""Answers: Markdown of other sites as this site has it.

Headings become bold and indented code becomes a fence; links lead to questions, pictures to their
copies, and links that would lead nowhere become text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import unquote

from markdown_it.token import Token

from qna.importing import titles
from qna.importing.blocks import Block, items, label
from qna.importing.collection import Part, anchor_key, is_data, label_text, titled_picture
from qna.importing.html import Removed, code_span, fence_marks, formula_of
from qna.importing.lines import Line, trimmed
from qna.markdown import parser, url_safety
from qna.markdown.formulas.mathml import FormulaError, mathml
from qna.markdown.parser import Parsed
from qna.markdown.running_text import Link, Passage, Place, edited, formulas, passages
from qna.reading.indentation import OPENING, closes, dedent, expand, fences, indentation

_ROUNDS = 8
_ODD_SPACE = re.compile(
    r"\A(?P<before>[ \t>]*(?:[*+-][ \t]+|\d+[.)][ \t]+)*[*+-]?)"
    r"[\u00a0\u2000-\u200a\u202f\u3000]+"
)
_ABBREVIATION = re.compile(r"^\*(?=\[[^\]\n]+\]:)", re.MULTILINE)
_SPACED = re.compile(
    r"(?<!\w)\[[^\[\]\n]+\]\((?P<url>[^()\n<>\"']*[^\s()][ \t]+[^\s()\"'][^()\n\"'<>]*)\)"
)
_ATX = re.compile(r"(?P<before>.*?)(?P<marks>#{1,6})[ \t]+(?P<text>.*?)(?:[ \t]+#+)?[ \t]*\Z")
_PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?")
COPIES = "../assets/images/questions/"
"""Start of the addresses of copied pictures."""
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif")


@dataclass(slots=True)
class Surroundings:
    """What is around the texts that are imported."""

    anchors: dict[tuple[str, str], int]
    definitions: dict[str, list[Block]]
    address: Callable[[int], str]
    """Number of a question or topic to its id."""
    picture: Callable[[str, str], str]
    """File and address of a local picture to where its copy will be; empty if there is none."""
    removed: list[tuple[str, Removed]] = field(default_factory=list)
    ids: Mapping[str, int] = field(default_factory=dict)
    """Anchors of the new ids, which any file with anchors may lead to, and what they name."""
    _files: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Note the files that have anchors."""
        self._files = frozenset(file for file, _ in self.anchors)

    def number(self, file: str, key: str) -> int | None:
        """Return the number of what an anchor in a file leads to; None if there is none."""
        found = self.anchors.get((file, key))
        return self.ids.get(key) if found is None and file in self._files else found


def written(parts: Sequence[Part], around: Surroundings) -> str:
    """Return the Markdown of an answer or introduction."""
    texts: list[str] = []
    for file, group in groupby(parts, key=lambda part: part.file):
        own = list(group)
        if len(parts) == 1 and own[0].kind == "list" and len(only := items(own[0].lines)) == 1:
            first, *below = only[0].lines
            rest = [first._replace(text=re.sub(r"\A\[[ xX]\]\s+", "", first.text)), *below]
            own = [replace(part, lines=rest, kind="other") for part in own]
        text = "\n\n".join(filter(None, (_with_links(part, around) for part in own)))
        repaired = _repaired(text)
        if repaired != text:  # what was a formula may have links
            repaired = edited(repaired, _link_edits(repaired, file, [_first(own)], around))
        texts.append(_with_definitions(repaired, file, around))
    return "\n\n".join(filter(None, texts))


def _first(parts: Sequence[Part]) -> int:
    return next((line.number for part in parts for line in part.lines if line.number), 1)


def _with_links(part: Part, around: Surroundings) -> str:
    numbers = [line.number for line in trimmed(part.lines) if line.number]
    text = _part(part)
    text = with_readable_addresses(text)
    return edited(text, _link_edits(text, part.file, numbers or [1], around))


def _part(part: Part) -> str:
    lines = list(trimmed(part.lines))
    if not lines:
        return ""
    if part.kind == "heading":
        return bold(heading_text(lines))
    if part.kind == "code":
        code = "\n".join(dedent(line.text, 4) for line in lines)
        marks = fence_marks(code)
        return f"{marks}\n{code}\n{marks}"
    if part.kind == "rule":
        return "---"
    width = indentation(lines[0].text)
    if part.kind == "paragraph":
        text = "\n".join(
            line.text.strip() if line.text.endswith("\\") else line.text.lstrip() for line in lines
        ).rstrip()
        return re.sub(r"\A(\d{1,9})(?=[.)]\Z)", r"\1\\", text)  # no list: a label is gone
    texts = (line.text if part.kind == "fence" else expand(line.text) for line in lines)
    rows = [dedent(text, width) for text in texts]
    opening = OPENING.match(rows[0]) if part.kind == "fence" else None
    if opening and not (len(rows) > 1 and closes(rows[-1], opening["marks"])):
        rows.append(opening["marks"])  # or it would go on in the next part
    return "\n".join(rows)


def heading_text(lines: Sequence[Line]) -> str:
    """Return the text of a heading in either form."""
    first = lines[0].text.strip()
    if found := _ATX.fullmatch(first):
        return titles.named(found["text"])[0].strip()
    kept = [line.text.strip() for line in lines]
    if len(kept) > 1 and re.fullmatch(r"=+|-+", kept[-1]):
        kept = kept[:-1]
    return titles.named(" ".join(kept))[0].strip()


def bold(text: str) -> str:
    """Return running text in bold, as a paragraph."""
    text = titles.unbolded(text).strip().strip("#").strip() if text.strip("# ") else text.strip()
    if not text:
        return ""
    if "*" in text:
        return f"__{text}__" if not re.search(r"__", text) else text
    return f"**{text}**"


# Blocks that answers cannot have


def _repaired(text: str) -> str:
    for _ in range(_ROUNDS):
        changed = _repaired_once(text)
        if changed == text:
            break
        text = changed
    return text.strip("\n")


def _repaired_once(text: str) -> str:
    parsed = parser.parse(text)
    lines = _misread(_with_plain_spaces(text.split("\n")), parsed)
    if "\n".join(lines) != text:
        return "\n".join(lines)
    for at in reversed(range(len(parsed.tokens))):
        token = parsed.tokens[at]
        if not token.map:
            continue
        start, end = token.map
        if token.type == "heading_open":
            lines[start:end] = _unheaded(lines[start:end], parsed.tokens[at + 1].content)
        elif token.type == "code_block":
            lines[start:end] = _fenced(lines[start:end], token.content)
        elif token.type == "fence" and not _is_closed(lines[start:end], token):
            prefix = lines[start][: lines[start].find(token.markup)]
            lines[end:end] = [re.sub(r"[^\s>]", " ", expand(prefix)) + token.markup]
        elif token.type == "inline" and _ABBREVIATION.search(token.content):
            for row in range(start, end):
                lines[row] = re.sub(r"(?<!\S)\*(?=\[[^\]\n]+\]:)", r"\\*", lines[row], count=1)
    changed = "\n".join(lines)
    if changed != text:
        return changed
    return edited(text, _edits(text))


def _misread(lines: list[str], parsed: Parsed) -> list[str]:
    """Escape what the splitter would take for the start of a fence, and Markdown does not."""
    starts = {token.map[0] for token in parsed.tokens if token.type == "fence" and token.map}
    for at in _opening(lines):
        if at not in starts:
            lines[at] = re.sub(r"(?=[`~])", r"\\", lines[at], count=3)
    return lines


def _opening(lines: Sequence[str]) -> Iterator[int]:
    """Yield the lines that open a fence for the splitter, even within a paragraph."""
    inside = [fence is not None for fence in fences([*lines, ""])]
    for at, opened in enumerate(inside[1:]):
        if opened and not inside[at]:
            yield at


def _with_plain_spaces(lines: Sequence[str]) -> list[str]:
    """Take odd spaces off the start of lines: the splitter does not take them for indentation."""
    return [
        line if fence is not None else _ODD_SPACE.sub(r"\g<before>", line)
        for line, fence in zip(lines, fences(lines), strict=True)
    ]


def _is_closed(lines: Sequence[str], fence: Token) -> bool:
    """Tell whether a fence has an end; without one, it ends with the list item that it is in."""
    last = lines[-1].lstrip(" \t>").rstrip()
    return len(lines) > 1 and len(last) >= len(fence.markup) and set(last) == {fence.markup[0]}


def _unheaded(lines: list[str], text: str) -> list[str]:
    first = lines[0]
    shown = bold(titles.named(text)[0].replace("\n", " "))
    if found := _ATX.fullmatch(first):
        return [f"{found['before']}{shown}", *lines[1:]]
    return [first[: len(first) - len(first.lstrip(" >"))] + shown]


def _fenced(lines: list[str], code: str) -> list[str]:
    rows = code.rstrip("\n").split("\n")
    body = lines[: len(rows)]
    prefixes = [
        line[: max(0, len(line.rstrip()) - len(row.rstrip()))]
        for line, row in zip(body, rows, strict=True)
    ]
    first = expand(prefixes[0])
    outer = first[: max(0, len(first) - 4)] if first.endswith("    ") else first
    below = re.sub(r"[^\s>]", " ", outer)
    marks = fence_marks(code)
    return [
        f"{outer}{marks}",
        *(f"{below}{row}".rstrip() if row.strip() else below.rstrip() for row in rows),
        f"{below}{marks}",
        *lines[len(rows) :],
    ]


def _edits(text: str) -> Iterator[tuple[Place, str]]:
    parsed = parser.parse(text)
    for passage in passages(parsed):
        blank = passage.blanked()
        for match in titles.KRAMDOWN.finditer(blank):
            yield passage.place(*match.span()), ""
    yield from _unreadable(text)


def with_readable_addresses(text: str) -> str:
    """Return Markdown with addresses that have spaces between angle brackets."""
    return edited(text, _spaced(text))


def _spaced(text: str) -> Iterator[tuple[Place, str]]:
    for passage in passages(parser.parse(text)):
        for match in _SPACED.finditer(passage.blanked()):
            yield passage.place(*match.span("url")), f"<{match['url'].strip()}>"


def _unreadable(text: str) -> Iterator[tuple[Place, str]]:
    """Take dollars off what cannot be read as a formula: it becomes code."""
    parsed = parser.parse(text)
    for token, passage in zip(parsed.inlines(), passages(parsed), strict=True):
        for child in token.children or ():
            if child.type in {"math_inline", "math_inline_double"} and not _reads(
                child.content, display=child.type != "math_inline"
            ):
                start, end = child.meta["span"]
                if "\n" not in passage.text[start:end]:
                    yield passage.place(start, end), code_span(child.content.strip())
                else:
                    yield passage.place(start, start), "\\"
    lines = text.split("\n")
    for formula in formulas(parsed):
        if formula.display and formula.origins and not _reads(formula.tex, display=True):
            line = formula.origins[0][0]
            for at in (line, line - 1):
                found = lines[at].find("$$")
                if found >= 0:
                    yield Place(at, found, found), "\\"
                    break


def _reads(tex: str, *, display: bool) -> bool:
    try:
        mathml(tex, display=display)
    except FormulaError:
        return False
    return True


# Links


def _link_edits(
    text: str, file: str, numbers: Sequence[int], around: Surroundings
) -> Iterator[tuple[Place, str]]:
    with_definitions = text + "".join(
        f"\n\n{block.markdown}"
        for block in around.definitions.get(file, ())
        if not label(block).startswith("^")
    )
    count = text.count("\n") + 1
    for passage in passages(parser.parse(with_definitions)):
        line = passage.origins[0][0] if passage.origins else 0
        if line >= count:
            continue
        outer = 0
        for link in passage.links:
            if link.whole[0] < outer:
                continue  # a picture in a link that has changed
            at = line + passage.text.count("\n", 0, link.whole[0])
            number = numbers[min(at, len(numbers) - 1)]
            changes = list(_change(passage, link, file, number, around))
            if changes:
                outer = link.whole[1]
            yield from changes


def _change(
    passage: Passage, link: Link, file: str, number: int, around: Surroundings
) -> Iterator[tuple[Place, str]]:
    start, end = link.whole
    whole = passage.text[start:end]
    if whole.startswith(("[", "![")) and not link.url.startswith(COPIES):
        holds = not link.image and any(
            other.image and url_safety.is_foreign(other.url)
            for other in passage.links
            if start < other.whole[0] and other.whole[1] < end
        )
        text = label_text(whole)
        shown = link.image and is_data(link.url)
        own = _foreign if url_safety.is_foreign(link.url) and not shown else _local
        changed, why = own(link, text, file, around, holds=holds)
        if why:
            around.removed.append((file, Removed(number, link.written or link.url, why)))
        if changed is not None:
            yield from _cut(passage, start, end, changed)
    elif whole.startswith("<") and not url_safety.is_safe(link.url):
        around.removed.append((file, Removed(number, link.url, "link that a page may not have")))
        yield from _cut(passage, start, end, code_span(whole[1:-1]))


def _foreign(
    link: Link, text: str, _file: str, _around: Surroundings, *, holds: bool
) -> tuple[str | None, str]:
    """Return what a link to another site becomes, if it changes, and why it is lost, if it is.

    `holds` tells whether the link has a picture of another site.
    """
    address = f"<{link.url}>" if re.search(r"[\s()]", link.url) else link.url
    if link.image and (tex := formula_of(link.url)):
        return f"${tex}$", ""
    if not url_safety.is_safe(link.url):
        return text or code_span(link.written), "link that a page may not have"
    if link.image:
        return f"[{text if text.strip() else titled_picture(link.url)}]({address})", ""
    if holds:
        shown = _PICTURE.sub(lambda image: image["alt"], text).strip()
        return f"[{shown or titled_picture(link.url)}]({address})", ""
    return None, ""


def _local(
    link: Link, text: str, file: str, around: Surroundings, *, holds: bool
) -> tuple[str | None, str]:
    """Return what a link within the files becomes, if it changes, and why it is lost, if it is."""
    if target := _target(link.url, file, around):
        return f"[{text}]({target})", ""
    path = unquote(link.url.split("?", maxsplit=1)[0])
    if not (link.image or PurePosixPath(path).suffix.lower() in PICTURES):
        return text, "link that leads nowhere here"
    place = around.picture(file, link.url)
    if not place:
        return text or titled_picture(link.url), "picture that is not there"
    mark = "!" if link.image else ""
    return None if holds else f"{mark}[{text or titled_picture(link.url)}]({place})", ""


TARGET = "#\ufdd2"
"""Start of the address of a question that has no id yet; its number follows."""


_SURE = 3
"""Hyphens in an anchor that is enough to find a question, whatever its file is called."""


def _target(url: str, file: str, around: Surroundings) -> str:
    """Return the address of the question or topic that a link within the files leads to."""
    path, _, anchor = url.partition("#")
    name = file
    if path:
        folder = PurePosixPath(file).parent
        name = normpath(f"/{folder}/{unquote(path.split('?')[0])}").lstrip("/")
    key = anchor_key(unquote(anchor))
    own = around.number(file, key)
    if path and key.count("-") >= _SURE and own is not None:
        return around.address(own)
    for candidate in (name, f"{name}.md", f"{name}/README.md", f"{name}/index.md"):
        number = around.number(candidate, key)
        if number is None and path:
            number = around.number(candidate, "")
        if number is not None:
            return around.address(number)
    return ""


def _cut(passage: Passage, start: int, end: int, text: str) -> Iterator[tuple[Place, str]]:
    """Yield the edits that replace a stretch, which may be over several lines."""
    first, *others = passage.text[start:end].split("\n")
    shown = text.replace("\n", " ").replace("|", "\\|") if passage.cell else text.replace("\n", " ")
    yield passage.place(start, start + len(first)), shown
    at = start + len(first) + 1
    for other in others:
        if other:
            yield passage.place(at, at + len(other)), ""
        at += len(other) + 1


# Definitions


def _with_definitions(text: str, file: str, around: Surroundings) -> str:
    """Add the definitions that a text uses: each answer has its own page."""
    found: list[str] = []
    taken: set[str] = set()
    waiting = text
    while waiting:
        used = {_key(name) for name in re.findall(r"\[((?:\\.|[^\[\]\\])+)\]", waiting)}
        waiting = ""
        for block in around.definitions.get(file, ()):
            name = _key(label(block))
            if not name or name in taken or name not in used:
                continue
            taken.add(name)
            own = block.markdown
            if name.startswith("^"):
                own = _with_links(Part(file, block.lines, block.kind), around)
                own = _repaired(own)
                waiting += own.partition("]:")[2]
            elif not parser.parse(own).definitions or not _is_kept(own):
                continue
            found.append(own)
    return "\n\n".join([text, "\n\n".join(found)]) if found else text


def _is_kept(definition: str) -> bool:
    return all(
        url_safety.is_safe(url) and url_safety.is_foreign(url)
        for _, url in parser.parse(definition).definitions
    )


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def used_labels(texts: Iterable[str]) -> set[str]:
    """Return the labels that texts use, to tell which definitions nobody needs."""
    return {_key(name) for text in texts for name in re.findall(r"\[((?:\\.|[^\[\]\\])+)\]", text)}
