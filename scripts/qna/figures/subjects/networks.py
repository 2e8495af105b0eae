"""Layered networks, and what their layers compute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from math import exp, fsum, tanh

from qna.figures.diagrams import arrow, box, circle
from qna.figures.plots import guide, signed
from qna.figures.svg import (
    Element,
    Figure,
    Point,
    dot,
    group,
    label,
    line,
    polyline,
    rectangle,
    stroke,
)

LAYERS = (3, 4, 2)
"""Units in each layer of the small network."""
NEURON_INPUTS, NEURON_WEIGHTS, NEURON_BIAS = (1.0, 2.0, 3.0), (0.5, -0.25, 0.1), 0.2
"""The enlarged neuron."""


def small_network_with_one_neuron() -> Figure:
    """Draw a small network, and one of its neurons enlarged."""
    places = [_layer(20 + 50 * at, units) for at, units in enumerate(LAYERS)]
    chosen = places[1][1]
    terms = tuple(zip((50, 104, 158), NEURON_INPUTS, NEURON_WEIGHTS, strict=True))
    z = fsum(x * weight for x, weight in zip(NEURON_INPUTS, NEURON_WEIGHTS, strict=True))
    z += NEURON_BIAS
    return Figure(
        "A small network with one neuron enlarged",
        "Three inputs are connected to four hidden neurons and these to two outputs. One hidden "
        "neuron is enlarged: it multiplies each of its inputs 1, 2 and 3 by a weight, 0.5, −0.25 "
        "and 0.1, adds the bias 0.2, and applies the sigmoid to the sum 0.5, which gives 0.622.",
        212,
        (
            *_joined(places, 10),
            *(circle(x, y, 9) for layer in places for x, y in layer),
            *(
                label(20 + 50 * at, 196, text, "middle")
                for at, text in enumerate(("input", "hidden", "output"))
            ),
            group(dot(*chosen, 9), color=1),
            guide((chosen[0] + 7, chosen[1] - 7), (156, 28), (250, 28)),
            label(258, 28, "one neuron", "start", bold=True),
            *(
                group(
                    label(160, y - 8, f"x_{at} · w_{at}"),
                    label(160, y + 9, f"{signed(x)} · {signed(weight)}"),
                    arrow((222, y), _toward((222, y), (258, 104), 16)),
                )
                for at, (y, x, weight) in enumerate(terms, 1)
            ),
            circle(258, 104, 15, "+", 1),
            arrow((258, 164), (258, 121)),
            label(258, 174, f"b = {NEURON_BIAS:g}", "middle"),
            arrow((273, 104), (292, 104)),
            box(294, 91, 22, 26, "φ", 1),
            arrow((316, 104), (334, 104)),
            label(284, 72, f"z = {z:g}"),
            label(336, 138, f"h = {1 / (1 + exp(-z)):.3f}", "end"),
        ),
    )


def _layer(x: float, units: int) -> list[Point]:
    return [(x, 104 + 38 * (unit - (units - 1) / 2)) for unit in range(units)]


def _joined(layers: Sequence[Sequence[Point]], radius: float) -> list[Element]:
    """Return the connections from each unit to each in the next layer."""
    pairs = [pair for neighbors in pairwise(layers) for pair in product(*neighbors)]
    lines = ((_toward(b, a, radius), _toward(a, b, radius)) for a, b in pairs)
    data = "".join(map(polyline, lines))
    return [stroke(data, stroke_opacity=".4")]


def _toward(start: Point, middle: Point, radius: float) -> Point:
    """Return where a line from a point to a circle's middle meets the circle."""
    across, down = middle[0] - start[0], middle[1] - start[1]
    share = radius / (across * across + down * down) ** 0.5
    return middle[0] - across * share, middle[1] - down * share


def residual_block() -> Figure:
    """Draw a residual block."""
    return Figure(
        "A residual block",
        "Read from top to bottom: the input x runs through two layers of weights with a norm and "
        "ReLU between them, which compute F(x), and on a second path around them; both are added."
        " On the second path the gradient returns unchanged.",
        264,
        (
            label(150, 10, "x", "middle"),
            arrow((150, 20), (150, 52)),
            *(
                box(96, 54 + 50 * at, 108, 28, text, 1)
                for at, text in enumerate(("weights", "norm, ReLU", "weights"))
            ),
            *(arrow((150, 82 + 50 * at), (150, 102 + 50 * at)) for at in range(2)),
            arrow((150, 182), (150, 204)),
            circle(150, 216, 11, "+"),
            arrow((150, 227), (150, 244)),
            label(150, 254, "x + F(x)", "middle"),
            stroke("M88 54h-8v128h8"),
            label(70, 118, "F(x)", "end"),
            group(
                arrow((150, 34), (240, 34), (240, 216), (163, 216)),
                label(248, 72, "identity"),
                color=2,
            ),
            arrow((254, 182), (254, 104), dash="4 3"),
            label(262, 144, "gradient"),
        ),
    )


