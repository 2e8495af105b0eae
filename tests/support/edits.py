"""Strategies for what authors write: answers in Markdown, as lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import strategies as st

Lines = list[str]

WORDS = st.sampled_from(
    "gradient loss the a of is layers, networks (deep) GPU: 10% C# C++ it's “quoted” naïve 日本語 🚀 x = = "
    "snake_case_name __init__.py 2 * 3 a < b > c & d || | R² ... – !important ? \\frac{a}{b} $5 US$10, $1,000. \\$ ($7) "
    "{x} {{ x }} {% x %} {#x} {.wide} {:toc} [k] [k][y] [^7] :smile: ~tilde~ ==mark== ^up^ &amp; &lt;b&gt; "
    "List<String> <your-name> </details> <b> <!-- --> \\*stars\\* \\_ \\# \\{ \\< x.y/z #tag @me !x http://e.com "
    "1. 2) - + * > ??? !!! : /// === --8<-- ::error::x *[HTML]".split(" ")
)
FORMULAS = {
    "$x_1$": "x_1",
    "$\\frac{a}{b} * c * d$": "\\frac{a}{b} * c * d",
    "$$\\sum_i x_i$$": "\\sum_i x_i",
    "$`a_b`$": "a_b",
}
"""Formulas within text, as they are written, and their TeX."""
SPANS = st.sampled_from(
    (
        "*em*",
        "_em_",
        "**strong**",
        "__strong__",
        "***both***",
        "**strong *em* strong**",
        "(*em*)",
        "**Key:**",
        "`code`",
        "`p(x | y)`",
        "`*x* {y} [z] </details> <script> {{ z }} \\`",
        "`` a ` b ``",
        "`````` a ` b `` c ``` d ```` e ````` f ``````",
        "```{.x} ` y```",
        '```py title="x```',
        "**`code`**",
        "[link](https://example.org/a_b_c?d=e&f=*g*)",
        '[*link* `code`](https://example.org "A title")',
        "[link](<https://example.org/a b>)",
        "[paren](https://example.org/a_(b))",
        "![image](picture.png)",
        '![an *image*](picture.png "Its title")',
        "[![image](picture.png)](https://example.org)",
        "<https://example.org/x_y>",
        "[question](#question)",
        "~~struck~~",
        "~*struck* `~`~",
        "**~~struck~~ *em***",
        "https://example.org/a_b_c?d=e&f=g",
        "(https://example.org/a_(b)),",
        "*https://example.org*",
        "www.example.org/~me/.",
        "me@example.org",
        "note[^1]",
        "[^two words]",
        "[^1][^n]",
        *FORMULAS,
        "[defined][one]",
        "[defined][two]",
        "[one]",
        "[One][]",
    )
)
DEFINITIONS = [
    '[one]: https://example.org/one "One"',
    "[two]:",
    "  <https://example.org/two>",
    "  'Over",
    "  lines'",
    "[^1]: A *note* on [one].",
    "",
    "    With a second paragraph.",
    "[^n]: Another[^1].",
]
STARTS = st.sampled_from(
    [
        "",
        "",
        "",
        "",
        "#tag ",
        "{x} ",
        ": ",
        "??? ",
        "!!! note ",
        "2. ",
        "1986. ",
        "= ",
        "=== ",
        "*[HTML] ",
        "\\# ",
        "| ",
    ]
)
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_COLUMNS = [
    (1, ["| {} |", "x {}"], ["| --- |", "| -", ":-:", "-:|"]),
    (2, ["| {} |", "x {}"], ["| --- | --- |", "|:-:|--:|", "---|---"]),
]
"""The heads and delimiters that tables may have, by the number of their columns."""
LANGUAGES = st.sampled_from(["", "python", "c++", "yaml title=x", "js {1,2}", " text", "{.python}"])
CODE = st.sampled_from(
    [
        "### **2. X**",
        "*   **Q**",
        "    - answer",
        "</details>",
        "???",
        "{{ x }}",
        "",
        "    indented",
        "def f(x): return {x}",
        "[one]: https://example.org",
        "*[HTML]: x",
        "``",
        "> quote",
        "# comment",
        "<script>alert(1)</script>",
        "---",
        "::error::x",
        "~~x~~ $x$ - [ ] x",
    ]
)
BOXES = st.sampled_from(["", "[ ] ", "[x] ", "[X]  "])

words = st.one_of(WORDS, WORDS, SPANS)
running = st.lists(words, min_size=1, max_size=7).map(" ".join)


@st.composite
def paragraphs(draw: st.DrawFn) -> Lines:
    """One to three lines, some with a hard break at the end."""
    lines = [draw(STARTS) + text for text in draw(st.lists(running, min_size=1, max_size=3))]
    lines = [f"x {line}" if _UNDERLINE.fullmatch(line) else line for line in lines]
    return [line + draw(st.sampled_from(["", "", "  ", "\\"])) for line in lines[:-1]] + lines[-1:]


@st.composite
def fences(draw: st.DrawFn) -> Lines:
    """Code between marks that it does not contain."""
    marks = draw(st.sampled_from(["```", "````", "~~~"]))
    inner = draw(st.lists(CODE, max_size=5))
    return [marks + draw(LANGUAGES), *inner, marks]


@st.composite
def tables(draw: st.DrawFn) -> Lines:
    """A table of one or two columns, with or without outer pipes."""
    cell = running.map(lambda text: text.replace("|", "\\|"))
    columns, heads, delimiters = draw(st.sampled_from(_COLUMNS))
    rows = draw(st.lists(st.tuples(*[cell] * columns), min_size=2, max_size=4))
    head, *body = (" | ".join(row) for row in rows)
    return [
        draw(st.sampled_from(heads)).format(head),
        draw(st.sampled_from(delimiters)),
        *(f"| {row} |" for row in body),
    ]


@st.composite
def quotes(draw: st.DrawFn, inner: st.SearchStrategy[Lines]) -> Lines:
    """Blocks after `>`."""
    return [f"> {line}".rstrip() if line else ">" for line in draw(inner)]


@st.composite
def alerts(draw: st.DrawFn, inner: st.SearchStrategy[Lines]) -> Lines:
    """A quote whose first line names the kind of alert.

    For GitHub's parser, that line is text, and right below text only the number 1 starts a list.
    """
    kind = draw(st.sampled_from(["NOTE", "tip", "Important", "WARNING", "CAUTION"]))
    quoted = draw(quotes(inner))
    gap = [">"] if _NUMBERED.match(quoted[0].removeprefix("> ")) else []
    return [f"> [!{kind}]", *gap, *quoted]


@st.composite
def lists(draw: st.DrawFn, inner: st.SearchStrategy[Lines]) -> Lines:
    """A list of items with blocks, indented as the marker requires, tight or with blank lines."""
    ordered, blank = draw(st.booleans()), draw(st.booleans())
    bullet = draw(st.sampled_from(["-", "*", "+"]))
    mark = draw(st.sampled_from([".", ")"]))
    space = " " * draw(st.integers(1, 3))
    start = draw(st.sampled_from([1, 1, 1, 3, 9, 1986]))
    lines: Lines = []
    for number in range(draw(st.integers(1, 4))):
        marker = (f"{start + number}{mark}" if ordered else bullet) + space
        item = draw(st.one_of(paragraphs(), paragraphs(), inner))
        if number and blank:
            lines.append("")
        lines += placed(item, marker)
    return lines


@st.composite
def tasks(draw: st.DrawFn) -> Lines:
    """A list whose items may begin with a checkbox.

    GitHub's parser recognizes it reliably only at the start of a line; within quotes and after
    another list marker, it follows its specification less closely than this site.
    """
    marker = draw(st.sampled_from(["- ", "*   ", "+ ", "1. "]))
    items = draw(st.lists(st.tuples(BOXES, paragraphs()), min_size=2, max_size=4))
    return [line for box, (first, *rest) in items for line in placed([box + first, *rest], marker)]


def placed(item: Sequence[str], marker: str) -> Lines:
    """Put a list marker before the first line and indent the others."""
    indent = " " * len(marker)
    return [marker + item[0], *(indent + line if line.strip() else "" for line in item[1:])]


_NUMBERED = re.compile(r"(?:> )*(?!1[.)])\d+[.)] ")


def _joined(parts: Sequence[tuple[Lines, bool]]) -> Lines:
    """Join blocks, each with a blank line before it or, if requested, without."""
    lines: Lines = []
    for part, close in parts:
        # Right below text, a number starts a list in CommonMark only if it is 1.
        if lines and (not close or _NUMBERED.match(part[0])):
            lines.append("")
        lines += part
    return lines


def _several(block: st.SearchStrategy[Lines]) -> st.SearchStrategy[Lines]:
    return st.lists(st.tuples(block, st.booleans()), min_size=1, max_size=3).map(_joined)


formulas = st.just(["```math", "\\sum_i x_i", "```"])
leaves = st.one_of(paragraphs(), paragraphs(), fences(), tables(), st.just(["___"]), formulas)
brief = _several(leaves)
"""Answers without lists and quotes, which are quick to draw."""
nested = st.recursive(
    leaves,
    lambda inner: st.one_of(
        quotes(_several(inner)), alerts(_several(inner)), lists(_several(inner))
    ),
    max_leaves=6,
)
answers = st.tuples(_several(st.one_of(nested, nested, tasks())), st.booleans()).map(
    lambda drawn: [*drawn[0], "", *DEFINITIONS] if drawn[1] else drawn[0]
)
"""Complete answers, some with link definitions and footnotes."""


@st.composite
def sources(draw: st.DrawFn, answer: Lines) -> Lines:
    """The lines of an answer below its question: a bullet, and the rest indented to match."""
    bullet = draw(st.sampled_from(["    - ", "  - ", "   -   ", "     * ", "\t- ", "    + "]))
    width = len(bullet.expandtabs(4))
    first, *rest = answer
    return [bullet + first, *(" " * width + line if line.strip() else "" for line in rest)]
