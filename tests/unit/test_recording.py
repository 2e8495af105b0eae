"""Recording changes: what a run of the splitter writes to the ledger, pages and data, and when."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support.harness import run

TEXTS = {
    "dropout": ("What is dropout?", "It switches units off at random while a network trains."),
    "pooling": ("What is pooling?", "It makes a feature map smaller."),
    "seed": ("What is a seed?", "It fixes the random numbers, so that a run can be repeated."),
}
BEFORE, TODAY, LATER = "2026-03-02", "2026-11-28", "2026-12-24"
LEDGER, DATA = Path("docs/_source/ids.json"), Path("docs/questions.json")


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project that was recorded before, as the working directory."""
    monkeypatch.chdir(tmp_path)
    LEDGER.parent.mkdir(parents=True)
    write()
    assert split(BEFORE)[0] == 0


def write(*topics: dict[str, tuple[str, str]], **texts: tuple[str, str]) -> None:
    """Write a source with some texts changed, or with other topics."""
    lines = ["# Title", ""]
    for number, questions in enumerate(topics or ({**TEXTS, **texts},), start=1):
        lines.append(f"### **{number}. Topic {number}**")
        for question, answer in questions.values():
            lines += [f"*   **{question}**", f"    - {answer}", ""]
    LEDGER.with_name("questions.md").write_text("\n".join(lines), encoding="utf-8")


def split(day: str, *options: str) -> tuple[int, str]:
    """Run the splitter on a day; return its exit code and messages."""
    at = int(datetime.fromisoformat(f"{day}T23:59:59+00:00").timestamp())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(at))
        code, _, error = run(
            "--source", LEDGER.with_name("questions.md"), "--out", "docs", *options
        )
    return code, error


def recorded(name: str) -> tuple[int, dict[str, str]]:
    """Return the revision and the dates of a question in the ledger."""
    [item] = [item for item in json.loads(LEDGER.read_text())["questions"] if item["id"] == name]
    return item.get("revision", 0), item.get("date", {})


def told(name: str) -> dict[str, Any]:
    """Return what `questions.json` says about the history of a question."""
    [item] = [item for item in json.loads(DATA.read_text())["questions"] if item["id"] == name]
    return {key: item[key] for key in ("revision", "added", "changed", "changes") if key in item}


def files() -> dict[Path, bytes]:
    """Return the content of every file."""
    return {path: path.read_bytes() for path in Path("docs").rglob("*") if path.is_file()}


def stamps() -> dict[Path, int]:
    """Return the modification time of every file."""
    return {path: path.stat().st_mtime_ns for path in Path("docs").rglob("*") if path.is_file()}


SHORTER = ("What is dropout?", "It switches units off at random.")
REWORDED = ("What does dropout do?", TEXTS["dropout"][1])


def test_first_record() -> None:
    """Every question of a new source was added on that day."""
    assert recorded("dropout") == (1, {"added": BEFORE})
    assert told("dropout") == {"revision": 1, "added": BEFORE}


def test_nothing_changed() -> None:
    """A run with nothing to record writes nothing, whatever day it is."""
    before = stamps()

    assert split(LATER) == (0, "1 topic, 3 questions: all files are up to date\n")
    assert before == stamps()


def test_edited_answer() -> None:
    """An edited answer, however little is edited, is recorded with the day; others are not."""
    write(dropout=SHORTER)
    assert split(TODAY)[0] == 0

    assert recorded("dropout") == (2, {"added": BEFORE, "answer": TODAY})
    assert recorded("pooling") == (1, {"added": BEFORE})
    assert told("dropout") == {
        "revision": 2,
        "added": BEFORE,
        "changed": TODAY,
        "changes": {"answer": TODAY},
    }
    assert split(LATER, "--check") == (0, "")


def test_new_question() -> None:
    """A new question has the day of the run; the others keep theirs."""
    write(loss=("What is a loss?", "A number that training makes smaller."))
    assert split(TODAY)[0] == 0

    assert recorded("loss") == (1, {"added": TODAY})
    assert recorded("dropout") == (1, {"added": BEFORE})


