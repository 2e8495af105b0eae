"""What was measured, in rounds in which everything runs once, and how it compares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Protocol

from bench.costs import Cost, FailedError


class Project(Protocol):
    """Something that is built."""

    def cold(self) -> Mapping[str, Cost]:
        """Build it from nothing; return the cost of each step."""

    def again(self) -> Mapping[str, Cost]:
        """Build it after an edit."""

    def output(self) -> float:
        """Return the size of the result in MB."""


@dataclass(slots=True)
class Result:
    """The runs of a project, one of each kind for each round."""

    cold: list[Mapping[str, Cost]] = field(default_factory=list)
    again: list[Mapping[str, Cost]] = field(default_factory=list)
    output: float = 0.0
    fault: str = ""
    """Why there are no figures."""

    def seconds(self, *steps: str, again: bool = False) -> list[float]:
        """Return the processor time of steps in each round; empty if they were not measured."""
        runs = self.again if again else self.cold
        return [
            sum(run[step].seconds for step in steps)
            for run in runs
            if all(step in run for step in steps)
        ]

    def memory(self, *steps: str) -> float:
        """Return the most memory of these steps in MB."""
        return max(
            (run[step].memory for run in self.cold for step in steps if step in run), default=0.0
        )


def measured(projects: Mapping[str, Project], rounds: int) -> dict[str, Result]:
    """Build all projects in turn, so that a busy machine slows them equally."""
    results = {name: Result() for name in projects}
    for _ in range(rounds):
        for name, project in projects.items():
            result = results[name]
            if not result.fault:
                _measure(project, result)
                print(f"{name}: {shown(result)}", flush=True)
    return results


def _measure(project: Project, result: Result) -> None:
    try:
        result.cold.append(project.cold())
        result.again.append(project.again())
        result.output = project.output()
    except FailedError as error:
        result.fault = str(error)


def shown(result: Result) -> str:
    """Return the last round of a result on one line."""
    if result.fault:
        return result.fault
    runs = zip(("first", "again"), (result.cold[-1], result.again[-1]), strict=True)
    return "; ".join(
        f"{name} " + ", ".join(f"{step} {cost.seconds:.1f} s" for step, cost in run.items())
        for name, run in runs
        if run
    )


def ratio(these: Sequence[float], those: Sequence[float]) -> float:
    """Return how many times as long the first took, as the median of all rounds."""
    return median(one / other for one, other in zip(these, those, strict=False))
