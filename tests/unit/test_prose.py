"""Inline Markdown as plain text and back; where a change to running text may reach."""

from __future__ import annotations

import pytest
from harness import html
from qna import prose

PLAIN = {
    "a *b* **c** ***d*** _e_ __f__": "a b c d e f",
    "**bold *and* em**text": "bold and emtext",
    "snake_case 2 * 3 * 4 **kwargs _x": "snake_case 2 * 3 * 4 **kwargs _x",
    "`*code*` and `` a ` b ``": "*code* and a ` b",
    "**`code`** in *[link](u)*": "code in link",
    "[a *b* `c`](https://example.org/x_(y) 'T')": "a b c",
    "![an *image*](x.png) [ref][r]": "an image ref",
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


@pytest.mark.parametrize(("markdown", "plain"), PLAIN.items())
def test_plain(markdown: str, plain: str) -> None:
    """Plain text is what a reader sees."""
    assert plain == prose.plain(markdown)


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
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    """Whatever a text holds, its escaped form shows it, and is plain text again."""
    shown = html(f"x\n\n{prose.escape(text)}\n").replace("<p>x</p>", "").strip()

    assert shown == f"<p>{_as_html(text)}</p>"
    assert text == prose.plain(prose.escape(text))


def _as_html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


UNTOUCHED = [
    "`word`",
    "`` word ` word ``",
    "`two\nword`",
    "```\nword\n```",
    "~~~ word\nword\n\nword\n~~~",
    "- ```\n  word\n  ```",
    "> ~~~\n> word\n> ~~~",
    "1. > ```\n   > word\n   > ```",
    "    word",
    "[word](x)",
    "[a `b` word](x 'word')",
    "[word][ref]",
    "![word](word.png)",
    "[ref]: word.md 'word'",
    "<https://word.org/word>",
    "https://word.org/word",
    r"\word",
]


@pytest.mark.parametrize("markdown", UNTOUCHED)
def test_map_text_leaves_all_but_running_text(markdown: str) -> None:
    """Code, links, images, addresses and definitions are never changed; text around them is."""
    changed = prose.map_text(f"word\n\n{markdown}\n\nword", lambda text: text.replace("word", "!"))

    assert changed == f"!\n\n{markdown}\n\n!"


def test_map_text_reaches_running_text() -> None:
    """Emphasis, brackets, braces, list items, cells and lone backticks hold running text."""
    text = "*word* **word** (word) {word} <word word> - word\n- word\n> word\n| word |\n` word"

    assert "word" not in prose.map_text(text, lambda part: part.replace("word", "!")).replace(
        "[word]", ""
    )


LINKS = {
    "[a](#x)": "[a](NEW)",
    "[a](#x 'Title') ![b](#x)": "[a](NEW 'Title') ![b](NEW)",
    "*[a](#x)* [`c`](#x)": "*[a](NEW)* [`c`](NEW)",
    "[a][r]\n\n[r]: #x 'T'": "[a][r]\n\n[r]: NEW 'T'",
    "`[a](#x)`": "`[a](#x)`",
    "```\n[a](#x)\n```": "```\n[a](#x)\n```",
    "> 1. > ~~~\n>    > [a](#x)\n>    > ~~~\n\n[a](#x)": (
        "> 1. > ~~~\n>    > [a](#x)\n>    > ~~~\n\n[a](NEW)"
    ),
    "\\[a](#x)": "\\[a](#x)",
    "{[a](#x)} a < [b](#x) > c": "{[a](NEW)} a < [b](NEW) > c",
    "#x (#x)": "#x (#x)",
}


@pytest.mark.parametrize(("markdown", "expected"), LINKS.items())
def test_map_links(markdown: str, expected: str) -> None:
    """Addresses of links, images and definitions are changed; text and code are not."""
    assert expected == prose.map_links(markdown, lambda url: url.replace("#x", "NEW"))


SETTLED = {
    "*a* **b** ***c*** _d_ __e__": "*a* **b** ***c*** _d_ __e__",
    "2 * 3 and *args": r"2 \* 3 and \*args",
    "snake_case_name": r"snake\_case\_name",
    "**a": r"\*\*a",
    "*a **b*": r"\*a \**b*",
    "`*` \\* [*](u*v)": r"`*` \* [\*](u*v)",
    "a*b*c _d_e": r"a*b*c \_d\_e",
}


@pytest.mark.parametrize(("markdown", "expected"), SETTLED.items())
def test_settled(markdown: str, expected: str) -> None:
    """A star or underscore that is no emphasis is escaped, and every other stays."""
    assert expected == prose.settled(markdown)
