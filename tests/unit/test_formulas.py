"""Formulas: safe MathML, plain text, and the messages about invalid ones."""

from __future__ import annotations

from xml.etree.ElementTree import tostring

import pytest
from qna.markdown.formulas.mathml import FormulaError, mathml
from qna.markdown.formulas.plain_text import one_line
from qna.markdown.parser import parse
from qna.markdown.rendering import Context, elements

LINES = {
    r"\frac{a+b}{2}": "(a + b)/2",
    r"x_i^2 + e^{-x}": "x_i^2 + e^(− x)",
    r"\sum_{i=1}^n x_i \le \sqrt{a+b}": "∑_(i = 1)^n x_i ≤ √(a + b)",
    r"f'(x) = \sqrt[3]{x}": "f′(x) = x^(1/3)",
    r"\hat{y} = \operatorname{softmax}(Wx)": "ŷ = softmax(Wx)",
    r"\log p(x)": "log p(x)",
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}": "(1 2; 3 4)",
    r"\text{if } x \to \infty": "if x → ∞",
    r"\nabla_\theta L \cdot K^\top": "∇_θL ⋅ K^⊤",
    r"\unknown": r"\unknown",
}


@pytest.mark.parametrize(("tex", "line"), LINES.items())
def test_plain_text(tex: str, line: str) -> None:
    """A formula becomes one line to read and search; an invalid one is shown as written."""
    assert one_line(tex) == line


def test_text_to_copy() -> None:
    """A formula on a page has its plain text as an attribute, which the copy buttons use."""
    (paragraph,) = elements(parse("It is $\\frac{a + b}{2}$ & $x<y$."), Context())

    assert [math.get("alttext") for math in paragraph.iter("math")] == ["(a + b)/2", "x < y"]


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("At $t$, it is ($x$); $y$.", "At [t,] it is [(x);] [y.]"),
        ("$n$-gram, non-$x$", "[n-]gram, non[-x]"),
        ("*$x$*, **($y$)** \u201c$z$\u201d", "x, [(y)] [\u201cz\u201d]"),
        ("$x$ and $y$", "x and y"),
    ],
)
def test_punctuation_stays_with_a_formula(markdown: str, shown: str) -> None:
    """A formula is in one element with the punctuation that no space separates from it."""
    (paragraph,) = elements(parse(markdown), Context())
    for math in paragraph.iter("math"):
        del math.attrib["alttext"]
    for whole in paragraph.iter("span"):
        whole.text, whole[-1].tail = f"[{whole.text or ''}", f"{whole[-1].tail or ''}]"

    assert "".join(paragraph.itertext()) == shown


@pytest.mark.parametrize("sign", ["\\odot", "\\oplus", "\\otimes", "\\ominus", "\\oslash"])
def test_circled_signs_stay_small(sign: str) -> None:
    """Browsers have no ground to draw a sign between two letters as large as a sum."""
    (found,) = mathml(f"a {sign} b", display=True).iter("mo")

    assert found.get("largeop") == "false"


@pytest.mark.parametrize(
    "tex",
    [
        r"\begin{aligned}a&=b\\c&=d\end{aligned}",
        r"\begin{align}a&=b\label{x}\end{align}",
        r"\begin{cases}1 & x>0\\0\end{cases}",
        r"\begin{array}{l|r}1&2\end{array}",
        r"\color{red} x + \textcolor{blue}{y}",
        r"\text{<script>alert(1)</script> \& \textbf{b}}",
        r"\cancel{x} \boxed{y} \hspace{1em}",
        r"\sin x",
    ],
)
def test_mathml_complies_with_the_content_policy(tex: str) -> None:
    """MathML has no inline styles, ids, links or scripts, and no entity that XML lacks."""
    for element in mathml(tex, display=True).iter():
        assert not {"style", "id", "href", "onclick"} & set(element.attrib)
        assert element.tag not in {"script", "a", "img"}


def test_alignment_becomes_a_class() -> None:
    """The columns of an aligned formula keep their alignment without inline styles."""
    made = tostring(mathml(r"\begin{aligned}a&=b\end{aligned}", display=True), encoding="unicode")

    assert '<mtd class="math-right math-flush-right"><mi>a</mi></mtd>' in made
    assert '<mtd class="math-left math-flush-left">' in made


@pytest.mark.parametrize(
    ("tex", "at", "message"),
    [
        (r"a + \foo", 4, 'Unknown command "\\foo"'),
        (r"\frac{1}{2", 10, 'Expected closing token "}", but reached end of input'),
        (r"\def\a{x}\a", 0, "a formula may not define commands"),
        (r"x + " + r"\sqrt" * 99, 304, "the formula is nested too deeply"),
        ("x \x02", 0, "a character has no place in a formula"),
    ],
)
def test_invalid_formula(tex: str, at: int, message: str) -> None:
    """The error about an invalid formula says what is wrong, and where."""
    with pytest.raises(FormulaError) as caught:
        mathml(tex, display=False)

    assert (caught.value.at, str(caught.value)) == (at, message)


@pytest.mark.parametrize("tex", [r"\def\a{\a}\a", "{" * 50_000, r"\frac" * 5_000, "x^" * 20_000])
def test_hostile_formula(tex: str) -> None:
    """A formula that is endless or nested too deeply causes an error, not a crash."""
    with pytest.raises(FormulaError):
        mathml(tex, display=True)
