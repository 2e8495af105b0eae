"""Writing files: planned first, written completely or not at all, and only generated files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from time import time
from typing import Any

import pytest
from qna import writer
from qna.writer import Change, Conflict, Plan
from support.harness import FIXTURE, run

PAGES = {
    "topics/a.md": "---\ntitle: A\n---\n\n# A\n",
    "q/b.md": "---\ntitle: B\n---\n\n# B\n",
    "questions.json": '{\n "title": "T"\n}\n',
}


def bring(pages: dict[str, str], folder: Path) -> Plan:
    """Bring a folder up to date; return the plan."""
    plan = writer.plan(pages, folder)
    writer.apply(plan.steps)
    return plan


def changes(plan: Plan) -> dict[str, Change]:
    """Return the change that a plan makes to each file."""
    return {step.path.name: step.change for step in plan.steps}


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return the content of each file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A docs folder that is up to date."""
    bring(PAGES, tmp_path / "docs")
    return tmp_path / "docs"


class TestPlan:
    """Planning the changes."""

    def test_folder_is_created(self, tmp_path: Path) -> None:
        """If the folder is missing, every file is created."""
        plan = writer.plan(PAGES, tmp_path / "new" / "docs")

        assert set(changes(plan).values()) == {Change.CREATE}
        assert not (tmp_path / "new").exists(), "a plan writes nothing"

    def test_nothing_to_do(self, docs: Path) -> None:
        """If everything is up to date, the plan is empty."""
        assert writer.plan(PAGES, docs) == Plan((), ())

    def test_update(self, docs: Path) -> None:
        """Only the page whose text changed is updated."""
        plan = writer.plan({**PAGES, "q/b.md": "---\ntitle: C\n---\n"}, docs)

        assert changes(plan) == {"b.md": Change.UPDATE}
        assert not plan.conflicts

    def test_page_of_a_removed_topic(self, docs: Path) -> None:
        """A generated page that is no longer needed is deleted; other files beside it are kept."""
        (docs / "topics/mine.md").write_text("# Mine\n")
        (docs / "topics/image.png").write_bytes(b"\x89")
        (docs / "elsewhere.md").write_text((docs / "topics/a.md").read_text())
        pages = {name: text for name, text in PAGES.items() if name != "topics/a.md"}

        plan = bring(pages, docs)

        assert changes(plan) == {"a.md": Change.DELETE}
        assert sorted(path.name for path in (docs / "topics").iterdir()) == ["image.png", "mine.md"]
        assert (docs / "elsewhere.md").exists()

    def test_hand_edited(self, docs: Path) -> None:
        """The checksum shows that a generated page was edited."""
        path = docs / "topics/a.md"
        path.write_text(path.read_text() + "More.\n")

        assert writer.plan(PAGES, docs).conflicts == ((path, Conflict.HAND_EDITED),)

    def test_hand_edited_page_of_a_removed_topic(self, docs: Path) -> None:
        """An edited page is neither deleted without asking nor silently left on the site."""
        path = docs / "topics/a.md"
        path.write_text(path.read_text() + "More.\n")

        plan = writer.plan({}, docs)

        assert plan.conflicts == ((path, Conflict.HAND_EDITED),)

    def test_hand_written(self, docs: Path) -> None:
        """A page or data file without the mark of generated files is hand-written."""
        for name in PAGES:
            (docs / name).write_text("# Mine\n")

        assert {kind for _, kind in writer.plan(PAGES, docs).conflicts} == {Conflict.HAND_WRITTEN}

    def test_not_utf_8(self, docs: Path) -> None:
        """A file in the way may have any content, even if it is not UTF-8."""
        (docs / "topics/a.md").write_bytes(b"\xff\xfe\x00")

        assert writer.plan(PAGES, docs).conflicts == (
            (docs / "topics/a.md", Conflict.HAND_WRITTEN),
        )

    def test_folder_in_the_way(self, tmp_path: Path) -> None:
        """A folder in place of a file, or a file in place of a folder, is a conflict."""
        (tmp_path / "topics/a.md").mkdir(parents=True)
        (tmp_path / "q").write_text("")

        conflicts = dict(writer.plan(PAGES, tmp_path).conflicts)

        assert set(conflicts.values()) == {Conflict.BAD_PLACE}
        assert sorted(path.name for path in conflicts) == ["a.md", "b.md"]

    def test_link_that_leaves_the_folder(self, tmp_path: Path) -> None:
        """Nothing is written outside the docs folder through a link to a folder or file."""
        outside, docs = tmp_path / "outside", tmp_path / "docs"
        outside.mkdir()
        (docs / "q").mkdir(parents=True)
        (docs / "topics").symlink_to(outside, target_is_directory=True)
        (docs / "q/b.md").symlink_to(outside / "b.md")

        plan = writer.plan(PAGES, docs)
        writer.apply(step for step in plan.steps)

        assert dict(plan.conflicts) == {
            docs / "topics/a.md": Conflict.BAD_PLACE,
            docs / "q/b.md": Conflict.BAD_PLACE,
        }
        assert list(outside.iterdir()) == []

    def test_name_that_leaves_the_folder(self, tmp_path: Path) -> None:
        """A page whose name leads out of the folder is refused."""
        plan = writer.plan({"../x.md": "---\n---\n"}, tmp_path / "docs")

        assert plan.conflicts
        assert not plan.steps

    def test_leftovers_of_a_killed_run(self, docs: Path) -> None:
        """An old temporary file is deleted, complete or not; one of a run in progress is kept."""
        old, new = docs / "q/.split-1-b.md", docs / "q/.split-2-b.md"
        for path in (old, new):
            path.write_text("---\n# Gene")
        os.utime(old, (time() - 3600, time() - 3600))

        assert changes(bring(PAGES, docs)) == {old.name: Change.DELETE}
        assert new.exists()


