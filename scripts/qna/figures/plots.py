"""Plots: scales, axes, and curves that end at the frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot, log10

from qna.figures.svg import (
    Anchor,
    Element,
    Point,
    group,
    label,
    line,
    number,
    polyline,
    stroke,
)

DASHES = {1: None, 2: "7 3", 3: "2 3", 4: "9 3 2 3"}
"""Dash pattern by color, so that lines differ without color."""
CURVE_WIDTH = 2
GRID = 0.18
"""Opacity of grid lines."""
_TOLERANCE = 0.08
"""Distance from a curve within which its points are left out."""

Ticks = Sequence[float] | Mapping[float, str]
Curve = tuple[int, Callable[[float], float], Point, str, Anchor]
"""A curve's color and function, and where its label is, with which text and anchor."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps the values from `low` to `high` to the positions from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool = False

    def __call__(self, value: float) -> float:
        """Return the position of a value."""
        low, high, at = (
            (log10(self.low), log10(self.high), log10(value))
            if self.logarithmic
            else (self.low, self.high, value)
        )
        return self.start + (at - low) / (high - low) * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Frame:
    """The area of a plot."""

    x: Scale
    y: Scale

    def at(self, x: float, y: float) -> Point:
        """Return the position of a point."""
        return self.x(x), self.y(y)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The frame's left, top, right and bottom."""
        return self.x.start, self.y.end, self.x.end, self.y.start


def sampled(function: Callable[[float], float], low: float, high: float) -> list[Point]:
    """Return 401 points of a function's graph."""
    return [(x, function(x)) for x in (low + (high - low) * step / 400 for step in range(401))]


def axes(frame: Frame, x: tuple[str, Ticks], y: tuple[str, Ticks]) -> Element:
    """Return both axes, each with its quantity and ticks, and lines across at the ticks of y."""
    left, top, right, bottom = frame.box
    x_ticks, y_ticks = map(_texts, (x[1], y[1]))
    across = "".join(f"M{number(left)} {number(frame.y(at))}H{number(right)}" for at in y_ticks)
    down = "".join(f"M{number(frame.x(at))} {number(bottom)}v4" for at in x_ticks)
    names = (
        label(right, bottom + (30 if x_ticks else 14), x[0], "end"),
        label(4, top - 14, y[0]),
    )
    return group(
        stroke(across, stroke_opacity=f"{GRID:g}"),
        stroke(f"M{number(left)} {number(bottom)}H{number(right)}{down}"),
        *(label(frame.x(at), bottom + 13, text, "middle") for at, text in x_ticks.items()),
        *(label(left - 6, frame.y(at), text, "end") for at, text in y_ticks.items()),
        *(name for name in names if name.text),
        color="quiet",
    )


def _texts(ticks: Ticks) -> Mapping[float, str]:
    return ticks if isinstance(ticks, Mapping) else {tick: signed(tick) for tick in ticks}


def signed(value: float) -> str:
    """Return a number with a real minus sign."""
    return f"{value:g}".replace("-", "−")


def power(exponent: int) -> str:
    """Return a power of ten as the text of a tick."""
    return "1" if exponent == 0 else f"10^{{{signed(exponent)}}}"


def powers(*exponents: int) -> dict[float, str]:
    """Return ticks at powers of ten."""
    return {10.0**exponent: power(exponent) for exponent in exponents}


def curve(frame: Frame, points: Iterable[Point], color: int = 1) -> Element:
    """Return a line through points, dashed as its color demands, that ends at the frame."""
    runs = clipped([frame.at(x, y) for x, y in points], frame.box)
    data = "".join(polyline(simplified(run)) for run in runs)
    return stroke(
        data, stroke_width=CURVE_WIDTH, stroke_dasharray=DASHES[color], stroke_linejoin="round"
    )


def series(
    color: int, drawn: Element | Sequence[Element], at: Point, text: str, anchor: Anchor = "start"
) -> Element:
    """Return something drawn with its label, both in one color."""
    shapes = (drawn,) if isinstance(drawn, Element) else drawn
    return group(*shapes, label(*at, text, anchor), color=color)


def curves(frame: Frame, drawn: Iterable[Curve]) -> Iterator[Element]:
    """Yield the graphs of functions over the width of a frame, each with its label."""
    for color, function, at, text, anchor in drawn:
        graph = curve(frame, sampled(function, frame.x.low, frame.x.high), color)
        yield series(color, graph, frame.at(*at), text, anchor)


def clipped(
    points: Sequence[Point], box: tuple[float, float, float, float]
) -> Iterator[list[Point]]:
    """Yield the parts of a line within a box."""
    run: list[Point] = []
    for start, end in pairwise(points):
        part = _part_within(start, end, box)
        if part is None:
            continue
        if run and run[-1] != part[0]:
            yield run
            run = []
        run = [*(run or part[:1]), part[1]] if part[0] != part[1] or not run else run
    if run:
        yield run


def _part_within(
    start: Point, end: Point, box: tuple[float, float, float, float]
) -> tuple[Point, Point] | None:
    """Return the part of a segment within a box (the method of Liang and Barsky)."""
    left, top, right, bottom = box
    across, down = end[0] - start[0], end[1] - start[1]
    first, last = 0.0, 1.0
    for step, room in (
        (-across, start[0] - left),
        (across, right - start[0]),
        (-down, start[1] - top),
        (down, bottom - start[1]),
    ):
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            first = max(first, room / step)
        else:
            last = min(last, room / step)
    if first > last:
        return None

    def at(share: float) -> Point:
        return start[0] + share * across, start[1] + share * down

    return start if first == 0 else at(first), end if last == 1 else at(last)


def simplified(points: Sequence[Point], tolerance: float = _TOLERANCE) -> list[Point]:
    """Return a line with fewer points, nowhere visibly off (the method of Douglas and Peucker)."""
    start, end = points[0], points[-1]
    across, down = end[0] - start[0], end[1] - start[1]
    length = hypot(across, down)

    def distance(point: Point) -> float:
        x, y = point[0] - start[0], point[1] - start[1]
        return abs(across * y - down * x) / length if length else hypot(x, y)

    inner = range(1, len(points) - 1)
    farthest = max(inner, key=lambda at: distance(points[at]), default=0)
    if farthest == 0 or distance(points[farthest]) <= tolerance:
        return [start, end]
    parts = points[: farthest + 1], points[farthest:]
    first, second = (simplified(part, tolerance) for part in parts)
    return first[:-1] + second


def marks(frame: Frame, points: Iterable[Point], radius: float = 2.5) -> Element:
    """Return a dot at each point within the frame."""
    left, top, right, bottom = frame.box
    places = (frame.at(*point) for point in points)
    data = "".join(
        f"M{number(x)} {number(y)}h0"
        for x, y in places
        if left <= x <= right and top <= y <= bottom
    )
    return stroke(data, stroke_width=2 * radius, stroke_linecap="round")


def guide(*points: Point) -> Element:
    """Return a thin dashed line that leads the eye."""
    return line(*points, stroke_dasharray="3 3", stroke_opacity=".6")
