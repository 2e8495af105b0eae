"""Tables of questions: every text comes back as it was, and no cell is a formula."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from qna.downloads import tables
from qna.site import Site
from support.editions import Editions
from support.harness import ROOT

PAGE = ROOT / "docs/downloads.md"

SOURCE = """# Bread

### **1. Flour, *water***
*   **What is "dough", or `a=b`?** {#dough}
    - Flour, water;\ttime.

      - one
      - two \\\\ $x^2$

*   **=HYPERLINK("http://example.org")?** {#formula}
    - +1+1 is not a formula.

*   **'Tis what?** {#quoted}
    - @SUM(A1) is not one, either.

### **2. Eigenes**
*   **什么是过拟合？**
    - [Personal answer required - tell it.]
"""
ADDRESS = "https://example.org/bread/"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site of a source that was recorded once."""
    made = Editions(tmp_path / "docs")
    made.write("questions.md", SOURCE)
    return made.record("2026-03-02")


def unescaped(cell: str) -> str:
    """Read a cell of the TSV file as the page of downloads says."""
    signs = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    return re.sub(r"\\(.)", lambda match: signs[match[1]], cell)


def unmarked(cell: str) -> str:
    """Take away the apostrophe that keeps a text from being a formula."""
    return re.sub("^'(?='*[=+@\\-\t\r\n＝＋－＠])", "", cell)


def read(site: Site, kind: str) -> list[dict[str, str]]:
    """Read a table as another program would."""
    if kind == "jsonl":
        lines = tables.json_lines(site, ADDRESS).decode().splitlines()
        return [{key: str(value) for key, value in json.loads(line).items()} for line in lines]
    if kind == "csv":
        text = tables.csv(site, ADDRESS).decode("utf-8-sig")
        rows = [list(map(unmarked, row)) for row in csv.reader(io.StringIO(text, newline=""))]
    else:
        lines = tables.tsv(site, ADDRESS).decode().removesuffix("\n").split("\n")
        rows = [[unmarked(unescaped(cell)) for cell in line.split("\t")] for line in lines]
    names, *others = rows
    return [dict(zip(names, row, strict=True)) for row in others]


@pytest.mark.parametrize("kind", ["csv", "tsv", "jsonl"])
def test_fields(site: Site, kind: str) -> None:
    """Each table has all questions in order, with the same fields, exactly as they are."""
    dough, formula, quoted, story = read(site, kind)

    assert dough == {
        "id": "dough",
        "topic": "flour-water",
        "topic_title": "Flour, water",
        "question": 'What is "dough", or a=b?',
        "answer": "Flour, water; time. • one • two \\ x^2",
        "mark": "",
        "kind": "answer",
        "url": f"{ADDRESS}q/dough/",
        "added": "2026-03-02",
        "changed": "",
        "revision": "1",
        "question_markdown": 'What is "dough", or `a=b`?',
        "answer_markdown": site.questions["dough"].answer,
    }
    assert "\n" in dough["answer_markdown"]
    assert formula["question"] == '=HYPERLINK("http://example.org")?'
    assert formula["answer"] == "+1+1 is not a formula."
    assert quoted["question"] == "'Tis what?"
    assert (story["kind"], story["answer"]) == ("story", "Personal answer required - tell it.")
    assert story["url"].startswith(f"{ADDRESS}q/%E")


def test_no_formulas(site: Site) -> None:
    """No cell starts with a sign that a spreadsheet takes for a formula."""
    text = tables.csv(site, ADDRESS).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    cells += re.split("[\t\n]", tables.tsv(site, ADDRESS).decode())

    assert [cell for cell in cells if re.match(r"\s*[=+\-@＝＋－＠]", cell)] == []
    assert '\'=HYPERLINK("http://example.org")?' in cells
    assert "'Tis what?" in cells


@given(st.text(alphabet="'=+-@\t\r\n\\nt ＝a"))
def test_every_text_comes_back(text: str) -> None:
    """Whatever a text starts with, reading a cell gives it back."""
    assert unmarked(tables._harmless(text)) == text
    assert unmarked(unescaped(tables._escaped(text))) == text
    assert not re.search("[\t\r\n]", tables._escaped(text))


def test_without_an_address(site: Site) -> None:
    """If the site has no address, those of questions are relative to the home page."""
    first, *_ = tables.rows(site, "")

    assert first["url"] == "q/dough/"


@pytest.mark.skipif(not PAGE.is_file(), reason="a site without this page has no tables")
def test_fields_are_explained() -> None:
    """The page of downloads explains each field, in order."""
    page = PAGE.read_text(encoding="utf-8")
    table = page.partition("| Field |")[2].partition("\n\n")[0]
    names = (row.split("|")[1] for row in table.splitlines()[2:])

    assert tuple(re.findall("`(.*?)`", " ".join(names))) == tables.FIELDS
