"""Read figures back from SVG: their lines, shapes, texts and axes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from xml.etree import ElementTree as ET

Point = tuple[float, float]
Box = tuple[float, float, float, float]

_SVG = "{http://www.w3.org/2000/svg}"
_STEP = re.compile(r"([MLHVhvlmZz])|(-?[\d.]+)")
LETTER_WIDTH, LETTER_HEIGHT, BASELINE = 0.56, 0.9, 4.5
"""Mean width of a letter and height of a line, in font sizes; from the middle to the baseline."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text with the place that it is anchored at, the middle of its line, and its color."""

    content: str
    x: float
    y: float
    anchor: str
    color: str

    @property
    def box(self) -> Box:
        """An estimate of the text's left, top, right and bottom."""
        width = LETTER_WIDTH * 13 * len(self.content)
        left = self.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * width
        half = LETTER_HEIGHT * 13 / 2
        return left, self.y - half, left + width, self.y + half


@dataclass(frozen=True, slots=True)
class Shape:
    """A path's parts, or a rectangle's corners or a circle's middle, with attributes and color."""

    parts: tuple[tuple[Point, ...], ...]
    given: dict[str, str]
    color: str

    @property
    def points(self) -> list[Point]:
        """All points in order."""
        return [point for part in self.parts for point in part]


class Drawing:
    """A figure, parsed."""

    def __init__(self, svg: str) -> None:
        """Parse a figure's SVG."""
        self.root = ET.fromstring(svg)  # noqa: S314 - our own
        self.texts: list[Text] = []
        self.shapes: list[Shape] = []
        for element, color in self._elements(self.root, ""):
            if element.tag == f"{_SVG}text":
                self.texts += _texts(element, color)
            elif element.tag in {f"{_SVG}path", f"{_SVG}rect", f"{_SVG}circle"}:
                self.shapes.append(Shape(tuple(_parts(element)), dict(element.attrib), color))

    def _elements(self, parent: ET.Element, color: str) -> Iterator[tuple[ET.Element, str]]:
        for child in parent:
            inside = child.get("class", color).removeprefix("figure-")
            yield child, inside
            yield from self._elements(child, inside)

    def text(self, content: str) -> Text:
        """Return the only text with this content."""
        (found,) = [text for text in self.texts if text.content == content]
        return found

    def curves(self, color: str) -> list[list[Point]]:
        """Return the parts of the thick lines in a color."""
        return [
            [*part]
            for shape in self.shapes
            if shape.color == color
            and shape.given.get("stroke-width") == "2"
            and "stroke-linecap" not in shape.given
            for part in shape.parts
        ]

    def dots(self, color: str | None = None) -> list[Point]:
        """Return the middles of dots."""
        return [
            point
            for shape in self.shapes
            if "stroke-linecap" in shape.given and color in {None, shape.color}
            for point in shape.points[::2]
        ]

    def filled(self, color: str) -> list[Shape]:
        """Return the shaded shapes of a color."""
        return [
            shape for shape in self.shapes if shape.color == color and "fill-opacity" in shape.given
        ]

    def arrows(self) -> list[tuple[Point, Point]]:
        """Return where each arrow starts and ends."""
        return [
            (shape.parts[0][0], shape.parts[0][-1])
            for shape in self.shapes
            if len(shape.parts) == 2
            and len(shape.parts[1]) == 3
            and shape.parts[1][1] == shape.parts[0][-1]
        ]


@dataclass(frozen=True, slots=True)
class Axes:
    """Maps positions to values, as the texts of ticks say."""

    x: tuple[float, float]
    y: tuple[float, float]

    def value(self, point: Point) -> Point:
        """Return the values at a position; of a logarithmic axis, their exponents."""
        return (
            self.x[0] + self.x[1] * point[0],
            self.y[0] + self.y[1] * point[1],
        )

    def values(self, points: list[Point]) -> list[Point]:
        """Return the values at positions."""
        return [self.value(point) for point in points]


def axis(ticks: dict[float, float]) -> tuple[float, float]:
    """Return offset and slope from positions to values, given ticks; all must be on one line."""
    (first, low), *_, (last, high) = sorted(ticks.items())
    slope = (high - low) / (last - first)
    for at, value in ticks.items():
        assert abs(low + slope * (at - first) - value) < abs(slope) * 0.2
    return low - slope * first, slope


def axes_of(
    drawing: Drawing, x: dict[str, float], y: dict[str, float], panel: Box = (0, 0, 340, 1000)
) -> Axes:
    """Return the axes of a panel from the values of their ticks' texts."""
    left, top, right, bottom = panel
    quiet = [
        text
        for text in drawing.texts
        if text.color == "quiet" and left <= text.x <= right and top <= text.y <= bottom
    ]
    across = {text.x: x[text.content] for text in quiet if text.anchor == "middle"}
    up = {text.y: y[text.content] for text in quiet if text.anchor == "end" and text.content in y}
    return Axes(axis(across), axis(up))


def overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes overlap."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def height_at(curve: list[Point], x: float) -> float:
    """Return the height of a line at x."""
    for (x1, y1), (x2, y2) in pairwise(curve):
        if min(x1, x2) <= x <= max(x1, x2) and x1 != x2:
            return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
    raise AssertionError(f"the line does not reach {x}")


def _texts(element: ET.Element, color: str) -> Iterator[Text]:
    content = "".join(element.itertext())
    y = float(element.get("y", "")) - BASELINE
    places = [float(x) for x in element.get("x", "").split()]
    parts = [content] if len(places) == 1 else [*content]
    for x, part in zip(places, parts, strict=True):
        yield Text(part, x, y, element.get("text-anchor", "start"), color)


def _parts(element: ET.Element) -> Iterator[tuple[Point, ...]]:
    given = element.attrib
    if element.tag == f"{_SVG}rect":
        x, y, width, height = (float(given[key]) for key in ("x", "y", "width", "height"))
        yield (x, y), (x + width, y + height)
    elif element.tag == f"{_SVG}circle":
        yield ((float(given["cx"]), float(given["cy"])),)
    else:
        yield from _parts_of_path(given["d"])


def _parts_of_path(data: str) -> Iterator[tuple[Point, ...]]:
    part: list[Point] = []
    x = y = 0.0
    tokens = [match[1] or float(match[2]) for match in _STEP.finditer(data)]
    command = ""
    while tokens:
        if isinstance(tokens[0], str):
            command = str(tokens.pop(0))
            if command in "Mm" and part:
                yield tuple(part)
                part = []
            if command in "Zz":
                part.append(part[0])
                continue
        if command in "Hh":
            x = float(tokens.pop(0)) + (x if command == "h" else 0)
        elif command in "Vv":
            y = float(tokens.pop(0)) + (y if command == "v" else 0)
        else:
            across, down = float(tokens.pop(0)), float(tokens.pop(0))
            x, y = (x + across, y + down) if command in "lm" else (across, down)
        part.append((x, y))
        command = {"M": "L", "m": "l"}.get(command, command)
    yield tuple(part)
