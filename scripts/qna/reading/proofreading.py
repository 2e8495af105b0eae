"""Proofreading: find text that would not appear as its author intends.

The site shows raw HTML, attribute lists and the block syntax of other tools as text, and also
links and footnotes without a target. To avoid false alarms, lookalikes such as `List<String>` are
recognized.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from qna.markdown import parser, url_safety
from qna.markdown.formulas.mathml import FormulaError, mathml
from qna.markdown.parser import Parsed
from qna.markdown.running_text import Link, Passage, Place, definitions, formulas, passages, without


@dataclass(frozen=True, slots=True)
class Finding:
    """One diagnostic, with its place in the parsed text."""

    code: str
    place: Place
    message: str
    hint: str


ELEMENTS = frozenset(
    "a abbr address area article aside audio b base bdi bdo blockquote body br button canvas "
    "caption center cite code col colgroup data datalist dd del details dfn dialog div dl dt "
    "em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 "
    "head header hr html i iframe img input ins kbd label legend li link main map mark math "
    "menu meta meter nav noscript object ol optgroup option output p param picture plaintext "
    "pre progress q rp rt ruby s samp script section select slot small source span strike "
    "strong style sub summary sup svg table tbody td template textarea tfoot th thead time "
    "title tr track tt u ul var video wbr xmp".split()
)
"""Names of HTML elements; `<T>` and `<your-name>` are none and need no warning."""
_ATTRIBUTE = r"\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?"
_HTML = re.compile(
    rf"<(?P<open>[A-Za-z][A-Za-z0-9]*)(?:{_ATTRIBUTE})*\s*/?>|</(?P<close>[A-Za-z][A-Za-z0-9]*)\s*>"
    r"|<!--(?:(?!<!--|-->)[\s\S])*-->"
)
_ATTRIBUTES = re.compile(r"\{:[ \t]*(?:[#.][A-Za-z][\w-]*|[A-Za-z][\w-]*=)[^{}\n]*\}")
_SNIPPET = re.compile(r"^-+8<-+(?:[ \t][^\n]*)?$", re.MULTILINE)
_FOREIGN_BLOCK = re.compile(
    r"^(?:(?:!!!|\?{3}\+?|///)[ \t]+[A-Za-z]|===[!+]?[ \t]+\")[^\n]*", re.MULTILINE
)
_MARKS = ("!!!", "???", "///", "===")
"""What foreign blocks start with."""
_NO_LINK = re.compile(r"(?<!\w)\[(?P<label>[^\[\]\n]+)\]\([^()\n]*[^\s()][ \t]+[^\s()][^()\n]*\)")
_REFERENCE = re.compile(r"(?<![\w\]])\[[^\[\]\n]+\]\[(?P<label>[^\[\]\n]+)\]")
_NOTE = re.compile(r"\[\^(?P<label>[^\[\]\s]+)\]")
_BOLD_END = re.compile(r"(?<=\S)\*\*(?=\s)")
_LONE_BACKTICK = re.compile(r"(?<![\w`])`(?=\w)|(?<=\w)`(?![\w`])")
_BOLD_START = re.compile(r"(?<![\w*])\*\*(?=\w)")
_BOLD_EDGE = re.compile(rf"{_BOLD_START.pattern}|(?<=[^\W\d])\*\*(?![\w*])")
"""A number with stars tells how significant it is."""
_FOOTNOTE = re.compile(r"[ \t>+-]*(?:\\?\*){2}[ \t]")
"""Start of a footnote as people write it on paper; its sign is also behind a word."""
_SWALLOWED = re.compile(r"(?<!\w)__[^\W_]\w*?__(?!\w)")


def question(text: str) -> Iterator[Finding]:
    """Yield the findings for a question: inline Markdown on one line."""
    parsed = parser.parse_inline(text)
    yield from unreadable(parsed)
    for passage in passages(parsed):
        for link in passage.links:
            whole = passage.place(*link.whole)
            if link.image:
                yield Finding("E209", whole, "image in a question", "put it in the answer")
            else:
                hint = "put the link in the answer: lists of questions show only its text"
                yield Finding("W208", whole, "link in a question", hint)
                yield from _address(passage, link)
        for match in _SWALLOWED.finditer(passage.blanked()) if "__" in text else ():
            message = f"'{match[0]}' is shown as '{match[0].strip('_')}'"
            hint = "put it between backticks if it is code"
            yield Finding("W207", passage.place(*match.span()), message, hint)


def bold_end(text: str) -> int:
    """Return where bold ends, if before the end of a question's text; otherwise 0."""
    for passage in passages(parser.parse_inline(text)) if "**" in text else ():
        for match in _BOLD_END.finditer(text):
            if not any(start <= match.start() < end for start, end in passage.verbatim):
                return match.end()
    return 0


