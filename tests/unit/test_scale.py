"""Time grows with the source and no faster: see the figures in a run of `tests/bench.py`."""

from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path
from time import process_time

import pytest
from harness import pages
from qna import project

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


def seconds(questions: int, folder: Path) -> float:
    """Return the processor time of planning all pages of a source."""
    path = folder / f"{questions}.md"
    path.write_text(source(questions), encoding="utf-8")
    start = process_time()
    run = project.prepare(path, folder / "docs")
    spent = process_time() - start
    assert run.counts[1] == questions
    return spent


def test_twice_the_questions_take_twice_the_time(tmp_path: Path) -> None:
    """5,000 questions take less than three times as long as 2,500."""
    assert seconds(5000, tmp_path) < 3 * seconds(2500, tmp_path)


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


def test_a_line_of_a_million_characters() -> None:
    """One long line takes a moment, too, and twice as long a line no more than twice the time."""
    half, whole = (time_of("word and " * number) for number in (55_000, 110_000))

    assert whole < 5
    assert whole < 3 * half


def time_of(line: str) -> float:
    """Return the processor time of splitting a source with an answer of one line."""
    start = process_time()
    pages(f"# T\n\n### **1. Topic**\n*   **Why?**\n    - {line}\n")
    return process_time() - start
