"""Markdown in the dialect of Python-Markdown: what the cases and properties do not reach."""

from __future__ import annotations

import pytest
from harness import html
from qna import dialect

CONVERTED = {
    "    x = 1\n\n    y = 2": "```\nx = 1\n\ny = 2\n```",
    "> # Quoted\n> text": "> \\# Quoted\n>\n> text",
    "````\n```\n````": "````\n```\n````",
    "~~~ c++ {.x}\na\n~~~": "```c++\na\n```",
    '``` {.python title="x"}\na\n```': "```\na\n```",
    "- [x]: https://example.org\n- [x]": "-   \n\n-   [x](https://example.org)",
    "[x]\n\n[x]: a (T)\n[x]: b": '[x](a "T")',
    "[ a\n B ][]\n\n[A b]: c": "[ a\nB ](c)",
    "text [x]: y": "text [x]: y",
    "text\n[x]: y": "text\n\\[x]: y",
    "[x]: not a definition": "\\[x]: not a definition",
    "*[HTML]: x": "\\*[HTML]: x",
    "a [^1] [^2]\n\n[^1]: b": "a [^4fc4f9ff-1] [^2]\n\n[^4fc4f9ff-1]: b",
    "a | b\n--|--\n!!! c\n1 \\| 2 | `3 \\| 4`": "a | b\n--|--\n\\!!! c\n1 \\| 2 | `3 | 4`",
    "a\n    ~~~\nb": "a\n\\~~~\nb",
    "```{a}``` b\\\\\\}  \nc": "```{a}``` b\\\\&#125;  \nc",
    "```{a}``` {b}\t\nc": "```{a}``` \\{b&#125;\nc",
    "-\n-": "-   \n\n-   ",
    "": "",
}


@pytest.mark.parametrize(("markdown", "expected"), CONVERTED.items())
def test_convert(markdown: str, expected: str) -> None:
    """Blocks are written as Python-Markdown wants them, and nothing else is."""
    assert expected == dialect.convert(markdown)


def test_footnotes_of_two_answers() -> None:
    """On one page, two answers may use the same label."""
    answers = [dialect.convert(f"{word}[^1]\n\n[^1]: note on {word}") for word in ("one", "two")]

    page = html("\n\n".join(answers))

    assert page.count("note on one") == page.count("note on two") == 1


def test_indented() -> None:
    """Blank lines stay blank."""
    assert dialect.indented("a\n\n  b") == "    a\n\n      b"
