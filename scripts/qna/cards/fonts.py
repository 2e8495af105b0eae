"""Fonts from npm's @fontsource packages: find the font for a character, measure it, draw it.

Letters are placed one by one, at half pixels, by their unhinted widths. So the result does not
depend on the machine's text layout libraries, and each letter is drawn only once. Pillow lays out
scripts whose letters join, a run of words at a time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import category, normalize

import PIL
from PIL import Image, ImageDraw, ImageFont

FAMILY = "ibm-plex-sans"
"""The site's font family; its package must be installed."""
WEIGHTS = (400, 600)
FALLBACKS = "noto-*"
"""Fallback font packages, if installed."""

_OVERSAMPLING = 4
_PHASES = 2
"""Subpixel positions of a letter; more look no better and cost bytes."""
_EM = 1000
"""Size at which widths are measured: so large that hinting makes no difference."""
_IN_NO_FONT = "\U0010ffff"
_DECORATION = frozenset({"So", "Sk", "Mn", "Me", "Cf", "Co"})
"""Categories of characters that can be dropped from text, including emoji."""

_TOLERATED = 0.1
"""Highest share of missing characters, drawn as boxes, in legible text."""
_SELECTORS = re.compile("[\ufe00-\ufe0f]")
"""Variation selectors: invisible characters that choose between a symbol and its emoji."""

_JOINING = "[\u0590-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc]"
_UNIT = re.compile(rf"{_JOINING}+(?: +{_JOINING}+)*|.", re.DOTALL)


class MissingFontError(Exception):
    """The font family is not installed; the message is the missing file."""


class Style(NamedTuple):
    """Font weight, color and tracking of text."""

    weight: int
    color: str
    """Name of one of the site's colors."""
    tracking: float = 0.0
    """Space between letters, as a fraction of the font size."""


class Glyph(NamedTuple):
    """A drawn letter and its position."""

    tile: Image.Image
    left: int
    top: int
    """Relative to the baseline."""


class Fonts:
    """The font family and its fallbacks, with a cache of drawn letters."""

    def __init__(self, folder: Path, family: str = FAMILY) -> None:
        """Use the packages in `folder`; raises MissingFontError without the font family."""
        others = sorted(folder.glob(FALLBACKS), key=lambda path: ("emoji" in path.name, path.name))
        self.folder, self.family = folder, family
        self._packages = (_Package(folder / family), *map(_Package, others))
        self._latin = {weight: self._packages[0].latin(weight) for weight in WEIGHTS}
        self._faces: dict[int, list[_Face]] = {}
        self._found: dict[tuple[str, int], _Face | None] = {}
        self._widths: dict[tuple[str, int], float] = {}
        self._glyphs: dict[tuple[str, int, int, int], Glyph | None] = {}
        self.missing: set[str] = set()
        """Requested characters that no font has."""

    @cached_property
    def digest(self) -> str:
        """A hash that changes whenever the same text may be drawn differently."""
        files = [face.path for face in self._latin.values()]
        files += [package.folder / "package.json" for package in self._packages]
        parts = [PIL.__version__.encode(), *(file.read_bytes() for file in files)]
        return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()

    def drawable(self, text: str) -> str:
        """Return text with characters that no font has replaced by their plain form or dropped."""
        text = "".join(map(self._substitute, normalize("NFC", _SELECTORS.sub("", text))))
        dropped = "".join(char for char in self._lacking(text) if category(char) in _DECORATION)
        kept = re.sub(rf"\s*[{re.escape(dropped)}]+", "", text) if dropped else text
        return " ".join(kept.split())

    def legible(self, text: str) -> bool:
        """Tell whether the fonts have almost all of a text's characters."""
        boxes = sum(text.count(char) for char in self._lacking(text))
        return boxes <= _TOLERATED * len(text)

    def _substitute(self, char: str) -> str:
        """Return a character, or its compatibility form if only that is in a font."""
        plain = char if self._face(char, WEIGHTS[0]) else normalize("NFKC", char)
        return plain if all(self._face(part, WEIGHTS[0]) for part in plain) else char

    def _lacking(self, text: str) -> set[str]:
        lacking = {char for char in set(text) if not self._face(char, WEIGHTS[0])}
        self.missing |= lacking
        return lacking

    def width(self, text: str, style: Style) -> float:
        """Return the width of text as a fraction of the font size."""
        units = _UNIT.findall(text)
        return sum(self._width(unit, style.weight) + style.tracking for unit in units)

    def glyphs(self, text: str, style: Style, size: int, left: float) -> Iterator[Glyph]:
        """Yield the letters of text that starts at `left`, in pixels."""
        for unit in _UNIT.findall(text):
            place, phase = divmod(round(left * _PHASES), _PHASES)
            if glyph := self._glyph(unit, style.weight, size, phase):
                yield Glyph(glyph.tile, place + glyph.left, glyph.top)
            left += (self._width(unit, style.weight) + style.tracking) * size

    def _face(self, unit: str, weight: int) -> _Face | None:
        wanted = unit[0], weight
        if wanted not in self._found:
            faces = (self._latin[weight], *self._others(weight))
            self._found[wanted] = next((face for face in faces if face.has(unit[0])), None)
        return self._found[wanted]

    def _others(self, weight: int) -> list[_Face]:
        if weight not in self._faces:
            self._faces[weight] = [
                face for package in self._packages for face in package.faces(weight)
            ]
        return self._faces[weight]

    def _width(self, unit: str, weight: int) -> float:
        wanted = unit, weight
        if wanted not in self._widths:
            face = self._face(unit, weight) or self._latin[weight]
            self._widths[wanted] = face.at(_EM).getlength(unit) / _EM
        return self._widths[wanted]

    def _glyph(self, unit: str, weight: int, size: int, phase: int) -> Glyph | None:
        wanted = unit, weight, size, phase
        if wanted not in self._glyphs:
            # The Latin font draws a missing character as a box.
            face = self._face(unit, weight) or self._latin[weight]
            self._glyphs[wanted] = _drawn(unit, face.at(size * _OVERSAMPLING), phase)
        return self._glyphs[wanted]


