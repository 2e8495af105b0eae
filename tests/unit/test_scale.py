"""Time grows with the source and no faster: see the figures in a run of `tests/bench.py`."""

from __future__ import annotations

import tracemalloc
from itertools import cycle, islice
from pathlib import Path
from time import process_time

import pytest
import synthetic
from harness import pages
from qna import project, writer

WORDS = [
    start + end
    for start in ("grad", "conv", "pool", "norm", "embed", "trans", "optim", "batch", "kern")
    for end in ("ient", "olution", "ing", "ization", "ding", "former", "izer", "wise", "el")
]


def source(questions: int) -> str:
    """Return a source of many questions, fifty to a topic, that share words as real ones do."""
    words = cycle(WORDS)
    lines = ["# Title"]
    for number in range(questions):
        if number % 50 == 0:
            lines.append(f"### **{number // 50 + 1}. Topic {number // 50 + 1}**")
        answer = " ".join(islice(words, 12))
        lines.append(f"*   **What is {next(words)} in case {number} of n{number % 997}?**")
        lines.append(f"    - {answer}, as n{number % 997} does.\n")
    return "\n".join(lines)


def prepared(text: str, folder: Path) -> project.Run:
    """Plan all pages of a source that stands in a folder."""
    path = folder / "questions.md"
    path.write_text(text, encoding="utf-8")
    return project.prepare(path, folder / "docs")


def seconds(text: str, folder: Path) -> float:
    """Return the processor time of planning all pages of a source."""
    start = process_time()
    prepared(text, folder)
    return process_time() - start


def test_four_times_the_questions_take_four_times_the_time(tmp_path: Path) -> None:
    """4,000 questions take less than six times as long as 1,000."""
    assert prepared(source(1000), tmp_path).counts == (20, 1000)
    assert seconds(source(4000), tmp_path) < 6 * seconds(source(1000), tmp_path)


def test_memory_grows_with_the_questions(tmp_path: Path) -> None:
    """A question more takes less than 30 kB more."""

    def peak(questions: int) -> int:
        tracemalloc.start()
        try:
            prepared(synthetic.source(questions), tmp_path)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(20)  # loads what is loaded once
    assert peak(800) - peak(200) < 600 * 30_000


def test_a_source_that_is_replaced_is_compared_in_linear_time(tmp_path: Path) -> None:
    """When every question is another one, each is looked for among a few, not among all."""

    def compared(questions: int) -> float:
        folder = tmp_path / str(questions)
        folder.mkdir()
        writer.apply(prepared(synthetic.source(questions), folder).record)
        spent = []
        for _ in range(2):  # the machine may be busy with something else
            start = process_time()
            run = prepared(synthetic.source(questions + 1), folder)
            spent.append(process_time() - start)
        assert {item.code for item in run.report.items} <= {"E306", "E309"}
        assert run.report.errors > questions / 2
        return min(spent)

    assert compared(1000) < 6 * compared(250)


HOSTILE = {
    "words": "word and ",
    "links that are not closed": "[a](",
    "brackets": "[",
    "emphasis that is not closed": " *a _b",
    "backticks of all lengths": "".join("`" * number + "a" for number in range(1, 200)),
    "quotes": ">",
    "list markers": "- ",
    "cells": "|a",
    "angle brackets": "<a",
    "entities": "&#1",
    "footnotes": "[^",
    "attributes": "{: ",
    "comments": "<!--",
    "tags": "<a b ",
    "references": "[a][b]",
    "addresses": "[a](b c)",
    "an address behind blanks": "[a](" + " " * 49_990 + "b",
    "code within brackets": "[`a ``b ",
    "an escaped bracket": "[\\]",
    "backticks behind escaped ones": "[a\\``b",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("width", [100_000, 20], ids=["one line", "many lines"])
def test_long_answers_are_read_in_linear_time(piece: str, width: int) -> None:
    """50,000 characters of anything take a moment, not minutes."""
    text = (piece * (50_000 // len(piece) + 1))[:50_000]
    lines = [text[start : start + width] for start in range(0, len(text), width)]
    answer = "\n".join(f"      x{line}" for line in lines)
    start = process_time()

    pages(f"# T\n\n### **1. Topic**\n*   **Why?**\n    - Because\n{answer}\n")

    assert process_time() - start < 5


@pytest.mark.parametrize("start", ["*[a", "[^a", "[a", "[^a]: x"])
def test_many_lines_that_start_like_a_definition_are_read_in_linear_time(start: str) -> None:
    """How far a label goes is not looked for again and again up to the end."""
    answer = f"      {start}\n" * 10_000
    begun = process_time()

    pages(f"# T\n\n### **1. Topic**\n*   **Why?**\n    - Because\n{answer}")

    assert process_time() - begun < 5


def test_a_line_of_a_million_characters() -> None:
    """One long line takes a moment, too, and twice as long a line no more than twice the time."""
    half, whole = (time_of("word and " * number) for number in (55_000, 110_000))

    assert whole < 5
    assert whole < 3 * half


def test_a_line_of_ten_million_characters(tmp_path: Path) -> None:
    """What nobody can have written is refused before it costs anything."""
    text = source(1) + "word and " * 1_111_112
    start = process_time()
    run = prepared(text, tmp_path)

    assert process_time() - start < 2
    assert [(item.code, item.message) for item in run.report.items] == [
        ("E012", "line is longer than 2,000,000 characters")
    ]


def time_of(line: str) -> float:
    """Return the processor time of splitting a source with an answer of one line."""
    start = process_time()
    pages(f"# T\n\n### **1. Topic**\n*   **Why?**\n    - {line}\n")
    return process_time() - start
