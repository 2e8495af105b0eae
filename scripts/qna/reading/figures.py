"""Figures: SVG files in the folder of the source, which notes show."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import tostring

from qna.markdown import svg_safety

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FOLDER = "figures"


class Shelf:
    """Reads figures once, when a note first shows them."""

    def __init__(self, folder: Path) -> None:
        """Take the addresses of figures as relative to `folder`, which is in the source's."""
        self._folder = folder
        self._figures: dict[str, str] = {}

    @property
    def figures(self) -> Mapping[str, str]:
        """The SVG of each figure that was asked for and can be shown, by address."""
        return self._figures

    def problem(self, url: str) -> tuple[str, str] | None:
        """Read the figure at an address; return what is wrong, and what to do, or None."""
        if url in self._figures:
            return None
        path = self._folder / url
        if not path.resolve().is_relative_to(self._folder.resolve().parent):
            return f"'{url}' is outside the folder of the source", "move the figure there"
        try:
            svg = svg_safety.cleaned(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            hint = "correct the name, or draw it: python scripts/draw_figures.py"
            return f"there is no figure '{url}'", hint
        except (OSError, ValueError) as error:
            return f"figure '{url}' cannot be shown: {error}", "save it as plain SVG with a title"
        self._figures[url] = tostring(svg, encoding="unicode", short_empty_elements=False)
        return None
