"""A MkDocs build keeps the pages that have not changed, and no others."""

from __future__ import annotations

from pathlib import Path
from random import Random

from support.incremental import EDITS, WHOLE, differing, edited, started


def test_edits_of_every_kind(tmp_path: Path) -> None:
    """After edits and damage, the site has the bytes of a full build; some pages are not new."""
    random = Random(1)  # noqa: S311 - not for secrets
    project = started(tmp_path / "project", random)
    before = written(project)
    (project / "site/q/index.html").write_bytes(b"damaged")
    kinds = sorted(EDITS.keys() - WHOLE)

    assert [kind for kind in kinds if not edited(project, random, kind)] == []
    assert differing(project) == []
    assert 5 < len(before.items() & written(project).items()) < len(before)


def written(project: Path) -> dict[Path, int]:
    """Return when each page of a site was written."""
    return {path: path.stat().st_mtime_ns for path in (project / "site").rglob("*.html")}
