"""Drawing figures as SVG: numbers, labels and curves."""

from __future__ import annotations

from statistics import NormalDist

import pytest
from qna.figures import plots, svg
from support.drawings import Drawing, height_at


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (-0.04, "0"), (1.25, "1.2"), (10, "10"), (-3.14159, "-3.1")]
)
def test_number(value: float, text: str) -> None:
    """Numbers have at most one decimal, and there is no negative zero."""
    assert svg.number(value) == text


def test_escaping() -> None:
    """Texts and attributes may have any characters."""
    drawn = svg.document("a", svg.Figure('"<', "&.", 10, (svg.label(1, 2, 'a < "b" & c'),)))

    assert Drawing(drawn).texts[0].content == 'a < "b" & c'
    assert Drawing(drawn).root[0].text == '"<'


def test_scripts_return_to_the_line() -> None:
    """Text after a subscript is on the line again, and so is that after a superscript."""
    shifts = [
        float(dict(part.attributes).get("dy", "0"))
        for part in svg.label(0, 0, "a_{t-1} + b^2 c").children
    ]

    assert shifts == [0, 4, -4, -5, 5]


def test_curves_end_at_the_frame() -> None:
    """A curve that leaves its frame and returns has two parts that end exactly at its edge."""
    runs = list(plots.clipped([(0, 5), (4, -5), (8, 5)], (0, 0, 8, 10)))

    assert runs == [[(0, 5), (2, 0)], [(6, 0), (8, 5)]]


def test_simplified_curves_stay_close() -> None:
    """Leaving out points moves a curve by less than a tenth of a unit."""
    points = [(x / 4, 40 + 30 * NormalDist().pdf((x - 200) / 40)) for x in range(401)]
    few = plots.simplified(points)

    assert len(few) < 80
    assert max(abs(height_at(few, x) - y) for x, y in points) < 0.1
