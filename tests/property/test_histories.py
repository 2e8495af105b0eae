"""Properties of the history of questions, however their texts change and whenever that is recorded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from qna import pipeline, writer

NAMES = ("dropout", "pooling", "seed")
DAYS = st.integers(0, 3).map(lambda number: date(2026, 11, 28) + timedelta(number))
ANSWERS = st.fixed_dictionaries(dict.fromkeys(NAMES, st.sampled_from(["It is one.", "It is two."])))
STEPS = st.lists(st.tuples(ANSWERS, st.none() | DAYS), min_size=1, max_size=5)


class Project:
    """A project in a folder."""

    def __init__(self, folder: str) -> None:
        self.source, self.docs = Path(folder, "questions.md"), Path(folder, "docs")

    def split(self, answers: dict[str, str], today: date | None, *, check: bool = False) -> int:
        """Run the splitter; return how many files changed."""
        lines = (f"*   **What is {name}?**\n    - {text}\n" for name, text in answers.items())
        self.source.write_text("# T\n\n### **1. Topic**\n" + "\n".join(lines), encoding="utf-8")
        made = pipeline.prepare(self.source, self.docs, today=today, check=check)
        assert not made.report.items
        steps = [*made.steps, *made.record]
        if not check:
            writer.apply(steps)
        return len(steps)

    def ledger(self) -> dict[str, dict[str, Any]]:
        """Return the questions in the ledger by id."""
        data = json.loads(self.source.with_name("ids.json").read_text(encoding="utf-8"))
        return {item["id"]: item for item in data["questions"]}

    def data(self) -> dict[str, dict[str, Any]]:
        """Return the questions in `questions.json` by id."""
        data = json.loads((self.docs / "questions.json").read_text(encoding="utf-8"))
        return {item["id"]: item for item in data["questions"]}


@given(STEPS)
@settings(max_examples=40)
def test_histories(steps: Sequence[tuple[dict[str, str], date | None]]) -> None:
    """A second run changes nothing, a check accepts every edit, and revisions and dates never fall.

    A text has the day on which it was recorded or, until then, none.
    """
    with TemporaryDirectory() as folder:
        project = Project(folder)
        before: dict[str, dict[str, Any]] = {}
        recorded: dict[str, str] = {}
        for answers, today in steps:
            project.split(answers, today)
            recorded = answers if today else recorded
            assert project.split(answers, today) == 0
            assert project.split(answers, None, check=True) == 0
            for name, item in project.ledger().items():
                old, days = before.get(name, {}), sorted(item.get("date", {}).values())
                assert item.get("revision", 0) >= old.get("revision", 0)
                assert days >= sorted(old.get("date", {}).values())
                told = {"added", "changed"} & project.data()[name].keys()
                assert bool(told) == (recorded.get(name) == answers[name])
            before = project.ledger()
