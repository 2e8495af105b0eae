#!/usr/bin/env python3
"""Measure slow tasks side by side in one run: seconds on this machine, and ratios.

    make bench

Each figure is the median of several runs. The tasks alternate, so that a busy machine affects all
of them equally; compare ratios, not seconds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from support.sites import copy_project, take_source
from support.synthetic import source

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
ROUNDS = 3
LARGE = (12_500, 50_000)
"""Numbers of questions for the splitter alone."""


def main() -> None:
    """Print all tables, or with `--large` only the one about the splitter alone."""
    with TemporaryDirectory() as folder:
        for number in () if "--large" in sys.argv else (98, 1_000):
            project = copy(Path(folder) / str(number), number)
            table(f"{number} questions", chores(project))
        print(f"\n{'the splitter alone':18}{'first, s':>10}{'again, s':>10}{'most, MB':>10}")
        for number in LARGE:
            project = copy(Path(folder) / str(number), number)
            (first, most), (again, _) = split(project), split(project)
            print(f"{number:8,} questions{first:10.1f}{again:10.1f}{most:10.0f}", flush=True)
            shutil.rmtree(project)


def split(project: Path) -> tuple[float, float]:
    """Split the source of a project; return processor time in seconds, and peak memory in MB."""
    command = [str(BIN / "python"), "scripts/split.py"]
    with subprocess.Popen(command, cwd=project, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        told = process.stderr.read()
        _, process.returncode, used = os.wait4(process.pid, 0)
    if process.returncode:
        sys.exit(f"error: {' '.join(command)} failed in {project}:\n{told}")
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return used.ru_utime + used.ru_stime, used.ru_maxrss / unit


def copy(to: Path, number: int) -> Path:
    """Copy the project with a source of that many questions; 98 are the project's own."""
    project = copy_project(to, ROOT)
    own = (ROOT / "docs/_source/questions.md").read_text("utf-8")
    take_source(project, own if number == 98 else source(number))
    return project


def chores(project: Path) -> dict[str, Callable[[], None]]:
    """Return the tasks to measure by name."""

    def script(name: str) -> Callable[[], None]:
        return lambda: run(project, "python", f"scripts/{name}.py")

    def afresh(folder: str, work: Callable[[], None]) -> Callable[[], None]:
        def again() -> None:
            shutil.rmtree(project / folder, ignore_errors=True)
            work()

        return again

    return {
        "split, all pages written": afresh("docs/q", script("split")),
        "split, nothing changed": script("split"),
        "cards, all drawn": afresh("docs/assets/cards", script("draw_cards")),
        "cards, nothing changed": script("draw_cards"),
        "python, only started": lambda: run(project, "python", "-c", "pass"),
        "build with MkDocs": lambda: run(project, "mkdocs", "build"),
        "build with Zensical": lambda: run(project, "zensical", "build", "--clean"),
    }


def run(project: Path, program: str, *arguments: str) -> None:
    """Run a program of the virtual environment; exit with its output if it fails."""
    command = [str(BIN / program), *arguments]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"error: {' '.join(command)} failed in {project}:\n{done.stdout}{done.stderr}")


def table(title: str, work: dict[str, Callable[[], None]]) -> None:
    """Time everything in rounds and print medians, with ratios to the build with MkDocs."""
    seconds: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(ROUNDS):
        for name, chore in work.items():
            start = time.perf_counter()
            chore()
            seconds[name].append(time.perf_counter() - start)
    whole = median(seconds["build with MkDocs"])
    print(f"\n{title}, median of {ROUNDS}\n{'':28}{'seconds':>9}{'of a build':>12}")
    for name, taken in seconds.items():
        print(f"{name:28}{median(taken):9.2f}{median(taken) / whole:12.2f}")


if __name__ == "__main__":
    main()
