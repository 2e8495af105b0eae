"""The export for a search engine: files that OpenSearch reads, and their documentation."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import export
import pytest
from qna.data import opensearch
from support.editions import Editions
from support.harness import ROOT

SOURCE = """# Bread

### **1. Flour & *water***
*   **What is *gluten*?**
    - A protein in C#, `a=b`.

*   **What is bran?**
    - A husk.

### **2. Salt**
*   **How much?**
    - Tell it.
"""
SEARCH = """\
synonyms = [["c#", "a,b"], ["x => y", "back\\\\slash"]]
[phrases]
gluten = ["sticky dough"]
[further]
gluten = ["seitan"]
"""
GLOSSARY = """\
[[term]]
name = "GLU"
expansion = "gluten"
meaning = "A protein."
explained_by = ["gluten", "bran"]
"""


@pytest.fixture
def editions(tmp_path: Path) -> Editions:
    """A source with editorial files that was recorded once."""
    made = Editions(tmp_path / "docs")
    for name, text in (("questions.md", SOURCE), ("search.toml", SEARCH)):
        made.write(name, text)
    made.write("glossary.toml", GLOSSARY)
    made.record("2026-03-02")
    return made


def exported(editions: Editions) -> list[tuple[Any, Any]]:
    """Run the command; return each action with its record."""
    out = editions.docs.parent / "export"
    assert export.main(["--docs", str(editions.docs), "--out", str(out)]) == 0
    texts = [path.read_text(encoding="utf-8") for path in sorted(out.glob("*.ndjson"))]
    assert all(text.endswith("\n") for text in texts)
    lines = [json.loads(line) for text in texts for line in text.splitlines()]
    return list(zip(lines[::2], lines[1::2], strict=True))


def test_records(editions: Editions, capsys: pytest.CaptureFixture[str]) -> None:
    """Each question is an action and a record, which has no empty fields."""
    pairs = exported(editions)

    assert capsys.readouterr().err.startswith("3 questions in 1 file below ")
    assert [action for action, _ in pairs] == [
        {"index": {"_id": name}} for name in editions.site().questions
    ]
    assert [action["index"]["_id"] for action, _ in pairs] == [record["id"] for _, record in pairs]
    assert pairs[0][1] == {
        "id": "gluten",
        "url": "q/gluten/",
        "topic": "flour-water",
        "kind": "answer",
        "question": "What is gluten?",
        "answer": "A protein in C#, a=b.",
        "topic_title": "Flour & water",
        "phrases": ["sticky dough", "seitan"],
        "terms": ["GLU", "gluten"],
        "added": "2026-03-02",
    }


def test_index(editions: Editions) -> None:
    """Only known fields are accepted, texts are stemmed, and signs of synonyms are escaped."""
    index = json.loads(opensearch.index(editions.site(), "de-AT"))
    analysis = index["settings"]["analysis"]

    assert index["mappings"] == {"dynamic": "strict", "properties": opensearch.FIELDS}
    assert analysis["filter"]["stems"] == {"type": "stemmer", "language": "light_german"}
    assert analysis["analyzer"]["query"]["filter"] == ["lowercase", "stems", "synonyms"]
    assert analysis["filter"]["synonyms"]["synonyms"] == [r"c\#, a\,b", r"x \=> y, back\\slash"]


def test_a_language_without_a_stemmer(editions: Editions) -> None:
    """The words of other languages are compared as they are."""
    analysis = json.loads(opensearch.index(editions.site(), "ja"))["settings"]["analysis"]

    assert analysis["analyzer"]["text"]["filter"] == ["lowercase"]
    assert "stems" not in analysis["filter"]


def test_parts_are_small_and_old_ones_are_deleted(
    editions: Editions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part has whole records, and a later export with fewer parts leaves no others."""
    monkeypatch.setattr(opensearch.parts, "__defaults__", (1,))
    assert len(exported(editions)) == 3
    out = editions.docs.parent / "export"
    assert len([*out.glob("*.ndjson")]) == 3

    monkeypatch.undo()
    exported(editions)

    assert [path.name for path in out.glob("*.ndjson")] == ["questions-001.ndjson"]


def test_a_source_with_errors_is_not_exported(
    editions: Editions, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message says what to do."""
    editions.edit("    - A husk.\n", "")

    assert export.main(["--docs", str(editions.docs), "--out", str(editions.docs / "x")]) == 2
    assert "the source has errors; run 'python scripts/split.py'" in capsys.readouterr().err


def test_every_field_is_documented() -> None:
    """The page for makers lists the fields and their types, in the same order."""
    page = (ROOT / "docs/make-it-yours.md").read_text(encoding="utf-8")
    section = page.partition("{ #engine }")[2].partition("\n## ")[0]
    kinds = {"text": "text", "date": "date", "keyword": "name"}

    assert re.findall(r"^\| `(\w+)` \| ([\w ]+) \|", section, re.MULTILINE) == [
        (name, kinds[str(mapping["type"])] if mapping.get("index", True) else "not searched")
        for name, mapping in opensearch.FIELDS.items()
    ]
