"""How the site looks where its style sheets do not reach: in pictures, in books, on cards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qna.appearance import colors

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from qna.appearance.settings import Settings

DRAWN = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif"})
"""Kinds of pictures that can be drawn in others."""
_ICON_COLOR = "tile"
_NAMED = re.compile(r"var\(--(?P<dark>dark-)?(?P<name>[\w-]+)\)")


@dataclass(frozen=True, slots=True)
class Look:
    """The site's colors and its icon."""

    tokens: str
    """The design tokens, as a style sheet, with the site's own colors."""
    letter: str = ""
    """The letter of the icon; without one, it is a network."""
    picture: bytes = b""
    """The file of a picture that takes the place of the icon."""

    @property
    def light(self) -> Mapping[str, str]:
        """The colors of texts, lines and backgrounds in the light theme, by their tokens."""
        return _without_icon(colors.named(self.tokens, "light"))

    @property
    def dark(self) -> Mapping[str, str]:
        """The same in the dark theme."""
        return _without_icon(colors.named(self.tokens, "dark"))

    @property
    def icon(self) -> object:
        """What the icon is drawn from: a picture, or else a letter and a color."""
        tile = colors.named(self.tokens, "light").get(_ICON_COLOR)
        return self.picture or [self.letter, tile]

    def filled(self, styles: str) -> str:
        """Return styles with each `var(--name)` as a color; the dark one is `var(--dark-name)`.

        Raises KeyError with the name of a color that is missing.
        """
        light, dark = self.light, self.dark
        return _NAMED.sub(lambda at: (dark if at["dark"] else light)[at["name"]], styles)


def read(tokens: Path, settings: Settings, docs: Path) -> Look:
    """Return the look of a site that has a docs folder. Raises OSError without the tokens."""
    css = colors.replaced(tokens.read_text(encoding="utf-8"), settings.tokens)
    return Look(css, settings.letter, _picture(docs / settings.logo))


def _picture(path: Path) -> bytes:
    """Return the picture that the site has instead of the icon; empty if none can be drawn."""
    try:
        return path.read_bytes() if path.suffix.lower() in DRAWN else b""
    except OSError:
        return b""  # the splitter reports it


def _without_icon(found: Mapping[str, str]) -> Mapping[str, str]:
    return {name: color for name, color in found.items() if name != _ICON_COLOR}
