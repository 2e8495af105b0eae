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

pytestmark = pytest.mark.skipif(
    not (ROOT / "docs" / pipeline.DOWNLOADS).is_file(), reason="a site without this page has none"
)


@pytest.fixture(scope="module")
def source() -> Site:
    """The project's own site."""
    found = pipeline.read_site(ROOT / pipeline.SOURCE, ROOT / "docs")
    assert found is not None
    return found


def book(source: Site, site: Built, ending: str) -> bytes:
    """Return the book of the whole site, in a format."""
    path = site.folder / downloads.FOLDER / f"{downloads.site_slug(source)}.{ending}"
    return path.read_bytes()


def test_pdf(source: Site, mkdocs_site: Built) -> None:
    """Every topic and question has a bookmark; Typst has accepted the PDF as PDF/UA-1."""
    bookmarks = [
        title.replace("\n", " ").partition("\u2002")[2]
        for _, title in Pdf(book(source, mkdocs_site, "pdf")).bookmarks()
    ]
    questions = [plain_text.inline(item.text) for item in source.document.questions()]

    assert [title for title in bookmarks if title in questions] == questions
    assert len(bookmarks) >= len(questions) + len(source.document.topics)


def test_epub(source: Site, mkdocs_site: Built, tmp_path: Path) -> None:
    """EPUBCheck has nothing to say."""
    assert complaints(book(source, mkdocs_site, "epub"), tmp_path) == []
