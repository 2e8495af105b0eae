"""The project's own books: they have everything, and their checkers have nothing to say."""

from __future__ import annotations

from pathlib import Path

import pytest
from qna import pipeline
from qna.downloads import epub, pdf
from qna.markdown import plain_text
from qna.site import Site
from support.books import ADDRESS, Pdf
from support.epubcheck import complaints
from support.harness import ROOT


@pytest.fixture(scope="module")
def source() -> Site:
    """The project's own site."""
    found = pipeline.read_site(ROOT / pipeline.SOURCE, ROOT / "docs")
    assert found is not None
    return found


def test_pdf(source: Site) -> None:
    """Every topic and question has a bookmark; Typst has accepted the PDF as PDF/UA-1."""
    bookmarks = [
        title.replace("\n", " ").partition("\u2002")[2]
        for _, title in Pdf(pdf.book(source, ADDRESS)).bookmarks()
    ]
    questions = [plain_text.inline(item.text) for item in source.document.questions()]

    assert [title for title in bookmarks if title in questions] == questions
    assert len(bookmarks) >= len(questions) + len(source.document.topics)


def test_epub(source: Site, tmp_path: Path) -> None:
    """EPUBCheck has nothing to say."""
    assert complaints(epub.book(source, ADDRESS), tmp_path) == []
