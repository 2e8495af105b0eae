"""Fonts for books, from npm's @fontsource packages: the site's, then those with other scripts.

Each file of a package has some of its characters. Typst looks for a character in one file of a
family, so each part of a package becomes a separate family.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from unicodedata import category, normalize

from qna.downloads import MissingError

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

    from qna.downloads.kept import Keep

FOLDER = Path(__file__).resolve().parents[3] / "node_modules" / "@fontsource"
FAMILY = "ibm-plex-sans"
"""The site's font; its package must be installed."""
FALLBACKS = "noto-*"
"""Packages with other scripts, if installed."""
VARIANTS = ("400-normal", "600-normal", "400-italic")
"""Weights and slants; Typst takes the closest one that a package has."""

_BOX = "\u25a1"
"""Drawn for a letter that no font has."""
_FORMS: tuple[Literal["NFKC", "NFD"], ...] = ("NFKC", "NFD")
"""Plain forms of a character, the better one first."""
_TOLERATED = 0.1
"""Highest share of missing letters in a book that can be read."""
_DECORATION = frozenset({"So", "Sk", "Mn", "Me", "Cf", "Cc", "Co", "Cn"})
"""Categories of characters that can be dropped from text, including emoji."""
_UNSEEN = re.compile("[\t\n\r \u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069]")
"""Needs no font."""
_JOINING = re.compile("[\u0590-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters that a font for formulas may have, but not the forms in which they join."""
_LISTED = 10
"""Most letters that a message lists."""
_NAMES = {1, 16}
"""Numbers of family names in a font file."""


@dataclass(frozen=True, slots=True)
class Font:
    """The files of one part of a package."""

    family: str
    files: tuple[bytes, ...]
    characters: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of one book."""

    fonts: tuple[Font, ...]
    """In the order in which Typst shall look for a character."""
    replaced: Mapping[int, str]
    """Number of each character that no font has, to what is drawn instead."""

    @property
    def families(self) -> list[str]:
        """Return their names."""
        return [font.family for font in self.fonts]

    @property
    def missing(self) -> str:
        """Return the letters that no font has, sorted; boxes are drawn for them."""
        return "".join(sorted(chr(char) for char, drawn in self.replaced.items() if drawn == _BOX))

    def write(self, folder: Path) -> None:
        """Write their files, for Typst."""
        for number, data in enumerate(data for font in self.fonts for data in font.files):
            (folder / f"{number:03}.ttf").write_bytes(data)

    def drawable(self, text: str) -> str:
        """Return a text with what is drawn for it."""
        return text.translate(self.replaced)

    def boxes(self, text: str) -> int:
        """Return how many letters of a text are boxes."""
        return sum(map(text.count, self.missing))


def legible(boxes: int, letters: int) -> bool:
    """Tell whether a book can be read in which so many of its letters are boxes."""
    return boxes <= _TOLERATED * letters


def chosen(text: str, folder: Path = FOLDER, keep: Keep | None = None) -> Fonts:
    """Return the fonts for a text; raises MissingError without those of the site.

    Making files that Typst reads takes long, so these are kept.
    """
    if not (folder / FAMILY / "unicode.json").is_file():
        raise MissingError(f"{folder / FAMILY} is missing; run 'make setup' to install the font")
    others = sorted(folder.glob(FALLBACKS), key=lambda path: ("emoji" in path.name, path.name))
    used, found = {*text}, []
    wanted = {
        _BOX,
        *used,
        *(part for form in _FORMS for one in used for part in normalize(form, one)),
    }
    for package in (folder / FAMILY, *others):
        for font in _fonts(package, frozenset(wanted), keep):
            found.append(font)
            wanted -= font.characters
    lacking = {char for char in wanted if not _UNSEEN.match(char)}
    return Fonts(tuple(found), {ord(char): _substitute(char, lacking) for char in lacking & used})


def _substitute(char: str, lacking: AbstractSet[str]) -> str:
    """Return what is drawn for a character that no font has: a plain form, nothing, or a box."""
    for form in _FORMS:
        plain = normalize(form, char)
        if not lacking & {*plain}:
            return plain
    return "" if category(char) in _DECORATION else _BOX


def _fonts(package: Path, wanted: AbstractSet[str], keep: Keep | None) -> Iterator[Font]:
    """Yield the parts of a package that have some of the wanted characters."""
    declared = dict(reversed(_read(package / "unicode.json").items()))  # Latin comes first
    for part, ranges in declared.items():
        # A package with a single part declares only Latin, though it may have much more.
        possible = _within(ranges, wanted) if len(declared) > 1 else wanted
        if possible:
            font = _font(package, part.strip("[]"), alone=len(declared) == 1, keep=keep)
            if font and font.characters & wanted:
                yield font
                wanted = wanted - font.characters


def _font(package: Path, part: str, *, alone: bool, keep: Keep | None) -> Font | None:
    """Return a part of a package; None if it is not there."""

    def made() -> str:
        return _dumped(package, part)

    kept = keep.of_text(json.dumps([str(package), part]), made) if keep else made()
    files, characters = json.loads(kept)
    found = frozenset(char for char in characters if not (alone and _JOINING.match(char)))
    return Font(f"{package.name} {part}", tuple(map(b64decode, files)), found) if files else None


@cache
def _dumped(package: Path, part: str) -> str:
    """Return the files of a part, and the characters that they have, as JSON."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - most runs have kept the files

    paths = (package / "files" / f"{package.name}-{part}-{name}.woff" for name in VARIANTS)
    fonts = [TTFont(path, recalcTimestamp=False) for path in paths if path.is_file()]
    files = [b64encode(_file(font, f"{package.name} {part}")).decode() for font in fonts]
    characters = map(chr, fonts[0].getBestCmap() or ()) if fonts else ()
    return json.dumps([files, "".join(sorted(filter(_is_text, characters)))])


def _is_text(char: str) -> bool:
    return category(char) != "Cc"


def _file(font: TTFont, family: str) -> bytes:
    """Return a font as a file that Typst reads, in a separate family."""
    for record in font["name"].names:
        if record.nameID in _NAMES:
            record.string = family
    font.flavor = None
    file = BytesIO()
    font.save(file)
    return file.getvalue()


def _within(ranges: str, characters: Iterable[str]) -> set[str]:
    """Return the characters in a CSS unicode-range: `U+0000-00FF,U+0131`."""
    bounds = [part.strip()[2:].split("-") for part in ranges.split(",")]
    numbers = [(int(bound[0], 16), int(bound[-1], 16)) for bound in bounds]
    return {char for char in characters if any(low <= ord(char) <= top for low, top in numbers)}


def _read(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def advice(letters: str) -> str:
    """Say that no font has some letters, and what to do."""
    listed = " ".join(f"U+{ord(char):04X}" for char in letters[:_LISTED])
    more = ", ..." if len(letters) > _LISTED else ""
    return (
        f"no installed font has {listed}{more}; "
        "install the npm package @fontsource/noto-... with them: it is found automatically"
    )