def test_reworded_question() -> None:
    """A reworded question keeps its id, and readers are told that it is reworded, not new."""
    write(dropout=REWORDED)
    assert split(TODAY)[0] == 0

    assert recorded("dropout") == (2, {"added": BEFORE, "question": TODAY})
    assert told("dropout")["changes"] == {"question": TODAY}


def test_moved_question() -> None:
    """Its texts are the same, so that nothing is new."""
    write({"pooling": TEXTS["pooling"], "seed": TEXTS["seed"]}, {"dropout": TEXTS["dropout"]})
    assert split(TODAY)[0] == 0

    assert recorded("dropout") == (1, {"added": BEFORE})


def test_renamed_question() -> None:
    """A new id is no new text: the history goes with it."""
    write(dropout=SHORTER)
    split(TODAY)
    assert split(LATER, "--rename", "dropout=switching-off")[0] == 0

    assert recorded("switching-off") == (2, {"added": BEFORE, "answer": TODAY})


def test_retired_question() -> None:
    """The question that takes over the addresses of another keeps its own history."""
    write({name: TEXTS[name] for name in ("pooling", "seed")})
    assert split(TODAY, "--retire", "dropout=pooling")[0] == 0

    assert recorded("pooling") == (1, {"added": BEFORE})


def test_retired_for_a_new_question() -> None:
    """A new question that takes over the addresses of another is new."""
    questions = {name: TEXTS[name] for name in ("pooling", "seed")}
    write({**questions, "loss": ("What is a loss?", "A number that training makes smaller.")})
    assert split(TODAY, "--retire", "dropout=loss")[0] == 0

    assert recorded("loss") == (1, {"added": TODAY})


def test_edited_on_the_forge() -> None:
    """A check accepts an edited answer; the pages have the new text, and no date for it."""
    write(dropout=SHORTER)
    before = LEDGER.read_bytes()

    assert split(TODAY, "--undated")[0] == 0
    assert split(LATER, "--check") == (0, "")
    assert before == LEDGER.read_bytes()
    assert told("dropout") == {"revision": 2}
    assert told("pooling") == {"revision": 1, "added": BEFORE}
    page = Path("docs/q/dropout.md").read_text()
    assert SHORTER[1] in page
    assert BEFORE not in page


def test_changed_again_on_the_forge() -> None:
    """The date of the earlier change is not that of the later one."""
    write(dropout=SHORTER)
    split(TODAY)
    write(dropout=(SHORTER[0], "It silences units at random."))
    assert split(LATER, "--undated")[0] == 0

    assert told("dropout") == {"revision": 3}
    assert TODAY not in Path("docs/q/dropout.md").read_text()
    assert "updated" not in Path("docs/topics/topic-1.md").read_text().split("---")[1]


def test_recorded_after_the_forge() -> None:
    """The author's next run records what was edited on the forge, with the day of that run."""
    write(dropout=SHORTER)
    split(TODAY, "--undated")
    assert split(LATER)[0] == 0

    assert recorded("dropout") == (2, {"added": BEFORE, "answer": LATER})
    assert told("dropout")["revision"] == 2


def test_builds_do_not_depend_on_the_day() -> None:
    """A build records new ids, but no dates, so that its files are the same on every day."""
    write(dropout=SHORTER, loss=("What is a loss?", "A number that training makes smaller."))
    ledger, made = LEDGER.read_bytes(), []
    for day in (TODAY, LATER):
        LEDGER.write_bytes(ledger)
        assert split(day, "--undated")[0] == 0
        made.append(files())

    assert made[0] == made[1]
    assert recorded("loss") == (0, {})
    assert recorded("dropout") == (1, {"added": BEFORE})


def test_dated_after_a_build() -> None:
    """A question whose id a build has recorded is new to the author's next run."""
    write(loss=("What is a loss?", "A number that training makes smaller."), dropout=REWORDED)
    split(TODAY, "--undated")
    assert split(LATER)[0] == 0

    assert recorded("loss") == (1, {"added": LATER})
    assert recorded("dropout") == (2, {"added": BEFORE, "question": LATER})


def make_version_1() -> None:
    """Give the project a ledger of version 1."""
    data = json.loads(LEDGER.read_text())
    for item in data["questions"]:
        for key in ("revision", "date", "digest"):
            del item[key]
    LEDGER.write_text(json.dumps({**data, "version": 1}, indent=1) + "\n")


