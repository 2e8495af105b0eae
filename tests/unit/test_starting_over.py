"""A site whose ids are committed is not replaced unless its author insists."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import split
from qna.starting import committed, fresh
from support.harness import run

CONFIG = "site_name: Old\n\nnav:\n  - Home: index.md\n  - Topics:\n      - topics/index.md\n      # <topics>\n      # </topics>\n"
IDS = {
    "version": 2,
    "topics": [{"id": "grains", "title": "Grains"}],
    "questions": [{"id": "rye", "topic": "grains", "question": "What is rye?", "answer": "- Rye."}],
}
PROJECT = {
    ".gitignore": "/kept/\n/docs/*/\n!/docs/_source/\n/docs/*.json\n/docs/*.txt\n",
    "mkdocs.yml": CONFIG,
    "README.md": "# Old\n\n## Commands\n",
    "docs/_source/questions.md": "# Old\n\n### **1. Grains**\n*   **What is rye?**\n    - Rye.\n",
    "docs/_source/ids.json": json.dumps(IDS),
    f"{fresh.OWN_TESTS}/test_rye.py": "",
}
TEA = "# Tea\n\n## Leaves\n\n### What is tea?\n\nLeaves.\n\n### How long?\n\nThree minutes.\n"
IMPORT = ("--import", "../tea.md")
STARTS = pytest.mark.parametrize("start", [("--new", "--name", "Bees"), IMPORT])


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder."""
    command = ["git", "-c", "user.name=Me", "-c", "user.email=me@example.org", *arguments]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)


def commit(folder: Path) -> None:
    """Commit everything in a folder."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "A site")


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of a small project without git, in which commands run."""
    (tmp_path / "tea.md").write_text(TEA, encoding="utf-8")
    root = tmp_path / "checkout"
    for name, text in PROJECT.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(split, "ROOT", root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795824000")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")  # messages of git
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def fork(copy: Path) -> Path:
    """A fork of it, with its commits."""
    git(copy, "init", "--quiet")
    commit(copy)
    return copy


@pytest.fixture
def site(fork: Path) -> Path:
    """A committed site with two questions about tea, started from the project."""
    assert started(*IMPORT)[0] == 0
    commit(fork)
    return fork


def started(*options: str) -> tuple[int, str]:
    """Run the splitter; return the exit code and standard error."""
    code, _, said = run("--source", "docs/_source/questions.md", "--out", "docs", *options)
    return code, said


def tree(root: Path) -> dict[str, bytes]:
    """Return all files of a checkout but those of git."""
    found = (path for path in root.rglob("*") if path.is_file())
    names = {path.relative_to(root).as_posix(): path for path in found}
    return {name: path.read_bytes() for name, path in names.items() if not name.startswith(".git/")}


# --- it is refused ------------------------------------------------------------------------


@STARTS
def test_a_site_that_is_committed(site: Path, start: tuple[str, ...]) -> None:
    """A message says what would be lost, where, and what to do; nothing changes."""
    before = tree(site)
    code, said = started(*start)

    written = (
        " (run the import with --check --diff to see how they are written)"
        if start == IMPORT
        else ""
    )
    assert code == 2
    assert said == (
        "error: docs/_source/ids.json: this site has committed 3 ids; a new site would end their "
        "addresses, and replace questions, titles, pages and README; nothing has changed\n"
        f"hint: add the new questions to docs/_source/questions.md by hand{written}, "
        "or start over with --force, which keeps what is there in kept/\n"
    )
    assert tree(site) == before


@STARTS
def test_changes_since_the_commit(site: Path, start: tuple[str, ...]) -> None:
    """What counts is what is committed, whatever is in the folder."""
    (site / "docs/_source/ids.json").unlink()
    (site / "docs/_source/questions.md").write_text("# Tea\n", encoding="utf-8")
    (site / fresh.OWN_TESTS).mkdir(parents=True)
    before = tree(site)

    assert started(*start)[0] == 2
    assert tree(site) == before


