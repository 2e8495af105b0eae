"""A site that was started with `make new` takes later versions of the project."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
import update
from qna.starting import fresh
from support.harness import ROOT

CONFIG = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
PROJECT = {
    "mkdocs.yml": CONFIG,
    "README.md": "# The project\n\n9 questions.\n\n## Commands\n\nOne.\n",
    "scripts/code.py": "old\n",
    "docs/index.md": "# Deep\n",
    "docs/_source/questions.md": "# Deep\n",
    "docs/_source/notes/layer.md": "A note.\n",
    "docs/paths/vision.md": "# Vision\n",
    f"{fresh.OWN_TESTS}/test_quality.py": "old\n",
}
SITE = {
    "mkdocs.yml": fresh.configured(CONFIG, "site_name: Bees\n").replace(
        "  - About: about.md\n", "  - About: about.md\n  - Keeper: keeper.md\n"
    ),
    "README.md": "# My bees\n\n## Commands\n\nOne.\n",
    "docs/index.md": "# Bees\n",
    "docs/_source/questions.md": "# Bees\n",
    "docs/keeper.md": "# Me\n",
    "docs/_source/notes/layer.md": None,
    "docs/paths/vision.md": None,
    f"{fresh.OWN_TESTS}/test_quality.py": None,
}
LATER = {
    "mkdocs.yml": CONFIG.replace("site_name: ", "site_name: New ")
    .replace("      # </topics>", "      - topics/news.md\n      # </topics>")
    .replace("  - footnotes\n", "  - footnotes\n  - md_in_html\n"),
    "README.md": "# The project\n\n10 questions.\n\n## Commands\n\nOne and two.\n",
    "scripts/code.py": "new\n",
    "docs/_source/questions.md": "# Deep\n\nNews\n",
    "docs/_source/notes/layer.md": "A longer note.\n",
    "docs/_source/notes/news.md": "Another note.\n",
    "docs/paths/vision.md": "# Vision\n\nNews\n",
    f"{fresh.OWN_TESTS}/test_quality.py": "new\n",
    f"{fresh.OWN_TESTS}/test_more.py": "new\n",
}


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder; return what it prints."""
    named = ["-c", "user.name=Me", "-c", "user.email=me@example.org"]
    command = ["git", *named, *arguments]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=True
    ).stdout.strip()


def commit(folder: Path, files: Mapping[str, str | None], message: str) -> None:
    """Write some files, or delete those that are None, and commit them."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink()
        else:
            path.write_text(text, encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site that was started from a project, which has changed since."""
    project, site = tmp_path / "project", tmp_path / "site"
    project.mkdir()
    git(project, "init", "--quiet", "--initial-branch", "main")
    commit(project, PROJECT, "First")
    git(tmp_path, "clone", "--quiet", "--origin", "upstream", "project", "site")
    for key, value in {"user.name": "Me", "user.email": "me@example.org"}.items():
        git(site, "config", key, value)
    commit(site, SITE, "Bees")
    commit(project, LATER, "Later")
    monkeypatch.setattr(update, "ROOT", site)
    return site


def texts(site: Path) -> dict[str, str]:
    """Return the committed files."""
    return {name: git(site, "show", f"HEAD:{name}") for name in git(site, "ls-files").splitlines()}


def test_a_later_version(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The code is new; content, name, look and pages of the site are as they were."""
    before = texts(site)
    assert update.main([]) == 0
    after = texts(site)

    assert after.pop("scripts/code.py") == "new"
    assert after.pop("README.md") == "# My bees\n\n## Commands\n\nOne and two."
    assert after.pop("mkdocs.yml") == before["mkdocs.yml"].replace(
        "  - footnotes\n", "  - footnotes\n  - md_in_html\n"
    )
    assert after.items() <= before.items()
    assert not git(site, "status", "--porcelain")
    assert "upstream/main is merged" in capsys.readouterr().err
    assert update.main([]) == 0
    assert capsys.readouterr().err == "there is nothing newer in upstream/main\n"


def test_a_readme_of_its_own(site: Path) -> None:
    """Where both have changed the same lines of the README, it stays as the site has it."""
    own = "# My bees\n\n## Commands\n\nMine.\n"
    commit(site, {"README.md": own}, "Mine")

    assert update.main([]) == 0
    assert (site / "README.md").read_text(encoding="utf-8") == own


def test_what_must_be_merged_by_hand(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Code that the owner has changed, too, is listed; all else is merged already."""
    commit(site, {"scripts/code.py": "mine\n"}, "Mine")

    assert update.main([]) == 1
    assert capsys.readouterr().err == (
        "1 file changed both here and in upstream/main:\n"
        "  scripts/code.py\n"
        "hint: edit them, then run 'git add -A' and 'git commit'; 'git merge --abort' undoes all\n"
    )
    assert "<<<<<<<" in (site / "scripts/code.py").read_text(encoding="utf-8")
    git(site, "merge", "--abort")
    assert not git(site, "status", "--porcelain")


def test_nothing_is_merged(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Changes that are not committed, no remote and no common history: nothing changes."""
    (site / "README.md").write_text("# Mine\n", encoding="utf-8")
    assert update.main([]) == 2
    git(site, "checkout", "--quiet", "README.md")
    assert update.main(["--from", "other/main"]) == 2
    git(site, "checkout", "--quiet", "--orphan", "copied")
    git(site, "commit", "--quiet", "--message", "Copy")
    assert update.main([]) == 2

    errors = capsys.readouterr().err.splitlines()
    assert [error.partition("; ")[0] for error in errors] == [
        "error: there are changes that are not committed",
        "error: there is no remote 'other'",
        "error: this site has no history in common with upstream/main",
    ]
