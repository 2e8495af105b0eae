"""The instrument of `make bench`: the same sources each time, honest costs, and its tables."""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

import pytest
from bench import costs, ours, pages, results, table
from bench.costs import Cost, FailedError
from support import harness, synthetic

CONTRIBUTING = harness.ROOT / ".github" / "CONTRIBUTING.md"


def test_sources_are_the_same_each_time() -> None:
    """A source depends on nothing but its size, and has code, tables and formulas."""
    texts = [synthetic.source(150) for _ in range(2)]

    assert len({sha256(text.encode()).hexdigest() for text in texts}) == 1
    assert {sign: sign in texts[0] for sign in ("```python", "| --- |", "$$")} == {
        "```python": True,
        "| --- |": True,
        "$$": True,
    }
    assert harness.report(texts[0]).items == []


def test_other_generators_get_the_same_pages() -> None:
    """Each topic and question has a page with the answer, blocks included, and no indentation."""
    found = pages.topics(synthetic.source(30))
    made = {page.path: page for page in pages.pages(found)}

    assert [len(topic.questions) for topic in found] == [20, 10]
    assert len(made) == 1 + 2 + 30
    assert "\n```python\n" in made["q/question-0"].text
    assert made["q/question-0"].text.strip() in made["topics/topic-0"].text
    assert "\n| --- | ---: |\n" in made["q/question-7"].text


def test_an_edit_changes_two_pages() -> None:
    """Another answer is on the page of its question and on that of its topic."""
    found = pages.topics(synthetic.source(30))
    before, after = ([*pages.pages(topics)] for topics in (found, pages.edited(found, "bran")))

    changed = [new for old, new in zip(before, after, strict=True) if new != old]
    assert [page.path for page in changed] == ["topics/topic-1", "q/question-20"]
    assert all("An answer with bran." in page.text for page in changed)


def test_an_edit_of_ours_is_in_an_answer() -> None:
    """One line is longer, and the source still has no faults."""
    source = synthetic.source(30)
    edited = ours.edited(source, 7)

    assert len(edited) == len(source) + len(" Edit 7.")
    assert harness.report(edited).items == []


def test_children_count(tmp_path: Path) -> None:
    """The time and the memory of a program include those of the programs that it starts."""
    busy = "import time; data = bytearray(80_000_000); "
    busy += "end = time.process_time() + 0.3\nwhile time.process_time() < end: pass"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-Sc', {busy!r}])"

    found = costs.cost([sys.executable, "-Sc", outer], tmp_path)

    assert found.seconds > 0.3
    assert found.memory > 80


def test_a_failure_says_what_was_wrong(tmp_path: Path) -> None:
    """The error has the exit code and the end of the output."""
    with pytest.raises(FailedError, match="exit code 3: no such theme"):
        costs.cost([sys.executable, "-Sc", "print('no such theme'); raise SystemExit(3)"], tmp_path)


def test_what_takes_too_long_is_ended(tmp_path: Path) -> None:
    """A generator that does not end costs only its own row."""
    with pytest.raises(FailedError, match="took longer than"):
        costs.cost([sys.executable, "-Sc", "import time; time.sleep(60)"], tmp_path, 0)


class Fake:
    """A project with given costs."""

    def __init__(self, *seconds: float, fault: str = "") -> None:
        self.seconds, self.fault = iter(seconds), fault

    def cold(self) -> dict[str, Cost]:
        """Return the next cost."""
        if self.fault:
            raise FailedError(self.fault)
        return {"": Cost(next(self.seconds), 50)}

    def again(self) -> dict[str, Cost]:
        """Return nothing: it builds everything again."""
        return {}

    def output(self) -> float:
        """Return a size."""
        return 2.0


def figures() -> table.Figures:
    """Figures at a size: ours in two rounds, a peer, and one that is missing."""
    peers = results.measured({"Slow": Fake(8, 30), "Gone": Fake(fault="no | wheel")}, 2)
    first = {"split": Cost(1, 90), "build": Cost(3, 200), "floor": Cost(0.5, 10)}
    second = {step: Cost(cost.seconds * 2, cost.memory) for step, cost in first.items()}
    after = {"split": Cost(0.2, 80), "build": Cost(0.8, 100)}
    own = results.Result([first, second], [after, after], 12.5)
    return table.Figures({table.OURS: own, **peers}, [table.Search("ours", 225.4, 1.71)])


def test_tables_compare_runs_of_the_same_round() -> None:
    """A ratio is the median of those in each round; what cannot be had is named with the reason."""
    assert [*table.generators(980, figures().results)] == [
        "| 980 questions | First, s | Times ours | After an edit, s | Memory, MB | MB |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        "| split only | 1.5 | 0.25 | 0.20 | 90 |  |",
        "| reading and writing the same files | 0.75 | 0.12 |  | 10 |  |",
        "| build only | 4.5 | 0.75 | 0.80 | 200 |  |",
        "| **this site** | 6.0 | 1.00 | 1.0 | 200 | 12.5 |",
        "| Slow | 19 | 2.88 | all | 50 | 2.0 |",
        "| Gone | no / wheel | | | | |",
    ]


def test_a_step_that_was_not_measured_has_no_row() -> None:
    """With the most questions, writing the same files is left out."""
    own = results.Result([{"split": Cost(1, 90), "build": Cost(3, 200)}], [{}], 12.5)
    rows = [*table.generators(98_000, {table.OURS: own})]

    assert [row.split(" | ")[0] for row in rows[2:]] == [
        "| split only",
        "| build only",
        "| **this site**",
    ]


def test_goals_say_what_is_met() -> None:
    """Each figure that was measured is compared with its limit and its goal."""
    lines = [*table.goals({980: figures(), 9_800: figures()})]

    assert "| 980 | first result of search, kB | 225 | 120 | 120 | **no** |" in lines
    assert "| 9,800 | split and build, s | 6.0 | 25 | 12 | goal |" in lines
    assert "| 9,800 | split, times reading and writing the same | 2.0 | 6 | 3 | goal |" in lines
    assert not any("98,000" in line for line in lines)


def test_the_page_has_the_marks_and_keeps_the_rest() -> None:
    """Only what is between the marks is replaced."""
    page = CONTRIBUTING.read_text(encoding="utf-8")
    before, after = page.partition(table.START)[0], page.partition(table.END)[2]

    written = table.written(page, ["| a |"])

    assert written == f"{before}{table.START}\n\n| a |\n\n{table.END}{after}"
    assert table.written(written, ["| a |"]) == written


def test_a_page_without_marks_is_left_alone() -> None:
    """The message names the marks."""
    with pytest.raises(ValueError, match="lacks the lines '<!-- Written by"):
        table.written("# Page\n", [])
