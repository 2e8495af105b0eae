"""Cards to PNG files, each with its card's key in the first bytes."""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass, fields, replace
from functools import cache
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw
from PIL.PngImagePlugin import PngInfo

from qna.cards.content import Card
from qna.cards.fonts import Fonts, Style
from qna.cards.layout import HEIGHT, WIDTH, Layout, Role, place

HEAD = 1024
"""The key is within this many bytes from the start of a file."""

_BAND = 12
"""Width of the colored band that sets a card off from a white page."""
_KEY = "qna-card"
_KEY_CHUNK = re.compile(rb"\x89PNG\r\n.*?tEXtqna-card\x00([0-9a-f]{64})", re.DOTALL)
_TOKEN = re.compile(r"--(?P<name>[\w-]+):\s*(?:var\(--light,\s*)?(?P<color>#[0-9a-fA-F]{6})\b")
_SHADES = 8
"""Shades between paper and a color; enough for antialiased letters."""


@dataclass(frozen=True, slots=True)
class Colors:
    """The site's colors used on cards, each as `#rrggbb`."""

    paper: str
    ink: str
    muted: str
    line: str
    accent: str


STYLES: dict[Role, Style] = {
    "heading": Style(600, "accent"),
    "title": Style(600, "ink", tracking=-0.014),
    "label": Style(600, "accent"),
    "text": Style(400, "ink"),
    "site": Style(600, "ink"),
    "aside": Style(400, "muted"),
}

# The logo in docs/assets/images/favicon.svg, 32 by 32.
_TILE, _EDGE, _NODE, _RADIUS, _STROKE = "#0b5c5c", "#90cbc3", "#ffffff", 7, 1.6
_EDGES = (
    ((8, 10), (16, 7)),
    ((8, 10), (16, 19)),
    ((8, 22), (16, 7)),
    ((8, 22), (16, 19)),
    ((16, 7), (24, 16)),
    ((16, 19), (24, 16)),
)
_NODES = ((8, 10, 3), (8, 22, 3), (16, 7, 3), (16, 19, 3), (24, 16, 3.4))
_MARK_OVERSAMPLING = 8


def colors(css: str) -> Colors:
    """Extract the light theme's colors from the site's design tokens.

    Raises KeyError with the name of a color that is missing or not written as `#rrggbb`.
    """
    found = dict(reversed(_TOKEN.findall(css)))  # a token's first color is the light theme's
    return Colors(*(found[field.name] for field in fields(Colors)))


def key(card: Card, fonts: Fonts, colors: Colors) -> str:
    """Return a hash of everything that affects the picture."""
    return card.key(" ".join([fonts.digest, *astuple(colors)]))


def png(card: Card, fonts: Fonts, colors: Colors) -> bytes:
    """Draw a card; the same card, fonts and colors always give the same bytes."""
    picture = picture_of(placed(card, fonts), fonts, colors)
    note = PngInfo()
    note.add_text(_KEY, key(card, fonts, colors))
    reduced = picture.quantize(palette=_palette(colors), dither=Image.Dither.NONE)
    file = BytesIO()
    reduced.save(file, "PNG", pnginfo=note, compress_level=7)
    return file.getvalue()


def key_in(head: bytes) -> str | None:
    """Return the key in the first bytes of a file, or None if it is not a card."""
    match = _KEY_CHUNK.match(head)
    return match[1].decode("ascii") if match else None


def placed(card: Card, fonts: Fonts) -> Layout:
    """Lay out the text of a card that the fonts can draw; if none, only the logo."""
    shown = replace(
        card,
        heading=fonts.drawable(card.heading),
        title=fonts.drawable(card.title),
        text=fonts.drawable(card.text),
        site=fonts.drawable(card.site),
    )
    if not fonts.legible(shown.title + shown.text):
        title = shown.site if fonts.legible(shown.site) else ""
        shown = Card(card.name, heading="", title=title, text="", site=title)
    return place(shown, lambda text, role: fonts.width(text, STYLES[role]))


def picture_of(layout: Layout, fonts: Fonts, colors: Colors) -> Image.Image:
    """Paint a layout."""
    canvas = Image.new("RGB", (WIDTH, HEIGHT), colors.paper)
    draw = ImageDraw.Draw(canvas)
    draw.rectangle((0, 0, _BAND - 1, HEIGHT), colors.accent)
    if layout.rule:
        left, right, top = layout.rule
        draw.rectangle((left, top, right - 1, top + 1), colors.line)
    left, top, size = layout.mark
    canvas.paste(_mark(size, colors.paper), (left, top))
    for line in layout.lines:
        style = STYLES[line.role]
        color = ImageColor.getrgb(getattr(colors, style.color))
        for glyph in fonts.glyphs(line.text, style, line.size, line.left):
            canvas.paste(color, (glyph.left, line.baseline + glyph.top), glyph.tile)
    return canvas


@cache
def _mark(size: int, paper: str) -> Image.Image:
    scale = size * _MARK_OVERSAMPLING / 32
    large = Image.new("RGB", (size * _MARK_OVERSAMPLING,) * 2, paper)
    draw = ImageDraw.Draw(large)
    draw.rounded_rectangle((0, 0, *large.size), _RADIUS * scale, fill=_TILE)
    for (x1, y1), (x2, y2) in _EDGES:
        ends = x1 * scale, y1 * scale, x2 * scale, y2 * scale
        draw.line(ends, fill=_EDGE, width=round(_STROKE * scale))
    for x, y, radius in _NODES:
        draw.circle((x * scale, y * scale), radius * scale, fill=_NODE)
    return large.reduce(_MARK_OVERSAMPLING)


@cache
def _palette(colors: Colors) -> Image.Image:
    """Return an image with all colors of a card in its palette."""
    ramps = (
        (colors.paper, colors.ink),
        (colors.paper, colors.accent),
        (colors.paper, colors.muted),
        (_TILE, _NODE),
        (colors.paper, colors.line, 2),
    )
    shades = dict.fromkeys(shade for ramp in ramps for shade in _ramp(*ramp))
    image = Image.new("P", (1, 1))
    image.putpalette([part for shade in shades for part in shade])
    return image


def _ramp(start: str, end: str, shades: int = _SHADES) -> list[tuple[int, ...]]:
    ends = list(zip(ImageColor.getrgb(start), ImageColor.getrgb(end), strict=True))
    steps = (number / (shades - 1) for number in range(shades))
    return [tuple(round(low + (high - low) * step) for low, high in ends) for step in steps]
