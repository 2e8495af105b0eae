"""A fresh start, built: the new site has nothing of the old one, and no faults."""

from __future__ import annotations

import json
from pathlib import Path

import check_site
from support.harness import ROOT
from support.sites import COMMANDS, copy_project, run

NEW = [
    "--name",
    "Law: Q & 'A'",
    "--description",
    "Who pays?",
    "--letter",
    "L",
    "--color",
    "#7a1f3d",
]


def test_a_new_site(tmp_path: Path) -> None:
    """It builds strictly at once, under its own name, and is clean."""
    project = copy_project(tmp_path, ROOT)
    for command in (["python", "scripts/split.py", "--new", *NEW], *COMMANDS["mkdocs"]):
        done = run(command, project)
        assert done.returncode == 0, done.stdout + done.stderr
    home = (project / "site/index.html").read_text(encoding="utf-8")

    assert [*check_site.faults(project / "site")] == []
    assert "<title>Law: Q &amp; &#39;A&#39;</title>" in home
    assert '<meta name="description" content="Who pays?">' in home
    assert ">How do I add my first question?</a>" in home
    pages = {path: path.read_text(encoding="utf-8") for path in (project / "site").rglob("*.html")}
    assert [path for path, html in pages.items() if "Law: Q" not in html] == []
    data = json.loads((project / "site/questions.json").read_text(encoding="utf-8"))
    assert [item["question"] for item in data["questions"]] == ["How do I add my first question?"]
