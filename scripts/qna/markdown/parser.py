"""The one Markdown parser: CommonMark with GitHub's extensions and formulas, no raw HTML.

It is markdown-it-py with the plugins of the same family, and the rules of this site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.gfm import gfm_plugin

from qna.markdown import parser_rules

_PLAIN = re.compile(r"[\"'(\u2018\u201c]?[^\W\d_][^\x00-\x1f*_~`\\\[\]<&@$]*(?<!\s)")
"""Most questions, titles and answers: text on one line, in which no sign means anything."""
_ADDRESS = re.compile(r"www\.|(?:https?|mailto|xmpp):")
"""What the parser links within text."""
REMEMBERED = 1024
"""Parsed texts that are kept: a question and its answer are on two pages."""


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """Parsed Markdown; equal only to itself, so that what is derived from it can be kept, too."""

    lines: tuple[str, ...]
    """The text that was parsed."""
    tokens: tuple[Token, ...]
    """Its blocks; footnotes follow the text that refers to them."""
    definitions: tuple[tuple[int, str], ...]
    """Line (0-based) and address of each link definition."""
    notes: tuple[tuple[int, str, bool], ...]
    """Line (0-based) and label of each footnote's text, and whether anything refers to it."""

    def inlines(self) -> Iterator[Token]:
        """Yield the tokens that hold running text, in order."""
        return (token for token in self.tokens if token.type == "inline")


@lru_cache(REMEMBERED)
def parse(markdown: str) -> Parsed:
    """Parse Markdown with blocks: an answer, an introduction, a note."""
    if _is_plain(markdown):
        return Parsed((markdown,), _paragraph(markdown), (), ())
    env: dict[str, Any] = {}
    tokens = _parser().parse(markdown, env)
    found = [*env.get("references", {}).values(), *env.get("duplicate_refs", ())]
    definitions = tuple((item["map"][0], item["href"]) for item in found)
    refs = env.get("footnotes", {}).get("refs", {})
    notes = tuple(
        (line, label, refs[f":{label}"] >= 0) for line, label in env.get("note_lines", ())
    )
    return Parsed(tuple(markdown.split("\n")), tuple(tokens), definitions, notes)


@lru_cache(REMEMBERED)
def parse_inline(markdown: str) -> Parsed:
    """Parse running text on one line: a question or a title."""
    if _is_plain(markdown):
        text = Token("text", "", 0, content=markdown)
        line = Token("inline", "", 0, map=[0, 1], content=markdown, children=[text])
        return Parsed((markdown,), (line,), (), ())
    return Parsed((markdown,), tuple(_parser().parseInline(markdown, {})), (), ())


def _is_plain(markdown: str) -> bool:
    """Tell quickly whether the library would only wrap a text."""
    return bool(_PLAIN.fullmatch(markdown)) and not _ADDRESS.search(markdown)


def _paragraph(text: str) -> tuple[Token, ...]:
    """Return what the library makes of plain text; it would take a hundred times as long."""
    inner = Token("text", "", 0, content=text)
    return (
        Token("paragraph_open", "p", 1, map=[0, 1], block=True),
        Token("inline", "", 0, map=[0, 1], level=1, children=[inner], content=text, block=True),
        Token("paragraph_close", "p", -1, block=True),
    )


@lru_cache(REMEMBERED)
def parse_file(markdown: str, *, html: bool = False) -> Parsed:
    """Parse a whole file of another site, where lists of one item are lists, and tags may be."""
    tokens = _parser(whole=True, html=html).parse(markdown, {})
    return Parsed(tuple(markdown.split("\n")), tuple(tokens), (), ())


@cache
def _parser(*, whole: bool = False, html: bool = False) -> MarkdownIt:
    """Return the configured library; one instance parses everything of this site."""
    parser = MarkdownIt("commonmark", {"html": html, "maxNesting": parser_rules.DEEPEST_BLOCK + 10})
    parser.use(gfm_plugin)
    parser.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,
        allow_blank_lines=False,
        double_inline=True,
    )
    parser.use(parser_rules.plugin)
    if whole:
        parser.disable("lone_number")
    return parser
