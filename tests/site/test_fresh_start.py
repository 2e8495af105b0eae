"""A fresh start, built: the new site has nothing of the old one, and no faults."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import check_site
import pytest
from qna import pipeline
from qna.downloads import styles
from support.harness import ROOT
from support.sites import COMMANDS, DOWNLOADS, copy_project, run

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


@pytest.mark.parametrize("engine", COMMANDS)
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_name_that_changes(engine: str, language: str, tmp_path: Path) -> None:
    """The home page has the name that is in the configuration, whatever characters it has."""
    project = copy_project(tmp_path, ROOT)
    start = ["python", "scripts/split.py", "--new", *NEW, "--language", language]
    config = project / "mkdocs.yml"
    assert run(start, project).returncode == 0
    text = config.read_text(encoding="utf-8")
    assert text.count("Law: Q & 'A'") == 1
    config.write_text(text.replace("Law: Q & 'A'", "*Bees* & <b> `{#h}`"), encoding="utf-8")
    for command in COMMANDS[engine]:
        done = run(command, project)
        assert done.returncode == 0, done.stdout + done.stderr
    home = (project / "site/index.html").read_text(encoding="utf-8")
    heading = re.search(r'<h1 id="home"[^>]*>(.*?)<a class="headerlink"', home)

    assert heading
    assert unescape(heading[1]) == "*Bees* & <b> `{#h}`"
    assert "Law" not in home


def test_files_of_a_new_site(tmp_path: Path) -> None:
    """Whatever readers take along has the color of the new site, and not that of the old one."""
    project = copy_project(tmp_path, ROOT)
    shutil.copytree(ROOT / "frontend", project / "frontend", dirs_exist_ok=True)
    for name in ("package.json", "tsconfig.json"):
        shutil.copy(ROOT / name, project)
    new = ["python", "scripts/split.py", "--new", *NEW]
    for command in (new, ["node", "frontend/build.mjs"], DOWNLOADS):
        done = run(command, project)
        assert done.returncode == 0, done.stdout + done.stderr
    own = pipeline.settings_of(project / "mkdocs.yml").tokens["light"]["accent"]
    usual = styles.usual_look().light["accent"]
    found = {path.suffix: path for path in (project / "docs/downloads").glob("law-q-a.*")}
    texts = {".html": found[".html"].read_bytes()}
    for kind, name in ((".epub", "EPUB/book.css"), (".apkg", "collection.anki2")):
        with ZipFile(found[kind]) as archive:
            texts[kind] = archive.read(name)

    assert [kind for kind, text in texts.items() if own.encode() not in text] == []
    assert [kind for kind, text in texts.items() if usual.encode() in text] == []


COLLECTION = """\
<h1 align="center">Tea</h1>

- [Leaves](#leaves)
- [Water](#water)

## Leaves

### 1. What is green tea?

Leaves: ![A leaf](img/leaf.png), and a note[^1].
See [how long](#3-how-long-does-it-steep).

### 2. ما هو الشاي؟

| a | b |
| --- | --- |
| `x` | $x^2$ |

## Water

### 3. How long does it steep?

<details><summary>Answer</summary>

    three minutes

#### Not more

H<sub>2</sub>O.
</details>

[^1]: A note.
"""


def test_an_imported_site(tmp_path: Path) -> None:
    """It builds strictly at once, with its pictures wherever they are shown, and is clean."""
    project = copy_project(tmp_path, ROOT)
    (tmp_path / "tea/img").mkdir(parents=True)
    (tmp_path / "tea/tea.md").write_text(COLLECTION, encoding="utf-8")
    picture = project / "docs/assets/images/new-site.png"
    (tmp_path / "tea/img/leaf.png").write_bytes(picture.read_bytes())
    command = ["python", "scripts/split.py", "--import", str(tmp_path / "tea/tea.md")]
    for each in (command, *COMMANDS["mkdocs"]):
        done = run(each, project)
        assert done.returncode == 0, done.stdout + done.stderr

    assert [*check_site.faults(project / "site")] == []
    data = json.loads((project / "site/questions.json").read_text(encoding="utf-8"))
    assert [topic["title"] for topic in data["topics"]] == ["Leaves", "Water"]
    assert [item["question"] for item in data["questions"]] == [
        "What is green tea?",
        "ما هو الشاي؟",
        "How long does it steep?",
    ]
    home = (project / "site/index.html").read_text(encoding="utf-8")
    assert 'src="assets/images/questions/leaf.png"' in home
    assert (project / "site/assets/images/questions/leaf.png").is_file()
