"""The EPUB: EPUBCheck has nothing to say, and what it has can be read back."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZIP_STORED, ZipFile

from qna.downloads import epub
from support.books import ADDRESS, bread_site, everything_site
from support.epubcheck import complaints

HTML = "{http://www.w3.org/1999/xhtml}"
MATH = "{http://www.w3.org/1998/Math/MathML}"
SVG = "{http://www.w3.org/2000/svg}"


def _files(data: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def _page(data: bytes, name: str) -> Element:
    return fromstring(_files(data)[f"EPUB/{name}.xhtml"])  # noqa: S314


def _text(page: Element) -> str:
    return " ".join("".join(page.itertext()).split())


def test_epubcheck(tmp_path: Path) -> None:
    """EPUBCheck has nothing to say, whatever a source has in it."""
    assert complaints(epub.book(everything_site(tmp_path), ADDRESS), tmp_path) == []


def test_one_topic(tmp_path: Path) -> None:
    """A topic's book has its questions alone, and links to the others on the site."""
    site = bread_site(tmp_path)
    flour, _ = site.document.topics
    data = epub.book(site, ADDRESS, flour)
    links = {link.get("href") for link in _page(data, "chapter-1").iter(f"{HTML}a")}

    assert f"{ADDRESS}q/water/" in links
    assert "EPUB/chapter-2.xhtml" not in _files(data)


def test_content(tmp_path: Path) -> None:
    """A chapter has its questions, answers and notes, with formulas, figures and sources."""
    chapter = _page(epub.book(bread_site(tmp_path), ADDRESS), "chapter-1")
    text = _text(chapter)

    for part in (
        "1 Flour",
        "What is gluten, and",
        "A protein:",
        "Partly wrong: Bran is more than a husk.",
        "Bran has fiber (Miller and Baker 2020, chapter 2; Miller and Baker 2020)",
        "Ann Miller, Bo Baker: Grain & bran. Mill Press, 2020.",
        "Related questions:",
    ):
        assert part in text
    assert [math.get("alttext") for math in chapter.iter(f"{MATH}math")] == ["x^2", "a/b", "α_1"]
    assert [svg.findtext(f"{SVG}title") for svg in chapter.iter(f"{SVG}svg")] == ["A grain"]


def test_contents(tmp_path: Path) -> None:
    """The contents have every topic and question, and each link leads to one."""
    data = epub.book(bread_site(tmp_path), ADDRESS)
    links = list(_page(data, "contents").iter(f"{HTML}a"))

    assert [link.text for link in links] == [
        *("Flour", "What is gluten, and x^2?", "What is bran?"),
        *("Water & heat", "How much water?", "How hot is an oven?"),
        "Index of terms",
    ]
    for link in links:
        name, _, anchor = link.get("href", "").partition(".xhtml#")
        if anchor:
            assert [part for part in _page(data, name).iter() if part.get("id") == anchor]


def test_index(tmp_path: Path) -> None:
    """A term leads to the question that explains it, then to those that mention it."""
    index = _page(epub.book(bread_site(tmp_path), ADDRESS), "index")

    assert _text(index) == (
        "Index of termsIndex of termsGGlutenWhat holds bread together. Gluten; Water"
    )


def test_same_bytes(tmp_path: Path) -> None:
    """The same source gives the same bytes; the type comes first, and is not compressed."""
    first = epub.book(bread_site(tmp_path / "a"), ADDRESS)
    head = ZipFile(BytesIO(first)).infolist()[0]

    assert epub.book(bread_site(tmp_path / "b"), ADDRESS) == first
    assert (head.filename, head.compress_type) == ("mimetype", ZIP_STORED)


def test_direction(tmp_path: Path) -> None:
    """A book in a language that is written from right to left is read in that direction, too."""
    site = bread_site(tmp_path)
    for language, direction in (("ar", "rtl"), ("de-AT", "ltr"), ("none", "ltr")):
        data = epub.book(replace(site, words=replace(site.words, language=language)), ADDRESS)

        assert _page(data, "title").get("dir") == direction
        assert f'page-progression-direction="{direction}"' in _files(data)["EPUB/package.opf"]
