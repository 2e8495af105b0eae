"""CommonMark, which authors write and GitHub shows, in the dialect of Python-Markdown.

Python-Markdown wants four columns for what a list item holds and a blank line around most blocks,
lets link definitions, footnotes and attribute lists act on a whole page, and knows neither `1)` nor
a backslash at a line's end. So an answer's blocks are written anew; what they say stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from zlib import crc32

from qna import blocks, prose
from qna.blocks import Block, Kind

_DEFINITION = re.compile(
    r"\[(?P<label>(?!\^)[^\[\]]+)\]:[ ]*(?P<url><[^<>]*>|[^\s<]\S*)"
    r"(?:[ ]+(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|\((?P<round>[^()]*)\)))?[ ]*"
)
_NOTE = re.compile(r"\[\^(?P<label>[^\[\]\s]+)\]:")
_SPAN = (
    rf"{prose.CODE}|\\[\s\S]|<[^<>\s`]*>|\{{"
    rf"|\[\^(?P<note>[^\[\]\s]+)\]|(?P<image>!)?\[{prose.LABEL}\]"
    rf"(?:(?P<addressed>(?(image)(?={prose.ADDRESS})|(?!)))|(?:{prose.REFERENCE})?(?!{prose.ADDRESS}))"
    rf"|\](?!{prose.ADDRESS})\("
)
_REWRITTEN = {"\\\n": "  \n", "\\&": "&amp;", "{": "\\{", "](": "]\\("}
"""A line break, an ampersand that starts no entity, what could start an attribute list, no link."""
_START = r"(?P<start>^(?P<define>\[\^(?P<defined>[^\[\]\s]+)\]:[ \t]*)?(?P<number>\d*))"
"""Where a line begins, or what a footnote says: another block could begin there by accident."""
_INLINE = re.compile(rf"{_START}|{_SPAN}", re.MULTILINE)
_CELL = re.compile(rf"(?!){_START}|{_SPAN}")
_ACCIDENT = re.compile(
    r"(?:\d+[.)]|[-+*:])(?:\s|\\?$)|[#>]|\?\?\?|!!!|~~~|=+\s*$|\*?\[(?!\^)[^\]]+\]:"
    rf"|{blocks.DELIMITERS.pattern}$"
)
"""How a line of text starts that Python-Markdown, but not CommonMark, takes for another block."""
_DEFINES = re.compile(r"\[\^(?![^\[\]\s]+\])|\[[^\[\]]*\]:|\*\[[^\\]{0,999}?\][ ]?:")
"""The same for what it takes for a definition, of which the label may go over several lines."""
_NEXT_LINE = re.compile(r"(?<=\n)(?P<number>\d*)(?P<rest>[^\n]*)")
_LIKE_FENCE = re.compile(
    r"^(?P<line>`{3}.*?(?<!\\)(?:\\\\)*)\\?(?P<last>[}\"'])(?P<blanks>[ \t]*)$", re.MULTILINE
)
"""A line that starts with code and ends like the settings of a fence."""
_LANGUAGE = re.compile(r"[\w#.+-]+")


def convert(markdown: str) -> str:
    """Return Markdown that Python-Markdown renders as CommonMark would render `markdown`."""
    root = blocks.read(markdown.split("\n"))
    paragraphs = [leaf for leaf in root.leaves() if leaf.kind is Kind.TEXT]
    _, notes = labels(paragraphs)
    definitions = [match for text in paragraphs for match in _taken_definitions(text)]
    _drop_empty(root)
    targets = {key(match["label"]): _target(match) for match in reversed(definitions)}
    writer = _Writer(f"{crc32(markdown.encode()):x}", notes, targets)
    return "\n".join(writer.blocks(_without_accident(root.blocks)))


def labels(paragraphs: Sequence[Block]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys of the links and the labels of the footnotes that paragraphs define."""
    found = (match for text in paragraphs for match in _definitions(text))
    notes = (match for text in paragraphs for match in map(_NOTE.match, text.lines) if match)
    return frozenset(key(match["label"]) for match in found), frozenset(
        match["label"] for match in notes
    )


def indented(markdown: str, width: int = 4) -> str:
    """Indent every line that is not blank."""
    return "\n".join(" " * width + line if line else "" for line in markdown.split("\n"))


