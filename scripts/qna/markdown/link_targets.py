"""Links that an answer does not spell out: `#id` leads to a page, a concept to its question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TypeAlias
from unicodedata import normalize
from urllib.parse import unquote

from markdown_it.token import Token

from qna.markdown import parser
from qna.markdown.parser import Parsed
from qna.markdown.running_text import Link, Place, definitions, edited, passages
from qna.markdown.url_safety import is_foreign

LINKS_PER_ANSWER = 4
_FILE = re.compile(r"(?:(?<=/)index\.md|(?P<page>\.md))(?=[?#]|$)")
"""End of the path of a Markdown file, in an address."""
_Tree: TypeAlias = "dict[str, _Tree]"
"""Forms by their characters; an empty one says that a form may end."""


def any_of(forms: Iterable[str], first: Callable[[str], str] = re.escape) -> re.Pattern[str]:
    """Return a pattern for any of the forms as whole words, the longest first.

    `first` is the pattern for a first letter. What forms start with in common is compared once, so
    that it takes no longer to look for many forms than for a few.
    """
    tree: _Tree = {}
    for form in forms:
        node = tree
        for char in (first(form[0]), *map(re.escape, form[1:])):
            node = node.setdefault(char, {})
        node[""] = {}
    return re.compile(rf"(?<![\w-]){_any_of(tree) or '(?!)'}(?![\w-])")


def _any_of(tree: _Tree) -> str:
    """Return a pattern for what a tree of characters holds; longer forms come first."""
    ways = [char + _any_of(rest) for char, rest in sorted(tree.items()) if char]
    if len(ways) == 1 and "" not in tree:
        return ways[0]
    return f"(?:{'|'.join(ways)}){'?' if '' in tree else ''}" if ways else ""


def uncapitalized(form: str) -> str:
    """Return a form of a concept with its first letter in lower case."""
    return form[:1].lower() + form[1:]


@dataclass(frozen=True)
class Concepts:
    """Links the first mention of a concept to the question that explains it."""

    urls: Mapping[str, str]
    """Form of a concept, uncapitalized, to the address of its question's page."""
    tooltips: Mapping[str, str] = field(default_factory=dict)
    """Form of a concept, uncapitalized, to what its link says about it."""

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return any_of(self.urls, _either_case)

    @cached_property
    def name(self) -> str:
        """What tells these forms from others."""
        forms = "\n".join(sorted(self.urls))
        return f"mentions of {sha256(forms.encode('utf-8')).hexdigest()}"

    def mentions(self, markdown: str) -> tuple[str, ...]:
        """Return the forms, uncapitalized, that Markdown with blocks mentions, sorted."""
        return tuple(sorted(self.mentioned(parser.parse(markdown))))

    def mentioned(self, parsed: Parsed) -> set[str]:
        """Return the forms, uncapitalized, that running text outside links mentions."""
        return {
            uncapitalized(form)
            for token in parsed.inlines()
            for text, linkable in _texts(token.children or ())
            if linkable
            for form in self._pattern.findall(text.content)
        }

    def linker(self, own: str) -> Callable[[Iterable[Token]], Iterable[Token]]:
        """Return what puts links to up to four questions other than `own` into running text."""
        linked = {own}
        return lambda tokens: self._linked(tokens, linked) if self.urls else tokens

    def _linked(self, tokens: Iterable[Token], linked: set[str]) -> Iterator[Token]:
        for token, linkable in _texts(tokens):
            if linkable:
                yield from self._split(token.content, linked)
            else:
                yield token

    def _split(self, text: str, linked: set[str]) -> Iterator[Token]:
        end = 0
        for match in self._pattern.finditer(text):
            form = uncapitalized(match[0])
            url, tooltip = self.urls[form], self.tooltips.get(form)
            target = PurePosixPath(url).stem
            if target in linked or len(linked) > LINKS_PER_ANSWER:
                continue
            linked.add(target)
            yield Token("text", "", 0, content=text[end : match.start()])
            title = {"title": tooltip} if tooltip else {}
            yield Token("link_open", "a", 1, {"href": url, **title})
            yield Token("text", "", 0, content=match[0])
            yield Token("link_close", "a", -1)
            end = match.end()
        yield Token("text", "", 0, content=text[end:])


def site_links(parsed: Parsed) -> Iterator[tuple[str, Place]]:
    """Yield the address of each link or image within the site, with its place."""
    for passage in passages(parsed):
        for link in passage.links:
            if not link.defined and not is_foreign(link.url):
                yield link.url, passage.place(*link.span)
    for url, place in definitions(parsed):
        if not is_foreign(url):
            yield url, place


def readdressed(markdown: str, address: Callable[[str], str]) -> str:
    """Return Markdown with each `#id` link leading to the `address` of the id."""
    return edited(markdown, addresses(parser.parse(markdown), address))


def addresses(parsed: Parsed, address: Callable[[str], str]) -> Iterator[tuple[Place, str]]:
    """Yield where the address of each `#id` link is, and the `address` of the id."""
    for url, place in site_links(parsed):
        if url.startswith("#"):
            yield place, address(id_of(url))


def untitled(parsed: Parsed) -> Iterator[tuple[Place, str]]:
    """Yield where each `#id` link without a text must have one, and the id."""
    for passage in passages(parsed):
        for link in passage.links:
            start = link.whole[0] + 1
            if link.url.startswith("#") and passage.text.startswith("](", start):
                yield passage.place(start, start), id_of(link.url)


def figures(parsed: Parsed) -> Iterator[tuple[Place, str, str]]:
    """Yield the place, the caption and the address of each figure; the caption is Markdown."""
    for passage in passages(parsed):
        for link in filter(is_figure, passage.links):
            caption = passage.text[link.whole[0] + 2 : link.span[0] - 2]
            yield passage.place(*link.whole), caption, link.url


def is_figure(link: Link) -> bool:
    """Tell whether an image is a figure of the site: an SVG file that a page takes in."""
    return link.image and link.url.endswith(".svg") and not is_foreign(link.url)


def id_of(url: str) -> str:
    """Return the id that the address of a `#id` link names."""
    return normalize("NFC", unquote(url[1:]))


def page_of(url: str) -> str:
    """Return the address of the page that the Markdown file at an address becomes."""
    return _FILE.sub(lambda file: "/" if file["page"] else "", url)


def _texts(tokens: Iterable[Token]) -> Iterator[tuple[Token, bool]]:
    """Tell of each inline token whether it is text outside links."""
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type in {"link_open", "link_close"} else 0
        yield token, token.type == "text" and not depth


def _either_case(letter: str) -> str:
    return f"[{re.escape(letter.lower())}{re.escape(letter.upper())}]"
