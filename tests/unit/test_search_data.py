"""What the search in the reader's browser gets to read."""

from __future__ import annotations

import json

from harness import answer_source, pages

EDITED = """\
stop_words = ["how", "to", "the"]
synonyms = [["CNN", "convnet"]]
[phrases]
question = ["How to stop the LOSS from jumping", "SGD | Adam"]
"""


def data(*answer: str) -> dict[str, list[list[object]]]:
    """Return the data of a source with one question."""
    found = pages(answer_source(answer), search_toml=EDITED)["search/data.json"]
    read = json.loads(found)
    assert isinstance(read, dict)
    return read


def test_rows() -> None:
    """A question is a row: id, number of its topic, text, whole answer, and other ways to ask."""
    assert data("    - It is **bold**, `code` & <b>.") == {
        "topics": [["topic", "Topic"]],
        "questions": [
            [
                "question",
                0,
                "Question?",
                "It is bold, code & <b>.",
                "stop loss from jumping|sgd adam",
            ]
        ],
        "synonyms": ["cnn|convnet"],
        "stop_words": "how|the|to",
    }


def test_long_answers_are_whole() -> None:
    """Lists and code of an answer come as one line of text."""
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