class TestApply:
    """Carrying out a plan."""

    def test_unchanged_files_keep_their_modification_time(self, docs: Path) -> None:
        """A file that is up to date is not rewritten."""
        for name in PAGES:
            os.utime(docs / name, (1, 1))

        bring({**PAGES, "q/b.md": "---\ntitle: C\n---\n"}, docs)

        assert [(docs / name).stat().st_mtime == 1 for name in PAGES] == [True, False, True]

    def test_bytes(self, docs: Path) -> None:
        """Files are UTF-8 with LF line endings on every system."""
        bring({"topics/a.md": "---\n---\né\u2028🚀\n"}, docs)

        assert (
            (docs / "topics/a.md")
            .read_bytes()
            .endswith(b"---\n\xc3\xa9\xe2\x80\xa8\xf0\x9f\x9a\x80\n")
        )

    def test_nothing_else_is_left(self, docs: Path) -> None:
        """A run leaves no temporary files."""
        assert sorted(snapshot(docs)) == sorted(PAGES)

    def test_deletions_come_last(self, docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A page that moves exists under its new name before the old one is deleted."""
        seen: list[bool] = []
        unlink = Path.unlink

        def watched(self: Path, *, missing_ok: bool = False) -> None:
            if self.name == "a.md":
                seen.append((docs / "topics/z.md").exists())
            unlink(self, missing_ok=missing_ok)

        monkeypatch.setattr(Path, "unlink", watched)
        bring({"topics/z.md": PAGES["topics/a.md"]}, docs)

        assert seen == [True]


@pytest.mark.parametrize("left", [b"", b"\0" * 4096])
@pytest.mark.parametrize("name", ["topics/a.md", "questions.json"])
def test_page_lost_in_a_power_failure(left: bytes, name: str, tmp_path: Path) -> None:
    """A page that was not yet on disk when the power failed is rewritten without a conflict."""
    docs = tmp_path / "docs"
    bring(PAGES, docs)
    before = snapshot(docs)
    (docs / name).write_bytes(left)

    plan = writer.plan(PAGES, docs)
    writer.apply(plan.steps)

    assert plan.conflicts == ()
    assert snapshot(docs) == before


def test_only_irreplaceable_files_are_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ledger and the navigation are synced to disk; pages can be generated again."""
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)

    bring(PAGES, tmp_path / "docs")
    assert synced == []

    writer.apply(writer.replacement(tmp_path / "ids.json", "{}"))
    assert len(synced) == 1


NEW = {
    "topics/a.md": "---\ntitle: A2\n---\n",
    "topics/c.md": "---\ntitle: C\n---\n",
    "questions.json": '{\n "title": "U"\n}\n',
}
"""Replaces PAGES in the tests below: an update of each kind, a new page and a deleted one."""
OPERATIONS = [(Path, "open"), (Path, "replace"), (Path, "unlink"), (Path, "mkdir")]


