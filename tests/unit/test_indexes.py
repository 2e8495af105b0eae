"""Pages that list: what they count, and what they list under which heading."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from harness import pages
from qna import writer

from macros import Macros

ONE = "# T\n\n### **1. Topic**\n*   **What is dropout?**\n    - Some text.\n"
TERM = '[[term]]\nname = "Dropout"\nmeaning = "A remedy."\nexplained_by = ["dropout"]\n'


def test_one_of_each_is_singular() -> None:
    """No page, description or listing of a site of one question speaks of several."""
    made = pages(ONE, glossary_toml=TERM)

    for name, text in made.items():
        assert not re.search(r"\b(?:All )?1 (?:questions|topics|terms)\b|\bAll 1\b", text), name
    assert 'description: "1 topic of T."' in made["topics/index.md"]
    assert 'description: "1 question, sorted by' in made["q/index.md"]
    assert "> 1 question with its answer. Everything" in made["llms.txt"]


def source(number: int) -> str:
    """Return a source of so many questions."""
    questions = (f"*   **Question {n}?** {{#q{n}}}\n    - Text.\n" for n in range(number))
    return "# T\n\n### **1. Topic**\n" + "".join(questions)


def test_many_have_a_separator() -> None:
    """Counts have a comma between thousands."""
    made = pages(source(1000))

    assert 'description: "All 1,000 questions, sorted by' in made["q/index.md"]
    assert "> 1,000 questions with answers." in made["llms.txt"]


@pytest.mark.parametrize("number", [1, 2, 1000])
def test_listing_is_known_as_generated(number: int, tmp_path: Path) -> None:
    """However many it counts, the next run may overwrite it."""
    (tmp_path / "llms.txt").write_text(pages(source(number))["llms.txt"], encoding="utf-8")

    assert writer.plan({"llms.txt": "# T\n"}, tmp_path).conflicts == ()


def test_macro_counts_one(tmp_path: Path) -> None:
    """A page written by hand need not know how many there are."""
    path = tmp_path / "questions.json"
    path.write_text(pages(ONE)["questions.json"], encoding="utf-8")
    macros = Macros(path, lambda: "index.md")

    assert (macros.counted(), macros.counted("topics")) == ("1 question", "1 topic")
    assert macros.counted("topic") == "1 question"
