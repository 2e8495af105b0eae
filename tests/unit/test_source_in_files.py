"""A source in several files, one for each topic, in the order of their names."""

from __future__ import annotations

from pathlib import Path

import pytest
from qna import pipeline
from support.harness import run

FLOUR = """\
# Bread

### **1. Flour**
*   **What is rye?**
    - A grain, unlike [steam](#steam).
"""
BAKING = """\
### **2. Baking**

*   **Why steam?**
    - It keeps the crust soft.
"""
OPTIONS = ("--source", pipeline.SOURCE, "--out", "docs")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a source with two files, an empty one, and one that an editor left behind."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795824000")
    made = Path("docs/_source/questions")
    made.mkdir(parents=True)
    texts = {"10-baking.md": BAKING, "01-flour.md": FLOUR, "02-empty.md": "\n", ".#01.md": "x"}
    for name, text in texts.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


def written() -> dict[str, str]:
    """Return the pages and the ledger, without what says where in the source a text is."""
    paths = [*Path("docs").glob("*/*.md"), Path("docs/_source/ids.json")]
    return {
        str(path): "\n".join(
            line
            for line in path.read_text(encoding="utf-8").splitlines()
            if not line.startswith(("source_", "# Generated"))
        )
        for path in paths
        if path != pipeline.SOURCE
    }


@pytest.mark.usefixtures("folder")
def test_in_the_order_of_names() -> None:
    """The files are read as one source; each text knows its own file and line."""
    assert run(*OPTIONS)[0] == 0

    page = Path("docs/q/steam.md").read_text(encoding="utf-8")
    assert 'source_line: 3\nsource_file: "questions/10-baking.md"\n' in page
    data = Path("docs/questions.json").read_text(encoding="utf-8")
    assert data.index('"questions/01-flour.md"') < data.index('"questions/10-baking.md"')


def test_from_files_to_a_file_and_back(folder: Path) -> None:
    """Ids, dates and addresses stay the same."""
    run(*OPTIONS)
    in_files = written()
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    pipeline.SOURCE.write_text(FLOUR + BAKING, encoding="utf-8")
    assert run(*OPTIONS)[0] == 0
    assert written() == in_files

    pipeline.SOURCE.unlink()
    folder.mkdir()
    for name, text in {"a.md": FLOUR, "b.md": BAKING}.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert run(*OPTIONS)[0] == 0
    assert written() == in_files


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("source", ["docs/_source/questions", "docs/_source/questions.md"])
def test_the_folder_as_the_source(source: str) -> None:
    """`--source` takes the folder, or the file that it takes the place of."""
    assert run("--source", source, "--out", "docs")[0] == 0
    assert Path("docs/_source/ids.json").is_file()


def test_messages_name_the_file(folder: Path) -> None:
    """Each message has the file, and the line in it; what is not closed ends with its file."""
    (folder / "01-flour.md").write_text(f"{FLOUR}    - ```\n      open\n", encoding="utf-8")
    (folder / "10-baking.md").write_text(f"{BAKING}\n### **1. Again**\n", encoding="utf-8")
    (folder / "11-more.md").write_text("---\na: b\n---\n# More\n", encoding="utf-8")
    code, _, said = run(*OPTIONS)

    first = "on line 3 of 01-flour.md"
    assert code == 1
    assert [line for line in said.splitlines() if "error[" in line] == [
        f"{folder}/01-flour.md:6:7: error[E217]: code fence is not closed",
        f"{folder}/10-baking.md:6:7: error[E109]: topic number 1 is already used {first}",
        f"{folder}/10-baking.md:6:10: error[E112]: topic without questions",
        f"{folder}/11-more.md:1:1: error[E104]: front matter",
        f"{folder}/11-more.md:4:3: error[E102]: second title; the first is on line 1 of 01-flour.md",
    ]
    assert "    6 | ### **1. Again**\n" in said


def test_the_same_question_in_two_files(folder: Path) -> None:
    """The message about the second has the file of the first."""
    again = "\n*   **What is rye?**\n    - The same.\n"
    (folder / "10-baking.md").write_text(BAKING + again, encoding="utf-8")

    assert "the id 'what-is-rye' is taken on line 4 of 01-flour.md" in run(*OPTIONS)[2]


def test_decisions_name_the_file(folder: Path) -> None:
    """A hint and a decision give the line of a question with the name of its file."""
    run(*OPTIONS)
    text = BAKING.replace("Why steam?", "How hot?").replace("keeps the crust soft", "is very hot")
    (folder / "10-baking.md").write_text(text, encoding="utf-8")
    _, _, said = run(*OPTIONS)
    decision = said.partition("scripts/split.py ")[2].partition("'")[0]

    assert decision == "--keep steam=10-baking.md:3"
    _, _, wrong = run(*OPTIONS, "--keep", "steam=3")
    assert "after the name of its file, as in topic.md:42" in wrong
    assert run(*OPTIONS, *decision.split())[0] == 0
    assert 'question_id: "steam"' in Path("docs/q/steam.md").read_text(encoding="utf-8")


def test_a_folder_without_text(folder: Path) -> None:
    """Empty files are an empty source; without files, there is no source."""
    for path in folder.glob("[01]*"):
        path.write_text("\n", encoding="utf-8")
    code, _, said = run(*OPTIONS)
    assert code == 1
    assert "docs/_source/questions:1:1: error[E003]: source is empty" in said

    for path in folder.iterdir():
        path.unlink()
    code, _, said = run(*OPTIONS)
    assert code == 2
    assert "docs/_source/questions.md: error[E001]: cannot be read" in said


def test_watched_files(folder: Path) -> None:
    """Each file is watched, also one that is new."""
    before = {path.name for path in pipeline.read_files(pipeline.SOURCE)}
    (folder / "20-new.md").write_text("", encoding="utf-8")

    assert {"01-flour.md", "10-baking.md"} <= before
    assert {path.name for path in pipeline.read_files(pipeline.SOURCE)} - before == {"20-new.md"}