def _without_accident(found: list[Block]) -> list[Block]:
    """Take a number that starts an answer as text, unless a second item follows it."""
    match found:
        case [Block(Kind.ITEM, blocks=[Block(Kind.TEXT, lines=lines)]) as item, *rest] if (
            item.marker[0].isdigit() and not (rest and _list_type(rest[0]) == _list_type(item))
        ):
            text = Block(Kind.TEXT, item.line, [f"{item.marker} {lines[0]}", *lines[1:]])
            return [text, *rest]
    return found


def _definitions(text: Block) -> list[re.Match[str]]:
    """Return the link definitions that a paragraph starts with."""
    found = map(_DEFINITION.fullmatch, text.lines)
    return [match for match in takewhile(bool, found) if match]


def _taken_definitions(text: Block) -> list[re.Match[str]]:
    """Take the link definitions that a paragraph starts with out of it."""
    found = _definitions(text)
    del text.lines[: len(found)]
    return found


def _drop_empty(block: Block) -> None:
    block.blocks = [inner for inner in block.blocks if inner.kind is not Kind.TEXT or inner.lines]
    for inner in block.blocks:
        _drop_empty(inner)


def key(label: str) -> str:
    """Return what tells one label of a link definition from another: neither case nor blanks."""
    return " ".join(label.casefold().split())


