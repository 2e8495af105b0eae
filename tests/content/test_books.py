"""The project's own books: they have everything, and their checkers have nothing to say."""

from __future__ import annotations

from pathlib import Path

import pytest
from qna import downloads, pipeline
from qna.markdown import plain_text
from qna.site import Site
from support.books import Pdf
from support.epubcheck import complaints
from support.harness import ROOT
from support.sites import Built


@pytest.fixture(scope="module")
def source() -> Site:
    """The project's own site."""
    found = pipeline.read_site(ROOT / pipeline.SOURCE, ROOT / "docs")
    assert found is not None
    return found


@pytest.fixture
def book(source: Site, mkdocs_site: Built, ending: str) -> bytes:
    """The book of the whole site, in a format."""
    path = mkdocs_site.folder / downloads.FOLDER / f"{downloads.site_slug(source)}.{ending}"
    return path.read_bytes()


@pytest.mark.parametrize("ending", ["pdf"])
def test_pdf(source: Site, book: bytes) -> None:
    """Every topic and question has a bookmark; Typst has accepted the PDF as PDF/UA-1."""
    bookmarks = [
        title.replace("\n", " ").partition("\u2002")[2] for _, title in Pdf(book).bookmarks()
    ]
    questions = [plain_text.inline(item.text) for item in source.document.questions()]

    assert [title for title in bookmarks if title in questions] == questions
    assert len(bookmarks) >= len(questions) + len(source.document.topics)


@pytest.mark.parametrize("ending", ["epub"])
def test_epub(book: bytes, tmp_path: Path) -> None:
    """EPUBCheck has nothing to say."""
    assert complaints(book, tmp_path) == []
