"""The meaning of HTML, without the differences that correct renderers may have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import dropwhile, groupby
from urllib.parse import unquote
from xml.etree.ElementTree import Element, tostring

import html5lib
from cmarkgfm import cmark
from qna.markdown.formulas.mathml import mathml

Node = str | tuple[object, ...]
"""Text, or a tag with its significant attributes and its content."""

_OPTIONS = cmark.Options.CMARK_OPT_UNSAFE | cmark.Options.CMARK_OPT_FOOTNOTES
_EXTENSIONS = ["table", "strikethrough", "autolink", "tasklist"]
_RAW_HTML = re.compile(r"(?<!\\)<(?=[A-Za-z/!?])(?![A-Za-z][A-Za-z0-9+.-]+:)(?!\S+@)")
_QUOTE, _FORMULA = "\u2039", "\u00ab{}\u00bb"
"""Placeholders for what GitHub's parser does not know, `<` as text and formulas: punctuation that
has no meaning in Markdown and is in no drawn answer."""

_TELLING = {
    "a": ("href", "title"),
    "img": ("src", "alt", "title"),
    "input": ("checked",),
    "ol": ("start",),
    "td": ("align",),
    "th": ("align",),
}
_BLOCKS = {"p", "ul", "ol", "li", "blockquote", "pre", "table", "hr", "h1", "h2", "h3", "h4", "h5"}
_HOLD_BLOCKS = {"div", "section", "li", "blockquote"}
_TRANSPARENT = {"div", "section", "thead", "tbody", "span"}
"""Elements without a meaning: their content counts as if they did not exist."""
_SAME = {"s": "del"}
_DISPLAYED = "displayed formula"
_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\] *(?:\n|$)", re.IGNORECASE)


def rendered(markdown: str, formulas: Mapping[str, str]) -> str:
    """Render Markdown as GitHub does, except raw HTML, which is text on this site.

    `formulas` maps those in the text, including the dollar signs, to their TeX.
    """
    text = _RAW_HTML.sub(_QUOTE, markdown)
    for number, written in enumerate(formulas):
        text = text.replace(written, _FORMULA.format(number))
    html = cmark.markdown_to_html_with_extensions(text, _OPTIONS, _EXTENSIONS)
    for number, (written, tex) in enumerate(formulas.items()):
        made = mathml(tex, display=written.startswith("$$"))
        html = html.replace(_FORMULA.format(number), tostring(made, encoding="unicode"))
    return html.replace(_QUOTE, "&lt;")


def meaning(html: str) -> tuple[Node, ...]:
    """Return the meaning of an HTML fragment."""
    return tuple(_nodes(html5lib.parseFragment(html, namespaceHTMLElements=False)))


def answers(html: str) -> list[tuple[Node, ...]]:
    """Return the meaning of each answer on a topic page, without the collapsible around it."""
    page = html5lib.parse(html, namespaceHTMLElements=False)
    return [_answer(found) for found in page.iter("details") if found.get("class") == "answer"]


def without_lone_number(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Turn a lone number at the start of an answer into text, as this site decided to do."""
    match nodes:
        case [("ol", (start,), (("li", _, (("p", _, text), *inner)),)), *rest]:
            first = ("p", (), tuple(_stripped((f"{start or 1}. ", *text))))
            return (first, *inner, *rest)
        case [("p", _, (str(text), *inner)), *rest]:
            written = re.sub(r"^0*(\d+)[.)]", r"\1.", text)
            return (("p", (), (written, *inner)), *rest)
    return nodes


def _answer(details: Element) -> tuple[Node, ...]:
    *body, more = list(details)[1:]
    assert "more" in more[0].get("class", ""), "an answer ends with the link to its own page"
    frame = Element("div")
    frame.extend(body)
    return tuple(_nodes(frame))


def _nodes(element: Element, parent: str = "div") -> Iterator[Node]:
    """Yield the content of an element, with inline text in paragraphs."""
    flat = list(_flat(element))
    if parent in _HOLD_BLOCKS:
        runs = groupby(flat, lambda node: isinstance(node, tuple) and node[0] in _BLOCKS)
        nodes = [node for block, run in runs for node in _with_paragraphs(run, block=block)]
        yield from _with_checkbox(nodes)
    else:
        empty = parent in {"ul", "ol", "table", "tr"}
        yield from _stripped(node for node in flat if not (empty and isinstance(node, str)))


