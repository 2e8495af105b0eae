"""Tables of what was measured, and the part of the page for maintainers that has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.ours import BUILD, FLOOR, MAKE, SPLIT
from bench.results import Result, ratio

START, END = "<!-- Written by `make bench` -->", "<!-- End of what `make bench` writes -->"
OURS = "this site"
"""Name of the result that the others are compared with."""
LARGE = 9_800


@dataclass(frozen=True, slots=True)
class Search:
    """What search costs a reader at a size."""

    name: str
    kilobytes: float
    """Loaded, compressed, until the first result."""
    fresh: float
    """Seconds from opening the search on a fresh page to the first result."""
    keys: float = 0.0
    """Milliseconds from a key press to painted results; 0 if not measured."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All that was measured at one size."""

    results: Mapping[str, Result]
    """By engine of ours, or by the name of another generator."""
    search: Sequence[Search] = ()
    saved: Mapping[str, float | str] = field(default_factory=dict)
    """Seconds from saving an answer to the page that shows it, while serving, by engine; or why
    there is no such page."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure should be at most."""

    what: str
    size: int
    figure: Callable[[Figures], float | None]
    floor: float
    goal: float


def _seconds(*steps: str, again: bool = False) -> Callable[[Figures], float | None]:
    def figure(figures: Figures) -> float | None:
        found = figures.results[OURS].seconds(*steps, again=again)
        return median(found) if found else None

    return figure


def _splitter(figures: Figures) -> float | None:
    ours = figures.results[OURS]
    found = ours.seconds(SPLIT), ours.seconds(FLOOR)
    return ratio(*found) if all(found) else None


def _memory(figures: Figures) -> float | None:
    return figures.results[OURS].memory(SPLIT, BUILD) / 1e3 or None


def _output(figures: Figures) -> float | None:
    return figures.results[OURS].output / 1e3 or None


def _search(part: Callable[[Search], float]) -> Callable[[Figures], float | None]:
    return lambda figures: part(figures.search[0]) if figures.search else None


GOALS = (
    Goal("`make build` after an edit, s", 98, _seconds(MAKE, again=True), 3, 2),
    Goal("first result of search, kB", 980, _search(lambda found: found.kilobytes), 120, 120),
    Goal("first result of search, s", 980, _search(lambda found: found.fresh), 1.2, 1.2),
    Goal("split and build, s", LARGE, _seconds(SPLIT, BUILD), 25, 12),
    Goal("the same after an edit, s", LARGE, _seconds(SPLIT, BUILD, again=True), 3, 1.5),
    Goal("memory, GB", LARGE, _memory, 0.3, 0.2),
    Goal("split, times reading and writing the same", LARGE, _splitter, 6, 3),
    Goal("first result of search, kB", LARGE, _search(lambda found: found.kilobytes), 170, 170),
    Goal("first result of search, s", LARGE, _search(lambda found: found.fresh), 1.7, 1.7),
    Goal("split and build, s", 98_000, _seconds(SPLIT, BUILD), 300, 150),
    Goal("memory, GB", 98_000, _memory, 2, 2),
    Goal("output, GB", 98_000, _output, 1, 1),
    Goal("first result of search, kB", 98_000, _search(lambda found: found.kilobytes), 400, 400),
)


def written(page: str, lines: Iterable[str]) -> str:
    """Return a page with these lines in the place of those between the marks."""
    before, start, rest = page.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError(f"the page lacks the lines '{START}' and '{END}'")
    return "\n".join([f"{before}{START}", "", *lines, "", f"{END}{after}"])


def tables(found: Mapping[int, Figures]) -> Iterator[str]:
    """Yield the lines of all tables."""
    yield from goals(found)
    for size, figures in found.items():
        yield from ("", *generators(size, figures.results))
    if any(figures.search for figures in found.values()):
        yield from ("", *searches(found))
    if any(figures.saved for figures in found.values()):
        yield from ("", *saved(found))


def goals(found: Mapping[int, Figures]) -> Iterator[str]:
    """Yield a table of all goals whose figures were measured."""
    yield from _head("Questions", "Figure", "Measured", "At most", "Goal", "Met")
    for goal in GOALS:
        figure = goal.figure(found[goal.size]) if goal.size in found else None
        if figure is not None:
            met = "goal" if figure <= goal.goal else "yes" if figure <= goal.floor else "**no**"
            limits = f"{goal.floor:g} | {goal.goal:g}"
            yield f"| {goal.size:,} | {goal.what} | {_number(figure)} | {limits} | {met} |"


def generators(size: int, results: Mapping[str, Result]) -> Iterator[str]:
    """Yield a table of generators at a size: this site first."""
    yield from _head(
        f"{size:,} questions", "First, s", "Times ours", "After an edit, s", "Memory, MB", "MB"
    )
    base = results[OURS].seconds(SPLIT, BUILD)
    for name, result in results.items():
        ours = result.cold and SPLIT in result.cold[0]
        if ours and name == OURS and not result.fault:
            yield _row("split only", result, [SPLIT], base)
            if result.seconds(FLOOR):
                yield _row("reading and writing the same files", result, [FLOOR], base)
            yield _row("build only", result, [BUILD], base)
        steps = [SPLIT, BUILD] if ours else [""]
        yield _row(f"**{name}**" if ours else name, result, steps, base, whole=True)


def _row(
    name: str, result: Result, steps: Sequence[str], base: Sequence[float], *, whole: bool = False
) -> str:
    if result.fault:
        return f"| {name} | {_cell(result.fault)} | | | | |"
    first, again = result.seconds(*steps), result.seconds(*steps, again=True)
    cells = [
        _number(median(first)),
        f"{ratio(first, base):.2f}" if base else "",
        _number(median(again)) if again else "all" if whole and name != f"**{OURS}**" else "",
        f"{result.memory(*steps):.0f}",
        f"{result.output:.1f}" if whole else "",
    ]
    return f"| {name} | {' | '.join(cells)} |"


def searches(found: Mapping[int, Figures]) -> Iterator[str]:
    """Yield a table of what search costs readers."""
    yield from _head("Questions", "Search", "kB", "Fresh page to first result, s", "Key, ms")
    for size, figures in found.items():
        for one in figures.search:
            keys = f"{one.keys:.0f}" if one.keys else ""
            yield f"| {size:,} | {one.name} | {one.kilobytes:.0f} | {one.fresh:.1f} | {keys} |"


def saved(found: Mapping[int, Figures]) -> Iterator[str]:
    """Yield a table of how long a saved answer takes to show while serving."""
    yield from _head("Questions", "`make serve` with", "Saved answer shows after, s")
    for size, figures in found.items():
        for engine, after in figures.saved.items():
            told = _cell(after) if isinstance(after, str) else _number(after)
            yield f"| {size:,} | {engine} | {told} |"


def _head(*names: str) -> Iterator[str]:
    yield f"| {' | '.join(names)} |"
    yield "| --- |" + " ---: |" * (len(names) - 1)


def _number(figure: float) -> str:
    """Return a figure with two digits that count, or all before the point."""
    return f"{figure:,.0f}" if figure >= 10 else f"{figure:.1f}" if figure >= 1 else f"{figure:.2f}"


def _cell(text: str) -> str:
    """Return a short text that a cell of a table may have."""
    return text.replace("|", "/")[:160]
