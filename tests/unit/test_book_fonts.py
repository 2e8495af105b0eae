"""Fonts for books: the fewest files that have all characters, and what is drawn without one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from qna.downloads import MissingError, book_fonts


def test_fewest() -> None:
    """A Latin text needs the Latin files alone, and a font for boxes."""
    assert book_fonts.chosen("Bread").families == ["ibm-plex-sans latin", "noto-sans-math latin"]
    assert "ibm-plex-sans cyrillic" in book_fonts.chosen("Хлеб").families


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Brot → ½ \u00a0\n", "Brot → ½ \u00a0\n"),
        ("\uff21\ufb01", "Afi"),  # plain forms
        ("ᾱ", "α\u0304"),
        ("a😀\ufe0f\x00b", "ab"),
        ("麦 אב", "□ □□"),
    ],
)
def test_drawable(text: str, drawn: str) -> None:
    """Plain forms are drawn where a font has those, boxes for other letters, and no decoration."""
    assert book_fonts.chosen(text).drawable(text) == drawn


def test_legible() -> None:
    """A text can be read if at most a tenth of its letters are boxes."""
    few, many = "wheat flour 麦", "wheat 麦面粉"

    assert book_fonts.legible(book_fonts.chosen(few).boxes(few), 11)
    assert not book_fonts.legible(book_fonts.chosen(many).boxes(many), 8)
    assert book_fonts.chosen(many).missing == "粉面麦"


def test_another_package(tmp_path: Path) -> None:
    """An installed Noto package is found: its files with the characters of a text are taken."""
    for name in ("ibm-plex-sans", "noto-sans-math"):
        shutil.copytree(book_fonts.FOLDER / name, tmp_path / name, symlinks=False)
    shutil.move(tmp_path / "noto-sans-math", tmp_path / "noto-other")
    for path in (tmp_path / "noto-other/files").iterdir():
        path.rename(path.with_name(path.name.replace("noto-sans-math", "noto-other")))

    assert book_fonts.chosen("⊂", tmp_path).families[-1] == "noto-other latin"


def test_no_font(tmp_path: Path) -> None:
    """Without the site's font, the message says what to do."""
    with pytest.raises(MissingError, match=r"ibm-plex-sans is missing; run 'make setup'"):
        book_fonts.chosen("x", tmp_path)


def test_advice() -> None:
    """A message names the first letters."""
    assert book_fonts.advice("ab") == (
        "no installed font has U+0061 U+0062; "
        "install the npm package @fontsource/noto-... with them: it is found automatically"
    )
    assert "U+006A, ...;" in book_fonts.advice("abcdefghijk")
