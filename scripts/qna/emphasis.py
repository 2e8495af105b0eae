"""Which stars and underscores are emphasis: the delimiter runs of CommonMark 6.2.

Python-Markdown garbles text around a star that it pairs wrongly, so none is left for it to judge:
one that marks nothing is escaped, and within emphasis the other mark is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from unicodedata import category

_RUN = re.compile(r"\*+|_+")
_OTHER = {"*": "_", "_": "*"}
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


@dataclass(frozen=True, slots=True, order=True)
class _Pair:
    """The places at which emphasis begins and ends."""

    start: int
    end: int
    width: int
    """One mark, or two for strong emphasis."""

    def places(self) -> Iterator[int]:
        """Yield the places of its marks."""
        yield from range(self.start, self.start + self.width)
        yield from range(self.end, self.end + self.width)


def delimiters(text: str) -> dict[int, str]:
    """Return what to write for every star and underscore: a mark of emphasis, or an escape.

    What is no running text, such as code, has to be masked by punctuation.
    """
    runs = [_run(text, match) for match in _RUN.finditer(text)]
    places = {
        place: f"\\{run.char}" for run in runs for place in range(run.start, run.start + run.length)
    }
    return places | dict(_marks(text, _pairs(runs)))


def _pairs(runs: Iterable[_Run]) -> Iterator[_Pair]:
    """Yield what emphasis there is."""
    waiting: list[_Run] = []
    for run in runs:
        while run.closes and run.left and (opener := _opener(waiting, run)):
            used = 2 if min(opener.left, run.left) > 1 else 1
            opener.left -= used
            del waiting[waiting.index(opener) + bool(opener.left) :]
            yield _Pair(opener.start + opener.left, run.start, used)
            run.start += used
            run.left -= used
        if run.opens and run.left:
            waiting.append(run)


def _marks(text: str, pairs: Iterable[_Pair]) -> Iterator[tuple[int, str]]:
    """Yield the mark for each place, by turns where emphasis is within emphasis of its kind."""
    around: list[tuple[_Pair, str]] = []
    for pair in sorted(pairs):
        while around and around[-1][0].end < pair.start:
            around.pop()
        mark = text[pair.start]
        if around and (around[-1][0].width, around[-1][1]) == (pair.width, mark):
            mark = _OTHER[mark] if _stands_alone(text, pair) else mark
        around.append((pair, mark))
        yield from ((place, mark) for place in pair.places())


def _stands_alone(text: str, pair: _Pair) -> bool:
    """Tell whether emphasis touches no word and no other mark, so that either mark can mark it."""
    before, behind = max(pair.start - 1, 0), pair.end + pair.width
    return not re.search(r"[\w*]", text[before : pair.start] + text[behind : behind + 1])


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
