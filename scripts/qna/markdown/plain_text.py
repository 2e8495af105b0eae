"""Plain text: what a reader sees of Markdown, on one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from markdown_it.token import Token

from qna.markdown import parser
from qna.markdown.formulas.plain_text import one_line
from qna.markdown.running_text import is_formula
from qna.words import Words, english


@cache
def text(markdown: str) -> str:
    """Return what a reader sees of Markdown with blocks, on one line."""
    return of_tokens(parser.parse(markdown).tokens)


@cache
def inline(markdown: str) -> str:
    """Return what a reader sees of a question or a title."""
    return of_tokens(parser.parse_inline(markdown).tokens)


def of_tokens(tokens: Iterable[Token], words: Words | None = None) -> str:
    """Return what a reader sees of tokens, on one line; the titles of alerts are in `words`."""
    return " ".join("".join(_shown(tokens, words or english())).split())


def _shown(tokens: Iterable[Token], words: Words) -> Iterator[str]:
    before = ""
    for token in tokens:
        match token.type:
            case "inline" if before == "alert_title_open":
                yield words.text(f"text.{token.content.lower()}")
            case "math_inline" | "math_inline_double" | "math_block":
                yield one_line(token.content)
            case "fence" if is_formula(token):
                yield one_line(token.content)
            case "text" | "code_inline" | "fence" | "code_block":
                yield token.content
            case "inline" | "image":
                yield from _shown(token.children or (), words)
            case "softbreak" | "hardbreak":
                yield " "
            case "list_item_open":
                yield _item_mark(token)
        if token.block:
            yield " "
        before = token.type


def _item_mark(token: Token) -> str:
    if "checked" in token.meta:
        return " ☑ " if token.meta["checked"] else " ☐ "
    return f" {token.info}{token.markup} " if token.info else " • "
