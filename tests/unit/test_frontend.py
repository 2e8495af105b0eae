"""The front end's modules import each other in one direction."""

from __future__ import annotations

import re
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "frontend"
MAY_IMPORT = {
    "dom": {"dom"},
    "search": {"search"},
    "search/pieces": {"search", "search/pieces"},
    "search/ui": {"dom", "search", "search/ui"},
    "saved": {"dom", "saved"},
    "own-answers": {"dom", "own-answers", "saved"},
    "enhance": {"dom", "enhance", "own-answers", "search", "search/ui"},
    "practice": {"dom", "own-answers", "practice", "saved"},
    "practice/ui": {"dom", "enhance", "own-answers", "practice", "practice/ui", "saved"},
    "one-file": {"dom", "one-file", "practice/ui", "search", "search/ui"},
    ".": {
        *("dom", "enhance", "one-file", "own-answers", "practice/ui"),
        *("search", "search/pieces", "search/ui"),
    },
}
"""For each folder, the folders whose modules its own modules may import."""

IMPORT = re.compile(r"""\b(?:from|import)\s*\(?\s*"(\.[^"]+)\"""")
IMPORTS = {
    path: {(path.parent / f"{name}.ts").resolve() for name in IMPORT.findall(path.read_text())}
    for path in ROOT.rglob("*.ts")
    if not path.name.endswith((".test.ts", ".d.ts")) and path.parent.name != "testing"
}


def folder(path: Path) -> str:
    """Return a module's folder, relative to `frontend/`."""
    return path.parent.relative_to(ROOT).as_posix()


def test_no_circular_imports() -> None:
    """No module imports itself through other modules, not even for a type."""
    assert len([*TopologicalSorter(IMPORTS).static_order()]) == len(IMPORTS)


def test_folders_import_in_one_direction() -> None:
    """Entry points import enhancements and search; these import the DOM, and of the engine words."""
    used = [(path, other) for path, others in IMPORTS.items() for other in others]
    found = {(folder(path), folder(other)) for path, other in used}
    of_engine = {other.stem for path, other in used if folder(path) == "enhance"} & {
        path.stem for path in IMPORTS if folder(path) == "search"
    }

    assert found == {(name, other) for name, others in MAY_IMPORT.items() for other in others}
    assert of_engine == {"words"}
