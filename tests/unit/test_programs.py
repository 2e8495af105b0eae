"""What the programs of tests load ahead."""

from __future__ import annotations

import subprocess
import sys

from support.harness import ROOT
from support.programs import LOADED_AHEAD

SCRIPTS = ROOT / "scripts"


def test_no_module_loaded_ahead_knows_its_project() -> None:
    """A module that finds files by its own place is loaded from a copy, to find those of the copy."""
    own = [name for name in LOADED_AHEAD if name.startswith("qna")]
    code = f"import sys, {', '.join(own)}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=SCRIPTS, capture_output=True, text=True, check=True
    )
    outside = {
        ".".join(path.relative_to(SCRIPTS).with_suffix("").parts)
        for path in SCRIPTS.glob("qna/**/*.py")
        if "parents[3]" in path.read_text(encoding="utf-8")
    }

    assert len(own) == 4
    assert len(outside) == 4
    assert outside.isdisjoint(done.stdout.split())
