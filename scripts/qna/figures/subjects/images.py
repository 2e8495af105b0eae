"""Images: convolution, pooling, patches, normalization of feature maps, and diffusion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, product
from math import sqrt
from operator import mul

from qna.figures.diagrams import arrow, box, cells, circle, grid
from qna.figures.plots import Frame, Scale, axes, curve, marks, series, signed
from qna.figures.svg import (
    Element,
    Figure,
    Point,
    element,
    group,
    label,
    letters,
    line,
    number,
    polyline,
    stroke,
)

Rows = Sequence[Sequence[int]]

EXAMPLES, CHANNELS, POSITIONS = 4, 6, 4
"""Size of the blocks of feature maps, N to the right, C upward, H × W into the depth."""
UNIT_N, UNIT_C, DEPTH_X, DEPTH_Y = 18.0, 12.0, 7.0, 5.0
DIFFUSION_STEPS = 1000


KERNEL = ((-1, 0, 1),) * 3
IMAGE = ((0, 0, 0, 9, 9),) * 5
STRIPES = (0, 0, 1, 1, 0, 0, 1, 1)
"""A row of the image whose stripes max pooling keeps or loses."""


def kernel_sliding_on_grid() -> Figure:
    """Draw a 3 by 3 kernel that slides over a 5 by 5 image."""
    result = correlated(IMAGE, KERNEL)
    return Figure(
        "A 3 by 3 kernel sliding over a 5 by 5 image",
        "Each row of the image is 0, 0, 0, 9, 9, each row of the kernel −1, 0, 1. The kernel "
        "covers the three columns in the middle of the top three rows; the sum of products there "
        "is 27 and becomes the middle value of the top row of the 3 by 3 output, whose rows are "
        "0, 27, 27.",
        200,
        (
            *_numbers(4, 34, 24, IMAGE),
            label(136, 82, "∗", "middle"),
            *_numbers(150, 46, 24, KERNEL),
            label(234, 82, "=", "middle"),
            *_numbers(248, 46, 28, result),
            group(
                line((28, 34), (100, 34), (100, 106), (28, 106), closed=True, stroke_width=3),
                line((276, 46), (304, 46), (304, 74), (276, 74), closed=True, stroke_width=3),
                arrow((64, 32), (64, 22), (290, 22), (290, 42)),
                color=1,
            ),
            label(64, 166, "input 5×5", "middle"),
            label(186, 166, "kernel 3×3", "middle"),
            label(290, 166, "output 3×3", "middle"),
            label(170, 190, "stride 1, no padding: (5 − 3) / 1 + 1 = 3", "middle"),
        ),
    )


def correlated(image: Rows, kernel: Rows) -> list[list[int]]:
    """Return the cross-correlation of an image and a square kernel, without padding."""
    size = len(kernel)
    places = range(len(image) - size + 1)
    return [
        [
            sum(
                image[row + down][column + across] * kernel[down][across]
                for down, across in product(range(size), repeat=2)
            )
            for column in places
        ]
        for row in places
    ]


def _numbers(x: float, y: float, cell: float, rows: Rows) -> Iterator[Element]:
    """Yield a grid with a number in each cell."""
    yield grid(x, y, len(rows[0]), len(rows), cell)
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            yield label(x + cell * (column + 0.5), y + cell * (row + 0.5), signed(value), "middle")


def max_pooling_before_and_after_shift() -> Figure:
    """Draw a striped image, max pooled before and after a shift by one pixel."""
    shifted = STRIPES[1:] + STRIPES[:1]
    return Figure(
        "Max pooling before and after a shift by one pixel",
        "An image with stripes two pixels wide is pooled to alternating columns of 0 and 1. The "
        "same image, shifted left by one pixel, is pooled to nothing but ones: the stripes are "
        "gone.",
        254,
        (
            label(4, 10, "2×2 max, stride 2", bold=True),
            *_pooling(26, STRIPES),
            label(4, 140, "shifted left by one pixel", bold=True),
            *_pooling(156, shifted),
        ),
    )


def pooled(rows: Rows) -> list[list[int]]:
    """Return the maximum of each 2 by 2 block."""
    return [
        [max(*above[at : at + 2], *below[at : at + 2]) for at in range(0, len(above), 2)]
        for above, below in zip(rows[::2], rows[1::2], strict=True)
    ]


def _pooling(y: float, row: Sequence[int]) -> Iterator[Element]:
    """Yield an image of four equal rows, an arrow, and the pooled image."""
    image = [row] * 4
    yield from _binary(4, y, 23, image)
    blocks = "".join(f"M4 {number(y + 46 * at)}h184" for at in range(3)) + "".join(
        f"M{4 + 46 * at} {number(y)}v92" for at in range(5)
    )
    yield stroke(blocks, stroke_width=2)
    yield arrow((196, y + 46), (240, y + 46))
    yield from _binary(244, y + 23, 23, pooled(image))


def _binary(x: float, y: float, cell: float, rows: Rows) -> Iterator[Element]:
    """Yield a grid of zeros and ones, in which ones are shaded."""
    ones = [
        (at, row) for row, values in enumerate(rows) for at, value in enumerate(values) if value
    ]
    yield group(cells(x, y, cell, ones), color=1)
    yield grid(x, y, len(rows[0]), len(rows), cell)
    for row, values in enumerate(rows):
        places = [x + cell * (column + 0.5) for column in range(len(values))]
        yield letters(places, y + cell * (row + 0.5), "".join(map(str, values)))


def small_cnn_with_shapes() -> Figure:
    """Draw a small convolutional network with the shapes of its tensors."""
    shapes = ((32, 3), (32, 16), (16, 32), (8, 64), (1, 64), (1, 10))
    operations = (
        "3×3 convolution",
        "3×3 convolution, stride 2",
        "3×3 convolution, stride 2",
        "global average pooling",
        "linear",
    )
    top = 22.0
    return Figure(
        "A small convolutional network with the shapes of its tensors",
        "Read from top to bottom: an image of 32 by 32 pixels with 3 channels passes through "
        "three convolutions, of which the second and third halve width and height and raise the "
        "channels to 32 and 64; global average pooling leaves 64 numbers, and a linear layer "
        "makes 10 scores from them. They have 448, 4,640, 18,496, 0 and 650 parameters.",
        318,
        (
            label(338, 10, "parameters", "end"),
            *(item for at, shape in enumerate(shapes) for item in _tensor(top + 54 * at, shape)),
            *(
                item
                for at, name in enumerate(operations)
                for item in (
                    arrow(
                        (36, top + 54 * at + 21 + _height(shapes[at]) / 2),
                        (36, top + 54 * at + 69 - _height(shapes[at + 1]) / 2),
                    ),
                    label(88, top + 54 * at + 44, name),
                    label(
                        338,
                        top + 54 * at + 44,
                        f"{parameters(name, shapes[at], shapes[at + 1]):,}",
                        "end",
                    ),
                )
            ),
        ),
    )


def parameters(operation: str, before: tuple[int, int], after: tuple[int, int]) -> int:
    """Return the number of weights and biases between tensors of a size and number of channels."""
    kernel = {"3×3": 9, "linear": 1}.get(operation.split(maxsplit=1)[0], 0)
    return (kernel * before[1] + 1) * after[1] if kernel else 0


def _height(shape: tuple[int, int]) -> float:
    return max(shape[0], 3)


def _tensor(y: float, shape: tuple[int, int]) -> Iterator[Element]:
    """Yield a block, as high as its size and as wide as its channels, and its shape."""
    size, channels = shape
    height, width = _height(shape), max(channels / 2, 4)
    text = f"{size} × {size} × {channels}" if size > 1 else str(channels)
    yield box(36 - width / 2, y + 18 - height / 2, width, height, color=1)
    yield label(88, y + 18, text, bold=True)


def normalization_axes() -> Figure:
    """Draw the values that share one mean in batch, layer, instance and group normalization."""
    every = range
    norms = (
        ("batch", every(EXAMPLES), (CHANNELS - 1,)),
        ("layer", (EXAMPLES - 1,), every(CHANNELS)),
        ("instance", (EXAMPLES - 1,), (CHANNELS - 1,)),
        ("group", (EXAMPLES - 1,), every(CHANNELS // 2, CHANNELS)),
    )
    places = ((28.0, 124.0), (198.0, 124.0), (28.0, 274.0), (198.0, 274.0))
    return Figure(
        "Values that share one mean in batch, layer, instance and group normalization",
        "Four blocks whose axes are example N, channel C and position HW. Batch normalization "
        "marks one channel over all examples and positions; layer normalization one example over "
        "all channels and positions; instance normalization one channel of one example; group "
        "normalization half of the channels of one example.",
        300,
        tuple(
            _block(place, name, examples, channels)
            for place, (name, examples, channels) in zip(places, norms, strict=True)
        ),
    )


def _block(corner: Point, name: str, examples: Iterable[int], channels: Iterable[int]) -> Element:
    """Return a block of cells, given its front lower left corner, with some cells marked."""
    x, y = corner
    marked = [*product(examples, channels)]
    width, height = EXAMPLES * UNIT_N, CHANNELS * UNIT_C
    return group(
        group(*_marked_faces(corner, marked), color=1),
        stroke(_cell_lines(corner), stroke_opacity=".6"),
        label(x, y - height - POSITIONS * DEPTH_Y - 14, name, bold=True),
        label(x + width / 2, y + 12, "N", "middle"),
        label(x - 6, y - height / 2, "C", "end"),
        label(x + width + 18, y - 2, "HW"),
    )


def _place(corner: Point, n: float, c: float, depth: float) -> Point:
    return (
        corner[0] + n * UNIT_N + depth * DEPTH_X,
        corner[1] - c * UNIT_C - depth * DEPTH_Y,
    )


def _cell_lines(corner: Point) -> str:
    """Return the lines of the front, the top and the right face."""
    ends: list[tuple[tuple[float, float, float], ...]] = []
    n, c, d = EXAMPLES, CHANNELS, POSITIONS
    ends += [((0, at, 0), (n, at, 0), (n, at, d)) for at in range(c + 1)]
    ends += [((at, 0, 0), (at, c, 0), (at, c, d)) for at in range(n + 1)]
    ends += [((0, c, at), (n, c, at), (n, 0, at)) for at in range(1, d + 1)]
    return "".join(polyline(_place(corner, *end) for end in line) for line in ends)


def _marked_faces(corner: Point, marked: Sequence[tuple[int, int]]) -> Iterator[Element]:
    """Yield the visible faces of marked columns of cells, all as one path."""
    faces = []
    for n, c in marked:
        faces.append([(n, c, 0), (n + 1, c, 0), (n + 1, c + 1, 0), (n, c + 1, 0)])
        if c == CHANNELS - 1:
            top = c + 1
            faces.append(
                [(n, top, 0), (n + 1, top, 0), (n + 1, top, POSITIONS), (n, top, POSITIONS)]
            )
        if n == EXAMPLES - 1:
            side = n + 1
            faces.append(
                [(side, c, 0), (side, c + 1, 0), (side, c + 1, POSITIONS), (side, c, POSITIONS)]
            )
    data = "".join(polyline(_place(corner, *at) for at in face) + "Z" for face in faces)
    yield element("path", d=data, fill_opacity=".5")


def image_patches() -> Figure:
    """Draw an image that becomes a sequence of tokens."""
    columns = [(166 + 38 * at, text) for at, text in enumerate(("1", "2", "3", "…", "16"))]
    real = [(x, text) for x, text in columns if text != "…"]
    return Figure(
        "An image becomes a sequence of patch tokens",
        "A square image, cut into 4 by 4 patches that are numbered row by row. The patches 1 to "
        "16 are in a row; each goes through the same linear map, a position vector is added, "
        "and the tokens enter a Transformer.",
        222,
        (
            element("circle", cx=84, cy=66, r=20, fill_opacity=".3", class_="figure-2"),
            stroke("M20 92 52 74 76 98 100 84 116 96", class_="figure-3"),
            grid(20, 26, 4, 4, 24),
            label(68, 14, "W", "middle"),
            label(14, 74, "H", "end"),
            label(32, 38, "P", "middle"),
            label(68, 190, "N = HW / P^2", "middle"),
            label(68, 208, "= 16", "middle"),
            arrow((122, 39), (151, 39)),
            *(label(x, 39, text, "middle") for x, text in columns),
            *(box(x - 13, 26, 26, 26) for x, _ in real),
            *(arrow((x, 54), (x, 78)) for x, _ in real),
            box(150, 80, 184, 28, "same linear map", 1),
            *(arrow((x, 108), (x, 134)) for x, _ in real),
            *(circle(x, 148, 13, "+") for x, _ in real),
            label(columns[3][0], 148, "…", "middle"),
            *(arrow((x, 161), (x, 186)) for x, _ in real),
            label(124, 148, "position vectors", "end"),
            arrow((128, 148), (151, 148)),
            box(150, 188, 184, 28, "Transformer", 1),
        ),
    )


def signal_left() -> list[float]:
    """Return the share of the signal's variance that is left before each step, for linear betas."""
    last = DIFFUSION_STEPS - 1
    betas = (1e-4 + (0.02 - 1e-4) * step / last for step in range(DIFFUSION_STEPS))
    return [1.0, *accumulate((1 - beta for beta in betas), mul)]


