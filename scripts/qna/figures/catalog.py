"""All figures, by name."""

from __future__ import annotations

from collections.abc import Callable

from qna.figures.subjects import FIGURES
from qna.figures.svg import Figure, document


def documents() -> dict[str, str]:
    """Draw every figure; return its SVG by file name."""
    return {f"{name}.svg": document(name, draw()) for name, draw in _named().items()}


def _named() -> dict[str, Callable[[], Figure]]:
    return {draw.__name__.replace("_", "-"): draw for draw in FIGURES}
