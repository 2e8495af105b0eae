"""Where the text of a card stands: sizes, lines and places, in pixels.

Nothing here draws, and how wide text is comes in as a function. The largest sizes at which all of
a card fits are taken; text that is too long even for the smallest ends with an ellipsis.
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
"""No text stands nearer to an edge: platforms crop, and round corners off."""

Role = Literal["heading", "title", "label", "text", "site", "aside"]
Measure = Callable[[str, Role], float]
"""Tells the width of text in a role, in parts of its size."""

_SIZES = ((60, 35), (56, 34), (52, 32), (48, 31), (46, 30), (44, 29), (42, 28))
"""Sizes of title and text."""
_TITLE_LINES, _MOST_TITLE_LINES = 3, 4
"""How many lines a title has at most, and at the smallest size."""
_TITLE_LEADING, _TEXT_LEADING = 1.16, 1.43
_SMALL = 26
"""Size of heading and foot."""
_CAPITAL, _DESCENT = 0.7, 0.26
"""Height of an H and depth of a g, in parts of the size."""

_LEFT, _TOP, _BOTTOM = 76, 64, 566
_ROOM = WIDTH - 2 * _LEFT
_TEXT_BOTTOM, _RULE = 474, 507
_HEADING_GAP, _TEXT_GAP, _MARK_GAP = 36, 30, 16
_MARK, _LARGE_MARK = 42, 104

_LOST = 0.3
"""A last line shorter than this part of the room looks lost."""
_NARROWEST = 0.4
"""Part of the room below which even lines are too short to read well."""
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
    """Where everything on a card stands."""

    lines: tuple[Line, ...]
    mark: tuple[int, int, int]
    """Left, top and size of the site's mark."""
    rule: tuple[int, int, int] | None
    """Left, right and top of the line above the foot, where there is a foot."""

    def text(self, role: Role) -> str:
        """Return the text of all lines in a role."""
        return " ".join(line.text for line in self.lines if line.role == role)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text that stays on one line."""

    text: str
    width: float
    space: float
    """Width of the space before it; between Chinese characters there is none."""


_Lines = list[list[_Piece]]


@dataclass(frozen=True, slots=True)
class _Setting:
    """The body of a card at one pair of sizes."""

    top: float
    title_size: int
    title: _Lines
    text_size: int
    text: _Lines
    label: str

    @property
    def text_baseline(self) -> float:
        """Where the first line below the title stands."""
        lines = self.top + (len(self.title) - 1) * self.title_size * _TITLE_LEADING
        below = lines + self.title_size * (_CAPITAL + _DESCENT)
        return below + _TEXT_GAP + self.text_size * _CAPITAL

    @property
    def text_room(self) -> int:
        """How many lines of text there is room for."""
        room = _TEXT_BOTTOM - self.text_baseline - self.text_size * _DESCENT
        return int(room / (self.text_size * _TEXT_LEADING)) + 1 - bool(self.label)

    @property
    def fits(self) -> bool:
        """Whether all of it has its place."""
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
    """Give everything on a card its place."""
    body = tuple(_body(card, measure).lines())
    if not card.heading:
        return _centred(body)
    heading = _one_line(card.heading, "heading", _ROOM, measure)
    top = Line("heading", heading, _SMALL, _LEFT, round(_TOP + _SMALL * _CAPITAL))
    mark = _LEFT, _BOTTOM - _MARK, _MARK
    return Layout((top, *body, *_foot(card, measure)), mark, (_LEFT, WIDTH - _LEFT, _RULE))


def _body(card: Card, measure: Measure) -> _Setting:
    top = _TOP + (_SMALL * _CAPITAL if card.heading else _LARGE_MARK) + _HEADING_GAP
    title, text = _pieces(card.title, "title", measure), _pieces(card.text, "text", measure)
    for title_size, text_size in _SIZES:
        lines = _even(title, _ROOM / title_size), _full(text, _ROOM / text_size)
        setting = _Setting(top, title_size, lines[0], text_size, lines[1], card.label)
        if setting.fits:
            return setting
    return _shortened(setting, measure)


def _shortened(setting: _Setting, measure: Measure) -> _Setting:
    room, cut = _ROOM / setting.title_size, measure(_ELLIPSIS, "title")
    title = _cut(setting.title, _MOST_TITLE_LINES, room, cut)
    setting = replace(setting, title=title)
    room, cut = _ROOM / setting.text_size, measure(_ELLIPSIS, "text")
    return replace(setting, text=_cut(setting.text, setting.text_room, room, cut))


def _centred(lines: Sequence[Line]) -> Layout:
    """Move a card that has a large mark instead of heading and foot to the middle."""
    bottom = lines[-1].baseline if lines else _TOP + _LARGE_MARK
    down = round((HEIGHT - _TOP - bottom) / 2)
    moved = tuple(replace(line, baseline=line.baseline + down) for line in lines)
    return Layout(moved, (_LEFT, _TOP + down, _LARGE_MARK), None)


def _foot(card: Card, measure: Measure) -> Iterator[Line]:
    baseline = round(_BOTTOM - (_MARK - _SMALL * _CAPITAL) / 2)
    aside = measure(card.aside, "aside") * _SMALL
    left = _LEFT + _MARK + _MARK_GAP
    room = WIDTH - _LEFT - left - aside - 2 * _MARK_GAP
    yield Line("site", _one_line(card.site, "site", room, measure), _SMALL, left, baseline)
    yield Line("aside", card.aside, _SMALL, WIDTH - _LEFT - aside, baseline)


# --- text to lines: widths are in parts of the size ------------------------------------------


def _pieces(text: str, role: Role, measure: Measure) -> list[_Piece]:
    space = measure(" ", role)
    return [
        _Piece(match["text"], measure(match["text"], role), space if match["space"] else 0.0)
        for match in _PIECE.finditer(text)
    ]


def _broken(pieces: Sequence[_Piece], room: float) -> _Lines:
    """Fill line after line; a piece that is wider than a line is taken apart."""
    lines: _Lines = []
    used = 0.0
    for piece in pieces:
        for part in _apart(piece, room) if piece.width > room else (piece,):
            if lines and used + part.space + part.width <= room:
                lines[-1].append(part)
                used += part.space + part.width
            else:
                lines.append([part])
                used = part.width
    return lines


def _apart(piece: _Piece, room: float) -> Iterator[_Piece]:
    """Yield parts of a piece; letters differ in width, so they are a little shorter than a line."""
    length = max(1, int(0.8 * len(piece.text) * room / piece.width))
    for start in range(0, len(piece.text), length):
        text = piece.text[start : start + length]
        width = piece.width * len(text) / len(piece.text)
        yield _Piece(text, width, 0.0 if start else piece.space)


def _even(pieces: Sequence[_Piece], room: float) -> _Lines:
    """Make lines as even as they get without there being more of them."""
    lines = _broken(pieces, room)
    narrow, wide = max([_NARROWEST * room, *(piece.width for piece in pieces)]), room
    while wide - narrow > 0.01 * room:
        middle = (narrow + wide) / 2
        if len(tried := _broken(pieces, middle)) <= len(lines):
            lines, wide = tried, middle
        else:
            narrow = middle
    return lines


def _full(pieces: Sequence[_Piece], room: float) -> _Lines:
    """Use the whole room, or a little less where that keeps the last line from looking lost."""
    lines = _broken(pieces, room)
    for part in range(98, 80, -2):
        if len(lines) <= 1 or _width(lines[-1]) >= _LOST * room:
            break
        tried = _broken(pieces, room * part / 100)
        if len(tried) > len(lines):
            break
        lines = tried
    return lines


def _cut(lines: _Lines, count: int, room: float, ellipsis: float) -> _Lines:
    """Keep `count` lines; the last ends with an ellipsis behind a whole piece."""
    if len(lines) <= count:
        return lines
    last = lines[count - 1]
    while len(last) > 1 and _width(last) + ellipsis > room:
        last = last[:-1]
    end = replace(last[-1], text=last[-1].text.rstrip(".,;:!?") + _ELLIPSIS)
    return [*lines[: count - 1], [*last[:-1], end]]


def _one_line(text: str, role: Role, room: float, measure: Measure) -> str:
    lines = _broken(_pieces(text, role, measure), room / _SMALL)
    return _joined(_cut(lines, 1, room / _SMALL, measure(_ELLIPSIS, role))[0]) if lines else ""


def _width(line: Sequence[_Piece]) -> float:
    return sum(piece.space + piece.width for piece in line) - line[0].space


def _joined(line: Sequence[_Piece]) -> str:
    return "".join((" " if piece.space else "") + piece.text for piece in line).lstrip()
