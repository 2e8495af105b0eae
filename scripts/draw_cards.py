#!/usr/bin/env python3
"""Draw preview cards: a picture of the site, and of each question, topic and learning path.

With `cards: false` below `extra` in `mkdocs.yml`, all pages have the card of the site.

The icon for phones is drawn, too; `--icon` draws nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from concurrent.futures.process import BrokenProcessPool
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

# With PYTHONSAFEPATH, a script's own folder is not on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import interpreter

with interpreter.complete():
    from making import exit_code
    from mkdocs.utils import meta
    from qna import pipeline, writer
    from qna.appearance import look
    from qna.cards import content, drawing
    from qna.cards.drawing import HEAD, Colors, icon_key, icon_png, key, key_in
    from qna.cards.fonts import FAMILY, Fonts, MissingFontError
    from qna.cards.many import pictures
    from qna.data import manifest, nav
    from qna.progress import Progress
    from qna.wording import counted
    from qna.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qna.appearance.settings import Settings
    from qna.cards.content import Card
    from qna.words import Words

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "node_modules" / "@fontsource"
TOKENS = ROOT / "frontend" / "styles" / "tokens.css"
"""File with the site's colors."""
FOLDER = Path("assets") / "cards"
"""Folder of the cards below the docs folder."""
ICON = Path("assets") / "touch-icon.png"
"""The icon for phones, below the docs folder."""
PATHS = "paths"
"""Folder of the learning paths below the docs folder."""
LISTED = 10
"""Maximum number of missing characters listed."""

EXIT_CODES = """\
exit codes:
  0    every card is up to date or was drawn
  2    wrong usage, or something is missing: questions.json, the font, Pillow
  4    a card could not be written
  130  interrupted
"""