@dataclass(frozen=True, slots=True)
class _Face:
    """One font file."""

    path: Path
    ranges: tuple[tuple[int, int], ...] = ()
    """Character ranges it may cover; empty if unknown."""
    _sizes: dict[int, ImageFont.FreeTypeFont] = field(default_factory=dict)

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """Return the font at a size."""
        if size not in self._sizes:
            self._sizes[size] = ImageFont.truetype(self.path, size)
        return self._sizes[size]

    def has(self, char: str) -> bool:
        """Tell whether the font has a character: it looks different from a missing one."""
        if char.isspace():
            return True
        if self.ranges:
            possible = any(low <= ord(char) <= high for low, high in self.ranges)
        else:
            # Math fonts have some letters of these scripts, but not their joining forms.
            possible = not re.match(_JOINING, char)
        if not possible:
            return False
        font = self.at(32)
        return bytes(font.getmask(char)) != bytes(font.getmask(_IN_NO_FONT))


@dataclass(frozen=True, slots=True)
class _Package:
    """An installed @fontsource package: one file per weight and character range."""

    folder: Path

    def latin(self, weight: int) -> _Face:
        """Return the Latin file of a weight, or of the closest one. Raises MissingFontError."""
        path = self._file("latin", weight)
        if not path.is_file() and (self.folder / "metadata.json").is_file():
            path = self._file("latin", self._closest(weight))
        if not path.is_file():
            raise MissingFontError(str(path))
        return _Face(path)

    def faces(self, weight: int) -> Iterator[_Face]:
        """Yield the files of the weight closest to the requested one."""
        ranges = self._read("unicode.json")
        closest = self._closest(weight)
        for name, declared in ranges.items():
            path = self._file(name.strip("[]"), closest)
            # A package with a single file declares only Latin, though it may cover much more.
            if path.is_file():
                yield _Face(path, _ranges(declared) if len(ranges) > 1 else ())

    def _closest(self, weight: int) -> int:
        weights: list[int] = self._read("metadata.json")["weights"]
        return min(weights, key=lambda has: abs(has - weight))

    def _file(self, subset: str, weight: int) -> Path:
        # Not .woff2: some builds of Pillow cannot read it.
        return self.folder / "files" / f"{self.folder.name}-{subset}-{weight}-normal.woff"

    def _read(self, name: str) -> dict[str, Any]:
        data: dict[str, Any] = json.loads((self.folder / name).read_text(encoding="utf-8"))
        return data


def _ranges(declared: str) -> tuple[tuple[int, int], ...]:
    """Parse a CSS unicode-range: `U+0000-00FF,U+0131`."""
    bounds = (part.strip()[2:].split("-") for part in declared.split(","))
    return tuple((int(bound[0], 16), int(bound[-1], 16)) for bound in bounds)


def _drawn(unit: str, font: ImageFont.FreeTypeFont, phase: int) -> Glyph | None:
    """Draw an enlarged letter, shifted right by a fraction of a pixel, and scale it down."""
    shift = phase * _OVERSAMPLING // _PHASES
    left, top, right, bottom = (round(edge) for edge in font.getbbox(unit, anchor="ls"))
    if left >= right or top >= bottom:
        return None
    first, above = (left + shift) // _OVERSAMPLING, top // _OVERSAMPLING
    columns = -(-(right + shift) // _OVERSAMPLING) - first
    rows = -(-bottom // _OVERSAMPLING) - above
    tile = Image.new("L", (columns * _OVERSAMPLING, rows * _OVERSAMPLING))
    origin = shift - first * _OVERSAMPLING, -above * _OVERSAMPLING
    ImageDraw.Draw(tile).text(origin, unit, fill=255, font=font, anchor="ls")
    return Glyph(tile.reduce(_OVERSAMPLING), first, above)
