"""Elements of SVG and their text.

Everything is drawn in `currentColor`, so that a style sheet themes a figure by setting `color` for
its classes; without one, as on GitHub, it is black on white. There are no inline styles, which the
site's policy refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

WIDTH = 340
"""Width of most figures: on a narrow phone, a unit is a pixel."""
FONT_SIZE = 13
SCRIPT_SIZE = 12
"""Size of sub- and superscripts: no text is smaller."""
BASELINE = 4.5
"""Distance from the middle of a line of text down to its baseline."""

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]
Value = str | float | None

_SCRIPT = re.compile(r"([_^])(?:\{([^}]*)\}|(\S))")
_SHIFT = {"_": 4, "^": -5}
_NAMESPACE = "http://www.w3.org/2000/svg"


@dataclass(frozen=True, slots=True)
class Element:
    """An element: its attributes in order, and its children or its text."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple[Element, ...] = ()
    text: str = ""

    def __str__(self) -> str:
        attributes = "".join(f" {name}={quoteattr(value)}" for name, value in self.attributes)
        inside = "".join(map(str, self.children)) + escape(self.text)
        return f"<{self.name}{attributes}" + (f">{inside}</{self.name}>" if inside else "/>")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its title and description for those who do not see it, its size and content."""

    title: str
    description: str
    height: float
    content: tuple[Element, ...]
    width: float = WIDTH


def document(name: str, figure: Figure) -> str:
    """Return a figure as an SVG file whose ids begin with `name`, one element a line."""
    title, description = f"figure-{name}-title", f"figure-{name}-description"
    root = element(
        "svg",
        xmlns=_NAMESPACE,
        viewBox=f"0 0 {number(figure.width)} {number(figure.height)}",
        class_="figure",
        role="img",
        aria_labelledby=title,
        aria_describedby=description,
        color="#000",
        direction="ltr",
        fill="currentColor",
        font_family="system-ui, sans-serif",
        font_size=FONT_SIZE,
        stroke_width=1,
    )
    paper = rectangle(0, 0, figure.width, figure.height, class_="figure-paper", fill="#fff")
    lines = [
        str(root).removesuffix("/>") + ">",
        str(Element("title", (("id", title),), text=figure.title)),
        str(Element("desc", (("id", description),), text=figure.description)),
        str(paper),
        *_lines(figure.content),
        "</svg>\n",
    ]
    return "\n".join(lines)


def _lines(elements: Iterable[Element]) -> Iterator[str]:
    for item in elements:
        if item.name == "g" and not item.attributes:
            yield from _lines(item.children)
        elif item.name == "g":
            yield str(Element("g", item.attributes)).removesuffix("/>") + ">"
            yield from _lines(item.children)
            yield "</g>"
        else:
            yield str(item)


def number(value: float) -> str:
    """Return a number with at most one decimal, as short as possible."""
    short = f"{value:.1f}".removesuffix(".0")
    return "0" if short == "-0" else short


def share(value: float) -> str:
    """Return a number between 0 and 1, such as an opacity, with two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def element(name: str, *children: Element, **attributes: Value) -> Element:
    """Return an element; `aria_label` and `class_` become `aria-label` and `class`."""
    given = (
        (key.rstrip("_").replace("_", "-"), value if isinstance(value, str) else number(value))
        for key, value in attributes.items()
        if value is not None
    )
    return Element(name, tuple(given), children)


def group(*children: Element, color: int | str | None = None) -> Element:
    """Return a group in one of the colors 1 to 4, or `quiet`; without any, in that of the text."""
    return element("g", *children, class_=color and f"figure-{color}")


def line(*points: Point, closed: bool = False, **attributes: Value) -> Element:
    """Return a line through points."""
    return stroke(polyline(points) + ("Z" if closed else ""), **attributes)


def stroke(data: str, **attributes: Value) -> Element:
    """Return the outline of path data."""
    return element("path", d=data, fill="none", stroke="currentColor", **attributes)


def area(*points: Point, opacity: float = 0.15) -> Element:
    """Return a shaded area between points."""
    return element("path", d=f"{polyline(points)}Z", fill_opacity=share(opacity))


def polyline(points: Iterable[Point]) -> str:
    """Return path data that joins points."""
    return "M" + " ".join(f"{number(x)} {number(y)}" for x, y in points)


def rectangle(x: float, y: float, width: float, height: float, **attributes: Value) -> Element:
    """Return a rectangle, filled unless `fill` says otherwise."""
    return element("rect", x=x, y=y, width=width, height=height, **attributes)


def dot(x: float, y: float, radius: float = 3) -> Element:
    """Return a filled circle."""
    return element("circle", cx=x, cy=y, r=radius)


def label(
    x: float, y: float, text: str, anchor: Anchor = "start", *, bold: bool = False
) -> Element:
    """Return text whose middle line is at `y`; `x_{t-1}` and `x^2` lower and raise."""
    return Element(
        "text",
        element(
            "text",
            x=x,
            y=y + BASELINE,
            text_anchor=None if anchor == "start" else anchor,
            font_weight="600" if bold else None,
        ).attributes,
        tuple(_spans(text)) if _SCRIPT.search(text) else (),
        "" if _SCRIPT.search(text) else text,
    )


def letters(places: Sequence[float], y: float, text: str) -> Element:
    """Return a text each of whose characters is centered at its own place."""
    along = " ".join(map(number, places))
    attributes = element("text", x=along, y=y + BASELINE, text_anchor="middle").attributes
    return Element("text", attributes, text=text)


def _spans(text: str) -> Iterator[Element]:
    """Yield parts of a text; each shifts from where the part before it ended."""
    end, level = 0, 0
    for script in _SCRIPT.finditer(text):
        yield from _span(text[end : script.start()], -level)
        level = 0 if script.start() > end else level
        shift = _SHIFT[script[1]]
        yield from _span(script[2] or script[3], shift - level, SCRIPT_SIZE)
        end, level = script.end(), shift
    yield from _span(text[end:], -level)


def _span(text: str, shift: float, size: float | None = None) -> Iterator[Element]:
    if text:
        attributes = element("tspan", dy=shift or None, font_size=size).attributes
        yield Element("tspan", attributes, text=text)
