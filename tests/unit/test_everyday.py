"""What search knows of questions without editorial data."""

from __future__ import annotations

import pytest
from qna.data import search_data
from qna.data.everyday import Everyday
from qna.reading import editorial
from support.harness import pages

GROUPS = [("choose", "pick"), ("get bigger", "swell"), ("bad", "poor", "worse")]


def ways(*texts: tuple[str, str]) -> list[list[list[str]]]:
    """Return the other ways to ask questions that have these answers."""
    read = [(asked.split(), said.split()) for asked, said in texts]
    return [*Everyday(read, GROUPS, {"a", "get", "the"}).ways()]


@pytest.mark.parametrize(
    ("asked", "others"),
    [
        ("pick a loaf", ["choose"]),
        ("picking a loaf", ["choose"]),
        ("pick or choose", []),
        ("dough can swell", ["bigger"]),  # without the stop word
        ("does dough get bigger", ["swell"]),
        ("bad dough", ["poor", "worse"]),
        ("why salt", []),
    ],
)
def test_synonyms_of_a_question(asked: str, others: list[str]) -> None:
    """The synonyms of the words of a question, which it lacks, are one way to ask it."""
    ((found, _),) = ways((asked, ""))

    assert found == others


def test_key_words_of_an_answer() -> None:
    """What an answer has more often than others is a way to ask its question."""
    (_, first), (_, second) = ways(
        ("one", "the yeast yeast rises in dough"), ("two", "the salt in dough 塩は味です")
    )

    assert first == ["yeast", "rises"]
    assert second == ["salt"]


def test_key_words_are_few() -> None:
    """A long answer has no more than ten."""
    (_, found), _ = ways(("one", " ".join(f"word{number}" for number in range(20))), ("two", ""))

    assert len(found) == 10


@pytest.mark.parametrize(
    ("text", "is_known"),
    [("choose", True), ("picks", True), ("choosing", True), ("picky", False), ("choice", False)],
)
def test_groups_with_a_word_of_the_texts(text: str, *, is_known: bool) -> None:
    """Only groups with a word of the texts, in any form, are kept."""
    found = Everyday([([], [text])], GROUPS[:1], set())

    assert found.synonyms == (GROUPS[:1] if is_known else [])


def test_phrases_of_editors_come_alone() -> None:
    """Everyday phrases are only for sources without any phrases and synonyms."""
    source = (
        "# T\n\n### **1. Topic**\n"
        "*   **How do I pick flour?**\n    - By protein.\n*   **Why salt?**\n    - Taste.\n"
    )

    def phrases(search: str) -> list[str]:
        made = pages(source, search_toml=search)["search/data.json"]
        found: list[str] = search_data.load(made)["phrases"]
        return found

    asked, _ = phrases("")
    assert "protein" in asked.split("|")
    assert phrases("synonyms = []\n") == ["", ""]
    assert phrases('[phrases]\nsalt = ["saltless bread"]\n') == ["", "saltless bread"]


def test_everyday_words_are_a_list() -> None:
    """Each line of the file has two or more different words, in small letters, and none comes twice."""
    lines = editorial.EVERYDAY.read_text(encoding="utf-8").splitlines()
    groups = [line.split("|") for line in lines]

    assert all(len({*group}) == len(group) > 1 for group in groups)
    assert all(word == word.lower().strip() != "" for group in groups for word in group)
    assert len({frozenset(group) for group in groups}) == len(groups)