class _MissingError(Exception):
    """Something needed for the cards is missing; the text is the message for the user."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    options = _parser().parse_args(arguments)
    return exit_code(
        lambda: _run(options.docs, force=options.force, icon_only=options.icon), _MissingError
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXIT_CODES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--docs", type=Path, default=_relative(ROOT / "docs"), help="docs folder after splitting")
    add("--force", action="store_true", help="redraw every card")
    add("--icon", action="store_true", help="draw only the icon for phones")
    return parser


def _relative(path: Path) -> Path:
    return Path(os.path.relpath(path)) if path.is_relative_to(Path.cwd()) else path


def _run(docs: Path, *, force: bool, icon_only: bool) -> str:
    """Update the icon and the cards below a docs folder; return a summary for the user."""
    settings = pipeline.settings_of(_configuration(docs))
    wanted = {docs / FOLDER / f"{card.name}.png": card for card in _cards(docs, settings)}
    fonts = _fonts(settings.font)
    theme = _theme(settings, docs)
    if _key_at(docs / ICON) not in {"", icon_key(fonts, theme)}:
        writer.write(docs / ICON, icon_png(fonts, theme))
    if icon_only:
        return ""
    tally: Counter[str] = Counter()
    to_draw: dict[Card, Path] = {}
    for path, card in wanted.items():
        found = _key_at(path)
        if found == "":
            tally["kept (not drawn by this program)"] += 1
        elif force or found != key(card, fonts, theme):
            to_draw[card] = path
    for card, picture in _drawn([*to_draw], fonts, theme):
        writer.write(to_draw[card], picture)
        tally["drawn"] += 1
    names = {_composed(path) for path in wanted}
    others = (path for path in _pictures(docs / FOLDER) if _composed(path) not in names)
    gone = [path for path in others if _key_at(path)]
    writer.apply(writer.Step(path, writer.Change.DELETE, "", "") for path in gone)
    tally += Counter(deleted=len(gone))
    done = ", ".join(f"{number} {what}" for what, number in tally.items())
    summary = f"{counted(len(wanted), 'card')}: {done or 'all are up to date'}"
    return summary + _missing_characters(fonts) + _unreadable_logo(docs / settings.logo, theme)


def _drawn(cards: Sequence[Card], fonts: Fonts, theme: Colors) -> Iterator[tuple[Card, bytes]]:
    try:
        yield from Progress().over(pictures(cards, fonts, theme), len(cards), "cards drawn")
    except BrokenProcessPool as error:
        raise _MissingError(
            "error: the system has ended a process that drew cards, maybe for lack of memory; "
            "run the same command again, and it draws the others"
        ) from error


def _cards(docs: Path, settings: Settings) -> list[Card]:
    path = docs / manifest.FILE_NAME
    again = "run 'python scripts/split.py' to write it"
    try:
        said = words(pipeline.language_of(_configuration(docs)))
        cards = list(content.cards(json.loads(path.read_text(encoding="utf-8")), said))
        own = [*cards, *_path_cards(docs, cards[0].site, said)]
        return own if settings.cards else cards[:1]
    except OSError as error:
        raise _MissingError(
            f"{path}: error: cannot read the questions: {error.strerror}; {again}"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise _MissingError(f"{path}: error: not written by the splitter; {again}") from error


def _configuration(docs: Path) -> Path:
    return docs.resolve().parent / nav.FILE_NAME


def _path_cards(docs: Path, site: str, said: Words) -> Iterator[Card]:
    """Yield the cards of the learning paths, which are written by hand."""
    for path in sorted((docs / PATHS).rglob("*.md")):
        if path.name != "index.md":
            _, head = meta.get_data(path.read_text(encoding="utf-8-sig"))
            title, description = (
                unescape(str(head.get(key) or "")) for key in ("title", "description")
            )
            name = path.relative_to(docs).with_suffix("").as_posix()
            yield content.path_card(name, title or path.stem, description, site, said)


def _fonts(family: str) -> Fonts:
    try:
        return Fonts(FONTS, family if (FONTS / family / "files").is_dir() else FAMILY)
    except MissingFontError as error:
        raise _MissingError(
            f"{_relative(Path(str(error)))}: error: the font for cards is not installed; "
            f"run 'make setup' or 'npm ci' to install @fontsource/{FAMILY}"
        ) from error


def _theme(settings: Settings, docs: Path) -> Colors:
    path = _relative(TOKENS)
    try:
        return drawing.theme(look.read(TOKENS, settings, docs))
    except OSError as error:
        raise _MissingError(
            f"{path}: error: cannot read the colors: {error.strerror}; restore the file from git"
        ) from error
    except KeyError as error:
        raise _MissingError(
            f"{path}: error: no color '--{error.args[0]}'; "
            "write it as '#rrggbb', the light theme's first"
        ) from error


def _key_at(path: Path) -> str | None:
    """Return the key of the card at a path: empty if it is another file, None if there is none."""
    try:
        with path.open("rb") as file:
            return key_in(file.read(HEAD)) or ""
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise writer.CannotWriteError(f"{path}: cannot read: {error.strerror}") from error


def _pictures(folder: Path) -> Iterator[Path]:
    """Yield the pictures in a folder, except those that another run is writing."""
    return (path for path in folder.rglob("*.png") if not path.name.startswith("."))


def _composed(path: Path) -> str:
    """Return a path with its accents composed: macOS may list them apart."""
    return normalize("NFC", str(path))


def _unreadable_logo(logo: Path, theme: Colors) -> str:
    if theme.picture or not logo.is_file() or logo.suffix.lower() not in look.DRAWN:
        return ""
    return (
        f"\nwarning: {logo} cannot be read as a picture: cards and downloads show the icon"
        "\nhint: save the picture again"
    )


def _missing_characters(fonts: Fonts) -> str:
    if not fonts.missing:
        return ""
    listed = " ".join(f"U+{ord(char):04X}" for char in sorted(fonts.missing)[:LISTED])
    more = ", ..." if len(fonts.missing) > LISTED else ""
    return (
        f"\nwarning: no installed font has {listed}{more}: symbols were dropped, letters are drawn "
        "as boxes, and cards with many such letters show only the site's name"
        "\nhint: install the npm package @fontsource/noto-... with them; it is found automatically"
    )


if __name__ == "__main__":
    sys.exit(main())
