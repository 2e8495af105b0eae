"""The colors of the files to take along."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from qna.appearance import look
from qna.appearance.look import Look
from qna.appearance.settings import Settings
from qna.downloads import MissingError

FOLDER = Path(__file__).resolve().parents[3] / "frontend" / "styles"
"""Folder of the site's style sheets."""
TOKENS = FOLDER / "tokens.css"
"""The sheet that names each color."""


def site_look(settings: Settings, docs: Path) -> Look:
    """Return the look of a site that has a docs folder. Raises MissingError."""
    try:
        return look.read(TOKENS, settings, docs)
    except OSError as error:
        raise MissingError(f"no colors in {TOKENS}; restore the file from git") from error


@cache
def usual_look() -> Look:
    """Return the look of a site whose owner chose none. Raises MissingError."""
    return site_look(Settings(), Path())


def filled(styles: str, look: Look) -> str:
    """Return styles with colors in place of their names. Raises MissingError."""
    try:
        return look.filled(styles)
    except KeyError as error:
        raise missing(error) from error


def missing(error: KeyError) -> MissingError:
    """Return what to tell the user of a color that is missing."""
    return MissingError(f"no color '--{error.args[0]}' in {TOKENS}; restore the file from git")
