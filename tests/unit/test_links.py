"""Links between questions: written by authors, computed, and to concepts in the glossary."""

from __future__ import annotations

import re

import pytest
from qna.diagnostics import Report
from qna.links import by_id, concepts, related
from qna.markdown import embeds, parser
from qna.markdown.link_targets import LINKS_PER_ANSWER, any_of, readdressed
from qna.model import Document, Link, Question, Span, Topic
from qna.reading.editorial import Editorial, Term
from support.harness import html

TERMS = tuple(
    Term(name, "x", "", (f"q-{name}",), (name,))
    for name in ("dropout", "pooling", "striding", "padding", "kernel", "batch norm", "batch")
)
CONCEPTS = concepts.concepts(TERMS, lambda name: f"../q/{name}.md")


def linked(markdown: str, own: str = "own") -> str:
    """Return the HTML of an answer, with the concepts it mentions linked."""
    mentioned = CONCEPTS.mentioned(parser.parse(markdown))
    table = embeds.links({form: CONCEPTS.urls[form] for form in mentioned})
    return html(f"{embeds.blocks(markdown, own)}\n\n{table}\n")


def test_first_mention_is_linked() -> None:
    """Only the first mention of a concept is linked, and its spelling is kept."""
    assert linked("Dropout, then dropout.") == (
        '<p><a href="../q/q-dropout.md">Dropout</a>, then dropout.</p>'
    )


def test_own_question_is_not_linked() -> None:
    """An answer does not link to itself."""
    assert linked("Dropout and pooling.", "q-dropout") == (
        '<p>Dropout and <a href="../q/q-pooling.md">pooling</a>.</p>'
    )


def test_at_most_four_links() -> None:
    """An answer with more links would be hard to read."""
    found = linked("dropout pooling striding padding kernel")

    assert found.count("<a ") == LINKS_PER_ANSWER
    assert found.endswith(" kernel</p>")


def test_longest_form_wins() -> None:
    """A term within a longer one is not linked, even if the longer one is not linked either."""
    assert linked("With batch norm.", "q-batch norm") == "<p>With batch norm.</p>"


@pytest.mark.parametrize(
    "text", ["dropouts", "predropout", "drop-dropout", "dropout-rate", "DROPOUT"]
)
def test_whole_words_only(text: str) -> None:
    """A form within a longer word, or in a different case, is not linked."""
    assert linked(text) == f"<p>{text}</p>"


@pytest.mark.parametrize(
    "markdown",
    [
        "`dropout`",
        "``dropout ` x``",
        "```\ndropout\n```",
        "> 1. ~~~\n>    dropout\n>    ~~~",
        "[dropout](x.md)",
        "[see `x` dropout](x.md 'dropout')",
        "[dropout][d]\n\n[d]: x.md",
        "![dropout](dropout.png)",
        "$dropout$",
        "<https://dropout.example/dropout>",
        "https://example.org/dropout",
    ],
)
def test_never_in_code_or_links(markdown: str) -> None:
    """There is no link where it would change the content or be within another link."""
    assert "q-dropout" not in linked(markdown)


@pytest.mark.parametrize("markdown", ["*dropout*", "_dropout_", "**a dropout**", "- > dropout"])
def test_markup_around_a_concept(markdown: str) -> None:
    """A concept in emphasis, in a list or in a quote is linked, too."""
    assert "q-dropout" in linked(markdown)


def test_no_terms() -> None:
    """Without a glossary, nothing is linked and nothing has a tooltip."""
    assert concepts.concepts((), str).mentioned(parser.parse("dropout")) == set()
    assert concepts.acronyms(()).used_in(["CNN"]) == {}


def test_acronyms() -> None:
    """Acronyms in use have tooltips, even in the plural; terms that are not acronyms have none."""
    found = concepts.acronyms([Term("CNN", "x", "Convolutional network"), Term("Batch", "x")])

    assert found.used_in(["Batch", "many CNNs", "a CNN-like", "RNN"]) == {
        "CNNs": "Convolutional network. x"
    }


TOOLTIPS = {
    ("", "A network."): "A network.",
    ("Convolutional network", "It\n looks around."): "Convolutional network. It looks around.",
    ("Convolutional network", ""): "Convolutional network",
    ("Convolutional network", "x" * 200): "Convolutional network",
    ("", "x" * 200): "",
}
"""Expansions and meanings of a term, with its tooltip."""


@pytest.mark.parametrize(("texts", "expected"), TOOLTIPS.items())
def test_tooltips_are_short(texts: tuple[str, str], expected: str) -> None:
    """A tooltip is one line with the expansion, and the meaning if both are short."""
    expansion, meaning = texts

    assert concepts.tooltip(Term("CNN", meaning, expansion)) == expected


