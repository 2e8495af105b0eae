"""Files to take along: one module for each format, each making bytes of a site.

The functions are pure: the same site gives the same bytes. They import their libraries when they
are called, because most runs make nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from qna.naming import ids

if TYPE_CHECKING:
    from qna.appearance.look import Look
    from qna.downloads.kept import Keep
    from qna.model import Topic
    from qna.site import Site

FOLDER = "downloads"
"""Folder of the files below the docs folder."""

Make = Callable[["Site", str, "Topic | None", "Keep", "Look"], bytes]
"""Makes a file of a whole site or of one topic, and keeps the results of slow steps.

The text is the site's address, which ends with a slash, or is empty if it is not known.
"""
Part = Literal["light", "dark", "icon"]
"""A part of the site's look: the colors of a theme, or the icon."""


class MissingError(Exception):
    """Something that makes a file is missing; the text says what, and what to do."""


class UnreadableError(Exception):
    """A file cannot be made of these texts; the text says why, such as that fonts lack letters."""


class LackingFontsWarning(UserWarning):
    """No font has some letters; the text is these letters."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file."""

    ending: str
    """Of its files, without the first dot; a picture of them adds `.png`."""
    make: Make
    by_topic: bool = False
    """Whether there is also a file of each topic."""
    sample: bool = False
    """Whether it shows only something of the first topic."""
    libraries: tuple[str, ...] = ()
    """Names of the packages whose versions its bytes depend on."""
    files: tuple[str, ...] = ()
    """Other files that its bytes depend on: patterns of paths below the project's folder."""
    look: tuple[Part, ...] = ()
    """What it shows of the site's look, except in those files."""


def name_of(site: Site, form: Format, topic: Topic | None) -> str:
    """Return the name of a file of a site, or of one of its topics."""
    slug = site_slug(site)
    return f"{ids.cut(f'{slug}-{topic.id}') if topic else slug}.{form.ending}"


def site_slug(site: Site) -> str:
    """Return the name of a site in file names."""
    return ids.cut(ids.slug(site.document.title)) or "questions"


def pages_of(site: Path) -> list[Path]:
    """Return the pages of a built site, sorted: its HTML files, but for those to take along."""
    return sorted(map(Path, paths_of_pages(site)))


def paths_of_pages(site: Path) -> Iterator[str]:
    """Yield the paths of the same pages, in any order; this takes less time."""
    taken = str(site / FOLDER)
    folders = [str(site)]
    while folders:
        folder = folders.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif not entry.name.endswith(".html") or entry.is_dir():
                    continue
                elif folder != taken or entry.name == "index.html":
                    yield entry.path


def _apkg(site: Site, address: str, topic: Topic | None, keep: Keep, look: Look) -> bytes:
    from qna.downloads import anki  # noqa: PLC0415

    return anki.deck(site, address, topic, keep, look)


def _cards(site: Site, _: str, __: Topic | None, keep: Keep, look: Look) -> bytes:
    from qna.downloads import pictures  # noqa: PLC0415

    return pictures.of_cards(site, keep, look)


def _csv(site: Site, address: str, *_: object) -> bytes:
    from qna.downloads import tables  # noqa: PLC0415

    return tables.csv(site, address)


def _tsv(site: Site, address: str, *_: object) -> bytes:
    from qna.downloads import tables  # noqa: PLC0415

    return tables.tsv(site, address)


def _jsonl(site: Site, address: str, *_: object) -> bytes:
    from qna.downloads import tables  # noqa: PLC0415

    return tables.json_lines(site, address)


def _pdf(site: Site, address: str, topic: Topic | None, keep: Keep, look: Look) -> bytes:
    from qna.downloads import pdf  # noqa: PLC0415

    return pdf.book(site, address, topic, keep, look)


def _pdf_page(site: Site, _: str, __: Topic | None, keep: Keep, look: Look) -> bytes:
    from qna.downloads import pdf  # noqa: PLC0415

    return pdf.picture(site, keep, look=look)


def _epub(site: Site, address: str, topic: Topic | None, keep: Keep, look: Look) -> bytes:
    from qna.downloads import epub  # noqa: PLC0415

    return epub.book(site, address, topic, keep, look)


def _epub_page(site: Site, _: str, __: Topic | None, keep: Keep, look: Look) -> bytes:
    from qna.downloads import pdf, typesetting  # noqa: PLC0415

    return pdf.picture(site, keep, typesetting.E_READER, look)


def _html(site: Site, address: str, _: Topic | None, keep: Keep, __: Look) -> bytes:
    from qna.downloads import one_file  # noqa: PLC0415

    return one_file.page(site, address, keep)


def _window(site: Site, _: str, __: Topic | None, keep: Keep, look: Look) -> bytes:
    from qna.downloads import pictures  # noqa: PLC0415

    return pictures.of_window(site, keep, look)


_FIGURES = "frontend/styles/figures.css"
"""Gives colors to parts of figures."""
_TYPESET = ("typst", "fonttools", "Pillow", "pikepdf")
_FONTS = "node_modules/@fontsource/*/package.json"
_BUNDLED = ("frontend/bundled/one-file.*", "docs/assets/*.woff2")

FORMATS = (
    Format("apkg", _apkg, by_topic=True, libraries=("genanki",), look=("light", "dark")),
    Format("apkg.png", _cards, sample=True, libraries=("Pillow",), look=("light", "icon")),
    Format(
        "pdf",
        _pdf,
        by_topic=True,
        libraries=_TYPESET,
        files=(_FIGURES, _FONTS),
        look=("light",),
    ),
    Format(
        "pdf.png",
        _pdf_page,
        sample=True,
        libraries=_TYPESET,
        files=(_FIGURES, _FONTS),
        look=("light",),
    ),
    Format("epub", _epub, by_topic=True, files=(_FIGURES,), look=("light",)),
    Format(
        "epub.png",
        _epub_page,
        sample=True,
        libraries=_TYPESET,
        files=(_FIGURES, _FONTS),
        look=("light",),
    ),
    Format("html", _html, files=_BUNDLED),
    Format("html.png", _window, libraries=("Pillow",), look=("light", "icon")),
    Format("csv", _csv),
    Format("tsv", _tsv),
    Format("jsonl", _jsonl),
)
"""All formats, in the order in which readers see them."""
