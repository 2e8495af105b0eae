"""The PDF, read back as a reader's program does: text, links, bookmarks, tags, index."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from qna.downloads import LackingFontsWarning, UnreadableError, pdf, typesetting
from qna.downloads.book import Book
from qna.downloads.inputs import Texts
from qna.downloads.kept import Keep
from support.books import (
    ADDRESS,
    BESIDE,
    FORMULAS,
    SOURCE,
    Pdf,
    bread_site,
    formulas_site,
    hostile_answers,
    hostile_site,
    site_of,
)

TYPST = r"""#panic("a") #eval("1") \#set page @label <label> = *a* _b_ `c` // d /* e */ ~ #{ } "q\"#" """


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Pdf:
    """A book about bread."""
    return Pdf(pdf.book(bread_site(tmp_path_factory.mktemp("bread")), ADDRESS))


def test_text(book: Pdf) -> None:
    """Everything that a page has can be read, in order."""
    text = book.text()

    parts = (
        *("Bread & more", "4 questions, 2 topics", "Read this first.", "Contents", "Flour"),
        *("A protein:", "not a sugar", "strong 12%", "[x] knead", 'print("#panic()")'),
        *("What is bran?", "Partly wrong: Bran is more than a husk.", "A husk1"),
        *("Of a grain.", "Note", "Partly wrong. Checked against 1 source on", "“husk”"),
        *("Bran has fiber (Miller and Baker 2020, chapter 2; Miller and Baker 2020)", "Layers of"),
        *("What they ask next", "Sources", "Ann Miller, Bo Baker: Grain & bran. Mill Press, 2020."),
        *("Water & heat", "How much water?", "A jug", "Your own story", "tell how you baked"),
        *("Index of terms", "Gluten. What holds bread together."),
    )
    at = 0
    for part in parts:
        at = text.find(part, at)
        assert at >= 0, part
    assert "TLA" not in text


def test_bookmarks(book: Pdf) -> None:
    """Each topic and each question has a bookmark, and so has the index."""
    assert book.bookmarks() == [
        (0, "1\u2002Flour"),
        (1, "1.1\u2002What is gluten, and x2?"),
        (1, "1.2\u2002What is bran?"),
        (0, "2\u2002Water & heat"),
        (1, "2.1\u2002How much water?"),
        (1, "2.2\u2002How hot is an oven?"),
        (0, "Index of terms"),
    ]


def test_links(book: Pdf) -> None:
    """Links lead to other pages of the book; what is not in it is on the site or elsewhere."""
    water, index = book.page_with("How much water?"), book.page_with("Index of terms")

    assert book.addresses() == {
        ADDRESS,
        "https://example.com/sugar?a=b&c=d",
        "https://example.com/grain",
        f"{ADDRESS}q/jug.png",
    }
    assert water in book.jumps(book.page_with("A protein"))
    assert {book.page_with("A protein"), water} <= book.jumps(index)
    assert f"together. {book.label('A protein')}, {book.label('How much water?')}" in book.text()


def test_tags(book: Pdf) -> None:
    """Screen readers are told what everything is, and what formulas and figures show."""
    tags, counts = book.tags(), Counter(tag for tag, _ in book.tags())
    metadata = book.reader.root_object["/Metadata"].get_object().get_data().decode()

    assert book.reader.root_object["/Lang"] == "en"
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert counts["H1"] >= 2
    assert {"H2", "H3", "H4", "Table", "TH", "TD", "L", "LI", "Code", "Link", "TOC"} <= {*counts}
    assert {alt for tag, alt in tags if tag == "Formula"} == {"x^2", "a/b", "α_1"}
    assert ("Figure", "A grain. It has three layers") in tags


def test_page_ends(tmp_path: Path) -> None:
    """No page ends with a topic in the contents, or with a line that leads to a text."""
    made = Book(bread_site(tmp_path), "")
    flour = pdf._chapter(made, made.topics[0])
    bran = flour["entries"][1]
    note = bran["note"] | {"blocks": [["p", {}, ["Fiber. " * 9]]], "sources": []}
    entries = [
        bran | {"anchor": f"q{at}", "note": note, "answer": [["p", {}, ["Grain. " * at]]]}
        for at in range(50)
    ]
    asked = [{"anchor": "", "number": "1", "title": ["Why?"], "page": 1}]
    topic = {"anchor": "", "number": "1", "title": ["Bread"], "page": 1}
    contents = [topic | {"entries": asked * (1 + at % 3)} for at in range(80)]
    front = pdf._front(made, defaultdict(int)) | {"contents": contents}

    ends = []
    for data, last in ((front, -2), (flour | {"entries": entries}, -1)):
        part = typesetting.drawn(pdf._common(made) | data)
        pages = Pdf(typesetting.pdf(part, pdf._UNDATED)).reader.pages
        lines = [page.extract_text().splitlines() for page in pages]
        ends += [found[last] for found in lines if last == -1 or found[-1].isalnum()]
    assert len(ends) > 8
    assert not [end for end in ends if re.search(r"Bread \d|Checked|says|husk\.$|Note", end)]