def text(parsed: Parsed) -> Iterator[Finding]:
    """Yield the findings for an answer or introduction."""
    for passage in passages(parsed):
        blank = passage.blanked()
        for link in passage.links:
            yield from _address(passage, link)
        written = [link.span for link in passage.links if not link.defined]
        yield from _foreign_syntax(passage, without(blank, written))
        yield from _dead_links(passage, without(blank, [link.whole for link in passage.links]))
    yield from _unclosed(parsed)
    yield from _definitions(parsed)
    yield from _unused_notes(parsed)
    yield from unreadable(parsed)


def _address(passage: Passage, link: Link) -> Iterator[Finding]:
    if link.defined:
        return  # its definition is checked separately
    if not (url_safety.is_safe(link.url) and url_safety.is_safe(link.written)):
        yield _unsafe(link.written, passage.place(*link.span))
    elif link.image and url_safety.is_foreign(link.url):
        hint = "put the image in docs/assets and write '../assets/' and its name"
        message = "image from another host is shown as a link"
        yield Finding("W405", passage.place(*link.span), message, hint)


def _unclosed(parsed: Parsed) -> Iterator[Finding]:
    """Yield the marks of bold text and of code that touch a word, but are shown as text."""
    has_footnotes = any(_FOOTNOTE.match(line) for line in parsed.lines)
    for token, passage in zip(parsed.inlines(), passages(parsed), strict=True):
        if "`" in token.content:
            text = without(passage.blanked(), [link.span for link in passage.links])
            for match in _LONE_BACKTICK.finditer(text):
                hint = "close the code with another one, or write '\\`' for the sign"
                message = "'`' is shown as text"
                yield Finding("W224", passage.place(*match.span()), message, hint)
        if "**" in token.content:
            shown, edge = _shown_asterisks(token, passage), passage.blanked()
            for match in (_BOLD_START if has_footnotes else _BOLD_EDGE).finditer(edge):
                if shown.isdisjoint(range(*match.span())):
                    continue
                hint = "close it with '**' directly after a word, or put code between backticks"
                message = "'**' is shown as text"
                yield Finding("W224", passage.place(*match.span()), message, hint)


def _shown_asterisks(token: Token, passage: Passage) -> set[int]:
    """Return where in a passage asterisks are shown as they are; nothing if in doubt.

    The parser keeps no place for marks and texts, but their order; each asterisk is in one of them.
    """
    escapes: list[tuple[int, int]] = token.meta.get("escapes", [])
    verbatim = [span for span in passage.verbatim if span not in escapes]
    text = without(passage.text, [*verbatim, *(link.span for link in passage.links)])
    places = [at for at, char in enumerate(text) if char == "*"]
    shown = [is_text for child in token.children or () for is_text in _asterisks(child)]
    if len(places) != len(shown):  # one may be in a title of a link, or written as an entity
        return set()
    return {at for at, is_text in zip(places, shown, strict=True) if is_text}


def _asterisks(token: Token) -> Iterator[bool]:
    """Tell of each asterisk that an inline token is made of whether it is shown."""
    if token.type == "image":
        for child in token.children or ():
            yield from _asterisks(child)
    elif token.type == "text":
        yield from (True for _ in range(token.content.count("*")))
    else:
        yield from (False for _ in range(token.markup.count("*")))