def test_nobody_is_asked(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal, the message comes before the questions about the new site."""
    monkeypatch.setattr(split.command, "terminal", lambda: pytest.fail)

    assert started("--new")[0] == 2
    assert (site / "mkdocs.yml").is_file()


def test_a_source_in_several_files(site: Path) -> None:
    """The hint names the folder that has the questions."""
    source = site / "docs/_source/questions.md"
    text = source.read_bytes()
    source.unlink()
    source.with_suffix("").mkdir()
    (source.with_suffix("") / "1.md").write_bytes(text)

    assert "add the new questions to docs/_source/questions by hand" in started(*IMPORT)[1]


@STARTS
@pytest.mark.parametrize("inside", [True, False])
def test_a_source_elsewhere(
    site: Path, start: tuple[str, ...], tmp_path: Path, *, inside: bool
) -> None:
    """The folder of the source may be a link into this repository, or into another one."""
    own, elsewhere = site / "docs/_source", site / "texts" if inside else tmp_path / "texts"
    own.rename(elsewhere)
    own.symlink_to(elsewhere)
    if not inside:
        git(elsewhere, "init", "--quiet")
        commit(elsewhere)
    commit(site)

    assert "this site has committed 3 ids" in started(*start)[1]
    assert own.is_symlink()


@STARTS
def test_a_source_that_is_deleted(site: Path, start: tuple[str, ...]) -> None:
    """What is committed counts, even if its folder is gone."""
    shutil.rmtree(site / "docs/_source")

    assert "this site has committed 3 ids" in started(*start)[1]


@STARTS
def test_a_part_of_a_repository(copy: Path, start: tuple[str, ...]) -> None:
    """A site may be a folder in a larger repository."""
    assert started(*IMPORT)[0] == 0
    git(copy.parent, "init", "--quiet")
    commit(copy.parent)

    assert "this site has committed 3 ids" in started(*start)[1]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (".git/HEAD", "damaged\n", "git does not tell what is committed: fatal: not a git rep"),
        (
            ".git/refs/heads/main",
            "",
            "git does not tell what is committed: warning: ignoring broken ref",
        ),
        ("docs/_source/ids.json", "<<<<", "docs/_source/ids.json, as committed, is damaged; a new"),
    ],
)
def test_what_cannot_be_known(site: Path, name: str, text: str, told: str) -> None:
    """If git fails, or what is committed cannot be read, nothing changes without --force."""
    git(site, "branch", "--move", "main")
    (site / name).write_text(text, encoding="utf-8")
    if not name.startswith(".git"):
        commit(site)
    before = tree(site)
    code, said = started(*IMPORT)

    assert code == 2
    assert said.startswith(f"error: {told}")
    assert said.endswith(
        "hint: correct that, or start over with --force, which keeps what is there in kept/\n"
    )
    assert tree(site) == before
    assert started(*IMPORT, "--force")[0] == 0


def test_git_is_not_installed(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the program, a folder with a repository is not touched."""
    monkeypatch.setenv("PATH", str(site))

    assert "error: git cannot be run: " in started(*IMPORT)[1]


# --- it is not ----------------------------------------------------------------------------


def test_again_before_the_first_commit(fork: Path) -> None:
    """Whoever tries levels of headings may import as often as they like."""
    text = "# Tea\n\n## What is it?\n\nIt is\n\n### Who drinks it?\n\nWe do.\n\n## Why?\n\nSo.\n"
    (fork.parent / "tea.md").write_text(text, encoding="utf-8")
    for level in "3", "2", "3":
        assert started(*IMPORT, "--question-level", level)[0] == 0
    assert started("--new", "--name", "Bees")[0] == 0
    assert started(*IMPORT)[0] == 0
    assert committed.ids(fork) == ()


@STARTS
def test_after_a_commit_of_a_fresh_start(fork: Path, start: tuple[str, ...]) -> None:
    """A new site to which nobody added a question has no ids to lose."""
    assert started("--new", "--name", "Bees")[0] == 0
    commit(fork)

    assert started(*start)[0] == 0


@STARTS
@pytest.mark.parametrize("repository", [False, True])
def test_without_a_commit(copy: Path, start: tuple[str, ...], *, repository: bool) -> None:
    """A folder without git, or without commits, may start over at any time."""
    if repository:
        git(copy, "init", "--quiet")
    for _ in range(2):
        assert started(*start)[0] == 0


def test_a_folder_that_git_ignores(copy: Path) -> None:
    """A repository around it that has none of its files does not count."""
    (copy.parent / ".gitignore").write_text("/checkout/\n", encoding="utf-8")
    git(copy.parent, "init", "--quiet")
    commit(copy.parent)
    for _ in range(2):
        assert started(*IMPORT)[0] == 0


def test_a_fork_that_git_does_not_know(fork: Path) -> None:
    """A checkout that still has the content of the project may be replaced, even if git fails."""
    (fork / ".git/HEAD").write_text("damaged\n", encoding="utf-8")

    assert started(*IMPORT)[0] == 0


def test_a_dry_run(site: Path) -> None:
    """With --check, an import only says what is in the files."""
    before = tree(site)
    code, said = started(*IMPORT, "--check")

    assert code == 0
    assert said.startswith("2 questions: ")
    assert tree(site) == before


def test_no_dry_run_of_a_fresh_start(site: Path) -> None:
    """--check writes nothing, so that it cannot be combined with what only writes."""
    before = tree(site)
    code, said = started("--new", "--check")

    assert code == 2
    assert "--check writes nothing and cannot be combined with --new" in said
    assert tree(site) == before


@STARTS
def test_with_force(site: Path, start: tuple[str, ...]) -> None:
    """Whoever insists gets a new site; what was there is kept."""
    before = tree(site)
    code, said = started(*start, "--force")
    kept = max((site / "kept").iterdir())

    assert code == 0
    assert "that were there are kept in kept/2026-11-28-2" in said
    for name in "docs/_source/ids.json", "docs/_source/questions.md", "README.md", "mkdocs.yml":
        assert (kept / name).read_bytes() == before[name]
