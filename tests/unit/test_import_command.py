"""`split.py --import`: files that cannot be read, and what a checkout looks like afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import split
from qna.importing import files
from qna.starting import fresh
from support.harness import run

FAQ = (
    "# Tea\n\n## What is it?\n\nA ![leaf](leaf.png).\n\n## How long?\n\nSee [above](#what-is-it).\n"
)


CONFIG = """\
site_name: Old

nav:
  - Home: index.md
  - Topics:
      - topics/index.md
      # <topics>
      # </topics>
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small checkout that is the one of the command."""
    root = tmp_path / "checkout"
    (root / "docs/_source").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(CONFIG)
    (root / "docs/_source/questions.md").write_text(
        "# Old\n\n### **1. T**\n*   **What is rye?**\n    - A grain.\n"
    )
    (root / fresh.OWN_TESTS).mkdir(parents=True)
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq/faq.md").write_text(FAQ)
    (tmp_path / "faq/leaf.png").write_bytes(b"png")
    monkeypatch.setattr(split, "ROOT", root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795824000")
    monkeypatch.chdir(root)
    return root


def imported(*options: object) -> tuple[int, str]:
    """Import into the checkout; return the exit code and standard error."""
    code, _, said = run("--source", "docs/_source/questions.md", "--out", "docs", *options)
    return code, said


def tree(root: Path) -> dict[str, bytes]:
    """Return all files of a checkout."""
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*.*")}


def test_a_new_site(here: Path) -> None:
    """The source, the picture, the name of the site and the pages are there; the old ones kept."""
    code, said = imported("--import", "../faq/faq.md")

    assert code == 0
    assert said.startswith("2 questions: headings of level 2; 1 topic; 1 image to copy\n")
    assert "Tea: a new site with these questions, in docs/_source\n" in said
    source = (here / "docs/_source/questions.md").read_text()
    assert "![leaf](../assets/images/questions/leaf.png)" in source
    assert "[above](#what-is-it)" in source
    assert (here / "docs/assets/images/questions/leaf.png").read_bytes() == b"png"
    assert 'site_name: "Tea"' in (here / "mkdocs.yml").read_text()
    assert (here / "docs/q/what-is-it.md").is_file()
    assert "rye" in (here / "kept/2026-11-28/docs/_source/questions.md").read_text()


def test_other_ids(here: Path) -> None:
    """The message on new ids says how to choose others; obeying it gives a site without faults."""
    code, out, _ = run(
        "--source", "docs/_source/questions.md", "--out", "docs", "--import", "../faq/faq.md"
    )
    assert code == 0
    assert out == (
        "3 new ids in docs/_source/ids.json:\n"
        "  tea         Tea\n"
        "  what-is-it  What is it?\n"
        "  long        How long?\n"
        "These are the names in their addresses. To change some before you publish, replace them "
        'everywhere in docs/_source/ids.json, as in "long", and in links to them, as in (#long).\n'
    )
    ids, source = here / "docs/_source/ids.json", here / "docs/_source/questions.md"
    ids.write_text(ids.read_text().replace('"what-is-it"', '"leaf"').replace('"tea"', '"leaves"'))

    code, said = imported()
    assert code == 1
    assert "link to unknown question '#what-is-it'" in said

    source.write_text(source.read_text().replace("(#what-is-it)", "(#leaf)"))
    assert imported()[0] == 0
    assert imported("--check", "--strict")[0] == 0
    assert (here / "docs/q/leaf.md").is_file()
    assert not (here / "docs/q/what-is-it.md").exists()
    assert sorted(path.stem for path in (here / "docs/topics").iterdir()) == ["index", "leaves"]
    assert "formerly" not in ids.read_text()


def test_the_language(here: Path) -> None:
    """The site has the language of the questions, unless another is given."""
    path = here.parent / "te.md"
    path.write_text("# Té\n\n## ¿Qué es el té?\n\nHojas.\n\n## ¿Cuál es el mejor?\n\nNinguno.\n")

    assert imported("--import", path)[0] == 0
    assert "language: es" in (here / "mkdocs.yml").read_text()
    assert imported("--import", path, "--language", "de")[0] == 0
    assert "language: de" in (here / "mkdocs.yml").read_text()


def test_a_site_with_a_name(here: Path) -> None:
    """What was chosen for a new site stays when questions are imported into it."""
    chosen = ("--name", "Pekoe", "--language", "de", "--letter", "P", "--color", "#123456")
    assert imported("--new", *chosen)[0] == 0
    code, said = imported("--import", "../faq/faq.md")
    assert (
        "downloads and preview cards are called 'Tea', as the first line of "
        "docs/_source/questions.md; change that line to call them 'Pekoe', too\n"
    ) in said

    assert code == 0
    assert "Pekoe: a new site with these questions" in said
    text = (here / "mkdocs.yml").read_text()
    kept = ('site_name: "Pekoe"', "language: de", 'letter: "P"', 'primary: "#123456"')
    assert all(setting in text for setting in kept)


def test_a_dry_run(here: Path) -> None:
    """With --check, nothing changes; --diff shows the source."""
    before = tree(here)
    code, out, said = run("--import", "../faq/faq.md", "--check", "--diff")

    assert code == 0
    assert "2 questions" in said
    assert "+*   **What is it?**" in out
    assert tree(here) == before


def test_obeying_the_message(here: Path) -> None:
    """The message about a source in another shape names a command that works."""
    (here / "docs/_source/questions.md").write_text(FAQ)

    code, said = imported()
    assert code == 1
    assert "2 headings of level 2 look like questions" in said
    assert "--import docs/_source/questions.md" in said

    assert imported("--import", "docs/_source/questions.md")[0] == 0
    assert imported("--check", "--strict")[0] == 0


def test_a_source_in_several_files(here: Path) -> None:
    """A folder of files in another shape is imported where it is."""
    (here / "docs/_source/questions.md").unlink()
    (here / "docs/_source/questions").mkdir()
    (here / "docs/_source/questions/1.md").write_text(FAQ.replace("(leaf.png)", "(../leaf.png)"))

    code, said = imported()
    assert code == 1
    assert "--import docs/_source/questions'" in said

    assert imported("--import", "docs/_source/questions")[0] == 0
    assert imported("--check", "--strict")[0] == 0
    assert (here / "kept/2026-11-28/docs/_source/questions/1.md").is_file()


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda _: None, "there is no such file or folder"),
        (lambda path: path.write_bytes(b"caf\xe9?"), "byte 0xe9 is not UTF-8"),
        (lambda path: path.write_bytes("# é".encode("utf-16")), "looks like UTF-16"),
        (lambda path: path.write_bytes(b"a\0b"), "not a text file"),
        (lambda path: path.write_bytes(b"a" * 500), "more than 40,000,000 bytes"),
        (lambda path: path.write_bytes(b""), "no question found"),
        (Path.mkdir, "no Markdown file in this folder has text"),
        (_loop, "cannot be read"),
        (_pipe, "not an ordinary file"),
    ],
)
def test_what_cannot_be_imported(
    here: Path, make: object, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message says why, and nothing changes."""
    path = here.parent / "in.md"
    make(path)  # type: ignore[operator]
    monkeypatch.setattr(files, "SIZE_LIMIT", 400 if "bytes" in told else 40_000_000)
    before = tree(here)

    code, said = imported("--import", path)

    assert code in {1, 2}
    assert told.replace("40,000,000", "400") in said
    assert "nothing has changed" in said
    assert tree(here) == before


@pytest.mark.parametrize("place", ["docs/_source", "docs/_source/questions.md", "."])
def test_its_own_files(here: Path, place: str) -> None:
    """A site does not import itself."""
    before = tree(here)
    code, said = imported("--import", place)

    assert code == 2
    assert "this site" in said
    assert tree(here) == before


def test_a_folder_with_a_loop(here: Path) -> None:
    """Links to folders are not followed."""
    folder = here.parent / "faq"
    (folder / "again").symlink_to(folder)

    code, said = imported("--import", folder, "--check")

    assert code == 0
    assert said.startswith("2 questions")


def test_options_without_an_import() -> None:
    """A level needs files to import."""
    code, _, said = run("--question-level", "2")

    assert code == 2
    assert "--question-level is about --import; add it" in said
