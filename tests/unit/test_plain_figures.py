"""Figures without a style sheet: they have the colors that the style sheet would give them."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring, tostring

import pytest
from qna.downloads import plain_figures
from qna.markdown import svg_safety
from support.harness import ROOT

FIGURES = sorted((ROOT / "docs/_source/figures").glob("*.svg"))
BLUE, ORANGE, INK, PAPER = "#1a5596", "#93380c", "#171d24", "#fdfdfb"
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" color="#000" fill="currentColor">
<title id="t">A.</title><desc>B.</desc>
<rect class="figure-paper" fill="#fff"/>
<path id="plain"/>
<g class="figure-1"><path id="filled"/><path id="drawn" fill="none" stroke="currentColor"/>
<g class="figure-2"><text id="inner">x</text></g></g>
<path id="own" class="figure-2" stroke="currentColor" fill="none"/>
<use id="clipped" clip-path="url(#plain)" aria-labelledby="t plain"/>
</svg>"""


def _painted(name: str = "") -> dict[str, dict[str, str]]:
    """Return how each element is painted, by its id: its own color, or the nearest one above."""
    root = plain_figures.plain(
        fromstring(SVG.replace(' xmlns="http://www.w3.org/2000/svg"', "")),  # noqa: S314
        plain_figures.site_palette(),
        name,
    )
    found: dict[str, dict[str, str]] = {}

    def visit(element: object, above: dict[str, str]) -> None:
        painted = above | {key: element.attrib[key] for key in above if key in element.attrib}
        found[element.get("id", element.tag)] = painted
        for child in element:
            visit(child, painted)

    visit(root, {"fill": "black", "stroke": "none"})
    return found


def test_colors() -> None:
    """What has the color of a class, or of the text, has it without one."""
    painted = _painted()

    assert painted["rect"]["fill"] == PAPER
    assert painted["plain"] == {"fill": INK, "stroke": "none"}
    assert painted["filled"] == {"fill": BLUE, "stroke": "none"}
    assert painted["drawn"] == {"fill": "none", "stroke": BLUE}
    assert painted["inner"] == {"fill": ORANGE, "stroke": "none"}
    assert painted["own"] == {"fill": "none", "stroke": ORANGE}


def test_ids() -> None:
    """Two figures on a page have different ids, and refer to their own."""
    root = plain_figures.plain(fromstring(SVG), plain_figures.site_palette(), "q")  # noqa: S314
    text = tostring(root, encoding="unicode")

    assert 'id="q-plain"' in text
    assert "url(#q-plain)" in text
    assert 'aria-labelledby="q-t q-plain"' in text


def test_description() -> None:
    """Who does not see a figure gets its title and its description."""
    svg = svg_safety.cleaned(SVG)

    assert plain_figures.described(svg) == "A. B"


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_no_style_sheet(path: object) -> None:
    """No figure of the site needs one."""
    svg = svg_safety.cleaned(path.read_text(encoding="utf-8"))
    text = tostring(plain_figures.plain(svg, plain_figures.site_palette()), encoding="unicode")

    assert "currentColor" not in text
    assert "class=" not in text
