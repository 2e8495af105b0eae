"""Easily missed details of Markdown, parsed as on GitHub."""

from __future__ import annotations

import re
from random import Random
from xml.etree.ElementTree import tostring

import pytest
from qna.markdown import parser
from qna.markdown.formulas.mathml import FormulaError, mathml
from qna.markdown.formulas.plain_text import one_line
from qna.markdown.rendering import Context, elements
from support.harness import html, unchecked

BOX = '<input type="checkbox" disabled="disabled" aria-label="Open"> '
TASKS = '<ul class="contains-task-list"><li class="task-list-item">'


def shown(markdown: str) -> str:
    """Return the HTML of some Markdown."""
    made = elements(parser.parse(markdown), Context())
    return "".join(tostring(element, encoding="unicode", method="html") for element in made).strip()


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("$x$ is 10", '<p><math alttext="x"><mi>x</mi></math> is 10</p>'),
        ("$x$ and \\", '<p><math alttext="x"><mi>x</mi></math> and \\</p>'),
        ("In 10 $x$", '<p>In 10 <math alttext="x"><mi>x</mi></math></p>'),
        ("Between $5 and $10", "<p>Between $5 and $10</p>"),
        ("a_b-c@d.org", '<p><a href="mailto:a_b-c@d.org">a_b-c@d.org</a></p>'),
        ("snake_case and _em_", "<p>snake_case and <em>em</em></p>"),
        ("- [ ] 1. Do", f"{TASKS}{BOX}1. Do</li>\n</ul>"),
        ("- [ ] > Do", f"{TASKS}{BOX}&gt; Do</li>\n</ul>"),
        ("- [ ]", "<ul><li>[ ]</li>\n</ul>"),
        ("- ```\n  [ ] x\n  ```", None),
    ],
)
def test_inline_text_is_parsed_as_on_github(markdown: str, expected: str | None) -> None:
    """Formulas beside digits, underscores in addresses and checkboxes are parsed as on GitHub."""
    if expected is None:
        assert "<input" not in shown(markdown)
    else:
        assert shown(markdown) == expected


PIECES = (
    *"aZ\u00e9\u00df12w\u65e5.,;:?!()'\"/%-+=#>|{}^ \u201c\u2026\u00a0\x85*_[`$&@<\\~",
    *("www.", "http", "https:", "mailto:", "xmpp:", "://", "1) ", "- ", "---", "| a |"),
)


def test_plain_text_is_what_the_library_would_make_of_it() -> None:
    """Most texts have no markup and need no library; any that it would change goes through it."""
    random, library, plain = Random(0), parser._parser(), 0  # noqa: S311
    for _ in range(1_500):
        text = "".join(random.choices(PIECES, k=random.randrange(1, 9)))
        plain += parser._is_plain(text)
        assert parser.parse(text).tokens == tuple(library.parse(text, {})), text
        assert parser.parse_inline(text).tokens == tuple(library.parseInline(text, {})), text
    assert plain > 50


@pytest.mark.parametrize("above", ["# a | b", "> a | b", "- a | b", "- text\n  - a | b", "***"])
def test_only_text_is_the_head_of_a_table(above: str) -> None:
    """A heading, a quote, a list item or a line across with pipes below has no table."""
    assert "<table" not in shown(f"{above}\n| - | - |")


@pytest.mark.parametrize("delimiter", ["|-", "-|", "| --- |", ":-", "-:", ":-:"])
def test_one_column_needs_no_pipe_in_its_head(delimiter: str) -> None:
    """A table of one column begins with a line of text, and leaves the text below it as it is."""
    made = shown(f"Above\n*Head* | x\n\n*Head*\n{delimiter}\n\n```\nlast")

    assert "<p>Above\n<em>Head</em> | x</p>" in made
    assert "<em>Head</em></th>" in made
    assert "<code>last\n</code>" in made


@pytest.mark.parametrize(
    ("markdown", "above"),
    [
        ("- 1. $$x$$\n  more", "<ol><li>"),
        ("> $$x$$\nmore", "<blockquote><p>"),
        ("- $$\n  x\n  $$\nmore", "<ul><li>"),
    ],
)
def test_text_below_a_displayed_formula_stays_within(markdown: str, above: str) -> None:
    """A line without the indent of a quote or an item continues the formula above, as on GitHub."""
    assert re.search(rf"{above}<span[^>]*><math.*</math></span>\s*more", shown(markdown))


@pytest.mark.parametrize("below", ["\nmore", "- more", "# More"])
def test_other_lines_end_a_displayed_formula(below: str) -> None:
    """A blank line, another item or a heading below a formula is not part of its item."""
    made = shown(f"- $$x$$\n{below}")

    assert re.search(r"</math></div>\s*</li>", made)


@pytest.mark.parametrize("below", ["head\n  |-", "head\n  :-", "a | b\n  |-|-|"])
def test_a_line_without_indent_does_not_end_an_item(below: str) -> None:
    """What looks like the head of a table, but lacks the indent of its item, is text in it."""
    assert "<p>more</p>\n</li>" in shown(f"- text\n{below}\n\n  more")


def test_dashes_below_text_underline_it() -> None:
    """Without a pipe or a colon, they do not start a table, as on GitHub."""
    assert "<table" not in shown("a\\|b\n--")


def test_a_checkbox_after_a_lone_number_is_kept() -> None:
    """A number at the start of an answer is text, unless a checkbox follows."""
    assert shown("1. One") == "<p>1. One</p>"
    assert BOX in shown("1. [ ] One")


@pytest.mark.parametrize("above", ["Text", "> Text", "- Text", "[a]: b"])
def test_a_heading_needs_no_blank_line_above(above: str) -> None:
    """A heading ends the paragraph, quote, list item or definition above it."""
    tokens = parser.parse(f"{above}\n# Heading").tokens

    assert "heading_open" in {token.type for token in tokens}


def test_a_footnote_is_not_defined_within_another() -> None:
    """Such a definition is text, and the footnotes after it still work."""
    made = shown("[^1] [^2]\n\n[^1]: x\n\n    > [^1]: y\n\n[^2]: z\n[^3]: w")

    assert ": y</p>" in made
    assert made.count("<li id=") == 2


@pytest.mark.parametrize("text", ["&ouml;", "&lt;", "&#38;", "&#x26;"])
def test_text_that_looks_like_an_entity_is_text(text: str) -> None:
    """An entity in code, or with an escaped ampersand, is shown as its author wrote it."""
    page = html(unchecked(question=f'`{text}` \\{text} [a](b "\\{text}")'))
    written = text.replace("&", "&amp;")

    assert f"<code>{written}</code> {written} <a" in page
    assert f'title="{written}"' in page


@pytest.mark.parametrize(
    ("tex", "told"),
    [
        ("{" * 50_000, "longer than 2,000 characters"),
        ("(" * 50_000, "longer than 2,000 characters"),
        ("(" * 30, "too many brackets are open"),
        ("{[}" * 30, "too many brackets are open"),
        ("\\sqrt" * 300 + " x", "nested too deeply"),
        ("\\begin{matrix}" * 99, "nested too deeply"),
        ("x^{" * 400 + "x" + "}" * 400, "nested too deeply"),
    ],
    ids=["braces", "parentheses", "open", "open in groups", "commands", "environments", "powers"],
)
def test_a_deeply_nested_formula_is_refused(tex: str, told: str) -> None:
    """Unlimited nesting causes neither a crash nor a traceback."""
    with pytest.raises(FormulaError, match=told):
        mathml(tex, display=False)

    assert one_line(tex) == tex
