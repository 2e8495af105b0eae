"""Measures of a classifier."""

from __future__ import annotations

from itertools import pairwise
from statistics import NormalDist

from qna.figures.plots import Frame, Scale, axes, curve, guide, marks
from qna.figures.svg import Element, Figure, Point, group, label

POSITIVES = 0.01
"""Share of positives."""
DISTANCE = 2.0
"""Distance between the mean scores of positives and of negatives, in standard deviations."""
THRESHOLD = 2.0
"""The threshold marked in both panels."""
_NORMAL = NormalDist()


def roc_and_precision_recall() -> Figure:
    """Draw ROC and precision-recall curve of one classifier, with 1% positives."""
    roc, pr = roc_points(), pr_points()
    true, false = rates_above(THRESHOLD)
    return Figure(
        "ROC and precision-recall curve of one classifier with 1% positives",
        f"Left, the ROC curve rises steeply; the area below it is {area_below(roc):.2f}. Right, "
        "the precision-recall curve of the same classifier is low; the area below it is "
        f"{area_below(pr):.2f}. At one threshold, marked in both, recall is 0.5, the false "
        f"positive rate {false:.3f} and the precision {precision(true, false):.2f}.",
        222,
        (
            label(24, 8, "ROC", bold=True),
            *_panel(24, ("false positive rate", "recall"), roc, (false, true)),
            guide((24, 182), (160, 46)),
            label(200, 8, "precision-recall", bold=True),
            *_panel(200, ("recall", "precision"), pr, (true, precision(true, false))),
            guide((200, 182 - 1.36), (336, 182 - 1.36)),
            label(206, 171, "guessing"),
            label(150, 160, f"area {area_below(roc):.2f}", "end"),
            label(330, 70, f"area {area_below(pr):.2f}", "end"),
            label(24 + 136 * false + 10, 182 - 136 * true + 8, "t = 2"),
            label(200 + 136 * true + 8, 182 - 136 * precision(true, false) - 8, "t = 2"),
        ),
    )


def roc_points() -> list[Point]:
    """Return false positive rate and recall from the highest threshold to the lowest."""
    return [(false, true) for true, false in _rates()]


def pr_points() -> list[Point]:
    """Return recall and precision from the highest threshold to the lowest."""
    return [(true, precision(true, false)) for true, false in _rates()]


def _rates() -> list[tuple[float, float]]:
    return [rates_above(6 - step / 50) for step in range(501)]


def area_below(points: list[Point]) -> float:
    """Return the area below a line whose x grows."""
    return sum((b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in pairwise(points))


def rates_above(threshold: float) -> tuple[float, float]:
    """Return the true and the false positive rate; scores of both classes are normal."""
    return _NORMAL.cdf(DISTANCE - threshold), _NORMAL.cdf(-threshold)


def precision(true: float, false: float) -> float:
    """Return the share of positives among those found, given both rates."""
    found = POSITIVES * true
    return found / (found + (1 - POSITIVES) * false)


def _panel(
    left: float, names: tuple[str, str], points: list[Point], at: Point
) -> tuple[Element, ...]:
    frame = Frame(Scale(0, 1, left, left + 136), Scale(0, 1, 182, 46))
    return (
        axes(frame, (names[0], {0: "0", 1: "1"}), ("", {0: "0", 0.5: "½", 1: "1"})),
        label(left, 28, names[1]),
        group(curve(frame, points), marks(frame, [at], 4), color=1),
    )
