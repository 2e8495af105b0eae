"""Parsing a source into the model: positions, and text kept word for word."""

from __future__ import annotations

from qna.diagnostics import Report
from qna.model import Document, Question, Span
from qna.reading import questions, source


def parse(text: str) -> tuple[Document, Report]:
    """Parse a source; return the document and the report."""
    report = Report()
    document = questions.parse(source.decode("a.md", text.encode(), report), report)
    return document, report


def only(text: str) -> Question:
    """Return the only question of a source without errors or warnings."""
    document, report = parse(f"# T\n\n### **1. Topic**\n{text}")
    assert not report.items
    (question,) = document.questions()
    return question


def test_positions() -> None:
    """Topics and questions record the position of their text."""
    document, _ = parse("# T\n\n### **12. A topic**\n\n+ **Why?** {#why}\n\n    - Because.\n")
    (topic,) = document.topics
    (question,) = topic.questions

    assert topic.span == Span(3, 11, 18)
    assert question.span == Span(5, 5, 9)
    assert question.answer_line == 7
    assert question.id == "why"


def test_answer_is_verbatim() -> None:
    """An answer is the Markdown of the source, without the indentation of its list item."""
    text = only(
        "*   **Why?**\n"
        "    -   One *two* `three` {x} \\\n"
        "        four.\n"
        "\n"
        "        ```make\n"
        "        all:\n"
        "        \tbuild\n"
        "\n"
        "          indented\n"
        "        ```\n"
        "        1) a\n"
        "           * b\n"
    ).answer

    assert text == (
        "One *two* `three` {x} \\\nfour.\n\n```make\nall:\n\tbuild\n\n  indented\n```\n1) a\n   * b"
    )


def test_several_items_keep_their_bullets() -> None:
    """Only the bullet of a single item is removed."""
    assert only("*   **Why?**\n    - a\n      b\n    - c\n").answer == "- a\n  b\n- c"
    assert only("*   **Why?**\n    1. a\n    2. b\n").answer == "1. a\n2. b"


def test_fence_includes_unindented_lines() -> None:
    """Everything in a fence is code, even if its author forgot to indent it."""
    question = only("*   **Why?**\n    - Code:\n      ```\n### **2. X**\n*   **Q?**\n      ```\n")

    assert question.answer == "Code:\n```\n### **2. X**\n*   **Q?**\n```"


def test_items_in_a_fence_are_not_siblings() -> None:
    """Code that looks like a list does not turn the answer into one."""
    question = only("*   **Why?**\n    - ```\n    - x\n      ```\n")

    assert question.answer == "```\n- x\n```"


def test_story() -> None:
    """The placeholder for a personal answer is shown without its brackets."""
    question = only("*   **Why?**\n    - [Personal answer required - tell.]\n")

    assert question.kind == "story"
    assert question.shown == "Personal answer required - tell."


def test_number_of_5000_digits() -> None:
    """A number that Python refuses to parse causes an error message, not a traceback."""
    _, report = parse(f"# T\n\n### **{'1' * 5000}. Topic**\n*   **Why?**\n    - Because.\n")

    assert [item.code for item in report.items] == ["E110"]


def test_long_answer() -> None:
    """An answer of more than 100,000 characters gets a warning."""
    _, report = parse(f"# T\n\n### **1. Topic**\n*   **Why?**\n    - {'word ' * 20_001}\n")

    assert [item.code for item in report.items] == ["W222"]


def test_code_within_a_quote_may_look_like_an_abbreviation() -> None:
    """Code cannot define an abbreviation."""
    question = only("*   **Why?**\n    - > ```\n      > *[HTML]: x\n      > ```\n")

    assert question.answer == "> ```\n> *[HTML]: x\n> ```"


def test_error_on_a_later_line_of_a_formula() -> None:
    """If an inline formula spans several lines, an error in it is reported on the right line."""
    _, report = parse("# T\n\n### **1. T**\n*   **Why?**\n    - Since $x\n      y \\foo{x}$.\n")

    (fault,) = report.items
    assert (fault.code, fault.span) == ("E223", Span(6, 9, 10))
