"""Index pages: their counts, and the entries under each heading."""

from __future__ import annotations

import re
from itertools import zip_longest
from pathlib import Path

import pytest
from qna import writer
from support.harness import html, pages

from macros import Macros

ONE = "# T\n\n### **1. Topic**\n*   **What is dropout?**\n    - Some text.\n"
TERM = '[[term]]\nname = "Dropout"\nmeaning = "A remedy."\nexplained_by = ["dropout"]\n'


def test_one_of_each_is_singular() -> None:
    """With only one question, no page, description or listing uses the plural."""
    made = pages(ONE, glossary_toml=TERM)

    for name, text in made.items():
        assert not re.search(r"\b(?:All )?1 (?:questions|topics|terms)\b|\bAll 1\b", text), name
    assert 'description: "1 topic of T."' in made["topics/index.md"]
    assert 'description: "1 question, sorted by' in made["q/index.md"]
    assert "> 1 question with its answer. Everything" in made["llms.txt"]


def source(number: int) -> str:
    """Return a source with the given number of questions."""
    questions = (f"*   **Question {n}?** {{#q{n}}}\n    - Text.\n" for n in range(number))
    return "# T\n\n### **1. Topic**\n" + "".join(questions)


def test_thousands_have_a_separator() -> None:
    """Counts have a comma as thousands separator."""
    made = pages(source(1000))

    assert 'description: "All 1,000 questions, sorted by' in made["q/index.md"]
    assert "> 1,000 questions with answers." in made["llms.txt"]


@pytest.mark.parametrize("number", [1, 2, 1000])
def test_listing_is_recognized_as_generated(number: int, tmp_path: Path) -> None:
    """Whatever number llms.txt contains, the next run may overwrite the file."""
    (tmp_path / "llms.txt").write_text(pages(source(number))["llms.txt"], encoding="utf-8")

    assert writer.plan({"llms.txt": "# T\n"}, tmp_path).conflicts == ()


def test_macro_counts_one(tmp_path: Path) -> None:
    """Hand-written pages get their counts from a macro, which uses the singular for one."""
    path = tmp_path / "questions.json"
    path.write_text(pages(ONE)["questions.json"], encoding="utf-8")
    macros = Macros(path, lambda: "index.md")

    assert (macros.counted(), macros.counted("topics")) == ("1 question", "1 topic")
    assert macros.counted("topic") == "1 question"


INITIALS = {
    "Symbols": ["∇ operator", "€", "∇", "(Sub)gradient", "🚀"],
    "0-9": ["3D convolution", "8-bit Adam", "²-norm", "٣"],
    "C": ["C", "C++", "C#"],
    "E": ["Epoch"],
    "F": ["F1", "ﬁne-tuning"],
    "I": ["ID", "İd", "ı"],
    "K": ["K-means", "\u212a"],
    "S": ["SMOTE", "ß"],
    "É": ["Éclair", "E\u0301tude"],
    "Ω": ["ω", "Ω", "\u2126"],
    "Й": ["йод"],
    "ע": ["עומק"],
    "अ": ["अनुकूलन"],
    "ქ": ["ქსელი"],
    "学": ["学习"],
}
"""Headings of the glossary in order, each with the terms that belong below it."""


def test_every_term_is_below_its_initial() -> None:
    """Terms are sorted by first letter in any script or form; symbols come first, then digits."""
    terms = [name for group in zip_longest(*INITIALS.values()) for name in group if name]
    listed = "".join(TERM.replace("Dropout", name) for name in terms)
    page = html(pages(ONE, glossary_toml=listed)["glossary/index.md"])
    sections = re.split(r"<h2 [^>]*\bid=\"letter-([^\"]+)\"[^>]*>", page)
    found = {
        re.sub(r"<.*", "", section, flags=re.DOTALL): re.findall(r"<dt[^>]*>([^<]+)</dt>", section)
        for section in sections[2::2]
    }

    assert {name: sorted(group) for name, group in INITIALS.items()} == {
        name: sorted(group) for name, group in found.items()
    }
    assert list(found) == list(INITIALS)
    names = re.findall(r" id=\"([^\"]*)\"", page)
    assert len(names) == len(set(names)) == 1 + len(INITIALS) + len(terms)


def test_every_question_is_below_its_initial() -> None:
    """Ids in any script are listed, and every heading has its own id."""
    names = ["3d-nets", "3-ways", "ideas", "ı-ising", "zoo", "é-nets", "学习", "сеть"]
    questions = (f"*   **Question {name}?** {{#{name}}}\n    - Text.\n" for name in names)
    page = pages("# T\n\n### **1. Topic**\n" + "".join(questions))["q/index.md"]

    assert re.findall(r"^## (\S+) \{ #(\S+) \}$", page, re.MULTILINE) == [
        *(("0-9", "letter-0-9"), ("I", "letter-i"), ("Z", "letter-z"), ("É", "letter-é")),
        *(("С", "letter-с"), ("学", "letter-学")),
    ]
    assert sorted(re.findall(r"\((\S+)\.md\)", page)) == sorted(names)


def test_questions_are_listed_with_their_accents() -> None:
    """An id has no accents, but the list of all questions writes its words as the question does."""
    source = "# T\n\n### **1. Topic**\n*   **Was ist Überanpassung in Łódź?**\n    - Text.\n"
    page = pages(source)["q/index.md"]

    assert "- [Überanpassung łódź](uberanpassung-lodz.md) Was ist" in page
    assert "## U { #letter-u }" in page
