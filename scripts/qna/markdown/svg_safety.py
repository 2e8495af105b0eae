"""Which parts of an SVG a page may show: shapes, text and their presentation.

Nothing in it loads or runs anything, whoever drew it.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError, fromstring

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset(
    "svg g path line polyline polygon rect circle ellipse text tspan title desc defs marker "
    "clipPath".split()
)
_ATTRIBUTES = frozenset(
    "aria-describedby aria-hidden aria-labelledby class clip-path color cx cy d direction "
    "dominant-baseline dx dy "
    "fill fill-opacity fill-rule font-family font-size font-style font-weight height id "
    "marker-end marker-mid marker-start markerHeight markerUnits markerWidth opacity orient points "
    "preserveAspectRatio r refX refY role rx ry stroke stroke-dasharray stroke-linecap "
    "stroke-linejoin stroke-opacity stroke-width text-anchor transform viewBox width x x1 x2 y y1 "
    "y2".split()
)
_ELSEWHERE = re.compile(r"url\((?!#)", re.IGNORECASE)


def cleaned(text: str) -> Element:
    """Return the `<svg>` element of an SVG file, without what a page may not show.

    Raises ValueError if it is not plain SVG with a title.
    """
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("it has a document type, whose entities may be anything")
    try:
        root = fromstring(text)  # noqa: S314 - it has no document type
    except ParseError as error:
        raise ValueError(f"it is not XML: {error}") from None
    if _name(root) != "svg":
        raise ValueError("it is not SVG")
    if not any(_name(child) == "title" for child in root):
        raise ValueError("it has no title for readers who cannot see it")
    _clean(root)
    return root


def _clean(element: Element) -> None:
    element.tag = _name(element)
    for name, value in list(element.attrib.items()):
        if name not in _ATTRIBUTES or _ELSEWHERE.search(value):
            del element.attrib[name]
    for child in list(element):
        if _name(child) in _ELEMENTS:
            _clean(child)
        else:
            element.remove(child)


def _name(element: Element) -> str:
    return str(element.tag).removeprefix(_NAMESPACE)