def test_one_topic(tmp_path: Path) -> None:
    """A topic's book has its questions alone, and links to the others on the site."""
    site = bread_site(tmp_path)
    flour, _ = site.document.topics
    book, apart = Pdf(pdf.book(site, ADDRESS, flour)), Pdf(pdf.book(site, "", flour))

    assert "How hot" not in book.text()
    assert [title for _, title in book.bookmarks()][:1] == ["Flour"]
    assert {f"{ADDRESS}q/water/", f"{ADDRESS}q/oven/"} <= book.addresses()
    assert apart.addresses() == {"https://example.com/sugar?a=b&c=d", "https://example.com/grain"}


def test_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same source gives the same bytes, wherever it is."""
    first = pdf.book(bread_site(tmp_path / "a"), ADDRESS)
    monkeypatch.chdir(tmp_path)

    assert pdf.book(bread_site(tmp_path / "b"), ADDRESS) == first


@pytest.mark.filterwarnings("ignore::qna.downloads.LackingFontsWarning")
def test_content_is_never_code(tmp_path: Path) -> None:
    """Hostile text is shown, and does nothing; no link leads to a script."""
    book = Pdf(pdf.book(hostile_site(tmp_path, TYPST), ADDRESS))

    for part in ('#panic("a")', "#set page", "@label <label>", "// d /* e */", "#{ }"):
        assert part in book.text()
    assert len(book.bookmarks()) == len(list(hostile_answers())) + 2
    schemes = {url.partition(":")[0].lower() for url in book.addresses()}
    assert schemes <= {"http", "https", "mailto"}


@pytest.mark.filterwarnings("ignore::qna.downloads.LackingFontsWarning")
def test_formulas(tmp_path: Path) -> None:
    """Each kind of formula is set, and says in words what it is; none is code."""
    book = Pdf(pdf.book(formulas_site(tmp_path), ""))

    assert len([alt for tag, alt in book.tags() if tag == "Formula" and alt]) == 2 * len(FORMULAS)
    assert "#panic(”x”)" in book.text()


def test_missing_letters(tmp_path: Path) -> None:
    """Letters that no font has are boxes, and the warning has them; decoration is dropped."""
    site = site_of(
        tmp_path, "# Bread\n\n### **1. Flour**\n*   **Is 麦 wheat?**\n    - Yes 😀, ﬁne.\n"
    )

    with pytest.warns(LackingFontsWarning, match="^麦$"):
        text = Pdf(pdf.book(site, "")).text()

    assert "Is □ wheat?" in text
    assert "Yes , fine." in text


def test_unreadable(tmp_path: Path) -> None:
    """There is no book that would be full of boxes."""
    site = site_of(
        tmp_path, "# 面包\n\n### **1. 面粉**\n*   **什么是面筋？**\n    - 一种蛋白质。\n"
    )

    with pytest.raises(
        UnreadableError, match=r"^no installed font has U\+3002 U\+4E00 .*; install the npm"
    ):
        pdf.book(site, "")


def test_other_scripts(tmp_path: Path) -> None:
    """Greek, Cyrillic and accents are in the site's own font."""
    text = "Ζυμάρι, тесто, bánh mì, Weißbrot, ő and ş"
    book = Pdf(
        pdf.book(site_of(tmp_path, f"# Bread\n\n### **1. F**\n*   **Q?**\n    - {text}\n"), "")
    )

    assert text in book.text()


def test_picture(tmp_path: Path) -> None:
    """There is a picture of a page for the list of files."""
    site = bread_site(tmp_path)

    assert pdf.picture(site).startswith(b"\x89PNG")
    assert pdf.picture(site, paper=typesetting.E_READER) != pdf.picture(site)