READDRESSED = {
    "[a](#x)": "[a](NEW)",
    "[a](#x 'Title') ![b](#x)": "[a](NEW 'Title') ![b](NEW)",
    "*[a](#x)* [`c`](#x)": "*[a](NEW)* [`c`](NEW)",
    "[a][r]\n\n[r]: #x 'T'": "[a][r]\n\n[r]: NEW 'T'",
    "- [a](#x)\n  > [b](<#x>)": "- [a](NEW)\n  > [b](NEW)",
    "| [a](#x) | b\\|c [d](#x) |\n|---|---|\n| [a](#x) | `x` |": (
        "| [a](NEW) | b\\|c [d](NEW) |\n|---|---|\n| [a](NEW) | `x` |"
    ),
    "`[a](#x)`": "`[a](#x)`",
    "```\n[a](#x)\n```": "```\n[a](#x)\n```",
    "> 1. > ~~~\n>    > [a](#x)\n>    > ~~~\n\n[a](#x)": (
        "> 1. > ~~~\n>    > [a](#x)\n>    > ~~~\n\n[a](NEW)"
    ),
    "\\[a](#x)": "\\[a](#x)",
    "{[a](#x)} a < [b](#x) > c": "{[a](NEW)} a < [b](NEW) > c",
    "#x (#x)": "#x (#x)",
    "[one](#x), [two](#x)\nand [three](#x)": "[one](NEW), [two](NEW)\nand [three](NEW)",
}


@pytest.mark.parametrize(("markdown", "expected"), READDRESSED.items())
def test_readdressed(markdown: str, expected: str) -> None:
    """Links to questions get a new address in the Markdown; everything else is unchanged."""
    assert expected == readdressed(markdown, lambda name: re.sub("^x$", "NEW", name))


def document(*texts: str) -> Document:
    """Return a document with a question for each text, whose first word is the id."""
    questions = tuple(
        Question(text, text, Span(number), number, id=text.split()[0])
        for number, text in enumerate(texts, start=1)
    )
    return Document("T", (Topic("Topic", Span(1), questions, id="topic"),))


def test_computed_by_rare_words() -> None:
    """Questions that share rare words are related, the most similar first; none to itself."""
    found = related.related(
        document(
            "a gradient vanishing sigmoid",
            "b gradient vanishing residual",
            "c gradient clipping",
            "d tokens",
        ),
        Editorial(),
    )

    assert found == {"a": ("b", "c"), "b": ("a", "c"), "c": ("a", "b"), "d": ()}


def test_computed_by_parts_of_words_without_spaces() -> None:
    """In scripts without spaces between words, questions that share parts of words are related."""
    texts = [
        "a 勾配消失を防ぐ",
        "b どうして勾配消失が起こるか",
        "c データ拡張",
        "d ข้อมูลดิบ",
        "e เพิ่มข้อมูล",
    ]
    found = related.related(document(*texts), Editorial())

    assert found == {"a": ("b",), "b": ("a",), "c": (), "d": ("e",), "e": ("d",)}


def test_chosen_before_computed() -> None:
    """An editor's choice is used as it is; twins are not listed again as related questions."""
    found = related.related(
        document("a gradient descent", "b gradient descent", "c gradient descent"),
        Editorial(related={"a": ("c",)}, rephrased={"b": ("a",), "a": ("b",)}),
    )

    assert found["a"] == ("c",)
    assert found["b"] == ("c",)


def test_at_most_four_related_questions() -> None:
    """A question has at most four related ones."""
    found = related.related(document(*(f"q{number} gradient" for number in range(9))), Editorial())

    assert {len(names) for names in found.values()} == {related.RELATED_PER_QUESTION}


def test_chosen_to_have_none() -> None:
    """An editor may decide that nothing is related."""
    found = related.related(document("a gradient", "b gradient"), Editorial(related={"a": ()}))

    assert found["a"] == ()


def test_unknown_ids_in_links() -> None:
    """A link to an id that no question or topic has is reported with its position."""
    known, unknown = Link("#a", Span(1, 5, 7)), Link("#nix", Span(2, 5, 9))
    topic = Topic("Topic", Span(1), (Question("a", "x", Span(1), 1, "x", (known, unknown), "a"),))
    report = Report()

    by_id.check(Document("T", (topic,)), "a.md", report)

    assert [(item.code, item.span, item.message) for item in report.items] == [
        ("E501", Span(2, 5, 9), "link to unknown question '#nix'")
    ]


@pytest.mark.parametrize(
    ("forms", "text", "found"),
    [
        (
            ("net", "net of nets", "nets"),
            "net of net, net of nets, nets",
            "net|net|net of nets|nets",
        ),
        (("C", "C++", "C#"), "C, C++, C# and Cx", "C|C++|C#"),
        (("a.b", "a"), "a.b aab a-b", "a.b"),
        ((), "anything", ""),
    ],
)
def test_longest_form_first(forms: tuple[str, ...], text: str, found: str) -> None:
    """Of the forms that begin with the same letters, the longest is found."""
    assert "|".join(any_of(forms).findall(text)) == found
