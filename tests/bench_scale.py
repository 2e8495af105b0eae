"""Time and memory grow with the size of the source, but no faster.

    make bench

Run by pytest, but not by `make test`, because all tests together take a minute.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from time import process_time

import pytest
from qna import pipeline, writer
from qna.importing import Text, imported
from support import synthetic
from support.harness import pages

WORDS = [
    start + end
    for start in ("grad", "conv", "pool", "norm", "embed", "trans", "optim", "batch", "kern")
    for end in ("ient", "olution", "ing", "ization", "ding", "former", "izer", "wise", "el")
]


def source(questions: int) -> str:
    """Return a source of many questions, fifty per topic, that share words as real ones do."""
    words = cycle(WORDS)
    lines = ["# Title"]
    for number in range(questions):
        if number % 50 == 0:
            lines.append(f"### **{number // 50 + 1}. Topic {number // 50 + 1}**")
        answer = " ".join(islice(words, 12))
        lines.append(f"*   **What is {next(words)} in case {number} of n{number % 997}?**")
        lines.append(f"    - {answer}, as n{number % 997} does.\n")
    return "\n".join(lines)


def prepared(text: str, folder: Path) -> pipeline.Run:
    """Plan all pages of a source in a folder."""
    path = folder / "questions.md"
    path.write_text(text, encoding="utf-8")
    return pipeline.prepare(path, folder / "docs")


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """Return the lowest processor time of a task in some runs, because the machine may be busy."""

    def once() -> float:
        start = process_time()
        work()
        return process_time() - start

    return min(once() for _ in range(times))


def test_four_times_the_questions_take_four_times_the_time(tmp_path: Path) -> None:
    """4,000 questions take less than six times as long as 1,000."""
    small, large = source(1000), source(4000)

    assert prepared(small, tmp_path).counts == (20, 1000)
    assert seconds(lambda: prepared(large, tmp_path)) < 6 * seconds(
        lambda: prepared(small, tmp_path)
    )


def test_memory_grows_with_the_questions(tmp_path: Path) -> None:
    """Each additional question takes less than 30 kB."""

    def peak(questions: int) -> int:
        tracemalloc.start()
        try:
            prepared(synthetic.source(questions), tmp_path)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(20)  # fills the caches
    assert peak(800) - peak(200) < 600 * 30_000


def test_a_source_that_is_replaced_is_compared_in_linear_time(tmp_path: Path) -> None:
    """If every question is replaced, each is compared with a few old ones, not with all."""

    def compared(questions: int) -> float:
        folder = tmp_path / str(questions)
        folder.mkdir()
        writer.apply(prepared(synthetic.source(questions), folder).record)
        replaced = synthetic.source(questions + 1)
        report = prepared(replaced, folder).report
        assert {item.code for item in report.items} <= {"E306", "E309"}
        assert report.errors > questions / 2
        return seconds(lambda: prepared(replaced, folder), times=2)

    assert compared(1000) < 6 * compared(250)


def test_an_import_takes_linear_time() -> None:
    """Four times the headings, links and files take less than six times as long to import.

    With fewer, the reader remembers all texts of the small one, which makes it faster.
    """

    def read(questions: int) -> float:
        lines = (
            f"## What is number {number}?\n\nNot [{number + 1}](#what-is-number-{number + 1}).\n"
            for number in range(questions)
        )
        files = [Text("one.md", "# Numbers\n\n" + "\n".join(lines))]
        files += [Text(f"{number}.md", f"# Why {number}?\n\nSo.\n") for number in range(questions)]
        found = []
        taken = seconds(lambda: found.append(imported(files, "numbers")))
        assert found[0]
        assert len([*found[0].document.questions()]) >= questions
        return taken

    assert read(4000) < 6 * read(1000)


@pytest.mark.parametrize("piece", synthetic.HOSTILE.values(), ids=synthetic.HOSTILE)
@pytest.mark.parametrize("width", [100_000, 20], ids=["one line", "many lines"])
def test_long_answers_are_read_in_linear_time(piece: str, width: int) -> None:
    """50,000 characters of any content take seconds, not minutes."""
    text = synthetic.long_answer(piece, 50_000, width)

    assert seconds(lambda: pages(text)) < 5


@pytest.mark.parametrize("line", synthetic.DEFINITIONS)
def test_many_lines_that_start_like_a_definition_are_read_in_linear_time(line: str) -> None:
    """The search for the end of a label does not scan the rest of the answer on each line."""
    text = synthetic.one_answer(["Because", *[f"  {line}"] * 10_000])

    assert seconds(lambda: pages(text)) < 5


def test_a_line_of_a_million_characters() -> None:
    """A long line takes only seconds, and one twice as long takes less than three times as long."""

    def read(words: int) -> float:
        text = synthetic.one_answer(["word and " * words])
        return seconds(lambda: pages(text), times=2)

    half, whole = read(55_000), read(110_000)

    assert whole < 5
    assert whole < 3 * half
