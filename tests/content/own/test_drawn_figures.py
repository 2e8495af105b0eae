"""Figures: coordinates read back from each SVG are those of values computed in another way."""

from __future__ import annotations

import random
import re
import struct
from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import combinations, pairwise, product
from math import cosh, e, exp, floor, hypot, isclose, log, log10, sqrt, tau
from pathlib import Path
from statistics import NormalDist

import draw_figures as command
import pytest
from qna.figures import catalog, plots
from qna.figures.catalog import documents
from qna.figures.subjects import FIGURES
from support.drawings import Axes, Box, Drawing, Point, Shape, axes_of, height_at, overlap
from support.harness import ROOT

NORMAL = NormalDist()
NAMES = sorted(f"{name}.svg" for name in catalog._named())
PALETTE = ["1", "2", "3", "4", "quiet"]


@cache
def drawn() -> dict[str, str]:
    """Return every figure's SVG by file name."""
    return documents()


@cache
def figure(name: str) -> Drawing:
    """Return a figure, drawn and read back."""
    return Drawing(drawn()[f"{name}.svg"])


def numbers(texts: str) -> dict[str, float]:
    """Return numbers as figures write them, with their values."""
    return {text: float(text.replace("−", "-").replace(",", "")) for text in texts.split()}


def near(one: Point, other: Point, tolerance: float = 0.1) -> bool:
    """Tell whether two points are as close as rounding leaves them."""
    return hypot(one[0] - other[0], one[1] - other[1]) <= tolerance


def box_of(drawing: Drawing, text: str) -> Box:
    """Return the smallest rectangle around a text."""
    at = drawing.text(text)
    around = [box for box in boxes(drawing) if inside((at.x, at.y), box)]
    return min(around, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))


def boxes(drawing: Drawing) -> list[Box]:
    """Return all rectangles but the paper."""
    return [
        (*shape.points[0], *shape.points[1])
        for shape in drawing.shapes
        if "height" in shape.given and shape.color != "paper"
    ]


def inside(point: Point, box: Box, margin: float = 0) -> bool:
    """Tell whether a point is in a box or at most a margin away."""
    x, y = point
    return box[0] - margin <= x <= box[2] + margin and box[1] - margin <= y <= box[3] + margin


def leads(drawing: Drawing, start: str, end: str) -> bool:
    """Tell whether an arrow leads from the box of a text to that of another."""
    first, last = box_of(drawing, start), box_of(drawing, end)
    return any(inside(a, first, 3) and inside(b, last, 3) for a, b in drawing.arrows())


def area(shape: Shape) -> float:
    """Return the total area of a shape's parts (the shoelace formula)."""
    return sum(
        abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*part, part[0]]))) / 2
        for part in shape.parts
    )


def table(drawing: Drawing, left: float, right: float) -> list[list[int]]:
    """Return the whole numbers between two positions, row by row."""
    rows: dict[float, list[tuple[float, int]]] = {}
    for text in drawing.texts:
        if left < text.x < right and re.fullmatch(r"−?\d+", text.content):
            value = int(text.content.replace("−", "-"))
            rows.setdefault(text.y, []).append((text.x, value))
    return [[value for _, value in sorted(row)] for _, row in sorted(rows.items())]


# --- all figures --------------------------------------------------------------------------


def test_committed_figures_are_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    """The committed files are, byte for byte, those that the program draws."""
    assert command.main(["--check"]) == 0
    assert capsys.readouterr() == ("", "")


