"""An independent parser of a source and of built pages, which shares no code with `qna`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser

import cmarkgfm
from cmarkgfm.cmark import Options

_QUESTION = re.compile(
    r"^[*+-][ ]+\*\*(?P<question>.+?)\*\*(?:[ ]\{#[^}]*\})?[ ]*\n"
    r"(?P<answer>(?:(?:[ \t]+\S.*)?\n)*)",
    re.MULTILINE,
)
_BLOCK = re.compile(r"</?(?:p|[uo]l|li|pre|table|thead|tbody|t[rdh]|blockquote|hr|section)\b[^>]*>")
_ELSEWHERE = re.compile(
    r'<sup class="footnote-ref">.*?</sup>|<a [^>]*class="footnote-backref".*?</a>'
    "|<!-- raw HTML omitted -->"
)
"""Links to a footnote and back, which have different signs on a page, and HTML, which is text there."""
_OTHERWISE = re.compile(r"\$\$.+?\$\$|\$.+?\$|\[![A-Z]+\]", re.DOTALL)
"""Formulas and the first words of an alert, which are not text on a page."""


def pairs(source: str) -> list[tuple[str, str]]:
    """Return the questions of a source with their answers, in the form that `plain` returns."""
    found = _QUESTION.finditer(source + "\n")
    return [
        (item["question"], plain(re.sub(r"^[*+-] ", "", item["answer"].strip()))) for item in found
    ]


def plain(answer: str) -> str:
    """Return an answer without indentation and blank lines, which depend on its place in a file."""
    return "\n".join(line.strip() for line in answer.splitlines() if line.strip())


def passages(answer: str) -> list[str]:
    """Return the texts of an answer's paragraphs, cells and list items, as GitHub shows them."""
    if answer.startswith("[Personal answer required"):
        answer = answer[1:-1]
    html = cmarkgfm.github_flavored_markdown_to_html(answer, Options.CMARK_OPT_FOOTNOTES)
    blocks = _BLOCK.split(_ELSEWHERE.sub("<p>", html))
    texts = (unescape(re.sub(r"<[^>]*>", "", block)) for block in blocks)
    return [part for text in texts for part in map(words, _OTHERWISE.split(text)) if part]


def words(text: str) -> str:
    """Return a text with single spaces between words."""
    return " ".join(text.split())


class Sections(HTMLParser):
    """The headings of a page that have an id, and the text below each, up to the next."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._texts: dict[str, list[str]] = {}
        self._titles: dict[str, list[str]] = {}
        self._id = ""
        self._in_heading = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in {"h1", "h2"}:
            self._id, self._in_heading = values.get("id") or "", True
            self._texts[self._id], self._titles[self._id] = [], []

    def handle_endtag(self, tag: str) -> None:
        self._in_heading &= tag not in {"h1", "h2"}

    def handle_data(self, data: str) -> None:
        if self._id:
            (self._titles if self._in_heading else self._texts)[self._id].append(data)

    def title(self, name: str) -> str:
        return words("".join(self._titles[name]))

    def text(self, name: str) -> str:
        return words("".join(self._texts[name]))


def missing(sections: Sections, name: str, question: str, answer: str) -> Iterator[str]:
    """Yield the parts of a question and its answer that are missing at the heading with its id."""
    if [sections.title(name)] != passages(question):
        yield question
    shown = sections.text(name)
    yield from (passage for passage in passages(answer) if passage not in shown)
