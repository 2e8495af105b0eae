"""Python-Markdown extension: insert what our parser reads; keep content from becoming code.

Raw HTML is text, only harmless attributes are kept, ids stay with headings, and addresses are http,
https, mailto or relative. Both engines name it in `mkdocs.yml`; without it they stop, so a site is
never built unprotected. Blocks that run in another direction than the text around them are marked,
and headings, links and buttons are named after their question.
"""

from __future__ import annotations

from string import punctuation
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import SubElement

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from qna.markdown import bidi
from qna.markdown.extension import names, sanitizing
from qna.markdown.extension.insertion import Extractor, Inserter
from qna.words import ENGLISH, Words, words

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown


_ZENSICAL = "rendering_context"
"""The processor that has Zensical's configuration."""


class SafeMarkdown(Extension):
    """Turns off raw HTML and cleans what is left."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - the library's interface
        self.config = {"language": ["", "Language of the words that are added"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Change a Markdown instance; called by Python-Markdown."""
        md.preprocessors.deregister("html_block", strict=False)
        md.inlinePatterns.deregister("html", strict=False)
        extractor = Extractor(md)
        # Before whitespace, also that of code, is normalized, at 30.
        md.preprocessors.register(extractor, "qna_extract", 31)
        # After inline patterns, at 20, and attr_list, at 8, which would read it once more.
        md.treeprocessors.register(Inserter(extractor), "qna_insert", 7.5)
        md.ESCAPED_CHARS = [*dict.fromkeys([*md.ESCAPED_CHARS, *punctuation])]
        # attr_list, at 8, must have set its attributes before they are cleaned.
        md.treeprocessors.register(_Cleaner(md), "qna_clean", 7)
        md.treeprocessors.register(_Directions(md), "qna_directions", 6)
        md.treeprocessors.register(_Entries(md), "qna_entries", 5.5)
        # The table of contents, at 5, would show the anchors in its entries.
        md.treeprocessors.register(_Aliases(md), "qna_aliases", 4)
        md.treeprocessors.register(_Names(md, words(self._language(md))), "qna_names", 3)
        md.postprocessors.register(_NamesLast(md), "qna_names_last", 0)

    def _language(self, md: Markdown) -> str:
        """Return the language of the site: macros set it in MkDocs, and Zensical has it here."""
        given = self.getConfig("language")
        if not given and _ZENSICAL in md.preprocessors:
            context: Any = md.preprocessors[_ZENSICAL]
            given = context.config["theme"]["language"]
        return str(given or ENGLISH)


class _Cleaner(Treeprocessor):
    def run(self, root: Element) -> None:
        sanitizing.sanitize(root)


class _Names(Treeprocessor):
    def __init__(self, md: Markdown, said: Words) -> None:
        super().__init__(md)
        self._words = said

    def run(self, root: Element) -> None:
        names.add_names(root, self._words)


class _NamesLast(Postprocessor):
    """Templates look for elements by the attributes that the library would put after a name."""

    def run(self, text: str) -> str:
        return names.named_last(text)


class _Directions(Treeprocessor):
    def run(self, root: Element) -> None:
        bidi.direct(root)


class _Entries(Treeprocessor):
    """Groups each term with its definition, so that no column or page ends between them."""

    def run(self, root: Element) -> None:
        for listing in list(root.iter("dl")):
            parts = list(listing)
            for part in parts:
                listing.remove(part)
            before = ""
            for part in parts:
                if not len(listing) or (part.tag == "dt" and before != "dt"):
                    SubElement(listing, "div")
                listing[-1].append(part)
                before = part.tag


class _Aliases(Treeprocessor):
    """Gives a heading with the attribute `aliases` an anchor for each old id."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            names.add_aliases(element)


def makeExtension(**options: Any) -> SafeMarkdown:  # noqa: N802, ANN401 - the library's interface
    """Return the extension; called by Python-Markdown."""
    return SafeMarkdown(**options)
