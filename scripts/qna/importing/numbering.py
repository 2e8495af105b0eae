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

_APART = r"(?:[ ]*[.):\uff1a\u3001][ ]*|[ ]+[-\u2013\u2014][ ]+)"
_START = re.compile(
    r"[\s*_]*(?P<start>(?P<word>[^\W\d_]{2,12}[ ]?)?(?P<number>\d{1,3}|[IVX]{1,5})"
    rf"(?:(?P<apart>{_APART})|[ ]+))(?=\S)"
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
        found = _numbers(titles, asked=kind == "ask")
        if kind == "ask":
            found = _letters(titles, events) or found
        for at, found_at in zip(places, found, strict=bool(found)):
            event, (start, end) = events[at], found_at.span("start")
            number = next((line.number for line in event.lines if line.number), 0)
            gone = Removed(number, " ".join(re.findall(r"\w+", found_at["start"])), "number")
            title = event.title[:start] + event.title[end:]
            changed[at] = replace(event, title=title, cut=(*event.cut, gone))
    return changed


def _letters(titles: Sequence[str], events: Sequence[Event]) -> list[re.Match[str]]:
    """Return the letter that all titles start with, if nothing else is about that letter."""
    found = [match for title in titles if (match := _LETTER.match(title))]
    if len(found) < max(_FEW, len(titles)) or len({match["word"] for match in found}) > 1:
        return []
    letter = re.compile(rf"(?<!\w){re.escape(found[0]['word'])}(?!\w)")
    others = (event.block.markdown if event.block else event.title for event in events)
    about = sum(bool(letter.search(text)) for text in others)
    return found if about <= len(titles) else []


def _numbers(titles: Sequence[str], *, asked: bool) -> list[re.Match[str]]:
    """Return the number that each title starts with; nothing if they do not count up."""
    found = [match for title in titles if (match := _START.match(title))]
    words = {match["word"] for match in found}
    if len(found) < len(titles) or len(words) > 1:
        return []
    word = (words.pop() or "") if words else ""
    rests = [match.string[match.end("start") :] for match in found]
    if word and (word.isupper() or not all(match["apart"] for match in found)):
        return []  # "HTTP 1" and "Python 3" are names
    bare = not all(match["apart"] for match in found)
    roman = [_ROMAN.index(match["number"]) + 1 for match in found if match["number"] in _ROMAN]
    numbers = [int(match["number"]) for match in found if match["number"].isdecimal()]
    of_something = numbers and bare and any(rest[0].islower() for rest in rests)
    if of_something or len({*rests}) < len(rests):
        return []  # "1 byte" is a number of something
    counts = (len(roman) >= _FEW and not word and _count_up(roman)) or (
        len(numbers) >= _SOME and (asked or not word) and _count_up(numbers)
    )
    return found if counts and len(titles) in {len(roman), len(numbers)} else []


def _count_up(numbers: Sequence[int]) -> bool:
    """Tell whether each number is 1 or follows the one before."""
    follows = all(below in {1, above + 1} for above, below in pairwise(numbers))
    return numbers[0] == 1 and follows and len(set(numbers)) > 1
