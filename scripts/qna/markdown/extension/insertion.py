"""Processors for Python-Markdown: take the embeds out of a page, and put their elements in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from qna.markdown import embeds, parser
from qna.markdown.rendering import Context, elements, inline

if TYPE_CHECKING:
    from markdown import Markdown

PLACEHOLDER = "\ue000{}\ue001"
"""Characters of the private use area: Python-Markdown keeps its own control characters out."""
FOUND = re.compile("\ue000(?P<number>\\d{1,9})\ue001")
_VERBATIM = frozenset({"code", "math", "svg"})
_ENTITY = re.compile("&(?=(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)


class Extractor(Preprocessor):
    """Leaves a placeholder for each embed."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.embeds = embeds.Embeds()

    def run(self, lines: list[str]) -> list[str]:
        """Return a page's lines with placeholders for embeds."""
        lines, self.embeds = embeds.extract(lines, PLACEHOLDER)
        return lines


class Inserter(Treeprocessor):
    """Replaces the placeholders by elements."""

    def __init__(self, extractor: Extractor) -> None:
        super().__init__(extractor.md)
        self._extractor = extractor

    def run(self, root: Element) -> None:
        """Insert elements into the tree of a page."""
        if self._extractor.embeds.texts:
            self._insert(root)

    def _insert(self, parent: Element) -> None:
        for at, element in reversed(list(enumerate(parent))):
            text = self._text(element)
            if not text:
                self._insert(element)
            elif element.tag == "p":
                parent[at : at + 1] = self._blocks(*text)
            else:
                put_inline(element, text[1])

    def _text(self, element: Element) -> tuple[str, str] | None:
        """Return the name and the Markdown of the text that an element is the placeholder of."""
        found = FOUND.fullmatch((element.text or "").strip())
        texts = self._extractor.embeds.texts
        return texts[int(found["number"])] if found and int(found["number"]) < len(texts) else None

    def _blocks(self, name: str, text: str) -> list[Element]:
        return blocks(text, self._extractor.embeds.context(name))


def blocks(text: str, context: Context) -> list[Element]:
    """Return the elements of Markdown with blocks."""
    found = elements(parser.parse(text), context)
    for block in found:
        _keep_verbatim(block)
    return found


def put_inline(element: Element, text: str) -> None:
    """Put running text into an element."""
    content = inline(parser.parse_inline(text))
    _keep_verbatim(content)
    element.text, element[:0] = content.text, list(content)


def _keep_verbatim(element: Element) -> None:
    """Keep what follows, such as abbreviations, from changing code, formulas and ampersands."""
    for inner in element.iter():
        inner.text, inner.tail = _literal(inner.text), _literal(inner.tail)
        inner.attrib.update({name: _literal(value) for name, value in inner.attrib.items()})
    for inner in element.iter():
        if inner.tag in _VERBATIM:
            for part in inner.iter():
                part.text = AtomicString(part.text or "")
                if part is not inner:
                    part.tail = AtomicString(part.tail or "")


def _literal(text: str | None) -> str:
    """Have the library write what looks like an entity as text: it takes it for one."""
    return _ENTITY.sub("&amp;", text or "")
