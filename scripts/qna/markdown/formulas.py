"""Formulas: TeX to MathML elements that a page under a strict policy can show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from xml.etree.ElementTree import Element, ParseError, fromstring

from math_core import LatexError, LatexToMathML

_APPLY = "\u2061"
_ACCENTS = "\u2032\u2033\u02c6\u00af\u02dc\u2192"
"""Primes, hat, bar, tilde, arrow."""
_SPACED = frozenset(
    "+-\u2212=<>\u2264\u2265\u2248\u2260\u223c\u2190\u2192\u21d2\u21a6\u22c5\u00d7\u00b1\u2208\u2209\u2282\u2286\u222a\u2229"
)
_INVISIBLE = "\u2061\u2062\u2063"
_CLASSES = {
    "text-align: right": "right",
    "text-align: left": "left",
    "padding-left: 0": "flush-left",
    "padding-right: 0": "flush-right",
    "padding-left:1em": "gap",
    "width: 100%": "wide",
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
    try:
        text = _library().convert_with_local_state(tex, displaystyle=display)
        element = fromstring(text.replace("&ApplyFunction;", _APPLY))  # noqa: S314 - the library's own
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
    return LatexToMathML(fancy_error=False)


def _clean(element: Element) -> None:
    """Keep harmless attributes, and turn inline styles into classes."""
    styles = (style.strip() for style in element.attrib.pop("style", "").split(";"))
    classes = [f"math-{_CLASSES[style]}" for style in styles if style in _CLASSES]
    for name in [name for name in element.attrib if name not in _ATTRIBUTES]:
        del element.attrib[name]
    if classes:
        element.set("class", " ".join(classes))


def spoken(tex: str) -> str:
    """Return a formula as plain text on one line, such as `(a + b)/2`; TeX if unreadable."""
    try:
        return " ".join("".join(_linear(mathml(tex, display=False))).split())
    except FormulaError:
        return " ".join(tex.split())


def _linear(element: Element) -> Iterator[str]:
    parts = ["".join(_linear(part)) for part in element]
    match element.tag, parts:
        case "mfrac", [above, below]:
            yield f"{_grouped(above)}/{_grouped(below)}"
        case "msqrt", _:
            yield f"√{_grouped(''.join(parts))}"
        case "mroot", [base, index]:
            yield f"{_grouped(base)}^(1/{index})"
        case "msup" | "mover", [base, above]:
            yield base + (above if above in _ACCENTS else f"^{_grouped(above)}")
        case "msub", [base, below]:
            yield f"{base}_{_grouped(below)}"
        case "munder", [base, below]:
            yield f"{base}_{_grouped(below)} "
        case "msubsup", [base, below, above]:
            yield f"{base}_{_grouped(below)}^{_grouped(above)}"
        case "munderover", [base, below, above]:
            yield f"{base}_{_grouped(below)}^{_grouped(above)} "
        case "mtr", _:
            yield f"{' '.join(part for part in parts if part)}; "
        case "mo", _:
            yield _operator(element.text or "")
        case "mspace", _:
            yield " "
        case _:
            yield (element.text or "") + "".join(parts)


def _operator(sign: str) -> str:
    return f" {sign} " if sign in _SPACED else sign.strip(_INVISIBLE)


def _grouped(text: str) -> str:
    text = " ".join(text.split())
    return text if re.fullmatch(r"[\w.\u221e\u2032]*", text) else f"({text})"
