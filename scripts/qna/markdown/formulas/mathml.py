"""Formulas: TeX to MathML elements that a page under a strict policy can show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from xml.etree.ElementTree import Element, ParseError, fromstring

from math_core import LatexError, LatexToMathML

from qna.markdown.formulas import limits

APPLY = "\u2061"
"""Invisible sign between a function and its argument."""
_TAGS = {"menclose": "mrow", "b": "strong", "i": "em"}
"""Elements that browsers draw differently, or that no page has."""
_PRIMES = "\u2032\u2033\u2034\u2057"
_CIRCLED = "\u2295\u2296\u2297\u2298\u2299"
"""Signs that Firefox draws large in display formulas, as if they were in front of a sum."""
_LINE = "\u0332"
_LINES = {"mover": "solid-top", "munder": "solid-bottom"}
"""How the library draws a line over or under a formula, and the class for it."""
_CLASSES = {
    "text-align: right": "right",
    "text-align: left": "left",
    "padding-left: 0": "flush-left",
    "padding-right: 0": "flush-right",
    "padding-left:1em": "gap",
    "padding-top: 0": "close",
    "margin-left:-0.16666667em": "closer",
    "width: 100%": "wide",
    "width: 50%": "half",
    **{
        f"border-{side}: 0.05em {kind} currentcolor": f"{kind}-{side}"
        for side in ("top", "bottom", "left", "right")
        for kind in ("solid", "dashed")
    },
}
"""Classes for the styles that the library writes; a page may have no inline style."""
_ATTRIBUTES = frozenset(
    "accent accentunder class columnspan depth display displaystyle height largeop linethickness "
    "lspace mathvariant maxsize minsize movablelimits rowspan rspace scriptlevel stretchy "
    "symmetric voffset width".split()
)
_FAULT = re.compile(r"(?P<at>\d+): (?P<message>.*)", re.DOTALL)


class FormulaError(ValueError):
    """A formula cannot be read."""

    def __init__(self, message: str, at: int) -> None:
        """Say what is wrong, and at which character of the TeX (0-based)."""
        super().__init__(message)
        self.at = at


def mathml(tex: str, *, display: bool) -> Element:
    """Return the `<math>` element of a formula. Raises FormulaError if it cannot be read."""
    if fault := limits.fault(tex):
        raise FormulaError(*fault)
    try:
        text = _library().convert_with_local_state(tex, displaystyle=display)
        element = fromstring(text.replace("&ApplyFunction;", APPLY))  # noqa: S314 - the library's own
    except LatexError as error:
        found = _FAULT.match(str(error))
        at, message = (int(found["at"]), found["message"]) if found else (0, str(error))
        raise FormulaError(message.rstrip("."), at) from error
    except ParseError as error:
        raise FormulaError("a character has no place in a formula", 0) from error
    for part in element.iter():
        _clean(part)
    return element


@cache
def _library() -> LatexToMathML:
    return LatexToMathML(fancy_error=False, max_expansions=100)


def _clean(element: Element) -> None:
    """Keep harmless attributes; say with classes and simple elements what else there is."""
    names = [*_styles(element), *_drawn(element)]
    element.tag = _TAGS.get(element.tag, element.tag)
    for name in [name for name in element.attrib if name not in _ATTRIBUTES]:
        del element.attrib[name]
    if element.tag == "mo" and element.text and element.text in _CIRCLED:
        element.set("largeop", "false")
    if names:
        element.set("class", " ".join(f"math-{name}" for name in names))


def _styles(element: Element) -> Iterator[str]:
    styles = (style.strip() for style in element.get("style", "").split(";"))
    return (_CLASSES[style] for style in styles if style in _CLASSES)


def _drawn(element: Element) -> Iterator[str]:
    """Yield what a style sheet has to draw, since browsers do not, or each its own way."""
    yield from element.get("notation", "").split()
    if element.text and element.text in _PRIMES:
        yield "prime"
    if element.tag in _LINES and element[1].text == _LINE:
        yield _LINES[element.tag]
        element.tag = "mrow"
        del element[1]
