"""Figures that need no style sheet: each color is written where it is used.

Readers of books and of cards have no style sheet of ours, or one that they may switch off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from xml.etree.ElementTree import Element

from qna.appearance.look import Look
from qna.downloads import MissingError, styles

_COLOR = re.compile(r"\.(?P<class>figure-\w+) \{\s*color: var\(--(?P<name>[\w-]+)\);\s*\}")
_CURRENT = "currentColor"
_PAINTED = ("fill", "stroke")
_PAPER = "figure-paper"
_ID = re.compile(r"(?<=url\(#)[^)]*")
_REFERENCES = ("aria-labelledby", "aria-describedby")


@dataclass(frozen=True, slots=True)
class Palette:
    """Colors as `#rrggbb`."""

    colors: Mapping[str, str]
    """The site's colors in its light theme, by the names of its tokens."""
    classes: Mapping[str, str]
    """Class within a figure to its color."""


@cache
def site_palette(look: Look | None = None) -> Palette:
    """Return the colors of a site, or the usual ones. Raises MissingError."""
    look = look or styles.usual_look()
    try:
        return palette(look.light, (styles.FOLDER / "figures.css").read_text(encoding="utf-8"))
    except (OSError, KeyError) as error:
        message = f"{styles.FOLDER} lacks a file or a color ({error}); restore the files from git"
        raise MissingError(message) from error


def palette(colors: Mapping[str, str], figures: str) -> Palette:
    """Read the style sheet that gives colors to classes.

    Raises KeyError for a color that is missing.
    """
    classes = {name: colors[token] for name, token in _COLOR.findall(figures)}
    return Palette(colors, classes | {_PAPER: colors["paper"]})


def plain(svg: Element, palette: Palette, name: str = "") -> Element:
    """Return a figure without classes; `name` keeps its ids apart from those of other figures."""
    return _plain(svg, palette, name, palette.colors["ink"], {"fill": _CURRENT, "stroke": "none"})


def apart(svg: Element, name: str) -> Element:
    """Return a figure as it is, except that its ids are kept apart by `name`."""
    copy = Element(svg.tag, dict(_named(svg, name)))
    copy.text, copy.tail = svg.text, svg.tail
    copy.extend(apart(child, name) for child in svg)
    return copy


def _plain(
    element: Element, palette: Palette, name: str, color: str, inherited: Mapping[str, str]
) -> Element:
    """Return an element; `inherited` is how its parent is painted, as written."""
    kind = element.get("class", "")
    own = palette.classes.get(kind, color)
    written = {key: element.get(key, inherited[key]) for key in _PAINTED}
    copy = Element(element.tag, dict(_attributes(element, name)))
    copy.text, copy.tail = element.text, element.tail
    for key, value in written.items():
        if value == _CURRENT and (key in element.attrib or own != color):
            copy.set(key, own)
    if kind == _PAPER:
        copy.set("fill", own)
    copy.extend(_plain(child, palette, name, own, written) for child in element)
    return copy


def _attributes(element: Element, name: str) -> Iterator[tuple[str, str]]:
    """Yield the attributes of an element, but not those that need a style sheet."""
    return ((key, value) for key, value in _named(element, name) if key not in {"class", "color"})


def _named(element: Element, name: str) -> Iterator[tuple[str, str]]:
    """Yield the attributes of an element, with the name before its ids, if there is one."""
    for key, value in element.attrib.items():
        if key == "id" and name:
            yield key, f"{name}-{value}"
        elif key in _REFERENCES and name:
            yield key, " ".join(f"{name}-{one}" for one in value.split())
        else:
            yield key, _ID.sub(lambda found: f"{name}-{found[0]}", value) if name else value


def described(svg: Element) -> str:
    """Return the title and the description of a figure: what those read who do not see it."""
    found = (svg.findtext(part, "").strip() for part in ("title", "desc"))
    return ". ".join(text.rstrip(".") for text in found if text)
