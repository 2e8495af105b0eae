"""Cards to PNG files, each with its card's key in the first bytes."""

from __future__ import annotations

import re
from dataclasses import MISSING, Field, astuple, dataclass, fields, replace
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageColor, ImageDraw, ImageOps
from PIL.PngImagePlugin import PngInfo

from qna.appearance import icon
from qna.appearance.colors import mixed, named
from qna.appearance.look import Look
from qna.cards.content import Card
from qna.cards.fonts import Fonts, Style
from qna.cards.layout import HEIGHT, WIDTH, Layout, Role, place

HEAD = 1024
"""The key is within this many bytes from the start of a file."""

_BAND = 12
"""Width of the colored band that sets a card off from a white page."""
_KEY = "qna-card"
_KEY_CHUNK = re.compile(rb"\x89PNG\r\n.*?tEXtqna-card\x00([0-9a-f]{64})", re.DOTALL)
_LOGO_SAMPLE, _LOGO_SHADES = 64, 48
"""Size at which the colors of a logo are counted, and how many of them a card has."""
_SHADES = 8
"""Shades between paper and a color; enough for antialiased letters."""


@dataclass(frozen=True, slots=True)
class Colors:
    """The site's colors used on cards, each as `#rrggbb`, and its icon."""

    paper: str
    ink: str
    muted: str
    line: str
    accent: str
    tile: str = icon.TILE
    letter: str = ""
    """What is on the icon; without it, a network."""
    picture: bytes = b""
    """The file of a picture that takes the place of the icon."""


STYLES: dict[Role, Style] = {
    "heading": Style(600, "accent"),
    "title": Style(600, "ink", tracking=-0.014),
    "label": Style(600, "accent"),
    "text": Style(400, "ink"),
    "site": Style(600, "ink"),
    "aside": Style(400, "muted"),
}

_STROKE = 1.6
_EDGE_SHARE = 0.75
"""Opacity of the lines of the network."""
TOUCH_ICON = 180
"""Width and height of the icon for phones, in pixels; they round its corners themselves."""
_MARK_OVERSAMPLING = 8


def colors(css: str) -> Colors:
    """Extract the light theme's colors from the site's design tokens.

    Raises KeyError with the name of a color that is missing or not written as `#rrggbb`.
    """
    found = named(css, "light")
    required: dict[str, Any] = {
        field.name: found[field.name] for field in fields(Colors) if not _optional(field)
    }
    return Colors(**required, tile=found.get("tile", icon.TILE))


def theme(look: Look) -> Colors:
    """Return the colors and the icon of a site; a logo that cannot be read is left out.

    Raises KeyError as `colors` does.
    """
    picture = look.picture if is_readable(look.picture) else b""
    return replace(colors(look.tokens), letter=look.letter, picture=picture)


def is_readable(picture: bytes) -> bool:
    """Tell whether the file of a picture can be decoded to its end."""
    try:
        with Image.open(BytesIO(picture)) as opened:
            opened.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):  # as Pillow does
        return False
    return True


def _optional(field: Field[Any]) -> bool:
    return field.default is not MISSING


def key(card: Card, fonts: Fonts, colors: Colors) -> str:
    """Return a hash of everything that affects the picture."""
    return card.key(f"{fonts.digest} {astuple(colors)}")


def png(card: Card, fonts: Fonts, colors: Colors) -> bytes:
    """Draw a card; the same card, fonts and colors always give the same bytes."""
    picture = picture_of(placed(card, fonts), fonts, colors)
    reduced = picture.quantize(palette=_palette(colors), dither=Image.Dither.NONE)
    return _file(reduced, key(card, fonts, colors))


def icon_key(fonts: Fonts, colors: Colors) -> str:
    """Return a hash of everything that affects the icon for phones."""
    return Card("icon", "", "", "", "").key(f"{fonts.digest} {astuple(colors)}")


def icon_png(fonts: Fonts, colors: Colors) -> bytes:
    """Draw the icon for phones and browsers that show no SVG: a square without round corners."""
    drawn = _drawn_mark(TOUCH_ICON, colors.tile, 0, colors, fonts)
    return _file(drawn.quantize(dither=Image.Dither.NONE), icon_key(fonts, colors))


