"""The characters that the fonts are cut to."""

from __future__ import annotations

import json
from pathlib import Path

import split
from support.harness import run

SOURCE = """\
# Panadería

### **1. Niveles**
*   **¿Qué es la levadura?**
    - Un hongo: $\\alpha < 1$.
"""


def test_letters_of_the_texts(tmp_path: Path) -> None:
    """Letters that English lacks are in the font for text while a title or an answer has them."""
    (tmp_path / "docs/_source").mkdir(parents=True)
    (tmp_path / "frontend").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Pan\nnav:\n  - Inicio: index.md\n", "utf-8")
    source = tmp_path / "docs/_source/questions.md"
    source.write_text(SOURCE, encoding="utf-8")

    assert run(f"--source={source}", f"--out={tmp_path}/docs")[0] == split.OK
    found = json.loads((tmp_path / "frontend/characters.json").read_text(encoding="utf-8"))
    assert found["letters"] == "éí"
    assert {"α", "<", "1"} <= {*found["formulas"]}

    source.write_text(SOURCE.replace("hongo", "ñame"), encoding="utf-8")

    assert run(f"--source={source}", f"--out={tmp_path}/docs")[0] == split.OK
    found = json.loads((tmp_path / "frontend/characters.json").read_text(encoding="utf-8"))
    assert found["letters"] == "éíñ"
