"""Pages that are put together have the HTML that Python-Markdown makes of them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from markdown import Markdown
from qna.markdown.extension.assembly import EXTENSIONS, OPTIONS, Assembler
from qna.words import words
from support.harness import FIXTURE, ROOT, generated, pages
from support.synthetic import source

HEADING = '# What is a *CNN* & an `RNN`? { #cnn aliases="convnet conv" .qna }'
FORMS = {
    "heading": HEADING,
    "heading of a list": "## Related: \\#1 & C\\+\\+ { .after-answer #related-questions }",
    "answer": f'{HEADING}\n\n!!! answer ""\n\n    ``` qna cnn\n    It **is** [it](#rnn).\n\n    - a\n'
    "    - `b`\n    ```\n\n/// qna-links\n[#rnn](rnn.md)\n///",
    "labeled box": f'{HEADING}\n\n!!! story "Your \\*own\\* story"\n\n    ``` qna cnn\n    Tell.\n    ```',
    "closed answer": f'{HEADING}\n\n??? answer "Answer"\n\n    [Wrong: \\<b\\> \\& so](cnn.md#note){{ .caution }}\n\n'
    "    ``` qna cnn\n    A footnote[^1].\n\n    [^1]: Here.\n    ```\n\n    [More](../q/cnn.md){ .more }",
    "concepts": "``` qna cnn\nOverfitting \\*in\\* a network.\n```\n\n/// qna-links\n"
    '[network](../q/nn.md "It &quot;is&quot;.")\n[overfitting](../q/of.md)\n[unused](../q/u.md)\n///',
    "abbreviations": f"{HEADING}\n\n- [What is a CNN?](a.md) CNN and \\_CNN\n- [C\\*NN](b.md)\n\n"
    "CNN, [RNN](c.md){ .moved } CNN.\n\n``` qna x\nA CNN, `CNN` and C**NN**.\n```\n\n"
    '*[CNN]: convolutional "net" <i> & &amp;\n*[RNN]: recurrent',
    "right to left": "# \u05de\u05d4 CNN? { #x .qna }\n\n- [\u05de\u05d4](a.md)\n- [What](b.md)\n\n"
    '??? answer "Answer"\n\n    ``` qna x\n    \u05de\u05d4 `CNN`\n\n    English.\n    ```',
    "foreign picture": "``` qna x\n![a](https://example.org/a.png) ![b](b.png) [c](javascript:1)\n```",
    "code, table, formula": "``` qna x\n|a|b|\n|:-|-:|\n|1|$x^2$|\n\n~~~python\nx = 1 & 2\n~~~\n```",
    "line": '20 questions, 5 \\* 3 & "so".',
    "apostrophe": "## It's \\<b\\> { #it }",
}
OTHERS = {
    "raw emphasis": "A *word*.",
    "entity": "- [A &amp; B](a.md)",
    "figure": "``` qna x\n![f](f.svg)\n```\n\n``` qna-figure f.svg\n<svg></svg>\n```",
    "attributes of a line": "A line\n{ #path:x .path }",
    "code": "``` python\nx\n```",
    "macro": "{{ question('x') }}",
    "ordered list": "1. One",
    "indented below a line": "A line\n\n    more",
    "stand-in": "A \ue002 line",
    "footnote": "A[^1]\n\n[^1]: b",
    "external link": "[a](https://example.org)",
    "definition": "Term\n:   Definition",
}


@pytest.fixture(scope="module")
def assembler() -> Assembler:
    """Return what puts pages together, in English."""
    return Assembler(words("en"))


@pytest.mark.parametrize("form", FORMS)
def test_forms(assembler: Assembler, form: str) -> None:
    """Each form is put together, twice: pieces are kept."""
    for _ in range(2):
        assert put_together(assembler, FORMS[form]) == parsed(FORMS[form])


@pytest.mark.parametrize("form", OTHERS)
def test_other_forms(assembler: Assembler, form: str) -> None:
    """A page with anything else on it is left to Python-Markdown."""
    assert assembler.page(OTHERS[form]) is None


def test_pages(assembler: Assembler) -> None:
    """Pages of sites without notes are put together, and no page differs."""
    files = {**generated(FIXTURE / "docs/_source/questions.md"), **pages(source(25))}
    bodies = {
        name: text.split("---\n", 2)[2] for name, text in files.items() if text[:4] == "---\n"
    }
    special = re.compile(r"#note }|\.path }|^# .* { #\S+ }$", re.MULTILINE)
    plain = {name: text for name, text in bodies.items() if not special.search(text)}

    assert len(plain) > len(bodies) / 2
    for name, text in plain.items():
        assert put_together(assembler, text) == parsed(text), name


def test_configuration() -> None:
    """The site is built with the extensions for which pages are put together."""
    text = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nmarkdown_extensions:")[2]
    configured = yaml.safe_load("extensions:" + text.partition("\nnav:")[0])["extensions"]
    options = {"tables": {}, **{name: {} for name in EXTENSIONS}}
    for item in configured:
        options |= item if isinstance(item, dict) else {item: {}}

    assert set(options) == set(EXTENSIONS)
    assert {name: value for name, value in options.items() if value} == OPTIONS


def put_together(assembler: Assembler, text: str) -> tuple[str, str]:
    """Return the HTML and the headings of a page."""
    page = assembler.page(text)
    assert page
    return page.html(lambda url: url), shown(page.contents())


def parsed(text: str) -> tuple[str, str]:
    """Return the same from Python-Markdown."""
    _MARKDOWN.reset()
    html = _MARKDOWN.convert(text)
    return html, shown(_MARKDOWN.toc_tokens)  # type: ignore[attr-defined]


def shown(headings: Any) -> str:  # noqa: ANN401 - nested dictionaries
    """Return what pages show of headings."""
    told = [[item["level"], item["id"], item["name"], shown(item["children"])] for item in headings]
    return json.dumps(told)


_MARKDOWN = Markdown(extensions=[*EXTENSIONS], extension_configs=OPTIONS)
