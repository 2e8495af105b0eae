"""Formulas: TeX to MathML elements that a page under a strict policy can show."""

from __future__ import annotations

import re
from functools import cache
from xml.etree.ElementTree import Element, ParseError, fromstring

from math_core import LatexError, LatexToMathML

APPLY = "\u2061"
"""Invisible sign between a function and its argument."""
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
_DEEPEST = 60
_NESTING = re.compile(
    r"(?P<open>\{|\\left(?![a-zA-Z])|\\begin(?![a-zA-Z]))"
    r"|(?P<close>\}|\\right(?![a-zA-Z])|\\end(?![a-zA-Z]))|(?P<command>\\[a-zA-Z]+|[\^_])|\\.|[^\s\\]",
    re.DOTALL,
)
_DEFINES = re.compile(r"\\(?:[egx]?def|let|(?:re)?newcommand|providecommand|DeclareMath\w+)\b")
_FAULT = re.compile(r"(?P<at>\d+): (?P<message>.*)", re.DOTALL)


class FormulaError(ValueError):
    """A formula cannot be read."""

    def __init__(self, message: str, at: int) -> None:
        """Say what is wrong, and at which character of the TeX (0-based)."""
        super().__init__(message)
        self.at = at


def mathml(tex: str, *, display: bool) -> Element:
    """Return the `<math>` element of a formula. Raises FormulaError if it cannot be read."""
    _check_depth(tex)
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


def _check_depth(tex: str) -> None:
    """Refuse a formula that is nested too deeply: the library would end the whole process."""
    if defines := _DEFINES.search(tex):
        raise FormulaError("a formula may not define commands", defines.start())
    waiting, around = 0, [0]
    for match in _NESTING.finditer(tex):
        if match["open"]:
            around.append(around[-1] + waiting + 1)
            waiting = 0
        elif match["close"]:
            around = around[:-1] or [0]
            waiting = 0
        else:
            waiting = waiting + 1 if match["command"] else 0
        if around[-1] + waiting > _DEEPEST:
            raise FormulaError("the formula is nested too deeply", match.start())


def _clean(element: Element) -> None:
    """Keep harmless attributes, and turn inline styles into classes."""
    styles = (style.strip() for style in element.attrib.pop("style", "").split(";"))
    classes = [f"math-{_CLASSES[style]}" for style in styles if style in _CLASSES]
    for name in [name for name in element.attrib if name not in _ATTRIBUTES]:
        del element.attrib[name]
    if classes:
        element.set("class", " ".join(classes))