GRAPH = {"w": 0.8, "v": -1.2, "x": 0.5, "y": 1.0}
"""Inputs of the computational graph of (v tanh(w x) − y)²."""


def forward_values(w: float, v: float, x: float, y: float) -> list[float]:
    """Return the results of the graph's operations in order: z, h, o and the loss."""
    z = w * x
    h = tanh(z)
    return [z, h, v * h, (v * h - y) ** 2]


def backward_values(w: float, v: float, x: float, y: float) -> tuple[list[float], float, float]:
    """Return the gradients at z, h, o and the loss, and those of w and v."""
    _, h, o, _ = forward_values(w, v, x, y)
    at_o = 2 * (o - y)
    at_h = at_o * v
    at_z = at_h * (1 - h * h)
    return [at_z, at_h, at_o, 1.0], at_z * x, at_o * h


def computational_graph_forward_and_backward() -> Figure:
    """Draw a computational graph with values forward and gradients backward."""
    results = forward_values(**GRAPH)
    gradients, of_w, of_v = backward_values(**GRAPH)
    names = ("z = w · x", "h = tanh z", "o = v · h", "(o − y)^2")
    return Figure(
        "A computational graph, forward and backward",
        "Read from top to bottom: the input x = 0.5 is multiplied by a weight, passed through "
        "tanh, multiplied by a second weight, and compared with the target. Solid arrows carry "
        "values forward, to the loss 2.120. Dashed arrows carry gradients backward; each "
        "operation multiplies by its own slope, down to 1.495 for w and −1.106 for v.",
        344,
        (
            label(158, 10, "values", "end"),
            group(label(186, 10, "gradients"), color=2),
            *(box(120, 56 + 66 * at, 104, 30, name, 1) for at, name in enumerate(names)),
            label(172, 32, f"x = {GRAPH['x']:g}", "middle"),
            arrow((172, 41), (172, 55)),
            *(
                _exchange(86 + 66 * at, *pair)
                for at, pair in enumerate(zip(results[:3], gradients[:3], strict=True))
            ),
            arrow((164, 284), (164, 320)),
            label(156, 304, fixed(results[3]), "end"),
            label(164, 332, "loss", "middle", bold=True),
            *_parameter(71, f"w = {signed(GRAPH['w'])}", of_w),
            *_parameter(203, f"v = {signed(GRAPH['v'])}", of_v),
            label(292, 269, f"y = {GRAPH['y']:g}"),
            arrow((288, 269), (226, 269)),
        ),
    )


def _exchange(y: float, value: float, gradient: float) -> Element:
    """Return the arrows between an operation and the next, with the numbers they carry."""
    return group(
        arrow((164, y), (164, y + 35)),
        label(156, y + 18, fixed(value), "end"),
        group(
            arrow((180, y + 36), (180, y + 1), dash="4 3"),
            label(188, y + 18, fixed(gradient)),
            color=2,
        ),
    )


def _parameter(y: float, text: str, gradient: float) -> Iterator[Element]:
    """Yield a weight at the left, with its gradient below."""
    yield label(60, y - 7, text, "end")
    yield arrow((66, y - 7), (119, y - 7))
    yield group(
        arrow((120, y + 8), (67, y + 8), dash="4 3"),
        label(60, y + 11, fixed(gradient), "end"),
        color=2,
    )


def fixed(value: float) -> str:
    """Return a number with three decimals and a real minus sign."""
    return f"{value:.3f}".replace("-", "−")


def autoencoder_bottleneck() -> Figure:
    """Draw encoder, code and decoder."""
    sizes = (8, 4, 2, 4, 8)
    places = [
        [(50 + 60 * at, 112 + 20 * (unit - (size - 1) / 2)) for unit in range(size)]
        for at, size in enumerate(sizes)
    ]
    return Figure(
        "Encoder, code and decoder",
        "Five columns with 8, 4, 2, 4 and 8 units. The encoder f reduces the eight inputs to a "
        "code of two numbers, and the decoder g rebuilds eight outputs from it. The loss compares"
        " the outputs with the inputs.",
        258,
        (
            *_joined(places, 5),
            *(dot(x, y, 5) for column in (places[0], places[4]) for x, y in column),
            group(*(dot(x, y, 5) for column in (places[1], places[3]) for x, y in column), color=1),
            group(*(dot(x, y, 6.5) for x, y in places[2]), color=2),
            group(
                line((36, 24), (184, 88), (184, 136), (36, 200), closed=True),
                line((304, 24), (156, 88), (156, 136), (304, 200), closed=True),
                color=1,
            ),
            label(112, 26, "encoder f", "middle"),
            label(228, 26, "decoder g", "middle"),
            label(170, 60, "code", "middle"),
            label(50, 214, "x", "middle"),
            label(290, 214, "g(f(x))", "middle"),
            arrow((290, 224), (290, 236), (50, 236), (50, 225)),
            label(170, 249, "loss: difference to x", "middle"),
        ),
    )


