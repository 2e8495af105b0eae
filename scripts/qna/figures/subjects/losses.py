"""Loss functions, and losses over the course of training."""

from __future__ import annotations

from math import fsum, log
from operator import mul
from random import Random

from qna.figures.plots import (
    Curve,
    Frame,
    Scale,
    axes,
    curve,
    curves,
    guide,
    marks,
    sampled,
    series,
)
from qna.figures.svg import Figure, group, label

FEATURES, EXAMPLES, STEPS, RATE, NOISE = 30, 30, 200, 0.01, 2.0
"""The simulated regression that overfits."""


def cross_entropy_by_probability() -> Figure:
    """Draw the cross-entropy of one example, by the probability of the right class."""
    frame = Frame(Scale(0, 1, 30, 330), Scale(0, 5, 214, 28))
    marked = {0.1: "2.30", 0.5: "0.69", 0.9: "0.11"}
    return Figure(
        "Cross-entropy by the probability of the right class",
        "The loss is 0 if the right class gets probability 1, 0.11 at 0.9, 0.69 at one half and "
        "2.3 at one tenth, and grows without bound as the probability goes to 0.",
        254,
        (
            axes(
                frame,
                ("probability of the right class", (0, 0.1, 0.5, 0.9, 1)),
                ("loss", (0, 1, 2, 3, 4, 5)),
            ),
            group(
                curve(frame, sampled(lambda p: -log(p + 1e-9), 0, 1)),
                marks(frame, ((p, -log(p)) for p in marked), 3.5),
                color=1,
            ),
            *(label(frame.x(p) + 7, frame.y(-log(p)) - 11, text) for p, text in marked.items()),
        ),
    )


def regression_losses_by_error() -> Figure:
    """Draw squared, absolute and Huber loss by the error of a prediction."""
    frame = Frame(Scale(-3, 3, 30, 328), Scale(0, 4.5, 214, 28))
    drawn: tuple[Curve, ...] = (
        (1, lambda e: e * e / 2, (2.45, 3.9), "½ squared", "end"),
        (2, abs, (1.2, 1.75), "absolute", "end"),
        (3, huber, (2.95, 1.5), "Huber", "end"),
    )
    return Figure(
        "Squared, absolute and Huber loss by error",
        "Half the squared error is a parabola. The absolute error rises in a straight line on "
        "both sides and is larger up to an error of 2. The Huber loss follows half the squared "
        "error up to δ = 1; beyond, it rises like the absolute error, lower by one half.",
        254,
        (
            axes(
                frame,
                ("error", {-3: "−3", -1: "−δ", 0: "0", 1: "δ", 3: "3"}),
                ("loss", (0, 1, 2, 3, 4)),
            ),
            *(guide(frame.at(e, 0), frame.at(e, 1)) for e in (-1, 1)),
            *curves(frame, drawn),
        ),
    )


def huber(error: float) -> float:
    """Return the Huber loss, with its limit at 1."""
    return error * error / 2 if abs(error) <= 1 else abs(error) - 0.5


def early_stopping() -> Figure:
    """Draw training and validation loss of a model that overfits."""
    losses = losses_by_step()
    steps = range(STEPS + 1)
    training, validation = (
        [*zip(steps, column, strict=True)] for column in zip(*losses, strict=True)
    )
    best = min(validation, key=lambda point: point[1])
    frame = Frame(Scale(0, STEPS, 30, 324), Scale(0, 14, 204, 28))
    return Figure(
        "Training and validation loss, with the point of early stopping",
        "A simulated linear model with as many weights as examples. The training loss falls all "
        f"the time. The validation loss falls at first, is lowest at step {best[0]}, and then "
        "rises; a vertical line marks that step, whose weights are kept.",
        244,
        (
            axes(frame, ("step", (0, 50, 100, 150, 200)), ("loss", (0, 5, 10))),
            series(1, curve(frame, training, 1), frame.at(130, 3), "training"),
            series(2, curve(frame, validation, 2), frame.at(116, 10.6), "validation"),
            group(guide(frame.at(best[0], 0), frame.at(best[0], 13)), marks(frame, [best], 4)),
            label(frame.x(best[0]) + 6, frame.y(12.2), "keep these weights"),
        ),
    )


def losses_by_step(seed: int = 3) -> list[tuple[float, float]]:
    """Return the training and the validation loss of a linear model before each step."""
    random = Random(seed)
    true = [random.gauss(0, 0.5) for _ in range(FEATURES)]
    inputs = [[random.gauss(0, 1) for _ in range(FEATURES)] for _ in range(EXAMPLES)]
    targets = [_dot(true, row) + random.gauss(0, NOISE) for row in inputs]
    weights = [0.0] * FEATURES
    losses = []
    for _ in range(STEPS + 1):
        errors = [_dot(weights, row) - target for row, target in zip(inputs, targets, strict=True)]
        off = [a - b for a, b in zip(weights, true, strict=True)]
        # Of new examples with independent inputs of variance 1, this is the expected loss.
        losses.append((_dot(errors, errors) / EXAMPLES, _dot(off, off) + NOISE**2))
        columns = zip(*inputs, strict=True)
        gradient = [2 * _dot(errors, column) / EXAMPLES for column in columns]
        weights = [weight - RATE * slope for weight, slope in zip(weights, gradient, strict=True)]
    return losses


def _dot(one: list[float], other: list[float] | tuple[float, ...]) -> float:
    return fsum(map(mul, one, other))
