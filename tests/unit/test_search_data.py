"""The data that search reads in the browser."""

from __future__ import annotations

import json
import re
from time import process_time
from typing import Any

import pytest
from qna.data import acronyms, search_data
from support.harness import answer_source, pages

EDITED = """\
stop_words = ["how", "to", "the"]
synonyms = [["net", "network"], ["CNN", "convnet"]]
[phrases]
question = ["How to stop the LOSS from jumping", "SGD | Adam"]
"""


def data(*answer: str) -> dict[str, Any]:
    """Return the search data of a source with one question."""
    return search_data.load(pages(answer_source(answer), search_toml=EDITED)["search/data.json"])


def test_rows() -> None:
    """A question is a row of id, topic number, text and full answer; phrases are separate.

    If this changes, so does the format: raise `search_data.FORMAT`.
    """
    assert search_data.FORMAT == 2
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
        "phrases": ["sgd adam|stop loss from jumping"],
        "siblings": [],
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
    found = search_data.load(pages(source, search_toml=edited)["search/data.json"])

    assert found["phrases"] == ["überanpassung c++|हिन्दी|ข้อมูล"]


FURTHER = """\
stop_words = ["the"]
[phrases]
one = ["first phrase", "usual way", "a usual way out"]
[further]
one = ["the usual word", "usual words, rarely", "some word"]
two = ["usual phrase, rare", "phrase"]
three = ["usual phrase"]
"""


def test_words_of_further_phrases() -> None:
    """Further phrases have the words that are in three places or more, in any form.

    A phrase that is part of another one is left out.
    """
    source = (
        "# T\n\n### **1. Topic**\n"
        "*   **One?**\n    - A word.\n*   **Two?**\n    - A word.\n"
        "*   **Three?**\n    - A phrase.\n"
    )
    found = search_data.load(pages(source, search_toml=FURTHER)["search/data.json"])

    assert found["phrases"] == [
        "a usual way out|first phrase|usual word|usual words",
        "usual phrase",
        "usual phrase",
    ]