def test_version_1() -> None:
    """A ledger of version 1 is brought into the form of version 2, without invented dates."""
    make_version_1()
    assert split(TODAY)[0] == 0

    assert json.loads(LEDGER.read_text())["version"] == 2
    assert {name: recorded(name) for name in TEXTS} == dict.fromkeys(TEXTS, (1, {}))
    assert told("dropout") == {"revision": 1}
    assert split(LATER, "--check") == (0, "")


def test_changed_since_version_1() -> None:
    """A text that differs from the one in a ledger of version 1 has changed."""
    make_version_1()
    write(dropout=SHORTER, seed=("What is a random seed?", TEXTS["seed"][1]))
    assert split(TODAY)[0] == 0

    assert recorded("dropout") == (2, {"answer": TODAY})
    assert recorded("seed") == (2, {"question": TODAY})
    assert recorded("pooling") == (1, {})


def test_check_of_version_1() -> None:
    """A check accepts a ledger of version 1, with answers edited since."""
    make_version_1()
    write(dropout=SHORTER)
    before = LEDGER.read_bytes()

    assert split(TODAY, "--undated")[0] == 0
    assert split(LATER, "--check") == (0, "")
    assert before == LEDGER.read_bytes()


def test_a_clock_that_goes_backward() -> None:
    """No date goes backward."""
    write(dropout=SHORTER)
    split(LATER)
    write(dropout=(SHORTER[0], "It silences units."))
    split(TODAY)

    assert recorded("dropout") == (3, {"added": BEFORE, "answer": LATER})


def test_reformatted_by_hand() -> None:
    """A ledger that says the same in another form is left alone."""
    LEDGER.write_text(json.dumps(json.loads(LEDGER.read_text())))
    before = stamps()

    assert split(TODAY)[0] == 0
    assert before == stamps()


def test_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without SOURCE_DATE_EPOCH, the day is today's in UTC."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    write(dropout=SHORTER)
    days = [str(datetime.now(UTC).date())]
    run("--source", LEDGER.with_name("questions.md"), "--out", "docs")
    days.append(str(datetime.now(UTC).date()))

    assert recorded("dropout")[1]["answer"] in days


@pytest.mark.parametrize("value", ["x", "-1", "1.5", "2026-11-28", "9" * 30, "9" * 5000, "²"])
def test_no_day(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A SOURCE_DATE_EPOCH that is no number of seconds ends the run with what to do."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    write(dropout=SHORTER)
    before = files()
    source = LEDGER.with_name("questions.md")

    said = (
        f"error: SOURCE_DATE_EPOCH={value} is not a number of seconds since 1970; "
        "unset it, or set it as in SOURCE_DATE_EPOCH=1764547200\n"
    )
    assert run("--source", source, "--out", "docs") == (2, "", said)
    assert files() == before
    assert run("--source", source, "--out", "docs", "--undated")[0] == 0


def test_two_branches(tmp_path: Path) -> None:
    """Two branches that change neighboring answers merge without a conflict."""
    base = tmp_path / "base.json"
    base.write_bytes(LEDGER.read_bytes())
    branches = []
    for name, day in (("dropout", TODAY), ("pooling", LATER)):
        LEDGER.write_bytes(base.read_bytes())
        write(**{name: (TEXTS[name][0], "Another answer.")})
        assert split(day)[0] == 0
        branches.append(tmp_path / f"{name}.json")
        branches[-1].write_bytes(LEDGER.read_bytes())
    ours, theirs = map(str, branches)
    command = ["git", "merge-file", "--stdout", ours, str(base), theirs]
    merged = subprocess.run(command, capture_output=True, check=False)
    LEDGER.write_bytes(merged.stdout)

    assert merged.returncode == 0
    write(**{name: (TEXTS[name][0], "Another answer.") for name in ("dropout", "pooling")})
    before = LEDGER.read_bytes()
    assert split(LATER)[0] == 0
    assert before == LEDGER.read_bytes()
    assert recorded("dropout") == (2, {"added": BEFORE, "answer": TODAY})
    assert recorded("pooling") == (2, {"added": BEFORE, "answer": LATER})
