"""What a piece of HTML says, with all that two good renderers may do differently taken away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import dropwhile, groupby
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib
from markdown_it import MarkdownIt

Node = str | tuple[object, ...]
"""Text, or a tag with what tells it from others and what it holds."""

_TELLING = {"a": ("href", "title"), "img": ("src", "alt", "title"), "ol": ("start",)}
_BLOCKS = {"p", "ul", "ol", "li", "blockquote", "pre", "table", "hr", "h1", "h2", "h3", "h4", "h5"}
_TRANSPARENT = {"div", "thead", "tbody", "span"}
"""Elements that stand for nothing: what they hold counts as if they were not there."""
_EMPTY_QUOTE = ("blockquote", (), ())

_commonmark = MarkdownIt("commonmark", {"html": False}).enable("table")


def commonmark(markdown: str) -> str:
    """Render Markdown as GitHub does, raw HTML aside, which is text on this site."""
    return _commonmark.render(markdown)


def meaning(html: str) -> tuple[Node, ...]:
    """Return what an HTML fragment says."""
    fragment = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return tuple(_numbered(list(_nodes(fragment))))


def answer(html: str) -> tuple[Node, ...]:
    """Return what the answer on a topic page says: the first collapsible, without its frame."""
    page = html5lib.parse(html, namespaceHTMLElements=False)
    details = next(page.iter("details"))
    *body, more = list(details)[1:]
    assert "more" in more[0].get("class", ""), "an answer ends with the link to its own page"
    frame = Element("div")
    frame.extend(body)
    return tuple(_numbered(list(_nodes(frame))))


def _numbered(nodes: list[Node]) -> Iterator[Node]:
    """Take a list of one line that starts an answer, be it by accident, as the text it looks like."""
    match nodes:
        case [("ol", (start,), (("li", _, (("p", _, (*text,)),)),)), *rest]:
            nodes = [("p", (), tuple(_stripped((f"{start or 1}. ", *text)))), *rest]
        case [("p", (), (str(text), *inner)), *rest]:
            nodes = [("p", (), (re.sub(r"^0*(\d+)[.)]", r"\1.", text), *inner)), *rest]
    return _merged(nodes)


def _merged(nodes: Iterable[Node]) -> Iterator[Node]:
    """Join quotes, and lists of one kind, that follow each other: Python-Markdown knows no other way."""
    above: Node = ""
    for node in nodes:
        if above and above[0] == node[0] in {"ul", "ol", "blockquote"}:
            above = above[0], above[1], tuple(_merged((*above[2], *node[2])))
            continue
        if above:
            yield above
        above = node
    if above:
        yield above


def _nodes(element: Element, parent: str = "div") -> Iterator[Node]:
    """Yield what an element holds, running text in paragraphs."""
    flat = list(_flat(element))
    if parent in {"div", "li", "blockquote"}:
        runs = groupby(flat, lambda node: isinstance(node, tuple) and node[0] in _BLOCKS)
        split = (node for block, run in runs for node in (run if block else _paragraph(run)))
        yield from _merged(node for node in split if node != _EMPTY_QUOTE)
    else:
        empty = parent in {"ul", "ol", "table", "tr"}
        yield from _stripped(node for node in flat if not (empty and isinstance(node, str)))


def _paragraph(run: Iterable[Node]) -> Iterator[Node]:
    if inner := tuple(_stripped(run)):
        yield ("p", (), inner)


def _stripped(nodes: Iterable[Node]) -> Iterator[Node]:
    """Join text that is adjacent; take away the blanks at both ends and around line breaks.

    Breaks above the first line are a gap and say nothing.
    """
    joined: list[Node] = []
    for is_text, run in groupby(nodes, lambda node: isinstance(node, str)):
        nodes_of_run = list(run)
        joined += ["".join(map(str, nodes_of_run))] if is_text else nodes_of_run
    joined = list(dropwhile(_is_gap, joined))
    for number, node in enumerate(joined):
        if not isinstance(node, str):
            yield node
            continue
        text = re.sub(r"[ \n\t]+", " ", node)
        text = text.lstrip(" ") if number == 0 or joined[number - 1][0] == "br" else text
        last = number + 1 == len(joined)
        text = text.rstrip(" ") if last or joined[number + 1][0] == "br" else text
        if text:
            yield text


def _is_gap(node: Node) -> bool:
    return not node.strip() if isinstance(node, str) else node[0] == "br"


def _flat(element: Element) -> Iterator[Node]:
    yield element.text or ""
    for child in element:
        if _is_empty_quote(child):
            yield _EMPTY_QUOTE  # it says nothing, but parts what is around it
        elif child.tag in _TRANSPARENT:
            yield from _flat(child)
        else:
            yield _node(child)
        yield child.tail or ""


def _is_empty_quote(element: Element) -> bool:
    """Tell whether an element is a quote of nothing, or of empty quotes."""
    return {inner.tag for inner in element.iter()} == {"blockquote"} and not "".join(
        element.itertext()
    ).strip()


def _node(element: Element) -> Node:
    tag = str(element.tag)
    if tag == "pre":
        return tag, (), "".join(element.itertext()).strip("\n")
    telling = tuple(unquote(element.get(name) or "") for name in _TELLING.get(tag, ()))
    inner = tuple(_nodes(element, tag))
    if tag in {"em", "strong"} and len(inner) == 1 and inner[0][0] in {"em", "strong"} - {tag}:
        return "strong", (), (("em", (), inner[0][2]),)  # either may be around the other
    return tag, telling, inner
