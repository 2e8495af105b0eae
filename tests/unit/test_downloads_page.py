"""The page of downloads: its macros show what was made, and only that."""

from __future__ import annotations

from pathlib import Path

import pytest
from qna.downloads import record
from qna.downloads.record import Made
from qna.words import words
from support.editions import Editions

from macros import Macros

SOURCE = """# Bread

### **1. Flour *etc.***
*   **What is gluten?**
    - A protein.

### **2. Water**
*   **How much?**
    - Enough.
"""
FILES = (
    Made("bread.apkg", "apkg", "", 1_234_001, "2026-03-02", "a", "b"),
    Made("bread.apkg.png", "apkg.png", "", 1000, "2026-03-02", "a", "b"),
    Made("bread.csv", "csv", "", 1000, "", "a", "b"),
    Made("bread-flour-etc.apkg", "apkg", "flour-etc", 999, "2026-03-02", "a", "b"),
    Made("bread-gone.apkg", "apkg", "gone", 1, "2026-03-02", "a", "b"),
    Made("bread.tsv", "tsv", "", 1, "", "a", "b"),
)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A docs folder with some files, of which `bread.tsv` is gone."""
    editions = Editions(tmp_path / "docs")
    editions.write("questions.md", SOURCE)
    editions.record("2026-03-02")
    folder = editions.docs / "downloads"
    folder.mkdir()
    (folder / record.FILE_NAME).write_text(record.dump(FILES), encoding="utf-8")
    for made in FILES[:-1]:
        (folder / made.name).touch()
    return editions.docs


def test_files(docs: Path) -> None:
    """Each file is shown with its name, size, date and picture, where it has them."""
    macros = Macros(docs, lambda: "downloads.md", ())

    assert macros.download("apkg") == (
        "[bread.apkg](downloads/bread.apkg) *1,235 kB, 2 March 2026*\n\n"
        "![Picture of bread.apkg](downloads/bread.apkg.png)\n{ .picture }\n"
    )
    assert macros.download("csv") == "[bread.csv](downloads/bread.csv) *1 kB*"
    for ending in ("tsv", "pdf"):
        assert macros.download(ending) == "Not made yet: `make build` makes it."


def test_topics(docs: Path) -> None:
    """Each topic has an anchor, which its page leads to, and its files."""
    macros = Macros(docs, lambda: "deep/page.md", (), words("de"))

    assert macros.downloads_by_topic() == (
        "- [Flour etc.: Anki-Stapel](../downloads/bread-flour-etc.apkg) *1 kB*\n"
        "{ #files-flour-etc }\n"
        "- Water\n{ #files-water }"
    )
