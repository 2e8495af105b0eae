"""The look of the files to take along: the colors and the icon of the configuration."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image
from pypdf import PdfReader
from qna.appearance import colors, icon, settings
from qna.appearance.look import Look
from qna.downloads import MissingError, anki, epub, pdf, pictures, styles, typesetting
from qna.site import Site
from support.books import ADDRESS, SOURCE, bread_site, site_of
from support.harness import ROOT

USUAL = styles.usual_look()
NAMES = ("#8a5a00", "indigo", "pink", "lime")
"""Colors that an owner may take; each is made one that can be read."""


def _look(color: str, letter: str = "B") -> Look:
    text = f"theme: {{palette: {{primary: '{color}'}}}}\nextra: {{icon: {{letter: {letter}}}}}\n"
    return styles.site_look(settings.read(text), Path())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with everything that a book can have."""
    return bread_site(tmp_path_factory.mktemp("bread"))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site whose texts have no color but that of links and numbers."""
    return site_of(tmp_path_factory.mktemp("plain"), SOURCE)


# Each of these returns the colors that a kind of file has, as `#rrggbb`.


def _in_deck(site: Site, look: Look) -> set[str]:
    with ZipFile(BytesIO(anki.deck(site, ADDRESS, look=look))) as archive:
        data = archive.read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(data)
        ((models,),) = base.execute("SELECT models FROM col")
    assert "var(" not in models
    return set(re.findall(r"#[0-9a-f]{6}", models))


def _in_epub(site: Site, look: Look) -> set[str]:
    with ZipFile(BytesIO(epub.book(site, ADDRESS, look=look))) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist())
        assert "var(" not in archive.read("EPUB/book.css").decode()
    return set(re.findall(r"#[0-9a-f]{6}\b", text))


def _in_pdf(site: Site, look: Look) -> set[str]:
    pages = PdfReader(BytesIO(pdf.book(site, ADDRESS, look=look))).pages
    text = b"".join(page.get_contents().get_data() for page in pages).decode("latin-1")
    found = re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) (?:scn|SCN|rg|RG)\b", text)
    return {"#" + "".join(f"{round(float(part) * 255):02x}" for part in parts) for parts in found}


@pytest.mark.parametrize("color", NAMES)
@pytest.mark.parametrize("found_in", [_in_deck, _in_epub, _in_pdf])
def test_colors(site: Site, found_in: Callable[[Site, Look], set[str]], color: str) -> None:
    """Texts have the site's own color in place of the usual one, and keep all others."""
    look = _look(color)
    usual, found = found_in(site, USUAL), found_in(site, look)

    themes = ("light", "dark") if found_in is _in_deck else ("light",)
    old, new = ({getattr(one, theme)["accent"] for theme in themes} for one in (USUAL, look))
    assert usual - found == old
    assert found - usual == new
    for theme in themes:
        own = getattr(look, theme)
        assert colors.contrast(own["accent"], own["paper"]) > 4.5


PICTURES = {
    "apkg.png": lambda site, look: pictures.of_cards(site, look=look),
    "html.png": lambda site, look: pictures.of_window(site, look=look),
    "pdf.png": lambda site, look: pdf.picture(site, look=look),
    "epub.png": lambda site, look: pdf.picture(site, None, typesetting.E_READER, look),
}
Draw = Callable[[Site, Look], bytes]


def _shades(data: bytes) -> Counter[tuple[int, int, int]]:
    picture = Image.open(BytesIO(data)).convert("RGB")
    return Counter({color: count for count, color in picture.getcolors(9999)})


@pytest.mark.parametrize("color", ["#7a1f3d", "red"])
@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_hues_of_pictures(plain: Site, draw: Draw, color: str) -> None:
    """What is colored in a picture is so in the site's own color: red, and nothing is teal."""
    vivid = [shade for shade in _shades(draw(plain, _look(color))) if max(shade) - min(shade) > 24]
    usual = [shade for shade in _shades(draw(plain, USUAL)) if max(shade) - min(shade) > 24]

    assert vivid
    assert all(red == max(red, green, blue) for red, green, blue in vivid)
    assert usual
    assert all(red == min(red, green, blue) for red, green, blue in usual)


@pytest.mark.parametrize("kind", ["apkg.png", "html.png"])
def test_icons_of_pictures(site: Site, kind: str) -> None:
    """A picture has the site's letter, or its logo, in place of the network."""
    draw, file = PICTURES[kind], BytesIO()
    Image.new("RGB", (64, 64), "#ffc105").save(file, "PNG")
    logo = replace(USUAL, picture=file.getvalue())
    made = [draw(site, look) for look in (USUAL, replace(USUAL, letter="B"), logo)]
    drawn = [_shades(data) for data in made]
    tile = tuple(bytes.fromhex(icon.TILE[1:]))

    assert len({*made}) == 3
    assert draw(site, replace(USUAL, letter="C")) != made[1]
    assert [tile in shades for shades in drawn] == [True, True, False]
    assert [(255, 193, 5) in shades for shades in drawn] == [False, False, True]


def test_the_usual_look() -> None:
    """Without settings, each color is that of the style sheet, light and dark."""
    css = styles.TOKENS.read_text(encoding="utf-8")
    pairs = re.findall(r"--([\w-]+): var\(--light, (#\w+)\) var\(--dark, (#\w+)\);", css)
    light, dark = ({pair[0]: pair[at] for pair in pairs} for at in (1, 2))

    assert light.pop("tile") == icon.TILE
    assert dark.pop("tile")
    assert (USUAL.light, USUAL.dark) == (light, dark)
    assert (USUAL.icon, len(light)) == (["", icon.TILE], len(pairs) - 1)


@pytest.mark.parametrize("path", sorted((ROOT / "scripts/qna/downloads").glob("*.*")), ids=str)
def test_no_fixed_color(path: Path) -> None:
    """No file that makes them has a color written in it."""
    if path.suffix in {".py", ".css", ".typ"}:
        assert re.findall(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?\b", path.read_text("utf-8")) == []


def test_colors_by_name() -> None:
    """Styles get colors of both themes; one that is missing is named, and nothing else is."""
    look = Look("--paper: var(--light, #fdfdfb) var(--dark, #10151b); --ink: #171d24;")

    assert (
        look.filled("a { color: var(--ink); } .night { color: var(--dark-paper); margin: 0 }")
        == "a { color: #171d24; } .night { color: #10151b; margin: 0 }"
    )
    with pytest.raises(MissingError, match="no color '--ink' in "):
        styles.filled("var(--dark-ink)", look)
