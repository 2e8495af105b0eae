"""The packages of `qna` import each other in one direction."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "scripts"
MAY_IMPORT = {
    "indented_json": set(),
    "model": set(),
    "wording": set(),
    "words": set(),
    "progress": set(),
    "stamp": set(),
    "memo": {"stamp"},
    "writer": {"progress"},
    "diagnostics": {"model", "wording"},
    "appearance": {"diagnostics", "model"},
    "markdown": {"words"},
    "naming": {"diagnostics", "indented_json", "markdown", "memo", "model"},
    "reading": {"diagnostics", "markdown", "memo", "model", "naming", "wording", "words"},
    "links": {"diagnostics", "markdown", "memo", "model", "naming", "reading", "wording"},
    "site": {"links", "markdown", "memo", "model", "naming", "reading", "words"},
    "pages": {"indented_json", "markdown", "model", "naming", "reading", "site", "stamp", "words"},
    "data": {
        *(
            "indented_json",
            "markdown",
            "memo",
            "model",
            "naming",
            "pages",
            "reading",
            "site",
            "stamp",
            "words",
        ),
    },
    "cards": {"appearance", "markdown", "model", "words"},
    "downloads": {
        *("appearance", "cards", "data", "markdown", "model", "naming", "pages", "reading"),
        *("site", "stamp"),
    },
    "figures": set(),
    "starting": {
        "appearance",
        "data",
        "diagnostics",
        "markdown",
        "model",
        "naming",
        "reading",
        "words",
        "writer",
    },
}
"""For each package or module, those that it imports; `pipeline` runs them all."""


def imported(path: Path) -> Iterator[str]:
    """Yield the full names of the `qna` modules that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qna"):
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                found = ROOT.joinpath(*name.split("."))
                yield name if found.is_dir() or found.with_suffix(".py").exists() else node.module


def module(path: Path) -> str:
    """Return the full name of a file's module."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@cache
def modules() -> dict[str, set[str]]:
    """Return the modules that each module imports."""
    return {module(path): set(imported(path)) for path in (ROOT / "qna").rglob("[!_]*.py")}


def test_no_circular_imports() -> None:
    """No module imports itself through other modules, not even for a type."""
    assert len([*TopologicalSorter(modules()).static_order()]) >= len(modules())


def test_packages_import_in_one_direction() -> None:
    """Each package imports exactly the packages that the table lists."""
    found: dict[str, set[str]] = {name: set() for name in MAY_IMPORT}
    for name, others in modules().items():
        package = name.split(".")[1]
        if package in found:
            found[package] |= {other.split(".")[1] for other in others} - {package}

    assert found == MAY_IMPORT


def test_every_folder_is_a_package() -> None:
    """A folder without `__init__.py` can be imported, but is left out when the project is packed."""
    folders = {path.parent for path in (ROOT / "qna").rglob("*.py")}

    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []
