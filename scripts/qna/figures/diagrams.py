"""Diagrams: boxes, circles, arrows and grids of cells."""

from __future__ import annotations

from collections.abc import Iterable
from math import atan2, cos, radians, sin

from qna.figures.svg import (
    Element,
    Point,
    element,
    group,
    label,
    number,
    polyline,
    rectangle,
    stroke,
)

TINT = 0.12
"""Opacity of a shape's fill behind text."""
_HEAD, _ANGLE = 6, radians(28)


def box(  # noqa: PLR0913, PLR0917 - a place, a size, a text and a color
    x: float, y: float, width: float, height: float, text: str = "", color: int | str | None = None
) -> Element:
    """Return a tinted box with centered lines of text, given its top left corner."""
    shape = rectangle(x, y, width, height, rx=4, fill_opacity=f"{TINT:g}", stroke="currentColor")
    return _with_text(shape, (x + width / 2, y + height / 2), text, color)


def circle(x: float, y: float, radius: float, text: str = "", color: int | None = None) -> Element:
    """Return a tinted circle with text."""
    shape = element(
        "circle",
        cx=x,
        cy=y,
        r=radius,
        fill_opacity=f"{TINT:g}",
        stroke="currentColor",
    )
    return _with_text(shape, (x, y), text, color)


def _with_text(shape: Element, middle: Point, text: str, color: int | str | None) -> Element:
    return group(shape, *paragraph(*middle, text), color=color)


def paragraph(x: float, y: float, text: str) -> Iterable[Element]:
    """Yield the lines of a text, centered on a point."""
    lines = text.split("\n") if text else []
    for at, part in enumerate(lines):
        yield label(x, y + 15 * (at - (len(lines) - 1) / 2), part, "middle")


def arrow(*points: Point, dash: str | None = None) -> Element:
    """Return a line through points with a head at its end."""
    (x_before, y_before), (x, y) = points[-2:]
    angle = atan2(y_before - y, x_before - x)
    barbs = [
        (x + _HEAD * cos(angle + turn), y + _HEAD * sin(angle + turn)) for turn in (_ANGLE, -_ANGLE)
    ]
    return stroke(
        f"{polyline(points)}{polyline([barbs[0], (x, y), barbs[1]])}",
        stroke_width=1.5,
        stroke_dasharray=dash,
    )


def grid(x: float, y: float, columns: int, rows: int, cell: float) -> Element:
    """Return the lines of a grid of square cells."""
    width, height = columns * cell, rows * cell
    across = (f"M{number(x)} {number(y + row * cell)}h{number(width)}" for row in range(rows + 1))
    down = (
        f"M{number(x + column * cell)} {number(y)}v{number(height)}"
        for column in range(columns + 1)
    )
    return stroke("".join([*across, *down]), stroke_opacity=".5")


def cells(
    x: float, y: float, cell: float, places: Iterable[tuple[int, int]], opacity: float = 0.35
) -> Element:
    """Return shaded cells of a grid, each given by its column and row."""
    data = "".join(
        f"M{number(x + column * cell)} {number(y + row * cell)}h{number(cell)}v{number(cell)}"
        f"h-{number(cell)}z"
        for column, row in places
    )
    return element("path", d=data, fill_opacity=f"{opacity:.2g}")