def ai_ml_dl_nested_sets() -> Figure:
    """Draw deep learning inside machine learning inside artificial intelligence."""
    return Figure(
        "Deep learning inside machine learning inside artificial intelligence",
        "Three rectangles inside each other. Artificial intelligence, the outer one, also holds "
        "search, planning and expert systems; machine learning, the middle one, also holds linear"
        " regression, boosted trees and support vector machines; deep learning, the inner one, "
        "holds convolutional networks, Transformers and diffusion models.",
        234,
        (
            rectangle(4, 4, 332, 226, rx=4, fill="none", stroke="currentColor"),
            label(18, 22, "Artificial intelligence", bold=True),
            label(18, 42, "search, planning, expert systems"),
            box(22, 60, 304, 160, color=1),
            label(36, 78, "Machine learning", bold=True),
            label(36, 98, "linear regression, boosted trees,"),
            label(36, 115, "support vector machines"),
            box(40, 132, 276, 78, color=2),
            label(54, 150, "Deep learning", bold=True),
            label(54, 170, "convolutional networks,"),
            label(54, 187, "Transformers, diffusion models"),
        ),
    )


def agent_environment_loop() -> Figure:
    """Draw the loop of agent and environment."""
    return Figure(
        "The loop of agent and environment",
        "The agent, above, sends an action to the environment, below; the environment answers "
        "with the next state and a reward.",
        180,
        (
            box(80, 8, 180, 48, "agent\n(policy or values)", 1),
            box(80, 126, 180, 48, "environment", 2),
            arrow((236, 56), (236, 124)),
            label(244, 91, "action a"),
            arrow((104, 126), (104, 58)),
            label(96, 91, "state s′", "end"),
            arrow((132, 126), (132, 58)),
            label(140, 91, "reward r"),
        ),
    )


def fusion_early_late_cross() -> Figure:
    """Draw early fusion, late fusion and cross-attention."""
    return Figure(
        "Three ways to join image and text: early fusion, late fusion, cross-attention",
        "Three diagrams, read from bottom to top. Early fusion joins both inputs and feeds one "
        "network. Late fusion joins the outputs of an image network and a text network. With "
        "cross-attention each of three layers of the text network reads the image layer at the "
        "same height.",
        256,
        (*_early(4), *_late(118), *_cross(232)),
    )


def _inputs(x: float, name: str) -> Iterator[Element]:
    yield label(x + 52, 10, name, "middle", bold=True)
    yield label(x + 24, 246, "image", "middle")
    yield label(x + 80, 246, "text", "middle")


def _early(x: float) -> Iterator[Element]:
    yield from _inputs(x, "early")
    yield arrow((x + 24, 236), (x + 44, 203))
    yield arrow((x + 80, 236), (x + 60, 203))
    yield circle(x + 52, 190, 15, "join")
    yield arrow((x + 52, 175), (x + 52, 146))
    yield box(x + 14, 96, 76, 48, "one\nnetwork", 1)
    yield arrow((x + 52, 96), (x + 52, 46))
    yield label(x + 52, 36, "output", "middle")


def _late(x: float) -> Iterator[Element]:
    yield from _inputs(x, "late")
    for middle, text, color in ((24, "image\nnet", 2), (80, "text\nnet", 3)):
        yield arrow((x + middle, 236), (x + middle, 206))
        yield box(x + middle - 23, 156, 46, 48, text, color)
    yield arrow((x + 24, 156), (x + 43, 107))
    yield arrow((x + 80, 156), (x + 61, 107))
    yield circle(x + 52, 94, 15, "join")
    yield arrow((x + 52, 79), (x + 52, 46))
    yield label(x + 52, 36, "output", "middle")


def _cross(x: float) -> Iterator[Element]:
    yield from _inputs(x, "cross-attention")
    for middle, color in ((24, 2), (80, 3)):
        yield arrow((x + middle, 236), (x + middle, 206))
        for y in (176, 126, 76):
            yield box(x + middle - 18, y, 36, 28, "", color)
        yield from (arrow((x + middle, y), (x + middle, y - 20)) for y in (176, 126))
    yield from (arrow((x + 42, y + 14), (x + 61, y + 14)) for y in (176, 126, 76))
    yield arrow((x + 80, 76), (x + 80, 46))
    yield label(x + 80, 36, "output", "middle")
