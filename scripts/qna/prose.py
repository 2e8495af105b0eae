"""Inline Markdown: reading it as plain text, and writing plain text so that it stays plain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from qna import blocks, emphasis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


def _in_code(ticks: str) -> str:
    """Return what code holds behind the backticks of a group: text, line ends, other backticks.

    So many of them that nobody needs more: without a limit, lone backticks take quadratic time.
    """
    other_ticks = rf"(?!(?P={ticks})(?!`))`+(?!`)"
    return rf"(?:[^`\n]+(?![^`\n])|\n(?![ ]*\n)|{other_ticks}){{1,29}}"


CODE = rf"(?P<ticks>`+)(?!`)(?P<code>{_in_code('ticks')})(?P=ticks)(?!`)|(?P<stray>`+)"
"""A code span, or backticks that have no counterpart."""


def _whole_code(name: str) -> str:
    """Return `CODE` with groups of other names, so that it can stand beside it.

    It is taken as it is or not at all, whatever follows: backticks pair before brackets do. Python
    3.11 miscounts groups within its own atomic ones, hence the look ahead.
    """
    ticks = f"{name}_ticks"
    code = rf"(?P<{ticks}>`+)(?!`)(?:{_in_code(ticks)}(?P={ticks})(?!`))?"
    return rf"(?=(?P<{name}>{code}))(?P={name})"


_NESTED = rf"\[(?:[^\[\]\\`]|\\[^\n]|{_whole_code('in_nested')})*\]"
LABEL = (
    r"(?P<label>(?:[^\[\]\\\n`]|\\?\n(?!\[\^[^\[\]\s]+\]:)|\\[^\n]"
    rf"|{_whole_code('in_label')}|{_NESTED})*)"
)
"""What stands in the brackets of a link; a line that starts a footnote is none of it."""
REFERENCE = rf"\[(?P<reference>(?:[^\[\]\\`]|\\[^\n]|{_whole_code('in_reference')})*)\]"
"""The label of a link's definition, behind the brackets of a link."""
_BARE = r"(?:[^()\x00-\x20\\]|\\[^\x00-\x20])*"
_IN_BRACKETS = rf"\({_BARE}(?:\({_BARE}\){_BARE})*\)"
_URL = rf"(?:<(?:[^<>\n\\]|\\[^\n])*>|{_BARE}(?:{_IN_BRACKETS}{_BARE})*)"
_TITLE = r"(?:\s+(?:\"(?:[^\"\\]|\\[\s\S])*\"|'(?:[^'\\]|\\[\s\S])*'|\((?:[^()\\]|\\[\s\S])*\)))?"
ADDRESS = rf"\(\s*(?!\s){_URL}{_TITLE}\s*\)"
"""Where a link leads, in round brackets behind the others."""
_LINK = rf"!?\[{LABEL}\](?:\(\s*(?!\s)(?P<url>{_URL}){_TITLE}\s*\)|{REFERENCE})"
_AUTOLINK = r"<(?P<auto>[a-zA-Z][a-zA-Z0-9+.-]*:[^<>\s]*|[^<>\s@]+@[^<>\s]+)>"
_INLINE = re.compile(rf"\\(?P<escaped>[!-/:-@\[-`{{-~])|{CODE}|{_LINK}|{_AUTOLINK}", re.DOTALL)
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#+!|~]|&(?=#?\w+;)|(?<=^\d)[.)]|^[-=]")
_ADDRESSED = rf"^[ >]*\[(?!\^)[^\]\n]+\]:[ ]*(?P<target>\S*)[^\n]*|{CODE}|{_LINK}|\\."
_LINKED = re.compile(_ADDRESSED, re.MULTILINE)
_LEADING = re.compile(rf"{_ADDRESSED}|{_AUTOLINK}|\\.", re.MULTILINE)
_PROTECTED = re.compile(rf"{_ADDRESSED}|<[^<>\s`]*>|https?://[^\s`]+", re.MULTILINE)
_VERBATIM = re.compile(rf"{CODE}|\\[^\n]")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]*);")
_HIDDEN = re.compile("\x00(\\d+)\x00")


