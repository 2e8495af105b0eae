"""Activation functions, and signals and gradients that pass through many layers."""

from __future__ import annotations

from collections.abc import Callable
from math import erf, exp, fsum, hypot, pi, sqrt, tanh
from operator import mul
from random import Random

from qna.figures.plots import Curve, Frame, Scale, axes, curve, curves, powers, series
from qna.figures.svg import Anchor, Figure, Point

Matrix = list[list[float]]
Vector = list[float]

UNITS, DEPTH, INPUTS = 64, 30, 4
"""Width and depth of the simulated networks, and the number of inputs averaged over."""


def relu(x: float) -> float:
    """Return the positive part of x."""
    return max(0.0, x)


def sigmoid(x: float) -> float:
    """Return the logistic function of x."""
    return 1 / (1 + exp(-x))


def gelu(x: float) -> float:
    """Return x times the share of a standard normal distribution below x."""
    return x * _normal_share(x)


def _normal_share(x: float) -> float:
    return (1 + erf(x / sqrt(2))) / 2


def activation_functions() -> Figure:
    """Draw ReLU, GELU, sigmoid and tanh."""
    frame = Frame(Scale(-4, 4, 30, 328), Scale(-1.3, 3, 214, 28))
    drawn: tuple[Curve, ...] = (
        (1, relu, (1.9, 2.4), "ReLU", "end"),
        (2, gelu, (2.25, 1.6), "GELU", "start"),
        (3, sigmoid, (-2.2, 0.42), "sigmoid", "middle"),
        (4, tanh, (-2.2, -0.62), "tanh", "middle"),
    )
    return Figure(
        "ReLU, GELU, sigmoid and tanh",
        "Four curves for inputs from −4 to 4. ReLU is 0 for negative inputs and the input itself "
        "for positive ones. GELU follows it smoothly, with a shallow dip below 0. Sigmoid rises "
        "from 0 to 1, tanh from −1 to 1, and both are flat at the ends.",
        254,
        (
            axes(frame, ("input z", (-4, -2, 0, 2, 4)), ("output", (-1, 0, 1, 2, 3))),
            *curves(frame, drawn),
        ),
    )


def activation_derivatives() -> Figure:
    """Draw the slopes of ReLU, GELU, sigmoid and tanh."""
    frame = Frame(Scale(-4, 4, 36, 328), Scale(-0.25, 1.25, 214, 28))
    halves = [(-4.0, 0.0), (0.0, 0.0)], [(0.0, 1.0), (4.0, 1.0)]
    drawn: tuple[Curve, ...] = (
        (2, _slope_of_gelu, (1.5, 1.2), "GELU", "middle"),
        (3, _slope_of_sigmoid, (-2.5, 0.2), "sigmoid", "middle"),
        (4, _slope_of_tanh, (1.3, 0.42), "tanh", "start"),
    )
    return Figure(
        "Slopes of ReLU, GELU, sigmoid and tanh",
        "The derivatives for inputs from −4 to 4. That of ReLU jumps from 0 to 1 at 0. That of "
        "GELU rises smoothly, to a little above 1. Those of tanh and sigmoid peak at 0, at 1 and "
        "at 0.25, and fall to 0 on both sides.",
        254,
        (
            axes(
                frame,
                ("input z", (-4, -2, 0, 2, 4)),
                ("slope", {0: "0", 0.25: "¼", 0.5: "½", 1: "1"}),
            ),
            series(1, [curve(frame, half) for half in halves], frame.at(3.9, 0.9), "ReLU", "end"),
            *curves(frame, drawn),
        ),
    )


def _slope_of_gelu(x: float) -> float:
    return _normal_share(x) + x * exp(-x * x / 2) / sqrt(2 * pi)


def _slope_of_sigmoid(x: float) -> float:
    return sigmoid(x) * (1 - sigmoid(x))


def _slope_of_relu(x: float) -> float:
    return 1.0 if x > 0 else 0.0


def _slope_of_tanh(x: float) -> float:
    return 1 - tanh(x) ** 2


