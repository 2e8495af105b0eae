"""Numbering: what all titles of one kind start with, such as a number that counts up.

One title alone does not tell: "I. Basics" is a number if "II. Advanced" follows, and "1984 in one
sentence" has none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qna.importing.html import Removed
from qna.importing.shapes import Event

_START = re.compile(
    r"[\s*_]*(?P<start>(?P<word>[^\W\d_]{2,12}[ ]?)?(?P<number>\d{1,3}|[IVX]{1,5})"
    r"(?:[ ]*[.):\uff1a\u3001][ ]*|[ ]+[-\u2013\u2014][ ]+|[ ]+))(?=\S)"
)
_LETTER = re.compile(r"[\s*_]*(?P<start>(?P<word>[^\W\d_])[ ]?[:\uff1a]\s*)(?=\S)")
_ROMAN = tuple(
    "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII".split()
)
_FEW = 2
"""Titles with Roman numbers or one letter that are enough."""
_SOME = 3
"""Titles with other numbers that are enough."""


def without_numbering(events: Sequence[Event]) -> list[Event]:
    """Take numbers that count up, and one letter before all questions, off titles."""
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for at, event in enumerate(events):
        if event.kind != "text":
            groups[event.kind, event.level if event.kind == "head" else 0].append(at)
    changed = list(events)
    for (kind, _), places in groups.items():
        titles = [events[at].title for at in places]
        for at, found in zip(places, _starts(titles, asked=kind == "ask"), strict=False):
            event, (start, end) = events[at], found.span("start")
            number = next((line.number for line in event.lines if line.number), 0)
            gone = Removed(number, " ".join(re.findall(r"\w+", found["start"])), "number")
            title = event.title[:start] + event.title[end:]
            changed[at] = replace(event, title=title, cut=(*event.cut, gone))
    return changed


def _starts(titles: Sequence[str], *, asked: bool) -> list[re.Match[str]]:
    """Return what each title starts with, or nothing if that is no numbering."""
    letters = [match for title in titles if (match := _LETTER.match(title))]
    alike = len({match["word"] for match in letters}) == 1
    if asked and alike and len(letters) == len(titles) >= _FEW:
        return letters
    found = [match for title in titles if (match := _START.match(title))]
    if len(found) < len(titles) or len({match["word"] for match in found}) > 1:
        return []
    roman = [_ROMAN.index(match["number"]) + 1 for match in found if match["number"] in _ROMAN]
    numbers = [int(match["number"]) for match in found if match["number"].isdecimal()]
    named = bool(found and found[0]["word"])
    counts = (len(roman) >= _FEW and not named and _count_up(roman)) or (
        len(numbers) >= _SOME and (asked or not named) and _count_up(numbers)
    )
    return found if counts and len(titles) in {len(roman), len(numbers)} else []


def _count_up(numbers: Sequence[int]) -> bool:
    """Tell whether each number is 1 or follows the one before."""
    follows = all(below in {1, above + 1} for above, below in pairwise(numbers))
    return numbers[0] == 1 and follows and len(set(numbers)) > 1
