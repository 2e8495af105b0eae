"""The examples and figures of notes: each example prints what it says, each figure is shown."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.harness import ROOT

NOTES = ROOT / "docs/_source/notes"
_EXAMPLE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
_PRINTED = re.compile(r"# -> (.*?)[ ]*$", re.MULTILINE)
_NOT_RUN = re.compile(r"^```python not-run\n(.*)$", re.MULTILINE)
EXAMPLES = {
    f"{path.stem}-{number}": code
    for path in sorted(NOTES.glob("*.md"))
    for number, code in enumerate(_EXAMPLE.findall(path.read_text(encoding="utf-8")))
}


@pytest.mark.parametrize("code", EXAMPLES.values(), ids=EXAMPLES)
def test_example_prints_what_it_says(code: str, tmp_path: Path) -> None:
    """An example needs the standard library alone, and its output is in its comments."""
    command = [sys.executable, "-I", "-S", "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.stderr == ""
    assert done.stdout.splitlines() == _PRINTED.findall(code)
    assert _PRINTED.search(code)
    assert len(code.splitlines()) <= 15


def test_what_is_not_run_says_so() -> None:
    """Code that needs a framework starts with a comment that says so."""
    for path in NOTES.glob("*.md"):
        for first in _NOT_RUN.findall(path.read_text(encoding="utf-8")):
            assert first.endswith("not run here"), path.name


def test_every_figure_is_shown() -> None:
    """Each file in the folder of figures is in a note."""
    text = "".join(path.read_text(encoding="utf-8") for path in NOTES.glob("*.md"))
    drawn = {path.name for path in (NOTES.parent / "figures").glob("*.svg")}

    assert drawn == set(re.findall(r"\]\(\.\./figures/([^)]*)\)", text))