def _definitions(parsed: Parsed) -> Iterator[Finding]:
    for url, place in definitions(parsed):
        if not url_safety.is_safe(url):
            yield _unsafe(url, place)


def _unsafe(url: str, place: Place) -> Finding:
    shown = url_safety.decoded(url) or url
    hint = "use an address with http, https or mailto, or a relative one"
    return Finding("E402", place, f"links to '{shown}' are not allowed", hint)


def _foreign_syntax(passage: Passage, text: str) -> Iterator[Finding]:
    """Yield syntax of other tools that this site shows as text.

    Looking for a sign that each has takes less time than its pattern.
    """
    opened: set[str] = set()
    for match in filter(_is_html, _HTML.finditer(text)) if "<" in text else ():
        opened.add(match["open"] or "")
        if match["close"] not in opened:  # one warning per element
            hint = "use Markdown, or put it between backticks if it is code"
            yield Finding("W401", passage.place(*match.span()), "HTML is shown as text", hint)
    for match in _ATTRIBUTES.finditer(text) if "{:" in text else ():
        hint = "delete it, or put it between backticks if it is code"
        yield Finding("W403", passage.place(*match.span()), "attributes are shown as text", hint)
    for match in _SNIPPET.finditer(text) if "8<" in text else ():
        hint = "write the file's content here, or put it between backticks if it is code"
        message = "file inclusion is shown as text"
        yield Finding("W404", passage.place(*match.span()), message, hint)
    for match in _FOREIGN_BLOCK.finditer(text) if any(map(text.__contains__, _MARKS)) else ():
        hint = "use bold text or a quote, or put it between backticks if it is code"
        message = "block syntax of another tool is shown as text"
        yield Finding("W218", passage.place(*match.span()), message, hint)


def _is_html(match: re.Match[str]) -> bool:
    name = match["open"] or match["close"]
    if name is None:
        return True  # a comment
    after_word = match.string[: match.start()][-1:].isalnum()
    parameter = len(name) == 1 and match["open"] and after_word  # as in Box<a>
    return name.lower() in ELEMENTS and not parameter


def _dead_links(passage: Passage, text: str) -> Iterator[Finding]:
    if "[" not in text:
        return
    for match in _NO_LINK.finditer(text):
        hint = "write the address without spaces, or between '<' and '>'"
        yield Finding("W502", passage.place(*match.span()), "link is shown as text", hint)
    for match in _REFERENCE.finditer(text):
        label = passage.text[slice(*match.span("label"))]  # including code
        if not label.startswith("^"):
            hint = f"write '[{label}]: address' in the same answer"
            message = f"the link '{label}' is not defined in this answer"
            yield Finding("W503", passage.place(*match.span()), message, hint)
    for match in _NOTE.finditer(text):
        label = match["label"]
        hint = f"write '[^{label}]: note' in the same answer; put code between backticks"
        message = f"the footnote '{label}' is not defined in this answer"
        yield Finding("W503", passage.place(*match.span()), message, hint)


def _unused_notes(parsed: Parsed) -> Iterator[Finding]:
    for line, label, used in parsed.notes:
        start = parsed.lines[line].find(f"[^{label}]:")
        if not used:
            hint = f"write '[^{label}]' where the note belongs, or delete it"
            message = f"nothing refers to the footnote '{label}'"
            place = Place(line, start, start + len(label) + 4)
            yield Finding("W504", place, message, hint)


def unreadable(parsed: Parsed) -> Iterator[Finding]:
    """Yield the formulas that cannot be parsed."""
    for formula in formulas(parsed):
        try:
            mathml(formula.tex, display=formula.display)
        except FormulaError as error:
            hint = "correct the TeX, or write '\\$' for a dollar sign"
            yield Finding("E223", formula.place(error.at), f"formula cannot be read: {error}", hint)
