"""Proofreading: what in a question or an answer would not show as its author means it.

Raw HTML, attribute lists and the blocks of other tools are text on this site, and so are links and
footnotes that lead nowhere. Each is told from text that only looks like it, as `List<String>` does,
so that whoever is warned has something to mend.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qna import addresses, dialect, prose
from qna.blocks import Block, Kind


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell an author, with its place in the text that was read."""

    code: str
    start: int
    end: int
    message: str
    hint: str


_ELEMENTS = frozenset(
    "a abbr address area article aside audio b base bdi bdo blockquote body br button canvas "
    "caption center cite code col colgroup data datalist dd del details dfn dialog div dl dt "
    "em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 "
    "head header hr html i iframe img input ins kbd label legend li link main map mark math "
    "menu meta meter nav noscript object ol optgroup option output p param picture plaintext "
    "pre progress q rp rt ruby s samp script section select slot small source span strike "
    "strong style sub summary sup svg table tbody td template textarea tfoot th thead time "
    "title tr track tt u ul var video wbr xmp".split()
)
"""Names that are HTML's; `<T>` and `<your-name>` are not, and shown as they are meant."""
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
_NO_LINK = re.compile(r"(?<!\w)\[(?P<label>[^\[\]\n]+)\]\([^()\n]*[^\s()][ \t]+[^\s()][^()\n]*\)")
_REFERENCE = re.compile(r"(?<![\w\]])\[[^\[\]\n]+\]\[(?P<label>[^\[\]\n]+)\]")
_NOTE = re.compile(r"(?P<start>^)?\[\^(?P<label>[^\[\]\s]+)\](?P<defines>:)?", re.MULTILINE)
_SWALLOWED = re.compile(r"(?<!\w)__[^\W_]\w*?__(?!\w)")


def question(text: str) -> Iterator[Finding]:
    """Yield what to tell of a question: one line of inline Markdown that stands in bold."""
    for link in prose.links(text):
        if link.image:
            yield Finding("E209", *link.whole, "image in a question", "put it in the answer")
        else:
            hint = "put the link in the answer: lists of questions show its text only"
            yield Finding("W208", *link.whole, "link in a question", hint)
            yield from _address(link)
    for match in _SWALLOWED.finditer(prose.blanked(text)):
        message = f"'{match[0]}' is shown as '{match[0].strip('_')}'"
        yield Finding("W207", *match.span(), message, "put it between backticks if it is code")


def answer(root: Block) -> Iterator[tuple[Block, Finding]]:
    """Yield what to tell of an answer, each with the paragraph or table it is found in."""
    leaves = [leaf for leaf in root.leaves() if leaf.kind in {Kind.TEXT, Kind.TABLE}]
    labels, notes = dialect.labels([leaf for leaf in leaves if leaf.kind is Kind.TEXT])
    used = {
        match["label"]
        for leaf in leaves
        for match in _NOTE.finditer(prose.blanked("\n".join(leaf.lines)))
        if not _defines(match)
    }
    for leaf in leaves:
        text = "\n".join(leaf.lines)
        found = list(prose.links(text))
        blank = prose.blanked(text)
        for finding in (
            *(finding for link in found for finding in _address(link)),
            *_looks(_without(blank, [link.span for link in found])),
            *_leads_nowhere(text, _without(blank, [link.whole for link in found]), labels),
            *_footnotes(blank, notes, used),
        ):
            yield leaf, finding


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)


def _address(link: prose.Link) -> Iterator[Finding]:
    if not addresses.is_safe(link.url):
        shown = addresses.decoded(link.url) or link.url
        hint = "use an address with http, https or mailto, or a relative one"
        yield Finding("E402", *link.span, f"a page may not lead to '{shown}'", hint)
    elif link.image and addresses.is_foreign(link.url):
        hint = "put the image into docs/assets and write '../assets/' and its name"
        message = "image of another host is shown as a link"
        yield Finding("W405", *link.span, message, hint)


def _looks(text: str) -> Iterator[Finding]:
    """Yield what other tools would not show as text, but this site does."""
    opened: set[str] = set()
    for match in filter(_is_html, _HTML.finditer(text)):
        opened.add(match["open"] or "")
        if match["close"] not in opened:  # one warning is enough for what stands together
            hint = "use Markdown, or put it between backticks if it is code"
            yield Finding("W401", *match.span(), "HTML is shown as text", hint)
    for match in _ATTRIBUTES.finditer(text):
        hint = "delete it, or put it between backticks if it is code"
        yield Finding("W403", *match.span(), "attributes are shown as text", hint)
    for match in _SNIPPET.finditer(text):
        hint = "write here what the file says, or put it between backticks if it is code"
        yield Finding("W404", *match.span(), "no file is put in here; the line is text", hint)
    for match in _FOREIGN_BLOCK.finditer(text):
        hint = "use bold text or a quote, or put it between backticks if it is code"
        yield Finding("W218", *match.span(), "block of another tool is shown as text", hint)


def _is_html(match: re.Match[str]) -> bool:
    name = match["open"] or match["close"]
    if name is None:
        return True  # a comment
    behind_word = match.string[: match.start()][-1:].isalnum()
    parameter = len(name) == 1 and match["open"] and behind_word  # as in Box<a>
    return name.lower() in _ELEMENTS and not parameter


def _leads_nowhere(text: str, blank: str, labels: frozenset[str]) -> Iterator[Finding]:
    for match in _NO_LINK.finditer(blank):
        if dialect.key(text[slice(*match.span("label"))]) in labels:
            continue  # a link by reference, and then brackets
        hint = "write the address without blanks, or between '<' and '>'"
        yield Finding("W502", *match.span(), "this is no link, but text", hint)
    for match in _REFERENCE.finditer(blank):
        label = text[slice(*match.span("label"))]  # with the code in it
        if dialect.key(label) not in labels and not label.startswith("^"):
            hint = f"write '[{label}]: address' in the same answer"
            message = f"the link '{label}' is not defined in this answer"
            yield Finding("W503", *match.span(), message, hint)


def _footnotes(text: str, notes: frozenset[str], used: set[str]) -> Iterator[Finding]:
    for match in _NOTE.finditer(text):
        label = match["label"]
        if _defines(match) and label not in used:
            hint = f"write '[^{label}]' where the note belongs, or delete it"
            yield Finding("W504", *match.span(), f"nothing refers to the footnote '{label}'", hint)
        elif not _defines(match) and label not in notes:
            hint = f"write '[^{label}]: note' in the same answer; put code between backticks"
            message = f"the footnote '{label}' is not defined in this answer"
            yield Finding("W503", *match.span(), message, hint)


def _defines(match: re.Match[str]) -> bool:
    return match["start"] is not None and match["defines"] is not None