def activation_scale_by_depth() -> Figure:
    """Draw the size of activations in a ReLU network, for three scales of its weights."""
    frame = Frame(Scale(0, DEPTH, 48, 326), Scale(1e-10, 1e10, 204, 28, logarithmic=True))
    drawn: tuple[tuple[int, float, Point, str, Anchor], ...] = (
        (1, 1, (15, 30), "He deviation", "middle"),
        (2, 2, (16, 1e7), "twice that", "end"),
        (3, 0.5, (16, 1e-3), "half of that", "start"),
    )
    return Figure(
        "Size of activations by depth, for three scales of the initial weights",
        "A simulated ReLU network with 30 layers of 64 units, on a logarithmic scale. With the He"
        " deviation of the weights, the root mean square of the activations stays near 1. With "
        "half of it, they shrink by about half in each layer, to about a billionth; with twice as"
        " much, they double in each layer, to about a billion.",
        244,
        (
            axes(
                frame,
                ("layer", (0, 10, 20, 30)),
                ("root mean square of activations", powers(-9, -6, -3, 0, 3, 6, 9)),
            ),
            *(
                series(
                    color, curve(frame, scales_by_depth(times), color), frame.at(*at), text, anchor
                )
                for color, times, at, text, anchor in drawn
            ),
        ),
    )


def scales_by_depth(times: float, seed: int = 1) -> list[Point]:
    """Return the size of activations after each layer, for a multiple of He's deviation."""
    random = Random(seed)
    vectors = [[random.gauss(0, 1) for _ in range(UNITS)] for _ in range(INPUTS)]
    start = _size(vectors)
    points = [(0.0, 1.0)]
    for layer in range(1, DEPTH + 1):
        weights = _weights(random, 2 * times**2)
        vectors = [[relu(z) for z in _product(weights, vector)] for vector in vectors]
        points.append((layer, _size(vectors) / start))
    return points


def gradient_norm_by_depth() -> Figure:
    """Draw the norm of the gradient on its way back through sigmoid and through ReLU layers."""
    frame = Frame(Scale(0, DEPTH, 50, 326), Scale(1e-20, 1e2, 204, 28, logarithmic=True))
    of_relu = gradient_norms(relu, _slope_of_relu, 2)
    of_sigmoid = gradient_norms(sigmoid, _slope_of_sigmoid, 1)
    return Figure(
        "Norm of the gradient by layer, with sigmoid and with ReLU",
        "A simulated network with 30 layers of 64 units, on a logarithmic scale; the gradient "
        "starts with norm 1 at layer 30. With ReLU and He weights it stays near 1 down to the "
        "inputs. With sigmoid it loses about a factor of 4 in each layer, and less than 10 to the"
        " power of −16 arrives.",
        244,
        (
            axes(
                frame,
                ("layer", (0, 10, 20, 30)),
                ("norm of the gradient", powers(-20, -15, -10, -5, 0)),
            ),
            series(1, curve(frame, of_relu, 1), frame.at(8, 2e-2), "ReLU, He weights"),
            series(2, curve(frame, of_sigmoid, 2), frame.at(14, 1e-13), "sigmoid"),
        ),
    )


def gradient_norms(
    activation: Callable[[float], float],
    slope: Callable[[float], float],
    scale: float,
    seed: int = 2,
) -> list[Point]:
    """Return the norm of the gradient at each layer of a random network; 1 at the last."""
    random = Random(seed)
    layers = [_weights(random, scale) for _ in range(DEPTH)]
    vector = [random.gauss(0, 1) for _ in range(UNITS)]
    slopes = []
    for weights in layers:
        sums = _product(weights, vector)
        vector = [activation(z) for z in sums]
        slopes.append([slope(z) for z in sums])
    gradient = [random.gauss(0, 1) for _ in range(UNITS)]
    norms = [hypot(*gradient)]
    for weights, slopes_there in zip(reversed(layers), reversed(slopes), strict=True):
        passed = [*map(mul, gradient, slopes_there)]
        gradient = _product([*map(list, zip(*weights, strict=True))], passed)
        norms.append(hypot(*gradient))
    return [(layer, norm / norms[0]) for layer, norm in enumerate(reversed(norms))]


def _weights(random: Random, scale: float) -> Matrix:
    deviation = sqrt(scale / UNITS)
    return [[random.gauss(0, deviation) for _ in range(UNITS)] for _ in range(UNITS)]


def _product(matrix: Matrix, vector: Vector) -> Vector:
    # Python 3.12 changed how `sum` rounds.
    return [fsum(map(mul, row, vector)) for row in matrix]


def _size(vectors: Matrix) -> float:
    squares = [value * value for vector in vectors for value in vector]
    return sqrt(fsum(squares) / len(squares))
