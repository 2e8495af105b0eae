"""Layout of a card's text: font sizes, line breaks and positions, in pixels.

Nothing here draws; the width of text is measured by a function passed in. A card gets the largest
sizes at which all its text fits; text too long even for the smallest ends with an ellipsis.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from qna.cards.content import Card

WIDTH, HEIGHT = 1200, 630
SAFE = 60
"""Margin without text: platforms crop cards and round their corners."""

Role = Literal["heading", "title", "label", "text", "site", "aside"]
Measure = Callable[[str, Role], float]
"""Measures the width of text in a role, as a fraction of its font size."""

_SIZES = ((60, 35), (56, 34), (52, 32), (48, 31), (46, 30), (44, 29), (42, 28))
"""Font sizes of title and text, largest first."""
_TITLE_LINES, _MOST_TITLE_LINES = 3, 4
"""Maximum number of title lines: normally, and at the smallest size."""
_TITLE_LEADING, _TEXT_LEADING = 1.16, 1.43
_SMALL = 26
"""Font size of heading and footer."""
_CAPITAL, _DESCENT = 0.7, 0.26
"""Height of an H and depth of a g, as fractions of the font size."""

_LEFT, _TOP, _BOTTOM = 76, 64, 566
_ROOM = WIDTH - 2 * _LEFT
_TEXT_BOTTOM, _RULE = 474, 507
_HEADING_GAP, _TEXT_GAP, _MARK_GAP = 36, 30, 16
_MARK, _LARGE_MARK = 42, 104

_RUNT = 0.3
"""A last line shorter than this share of the width looks lost."""
_NARROWEST = 0.4
"""Share of the width below which balanced lines are too short to read well."""
_ELLIPSIS = "…"

_CJK = "\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
_CLOSING = "\u3001\u3002\u300b\u300d\u300f\u3011\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f"
_PIECE = re.compile(rf"(?P<space>\s*)(?P<text>(?:[{_CJK}]|[^\s{_CJK}]+)[{_CLOSING}]*)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text."""

    role: Role
    text: str
    size: int
    left: float
    baseline: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions of everything on a card."""

    lines: tuple[Line, ...]
    mark: tuple[int, int, int]
    """Left, top and size of the logo."""
    rule: tuple[int, int, int] | None
    """Left, right and top of the line above the footer, if there is one."""

    def text(self, role: Role) -> str:
        """Return the text of all lines in a role, joined."""
        return " ".join(line.text for line in self.lines if line.role == role)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text that is not broken across lines."""

    text: str
    width: float
    space: float
    """Width of the space before it; 0 between Chinese characters."""


_Lines = list[list[_Piece]]


@dataclass(frozen=True, slots=True)
class _Setting:
    """The body of a card at one pair of font sizes."""

    top: float
    title_size: int
    title: _Lines
    text_size: int
    text: _Lines
    label: str

    @property
    def text_baseline(self) -> float:
        """Baseline of the first line below the title."""
        lines = self.top + (len(self.title) - 1) * self.title_size * _TITLE_LEADING
        below = lines + self.title_size * (_CAPITAL + _DESCENT)
        return below + _TEXT_GAP + self.text_size * _CAPITAL

    @property
    def text_room(self) -> int:
        """Number of text lines that fit."""
        room = _TEXT_BOTTOM - self.text_baseline - self.text_size * _DESCENT
        return int(room / (self.text_size * _TEXT_LEADING)) + 1 - bool(self.label)

    @property
    def fits(self) -> bool:
        """Whether title and text fit."""
        return len(self.title) <= _TITLE_LINES and len(self.text) <= self.text_room

    def lines(self) -> Iterator[Line]:
        """Yield the lines from top to bottom."""
        first = self.top + self.title_size * _CAPITAL
        for number, pieces in enumerate(self.title):
            baseline = round(first + number * self.title_size * _TITLE_LEADING)
            yield Line("title", _joined(pieces), self.title_size, _LEFT, baseline)
        if self.label:
            yield Line("label", self.label, self.text_size, _LEFT, round(self.text_baseline))
        for number, pieces in enumerate(self.text, start=1 if self.label else 0):
            baseline = round(self.text_baseline + number * self.text_size * _TEXT_LEADING)
            yield Line("text", _joined(pieces), self.text_size, _LEFT, baseline)


def place(card: Card, measure: Measure) -> Layout:
    """Lay out a card."""
    body = tuple(_body(card, measure).lines())
    if not card.heading:
        return _centered(body)
    heading = _one_line(card.heading, "heading", _ROOM, measure)
    top = Line("heading", heading, _SMALL, _LEFT, round(_TOP + _SMALL * _CAPITAL))
    mark = _LEFT, _BOTTOM - _MARK, _MARK
    return Layout((top, *body, *_footer(card, measure)), mark, (_LEFT, WIDTH - _LEFT, _RULE))


