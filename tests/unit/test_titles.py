"""Short titles of questions: written by an editor, or made from a question or its id."""

from __future__ import annotations

import pytest
from qna.model import Question, Span
from qna.naming.titles import short_titles

NAMES = ("CNN", "PyTorch", "Dropout", "k-NN")

TITLES = {
    ("What is dropout?", "x"): "Dropout",
    ("What is the role of dropout, and how does it work?", "x"): "Dropout",
    ("Can you explain the concept of an RNN?", "x"): "RNN",
    ("What is the difference between yeast and sourdough?", "x"): "Yeast and sourdough",
    ("What are some common loss functions?", "x"): "Loss functions",
    ("What are stretches and folds for?", "x"): "Stretches and folds",
    ("What is *early* stopping and why does it help?", "x"): "Early stopping",
    ("Explain `relu`.", "x"): "Relu",
    ("How does a convolution work in a CNN?", "cnn-convolution"): "CNN convolution",
    ("When is PyTorch better than TensorFlow?", "pytorch-vs-tensorflow"): "PyTorch vs TensorFlow",
    ("Dropout: when?", "inverted-dropout"): "Inverted dropout",
    ("What is the difference between data, model and pipeline parallelism?", "p-x"): "P x",
    ("What is the name of the rule that all the layers of a network obey?", "the-rule"): "The rule",
    ("Can you explain 'dropout' in networks?", "dropout-in-networks"): "Dropout in networks",
    ("What is?", "what"): "What",
    ("Wie funktioniert die Faltung in einem Netz?", "faltung-netz"): "Faltung Netz",
    ("什么是过拟合？", "过拟合"): "过拟合",
}
"""Questions and their ids, with the titles made from them."""


def titles(*questions: tuple[str, str], **written: str) -> dict[str, str]:
    """Return the titles of questions with ids, of which some are written."""
    read = (Question(text, "x", Span(1), 1, id=name) for text, name in questions)
    return short_titles(read, written, NAMES)


@pytest.mark.parametrize(("question", "title"), TITLES.items())
def test_made_from_a_question_or_its_id(question: tuple[str, str], title: str) -> None:
    """The subject of a question is its title, or else the words of its id, spelled as elsewhere."""
    assert titles(question) == {question[1]: title}


def test_written_titles_come_first() -> None:
    """A title that an editor wrote is used as it is."""
    assert titles(("What is dropout?", "dropout"), dropout="A remedy") == {"dropout": "A remedy"}


@pytest.mark.parametrize("written", [{}, {"b": "dropout"}])
def test_no_two_questions_have_the_same_subject(written: dict[str, str]) -> None:
    """If another question has the title, that of a question is made from its id."""
    asked = ("What is dropout?", "b"), ("Explain the role of dropout.", "role-of-dropout")

    assert titles(*asked, **written)["role-of-dropout"] == "Role of dropout"