def diffusion_signal_and_noise() -> Figure:
    """Draw the factors of signal and noise over the time steps of a diffusion model."""
    left = signal_left()
    frame = Frame(Scale(0, DIFFUSION_STEPS, 36, 318), Scale(0, 1.05, 204, 28))
    signal = [(step, sqrt(share)) for step, share in enumerate(left)]
    noise = [(step, sqrt(1 - share)) for step, share in enumerate(left)]
    crossing = next(step for step, share in enumerate(left) if share <= 1 / 2)
    place = (crossing, sqrt(left[crossing]))
    return Figure(
        "Share of signal and of noise over the time steps of a diffusion model",
        "Two curves over 1,000 steps, for the linear schedule. The factor of the clean example "
        "falls from 1 to almost 0, that of the noise rises from 0 to almost 1. They cross at "
        f"step {crossing}, at 0.71.",
        244,
        (
            axes(
                frame,
                ("time step t", {0: "0", 250: "250", 500: "500", 750: "750", 1000: "1,000"}),
                ("factor", (0, 0.5, 1)),
            ),
            series(1, curve(frame, signal, 1), frame.at(560, 0.42), "signal √ᾱ_t"),
            series(2, curve(frame, noise, 2), frame.at(560, 0.82), "noise √(1 − ᾱ_t)"),
            marks(frame, [place], 4),
            label(frame.x(crossing) + 10, frame.y(place[1]), f"t = {crossing}"),
        ),
    )
