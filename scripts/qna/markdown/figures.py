"""Figures: SVG files that notes show, written into the page.

They come from `scripts/draw_figures.py` or from anyone's drawing program, so they are checked like
all content: only shapes, text and their presentation stay, and nothing loads or runs anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError, fromstring, tostring

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FOLDER = "figures"
"""Folder of the figures in the folder of the source."""
ENDING = ".svg"

_SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = frozenset(
    "svg g path line polyline polygon rect circle ellipse text tspan title desc defs marker "
    "clipPath".split()
)
ATTRIBUTES = frozenset(
    "aria-describedby aria-hidden aria-labelledby class clip-path color cx cy d direction "
    "dominant-baseline dx dy "
    "fill fill-opacity fill-rule font-family font-size font-style font-weight height id "
    "marker-end marker-mid marker-start markerHeight markerUnits markerWidth opacity orient points "
    "preserveAspectRatio r refX refY role rx ry stroke stroke-dasharray stroke-linecap "
    "stroke-linejoin stroke-opacity stroke-width text-anchor transform viewBox width x x1 x2 y y1 "
    "y2".split()
)
_REFERENCE = re.compile(r"url\((?!#)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure."""

    svg: str
    """The `<svg>` element, without its namespace."""


class Shelf:
    """Reads figures once, when a note first shows them."""

    def __init__(self, folder: Path) -> None:
        """Take the addresses of figures as relative to `folder`."""
        self._folder = folder
        self._figures: dict[str, Figure] = {}

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The figures that were asked for and can be shown, by address."""
        return self._figures

    def problem(self, url: str) -> tuple[str, str] | None:
        """Read the figure at an address; return what is wrong, and what to do, or None."""
        if url in self._figures:
            return None
        path = self._folder / url
        if not path.resolve().is_relative_to(self._folder.resolve().parent):
            return f"'{url}' is outside the folder of the source", "move the figure there"
        try:
            self._figures[url] = parse(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            hint = "correct the name, or draw it: python scripts/draw_figures.py"
            return f"there is no figure '{url}'", hint
        except (OSError, ValueError, ParseError) as error:
            return f"figure '{url}' cannot be shown: {error}", "save it as plain SVG"
        return None


def parse(text: str) -> Figure:
    """Return the figure in the text of an SVG file. Raises ValueError or ParseError."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("it has a document type, whose entities may be anything")
    root = fromstring(text)  # noqa: S314 - it has no document type
    if root.tag not in {f"{_SVG}svg", "svg"}:
        raise ValueError("it is not SVG")
    if not any(child.tag.removeprefix(_SVG) == "title" for child in root):
        raise ValueError("it has no title for readers who cannot see it")
    _clean(root)
    return Figure(tostring(root, encoding="unicode", short_empty_elements=False))


def _clean(element: Element) -> None:
    element.tag = str(element.tag).removeprefix(_SVG)
    for name, value in list(element.attrib.items()):
        if name not in ATTRIBUTES or _REFERENCE.search(value):
            del element.attrib[name]
    for child in list(element):
        if str(child.tag).removeprefix(_SVG) in ELEMENTS:
            _clean(child)
        else:
            element.remove(child)


def element(svg: str) -> Element:
    """Return the element of a figure that `parse` has checked."""
    return fromstring(svg)  # noqa: S314 - it has no document type