def _with_checkbox(nodes: Sequence[Node]) -> Sequence[Node]:
    """Put a checkbox into the paragraph after it, where it is in a list without blank lines.

    A blank line below a line across is one in the list only for this site, as in CommonMark.
    """
    match nodes:
        case [("p", _, (("input", *_) as box,)), ("p", _, text), *rest]:
            return [("p", (), tuple(_stripped((box, " ", *text)))), *rest]
    return nodes


def _with_paragraphs(run: Iterable[Node], *, block: bool) -> Iterator[Node]:
    for node in run if block else [("p", (), tuple(run))]:
        yield from _paragraphs(node[2]) if node[:2] == ("p", ()) else [node]  # type: ignore[arg-type]


def _paragraphs(inner: Iterable[Node]) -> Iterator[Node]:
    """Yield a paragraph in parts: a displayed formula has its own line, and no blank around it."""
    for displayed, run in groupby(inner, lambda node: node[:1] == (_DISPLAYED,)):
        if displayed:
            yield from run
        elif shown := tuple(_stripped(run)):
            yield ("p", (), shown)


def _stripped(nodes: Iterable[Node]) -> Iterator[Node]:
    """Join adjacent text; remove the blanks at both ends and around line breaks.

    Breaks above the first line are a gap and have no meaning.
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
    """Yield what is within an element.

    A displayed formula already ends its line, so a break after it means nothing.
    """
    text = element.text or ""
    before: Element | None = None
    for child in element:
        frame = _is_frame(child, element)
        after_formula = before is not None and _is_displayed(before)
        before = child
        if child.tag == "br" and after_formula and not text.strip():
            text = f" {child.tail or ''}"
            continue
        yield text.rstrip("\u00a0") if frame else text
        if child.tag in _TRANSPARENT and "markdown-alert" not in child.get("class", ""):
            yield from _flat(child)
        elif not frame:
            gap = " " if child.get("display") == "block" or child.tag == "pre" else ""
            yield from (gap, _node(child), gap)
        text = child.tail or ""
    yield text


def _is_displayed(element: Element) -> bool:
    """Return whether an element is a displayed formula, perhaps in a box to scroll in."""
    tag = str(element.tag).rpartition("}")[2]
    return tag in {"math", "span"} and any(
        inner.get("display") == "block" for inner in element.iter()
    )


def _is_frame(element: Element, parent: Element) -> bool:
    """Return whether an element is only a link back from a footnote, or the rule above them."""
    rule = element.tag == "hr" and "footnote" in parent.get("class", "")
    return rule or "footnote-backref" in element.get("class", "")


def _node(element: Element) -> Node:
    tag = str(element.tag).rpartition("}")[2]
    formula = element.find("code[@class='language-math']")
    if formula is not None:
        return _node(mathml(formula.text or "", display=True))
    if tag == "pre":
        return tag, (), "".join(element.itertext()).strip("\n")
    if tag == "math":
        kind = _DISPLAYED if element.get("display") == "block" else tag
        return kind, (), "".join("".join(element.itertext()).split())
    if tag == "sup":
        return tag, (), "".join(element.itertext())
    if kind := _taken_alert(element):
        return "blockquote", (kind,), tuple(_nodes(element))
    telling = tuple(_value(element, name) for name in _TELLING.get(tag, ()))
    return _SAME.get(tag, tag), telling, tuple(_nodes(element, tag))


def _taken_alert(element: Element) -> str:
    """Return the kind of an alert and remove its title, or return an empty string for no alert.

    GitHub recognizes alerts after parsing: quotes whose first line names the kind.
    """
    first = element.find("*")
    if element.tag == "div" and first is not None:  # this site's, whose title names the kind
        element.remove(first)
        return "".join(first.itertext()).strip().lower()
    text = (first.text or "") if first is not None and first.tag == "p" else ""
    found = _ALERT.match(text) if element.tag == "blockquote" else None
    if first is None or not found:
        return ""
    first.text = text[found.end() :]
    if not first.text and not len(first):
        element.remove(first)
    return found[1].lower()


def _value(element: Element, name: str) -> str:
    return str(name in element.attrib) if name == "checked" else unquote(element.get(name) or "")
