"""Links from one question to others: written, computed, and made of the glossary's terms."""

from __future__ import annotations

import pytest
from qna import crosslinks
from qna.diagnostics import Report
from qna.editorial import Editorial, Term
from qna.model import Document, Question, Span, Topic

TERMS = tuple(
    Term(name, "x", "", (f"q-{name}",), (name,))
    for name in ("dropout", "pooling", "striding", "padding", "kernel", "batch norm", "batch")
)
LINKS = crosslinks.concept_links(TERMS)


def test_first_mention_is_linked() -> None:
    """A concept is linked once, as it is written."""
    linked = LINKS.apply("Dropout, then dropout.", "own")

    assert linked == "[Dropout](../q/q-dropout.md), then dropout."


def test_own_question_is_not_linked() -> None:
    """An answer does not link to itself."""
    assert LINKS.apply("Dropout and pooling.", "q-dropout") == (
        "Dropout and [pooling](../q/q-pooling.md)."
    )


def test_four_links_at_most() -> None:
    """More would be harder to read than to follow."""
    linked = LINKS.apply("dropout pooling striding padding kernel", "own")

    assert linked.count("](") == crosslinks.LINKS_PER_ANSWER
    assert linked.endswith(" kernel")


def test_longest_form_wins() -> None:
    """A term within a longer one does not tear it apart."""
    assert LINKS.apply("With batch norm.", "own") == "With [batch norm](../q/q-batch norm.md)."


@pytest.mark.parametrize(
    "text", ["dropouts", "predropout", "drop-dropout", "dropout-rate", "DROPOUT"]
)
def test_whole_words_only(text: str) -> None:
    """A form within another word, or in other letters, is another word."""
    assert text == LINKS.apply(text, "own")


@pytest.mark.parametrize(
    "markdown",
    [
        "`dropout`",
        "``dropout ` x``",
        "```\ndropout\n```",
        "> 1. ~~~\n>    dropout\n>    ~~~",
        "[dropout](x.md)",
        "[see `x` dropout](x.md 'dropout')",
        "[dropout][d]",
        "![dropout](dropout.png)",
        "<https://dropout.example/dropout>",
        "https://example.org/dropout",
    ],
)
def test_never_in_code_or_links(markdown: str) -> None:
    """Where a link would change what is said, or stand in another, there is none."""
    assert markdown == LINKS.apply(markdown, "own")


def test_no_terms() -> None:
    """Without a glossary nothing is linked and nothing has a tooltip."""
    assert crosslinks.concept_links(()).apply("dropout", "own") == "dropout"
    assert crosslinks.acronyms(()).used_in(["CNN"]) == {}


def test_acronyms() -> None:
    """Acronyms that occur have tooltips, in the plural too; terms that are none have not."""
    found = crosslinks.acronyms([Term("CNN", "x", "Convolutional network"), Term("Batch", "x")])

    assert found.used_in(["Batch", "many CNNs", "a CNN-like", "RNN"]) == {
        "CNNs": "Convolutional network"
    }


def document(*texts: str) -> Document:
    """Return a document with a question for each text, named by its first word."""
    questions = tuple(
        Question(text, text, Span(number), number, text.split()[0])
        for number, text in enumerate(texts, start=1)
    )
    return Document("T", (Topic("Topic", Span(1), questions, id="topic"),))


def test_computed_by_rare_words() -> None:
    """Questions that share rare words are related, the most alike first, never to themselves."""
    found = crosslinks.related(
        document(
            "a gradient vanishing sigmoid",
            "b gradient vanishing residual",
            "c gradient clipping",
            "d tokens",
        ),
        Editorial(),
    )

    assert found == {"a": ("b", "c"), "b": ("a", "c"), "c": ("a", "b"), "d": ()}


def test_chosen_before_computed() -> None:
    """What an editor chose is taken as it is; twins are not offered again as related."""
    found = crosslinks.related(
        document("a gradient descent", "b gradient descent", "c gradient descent"),
        Editorial(related={"a": ("c",)}, twins={"b": ("a",), "a": ("b",)}),
    )

    assert found["a"] == ("c",)
    assert found["b"] == ("c",)


def test_no_more_than_four() -> None:
    """The list stays short."""
    found = crosslinks.related(
        document(*(f"q{number} gradient" for number in range(9))), Editorial()
    )

    assert {len(names) for names in found.values()} == {crosslinks.RELATED_PER_QUESTION}


def test_chosen_to_have_none() -> None:
    """An editor may say that nothing is related."""
    found = crosslinks.related(document("a gradient", "b gradient"), Editorial(related={"a": ()}))

    assert found["a"] == ()


def test_unknown_ids_in_links() -> None:
    """A link to an id that is not there is found in running text, not in code."""
    asked = document("a [x](#a) [y](#topic) `[z](#none)`\n[w](#nix)\n[v](https://e.org/#x)")
    report = Report()

    crosslinks.check(asked, "a.md", report)

    assert [(item.code, item.span.line, item.message) for item in report.items] == [
        ("E501", 2, "link to unknown question '#nix'")
    ]
