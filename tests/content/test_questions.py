"""The project's content, whatever it is: read in full, and recorded in the ledger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from qna import pipeline
from qna.reading import source
from qna.starting import fresh
from support import verbatim
from support.harness import ROOT, generated
from support.sites import copy_project, run

SOURCE = ROOT / pipeline.SOURCE
EDITED = SOURCE.parent


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    """The content of questions.json."""
    loaded: dict[str, Any] = json.loads(generated(SOURCE)["questions.json"])
    return loaded


def test_every_question_is_read(data: dict[str, Any]) -> None:
    """An independent parser of the source finds the same questions and answers, in order."""
    asked = [(item["question"], verbatim.plain(item["answer"])) for item in data["questions"]]

    texts = (path.read_text(encoding="utf-8") for path in source.files(source.located(SOURCE)))
    assert asked == [pair for text in texts for pair in verbatim.pairs(text)]
    assert asked


def test_the_ledger_and_the_navigation_are_up_to_date(tmp_path: Path) -> None:
    """Splitting a fresh copy of the project changes neither the ledger nor mkdocs.yml.

    Answers may be edited on the forge, so their dates need not be recorded.
    """
    copied = copy_project(tmp_path, ROOT)
    assert run(["python", "scripts/split.py", "--undated"], copied).returncode == 0

    for name in ("docs/_source/ids.json", "mkdocs.yml"):
        assert (copied / name).read_bytes() == (ROOT / name).read_bytes(), "run scripts/split.py"


def test_every_id_is_recorded(data: dict[str, Any]) -> None:
    """The ledger has the id of each topic and each question, but not of a fresh start's."""
    ledger = json.loads((EDITED / "ids.json").read_text(encoding="utf-8"))
    asked = [item for item in data["questions"] if item["question"] not in fresh.examples()]
    topics = [item for item in data["topics"] if item["id"] in {one["topic"] for one in asked}]

    for kind, found in {"topics": topics, "questions": asked}.items():
        listed = [item["id"] for item in found]
        assert len(set(listed)) == len(listed)
        assert set(listed) <= {item["id"] for item in ledger[kind]}
