"""The data that search reads in the browser."""

from __future__ import annotations

import json
import re

from qna.data import search_data
from support.harness import answer_source, pages

EDITED = """\
stop_words = ["how", "to", "the"]
synonyms = [["net", "network"], ["CNN", "convnet"]]
[phrases]
question = ["How to stop the LOSS from jumping", "SGD | Adam"]
"""


def data(*answer: str) -> dict[str, list[list[object]]]:
    """Return the search data of a source with one question."""
    found = pages(answer_source(answer), search_toml=EDITED)["search/data.json"]
    read = json.loads(found)
    assert isinstance(read, dict)
    return read


def test_rows() -> None:
    """A question is a row of id, topic number, text and full answer; phrases are separate.

    If this changes, so does the format: raise `search_data.FORMAT`.
    """
    assert search_data.FORMAT == 1
    assert data("    - It is **bold**, `code` & <b>.") == {
        "topics": [["topic", "Topic"]],
        "questions": [
            [
                "question",
                0,
                "Question?",
                "It is bold, code & <b>.",
            ]
        ],
        "synonyms": ["cnn|convnet", "net|network"],
        "phrases": ["stop loss from jumping|sgd adam"],
        "stop_words": "how|the|to",
    }


def test_phrases_in_other_scripts() -> None:
    """Phrases keep the marks of their letters."""
    source = "# T\n\n### **1. Topic**\n*   **Question?**\n    - Text.\n"
    edited = """\
stop_words = ["über", "क्या"]
[phrases]
question = ["हिन्दी क्या", "ข้อมูล", "Über Überanpassung, C++"]
"""
    found = json.loads(pages(source, search_toml=edited)["search/data.json"])

    assert found["phrases"] == ["हिन्दी|ข้อมูล|überanpassung c++"]


def test_long_answers_are_complete() -> None:
    """Lists and code are part of the answer's single line of text."""
    [row] = data(
        "    - First.",
        "",
        "        - one",
        "        - two",
        "",
        "        ```",
        "        x = 1",
        "        ```",
    )["questions"]
    assert row[3] == "First. • one • two x = 1"


def test_the_current_data_is_named() -> None:
    """A small file names the data by its content, so that it changes with each answer."""
    named = [
        json.loads(pages(answer_source([f"    - {answer}"]))["search/latest-1.json"])["data"]
        for answer in ("It is one.", "It is one.", "It is two.")
    ]

    assert re.fullmatch(r"data\.json\?v=[0-9a-f]{10}", named[0])
    assert named[0] == named[1] != named[2]
