"""Numbers in place of words in the data of search."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from qna.data import word_numbers

DATA = {
    "topics": [],
    "questions": [["adam", 0, "Adam or SGD?", "Try Adam."]],
    "phrases": ["adam or|sgd try"],
    "synonyms": ["sgd|stochastic descent|stochastically"],
}


def test_numbers() -> None:
    """A number is two signs; words besides those of the texts are listed by what is new in each."""
    assert word_numbers.packed(DATA) == {
        **DATA,
        "phrases": ["###$|#%#&"],
        "synonyms": ["#%|#(#'|#)"],
        "words": "AdescentAstochasticKally",
    }
    assert word_numbers.packed({**DATA, "phrases": [""]}) == {**DATA, "phrases": [""]}


WORDS = st.text(st.characters(exclude_categories=["Z", "C"], exclude_characters="|")).map(str.lower)
PHRASES = st.lists(st.lists(WORDS.filter(str.split), max_size=4).map(" ".join)).map("|".join)


@given(st.lists(st.text()), st.lists(PHRASES), st.lists(PHRASES))
def test_nothing_is_lost(texts: list[str], phrases: list[str], synonyms: list[str]) -> None:
    """Packed data says the same."""
    data = {
        "questions": [["id", 0, text, text] for text in texts],
        "phrases": phrases,
        "synonyms": synonyms,
    }

    assert word_numbers.unpacked(word_numbers.packed(data)) == data


def test_more_words_than_two_signs_can_number() -> None:
    """Numbers have three signs if there are many words."""
    data = {**DATA, "phrases": [" ".join(f"word{number}" for number in range(8_000))]}
    packed = word_numbers.packed(data)

    assert word_numbers.unpacked(packed) == data
    assert len(str(packed["synonyms"]).split("|")[0]) == len("['") + 3
