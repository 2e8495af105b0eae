"""The data of the practice page, and the ids under which a reader's grades and answers may be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from qna.data import practice_data
from support.harness import generated

SOURCE = """\
# Bread

### **1. The *oven*** {#oven}
*   **Why does `steam` help?** {#steam}
    - It keeps the crust soft.
*   **How was your loaf?** {#loaf}
    - [Personal answer required - say what you did.]
"""
LEDGER = {
    "version": 1,
    "topics": [{"id": "oven", "title": "The *oven*", "formerly": ["baking"]}],
    "questions": [
        {
            "id": "steam",
            "question": "Why does `steam` help?",
            "topic": "oven",
            "answer": "It keeps the crust soft.",
            "formerly": ["oven#vapor", "baking#vapor", "baking#steam", "baking#crust"],
        },
        {
            "id": "loaf",
            "question": "How was your loaf?",
            "topic": "oven",
            "answer": "[Personal answer required - say what you did.]",
        },
    ],
}


@pytest.fixture
def made(tmp_path: Path) -> dict[str, str]:
    """What the splitter writes for a source with a past."""
    (tmp_path / "ids.json").write_text(json.dumps(LEDGER), encoding="utf-8")
    source = tmp_path / "questions.md"
    source.write_text(SOURCE, encoding="utf-8")
    return generated(source)


def test_data(made: dict[str, str]) -> None:
    """It has plain titles, stories, and each old id once; answers are on the pages of questions."""
    data: dict[str, Any] = json.loads(made[practice_data.FILE_NAME])

    assert data == {
        "title": "Bread",
        "format": practice_data.FORMAT,
        "topics": [{"id": "oven", "title": "The oven", "formerly": ["baking"]}],
        "paths": [],
        "questions": [
            {
                "id": "steam",
                "topic": "oven",
                "question": "Why does steam help?",
                "formerly": ["vapor", "crust"],
            },
            {"id": "loaf", "topic": "oven", "question": "How was your loaf?", "story": True},
        ],
    }


def test_question_pages_name_old_ids(made: dict[str, str]) -> None:
    """A reader's answer is found on the page of a question that was renamed or merged."""
    assert 'formerly: "vapor crust"' in made["q/steam.md"]
    assert "formerly" not in made["q/loaf.md"]
