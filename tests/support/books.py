"""Sites for the tests of books, and a PDF read back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject
from qna import pipeline
from qna.site import Site

from support import hostile
from support.editions import Editions

ADDRESS = "https://example.org/bread/"

SOURCE = r"""# Bread & more

Read *this* first.

### **1. Flour**
*   **What is `gluten`, and $x^2$?** {#gluten}
    - A protein: $\frac{a}{b}$, **not** a [sugar](https://example.com/sugar?a=b&c=d). See [water](#water).

      | Kind | Share |
      | --- | --: |
      | strong | 12% |

      - [x] knead
      - [ ] rest

      ```python
      print("#panic()")
      ```

*   **What is bran?** {#bran}
    - A husk[^1]; see [the oven](#oven).

      [^1]: Of a grain.

### **2. Water & heat**
*   **How much water?** {#water}
    - More than gluten needs. ![A jug](jug.png)

*   **How hot is an oven?** {#oven}
    - [Personal answer required - tell how you baked.]
"""
GLOSSARY = """
[[term]]
name = "Gluten"
meaning = "What holds bread together."
explained_by = ["gluten"]
matches = ["gluten"]

[[term]]
name = "TLA"
expansion = "Three-letter acronym"
meaning = "None of bread."
explained_by = []
matches = []
"""
NOTE = """---
checked: 2026-03-02
status: partly-wrong
caution: Bran is more than a husk.
passage: husk
---

Bran has fiber [@miller2020, chapter 2; @miller2020]; see [](#oven) and $\\alpha_1$.

![Layers of a grain](../figures/grain.svg)

## What they ask next

- **Why?** Because.
"""
SOURCES = """@book{miller2020,
  author = {Miller, Ann and Baker, Bo},
  title = {Grain \\& bran},
  year = {2020},
  publisher = {Mill Press},
  url = {https://example.com/grain}
}
"""
FIGURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340 100" class="figure" role="img"
color="#000" fill="currentColor"><title>A grain</title><desc>It has three layers.</desc>
<rect x="0" y="0" width="340" height="100" class="figure-paper" fill="#fff"/>
<g class="figure-1"><path d="M0 0 340 100" stroke="currentColor"/></g>
<text x="10" y="50">bran</text></svg>"""
BESIDE = {
    "glossary_dot_toml": GLOSSARY,
    "notes__bran_dot_md": NOTE,
    "sources_dot_bib": SOURCES,
    "figures__grain_dot_svg": FIGURE,
}
"""What is beside the source, as `site_of` takes it."""
FORMULAS = r"""
\sum_{i=1}^n \frac{a}{b}+\sin x
\operatorname{ReLU}(x)
\begin{cases}1 & x>0\\ 0 & \text{else}\end{cases}
\hat{y}_i = \left(\frac{a}{b}\right) \| x\|_2
\mathcal{L}\mathbf{x}\mathbb{R}\mathfrak{A}\mathsf{a}\mathtt{b}\mathscr{C}\boldsymbol{\alpha}
\underbrace{x+y}_{y}\overline{ab}\underline{x}\overbrace{a}^{b}
\sqrt[3]{x}f'(x)f''f'''
\bigl( x \bigr)\quad \begin{bmatrix}1&2\\3&4\end{bmatrix}\mathrm{KL}
\argmax_\theta \lim_{x\to 0} \boxed{x}\binom{n}{k}\max(0)
\begin{aligned}a&=b\\c&=d+e\end{aligned}
\begin{array}{|c:c|} a & b \\ \hline c & d \end{array}
\begin{pmatrix}1&2\\3&4\end{pmatrix}\begin{vmatrix}a\end{vmatrix}
\cancel{x}\bcancel{y}\xcancel{z}
\vec{x}\dot{x}\ddot{x}\tilde{x}\bar{x}\check{x}\breve{x}\acute{x}\grave{x}\widehat{xyz}\overrightarrow{AB}\overleftarrow{AB}
a\not=b \neq c \not\in d
\int_0^\infty e^{-x^2}\,dx \iint \oint \prod_{k} \bigcup_i
\color{red}{x}
\textcolor{blue}{y} \textbf{bold}
\stackrel{?}{=} b \overset{a}{b} \underset{a}{b}
\phantom{x}y\hspace{1em}z\!w\,v\;u
\dfrac{1}{2}\tfrac{1}{2}\cfrac{1}{1+\cfrac{1}{x}}
x \xrightarrow{abc} y \xleftarrow[below]{above}
\#\{x\} \% \& \_ \$ \backslash
\langle x,y\rangle \lVert x\rVert \lceil x\rceil
\ldots\cdots\vdots\ddots
\Gamma\Delta\varepsilon\vartheta\varphi\ell\hbar\Re\Im\aleph\partial\nabla\infty\emptyset
\pm\mp\times\div\cdot\circ\bullet\oplus\otimes\odot\star\ast\dagger
\leq\geq\ll\gg\approx\sim\simeq\cong\equiv\propto\prec\succ\subset\supseteq\in\notin\ni
\Rightarrow\Leftarrow\iff\mapsto\hookrightarrow\uparrow\nearrow\rightleftharpoons
\forall\exists\neg\land\lor\top\bot\vdash\models\therefore
10{,}000 1.5 x,y;z
x_{a_{b_{c}}}^{d^{e}} {}_a^b X
\Pr(X) \det A \gcd \log_2 \limsup_{n} \arg\min
\sideset{_a^b}{_c^d}\sum
\begin{align}a&=b\\c&=d\end{align}
\begin{gather}a\\b\end{gather}
a \bmod b \pmod{n}
\overbracket{x} \underparen{y} \overgroup{z}
\mathop{Norm}_x \mathbin{X} \mathrel{R} \operatorname*{arg\,max}_x
\text{\#panic("x")} + \text{"q" \#eval("1")}
""".strip().split("\n")
"""One of each kind."""


def site_of(folder: Path, source: str, **beside: str) -> Site:
    """Return the site of a source, whatever errors it has; `beside` are files by their names."""
    made = Editions(folder / "docs")
    made.write("questions.md", source)
    for name, text in beside.items():
        made.write(name.replace("__", "/").replace("_dot_", "."), text)
    found = pipeline._assembled(pipeline.Run(), made.source, made.docs, (), None)
    assert found is not None
    return found[0]


def bread_site(folder: Path) -> Site:
    """Return a site with everything that a book can have."""
    return site_of(folder, SOURCE, **BESIDE)


def formulas_site(folder: Path) -> Site:
    """Return a site with each kind of formula, in a line and apart."""
    texts = "\n\n".join(
        f"      Inline ${tex}$ and\n\n      $$\n      {tex}\n      $$" for tex in FORMULAS
    )
    return site_of(folder, f"# Formulas\n\n### **1. F**\n*   **Which?**\n    - All:\n\n{texts}\n")


def hostile_answers(*more: str) -> Iterator[str]:
    """Yield answers that try to be more than text."""
    random = Random(14)  # noqa: S311
    yield from more
    yield from filter(hostile.is_taken, (hostile.answer(random) for _ in range(60)))


def hostile_site(folder: Path, *more: str) -> Site:
    """Return a site with hostile answers, even with those that the splitter refuses."""
    texts = dict(enumerate(hostile_answers(*more)))
    questions = "".join(f"*   **Question {at}?** {{#q{at}}}\n    - x\n\n" for at in texts)
    site = site_of(folder, f"# Bread\n\n### **1. #panic()**\n{questions}")
    (topic,) = site.document.topics
    items = [replace(item, answer=texts[at]) for at, item in enumerate(topic.questions)]
    document = replace(site.document, topics=(replace(topic, questions=tuple(items)),))
    return replace(site, document=document)


def everything_site(folder: Path) -> Site:
    """Return a site with all of these."""
    bread, formulas, hostile_one = (
        make(folder / name)
        for name, make in (("a", bread_site), ("b", formulas_site), ("c", hostile_site))
    )
    others = [topic for site in (formulas, hostile_one) for topic in site.document.topics]
    document = replace(bread.document, topics=(*bread.document.topics, *others))
    parts = (bread, formulas, hostile_one)
    return replace(
        bread,
        document=document,
        **{
            name: {key: value for site in parts for key, value in getattr(site, name).items()}
            for name in ("related", "links", "homes", "questions", "titles", "steps", "histories")
        },
    )


class Pdf:
    """A PDF as a reader's program sees it."""

    def __init__(self, data: bytes) -> None:
        self.reader = PdfReader(BytesIO(data))

    def text(self) -> str:
        """Return all text, with single blanks."""
        return " ".join(" ".join(page.extract_text() for page in self.reader.pages).split())

    def bookmarks(self) -> list[tuple[int, str]]:
        """Return the depth and the title of each bookmark, in order."""
        return list(self._bookmarks(self.reader.outline, 0))

    def _bookmarks(self, outline: object, depth: int) -> Iterator[tuple[int, str]]:
        assert isinstance(outline, list)
        for item in outline:
            if isinstance(item, list):
                yield from self._bookmarks(item, depth + 1)
            else:
                yield depth, item.title

    def addresses(self) -> set[str]:
        """Return where links lead outside the book."""
        actions = (link.get("/A", {}) for link in self._links())
        return {str(action["/URI"]) for action in actions if "/URI" in action}

    def jumps(self, page: int) -> set[int]:
        """Return the pages that a page (from 1) links to."""
        pages = enumerate(self.reader.pages, 1)
        numbers = {found.indirect_reference: at for at, found in pages}
        found = set()
        for link in self._links(page):
            dest = link.get("/Dest") or link.get("/A", {}).get("/D")
            if dest is not None:
                found.add(numbers[list.__getitem__(self._destination(dest), 0)])
        return found

    def _destination(self, dest: object) -> ArrayObject:
        found = dest.get_object() if isinstance(dest, IndirectObject) else dest
        if isinstance(found, ArrayObject):
            return found
        return self.reader.named_destinations[str(found)].dest_array

    def _links(self, page: int = 0) -> Iterator[DictionaryObject]:
        pages = [self.reader.pages[page - 1]] if page else self.reader.pages
        for found in pages:
            for link in found.get("/Annots", ()):
                yield link.get_object()

    def page_with(self, text: str) -> int:
        """Return the number of the last page that has a text: the contents come first."""
        pages = enumerate(self.reader.pages, 1)
        return max(at for at, page in pages if text in page.extract_text())

    def label(self, text: str) -> str:
        """Return the number on the last page that has a text."""
        return self.reader.page_labels[self.page_with(text) - 1]

    def tags(self) -> list[tuple[str, str]]:
        """Return each tag of the structure, with its alternative text."""
        return list(self._tags(self.reader.root_object["/StructTreeRoot"]))

    def _tags(self, node: object) -> Iterator[tuple[str, str]]:
        found = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(found, ArrayObject):
            for child in found:
                yield from self._tags(child)
        elif isinstance(found, DictionaryObject):
            if "/S" in found:
                yield str(found["/S"])[1:], str(found.get("/Alt", ""))
            yield from self._tags(found.get("/K"))
