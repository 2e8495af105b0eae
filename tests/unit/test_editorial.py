"""The files that editors write beside the source, and the errors in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from qna.diagnostics import Report
from qna.reading import editorial
from qna.reading.editorial import Editorial, Term

QUESTIONS = ("dropout", "pooling", "striding")


def read(folder: Path, **files: str) -> tuple[Editorial, list[str]]:
    """Write and read files; return their content and the messages about errors in them."""
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    report = Report()
    found = editorial.read(folder, QUESTIONS, ["topic"], report)
    return found, [f"{item.code} {item.span.line} {item.message}" for item in report.items]


def test_no_files(tmp_path: Path) -> None:
    """All files are optional; without stop words and synonyms, the usual English ones apply."""
    usual = frozenset(editorial.STOP_WORDS.read_text(encoding="utf-8").split())
    found, messages = read(tmp_path)

    assert messages == []
    assert found == Editorial(stop_words=usual, everyday=found.everyday)
    assert ("choose", "select", "pick", "decide") in found.everyday
    assert read(tmp_path, search="synonyms = []")[0].everyday == ()


def test_all_files(tmp_path: Path) -> None:
    """Each file contributes its part."""
    found, faults = read(
        tmp_path,
        related=(
            'asked_another_way = [["dropout", "pooling"]]\n[related]\ndropout = ["striding"]\n'
        ),
        glossary=(
            '[[term]]\nname = "CNN"\nmeaning = "A network."\nexpansion = "Convolutional ..."\n'
            'explained_by = ["pooling", "striding"]\nmatches = ["CNNs"]\n'
        ),
        topics='[summary]\ntopic = "All of it."\n',
    )

    assert faults == []
    assert found.related == {"dropout": ("striding",)}
    assert found.rephrased == {"dropout": ("pooling",), "pooling": ("dropout",)}
    assert found.summaries == {"topic": "All of it."}
    assert found.glossary == (
        Term("CNN", "A network.", "Convolutional ...", ("pooling", "striding"), ("CNNs",)),
    )


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        (
            '[phrases]\nnone = ["a"]\ndropout = ["b"]\npooling = ["c"]\nstriding = ["d"]\n',
            "E311 2 unknown id 'none'",
        ),
        (
            '[phrases]\ndropout = ["a", "a"]\npooling = ["c"]\nstriding = ["d"]\n',
            "E311 2 'a' is listed twice under 'dropout'",
        ),
        (
            '[phrases]\ndropout = ["a b", "A b"]\npooling = ["c"]\nstriding = ["d"]\n',
            "E311 2 'A b' is listed twice under 'dropout'",
        ),
        (
            '[phrases]\ndropout = ["x y"]\npooling = ["X y"]\nstriding = ["d"]\n',
            "E311 3 'X y' is listed under 'dropout' and 'pooling'",
        ),
        (
            '[phrases]\ndropout = [""]\npooling = ["c"]\nstriding = ["d"]\n',
            "E311 2 empty phrase under 'dropout'",
        ),
        (
            '[phrases]\ndropout = ["a"]\npooling = ["b"]\n',
            "W313 1 no other ways to ask 'striding'",
        ),
        (
            '[phrases]\ndropout = ["a"]\npooling = ["b"]\nstriding = []\n',
            "W313 1 no other ways to ask 'striding'",
        ),
        ('synonyms = [["one"]]\n', "E311 1 not a group of synonyms: ['one']"),
        ('synonyms = [["one", "One"]]\n', "E311 1 not a group of synonyms: ['one', 'One']"),
        ("synonyms = [5]\n", "E311 1 'synonyms' is not a list of ids"),
    ],
)
def test_other_ways_to_ask(tmp_path: Path, search: str, expected: str) -> None:
    """The input for search is checked: unknown ids, duplicates, questions without a phrase."""
    _, faults = read(tmp_path, search=search)

    assert faults == [expected]


def test_twins_may_share_a_phrase(tmp_path: Path) -> None:
    """Two questions that ask the same thing may have the same phrase."""
    found, faults = read(
        tmp_path,
        related='asked_another_way = [["dropout", "pooling"]]\n',
        search='synonyms = [["CNN", "convnet"]]\n[phrases]\ndropout = ["a"]\npooling = ["a"]\nstriding = ["b"]\n',
    )

    assert faults == []
    assert found.phrases == {"dropout": ("a",), "pooling": ("a",), "striding": ("b",)}
    assert found.synonyms == (("cnn", "convnet"),)


def test_one_form_two_terms(tmp_path: Path) -> None:
    """A form can match only one term."""
    term = '[[term]]\nname = "{}"\nmeaning = "x"\nexplained_by = []\nmatches = ["net"]\n'

    _, faults = read(tmp_path, glossary=term.format("A") + term.format("B"))

    assert faults == ["E311 5 'net' matches both A and B"]


def test_not_utf_8(tmp_path: Path) -> None:
    """A file that cannot be decoded causes an error message, not a traceback."""
    (tmp_path / "related.toml").write_bytes(b"# caf\xe9\n")

    _, faults = read(tmp_path)

    assert len(faults) == 1
    assert faults[0].startswith("E310 1 not TOML: ")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("related", "related = 5"),
        ("related", "asked_another_way = 5"),
        ("glossary", "term = 5"),
        ("glossary", '[[term]]\nname = 5\nmeaning = "x"\nexplained_by = []'),
        ("glossary", '[[term]]\nname = ""\nmeaning = "x"\nexplained_by = []'),
        ("topics", "summary = 5"),
    ],
)
def test_wrong_types(tmp_path: Path, name: str, text: str) -> None:
    """A value of the wrong type causes an error message, not a traceback."""
    _, faults = read(tmp_path, **{name: text})

    assert len(faults) == 1


def test_questions_without_other_ways_to_ask_are_one_message(tmp_path: Path) -> None:
    """However many there are, one message names the first few and says how many follow."""
    names = [f"question-{number}" for number in range(1, 9)]
    (tmp_path / "search.toml").write_text('[phrases]\nquestion-1 = ["a"]\n', encoding="utf-8")
    report = Report()
    editorial.read(tmp_path, names, [], report)

    assert [item.message for item in report.items] == [
        "no other ways to ask 'question-2', 'question-3', 'question-4' and 4 more"
    ]
