"""The icon of the site: a letter, or without one a small network, in the primary color."""

from __future__ import annotations

from html import escape

SIZE = 32
"""Width and height of the drawings, in their own units."""
RADIUS = 7
BASELINE = 0.35
"""Place of a letter's baseline below the center, as a fraction of its size."""
EDGE, NODE = "#bdf0e6", "#ffffff"
EDGES = (
    ((8, 10), (16, 7)),
    ((8, 10), (16, 19)),
    ((8, 22), (16, 7)),
    ((8, 22), (16, 19)),
    ((16, 7), (24, 16)),
    ((16, 19), (24, 16)),
)
NODES = ((8, 10, 3), (8, 22, 3), (16, 7, 3), (16, 19, 3), (24, 16, 3.4))
TILE = "#0b5c5c"
"""The color of a site that sets none."""


def svg(letter: str, color: str) -> str:
    """Return the icon as a file."""
    opening = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    tile = f'<rect width="32" height="32" rx="{RADIUS}" fill="{color}"/>'
    return f"{opening}{tile}{_letter(letter, alone=True) if letter else _network()}</svg>"


def mark(letter: str) -> str:
    """Return the icon as a part of every page, as short as can be; styles draw its tile."""
    lines = "M8 10l8-3 8 9-8 3-8-9m0 12l8-3m-8 3l8-15"
    dots = "".join(f"M{x} {y}h0" for x, y, _ in NODES)
    drawn = _letter(letter, alone=False) if letter else f'<path d="{lines}"/><path d="{dots}"/>'
    return f'<svg class="mark" viewBox="0 0 32 32">{drawn}</svg>'


def font_size(letter: str) -> int:
    """Return the size of a letter, or of a few, in units of the drawing."""
    return {1: 22, 2: 16}.get(len(letter), 12)


def _letter(letter: str, *, alone: bool) -> str:
    size = font_size(letter)
    place = f'x="16" y="{16 + size * BASELINE:g}" font-size="{size}" text-anchor="middle"'
    look = f' fill="{NODE}" font-family="system-ui,sans-serif" font-weight="600"' if alone else ""
    return f"<text {place}{look}>{escape(letter)}</text>"


def _network() -> str:
    lines = "M8 10l8-3M8 10l8 9M8 22l8-15M8 22l8-3M16 7l8 9M16 19l8-3"
    circles = "".join(f'<circle cx="{x}" cy="{y}" r="{radius}"/>' for x, y, radius in NODES)
    stroke = f'<g stroke="{EDGE}" stroke-width="1.6" opacity=".75"><path d="{lines}"/></g>'
    return f'{stroke}<g fill="#fff">{circles}</g>'
