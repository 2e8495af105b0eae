#!/usr/bin/env python3
"""Measure splitting, building, serving and searching, next to other generators of the same pages.

    make bench
    make bench QUICK=1

Figures are processor seconds, with those of all processes, and ratios of runs in the same round; so
a busy machine changes them little. The whole is written to the page for maintainers; parts, such as
`--sizes 980 --only hugo`, are only printed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from importlib.metadata import version
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "scripts")]

from bench import serving, table, tools  # noqa: E402
from bench.costs import FailedError  # noqa: E402
from bench.ours import MAKE, Ours  # noqa: E402
from bench.pages import topics  # noqa: E402
from bench.peers import PEERS, Built  # noqa: E402
from bench.results import Project, measured  # noqa: E402
from support.synthetic import source  # noqa: E402

PAGE = ROOT / ".github" / "CONTRIBUTING.md"
OWN = 98
"""Number of the project's own questions."""
ROUNDS = {OWN: 1, 980: 1, 9_800: 1, 98_000: 1}
QUICK = {OWN: 2, 980: 1}
"""Rounds by number of questions."""
LARGE = table.LARGE
"""The number at which the response of search to keys is measured."""
SERVED = {980: ("MkDocs", "Zensical"), LARGE: ("MkDocs",)}
"""Engines with which serving is measured, by number of questions; Zensical builds all pages again."""
WITH_ZENSICAL = f"{table.OURS}, with Zensical"
WHOLE = frozenset({"ours", "search", "serve", *(peer.template for peer in PEERS), "zensical"})
"""All that `--only` can name."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print; if everything is to be measured, write the page after each size."""
    options = _parser().parse_args(arguments)
    rounds = QUICK if options.quick else ROUNDS
    sizes = options.sizes or list(rounds)
    parts = frozenset(options.only or WHOLE)
    found = {}
    for size in sizes:
        print(f"\n{size:,} questions", flush=True)
        found[size] = _figures(size, rounds.get(size, 1), parts, quick=options.quick)
        lines = [*_conditions(), "", *table.tables(found)]
        if not options.quick and not options.sizes and not options.only:
            text = table.written(PAGE.read_text(encoding="utf-8"), lines)
            PAGE.write_text(text, encoding="utf-8")
    print("\n".join(["", *lines]))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--quick", action="store_true", help="small sources, and no slow generators")
    add("--sizes", type=int, nargs="+", help="numbers of questions")
    add("--only", nargs="+", choices=sorted(WHOLE), help="parts; all without it")
    return parser


def _figures(size: int, rounds: int, parts: frozenset[str], *, quick: bool) -> table.Figures:
    """Measure at one size, in a folder that is deleted afterwards."""
    folder = tools.FOLDER / "projects" / str(size)
    shutil.rmtree(folder, ignore_errors=True)
    own = ROOT / "docs/_source/questions.md"
    text = own.read_text("utf-8") if size == OWN else source(size, own)
    ours = Ours(folder / "ours", text, cold_only=size > LARGE)
    projects: dict[str, Project] = {table.OURS: ours}
    if "zensical" in parts and size < LARGE:  # the row of Zensical shows how long it takes then
        projects[WITH_ZENSICAL] = Ours(folder / "ours-zensical", text, "Zensical")
    for peer in PEERS:
        if peer.template in parts and size <= peer.most and not (quick and peer.slow):
            projects[peer.name] = Built(peer, folder / peer.name.split()[0], topics(text))
    results = measured(projects, rounds)
    if size == OWN:
        results[table.OURS].again[-1] = {**results[table.OURS].again[-1], MAKE: ours.make()}
    served = dict(_saved(ours.folder, size)) if "serve" in parts and size in SERVED else {}
    searched = list(_search(size)) if "search" in parts else []
    shutil.rmtree(folder)
    return table.Figures(results, searched, served)


def _saved(project: Path, size: int) -> Iterator[tuple[str, float | str]]:
    for engine in SERVED[size]:
        try:
            found: float | str = serving.saved(project, engine)
        except FailedError as error:
            found = str(error)
        print(f"serving with {engine}: {found}", flush=True)
        yield engine, found


def _search(size: int) -> Iterator[table.Search]:
    import bench_search  # noqa: PLC0415 - needs browsers
    from playwright.sync_api import Error  # noqa: PLC0415 - the same

    try:
        with closing(bench_search.measured(size, keys=size == LARGE)) as found:
            # With the most questions, Material gives no result within a minute.
            yield from islice(found, 1 if size > LARGE else None)
    except Error as error:
        print(f"searching: {error}")


def _conditions() -> Iterator[str]:
    """Yield when, where and with what was measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    day = datetime.now().astimezone().date().isoformat()
    yield (
        f"Measured on {day}: {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}, "
        f"Python {platform.python_version()}; {', '.join(_versions())}."
    )
    yield "Seconds are processor seconds with those of all processes, as are megabytes of memory."


def _versions() -> Iterator[str]:
    for name in ("mkdocs", "mkdocs-material", "zensical"):
        yield f"{name} {version(name)}"
    locked = json.loads((tools.LOCKS / "package.json").read_text("utf-8"))
    for name, number in locked["devDependencies"].items():
        yield f"{name} {number}"
    lock = (ROOT / "requirements-bench.txt").read_text("utf-8")
    (hugo,) = re.findall(r"^hugo==(\S+)", lock, re.MULTILINE)
    yield f"hugo {hugo}"


if __name__ == "__main__":
    main()
