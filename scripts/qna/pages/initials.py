"""Entries grouped by their initial, as in lists from A to Z."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar
from unicodedata import normalize

from qna.naming import ids

_Item = TypeVar("_Item")

SYMBOLS, _DIGITS = "Symbols", "0-9"
"""The initials of what begins with a sign or a digit; anchors have them in every language."""


def by_initial(
    items: Iterable[_Item], name: Callable[[_Item], str]
) -> Iterator[tuple[str, list[_Item]]]:
    """Group items by the initial of their name: symbols, digits, then letters."""
    groups: dict[str, list[_Item]] = {}
    for item in sorted(items, key=lambda item: (name(item).casefold(), name(item))):
        groups.setdefault(_initial(name(item)), []).append(item)
    first = {SYMBOLS: 0, _DIGITS: 1}
    yield from sorted(groups.items(), key=lambda group: (first.get(group[0], 2), group[0]))


def _initial(name: str) -> str:
    """Return the initial that a name is listed under; an accented letter counts as itself."""
    first = ids.anchor(normalize("NFC", name)[0])[:1]
    if not first.isalpha():
        return _DIGITS if first else SYMBOLS
    return first.title()
