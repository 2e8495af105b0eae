"""The documentation matches the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import split
from qna import pipeline
from qna.reading import figures, notes
from qna.starting import fresh

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TREE = README.partition("## Project layout")[2].partition("```\n\n")[0]
of_the_project = pytest.mark.skipif(
    not (ROOT / fresh.OWN_TESTS).is_dir(), reason="a new site has its own README"
)
MODULES = [*(ROOT / "scripts").glob("*.py"), *(ROOT / "scripts/qna").glob("[!_]*.py")]


@of_the_project
@pytest.mark.parametrize("name", sorted({path.name for path in MODULES}))
def test_readme_shows_every_module(name: str) -> None:
    """The tree in the README lists every module, to show the whole architecture."""
    assert re.search(rf"(?<![\w.]){re.escape(name)}\b", TREE)


@of_the_project
@pytest.mark.parametrize(
    "name", sorted({path.name for path in (ROOT / "frontend").rglob("*") if path.is_dir()})
)
def test_readme_shows_every_folder_of_the_front_end(name: str) -> None:
    """The tree in the README lists every folder of the front end."""
    assert f" {name}/ " in TREE


@of_the_project
@pytest.mark.parametrize(
    "name", sorted(path.parent.name for path in (ROOT / "scripts/qna").glob("*/__init__.py"))
)
def test_readme_shows_every_package(name: str) -> None:
    """The tree in the README lists every package of `qna`."""
    assert f" {name}/ " in TREE


@of_the_project
def test_readme_shows_no_missing_module() -> None:
    """Every module that the tree lists exists."""
    listed = set(re.findall(r"\b(\w+\.py)\b", TREE))

    assert listed <= {path.name for path in (ROOT / "scripts").rglob("*.py")}


@of_the_project
def test_readme_names_every_option() -> None:
    """The README names every option of the splitter."""
    options = re.findall(r"--[a-z-]+[a-z]", split._parser().format_help())

    assert set(options) - {"--help"} <= set(re.findall(r"--[a-z-]+[a-z]", README))


@of_the_project
def test_readme_names_every_verb() -> None:
    """The README names each verb of the Makefile but those that only prepare for others."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    verbs = set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE))
    preparing = {"help", "setup", "browser", "pages", "cards", "downloads", "bundle", "icon"}

    assert verbs - preparing == set(re.findall(r"`make ([a-z]+)`", README))


def test_no_quiet_strict_build() -> None:
    """`mkdocs build -q --strict` accepts broken links, so nothing may combine the two."""
    for path in [ROOT / "Makefile", *(ROOT / ".github").rglob("*.yml"), ROOT / ".ci/run"]:
        assert not re.search(r"mkdocs build.*(?:-q|--quiet)", path.read_text(encoding="utf-8"))


def test_authors_page_names_every_macro_and_file() -> None:
    """The page for authors names each macro and each file of docs/_source."""
    page = (ROOT / "docs/authors.md").read_text(encoding="utf-8")
    macros = (ROOT / "macros/__init__.py").read_text(encoding="utf-8")
    registered = re.search(r"shown = \(\n(.*?)\n    \)", macros, re.DOTALL)
    assert registered

    for name in re.findall(r"macros\.(\w+)", registered[1]):
        assert f"`{name}(" in page
    beside = pipeline.read_files(Path("questions.md"))
    named = {path.name for path in beside if path.parent == Path()}
    for name in {*named, notes.FOLDER, figures.FOLDER}:
        assert f"`{name}`" in page
