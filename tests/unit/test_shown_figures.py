"""Figures from outside: what a page takes of an SVG file, and what it refuses."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import tostring

import pytest
from qna.markdown import svg_safety
from qna.markdown.formulas.characters import characters, drawn
from qna.reading import figures
from support.harness import html

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>T</title>{}</svg>'


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        ('<path d="M0 0"/>', '<path d="M0 0"></path>'),
        ('<path d="M0 0" onclick="x()" style="fill:red"/>', '<path d="M0 0"></path>'),
        ('<path fill="url(#a)"/>', '<path fill="url(#a)"></path>'),
        ('<path fill="url(https://example.org/a)"/>', "<path></path>"),
        ("<script>x()</script><style>a{}</style>", ""),
        ('<image href="a.png"/><foreignObject><p>x</p></foreignObject>', ""),
        ('<a href="javascript:x()"><text>hi</text></a>', ""),
        (
            '<g><animate attributeName="x"/><text x="1">a &lt; b</text></g>',
            '<g><text x="1">a &lt; b</text></g>',
        ),
    ],
)
def test_only_shapes_and_text_stay(inside: str, kept: str) -> None:
    """Shapes, text and their presentation stay; nothing loads or runs anything."""
    svg = tostring(svg_safety.cleaned(SVG.format(inside)), "unicode", short_empty_elements=False)

    assert svg == f'<svg viewBox="0 0 9 9"><title>T</title>{kept}</svg>'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"), "document type"),
        ("<html/>", "not SVG"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "no title"),
        ("<svg", "not XML"),
    ],
)
def test_refused(text: str, reason: str) -> None:
    """A file that is no plain SVG with a title is refused."""
    with pytest.raises(ValueError, match=reason):
        svg_safety.cleaned(text)


def test_addresses_stay_in_the_folder_of_the_source(tmp_path: Path) -> None:
    """A figure outside the folder of the source is not read."""
    (tmp_path / "secret.svg").write_text(SVG.format(""), encoding="utf-8")
    (tmp_path / "_source/notes").mkdir(parents=True)
    shelf = figures.Shelf(tmp_path / "_source/notes")
    problem = shelf.problem("../../secret.svg")

    assert problem
    assert "outside" in problem[0]
    assert shelf.figures == {}


def test_characters_of_formulas() -> None:
    """The font has what browsers draw: italic letters, and signs that stretch; no text or code."""
    found = characters(["Costs $h = \\sqrt{x}$.", "No formula, but ß.", "`$q$`"], drawn)

    assert {"\u210e", "\U0001d465", "=", "{", "\u221a"} <= set(found)
    assert not {"ß", "\U0001d45e", "C"} & set(found)


PAGE = """\
``` qna dropout:note
A [paper] with a note[^1], and [text](#x).

![Norms *by* depth](a.svg)

## Next

![Missing](b.svg)

[paper]: https://example.org
[^1]: Below.
```

``` qna-figure a.svg
<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><title>T</title><script>y()</script></svg>
```

``` qna-figure b.svg
<svg onload="x()">
```
"""


def test_a_note_is_one_text() -> None:
    """Definitions hold in all of a note; a figure replaces its image, unless it is no plain SVG."""
    page = html(PAGE)

    assert '<a href="https://example.org">paper</a>' in page
    assert page.count("Below.") == 1
    assert (
        "<figure><svg><title>T</title></svg><figcaption>Norms <em>by</em> depth</figcaption></figure>"
    ) in page
    assert '<h3 aria-label="Next" id="next">' in page or '<h3 id="next" aria-label="Next">' in page
    assert '<img alt="Missing" src="b.svg"' in page
    assert "onload" not in page
    assert "qna-figure" not in page
