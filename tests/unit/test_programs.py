"""What the programs of tests load ahead."""

from __future__ import annotations

import subprocess
import sys

import pytest
from support.harness import ROOT
from support.programs import LOADED_AHEAD

OWN = [name for name in LOADED_AHEAD if name.startswith("qna")]
OUTSIDE = """
from pathlib import Path
for name, module in [*sys.modules.items()]:
    for key, value in vars(module).items():
        if name.startswith("qna") and isinstance(value, Path) and value.is_absolute():
            value.is_relative_to(Path.cwd() / "qna") or print(name, key)
"""
"""Prints the constants of the project's modules that are paths outside their folder."""


@pytest.mark.parametrize(
    ("names", "expected"),
    [(OWN, ""), (["qna.downloads.book_fonts"], "qna.downloads.book_fonts FOLDER\n")],
)
def test_modules_loaded_ahead_know_no_project(names: list[str], expected: str) -> None:
    """Modules loaded ahead serve copies of the project, so none has the path of another folder."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, {', '.join(names)}\n{OUTSIDE}"],
        cwd=ROOT / "scripts",
        capture_output=True,
        text=True,
        check=True,
    )

    assert names
    assert done.stdout == expected