def _target(match: re.Match[str]) -> str:
    title = match["double"] or match["single"] or match["round"]
    return f'{match["url"]} "{title}"' if title else match["url"]


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes blocks as lines."""

    name: str
    """Keeps the footnotes of one answer apart from those of the others on its page."""
    notes: frozenset[str]
    """Labels of the footnotes that are defined."""
    definitions: Mapping[str, str]

    def blocks(self, found: Sequence[Block], *, tight: bool = False) -> Iterator[str]:
        """Yield lines, with blank ones between the blocks unless they are to stand tight."""
        return _joined((self._run(list(run)) for _, run in groupby(found, _list_type)), tight=tight)

    def _run(self, run: Sequence[Block]) -> Iterator[str]:
        """Yield the lines of a whole list, or of blocks of another kind."""
        tight = _is_tight(run)
        return _joined((self._block(block, tight=tight) for block in run), tight=tight)

    def _block(self, block: Block, *, tight: bool) -> Iterator[str]:
        match block.kind:
            case Kind.ITEM:
                yield from self._item(block, tight=tight)
            case Kind.QUOTE:
                yield from (f"> {line}" if line else ">" for line in self.blocks(block.blocks))
            case Kind.TEXT | Kind.HEADING:  # a page has no headings but those of questions
                written = self._written(
                    "\n".join(line.rstrip("\t") for line in block.lines), _INLINE
                )
                yield from _without_fence(written).split("\n")
            case Kind.TABLE:
                yield from self._table(block.lines)
            case Kind.FENCE | Kind.CODE:
                yield from _fence(block)
            case Kind.RULE:
                yield "***"

    def _item(self, item: Block, *, tight: bool) -> Iterator[str]:
        lines = list(self.blocks(item.blocks, tight=tight))
        marker = f"{item.marker.replace(')', '.'):<3} "
        if item.blocks and item.blocks[0].kind is Kind.TEXT:
            yield marker + lines.pop(0)
        else:
            yield from (marker, "") if lines else (marker,)
        yield from (indented(line) for line in lines)

    def _table(self, rows: Sequence[str]) -> Iterator[str]:
        """Write rows cell by cell; only GitHub wants a backslash before a pipe in code."""
        for number, row in enumerate(rows):
            first, *others = blocks.CELL_END.split(row)
            cells = [
                self._written(first, _INLINE),
                *(self._written(cell, _CELL) for cell in others),
            ]
            shown = _without_fence("|".join(map(_without_escaped_pipes, cells)))
            yield row if number == 1 else shown

    def _written(self, text: str, spans: re.Pattern[str]) -> str:
        return prose.settled(spans.sub(self._inline, text))

    def _inline(self, match: re.Match[str]) -> str:
        if match["start"] is not None:
            return self._start(match)
        if match["addressed"] is not None:
            return _image(match["label"])
        if match["note"] or match["label"] is not None:
            return self._reference(match)
        if match["stray"]:
            return "\\`" * len(match["stray"])
        if match["ticks"]:
            return match[0].replace("\n", " ")  # in code, no backslash guards the start of a line
        return _REWRITTEN.get(match[0], match[0])

    def _start(self, match: re.Match[str]) -> str:
        """Write the start of a line so that it starts no other block."""
        start = match.start("number")
        line, _, _ = match.string[start:].partition("\n")
        define = f"[^{self.name}-{match['defined']}]: " if match["define"] else ""
        accident = _is_accident(line) or _DEFINES.match(match.string, start)
        return define + match["number"] + ("\\" if accident else "")

    def _reference(self, match: re.Match[str]) -> str:
        """Write a link in full, and a footnote under a label of its own."""
        if match["note"]:
            return f"[^{self.name}-{match['note']}]" if match["note"] in self.notes else match[0]
        label, reference = match["label"], match["reference"]
        target = self._defined(match)
        if target and match["image"]:
            return f"{_image(label)}({target})"
        text = f"{match['image'] or ''}[{_CELL.sub(self._inline, label)}]"
        if target and not self._holds_link(label):
            return f"{_guarded(text)}({target})"
        behind = "" if reference is None else f"[{_CELL.sub(self._inline, reference)}]"
        address = f"({target})" if target else ""
        end = "\\" if match.string.startswith("(", match.end()) else ""
        return _guarded(text + behind) + address + end

    def _holds_link(self, label: str) -> bool:
        """Tell whether a label holds a link, so that what is around it is none."""
        if any(not link.image for link in prose.links(label)):
            return True
        inner = (match for match in _CELL.finditer(label) if match["label"] and not match["image"])
        return any(map(self._defined, inner))

    def _defined(self, match: re.Match[str]) -> str | None:
        """Return where a reference leads."""
        return self.definitions.get(key(match["reference"] or match["label"]))


def _image(label: str) -> str:
    """Write what stands for an image: it shows no emphasis."""
    return f"![{prose.escape(prose.plain(label))}]"


def _is_accident(line: str) -> bool:
    return bool(_ACCIDENT.match(line) or blocks.RULE.fullmatch(line))


def _guarded(text: str) -> str:
    """Write text over several lines so that none but the first starts another block."""

    def guarded(line: re.Match[str]) -> str:
        accident = _is_accident(line[0]) or _DEFINES.match(text, line.start())
        return f"{line['number']}\\{line['rest']}" if accident else line[0]

    return _NEXT_LINE.sub(guarded, text)


def _without_fence(text: str) -> str:
    """Write lines so that none opens a fence by the code it starts with."""
    return _LIKE_FENCE.sub(
        lambda match: f"{match['line']}&#{ord(match['last'])};{match['blanks']}", text
    )


def _without_escaped_pipes(cell: str) -> str:
    return re.sub(prose.CODE, lambda code: code[0].replace("\\|", "|"), cell)


def _list_type(block: Block) -> tuple[Kind, str]:
    return block.kind, "1" if block.marker[:1].isdigit() else block.marker


def _joined(parts: Iterable[Iterable[str]], *, tight: bool) -> Iterator[str]:
    filled = [lines for part in parts if (lines := list(part))]
    for number, lines in enumerate(filled):
        if number and not tight:
            yield ""
        yield from lines


def _is_tight(run: Sequence[Block]) -> bool:
    """Tell whether blocks are a list of text and lists that are tight, without blank lines."""
    return not any(block.spaced for block in run[1:]) and all(map(_is_plain, run))


def _is_plain(block: Block) -> bool:
    match block:
        case Block(Kind.ITEM, blocks=[Block(Kind.TEXT), *below]):
            one_list = len(set(map(_list_type, below))) < 2  # noqa: PLR2004 - two make two lists
            return one_list and not any(item.spaced for item in below[:1]) and _is_tight(below)
    return False


def _fence(code: Block) -> Iterator[str]:
    longest = max(
        (len(run) for line in code.lines for run in re.findall("^ *(`+)", line)), default=0
    )
    marks = "`" * max(3, longest + 1)
    language = _LANGUAGE.match(code.info)
    yield marks + (language[0] if language else "")
    yield from _trimmed(code.lines) if code.kind is Kind.CODE else code.lines
    yield marks


def _trimmed(lines: Sequence[str]) -> Sequence[str]:
    filled = [number for number, line in enumerate(lines) if line]
    return lines[: filled[-1] + 1]
