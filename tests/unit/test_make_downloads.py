"""The command that makes the files to take along: only those whose content has changed."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import make_downloads
import pytest
from PIL import Image
from qna import downloads, pipeline
from qna.downloads import anki_cards, inputs, kept, record, styles
from support.editions import Editions
from support.harness import ROOT
from support.harness import run as split

SOURCE = """# Bread & more

### **1. Flour**
*   **What is gluten?**
    - A protein.

*   **What is bran?**
    - A husk.

### **2. Water**
*   **How much?**
    - See [gluten](#gluten).
"""
ENDINGS = "apkg apkg.png csv epub epub.png html html.png jsonl pdf pdf.png tsv".split()
WHOLE = [f"bread-more.{ending}" for ending in ENDINGS]
FLOUR, WATER = (
    [f"bread-more-{topic}.{ending}" for ending in ("apkg", "epub", "pdf")]
    for topic in ("flour", "water")
)
EVERY = sorted([*WHOLE, *FLOUR, *WATER])


@pytest.fixture
def editions(tmp_path: Path) -> Editions:
    """A source that was recorded once."""
    made = Editions(tmp_path / "docs")
    made.write("questions.md", SOURCE)
    (made.docs / pipeline.DOWNLOADS).touch()
    made.record("2026-03-02")
    return made


Make = Callable[..., list[str]]


@pytest.fixture
def make(editions: Editions, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Run the command; return the names of the files that were written."""
    monkeypatch.delenv("SITE_URL", raising=False)

    def run(*options: str) -> list[str]:
        folder = editions.docs / downloads.FOLDER
        for path in folder.glob("*"):
            os.utime(path, (0, 0))
        assert make_downloads.main(["--docs", str(editions.docs), *options]) == 0
        return sorted(path.name for path in folder.glob("[!.]*") if path.stat().st_mtime)

    return run


def test_everything_once(
    editions: Editions, make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    """All files are made at first, and none again."""
    assert make() == EVERY
    assert capsys.readouterr().err == "17 downloads: 17 made\n"

    assert make() == []
    assert capsys.readouterr().err == "17 downloads: all are up to date\n"
    assert {made.updated for made in record.read(editions.docs / "downloads").values()} == {
        "2026-03-02"
    }


def test_without_a_page(editions: Editions, make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """An owner who deletes the page of downloads has none, and nothing is left of those before."""
    make()
    page = editions.docs / pipeline.DOWNLOADS
    page.unlink()
    capsys.readouterr()

    assert make() == []
    assert sorted(path.name for path in (editions.docs / "downloads").glob("[!.]*")) == []
    assert make() == []
    absent = f"no downloads, because there is no {page}"
    assert capsys.readouterr().err == f"{absent}: 17 deleted\n{absent}\n"


def test_one_answer(editions: Editions, make: Make) -> None:
    """After one answer's edit, the files of other topics stay."""
    make()
    editions.edit("A husk.", "A hard husk.\n\n      In two paragraphs.")

    assert make() == sorted([*WHOLE, *FLOUR])


def test_slow_steps(editions: Editions, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the card of an edited answer is made again, and the deck is as if all were."""
    make()
    done: list[str] = []
    fields = anki_cards.Cards._fields
    monkeypatch.setattr(
        anki_cards.Cards,
        "_fields",
        lambda cards, question: done.append(question.id) or fields(cards, question),
    )
    editions.edit("A husk.", "A hard husk.")
    make()
    path = editions.docs / "downloads" / WHOLE[0]
    deck = path.read_bytes()

    assert done == ["bran"]

    make("--force")

    assert path.read_bytes() == deck


@pytest.mark.parametrize("text", ["", "[]", '{"digest": "", "results": {}}', "cut"])
def test_damaged_results(editions: Editions, make: Make, text: str) -> None:
    """Results that cannot be read are made again."""
    make()
    folder = editions.docs / "downloads"
    deck, path = (folder / WHOLE[0]).read_bytes(), folder / kept.FILE_NAME
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"protein", b"poison") if text == "cut" else text.encode())
    (folder / WHOLE[0]).unlink()

    assert make() == [WHOLE[0]]
    assert (folder / WHOLE[0]).read_bytes() == deck


def test_results_that_nobody_uses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of too many results, those that were used last are kept."""
    monkeypatch.setattr(kept, "LIMIT", 8)
    results = {"a": "1234", "b": "1234", "c": "1234"}

    _, _, data = kept.dump(results).partition(b"\n")

    assert list(marshal.loads(data)) == ["b", "c"]  # noqa: S302 - as it was written


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("titles.toml", '[title]\ngluten = "Gluten itself"\n'),
        (
            "glossary.toml",
            '[[term]]\nname = "gluten"\nmeaning = "A protein."\nexplained_by = ["gluten"]\nmatches = []\n',
        ),
        ("topics.toml", '[summary]\nflour = "All about flour."\n'),
    ],
)
def test_shared_texts(editions: Editions, make: Make, name: str, text: str) -> None:
    """What other files may show, such as titles, counts for all of them."""
    make()
    editions.write(name, text)

    assert make() == EVERY


def test_notes(editions: Editions, make: Make) -> None:
    """A note, what it cites and what it shows count for the files that have it."""
    make()
    note = "---\nchecked: 2026-03-01\nstatus: sound\n---\nText [@lee].\n\n![A](../figures/a.svg)\n"
    source = "@book{lee, author={Lee, A}, title={T}, year={2001}, url={https://example.org/}}"
    figure = '<svg xmlns="http://www.w3.org/2000/svg"><title>A</title></svg>'
    texts = {"figures/a.svg": figure, "sources.bib": source, "notes/gluten.md": note}
    for name, text in texts.items():
        editions.write(name, text)

    assert make() == sorted([*WHOLE, *FLOUR])

    for name, old, new in (
        ("notes/gluten.md", "status: sound", "status: simplified"),
        ("sources.bib", "{T}", "{Title}"),
        ("figures/a.svg", ">A<", ">B<"),
    ):
        editions.write(name, texts[name].replace(old, new))

        assert make() == sorted([*WHOLE, *FLOUR]), name


def test_related_questions(editions: Editions, make: Make) -> None:
    """What an answer leads to counts, also if it is asked in another way there."""
    make()
    editions.write("related.toml", '[related]\ngluten = ["bran"]\n')

    assert make() == sorted([*WHOLE, *FLOUR])

    editions.write(
        "related.toml", 'asked_another_way = [["gluten", "bran"]]\n[related]\ngluten = ["bran"]\n'
    )

    assert make() == sorted([*WHOLE, *FLOUR])


def test_the_address(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another address of the site makes all files again, but not another form of the same."""
    make()
    monkeypatch.setenv("SITE_URL", "https://example.org/bread/")

    assert make() == EVERY

    monkeypatch.setenv("SITE_URL", "https://EXAMPLE.org//bread")

    assert make() == []


COLORED = [name for name in EVERY if name.endswith((".apkg", ".epub", ".pdf", ".png"))]
DECKS = [name for name in EVERY if name.endswith(".apkg")]
DRAWN = ["bread-more.apkg.png", "bread-more.html.png"]
"""Pictures that show the icon. The front end's build puts the colors into the HTML file."""
SCHEMES = """theme:
  palette:
  - {scheme: default, accent: '#8a5a00'}
  - {scheme: slate, accent: '#ffa600'}"""
LOOKS = (
    ("theme: {palette: {primary: brown}}", COLORED),
    ("theme: {palette: {primary: '#795649'}}", []),
    ("theme: {palette: {primary: brown, accent: red}}", COLORED),
    ("theme: {palette: {primary: pink, accent: red}}", DRAWN),
    (SCHEMES, COLORED),
    (SCHEMES.replace("#ffa600", "indigo"), DECKS),
    ("extra: {icon: {letter: B}}", COLORED),
    ("extra: {icon: {letter: Br}}", DRAWN),
    ("theme: {logo: logo.png}\nextra: {icon: {letter: Br}}", DRAWN),
    ("theme: {logo: other.png}\nextra: {icon: {letter: Br}}", DRAWN),
    ("theme: {logo: other.png, favicon: logo.png}\nextra: {icon: {letter: C}}", []),
    ("theme: {logo: missing.png}\nextra: {icon: {letter: C}}", DRAWN),
    ("extra: {icon: {letter: C}}", []),
    ("", DRAWN),
)
"""Settings one after the other, each with the files that show what has changed."""


def test_the_look(editions: Editions, make: Make) -> None:
    """Another color, letter or logo makes the files again that show it, and no others."""
    for name, color in (("logo.png", "red"), ("other.png", "blue")):
        Image.new("RGB", (64, 64), color).save(editions.docs / name)
    config = editions.docs.parent / "mkdocs.yml"
    config.write_text("site_name: Bread & more\n", encoding="utf-8")
    make()
    before = {path.name: path.read_bytes() for path in (editions.docs / "downloads").glob("[!.]*")}

    for text, again in LOOKS:
        config.write_text(f"site_name: Bread & more\n{text}\n", encoding="utf-8")

        assert make() == again, text
        assert make() == [], text
    assert {name: (editions.docs / "downloads" / name).read_bytes() for name in before} == before


def test_no_colors(
    editions: Editions,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Messages say which file or color is missing, and what to do."""
    tokens = tmp_path / "tokens.css"
    usual = styles.TOKENS.read_text(encoding="utf-8")
    monkeypatch.setattr(styles, "TOKENS", tokens)

    assert make_downloads.main(["--docs", str(editions.docs)]) == 2
    assert capsys.readouterr().err == f"error: no colors in {tokens}; restore the file from git\n"

    tokens.write_text(usual.replace("--accent:", "--other:"), encoding="utf-8")

    assert make_downloads.main(["--docs", str(editions.docs)]) == 2
    assert capsys.readouterr().err == (
        "error: cannot make bread-more.apkg: "
        f"no color '--accent' in {tokens}; restore the file from git\n"
    )


def test_code_and_libraries(make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Other code makes all files again; another version of a library those that it makes."""
    make()
    monkeypatch.setattr(inputs, "version", lambda name: "9" if name == "genanki" else "")
    other = inputs.Code(ROOT).of(downloads.FORMATS[0])
    monkeypatch.setattr(inputs, "version", lambda _: "")

    assert inputs.Code(ROOT).of(downloads.FORMATS[0]) != other
    assert make() == EVERY

    (tmp_path / "scripts/qna/x").mkdir(parents=True)
    before = inputs.Code(tmp_path).of(downloads.FORMATS[0])
    (tmp_path / "scripts/qna/x/y.py").write_text("", encoding="utf-8")

    assert inputs.Code(tmp_path).of(downloads.FORMATS[0]) != before


def test_damaged_files(editions: Editions, make: Make) -> None:
    """A file that is missing or damaged is made again."""
    make()
    gone, cut = (editions.docs / "downloads" / name for name in (FLOUR[0], WHOLE[2]))
    whole = cut.read_bytes()
    gone.unlink()
    cut.write_bytes(whole[:99])

    assert make() == sorted([gone.name, cut.name])
    assert cut.read_bytes() == whole


MADE = record.Made("bread.csv", "csv", "", 9, "2026-03-02", "a", "b")


def test_damaged_record(editions: Editions, make: Make) -> None:
    """Without a record that can be read, everything is made again."""
    make()
    (editions.docs / "downloads" / record.FILE_NAME).write_text("{", encoding="utf-8")

    assert make() == EVERY


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "null", '{"version": 2, "files": []}', '{"version": 1, "files": [{}]}'),
        *('{"version": 1}', '{"version": 1, "files": 3}', "[" * 9999, "\0"),
        *(
            record.dump([MADE]).replace(old, new)
            for old, new in (
                ('"bread.csv"', '"../bread.csv"'),
                ('"bread.csv"', "3"),
                ("2026-03-02", "soon"),
                ("9", '"x"'),
                ('"size"', '"other"'),
            )
        ),
    ],
)
def test_nothing_is_believed(tmp_path: Path, text: str) -> None:
    """A record that no run has written is not believed, and names no file elsewhere."""
    path = tmp_path / record.FILE_NAME
    path.write_text(record.dump([MADE]), encoding="utf-8")

    assert record.read(tmp_path) == {"bread.csv": MADE}

    path.write_text(text, encoding="utf-8")

    assert record.read(tmp_path) == {}


def test_removed_topics(editions: Editions, make: Make) -> None:
    """The file of a topic that is gone is deleted; a file of someone else stays."""
    make()
    own = editions.docs / "downloads/mine.apkg"
    own.touch()
    editions.edit("### **2. Water**\n", "")
    options = ("--source", editions.source, "--out", editions.docs, "--retire", "water=flour")
    assert split(*options)[0] == 0
    make()

    assert not any((editions.docs / "downloads" / name).exists() for name in WATER)
    assert own.exists()


def test_same_bytes(editions: Editions, make: Make) -> None:
    """Another process, with another order of sets, makes the same files."""
    make()
    folder = editions.docs / "downloads"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    command = [sys.executable, "scripts/make_downloads.py", "--docs", str(editions.docs), "--force"]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Kolkata", "LC_ALL": "C"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_errors(
    editions: Editions, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Messages say what is missing, where, and what to do."""

    def said() -> tuple[int, str]:
        code = make_downloads.main(["--docs", str(editions.docs)])
        return code, capsys.readouterr().err

    monkeypatch.setenv("SITE_URL", "ftp://example.org")
    assert said() == (
        2,
        (
            "error: SITE_URL=ftp://example.org is not an address on the web; "
            "set it as in SITE_URL=https://example.org/questions/\n"
        ),
    )
    monkeypatch.delenv("SITE_URL")
    monkeypatch.setitem(sys.modules, "genanki", None)
    monkeypatch.delitem(sys.modules, "qna.downloads.anki", raising=False)
    monkeypatch.delattr(downloads, "anki", raising=False)
    code, message = said()
    assert code == 2
    assert message.startswith(
        f"error: {sys.executable} lacks genanki, which makes bread-more.apkg; run '"
    )
    editions.edit("    - A husk.", "")
    assert said() == (
        2,
        (
            f"{editions.source}: error: the source has errors; "
            "run 'python scripts/split.py', and correct what it reports\n"
        ),
    )
    editions.source.unlink()
    assert said() == (
        2,
        (
            f"{editions.source}: error: cannot read the source: No such file or directory; "
            "restore the file\n"
        ),
    )


def test_cannot_write(editions: Editions, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that cannot be written is named."""
    (editions.docs / "downloads").touch()

    assert make_downloads.main(["--docs", str(editions.docs)]) == 4
    assert capsys.readouterr().err.startswith("error[E703]: ")


@pytest.mark.parametrize(
    ("title", "name"),
    [("Bread & more", "bread-more.csv"), ("!!!", "questions.csv"), ("过拟合", "过拟合.csv")],
)
def test_names(tmp_path: Path, title: str, name: str) -> None:
    """Files are named after the site, in any script."""
    editions = Editions(tmp_path / "docs")
    editions.write("questions.md", SOURCE.replace("Bread & more", title))
    form = next(form for form in downloads.FORMATS if form.ending == "csv")

    assert downloads.name_of(editions.site(), form, None) == name


def test_letters_without_a_font(
    editions: Editions, make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    """Boxes in a book, and a book of boxes, which is not made, are no faults of the build."""
    editions.edit("A husk.", "A husk, 麸.")
    make()

    _, warning = capsys.readouterr().err.splitlines()

    assert warning == (
        "warning: in books, some letters are drawn as boxes: no installed font has U+9EB8; install "
        "the npm package @fontsource/noto-... with them: it is found automatically"
    )

    editions.edit("A protein.", "面筋是小麦面粉中的一种蛋白质" * 9)

    assert "bread-more.epub" in make()
    assert not (editions.docs / "downloads/bread-more-flour.pdf").exists()

    first, warning = capsys.readouterr().err.splitlines()

    assert first == "13 downloads: 10 made, 4 left out, 4 deleted"
    assert warning.startswith("warning: cannot make bread-more.pdf, bread-more.pdf.png, ")
    assert "install the npm package @fontsource/noto-..." in warning