def _file(picture: Image.Image, key: str) -> bytes:
    note = PngInfo()
    note.add_text(_KEY, key)
    file = BytesIO()
    picture.save(file, "PNG", pnginfo=note, compress_level=7)
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
    mark = _picture(size, colors) if colors.picture else _mark(size, colors, fonts)
    canvas.paste(mark, (left, top))
    for line in layout.lines:
        style = STYLES[line.role]
        color = ImageColor.getrgb(getattr(colors, style.color))
        for glyph in fonts.glyphs(line.text, style, line.size, line.left):
            canvas.paste(color, (glyph.left, line.baseline + glyph.top), glyph.tile)
    return canvas


@cache
def _picture(size: int, colors: Colors) -> Image.Image:
    """Fit the site's own logo into a square."""
    square = Image.new("RGB", (size, size), colors.paper)
    logo = ImageOps.contain(Image.open(BytesIO(colors.picture)).convert("RGBA"), square.size)
    square.paste(logo, ((size - logo.width) // 2, (size - logo.height) // 2), logo)
    return square


@cache
def _mark(size: int, colors: Colors, fonts: Fonts) -> Image.Image:
    return _drawn_mark(size, colors.paper, icon.RADIUS, colors, fonts)


def _drawn_mark(size: int, paper: str, radius: int, colors: Colors, fonts: Fonts) -> Image.Image:
    scale = size * _MARK_OVERSAMPLING / icon.SIZE
    large = Image.new("RGB", (size * _MARK_OVERSAMPLING,) * 2, paper)
    draw = ImageDraw.Draw(large)
    draw.rounded_rectangle((0, 0, *large.size), radius * scale, fill=colors.tile)
    if colors.letter:
        _draw_letter(large, fonts.drawable(colors.letter), scale, fonts)
        return large.reduce(_MARK_OVERSAMPLING)
    edge = mixed(icon.EDGE, colors.tile, _EDGE_SHARE)
    for (x1, y1), (x2, y2) in icon.EDGES:
        ends = x1 * scale, y1 * scale, x2 * scale, y2 * scale
        draw.line(ends, fill=edge, width=round(_STROKE * scale))
    for x, y, node in icon.NODES:
        draw.circle((x * scale, y * scale), node * scale, fill=icon.NODE)
    return large.reduce(_MARK_OVERSAMPLING)


def _draw_letter(canvas: Image.Image, letter: str, scale: float, fonts: Fonts) -> None:
    size, style = round(icon.font_size(letter) * scale), Style(600, "ink")
    left = canvas.width / 2 - fonts.width(letter, style) * size / 2
    for glyph in fonts.glyphs(letter, style, size, left):
        top = round(canvas.height / 2 + size * icon.BASELINE) + glyph.top
        canvas.paste(icon.NODE, (glyph.left, top), glyph.tile)


@cache
def _palette(colors: Colors) -> Image.Image:
    """Return an image with all colors of a card in its palette."""
    ramps = (
        (colors.paper, colors.ink),
        (colors.paper, colors.accent),
        (colors.paper, colors.muted),
        (colors.tile, icon.NODE),
        (colors.paper, colors.line, 2),
    )
    shades: dict[tuple[int, ...], None] = dict.fromkeys(
        shade for ramp in ramps for shade in _ramp(*ramp)
    )
    if colors.picture:
        logo = _picture(_LOGO_SAMPLE, colors).quantize(_LOGO_SHADES, dither=Image.Dither.NONE)
        levels = logo.getpalette() or []
        shades |= dict.fromkeys(zip(*(iter(levels),) * 3, strict=True))
    image = Image.new("P", (1, 1))
    image.putpalette([part for shade in shades for part in shade])
    return image


def _ramp(start: str, end: str, shades: int = _SHADES) -> list[tuple[int, ...]]:
    ends = list(zip(ImageColor.getrgb(start), ImageColor.getrgb(end), strict=True))
    steps = (number / (shades - 1) for number in range(shades))
    return [tuple(round(low + (high - low) * step) for low, high in ends) for step in steps]
