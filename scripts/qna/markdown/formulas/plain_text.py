"""Formulas on one line: what descriptions, previews, search and cards show of MathML."""

from __future__ import annotations

import re
from unicodedata import normalize
from xml.etree.ElementTree import Element

from qna.markdown.formulas.mathml import APPLY, FormulaError, mathml

_ACCENTS = {
    "\u02c6": "\u0302",  # hat
    "\u00af": "\u0304",  # bar
    "\u203e": "\u0304",
    "\u02dc": "\u0303",  # tilde
    "\u20d7": "\u20d7",  # arrow
    "\u2192": "\u20d7",
    "\u02d9": "\u0307",  # dot
}
"""Signs above a letter, to the characters that join with the letter before them."""
_PRIMES = "\u2032\u2033\u2034"
_SPACED = frozenset(
    "+-\u2212=<>\u2264\u2265\u2248\u2260\u223c\u2190\u2192\u21d2\u21a6\u22c5\u00d7\u00b1\u2208\u2209\u2282\u2286\u222a\u2229"
)
_INVISIBLE = "\u2062\u2063"
_SHAPES = {
    "mfrac": "{grouped[0]}/{grouped[1]}",
    "mroot": "{grouped[0]}^(1/{parts[1]})",
    "msub": "{parts[0]}_{grouped[1]}",
    "munder": "{parts[0]}_{grouped[1]} ",
    "msubsup": "{parts[0]}_{grouped[1]}^{grouped[2]}",
    "munderover": "{parts[0]}_{grouped[1]}^{grouped[2]} ",
    "mspace": " ",
}
_SEPARATORS = {"mtable": "; ", "mtr": " "}


def one_line(tex: str) -> str:
    """Return a formula as plain text, such as `(a + b)/2`; the TeX itself if it is unreadable."""
    try:
        return of_mathml(mathml(tex, display=False))
    except FormulaError:
        return " ".join(normalize("NFC", tex).split())


def of_mathml(element: Element) -> str:
    """Return a `<math>` element as plain text on one line."""
    text = _one_line(element)
    text = text.replace(f"{APPLY}(", "(").replace(APPLY, " ")
    return " ".join(normalize("NFC", text).split())


def _one_line(element: Element) -> str:
    parts = [_one_line(part) for part in element]
    if shape := _SHAPES.get(element.tag):
        return shape.format(parts=parts, grouped=[_grouped(part) for part in parts])
    if element.tag in {"msup", "mover"}:
        return _raised(*parts)
    if element.tag == "msqrt":
        return f"√{_grouped(''.join(parts))}"
    if element.tag == "mo":
        sign = element.text or ""
        return f" {sign} " if sign in _SPACED else sign.strip(_INVISIBLE)
    return (element.text or "") + _SEPARATORS.get(element.tag, "").join(filter(None, parts))


def _raised(base: str, above: str) -> str:
    if above in _ACCENTS:
        return base + _ACCENTS[above]
    return base + (above if above in _PRIMES else f"^{_grouped(above)}")


def _grouped(text: str) -> str:
    text = " ".join(text.split())
    return text if re.fullmatch(r".|[\w.\u221e\u2032]*", text) else f"({text})"