def test_check_and_draw(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A figure that is missing or edited is out of date until the next run; others are kept."""
    folder = ["--out", str(tmp_path)]
    assert command.main(folder) == 0
    assert capsys.readouterr().err == f"{len(FIGURES)} figures: {len(FIGURES)} created\n"
    (tmp_path / "roofline.svg").unlink()
    (tmp_path / "lstm-cell.svg").write_text("edited")
    (tmp_path / "by-hand.svg").write_text("by hand")

    assert command.main([*folder, "--check"]) == 3
    error = capsys.readouterr().err
    assert f"{tmp_path / 'roofline.svg'}: out of date (create)\n" in error
    assert f"{tmp_path / 'lstm-cell.svg'}: out of date (update)\n" in error
    assert "by-hand" not in error
    assert error.endswith("hint: run 'python scripts/draw_figures.py' and commit the changes\n")
    assert command.main(folder) == 0
    assert capsys.readouterr().err == f"{len(FIGURES)} figures: 1 created, 1 updated\n"
    assert (tmp_path / "by-hand.svg").read_text() == "by hand"
    assert command.main(folder) == 0
    assert capsys.readouterr().err == f"{len(FIGURES)} figures: all files are up to date\n"


def test_cannot_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """If a file is in the way of the folder, a message says so."""
    (tmp_path / "figures").write_text("")

    assert command.main(["--out", str(tmp_path / "figures")]) == 4
    assert capsys.readouterr().err.startswith(f"error[E703]: {tmp_path / 'figures'}")


def test_same_bytes_again() -> None:
    """Drawing twice gives the same bytes, whatever the state of the shared random generator."""
    first = drawn()
    random.seed(2)

    assert documents() == first


@pytest.mark.parametrize("name", NAMES)
def test_title_and_description(name: str) -> None:
    """Screen readers get a title and a description, by ids that no other figure has."""
    root = Drawing(drawn()[name]).root
    title, description, *_ = root
    stem = name.removesuffix(".svg")

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == title.get("id") == f"figure-{stem}-title"
    assert root.get("aria-describedby") == description.get("id") == f"figure-{stem}-description"
    assert [element.get("id") for element in root.iter() if element.get("id")] == [
        title.get("id"),
        description.get("id"),
    ]
    assert title.text
    assert not title.text.endswith(".")
    assert description.text
    assert description.text.endswith(".")
    assert len(description.text) > len(title.text)


@pytest.mark.parametrize("name", NAMES)
def test_only_what_the_policy_allows(name: str) -> None:
    """A figure has no styles, scripts, links or colors; classes are those of the style sheet."""
    drawing = Drawing(drawn()[name])
    tags = {element.tag.rpartition("}")[2] for element in drawing.root.iter()}
    classes = {element.get("class") for element in drawing.root.iter()} - {None}

    assert tags <= {"svg", "title", "desc", "g", "path", "rect", "circle", "text", "tspan"}
    assert "style=" not in drawn()[name]
    assert classes <= {"figure", "figure-paper", *(f"figure-{color}" for color in PALETTE)}
    paints = {
        value
        for shape in drawing.shapes
        if shape.color != "paper"
        for key, value in shape.given.items()
        if key in {"fill", "stroke"}
    }
    assert paints <= {"none", "currentColor"}


@pytest.mark.parametrize("name", NAMES)
def test_within_the_box(name: str) -> None:
    """All texts and lines are within the figure, which is as wide as a phone or less."""
    drawing = Drawing(drawn()[name])
    left, top, width, height = map(float, drawing.root.attrib["viewBox"].split())

    assert (left, top) == (0, 0)
    assert width <= 340
    for text in drawing.texts:
        box = text.box
        assert text.content
        assert box[0] >= 0, text
        assert box[1] >= 2, text  # room for the highest and the lowest letters
        assert box[2] <= width, text
        assert box[3] <= height - 2, text
    for shape in drawing.shapes:
        assert all(inside(point, (0, 0, width, height)) for point in shape.points), shape


@pytest.mark.parametrize("name", NAMES)
def test_no_labels_overlap(name: str) -> None:
    """No two texts overlap, as estimated from their lengths."""
    texts = Drawing(drawn()[name]).texts

    assert [
        (one.content, other.content)
        for one, other in combinations(texts, 2)
        if overlap(one.box, other.box)
    ] == []


@pytest.mark.parametrize("name", NAMES)
def test_text_is_large_enough(name: str) -> None:
    """Text has at least 12 pixels where the figure is 340 pixels wide."""
    root = Drawing(drawn()[name]).root
    sizes = [float(element.get("font-size", "13")) for element in root.iter()]

    assert min(sizes) >= 12


@pytest.mark.parametrize("name", NAMES)
def test_short_numbers(name: str) -> None:
    """Numbers have one decimal, and files are small."""
    lines = drawn()[name].splitlines()

    assert not any(re.search(r'\b(?:d|x|y|cx|cy)="[^"]*\.\d\d', line) for line in lines)
    assert sum(map(len, lines)) < 10_000


@pytest.mark.parametrize("name", NAMES)
def test_arrows_lead_somewhere(name: str) -> None:
    """Each arrow ends at a box, a circle or a text, and starts at one or at another line."""
    drawing = Drawing(drawn()[name])
    circles = [
        (*shape.points[0], float(shape.given["r"]))
        for shape in drawing.shapes
        if "r" in shape.given
    ]
    grids = [
        (*map(min, zip(*shape.points, strict=True)), *map(max, zip(*shape.points, strict=True)))
        for shape in drawing.shapes
        if max(map(len, shape.parts)) > 4 or len(shape.parts) > 4
    ]
    joints = [
        point
        for shape in drawing.shapes
        for part in shape.parts
        for point in part
        if len(part) < 5 and "height" not in shape.given
    ]

    def is_somewhere(point: Point) -> bool:
        return (
            any(inside(point, box, 4) for box in [*boxes(drawing), *grids])
            or any(hypot(point[0] - x, point[1] - y) <= r + 3 for x, y, r in circles)
            or any(inside(point, text.box, 12) for text in drawing.texts)
        )

    free = [shape.parts[0][0] for shape in drawing.shapes if "stroke-dasharray" in shape.given]
    for start, end in drawing.arrows():
        if name == "residual-block.svg" and start in free:
            continue  # the direction of the gradient, beside the path
        assert is_somewhere(end) or end[0] > 320, end
        others = [other for other in joints if other != start]
        assert is_somewhere(start) or any(
            isclose(start[0], x) or isclose(start[1], y) for x, y in others
        ), start


@pytest.mark.parametrize(
    "name",
    [
        "activation-derivatives",
        "activation-functions",
        "activation-scale-by-depth",
        "diffusion-signal-and-noise",
        "early-stopping",
        "gradient-norm-by-depth",
        "regression-losses-by-error",
    ],
)
def test_labels_are_nearest_to_their_own_curve(name: str) -> None:
    """A label beside several curves is nearest to that of its color, and on none of them."""
    drawing = figure(name)
    for label in (text for text in drawing.texts if text.color in set("1234")):
        left, top, right, bottom = label.box

        def distance(color: str, box: Box = (left, top, right, bottom)) -> float:
            return min(
                hypot(
                    max(box[0] - x, 0, x - box[2]),
                    max(box[1] - y, 0, y - box[3]),
                )
                for curve in drawing.curves(color)
                for (x1, y1), (x2, y2) in pairwise(curve)
                for x, y in (
                    (x1 + (x2 - x1) * step / 40, y1 + (y2 - y1) * step / 40) for step in range(41)
                )
            )

        distances = {color: distance(color) for color in "1234" if drawing.curves(color)}
        assert min(distances, key=lambda color: distances[color]) == label.color, label.content
        assert min(distances.values()) > 1, label.content


def test_names_of_figures() -> None:
    """Every figure has its own name."""
    assert len(drawn()) == len(FIGURES) == 35


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colors (WCAG 2.2)."""
    lights = []
    for color in (one, other):
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def mixed(color: str, paper: str, opacity: float) -> str:
    """Return a color with an opacity on paper."""
    pairs = ((int(color[at : at + 2], 16), int(paper[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(c * opacity + p * (1 - opacity)):02x}" for c, p in pairs)


@pytest.mark.parametrize("theme", [0, 1])
def test_contrast(theme: int) -> None:
    """Text has enough contrast in both themes, also on a shape of the same color."""
    folder = ROOT / "frontend" / "styles"
    tokens = {
        name: (light, dark)[theme]
        for name, light, dark in re.findall(
            r"--(\w+): var\(--light, (#\w{6})\) var\(--dark, (#\w{6})\)",
            (folder / "tokens.css").read_text(encoding="utf-8"),
        )
    }
    sheet = (folder / "figures.css").read_text(encoding="utf-8")
    colors = dict(re.findall(r"\.figure-(\w+) \{\s+color: var\(--(\w+)\)", sheet))

    assert set(colors) == set(PALETTE)
    for token, paper in product([*colors.values(), "ink"], ["paper", "raised"]):
        assert ratio(tokens[token], tokens[paper]) >= 4.5, token
    for token in (colors[color] for color in "1234"):
        # The darkest shapes behind text: passes of a pipeline, and ones of an image.
        assert ratio(tokens[token], mixed(tokens[token], tokens["paper"], 0.25)) >= 4.5, token
        assert ratio(tokens["ink"], mixed(tokens[token], tokens["paper"], 0.35)) >= 4.5, token


# --- activations --------------------------------------------------------------------------

FUNCTIONS: dict[str, Callable[[float], float]] = {
    "1": lambda z: (z + abs(z)) / 2,
    "2": lambda z: z * NORMAL.cdf(z),
    "3": lambda z: exp(z) / (exp(z) + 1),
    "4": lambda z: (exp(2 * z) - 1) / (exp(2 * z) + 1),
}


def test_activation_functions() -> None:
    """The curves are those of ReLU, GELU, sigmoid and tanh, and ReLU leaves the frame at 3."""
    drawing = figure("activation-functions")
    axes = axes_of(drawing, numbers("−4 −2 0 2 4"), numbers("−1 0 1 2 3"))

    for color, function in FUNCTIONS.items():
        (curve,) = drawing.curves(color)
        assert all(abs(function(z) - y) < 0.02 for z, y in axes.values(curve)), color
    assert near(axes.value(drawing.curves("1")[0][-1]), (3, 3), 0.02)


def test_activation_derivatives() -> None:
    """The curves are the differences of the functions, and ReLU's has a gap at 0."""
    drawing = figure("activation-derivatives")
    axes = axes_of(drawing, numbers("−4 −2 0 2 4"), {"0": 0, "¼": 0.25, "½": 0.5, "1": 1})

    for color in "234":
        (curve,) = drawing.curves(color)
        for z, y in axes.values(curve):
            slope = (FUNCTIONS[color](z + 1e-5) - FUNCTIONS[color](z - 1e-5)) / 2e-5
            assert abs(slope - y) < 0.012
    left, right = (axes.values(part) for part in drawing.curves("1"))
    assert [*map(round, [y for _, y in left + right])] == [0, 0, 1, 1]
    assert near(left[-1], (0, 0), 0.02)
    assert near(right[0], (0, 1), 0.02)


def powers(*exponents: int) -> dict[str, float]:
    """Return ticks of a logarithmic axis with their exponents."""
    return {
        "1" if exponent == 0 else f"10{plots.signed(exponent)}": exponent for exponent in exponents
    }


def test_activation_scale_by_depth() -> None:
    """Sizes follow 2^l, 1 and 2^-l, the expected ones, within what chance explains."""
    drawing = figure("activation-scale-by-depth")
    axes = axes_of(drawing, numbers("0 10 20 30"), powers(-9, -6, -3, 0, 3, 6, 9))

    for color, factor in {"1": 1, "2": 2, "3": 0.5}.items():
        (curve,) = drawing.curves(color)
        points = axes.values(curve)
        assert all(abs(y - layer * log10(factor)) < 0.6 for layer, y in points), color
        assert near(points[0], (0, 0), 0.1)
        assert isclose(points[-1][0], 30, abs_tol=0.1)


def test_gradient_norm_by_depth() -> None:
    """With ReLU the norm keeps its size; with sigmoid it loses at least a factor of 4 a layer."""
    drawing = figure("gradient-norm-by-depth")
    axes = axes_of(drawing, numbers("0 10 20 30"), powers(-20, -15, -10, -5, 0))
    ((relu,), (sigmoid,)) = (drawing.curves(color) for color in "12")

    assert all(abs(y) < 0.7 for _, y in axes.values(relu))
    for layer, y in axes.values(sigmoid):
        assert (30 - layer) * log10(0.2) < y + 0.2
        assert y < (30 - layer) * log10(0.25) + 0.2
    assert near(axes.value(sigmoid[-1]), (30, 0), 0.1)


# --- losses -------------------------------------------------------------------------------


def test_cross_entropy_by_probability() -> None:
    """The curve is the logarithm up to the frame, and the labels are the losses at their dots."""
    drawing = figure("cross-entropy-by-probability")
    axes = axes_of(drawing, numbers("0 0.1 0.5 0.9 1"), numbers("0 1 2 3 4 5"))
    (curve,) = drawing.curves("1")

    assert all(abs(exp(-loss) - p) < 0.004 for p, loss in axes.values(curve))
    assert near(axes.value(curve[0]), (exp(-5), 5), 0.02)
    for (p, loss), dot in zip(axes.values(drawing.dots("1")), drawing.dots("1"), strict=True):
        text = min(
            (text for text in drawing.texts if text.color == ""),
            key=lambda text, dot=dot: hypot(text.x - dot[0], text.y - dot[1]),
        )
        assert text.content == f"{-log(round(p, 1)):.2f}"
        assert abs(float(text.content) - loss) < 0.03


def test_regression_losses_by_error() -> None:
    """The Huber loss is the integral of an error that is cut off at 1."""
    drawing = figure("regression-losses-by-error")
    axes = axes_of(drawing, {"−3": -3, "−δ": -1, "0": 0, "δ": 1, "3": 3}, numbers("0 1 2 3 4"))

    def integral(error: float) -> float:
        width = abs(error) / 500
        return sum(min(1.0, (step + 0.5) * width) * width for step in range(500))

    for color, loss in {"1": lambda x: x**2 / 2, "2": abs, "3": integral}.items():
        (curve,) = drawing.curves(color)
        assert all(abs(loss(x) - y) < 0.03 for x, y in axes.values(curve)), color


def test_early_stopping() -> None:
    """Both curves are those of descent on the normal equations, and the dot is at the minimum."""
    drawing = figure("early-stopping")
    axes = axes_of(drawing, numbers("0 50 100 150 200"), numbers("0 5 10"))
    training, validation = (axes.values(drawing.curves(color)[0]) for color in "12")
    generator = random.Random(3)  # noqa: S311 - a simulation
    true = [generator.gauss(0, 0.5) for _ in range(30)]
    rows = [[generator.gauss(0, 1) for _ in range(30)] for _ in range(30)]
    targets = [
        sum(a * b for a, b in zip(row, true, strict=True)) + generator.gauss(0, 2) for row in rows
    ]
    columns = [*zip(*rows, strict=True)]
    moments = [
        [sum(a * b for a, b in zip(one, other, strict=True)) for other in columns]
        for one in columns
    ]
    products = [sum(a * b for a, b in zip(one, targets, strict=True)) for one in columns]
    weights, expected = [0.0] * 30, []
    for _ in range(201):
        expected.append(4 + sum((a - b) ** 2 for a, b in zip(weights, true, strict=True)))
        weights = [
            weight - 0.02 / 30 * (sum(map(lambda a, b: a * b, row, weights)) - product_)
            for weight, row, product_ in zip(weights, moments, products, strict=True)
        ]

    for step in range(0, 201, 10):
        assert abs(height_at(validation, step) - expected[step]) < 0.1
    best = expected.index(min(expected))
    assert near(axes.value(drawing.dots()[0]), (best, expected[best]), 0.6)
    assert f"at step {best}," in str(drawing.root[1].text)
    assert all(later < earlier for (_, earlier), (_, later) in pairwise(training))
    assert expected[200] > expected[best] + 1


# --- evaluation ---------------------------------------------------------------------------


def test_roc_and_precision_recall() -> None:
    """The curves have the closed form of two normal distributions, and areas those of a sample."""
    drawing = figure("roc-and-precision-recall")
    roc, pr = drawing.curves("1")
    x, y = numbers("0 1"), {"0": 0.0, "½": 0.5, "1": 1.0}
    frames = [axes_of(drawing, x, y, (left, 0, left + 165, 222)) for left in (0, 175)]
    for false, true in frames[0].values(roc)[1:-1]:
        if 0.01 < false < 0.99:
            assert abs(NORMAL.cdf(2 + NORMAL.inv_cdf(false)) - true) < 0.03
    for recall, precision in frames[1].values(pr):
        if 0.05 < recall < 0.99:
            false = NORMAL.cdf(NORMAL.inv_cdf(recall) - 2)
            assert abs(1 / (1 + 99 * false / recall) - precision) < 0.02

    negatives = NORMAL.samples(99_000, seed=1)
    positives = NormalDist(2).samples(1_000, seed=2)
    ranked = sorted([*((score, 0) for score in negatives), *((score, 1) for score in positives)])
    found, hits = [], 0
    for rank, (_, positive) in enumerate(reversed(ranked), 1):
        hits += positive
        if positive:
            found.append(hits / rank)
    assert f"area {NORMAL.cdf(sqrt(2)):.2f}" in {text.content for text in drawing.texts}
    assert abs(sum(found) / 1000 - float(_area(drawing, 200))) < 0.03

    first, second = drawing.dots("1")
    assert near(frames[0].value(first), (NORMAL.cdf(-2), 0.5), 0.01)
    assert near(frames[1].value(second), (0.5, 0.5 / (0.5 + 99 * NORMAL.cdf(-2))), 0.01)


def _area(drawing: Drawing, left: float) -> str:
    (text,) = [
        text.content for text in drawing.texts if text.content.startswith("area") and text.x > left
    ]
    return text.split()[1]


# --- hardware -----------------------------------------------------------------------------


def test_floating_point_formats() -> None:
    """Each row has as many boxes as the format has bits, and ends with its largest value."""
    drawing = figure("floating-point-formats")
    e4m3 = 2 ** (0b1111 - 7) * (1 + 0b110 / 8)  # all ones is not a number
    largest = {
        "FP32": struct.unpack(">f", b"\x7f\x7f\xff\xff")[0],
        "TF32": struct.unpack(">f", b"\x7f\x7f\xe0\x00")[0],
        "BF16": struct.unpack(">f", b"\x7f\x7f\x00\x00")[0],
        "FP16": struct.unpack(">e", b"\x7b\xff")[0],
        "FP8 E5M2": struct.unpack(">e", b"\x7b\x00")[0],
        "FP8 E4M3": e4m3,
    }
    bits = {"FP32": (8, 23), "TF32": (8, 10), "BF16": (8, 7), "FP16": (5, 10)}
    bits |= {"FP8 E5M2": (5, 2), "FP8 E4M3": (4, 3)}

    for name, value in largest.items():
        at = drawing.text(name).y
        row = [
            shape
            for shape in drawing.shapes
            if "fill-opacity" in shape.given and abs(shape.points[0][1] + 10 - at) < 1
        ]
        assert tuple(len(shape.parts) for shape in row) == (1, *bits[name])
        lefts = [part[0][0] for shape in row for part in shape.parts]
        assert all(0 < after - before < 7 for before, after in pairwise(lefts))
        (text,) = [text for text in drawing.texts if text.y == at and text.x > lefts[-1]]
        assert text.content == (f"{value:.2g}".replace("e+", "e") if value > 1e5 else f"{value:g}")


def test_roofline() -> None:
    """The roof is the lower of two lines, and the dots are on it at the intensity of their work."""
    drawing = figure("roofline")
    ticks = powers(-1, 0, 1, 2, 3)
    ticks = dict(zip(["0.1", "1", "10", "100", "1,000"], ticks.values(), strict=True))
    axes = axes_of(drawing, ticks, ticks)
    (roof,) = drawing.curves("1")
    multiplications = 2 * 4096**3 / (3 * 2 * 4096**2)

    assert [(round(x, 1), round(y, 1)) for x, y in axes.values(roof)] == [
        (-1.0, round(log10(0.2), 1)),
        (round(log10(150), 1), round(log10(300), 1)),
        (4.0, round(log10(300), 1)),
    ]
    intensities = [1 / 6, 1, 64, multiplications]
    for (x, y), intensity in zip(axes.values(drawing.dots()), intensities, strict=True):
        assert abs(x - log10(intensity)) < 0.01
        assert abs(y - log10(min(intensity * 2e12, 3e14) / 1e12)) < 0.01


def test_pipeline_bubble() -> None:
    """Cells are where passes start as soon as their inputs and their stage are ready."""
    drawing = figure("pipeline-bubble")
    rows = [drawing.text(f"stage {stage + 1}").y for stage in range(4)]
    passes = [text for text in drawing.texts if re.fullmatch(r"[FB]\d", text.content)]
    left = min(text.x for text in passes)
    cell = rows[1] - rows[0]
    drawn = {(text.content, rows.index(text.y)): round((text.x - left) / cell) for text in passes}

    ends: dict[tuple[str, int], int] = {}
    free = [0] * 4
    order = [f"F{batch}" for batch in range(1, 5)] + [f"B{batch}" for batch in range(4, 0, -1)]
    for name in order:
        forward = name[0] == "F"
        for stage in range(4) if forward else reversed(range(4)):
            before = (name, stage - 1 if forward else stage + 1)
            ready = ends.get(before, 0) if forward else ends.get(before, ends[f"F{name[1]}", 3])
            start = max(free[stage], ready)
            free[stage] = ends[name, stage] = start + 1
    assert drawn == {key: end - 1 for key, end in ends.items()}
    idle = 4 * max(ends.values()) - len(drawn)
    assert drawing.text(f"idle: {idle} of {4 * max(ends.values())} cells")
    assert round(100 * idle / (4 * max(ends.values()))) == 43
    assert sum(len(shape.parts) for color in "12" for shape in drawing.filled(color)) == len(drawn)


# --- images -------------------------------------------------------------------------------


def test_small_cnn_with_shapes() -> None:
    """Shapes follow from kernel 3, padding 1 and strides; parameters follow from the shapes."""
    drawing = figure("small-cnn-with-shapes")
    rows = sorted((text for text in drawing.texts if text.x == 88), key=lambda text: text.y)
    shapes = [[*map(int, text.content.split(" × "))] for text in rows[::2]]
    names = [text.content for text in rows[1::2]]
    counts = [
        int(
            next(at.content for at in drawing.texts if at.y == text.y and at.x > 300).replace(
                ",", ""
            )
        )
        for text in rows[1::2]
    ]

    for before, name, after, count in zip(shapes, names, shapes[1:], counts, strict=False):
        if "convolution" in name:
            side = floor((before[0] + 2 - 3) / (2 if "stride 2" in name else 1)) + 1
            assert after[:2] == [side, side]
            assert count == sum(3 * 3 * before[-1] + 1 for _ in range(after[-1]))
        elif name == "linear":
            assert count == before[-1] * after[-1] + after[-1]
        else:
            assert (after, count) == (before[-1:], 0)
    assert shapes[-1] == [10]
    for box, shape in zip(boxes(drawing), shapes, strict=True):
        assert isclose(box[3] - box[1], shape[0] if len(shape) == 3 else 3, abs_tol=0.1)
        assert isclose(box[2] - box[0], max(shape[-1] / 2, 4), abs_tol=0.1)


def test_kernel_sliding_on_grid() -> None:
    """The output is the sum of products below the kernel at each place; one place is outlined."""
    drawing = figure("kernel-sliding-on-grid")
    image, kernel, output = (
        table(drawing, 0, 126),
        table(drawing, 140, 230),
        table(drawing, 245, 340),
    )
    flat = [weight for row in kernel for weight in row]
    windows = [
        [value for row in image[top : top + 3] for value in row[left : left + 3]]
        for top, left in product(range(3), repeat=2)
    ]

    assert [value for row in output for value in row] == [
        sum(map(lambda a, b: a * b, flat, window)) for window in windows
    ]
    around, cell = (
        shape.points for shape in drawing.shapes if shape.given.get("stroke-width") == "3"
    )
    marked = [
        int(text.content)
        for text in drawing.texts
        if re.fullmatch(r"\d+", text.content) and inside((text.x, text.y), (*around[0], *around[2]))
    ]
    assert marked == windows[1]
    (result,) = [
        text.content for text in drawing.texts if inside((text.x, text.y), (*cell[0], *cell[2]))
    ]
    assert int(result) == output[0][1]


def test_max_pooling_before_and_after_shift() -> None:
    """Each output is the largest of its four digits, and shaded cells are the ones."""
    drawing = figure("max-pooling-before-and-after-shift")
    images, results = table(drawing, 0, 190), table(drawing, 240, 340)

    assert len(images) == 8
    assert [row[1:] + row[:1] for row in images[:4]] == images[4:]
    for at, row in enumerate(results):
        above, below = images[2 * at], images[2 * at + 1]
        assert row == [max(above[x], above[x + 1], below[x], below[x + 1]) for x in range(0, 8, 2)]
    assert results[0] == [0, 1, 0, 1]
    assert {*results[2]} == {1}
    ones = {(text.x, text.y) for text in drawing.texts if text.content == "1"}
    shaded = {
        (round((part[0][0] + part[2][0]) / 2, 1), round((part[0][1] + part[2][1]) / 2, 1))
        for shape in drawing.filled("1")
        for part in shape.parts
    }
    assert shaded == ones


def test_normalization_axes() -> None:
    """The marked area is that of the visible faces of all cells that share one mean."""
    drawing = figure("normalization-axes")
    sets: dict[str, Callable[[int, int], bool]] = {
        "batch": lambda _n, c: c == 5,
        "layer": lambda n, _c: n == 3,
        "instance": lambda n, c: (n, c) == (3, 5),
        "group": lambda n, c: n == 3 and c > 2,
    }
    shapes = drawing.filled("1")
    front, top, side = 18 * 12, 18 * 5, 12 * 7

    for (name, chosen), shape in zip(sets.items(), shapes, strict=True):
        cells = [(n, c, d) for n, c, d in product(range(4), range(6), range(4)) if chosen(n, c)]
        faces = sum(front * (d == 0) + top * (c == 5) + side * (n == 3) for n, c, d in cells)
        assert isclose(area(shape), faces, rel_tol=0.01), name
        title = drawing.text(name)
        below = [one for one in shapes if abs(one.points[0][0] - title.x) < 90]
        below = [one for one in below if min(y for _, y in one.points) > title.y]
        assert min(below, key=lambda one: one.points[0][1]) is shape


def test_image_patches() -> None:
    """The image has as many patches as the formula says, and each of those shown gets a token."""
    drawing = figure("image-patches")
    image = next(shape for shape in drawing.shapes if len(shape.parts) == 10)
    across = [part for part in image.parts if part[0][1] == part[1][1]]
    patches = (len(across) - 1) * (len(image.parts) - len(across) - 1)

    assert drawing.text(f"= {patches}")
    row = [text for text in drawing.texts if text.y == drawing.text("2").y and text.x > 150]
    assert [text.content for text in row] == ["1", "2", "3", "…", str(patches)]
    falls = [start[0] for start, end in drawing.arrows() if start[0] == end[0]]
    assert Counter(falls) == {text.x: 3 for text in row if text.content != "…"}


def test_diffusion_signal_and_noise() -> None:
    """The curves follow from the sum of logarithms, and cross where signal and noise are equal."""
    drawing = figure("diffusion-signal-and-noise")
    axes = axes_of(
        drawing,
        numbers("0 250 500 750 1,000"),
        numbers("0 0.5 1"),
    )
    ((signal,), (noise,)) = (drawing.curves(color) for color in "12")

    total, kept = 0.0, [1.0]
    for step in range(1, 1001):
        total += log(1 - (1e-4 + (0.02 - 1e-4) * (step - 1) / 999))
        kept.append(exp(total / 2))
    for step, y in axes.values(signal):
        assert abs(kept[min(1000, max(0, round(step)))] - y) < 0.01
    for step in range(0, 1001, 50):
        pair = [
            height_at(axes.values(curve), min(max(step, 0.2), 999.7)) for curve in (signal, noise)
        ]
        assert abs(hypot(*pair) - 1) < 0.015
    crossing = next(step for step, factor in enumerate(kept) if factor**2 <= 0.5)
    assert near(axes.value(drawing.dots()[0]), (crossing, sqrt(0.5)), 0.5)
    assert drawing.text(f"t = {crossing}")


# --- networks -----------------------------------------------------------------------------


def test_agent_environment_loop() -> None:
    """One arrow leads from agent to environment, and two lead back."""
    drawing = figure("agent-environment-loop")
    agent, environment = box_of(drawing, "agent"), box_of(drawing, "environment")
    directions = [
        (inside(start, agent, 3), inside(end, environment, 3)) for start, end in drawing.arrows()
    ]

    assert sorted(directions) == [(False, False), (False, False), (True, True)]
    assert drawing.text("action a").x > drawing.text("reward r").x > drawing.text("state s′").x


def test_ai_ml_dl_nested_sets() -> None:
    """Each field is inside the one above it, and its examples are in no inner one."""
    drawing = figure("ai-ml-dl-nested-sets")
    fields = ("Artificial intelligence", "Machine learning", "Deep learning")
    outer, middle, inner = (box_of(drawing, field) for field in fields)

    for around, within in ((outer, middle), (middle, inner)):
        assert all(inside(corner, around, -5) for corner in (within[:2], within[2:]))
    assert box_of(drawing, "search, planning, expert systems") == outer
    assert box_of(drawing, "support vector machines") == middle
    assert box_of(drawing, "Transformers, diffusion models") == inner
    for text in drawing.texts:
        box = box_of(drawing, text.content)
        assert all(
            not overlap(text.box, other)
            for other in (outer, middle, inner)
            if inside(other[:2], box, -1)
        )


def test_autoencoder_bottleneck() -> None:
    """Columns have 8, 4, 2, 4 and 8 units, and all neighbors are joined."""
    drawing = figure("autoencoder-bottleneck")
    columns = Counter(shape.points[0][0] for shape in drawing.shapes if "r" in shape.given)
    sizes = [size for _, size in sorted(columns.items())]

    assert sizes == [8, 4, 2, 4, 8]
    (lines,) = [shape for shape in drawing.shapes if shape.given.get("stroke-opacity") == ".4"]
    assert len({*lines.parts}) == sum(one * other for one, other in pairwise(sizes))
    encoder, decoder = (shape.points for shape in drawing.shapes if len(shape.points) == 5)
    assert [340 - x for x, _ in encoder] == [x for x, _ in decoder]


def test_computational_graph_forward_and_backward() -> None:
    """Values are those of the formula; gradients are those of central differences."""
    drawing = figure("computational-graph-forward-and-backward")

    def tanh(z: float) -> float:
        return (e**z - e**-z) / (2 * cosh(z))

    def run(*, at: str = "", by: float = 0.0) -> dict[str, float]:
        values = {"w": 0.8, "v": -1.2, "x": 0.5, "y": 1.0}
        steps: list[tuple[str, Callable[[dict[str, float]], float]]] = [
            ("w", lambda found: found["w"]),
            ("v", lambda found: found["v"]),
            ("z", lambda found: found["w"] * found["x"]),
            ("h", lambda found: tanh(found["z"])),
            ("o", lambda found: found["v"] * found["h"]),
            ("loss", lambda found: (found["o"] - found["y"]) ** 2),
        ]
        for name, step in steps:
            values[name] = step(values) + (by if name == at else 0.0)
        return values

    shown = [text for text in drawing.texts if re.fullmatch(r"−?\d\.\d{3}", text.content)]
    values = [text.content for text in sorted(shown, key=lambda text: text.y) if text.color != "2"]
    gradients = {text.content for text in shown if text.color == "2"}
    assert len(values) == 4
    assert [float(text.replace("−", "-")) for text in values] == [
        round(run()[name], 3) for name in ("z", "h", "o", "loss")
    ]
    links = [(f"{one} = ", other) for one, other in (("z", "h = "), ("h", "o = "), ("o", "(o"))]
    for one, other in links:
        pair = [
            next(text for text in drawing.texts if text.content.startswith(at) and text.x == 172)
            for at in (one, other)
        ]
        assert leads(drawing, pair[0].content, pair[1].content)
        assert leads(drawing, pair[1].content, pair[0].content)
    expected = {
        f"{(run(at=name, by=1e-6)['loss'] - run(at=name, by=-1e-6)['loss']) / 2e-6:.3f}"
        for name in "wvzho"
    }
    assert gradients == {text.replace("-", "−") for text in expected}


def test_fusion_early_late_cross() -> None:
    """Early fusion joins two inputs, late fusion two networks, and attention leads from image to text."""
    drawing = figure("fusion-early-late-cross")
    joins = [(text.x, text.y) for text in drawing.texts if text.content == "join"]
    inputs = [
        [start[1] for start, end in drawing.arrows() if near(end, join, 18)] for join in joins
    ]
    image, text = (
        max((at for at in drawing.texts if at.content == name), key=lambda at: at.x).x
        for name in ("image", "text")
    )
    across = [(start, end) for start, end in drawing.arrows() if start[1] == end[1]]

    assert len(joins) == 2
    assert inputs[0] == [236, 236]
    assert Counter(box[1] for box in boxes(drawing))[inputs[1][0]] == 2
    assert inputs[1] == [156, 156]
    assert len(across) == 3
    assert all(image < start[0] < end[0] < text for start, end in across)


def test_residual_block() -> None:
    """The identity path leaves before the first layer and enters the sum after the last."""
    drawing = figure("residual-block")
    layers = sorted(boxes(drawing), key=lambda box: box[1])
    plus = drawing.text("+")
    (around,) = [
        shape for shape in drawing.shapes if len(shape.parts[0]) == 4 and len(shape.parts) == 2
    ]
    start, *_, end = around.parts[0]

    assert len(layers) == 3
    assert start[1] < layers[0][1]
    assert near(end, (plus.x, plus.y), 14)
    assert all(not inside(point, box) for point in around.points for box in layers)
    path = sorted(drawing.arrows(), key=lambda arrow: arrow[0][1])
    down = [arrow for arrow in path if arrow[0][0] == arrow[1][0] == plus.x]
    assert len(down) == 5
    (gradient,) = [(a, b) for a, b in drawing.arrows() if a[0] == b[0] != plus.x]
    assert gradient[0][1] > gradient[1][1]


def test_small_network_with_one_neuron() -> None:
    """All neighbors are joined, and the neuron's output follows from the numbers shown."""
    drawing = figure("small-network-with-one-neuron")
    (lines,) = [shape for shape in drawing.shapes if shape.given.get("stroke-opacity") == ".4"]
    terms = [
        [float(part.replace("−", "-")) for part in text.content.split(" · ")]
        for text in drawing.texts
        if re.fullmatch(r"[\d.]+ · −?[\d.]+", text.content)
    ]
    shown = {
        name: float(text.content.removeprefix(f"{name} = "))
        for text in drawing.texts
        for name in "bzh"
        if text.content.startswith(f"{name} = ")
    }

    assert len({*lines.parts}) == 3 * 4 + 4 * 2
    assert isclose(sum(x * weight for x, weight in terms) + shown["b"], shown["z"])
    assert round((1 + (exp(shown["z"]) - 1) / (exp(shown["z"]) + 1)) / 2, 3) == shown["h"]
    ends = [end for start, end in drawing.arrows() if start[0] == 222]
    plus = drawing.text("+")
    assert all(isclose(hypot(x - plus.x, y - plus.y), 16, abs_tol=0.2) for x, y in ends)


# --- optimization -------------------------------------------------------------------------


def test_contours_raw_and_scaled() -> None:
    """Paths have the closed form of descent on a parabola; contours have one level each."""
    drawing = figure("contours-raw-and-scaled")
    for middle_y, curvature, rate, steps, color in ((74, 16, 0.11, 12, "1"), (204, 1, 0.5, 6, "2")):
        axes = Axes((-215 / 22, 1 / 22), (middle_y / 24, -1 / 24))
        dots = axes.values(drawing.dots(color))
        assert len(dots) == steps + 1
        for step, dot in enumerate(dots):
            shrunk = -4 * (1 - rate) ** step, 1.5 * (1 - rate * curvature) ** step
            assert near(dot, shrunk, 0.006)
        levels = []
        for shape in drawing.shapes:
            if shape.color == "quiet" and abs(shape.points[0][1] - middle_y) < 62:
                found = [(x * x + curvature * y * y) / 2 for x, y in axes.values(shape.points)]
                assert max(found) - min(found) < 0.05 * max(found) + 0.02
                levels.append(round(max(found), 1))
        assert len(levels) == 4


def test_descent_with_three_learning_rates() -> None:
    """Dots are where descent by differences leads; the third line ends at the frame's top."""
    drawing = figure("descent-with-three-learning-rates")
    panels = zip((56, 170, 284), "123", (0.02, 0.4, 1.1), (-2.0, -2.0, 1.0), strict=True)
    for middle, color, rate, start in panels:
        axes = Axes((-middle / 20.8, 1 / 20.8), (6 * 164 / 116, -6 / 116))
        x = start
        for at in axes.values(drawing.dots(color)):
            assert near(at, (x, x * x), 0.01)
            x -= rate * ((x + 1e-6) ** 2 - (x - 1e-6) ** 2) / 2e-6
    (line,) = [
        shape
        for shape in drawing.shapes
        if shape.color == "3" and "stroke-linecap" not in shape.given
    ]
    assert line.points[-1][1] == min(y for _, y in line.points) == 48
    assert len(drawing.dots("3")) == len(line.points) - 1


def test_grid_and_random_search() -> None:
    """Nine trials test three values on the grid and nine at random; marks are at their scores."""
    drawing = figure("grid-and-random-search")
    for left, color, values in ((20, "1", 3), (190, "2", 9)):
        dots = drawing.dots(color)
        trials, scores = dots[:9], dots[9:]
        assert all(inside(dot, (left, 90, left + 140, 230)) for dot in trials)
        assert len({x for x, _ in trials}) == len(scores) == values
        for x, y in scores:
            share = (x - left) / 140
            expected = NormalDist(0.63, 0.1 / sqrt(2)).pdf(share) / NormalDist(
                0.63, 0.1 / sqrt(2)
            ).pdf(0.63)
            assert abs((84 - y) / 56 * 1.1 - expected) < 0.01
    best = [max(-y for _, y in drawing.dots(color)[9:]) for color in "12"]
    assert best[0] < best[1]


def test_learning_rate_schedules() -> None:
    """The rates are those of a training loop that changes its rate after every step."""
    drawing = figure("learning-rate-schedules")
    steps = 2100
    step_decay, cosine, restarts, stable = [], [], [], []
    rate, begin, length = 1.0, 0, steps // 7
    for step in range(steps):
        if step in {steps // 2, steps * 4 // 5}:
            rate /= 10
        if step == begin + length:
            begin, length = step, 2 * length
        step_decay.append(rate)
        warm = min(1.0, step / (steps / 20))
        turn = max(0.0, (step - steps / 20) / (steps * 0.95))
        cosine.append(warm if warm < 1 else (1 + (e ** (1j * tau / 2 * turn)).real) / 2)
        restarts.append((1 + (e ** (1j * tau / 2 * (step - begin) / length)).real) / 2)
        stable.append(warm if step < steps * 0.9 else (steps - step) / (steps / 10))

    places = ((0, 20), (170, 20), (0, 150), (170, 150))
    x, y = {"0": 0.0, "50%": 0.5, "100%": 1.0}, numbers("0 1")
    for color, (left, top), rates in zip(
        "1234", places, (step_decay, cosine, restarts, stable), strict=True
    ):
        (curve,) = drawing.curves(color)
        values = axes_of(drawing, x, y, (left, top, left + 169, top + 120)).values(curve)
        for step in range(5, steps, 41):
            assert abs(height_at(values, step / steps) - rates[step]) < 0.03, (color, step)


def test_optimizer_paths_in_a_ravine() -> None:
    """The paths pass through points that were computed by hand, and descent through all."""
    drawing = figure("optimizer-paths-in-a-ravine")
    paths = {}
    for color, top in zip("123", (24, 138, 252), strict=True):
        across = Axes((-4.5 - 6 * 6 / 328, 6 / 328), ((top + 42) / 21, -1 / 21))
        paths[color] = across.values(drawing.dots(color))

    assert {len(path) for path in paths.values()} == {41}
    for step, at in enumerate(paths["1"]):
        assert near(at, (-4 * 0.91**step, 1.5 * (-0.8) ** step), 0.01)
    by_hand = {
        "2": {0: (-4, 1.5), 3: (-3.39, -1.06), 20: (0.35, -0.05)},
        "3": {1: (-3.70, 1.20), 10: (-1.14, -0.61), 20: (0.66, 0.16)},
    }
    for color, points in by_hand.items():
        for step, point in points.items():
            assert near(paths[color][step], point, 0.015)


# --- sequences ----------------------------------------------------------------------------


def test_attention_masks() -> None:
    """BERT's tokens see all 25; GPT's see those up to themselves, and crosses hide the rest."""
    drawing = figure("attention-masks")
    for color, left, visible in (("1", 36, 25), ("2", 206, 15)):
        (shape,) = drawing.filled(color)
        columns, rows = ({}, {})
        for text in drawing.texts:
            if text.content in set("12345") and left - 20 < text.x < left + 130:
                (columns if text.anchor == "middle" else rows)[text.content] = text
        seen = set()
        for part in shape.parts:
            middle = (part[0][0] + part[2][0]) / 2, (part[0][1] + part[2][1]) / 2
            (read,) = [at for at, text in columns.items() if isclose(text.x, middle[0])]
            (reads,) = [at for at, text in rows.items() if isclose(text.y, middle[1])]
            seen.add((int(read) - 1, int(reads) - 1))
        assert len(seen) == visible
        if color == "2":
            hidden = {(read, reads) for reads, read in combinations(range(5), 2)}
            assert seen == {*product(range(5), repeat=2)} - hidden
            (crosses,) = [shape for shape in drawing.shapes if len(shape.parts) == 20]
            assert {
                ((int(x) - left) // 25, (int(y) - 50) // 25) for x, y in crosses.points
            } == hidden


def test_encoder_decoder_without_and_with_attention() -> None:
    """Without attention the last state alone leads to the decoder; with it, all states do."""
    drawing = figure("encoder-decoder-without-and-with-attention")
    context, total = box_of(drawing, "context"), box_of(drawing, "weighted sum")
    into = [start for start, end in drawing.arrows() if inside(end, context, 3)]
    encoders = [text for text in drawing.texts if re.fullmatch(r"e\d", text.content)]
    decoders = [text for text in drawing.texts if re.fullmatch(r"d\d", text.content)]

    assert len(into) == 1
    assert max(text.x for text in encoders) < into[0][0] < context[0]
    lines = [
        shape
        for shape in drawing.shapes
        if shape.color == "1" and len(shape.points) == 2 and "height" not in shape.given
    ]
    assert [shape.points[0][0] for shape in lines] == [text.x for text in encoders[4:]]
    assert [int(shape.given["stroke-width"]) for shape in lines] == [1, 1, 4, 2]
    out = [end for start, end in drawing.arrows() if inside(start, total, 1)]
    assert sorted(x for x, _ in out) == [text.x for text in decoders[3:]]
    assert all(y < text.y for (_, y), text in zip(out, decoders[3:], strict=True))


def test_feedforward_and_unrolled_rnn() -> None:
    """Unrolled, each hidden state leads to the next, and each step uses the same three weights."""
    drawing = figure("feedforward-and-unrolled-rnn")
    weights = Counter(text.content for text in drawing.texts if text.content in {"W", "U", "V"})

    assert weights == {"W": 5, "V": 5, "U": 4}
    for step in range(3):
        assert leads(drawing, f"h{step}", f"h{step + 1}")
        assert leads(drawing, f"x{step + 1}", f"h{step + 1}")
        assert leads(drawing, f"h{step + 1}", f"y{step + 1}")
    assert leads(drawing, "x", "h")
    assert leads(drawing, "h", "y")
    assert leads(drawing, "ht", "ht")
    assert not leads(drawing, "h", "h")


def test_lstm_cell() -> None:
    """Following the lines from the inputs gives the six equations of the cell."""
    drawing = figure("lstm-cell")
    operators = {(text.x, text.y): text.content for text in drawing.texts if text.content in "×+"}
    gates = [text for text in drawing.texts if text.content in {"σ", "tanh"} and text.y > 140]
    names = ["forget", "input", "candidate", "output"]
    ends = {
        name: next(b for a, b in drawing.arrows() if a[0] == gate.x and 130 < a[1] < 150)
        for name, gate in zip(names, sorted(gates, key=lambda gate: gate.x), strict=True)
    }

    def operator(point: Point) -> Point:
        return next(place for place in operators if near(place, point, 12))

    keep, write, show = (operator(ends[name]) for name in ("forget", "input", "output"))
    (plus,) = [place for place, sign in operators.items() if sign == "+"]
    assert [operators[place] for place in (keep, write, show)] == ["×"] * 3
    assert operator(ends["candidate"]) == write
    assert keep[1] == plus[1] == drawing.text("ct−1").y == drawing.text("ct").y
    assert keep[0] < plus[0]
    assert any(near(a, write, 12) and near(b, plus, 12) for a, b in drawing.arrows())
    squash = next(text for text in drawing.texts if text.content == "tanh" and text.y < 140)
    assert any(a[1] == plus[1] and near(b, (squash.x, squash.y), 12) for a, b in drawing.arrows())
    assert any(near(a, (squash.x, squash.y), 12) and near(b, show, 12) for a, b in drawing.arrows())
    assert any(near(a, show, 12) and b[1] == drawing.text("ht").y for a, b in drawing.arrows())
    feeds = [b for a, b in drawing.arrows() if a[1] == drawing.text("ht−1").y]
    assert [x for x, _ in feeds] == [gate.x for gate in gates]


def test_sinusoidal_encoding() -> None:
    """The shades are those of the real and imaginary parts of a rotation, column by column."""
    drawing = figure("sinusoidal-encoding")
    shades: dict[tuple[int, int], float] = {}
    cell = 7.5
    for shape in drawing.shapes:
        if shape.given.get("stroke-width") == "7.5":
            opacity = float(shape.given["stroke-opacity"])
            for (x, top), (_, bottom) in shape.parts:
                first, last = round((top - 32) / cell), round((bottom - 32) / cell)
                for position in range(first, last):
                    shades[position, round((x - 38) / cell - 0.5)] = opacity

    for position, pair in product(range(32), range(16)):
        turn = e ** (1j * position * 10_000 ** (-pair / 16))
        for column, value in ((2 * pair, turn.imag), (2 * pair + 1, turn.real)):
            shade = shades.get((position, column), 0.0)
            assert abs(shade / 0.92 * 2 - 1 - value) <= 0.14, (position, column)


def test_transformer_block_2017_and_today() -> None:
    """In 2017 norms are on the main path, after each sum; today only sums are."""
    drawing = figure("transformer-block-2017-and-today")
    sums = sorted((text.x, -text.y) for text in drawing.texts if text.content == "+")
    old, new = sorted({x for x, _ in sums})
    on_path = {text.content for text in drawing.texts if text.x in {old, new}}

    assert [x for x, _ in sums] == [old] * 3 + [new] * 2
    assert on_path == {"in", "out", "+", "LayerNorm"}
    (_, after_attention, after_feed_forward) = [y for x, y in sums if x == old]
    first, second = sorted(-text.y for text in drawing.texts if text.content == "LayerNorm")
    assert after_attention < first < after_feed_forward < second
    norms = sorted(-text.y for text in drawing.texts if text.content == "RMSNorm")
    attention, feed_forward = -drawing.text("RoPE").y, -drawing.text("(SwiGLU)").y
    one, two = (y for x, y in sums if x == new)
    assert norms[0] < attention < one < norms[1] < feed_forward < two
    assert not any(inside((new, (box[1] + box[3]) / 2), box) for box in boxes(drawing))
    into = Counter(end for _, end in drawing.arrows())
    assert all(into[x + 11, -y] == 1 for x, y in sums)
