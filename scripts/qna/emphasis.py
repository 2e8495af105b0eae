"""Which stars and underscores are emphasis: the delimiter runs of CommonMark 6.2.

Python-Markdown garbles text around a star that it pairs wrongly, so none is left for it to judge.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from unicodedata import category

_RUN = re.compile(r"\*+|_+")
_REACH = 100
"""Runs that are looked back at; it keeps the time linear whatever an author writes."""


@dataclass(slots=True)
class _Run:
    """Adjacent delimiters of one kind, as far as they are not used yet."""

    char: str
    start: int
    left: int
    """How many are not used."""
    length: int
    """How many there were."""
    opens: bool
    closes: bool


def delimiters(text: str) -> dict[int, bool]:
    """Return the place of every star and underscore, and whether it marks emphasis.

    What is no running text, such as code, has to be masked by punctuation.
    """
    runs = [_run(text, match) for match in _RUN.finditer(text)]
    places = {place: False for run in runs for place in range(run.start, run.start + run.length)}
    waiting: list[_Run] = []
    for run in runs:
        while run.closes and run.left and (opener := _opener(waiting, run)):
            used = 2 if min(opener.left, run.left) > 1 else 1
            opener.left -= used
            del waiting[waiting.index(opener) + bool(opener.left) :]
            behind = opener.start + opener.left
            places |= dict.fromkeys(range(behind, behind + used), True)
            places |= dict.fromkeys(range(run.start, run.start + used), True)
            run.start += used
            run.left -= used
        if run.opens and run.left:
            waiting.append(run)
    return places


def _run(text: str, match: re.Match[str]) -> _Run:
    """Tell by its neighbours whether a run may open or close emphasis."""
    start, end = match.span()
    before, after = _class(text[start - 1 : start] if start else ""), _class(text[end : end + 1])
    left_flanking = after != " " and (after != "." or before != "w")
    right_flanking = before != " " and (before != "." or after != "w")
    word = match[0][0] == "_"
    return _Run(
        match[0][0],
        start,
        end - start,
        end - start,
        left_flanking and (not word or not right_flanking or before == "."),
        right_flanking and (not word or not left_flanking or after == "."),
    )


def _class(char: str) -> str:
    """Return a blank for white space and the text's ends, a dot for punctuation, else a `w`."""
    if not char or char.isspace():
        return " "
    return "." if category(char)[0] in "PS" else "w"


def _opener(waiting: Sequence[_Run], closer: _Run) -> _Run | None:
    """Return the nearest run that `closer` closes."""
    return next((run for run in islice(reversed(waiting), _REACH) if _match(run, closer)), None)


def _match(opener: _Run, closer: _Run) -> bool:
    """Tell whether two runs pair: lengths that add up to three do not if one run could be both."""
    both = opener.closes or closer.opens
    odd = (opener.length + closer.length) % 3 == 0 and (opener.length % 3 or closer.length % 3)
    return opener.char == closer.char and not (both and odd)
