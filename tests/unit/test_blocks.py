"""The block structure of Markdown: what stands in what, line by line."""

from __future__ import annotations

import pytest
from qna import blocks

OUTLINES = {
    "a\nb\n\nc": "text(a b) text(c)",
    "- a\n- b": "item(text(a)) item(text(b))",
    "- a\n  - b\n    c\n\n  d": "item(text(a) item(text(b c)) text(d))",
    "- a\nlazy\n\nout": "item(text(a lazy)) text(out)",
    "1. a\n   2) b": "item(text(a 2) b))",
    "a\n- b": "text(a) item(text(b))",
    "a\n1. b": "text(a) item(text(b))",
    "a\n2. b": "text(a 2. b)",
    "a\n-\nb": "heading(a) text(b)",
    "a\n*": "text(a *)",
    "-\n  a": "item(text(a))",
    "-\n\n  a": "item() text(a)",
    "- - a": "item(item(text(a)))",
    "-     a": "item(code(a))",
    "    a\n\n    b": "code(a  b)",
    "a\n    b": "text(a b)",
    "> a\n> > b\nlazy\n\n> c": "quote(text(a) quote(text(b lazy))) quote(text(c))",
    "> - a\n>   b\n>\n> c": "quote(item(text(a b)) text(c))",
    "> a\n- b": "quote(text(a)) item(text(b))",
    "```py\n- a\n> b\n```\nc": "fence(- a > b) text(c)",
    "~~~\n```\n~~~~": "fence(```)",
    "``` a`b\nc": "text(``` a`b c)",
    "- ```\n  a\nb": "item(fence(a)) text(b)",
    "> ```\n> a\nb": "quote(fence(a)) text(b)",
    "---\n***\n_ _ _": "rule(---) rule(***) rule(_ _ _)",
    "a\n---\nb\n===": "heading(a) heading(b)",
    "# a\n####### b\n#c": "heading(# a) text(####### b #c)",
    "a\n# b": "text(a) heading(# b)",
    "| a | b |\n|--|:-:|\n| c |\nd\n\ne": "table(| a | b | |--|:-:| | c | d) text(e)",
    "x\na | b\n--|--\n> c": "text(x) table(a | b --|--) quote(text(c))",
    "a | b\n---": "heading(a | b)",
    "a \\| b\n- | -": "text(a \\| b) item(text(| -))",
    "\t- a\n\t\tb": "code(- a     b)",
    "-\ta\n\n\tb": "item(text(a) text(b))",
}


def outline(block: blocks.Block) -> str:
    """Write the blocks of a container as one line."""
    return " ".join(
        f"{inner.kind.value}({' '.join(inner.lines) or outline(inner)})" for inner in block.blocks
    )


@pytest.mark.parametrize(("markdown", "expected"), OUTLINES.items())
def test_outline(markdown: str, expected: str) -> None:
    """Lines fall into the blocks that CommonMark and GitHub's tables make of them."""
    assert expected == outline(blocks.read(markdown.split("\n")))


def test_leaves_know_their_lines() -> None:
    """Each leaf tells on which line it starts; an underlined heading, where it is underlined."""
    lines = "- a\n\n  b\n  ---\n> c\n\n```\nd\n```\ne\nf | g\n--|--".split("\n")

    leaves = [(leaf.kind.value, leaf.line) for leaf in blocks.read(lines).leaves()]

    assert leaves == [
        ("text", 0),
        ("heading", 3),
        ("text", 4),
        ("fence", 6),
        ("text", 9),
        ("table", 10),
    ]


def test_depth_is_limited() -> None:
    """Nesting beyond all sense ends in text instead of exhausting the stack."""
    root = blocks.read([">" * 5000, "- " * 5000 + "x"])

    assert len(list(root.leaves())) == 2


VERBATIM = {
    "a\n```\nb\n```\nc": "-+++-",
    "- ```\n  a\n  ```\n  b": "+++-",
    "> ~~~\n> a\nb": "++-",
    "    a\n\n    b\nc": "+++-",
    "- a\n\n      b": "--+",
    "a\n    b": "--",
}


@pytest.mark.parametrize(("markdown", "expected"), VERBATIM.items())
def test_verbatim(markdown: str, expected: str) -> None:
    """Lines of code are told from all others."""
    found = "".join("+" if code else "-" for code in blocks.verbatim(markdown.split("\n")))

    assert expected == found


@pytest.mark.parametrize(
    ("line", "width", "expected"),
    [
        ("    a", 2, "  a"),
        ("  a", 4, "a"),
        ("\ta", 2, "  a"),
        (" \ta", 4, "a"),
        ("\t\ta", 4, "\ta"),
        ("a\tb", 4, "a\tb"),
        ("", 4, ""),
    ],
)
def test_outdent(line: str, width: int, expected: str) -> None:
    """Columns are taken off, never text; a tab that is cut leaves blanks."""
    assert expected == blocks.outdent(line, width)


@pytest.mark.parametrize(
    ("line", "expected"),
    [("\ta\tb", "    a\tb"), ("-\ta", "-   a"), ("> \ta", ">   a"), ("1.\t-\ta\t", "1.  -   a\t")],
)
def test_expand(line: str, expected: str) -> None:
    """Tabs become blanks where indentation is counted, and stay elsewhere."""
    assert expected == blocks.expand(line)
