"""Converting Markdown to plain text, and escaping plain text as Markdown."""

from __future__ import annotations

import pytest
from qna.markdown import plain_text
from qna.markdown.escaping import escape
from support.harness import html

PLAIN = {
    "a *b* **c** ***d*** _e_ __f__": "a b c d e f",
    "**bold *and* em**text": "bold and emtext",
    "snake_case 2 * 3 * 4 **kwargs _x": "snake_case 2 * 3 * 4 **kwargs _x",
    "`*code*` and `` a ` b ``": "*code* and a ` b",
    "**`code`** in *[link](u)*": "code in link",
    "[a *b* `c`](https://example.org/x_(y) 'T')": "a b c",
    "![an *image*](x.png) [ref][r]": "an image [ref][r]",
    "[plain] [x](y": "[plain] [x](y",
    "<https://example.org/a_b_c> <me@example.org>": "https://example.org/a_b_c me@example.org",
    "List<String> </details> a < b": "List<String> </details> a < b",
    r"\*no\* \` \\ \x \_a\_": r"*no* ` \ \x _a_",
    "AT&amp;T &lt;b&gt; &#169; &nope &copy": "AT&T <b> © &nope &copy",
    "`&amp;` \\&amp;": "&amp; &amp;",
    "two\nlines  \nand\tblanks": "two lines and blanks",
    "lone ` tick ``and two": "lone ` tick ``and two",
    "": "",
}


@pytest.mark.parametrize(("markdown", "shown"), PLAIN.items())
def test_inline_markup(markdown: str, shown: str) -> None:
    """Inline Markdown is converted to the text that readers see."""
    assert shown == plain_text.inline(markdown)


@pytest.mark.parametrize(
    "text",
    [
        r"\`*_{}[]()#+-.!|~<>&$:;\"'/?=^@%,",
        "a *b* _c_ `d` [e](f) ![g](h) <https://i> &amp; \\ # {x}",
        "1. one",
        "2) two",
        "- a",
        "+ b",
        "=== c",
        "# d",
        "> e",
        "| a | b |",
        "snake_case __init__ **kwargs",
        "*[HTML]: x",
        "[x]: https://example.org",
    ],
)
def test_escaped_text_is_shown_literally(text: str) -> None:
    """Escaped text is displayed unchanged, and converts back to the original."""
    shown = html(f"x\n\n{escape(text)}\n").replace("<p>x</p>", "").strip()

    assert shown == f"<p>{_as_html(text)}</p>"
    assert text == plain_text.inline(escape(text))


def _as_html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


BLOCKS = {
    "One.\n\nTwo,\nand *three*.": "One. Two, and three.",
    "- a\n- b\n  1. c\n  2. d": "• a • b 1. c 2. d",
    "- [ ] open\n- [x] done": "☐ open ☑ done",
    "> quoted\n>\n> > deeper": "quoted deeper",
    "| a | b |\n|---|---|\n| `c|d` | **e** |": "a b `c d`",
    "| a | b |\n|---|---|\n| `c\\|d` | **e** |": "a b c|d e",
    "x\n\n***\n\ny": "x y",
    "```python\nif x:\n    y\n```": "if x: y",
    "Text.[^1]\n\n[^1]: Note.": "Text. Note.",
    "> [!NOTE]\n> Mind this.": "Note Mind this.",
    "[a][b]\n\n[b]: https://example.org": "a",
    "It costs $5 to $10, and US$5.": "It costs $5 to $10, and US$5.",
    r"$x^2$ and $$\frac{a+b}{2}$$": "x^2 and (a + b)/2",
    r"$$x$$ and $$y$$": "x and y",
    "```math\n\\sqrt{x} \\le 1\n```": "√x ≤ 1",
    r"$\notacommand$": r"\notacommand",
    "1) Define it 2) Measure it": "1) Define it 2) Measure it",
}


@pytest.mark.parametrize(("markdown", "shown"), BLOCKS.items())
def test_blocks(markdown: str, shown: str) -> None:
    """Blocks are joined on one line; their markup is omitted or becomes a symbol."""
    assert shown == plain_text.text(markdown)
