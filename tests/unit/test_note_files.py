"""Notes: what their files may look like, and what is reported of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from qna.diagnostics import Report
from qna.model import Question, Span
from qna.reading import notes
from qna.words import english

QUESTION = Question("What is *clipping*?", "It `caps` **gradients** that explode.", Span(1), 2)
STORY = Question("Your project?", "[Personal answer required: your project]", Span(4), 5)
HEAD = "checked: 2026-11-01\nstatus: sound\n"


def read(text: str | bytes, folder: Path, name: str = "clipping") -> tuple[notes.Notes, list[str]]:
    """Return the notes in a folder with one file, and what is reported."""
    (folder / notes.FOLDER).mkdir(exist_ok=True)
    data = text if isinstance(text, bytes) else text.encode()
    (folder / notes.FOLDER / f"{name}.md").write_bytes(data)
    report = Report()
    known = {"clipping": QUESTION, "project": STORY}
    found = notes.read(folder, known, report, date(2026, 11, 28))
    return found, [f"{item.code} {item.span.line} {item.message}" for item in report.items]


@pytest.mark.parametrize(
    "text",
    [
        f"---\n{HEAD}---\n\nText.\n",
        f"---\r\n{HEAD}---\r\n\r\nText.".replace("\n", "\r\n").replace("\r\r", "\r"),
        f"\ufeff---  \n{HEAD}---  \nText.",
        f"---\n{HEAD}---",
        f"---\n{HEAD}passage: caps gradients\n---\n",
    ],
)
def test_forms_that_are_read(text: str, tmp_path: Path) -> None:
    """Line endings, a byte order mark and a missing end of the last line make no difference."""
    found, faults = read(text, tmp_path)

    assert faults == []
    assert found.by_id["clipping"].checked == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "E602 1 there is no front matter"),
        ("Text.", "E602 1 there is no front matter"),
        ("---\n- a\n---\n", "E602 1 front matter has no keys"),
        ("---\na: [\n---\n", "E602 3 front matter is not YAML: "),
        (
            "---\nchecked: 2026-13-45\nstatus: sound\n---\n",
            "E602 1 front matter is not YAML: month must be in 1..12",
        ),
        ("---\nstatus: sound\nchecked: 2026-11-01 10:00:00\n---\n", "E602 3 'checked' is not"),
        ("---\nstatus: sound\nchecked: soon\n---\n", "E602 3 'checked' is not a date"),
        ("---\nchecked: 2026-11-29\nstatus: sound\n---\n", "E603 2 2026-11-29 is in the future"),
        ("---\nchecked: 2026-11-01\n---\n", "E602 1 there is no status"),
        ("---\nchecked: 2026-11-01\nstatus: [a]\n---\n", "E602 3 '['a']' is no status"),
        ("---\nchecked: 2026-11-01\nstatus: no\n---\n", "E602 3 'False' is no status"),
        (f"---\n{HEAD}---\n\nA \x07 bell.\n", "E006 6 control character U+0007"),
        (f"---\n{HEAD}---\n\n\u202eevil\n".encode(), "E007 6 text direction override"),
        (f"---\n{HEAD}---\n\n".encode() + b"\xff\n", "E005 6 byte 0xff is not UTF-8"),
        (f"---\n{HEAD}---\n\nSee [](#x), ![a](../figures/a.svg).\n", "E607 6 figure '../figures"),
        (f"---\n{HEAD}---\n\n![a](../../a.svg)\n", "E607 6 '../../a.svg' is outside the folder"),
        (f"---\n{HEAD}---\n\n$\\frac$\n", "E223 6 formula cannot be read"),
        (f"---\n{HEAD}---\n\nA [@] here.\n", "E605 6 citation cannot be read"),
    ],
)
def test_faults(text: str | bytes, fault: str, tmp_path: Path) -> None:
    """Each fault is reported at its line; none ends in a traceback."""
    _, faults = read(text, tmp_path)

    assert any(found.startswith(fault) for found in faults), faults


def test_a_prompt_needs_no_status(tmp_path: Path) -> None:
    """A note on the reader's own story has a date alone."""
    found, faults = read("---\nchecked: 2026-11-01\n---\n\nBegin.\n", tmp_path, "project")

    assert faults == []
    assert found.by_id["project"].status == ""


def test_files_of_editors(tmp_path: Path) -> None:
    """Locks and backups of editors are no notes."""
    _, faults = read(f"---\n{HEAD}---\n", tmp_path, ".#clipping")

    assert faults == []


@pytest.mark.parametrize(
    ("passages", "shown"),
    [
        ([], ""),
        (["caps"], "The answer says: \u201ccaps\u201d"),
        (
            ["`caps`", "that *explode*."],
            "The answer says: \u201ccaps\u201d, \u201cthat explode.\u201d",
        ),
    ],
)
def test_quoted(passages: list[str], shown: str) -> None:
    """Passages of an answer are quoted as plain text, with a comma between two of them."""
    assert notes.quoted(passages, english()) == shown
