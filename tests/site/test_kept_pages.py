"""A MkDocs build keeps the pages that have not changed, and no others."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from random import Random

from mkdocs.config import load_config
from support.incremental import EDITS, WHOLE, differing, edited, started
from support.sites import copy_project, run


def test_edits_of_every_kind(tmp_path: Path) -> None:
    """After edits and damage, the site has the bytes of a full build; some pages are not new.

    What MkDocs warns of, it warns of each time.
    """
    random = Random(1)  # noqa: S311 - not for secrets
    project = started(tmp_path / "project", random)
    before = written(project)
    (project / "site/q/index.html").write_bytes(b"damaged")
    for compiled in (project / ".cache/templates").iterdir():
        compiled.write_bytes(compiled.read_bytes()[:40])
    for folder in {path.parent for path in before}:
        (folder / "of-a-file-that-was-deleted.txt").touch()
    by_hand = project / "docs/by-hand.md"
    by_hand.write_text("---\ntitle: 2026-11-28\n---\n", encoding="utf-8")
    kinds = sorted(EDITS.keys() - WHOLE)

    assert [kind for kind in kinds if not edited(project, random, kind)] == []
    assert differing(project) == []
    assert 5 < len(before.items() & written(project).items()) < len(before)

    by_hand.write_text("# By hand\n\n[Flour](/flour/)\n", encoding="utf-8")
    strict = [run(["mkdocs", "build", "--strict"], project) for _ in range(2)]
    assert [(done.returncode, "'/flour/'" in done.stderr) for done in strict] == [(1, True)] * 2


def test_pages_finished_at_once(tmp_path: Path) -> None:
    """A build finishes pages of questions, and `publish.py` does not open them again.

    If a script changes in between, it corrects them.
    """
    project = copy_project(tmp_path)
    for command in (["python", "scripts/split.py", "--undated"], ["mkdocs", "build", "--strict"]):
        assert run(command, project).returncode == 0
    pages = project.glob("site/q/*/index.html")
    built = {path: path.stat().st_mtime_ns for path in pages}
    script = project / "site/assets/site.js"

    assert run(["python", "scripts/publish.py"], project).returncode == 0
    assert len(built.items() & written(project).items()) > len(built) / 2

    script.write_text("// other\n", encoding="utf-8")
    assert run(["python", "scripts/publish.py"], project).returncode == 0
    digest = sha256(script.read_bytes()).hexdigest()[:10]
    addresses = {
        address
        for path in built
        for address in re.findall(r'assets/site\.js[^"]*', path.read_text(encoding="utf-8"))
    }
    assert addresses == {f"assets/site.js?v={digest}"}


def test_an_edit_of_the_configuration(tmp_path: Path) -> None:
    """The random edit leaves a configuration that MkDocs takes."""
    (tmp_path / "docs").mkdir()
    path = tmp_path / "mkdocs.yml"
    path.write_text("site_name: Bread\ncopyright: The bakers\n", encoding="utf-8")
    EDITS["configuration"](tmp_path, Random(1))  # noqa: S311 - not for secrets

    assert load_config(str(path)).copyright != "The bakers"


def written(project: Path) -> dict[Path, int]:
    """Return when each page of a site was written."""
    return {path: path.stat().st_mtime_ns for path in (project / "site").rglob("*.html")}