def test_fault_of_the_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If Typst refuses a book, the message says so, and no traceback."""
    template = tmp_path / "book.typ"
    template.write_text("= Skipped\n=== Level", encoding="utf-8")
    monkeypatch.setattr(typesetting, "TEMPLATE", template)

    with pytest.raises(UnreadableError, match=r"^Typst cannot set it: PDF/UA-1 error"):
        pdf.book(bread_site(tmp_path / "a"), ADDRESS)


def test_links_in_a_long_table(tmp_path: Path) -> None:
    """A table may go over to the next page, though its header, which is repeated, has a link."""
    rows = "".join(f"      | row {number} | bread |\n" for number in range(60))
    table = f"      | [Kind](https://example.com/kind) | Of |\n      | --- | --- |\n{rows}"
    source = f"# Bread\n\n### **1. F**\n*   **Which?**\n    - These:\n\n{table}"

    text = Pdf(pdf.book(site_of(tmp_path, source), "")).text()

    assert text.count("Kind") == 2
    assert "row 59" in text


def test_an_edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an edit, its chapter alone is typeset, even if it has more pages than before.

    The book is the same as one made at once.
    """
    site = bread_site(tmp_path)
    results: dict[str, str] = {}
    first = pdf.book(site, ADDRESS, keep=Keep(Texts(site, ADDRESS), "", results))
    made: list[str] = []
    typeset = typesetting.pdf
    monkeypatch.setattr(
        typesetting, "pdf", lambda part, day: made.append(part.data["part"]) or typeset(part, day)
    )
    text = (tmp_path / "docs/_source/questions.md").read_text(encoding="utf-8")
    other = bread_site(tmp_path / "other")

    again = pdf.book(other, ADDRESS, keep=Keep(Texts(other, ADDRESS), "", dict(results)))
    assert not made
    assert again == pdf.book(other, ADDRESS)
    for old, new in (("A husk", "The husk"), ("A husk[^1]", "A husk[^1]" + 400 * " of grain")):
        edited = site_of(tmp_path / new[-9:], text.replace(old, new), **BESIDE)
        made.clear()
        again = pdf.book(edited, ADDRESS, keep=Keep(Texts(edited, ADDRESS), "", dict(results)))
        pages = len(Pdf(again).reader.pages) - len(Pdf(first).reader.pages)
        assert made.count("chapter") == 1
        assert (pages > 0) == (len(made) > 1) == (len(new) > 99)
        assert again == pdf.book(edited, ADDRESS)


def test_a_move(tmp_path: Path) -> None:
    """A question that has another number has it in the chapters that lead to it, too."""
    before, results = bread_site(tmp_path), dict[str, str]()
    pdf.book(before, ADDRESS, keep=Keep(Texts(before, ADDRESS), "", results))
    _, *questions = SOURCE.rpartition("### ")[2].split("*   ")
    moved = SOURCE.replace("*   ".join(questions), "\n\n*   ".join(reversed(questions)))
    after = site_of(tmp_path / "moved", moved, **BESIDE)
    book = pdf.book(after, ADDRESS, keep=Keep(Texts(after, ADDRESS), "", results))

    assert "Water (2.2)" in Pdf(book).text()
    assert book == pdf.book(after, ADDRESS)


def test_parts_are_joined(book: Pdf) -> None:
    """The structure knows each page and each link by one number, and no id is there twice."""
    root = book.reader.root_object["/StructTreeRoot"]
    numbers = root["/ParentTree"]["/Nums"][::2]
    pages = [page["/StructParents"] for page in book.reader.pages if "/StructParents" in page]
    links = [
        link.get_object()["/StructParent"]
        for page in book.reader.pages
        for link in page.get("/Annots", ())
    ]
    ids = root["/IDTree"]["/Names"][::2]

    assert sorted([*pages, *links]) == numbers == sorted({*numbers})
    assert ids == sorted({*ids})
    assert [label for label in book.reader.page_labels if label == "1"] == ["1"]
    metadata = book.reader.root_object["/Metadata"].get_object().get_data().decode()
    assert f"<xmpTPg:NPages>{len(book.reader.pages)}<" in metadata


def test_screen_readers(book: Pdf) -> None:
    """What PDF/UA-1 asks for holds in the whole, of which Typst has checked only the parts."""
    catalog = book.reader.root_object
    links = [link.get_object() for page in book.reader.pages for link in page.get("/Annots", ())]
    fonts = {
        font.get_object()["/BaseFont"]: font.get_object()
        for page in book.reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    tags = [tag for tag, _ in book.tags()]
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"H\d", tag)]
    numbers = [page["/Resources"]["/XObject"] for page in book.reader.pages[-3:]]

    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert all("/Contents" in link and "/StructParent" in link for link in links)
    assert all(page["/Tabs"] == "/S" for page in book.reader.pages if "/Annots" in page)
    assert fonts
    assert all("/ToUnicode" in font for font in fonts.values())
    assert all(level <= before + 1 for before, level in itertools.pairwise(levels))
    assert all(
        b"/Artifact" in form.get_object().get_data() for found in numbers for form in found.values()
    )
    assert tags.count("Lbl") == tags.count("LI")
