"""The characters of a site's formulas: its font has just these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from unicodedata import decomposition

from qna.markdown import parser
from qna.markdown.formulas.mathml import FormulaError, mathml
from qna.markdown.running_text import formulas

_ITALIC = {
    chr(int(decomposition(chr(point)).split()[1], 16)): chr(point)
    for point in chain(range(0x1D434, 0x1D455), range(0x1D456, 0x1D468), range(0x1D6E2, 0x1D71C))
} | {"h": "\u210e"}
"""Letter to the italic one that browsers draw for it.

https://www.w3.org/TR/mathml-core/#new-text-transform-values
"""

_STRETCHED = "()[]{|}\u2016\u2308\u2309\u230a\u230b\u27e8\u27e9\u221a\u23de\u23df"
"""Signs that are always there: browsers look for their longer forms only in the last file."""


def characters(texts: Iterable[str], in_text: Callable[[str], str]) -> str:
    """Return the characters that browsers draw for the formulas in Markdown texts, sorted.

    `in_text` finds those of one text: it is `drawn`, or a function that remembers its results.
    """
    found = chain.from_iterable(in_text(text) for text in texts if "$" in text or "math" in text)
    return "".join(sorted({*_STRETCHED, *found} - {"\n", " "}))


def drawn(text: str) -> str:
    """Return the characters that browsers draw for the formulas in a text, sorted."""
    return "".join(sorted({*_parts(text)}))


def _parts(text: str) -> Iterator[str]:
    for formula in formulas(parser.parse(text)):
        try:
            element = mathml(formula.tex, display=formula.display)
        except FormulaError:  # reported by proofreading
            continue
        for part in element.iter():
            yield from part.text or ""
            if part.tag == "mi" and part.text in _ITALIC:
                yield _ITALIC[part.text]
