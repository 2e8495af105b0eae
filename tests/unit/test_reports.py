"""The report of a mistake that a question page prepares, in the address of a form."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from support.harness import run

LIMIT = 1_500
"""Most characters of a report in an address."""


def report(folder: Path, answer: str) -> str:
    """Return the text of the report on a question with this answer, as it is in the address."""
    source = folder / "docs/_source/questions.md"
    source.parent.mkdir(parents=True)
    lines = answer.replace("\n", "\n      ")
    source.write_text(f"# T\n\n### **1. T**\n*   **Rye?** {{#rye}}\n    - {lines}\n", "utf-8")
    code, *said = run(f"--source={source}", f"--out={folder}/docs")
    page = (folder / "docs/q/rye.md").read_text(encoding="utf-8")
    found = re.search(r'"body": "([^"]*)"', page)
    assert code == 0, said
    assert found
    return found[1]


def test_a_short_answer_is_whole(tmp_path: Path) -> None:
    """The report quotes the answer and asks what is wrong."""
    text = unquote(report(tmp_path, "A grain.\n\nAnd a grass."))

    assert "> A grain.\n>\n> And a grass.\n\nWhat is wrong" in text


@pytest.mark.parametrize("answer", ["much rye " * 900, "ж" * 900, "面包 " * 300, "line\n\n" * 300])
def test_a_long_answer_is_cut(tmp_path: Path, answer: str) -> None:
    """Forges refuse long addresses: of a long answer, the report quotes the start."""
    found = report(tmp_path, answer.strip())
    text = unquote(found, errors="strict")

    assert LIMIT - 60 < len(found) <= LIMIT
    assert f"> {answer[:4].strip()}" in text
    assert "…\n\nWhat is wrong" in text