@dataclass(frozen=True, slots=True)
class Link:
    """A link, an image or a link's definition in running text."""

    url: str
    """Its address, without the angle brackets it may stand in."""
    span: tuple[int, int]
    """Where its address stands in the text."""
    whole: tuple[int, int]
    """Where all of it stands."""
    image: bool


def links(text: str) -> Iterator[Link]:
    """Yield what in a paragraph, code aside, leads somewhere; a label before its link."""
    for match in _LEADING.finditer(text):
        start = match.start("label")
        for inner in links(match["label"] or ""):
            yield _shifted(inner, start)
        group = next((name for name in ("url", "target", "auto") if match[name]), None)
        if group:
            image = match[0].startswith("!")
            yield Link(match[group].strip("<>"), match.span(group), match.span(), image)


def _shifted(link: Link, by: int) -> Link:
    span, whole = ((start + by, end + by) for start, end in (link.span, link.whole))
    return Link(link.url, span, whole, link.image)


def counted(number: int, noun: str) -> str:
    """Return a number of things in words, such as `1 question` or `1,000 questions`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def blanked(text: str) -> str:
    """Return a paragraph with code and escaped characters replaced, each by as many blanks."""
    return _VERBATIM.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def plain(markdown: str) -> str:
    """Return what a reader sees of inline Markdown, on one line."""
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        if match["label"] is not None:
            return plain(match["label"])
        kept.append(match["escaped"] or match["code"] or match["auto"] or match["stray"] or "")
        return f"\x00{len(kept) - 1}\x00"

    marks = (place for place, written in _emphasis(markdown).items() if len(written) == 1)
    text = _INLINE.sub(hide, _rewritten(markdown, dict.fromkeys(marks, "")))
    text = _ENTITY.sub(lambda match: unescape(match[0]), text)
    text = _HIDDEN.sub(lambda match: kept[int(match[1])], text)
    return " ".join(text.split())


def escape(text: str) -> str:
    """Return Markdown that shows `text` as it is."""
    # Python-Markdown would still read an entity behind a backslash.
    return _SPECIAL.sub(lambda found: "&amp;" if found[0] == "&" else f"\\{found[0]}", text)


def map_text(markdown: str, change: Callable[[str], str]) -> str:
    """Apply `change` to running text only: not to code, links, images or addresses."""

    def changed(text: str) -> Iterator[str]:
        end = 0
        for match in _PROTECTED.finditer(text):
            yield change(text[end : match.start()])
            yield match[0]
            end = match.end()
        yield change(text[end:])

    return _outside_fences(markdown, lambda text: "".join(changed(text)))


def map_links(markdown: str, change: Callable[[str], str]) -> str:
    """Apply `change` to the address of every link, image and link definition outside code."""

    def changed(match: re.Match[str]) -> str:
        group = "url" if match["url"] else "target"
        if not match[group]:
            return match[0]
        start, end = (place - match.start() for place in match.span(group))
        return match[0][:start] + change(match[group]) + match[0][end:]

    return _outside_fences(markdown, lambda text: _LINKED.sub(changed, text))


def _outside_fences(markdown: str, change: Callable[[str], str]) -> str:
    """Apply `change` to all lines that are not blocks of code, as many at a time as there are."""
    lines = markdown.split("\n")
    runs = groupby(zip(lines, blocks.verbatim(lines), strict=True), itemgetter(1))
    texts = ((code, "\n".join(line for line, _ in run)) for code, run in runs)
    return "\n".join(text if code else change(text) for code, text in texts)


def settled(markdown: str) -> str:
    """Return inline Markdown in which every star and underscore means what it does on GitHub."""
    return _rewritten(markdown, _emphasis(markdown))


def _rewritten(text: str, changes: Mapping[int, str]) -> str:
    """Return a text with the characters at some places replaced."""
    if not changes:
        return text
    return "".join(changes.get(place, char) for place, char in enumerate(text))


def _emphasis(markdown: str) -> dict[int, str]:
    """Return what to write for every star and underscore in running text."""
    places: dict[int, str] = {}
    if "*" not in markdown and "_" not in markdown:
        return places

    def mask(match: re.Match[str]) -> str:
        for place, written in _emphasis(match["label"] or "").items():
            places[match.start("label") + place] = written
        return "!" * len(match[0])

    return emphasis.delimiters(_INLINE.sub(mask, markdown)) | places
