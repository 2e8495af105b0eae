"""No source takes long to read; tests/bench_scale.py checks the same at full size."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from qna import pipeline
from support import synthetic
from support.harness import pages


@pytest.mark.parametrize("piece", synthetic.HOSTILE.values(), ids=synthetic.HOSTILE)
@pytest.mark.parametrize("width", [5_000, 20], ids=["one line", "many lines"])
def test_long_answers_are_read_quickly(piece: str, width: int) -> None:
    """5,000 characters of any content take less than a second."""
    text = synthetic.long_answer(piece, 5_000, width)
    start = process_time()

    pages(text)

    assert process_time() - start < 1


@pytest.mark.parametrize("line", synthetic.DEFINITIONS)
def test_many_lines_that_start_like_a_definition_are_read_quickly(line: str) -> None:
    """The search for the end of a label does not scan the rest of the answer on each line."""
    text = synthetic.one_answer(["Because", *[f"  {line}"] * 1_000])
    start = process_time()

    pages(text)

    assert process_time() - start < 1


def test_a_line_of_ten_million_characters(tmp_path: Path) -> None:
    """A line too long to be written by a person is refused before it takes any time."""
    path = tmp_path / "questions.md"
    path.write_text(synthetic.one_answer(["word and " * 1_111_112]), encoding="utf-8")
    start = process_time()

    run = pipeline.prepare(path, tmp_path / "docs")

    assert process_time() - start < 2
    assert [(item.code, item.message) for item in run.report.items] == [
        ("E012", "line is longer than 2,000,000 characters")
    ]
