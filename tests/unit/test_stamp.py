"""A run of the splitter does nothing if nothing can have changed, and everything otherwise."""

from __future__ import annotations

from pathlib import Path

import build_record
import pytest
from build_record import Kept, Record
from qna import pipeline, stamp
from support.harness import run

SOURCE = """\
# Title

### **1. Topic**
*   **What is dropout?**
    - It switches units off.
"""
UP_TO_DATE = "1 topic, 1 question: all files are up to date\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a configuration, whose pages are up to date, as the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs/_source/notes").mkdir(parents=True)
    (tmp_path / "docs/paths").mkdir()
    (tmp_path / "docs/_source/questions.md").write_text(SOURCE)
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION)
    assert execute()[0] == 0
    return tmp_path


def execute(*options: str) -> tuple[int, str]:
    """Run the splitter in the working directory."""
    code, _, told = run("--source", "docs/_source/questions.md", "--out", "docs", *options)
    return code, told


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whatever was read and planned from now on."""
    found: list[bool] = []
    prepare = pipeline.prepare

    def noted(*given: object, **options: object) -> pipeline.Run:
        found.append(True)
        return prepare(*given, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "prepare", noted)
    return found


def test_damaged_records(tmp_path: Path) -> None:
    """What a run has left counts only as it was written: anything else is forgotten."""
    record = Record("frame", {"a.md": Kept("1 2", "a/index.html", "3 4", ["b.md"], [], [], {})})
    record.write(tmp_path)
    path = tmp_path / build_record.FILE_NAME
    text = path.read_text()

    assert Record.read(tmp_path) == record
    for damaged in (
        *(text.replace('["b.md"]', "5"), text.replace("b.md", "c.md"), text[:-1], text + " "),
        *("", "[]", '{"frame": "frame", "pages": []}', "\xe4", "[" * 100_000),
        stamp.sealed({"frame": "frame", "pages": [["a.md", ["1 2"]]]}),  # an earlier program's
    ):
        path.write_text(damaged, encoding="latin-1")
        assert Record.read(tmp_path) == Record()


@pytest.mark.parametrize("options", [[], ["--undated"], ["--force"]])
def test_nothing_is_read_if_nothing_has_changed(
    project: Path, prepared: list[bool], options: list[str]
) -> None:
    """The second run says the same as if it had compared everything."""
    assert (project / stamp.FILE_NAME).is_file()
    assert execute(*options) == (0, UP_TO_DATE)
    assert prepared == []


CONFIGURATION = "nav:\n  # <topics>\n  # </topics>\n"
CHANGES = {
    "an answer": ("docs/_source/questions.md", SOURCE.replace("units", "some")),
    "a file beside the source": ("docs/_source/related.toml", "\n"),
    "a note": ("docs/_source/notes/dropout.md", "\n"),
    "the ledger": ("docs/_source/ids.json", "{}"),
    "a path": ("docs/paths/first.md", "# First\n"),
    "the configuration": ("mkdocs.yml", f"theme:\n  language: de\n{CONFIGURATION}"),
    "a page": ("docs/q/dropout.md", "By hand\n"),
    "another page": ("docs/q/other.md", "By hand\n"),
    "data": ("docs/questions.json", "{}"),
    "the stamp": (stamp.FILE_NAME, '{"read": 1}'),
    "a stamp without end": (stamp.FILE_NAME, "["),
    "no data": ("docs/search/data.json", None),
    "no source": ("docs/_source/questions.md", None),
    "no stamp": (stamp.FILE_NAME, None),
}
"""What a run reads, writes or leaves, and its new text, or None if it is deleted."""


@pytest.mark.parametrize(("name", "text"), CHANGES.values(), ids=CHANGES)
def test_everything_is_read_if_anything_has_changed(
    project: Path, prepared: list[bool], name: str, text: str | None
) -> None:
    """The change may be in what the splitter reads, in what it writes, or in the stamp."""
    if text is None:
        (project / name).unlink()
    else:
        (project / name).write_text(text)
    execute()

    assert prepared


LINKED = SOURCE.replace(
    "units off.", "units off: ![a unit](../assets/unit.png), [more](../more.md)."
)


def test_files_that_texts_link_to(project: Path, prepared: list[bool]) -> None:
    """A run tells when one that was missing is there, and when one that was there is deleted."""
    picture, page = project / "docs/assets/unit.png", project / "docs/more.md"
    (project / "docs/_source/questions.md").write_text(LINKED)
    picture.parent.mkdir(exist_ok=True)
    page.write_text("# More\n")
    for _ in range(2):
        code, told = execute()
        assert code == 0
        assert "warning[W505]: '../assets/unit.png' leads to no file" in told

    picture.write_bytes(b"png")
    assert execute()[0] == 0
    prepared.clear()
    assert execute() == (0, UP_TO_DATE)
    assert prepared == []

    for file in (picture, page):
        text = file.read_bytes()
        file.unlink()
        code, told = execute()
        assert code == 0
        assert f"warning[W505]: '../{file.relative_to(project / 'docs')}' leads to no file" in told
        file.write_bytes(text)
        assert execute()[0] == 0


def test_link_to_a_page_that_will_be_deleted(project: Path) -> None:
    """A page of a question that is gone does not count as a file, though it is still there."""
    page = project / "docs/q/dropout.md"
    page.with_name("old.md").write_bytes(page.read_bytes())
    link = SOURCE.replace("units off.", "units off: [more](../q/old.md).")
    (project / "docs/_source/questions.md").write_text(link)
    code, told = execute()

    assert code == 0
    assert "docs/_source/questions.md:5:37: warning[W505]: '../q/old.md' leads to no file" in told


def test_changes_are_recorded_after_a_run_that_recorded_none(project: Path) -> None:
    """A stamp without dates does not keep a run with dates from recording a change."""
    source = project / "docs/_source/questions.md"
    source.write_text(SOURCE.replace("units", "some"))
    assert execute("--undated")[0] == 0
    before = (project / "docs/_source/ids.json").read_text()
    assert execute("--undated") == (0, UP_TO_DATE)

    assert execute()[0] == 0
    assert (project / "docs/_source/ids.json").read_text() != before
    assert execute("--undated") == (0, UP_TO_DATE)


def test_warnings_are_repeated(project: Path) -> None:
    """A run that has something to say leaves no stamp."""
    (project / "docs/_source/questions.md").write_text(f"{SOURCE}\n\n    <b>bold</b>\n")

    first, second = execute(), execute()

    assert first[0] == second[0] == 0
    assert "warning[W401]" in first[1]
    assert "warning[W401]" in second[1]


@pytest.mark.usefixtures("project")
def test_a_check_reads_everything(prepared: list[bool]) -> None:
    """It trusts no stamp."""
    assert execute("--check") == (0, "")
    assert prepared
