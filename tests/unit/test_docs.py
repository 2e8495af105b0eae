"""What the documents say about the code is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import split

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TREE = README.partition("## Project layout")[2].partition("```\n\n")[0]
MODULES = [*(ROOT / "scripts").glob("*.py"), *(ROOT / "scripts/qna").glob("[!_]*.py")]


@pytest.mark.parametrize("name", sorted({path.name for path in MODULES}))
def test_readme_shows_every_module(name: str) -> None:
    """A reader sees the whole architecture from the tree in the README."""
    assert re.search(rf"(?<![\w.]){re.escape(name)}\b", TREE)


@pytest.mark.parametrize(
    "name", sorted(path.name for path in (ROOT / "frontend").rglob("*") if path.is_dir())
)
def test_readme_shows_every_folder_of_the_front_end(name: str) -> None:
    """So with the front end, folder by folder."""
    assert f" {name}/ " in TREE


@pytest.mark.parametrize(
    "name", sorted(path.parent.name for path in (ROOT / "scripts/qna").glob("*/__init__.py"))
)
def test_readme_shows_every_package(name: str) -> None:
    """So with the packages of `qna`."""
    assert f" {name}/ " in TREE


def test_readme_shows_no_module_that_is_gone() -> None:
    """What the tree lists is there."""
    listed = set(re.findall(r"\b(\w+\.py)\b", TREE))

    assert listed <= {path.name for path in (ROOT / "scripts").rglob("*.py")}


def test_readme_names_every_option() -> None:
    """Each option of the splitter is in the README."""
    options = re.findall(r"--[a-z]+", split._parser().format_help())

    assert set(options) - {"--help"} <= set(re.findall(r"--[a-z]+", README))


@pytest.mark.parametrize(
    "verb",
    [
        "serve",
        "build",
        "test",
        "fuzz",
        "bench",
        "search",
        "reference",
        "screenshots",
        "lock",
        "clean",
    ],
)
def test_readme_names_every_verb(verb: str) -> None:
    """Each verb of the Makefile that a person uses is in the README, and the other way round."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert f"make {verb}" in README
    assert re.search(rf"^{verb}:", makefile, re.MULTILINE)


def test_no_quiet_strict_build() -> None:
    """`mkdocs build -q --strict` passes with broken links: nothing may combine the two."""
    for path in [ROOT / "Makefile", *(ROOT / ".github").rglob("*.yml"), ROOT / ".ci/run"]:
        assert not re.search(r"mkdocs build.*(?:-q|--quiet)", path.read_text(encoding="utf-8"))