@pytest.mark.parametrize("call", range(4))
@pytest.mark.parametrize(("owner", "name"), OPERATIONS, ids=[name for _, name in OPERATIONS])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_failure_at_any_point(
    owner: object,
    name: str,
    call: int,
    error: BaseException,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After any failure, every file is as before or as planned, and the next run completes it."""
    docs = tmp_path / "docs"
    bring(PAGES, docs)
    before = snapshot(docs)
    bring(NEW, tmp_path / "wanted")
    after = snapshot(tmp_path / "wanted")
    plan = writer.plan(NEW, docs)

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, _failing(getattr(owner, name), call, error))
        try:
            writer.apply(plan.steps)
        except writer.CannotWriteError as stopped:
            said = str(stopped)
        except KeyboardInterrupt:
            said = ""
        else:
            said = ""
    assert not said or "No space left on device" in said

    left = snapshot(docs)
    temporary = {path for path in left if "/.split-" in f"/{path}"}
    for path in left.keys() - temporary:
        assert left[path] in {before.get(path), after.get(path)}
    for path in temporary:
        os.utime(docs / path, (1, 1))
    bring(NEW, docs)
    assert after == {path: data for path, data in snapshot(docs).items() if "/" in path} | {
        "questions.json": (docs / "questions.json").read_bytes()
    }


def _failing(real: Callable[..., Any], at: int, error: BaseException) -> Callable[..., Any]:
    """Return a function that fails at the given call, and otherwise calls the real one."""
    calls = iter(range(1000))

    def failing(*args: object, **kwargs: object) -> object:
        if next(calls) == at:
            raise error
        return real(*args, **kwargs)

    return failing


def test_file_held_open_on_windows(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replacing a file that a reader holds open is retried, and given up after a while."""
    waited: list[float] = []
    monkeypatch.setattr(writer, "sleep", waited.append)
    held = _failing(Path.replace, 0, PermissionError(13, "held open"))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", held)
        bring({**PAGES, "q/b.md": "---\ntitle: C\n---\n"}, docs)
    assert len(waited) == 1
    assert "title: C" in (docs / "q/b.md").read_text()

    def always(*_: object) -> None:
        raise PermissionError(13, "held open")

    monkeypatch.setattr(Path, "replace", always)
    with pytest.raises(writer.CannotWriteError, match=r"b\.md: cannot update: held open"):
        bring(PAGES, docs)
    assert "title: C" in (docs / "q/b.md").read_text()


def test_two_runs_at_once(tmp_path: Path) -> None:
    """Two runs with the same plan leave everything up to date."""
    plans = [writer.plan(PAGES, tmp_path / "docs") for _ in range(2)]
    for plan in plans:
        writer.apply(plan.steps)

    assert writer.plan(PAGES, tmp_path / "docs") == Plan((), ())


def test_every_generated_file_is_known_as_one(tmp_path: Path) -> None:
    """The next run may replace each of them, whatever has changed."""
    shutil.copytree(FIXTURE, tmp_path, dirs_exist_ok=True)
    docs = tmp_path / "docs"
    before = snapshot(docs)
    assert run("--source", docs / "_source/questions.md", "--out", docs)[0] == 0
    made = [name for name in snapshot(docs).keys() - before.keys() if name[0] not in "._"]

    assert len(made) > 30
    assert writer.plan(dict.fromkeys(made, "Another text"), docs).conflicts == ()


def test_diff() -> None:
    """A step shows its changes as a diff; unusual line separators do not break lines."""
    step = writer.Step(Path("a.md"), Change.UPDATE, "x\u2028y\nsame\n", "z\nsame\n")

    assert list(step.diff())[2:] == ["@@ -1,2 +1,2 @@", "-x\u2028y", "+z", " same"]


def test_replacement(tmp_path: Path) -> None:
    """A file that people may edit is replaced as a whole, or left alone."""
    path = tmp_path / "ids.json"

    assert [step.change for step in writer.replacement(path, "a")] == [Change.CREATE]
    path.write_text("a")
    assert list(writer.replacement(path, "a")) == []
    assert [step.change for step in writer.replacement(path, "b")] == [Change.UPDATE]