def _body(card: Card, measure: Measure) -> _Setting:
    top = _TOP + (_SMALL * _CAPITAL if card.heading else _LARGE_MARK) + _HEADING_GAP
    title, text = _pieces(card.title, "title", measure), _pieces(card.text, "text", measure)
    for title_size, text_size in _SIZES:
        lines = _balanced(title, _ROOM / title_size), _full(text, _ROOM / text_size)
        setting = _Setting(top, title_size, lines[0], text_size, lines[1], card.label)
        if setting.fits:
            return setting
    return _shortened(setting, measure)


def _shortened(setting: _Setting, measure: Measure) -> _Setting:
    room, cut = _ROOM / setting.title_size, measure(_ELLIPSIS, "title")
    title = _limited(setting.title, _MOST_TITLE_LINES, room, cut)
    setting = replace(setting, title=title)
    room, cut = _ROOM / setting.text_size, measure(_ELLIPSIS, "text")
    return replace(setting, text=_limited(setting.text, setting.text_room, room, cut))


def _centered(lines: Sequence[Line]) -> Layout:
    """Center a card vertically that has a large logo instead of heading and footer."""
    bottom = lines[-1].baseline if lines else _TOP + _LARGE_MARK
    down = round((HEIGHT - _TOP - bottom) / 2)
    moved = tuple(replace(line, baseline=line.baseline + down) for line in lines)
    return Layout(moved, (_LEFT, _TOP + down, _LARGE_MARK), None)


def _footer(card: Card, measure: Measure) -> Iterator[Line]:
    baseline = round(_BOTTOM - (_MARK - _SMALL * _CAPITAL) / 2)
    aside = measure(card.aside, "aside") * _SMALL
    left = _LEFT + _MARK + _MARK_GAP
    room = WIDTH - _LEFT - left - aside - 2 * _MARK_GAP
    yield Line("site", _one_line(card.site, "site", room, measure), _SMALL, left, baseline)
    yield Line("aside", card.aside, _SMALL, WIDTH - _LEFT - aside, baseline)


# --- line breaking: widths are fractions of the font size -------------------------------------


def _pieces(text: str, role: Role, measure: Measure) -> list[_Piece]:
    space = measure(" ", role)
    return [
        _Piece(match["text"], measure(match["text"], role), space if match["space"] else 0.0)
        for match in _PIECE.finditer(text)
    ]


def _wrapped(pieces: Sequence[_Piece], room: float) -> _Lines:
    """Fill lines greedily; a piece wider than a line is split."""
    lines: _Lines = []
    used = 0.0
    for piece in pieces:
        for part in _split(piece, room) if piece.width > room else (piece,):
            if lines and used + part.space + part.width <= room:
                lines[-1].append(part)
                used += part.space + part.width
            else:
                lines.append([part])
                used = part.width
    return lines


def _split(piece: _Piece, room: float) -> Iterator[_Piece]:
    """Split a piece into parts, a little shorter than a line because letters differ in width."""
    length = max(1, int(0.8 * len(piece.text) * room / piece.width))
    for start in range(0, len(piece.text), length):
        text = piece.text[start : start + length]
        width = piece.width * len(text) / len(piece.text)
        yield _Piece(text, width, 0.0 if start else piece.space)


def _balanced(pieces: Sequence[_Piece], room: float) -> _Lines:
    """Balance the lines without adding any."""
    lines = _wrapped(pieces, room)
    narrow, wide = max([_NARROWEST * room, *(piece.width for piece in pieces)]), room
    while wide - narrow > 0.01 * room:
        middle = (narrow + wide) / 2
        if len(tried := _wrapped(pieces, middle)) <= len(lines):
            lines, wide = tried, middle
        else:
            narrow = middle
    return lines


def _full(pieces: Sequence[_Piece], room: float) -> _Lines:
    """Use the full width, or a little less if that avoids a very short last line."""
    lines = _wrapped(pieces, room)
    for part in range(98, 80, -2):
        if len(lines) <= 1 or _width(lines[-1]) >= _RUNT * room:
            break
        tried = _wrapped(pieces, room * part / 100)
        if len(tried) > len(lines):
            break
        lines = tried
    return lines


def _limited(lines: _Lines, count: int, room: float, ellipsis: float) -> _Lines:
    """Keep `count` lines, and end the last with an ellipsis after a whole piece."""
    if len(lines) <= count:
        return lines
    last = lines[count - 1]
    while len(last) > 1 and _width(last) + ellipsis > room:
        last = last[:-1]
    end = replace(last[-1], text=last[-1].text.rstrip(".,;:!?") + _ELLIPSIS)
    return [*lines[: count - 1], [*last[:-1], end]]


def _one_line(text: str, role: Role, room: float, measure: Measure) -> str:
    lines = _wrapped(_pieces(text, role, measure), room / _SMALL)
    return _joined(_limited(lines, 1, room / _SMALL, measure(_ELLIPSIS, role))[0]) if lines else ""


def _width(line: Sequence[_Piece]) -> float:
    return sum(piece.space + piece.width for piece in line) - line[0].space


def _joined(line: Sequence[_Piece]) -> str:
    return "".join((" " if piece.space else "") + piece.text for piece in line).lstrip()