def test_rare_words_of_many_phrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many phrases, a word that is nowhere else is left out, unless it is a name."""
    edited = '[phrases]\nquestion = ["nail polish smell", "smell of GRU", "smell"]\n'
    source = answer_source(["    - Text."])
    all_words = search_data.load(pages(source, search_toml=edited)["search/data.json"])
    monkeypatch.setattr(search_data, "_MANY", 3)
    usual = search_data.load(pages(source, search_toml=edited)["search/data.json"])

    assert all_words["phrases"] == ["nail polish smell|smell gru"]
    assert usual["phrases"] == ["smell gru"]


@pytest.mark.parametrize(
    ("term", "answer", "phrases"),
    [
        ("AI", "Training is what AI does.", "ai"),
        ("Neuron", "It has neurons.", "neuron"),
        ("AI", "It is maintained.", ""),  # within another word
        ("Question", "This question.", ""),  # the question names it
        ("AI", "Something else.", ""),
    ],
)
def test_terms_that_an_answer_explains(term: str, answer: str, phrases: str) -> None:
    """A term that an answer explains and names is another way to ask its question."""
    glossary = f"[[term]]\nname = {term!r}\nmeaning = 'x'\nexplained_by = ['question']\n"
    found = pages(answer_source([f"    - {answer}"]), glossary_toml=glossary + "matches = []\n")

    assert search_data.load(found["search/data.json"])["phrases"] == [phrases]


def test_questions_that_ask_the_same() -> None:
    """The numbers of questions that ask the same are together, each group once."""
    source = (
        "# T\n\n### **1. Topic**\n"
        "*   **One?**\n    - A.\n*   **Two?**\n    - B.\n*   **Three?**\n    - C.\n"
    )
    related = 'asked_another_way = [["three", "one"]]\n'
    found = search_data.load(pages(source, related_toml=related)["search/data.json"])

    assert found["siblings"] == [[0, 2]]


def test_stop_words_without_a_list() -> None:
    """A source that lists no stop words gets the usual English ones, and can have none."""
    source = answer_source(["    - It is one."])
    usual = search_data.load(pages(source)["search/data.json"])["stop_words"].split("|")
    none = search_data.load(pages(source, search_toml="stop_words = []\n")["search/data.json"])

    assert {"the", "what", "how", "is"} <= {*usual}
    assert none["stop_words"] == ""


def test_synonyms_without_a_list() -> None:
    """A source that lists no synonyms gets the everyday ones with a word of its texts."""
    source = answer_source(["    - Choosing a big loaf."])
    usual = search_data.load(pages(source)["search/data.json"])
    none = search_data.load(pages(source, search_toml="synonyms = []\n")["search/data.json"])

    assert {"large|big|huge", "predict|guess|forecast"} & {*usual["synonyms"]} == {"large|big|huge"}
    assert none["synonyms"] == []


@pytest.mark.parametrize(
    ("answer", "synonyms"),
    [
        ("Mean squared error (MSE) is a loss.", ["mse|mean squared error"]),
        ("The MSE (mean squared error) is a loss.", ["mse|mean squared error"]),
        ("Recurrent neural networks (RNNs) read.", ["rnn|recurrent neural networks"]),
        ("HyperText Markup Language (HTML).", ["html|hypertext markup language"]),
        ("Area under the curve (AUC).", ["auc|area under the curve"]),
        ("A test (see below), and more (US).", []),
        ("Cars (CNNs) and a convnet (CNN).", []),
        ("f(x) and g(AB)", []),
    ],
)
def test_acronyms_in_texts(answer: str, synonyms: list[str]) -> None:
    """An acronym that a text introduces is searched like the words that it stands for."""
    assert data(f"    - {answer}")["synonyms"] == sorted(["cnn|convnet", "net|network", *synonyms])


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["Batch normalization helps.", "Use batch normalization!"], {"bn": "batch normalization"}),
        (["Cell states.", "A cell state."], {}),  # only one text has each of them
        (["batch norm", "Batch norm", "big nose", "big nose"], {}),  # two meanings
        (["bread dough", "bread dough", "bdellium"], {}),  # what people may be typing
        (["rate of learning", "rate of learning"], {}),  # over a stop word
        (["rate, learning", "rate, learning"], {}),  # over a comma
        (["batch 16", "batch 16"], {}),
        (["self-driving car", "self-driving cars"], {"sd": "self driving"}),
        (["open file", "open file"], {}),  # a stop word
        (["o'reilly book", "o'reilly book"], {"rb": "reilly book"}),
        (["Große Öfen", "große Öfen"], {"gö": "große öfen"}),
    ],
)
def test_initials(texts: list[str], found: dict[str, str]) -> None:
    """Initials of words that several texts have in a row, unless they may mean something else."""
    assert dict(acronyms.initials(texts, {"of", "a", "the"})) == found


def test_initials_without_editorial_data() -> None:
    """They are searched only in a source that lists no synonyms."""
    source = answer_source(["    - Batch normalization helps."])
    source = source.replace("Question?", "What is batch normalization?")
    usual = search_data.load(pages(source)["search/data.json"])["synonyms"]
    own = 'synonyms = [["bread", "loaf"]]\n'
    listed = search_data.load(pages(source, search_toml=own)["search/data.json"])["synonyms"]

    assert "bn|batch normalization" in usual
    assert listed == ["bread|loaf"]


def test_acronyms_in_a_long_text() -> None:
    """A text of 100,000 characters without brackets takes no time."""
    start = process_time()

    assert [*acronyms.introduced("word " * 20_000)] == []
    assert process_time() - start < 1


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
        json.loads(pages(answer_source([f"    - {answer}"]))["search/latest-2.json"])["data"]
        for answer in ("It is one.", "It is one.", "It is two.")
    ]

    assert re.fullmatch(r"data\.json\?v=[0-9a-f]{10}", named[0])
    assert named[0] == named[1] != named[2]
