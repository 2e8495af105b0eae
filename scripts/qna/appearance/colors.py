"""Colors of the site from one or two that its owner chose: readable in light and dark.

A color is taken as a hue: it is made darker or lighter until text in it can be read.
"""

from __future__ import annotations

import re
from colorsys import hls_to_rgb, rgb_to_hls
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PAPER = {"light": "#fdfdfb", "dark": "#10151b"}
"""The color of pages; `--paper` in frontend/styles/tokens.css."""
WHITE = "#ffffff"
NAMED = {
    "red": "#ef5552",
    "pink": "#e92063",
    "purple": "#ab47bd",
    "deep purple": "#7e56c2",
    "indigo": "#4051b5",
    "blue": "#2094f3",
    "light blue": "#02a6f2",
    "cyan": "#00bdd6",
    "teal": "#009485",
    "green": "#4cae4f",
    "light green": "#8bc34b",
    "lime": "#cbdc38",
    "yellow": "#ffec3d",
    "amber": "#ffc105",
    "orange": "#ffa724",
    "deep orange": "#ff6e42",
    "brown": "#795649",
    "grey": "#757575",
    "blue grey": "#546d78",
    "black": "#1b1b1b",
    "white": "#ffffff",
}
"""The names that Material for MkDocs has, with its colors."""
_STEP = 0.01
"""How much lighter a color gets at a time."""
_MIDDLE = 0.18
"""Luminance of the gray that has the same contrast with black as with white."""
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_TOKEN = re.compile(
    r"--(?P<name>[\w-]+):\s*(?:var\(--light,\s*)?(?P<light>#[0-9a-fA-F]{6})\b"
    r"(?:\)\s*var\(--dark,\s*(?P<dark>#[0-9a-fA-F]{6})\b)?"
)
_TEXT = {"light": 6.0, "dark": 9.0}
"""Least contrast of text in the accent color with the page; for text at all, WCAG asks for 4.5."""
_TILE = {"light": 7.0, "dark": 6.0}
"""Least contrast of a white letter with the icon's color."""
_ON_SOFT = 4.8
"""Least contrast of text in the accent color with its soft background."""


def parsed(value: object) -> str | None:
    """Return a color of `mkdocs.yml` as `#rrggbb`: a name, or hexadecimal digits; or None."""
    text = str(value).strip()
    if _HEX.fullmatch(text):
        digits = text[1:] if len(text) == len(WHITE) else "".join(2 * digit for digit in text[1:])
        return f"#{digits.lower()}"
    return NAMED.get(re.sub(r"[\s_-]+", " ", text.lower()).replace("gray", "grey"))


def tokens(primary: str | None, accent: str | None, scheme: str) -> dict[str, str]:
    """Return the tokens of a scheme, `light` or `dark`, that two colors replace.

    The icon has the primary color. Links and what is chosen have the accent color, or else the
    primary one.
    """
    found = {"tile": contrasting(primary, [WHITE], _TILE[scheme])} if primary else {}
    if text := accent or primary:
        paper = PAPER[scheme]
        shown = contrasting(text, [paper], _TEXT[scheme])
        soft = mixed(shown, paper, 0.14 if scheme == "light" else 0.2)
        found |= {"accent": contrasting(shown, [paper, soft], _ON_SOFT), "accent-soft": soft}
    return found


def contrasting(color: str, backgrounds: Iterable[str], least: float) -> str:
    """Return a color with the same hue that has a contrast with all backgrounds of `least`."""
    backgrounds = [*backgrounds]
    hue, lightness, saturation = rgb_to_hls(*_parts(color))
    step = -_STEP if all(_luminance(other) > _MIDDLE for other in backgrounds) else _STEP
    end = 0 if step < 0 else 1
    while min(contrast(color, other) for other in backgrounds) < least and lightness != end:
        lightness = min(max(lightness + step, 0), 1)
        color = _hex(hls_to_rgb(hue, lightness, saturation))
    return color


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors, from 1 to 21, as WCAG defines it."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def mixed(color: str, paper: str, share: float) -> str:
    """Return paper with a share of a color."""
    pairs = zip(_parts(color), _parts(paper), strict=True)
    return _hex(share * one + (1 - share) * other for one, other in pairs)


def named(css: str, scheme: str) -> dict[str, str]:
    """Return the colors that design tokens have in a scheme, each as `#rrggbb`, by their names."""
    found = [(token["name"], token[scheme]) for token in _TOKEN.finditer(css) if token[scheme]]
    return dict(reversed(found))  # a token's first color is the light theme's


def replaced(css: str, schemes: Mapping[str, Mapping[str, str]]) -> str:
    """Return design tokens with the colors of each scheme replaced."""
    for scheme, own in schemes.items():
        for name, color in own.items():
            token = re.compile(rf"(--{name}:[^;]*?var\(--{scheme},\s*)[^)]*")
            css = token.sub(rf"\g<1>{color}", css)
    return css


def _parts(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(parts: Iterable[float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _luminance(color: str) -> float:
    red, green, blue = map(_linear, _parts(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    """Return the light of a part of a color, as the definition of sRGB says."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
