"""A run that remembers what earlier runs have worked out gives what one without a memory gives."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest
from qna import memo, stamp
from qna.pages import topics
from support import incremental
from support.harness import FIXTURE, run

UP_TO_DATE = "all files are up to date\n"
KINDS = ("answer", "question", "more", "move", "topic", "note", "figure", "glossary")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the fixture whose pages are up to date."""
    shutil.copytree(FIXTURE, tmp_path, dirs_exist_ok=True)
    assert split(tmp_path)[0] == 0
    return tmp_path


def split(project: Path) -> tuple[int, str]:
    """Run the splitter in a project; return its exit code and what it says."""
    code, _, told = run(*("--source", source_of(project), "--out", project / "docs", "--undated"))
    return code, told


def source_of(project: Path) -> Path:
    """Return the path of the source of a project."""
    return project / "docs/_source/questions.md"


def test_same_files_as_without_a_memory(project: Path) -> None:
    """After edits of every kind, a run without a memory finds nothing to change."""
    random = Random(5)  # noqa: S311 - not for secrets
    for kind in KINDS:
        incremental.EDITS[kind](project, random)
        code, told = split(project)
        assert code == 0, kind
        assert not told.endswith(UP_TO_DATE), kind

        shutil.copytree(project / ".cache", project / "kept")
        shutil.rmtree(project / ".cache")
        assert split(project)[1].endswith(UP_TO_DATE), kind
        shutil.rmtree(project / ".cache")
        (project / "kept").rename(project / ".cache")


@pytest.fixture
def made(project: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The topics whose pages are made from now on."""
    assert project
    found: list[str] = []
    pages = topics.pages

    def noted(site: object, without: object = ()) -> dict[str, str]:
        texts = pages(site, without)  # type: ignore[arg-type]
        found.extend(path.removeprefix("topics/").removesuffix(".md") for path in texts)
        return texts

    monkeypatch.setattr(topics, "pages", noted)
    return found


def edit(project: Path) -> None:
    """Edit an answer that shares no rare word with others."""
    path = source_of(project)
    text = path.read_text(encoding="utf-8")
    assert "    - " in text
    path.write_text(text.replace("    - ", "    - Qwertz, ", 1), encoding="utf-8")


def test_only_the_topic_of_an_edited_answer_is_made_again(project: Path, made: list[str]) -> None:
    """Pages of other topics are neither made nor compared."""
    edit(project)
    code, told = split(project)

    assert code == 0
    assert len(made) == 1
    assert "updated" in told


@pytest.mark.parametrize("how", ["edited", "deleted", "empty"])
def test_pages_that_others_have_changed_are_not_trusted(project: Path, how: str) -> None:
    """A page that was edited by hand is reported, and one that is lost is made again."""
    page = max((project / "docs/q").glob("*.md"))
    before = page.read_text(encoding="utf-8")
    if how == "deleted":
        page.unlink()
    else:
        page.write_text("" if how == "empty" else f"{before}\nBy hand.\n", encoding="utf-8")
    edit(project)

    code, told = split(project)

    assert (code, "E704" in told) == ((3, True) if how == "edited" else (0, False))
    assert how == "edited" or page.read_text(encoding="utf-8") == before


def test_a_damaged_memory_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was cut or changed, or is from another program, is as if it were not there."""
    kept = memo.Memo()
    kept.keep("words", "a b", ("a", "b"))
    kept.save(tmp_path)
    path = tmp_path / memo.FILE_NAME
    data = path.read_bytes()

    assert memo.load(tmp_path).known("words", "a b") == ("a", "b")
    for damaged in (data[:-1], data + b"0", data.replace(b"words", b"w0rds"), b"", b"\n", b"\xff"):
        path.write_bytes(damaged)
        assert memo.load(tmp_path).known("words", "a b") is None
    path.write_bytes(data)
    monkeypatch.setattr(stamp, "program", lambda: "another")
    assert memo.load(tmp_path).known("words", "a b") is None


def test_only_what_a_run_has_used_is_kept(tmp_path: Path) -> None:
    """The memory does not grow with texts that are gone."""
    first = memo.Memo()
    with memo.using(first):
        assert [_shouted(text) for text in ("a", "b")] == ["A!", "B!"]
    first.save(tmp_path)
    second = memo.load(tmp_path)
    with memo.using(second):
        assert _shouted("b") == "B!"
    second.save(tmp_path)

    name = f"{__name__}._shouted"
    assert [memo.load(tmp_path).known(name, text) for text in ("a", "b")] == [None, "B!"]


@memo.remembered
def _shouted(text: str) -> str:
    return f"{text.upper()}!"
