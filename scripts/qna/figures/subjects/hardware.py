"""Numbers, speed limits and timetables of accelerators."""

from __future__ import annotations

from qna.figures.diagrams import grid
from qna.figures.plots import Frame, Scale, axes, curve, guide, marks
from qna.figures.svg import Element, Figure, element, group, label, number

FORMATS = (
    ("FP32", 8, 23, "3.4e38"),
    ("TF32", 8, 10, "3.4e38"),
    ("BF16", 8, 7, "3.4e38"),
    ("FP16", 5, 10, "65504"),
    ("FP8 E5M2", 5, 2, "57344"),
    ("FP8 E4M3", 4, 3, "448"),
)
"""Each format's exponent and fraction bits, and its largest finite value."""
PEAK, BANDWIDTH = 300.0, 2.0
"""Of an example accelerator, in TFLOP/s and in TB/s."""
STAGES, BATCHES = 4, 4
"""Stages and micro-batches of the pipeline."""


def floating_point_formats() -> Figure:
    """Draw sign, exponent and fraction bits of six formats."""
    left, bit = 70, 6.7
    top = (label(left + bit, 12, "sign", "end"), label(left + 12, 12, "exponent"))
    return Figure(
        "Bit layouts of FP32, TF32, BF16, FP16, FP8 E5M2 and FP8 E4M3",
        "Six rows of boxes, one for each bit: first the sign, then the exponent, then the "
        "fraction. FP32 has 1, 8 and 23 bits, TF32 1, 8 and 10, BF16 1, 8 and 7, FP16 1, 5 and "
        "10, FP8 E5M2 1, 5 and 2, FP8 E4M3 1, 4 and 3. A line marks where the 8 exponent bits of "
        "the first three end. The largest values are 3.4e38 for these three, then 65504, 57344 "
        "and 448.",
        220,
        (
            *top,
            label(190, 12, "fraction"),
            label(337, 12, "largest", "end"),
            *(_format(left, 26 + 32 * row, bit, *given) for row, given in enumerate(FORMATS)),
            guide((left + 9 * bit, 20), (left + 9 * bit, 116)),
        ),
    )


def _format(  # noqa: PLR0913, PLR0917 - a place and the columns of the table
    x: float, y: float, bit: float, name: str, exponent: int, fraction: int, largest: str
) -> Element:
    def bits(first: int, count: int, opacity: float) -> Element:
        data = "".join(
            f"M{number(x + at * bit)} {number(y)}v20h{number(bit)}v-20z"
            for at in range(first, first + count)
        )
        return element("path", d=data, fill_opacity=f"{opacity:g}", stroke="currentColor")

    return group(
        label(2, y + 10, name),
        group(bits(0, 1, 1), color=2),
        group(bits(1, exponent, 0.4), color=1),
        bits(1 + exponent, fraction, 0),
        label(x + (1 + exponent + fraction) * bit + 6, y + 10, largest),
    )


def attainable(intensity: float) -> float:
    """Return the attainable TFLOP/s at a number of operations per byte."""
    return min(PEAK, BANDWIDTH * intensity)


def roofline() -> Figure:
    """Draw attainable speed against arithmetic intensity."""
    frame = Frame(
        Scale(0.1, 1e4, 44, 332, logarithmic=True), Scale(0.1, 2e3, 214, 28, logarithmic=True)
    )
    corner = PEAK / BANDWIDTH
    work = (
        (1 / 6, "addition of vectors"),
        (1.0, "one token, batch 1"),
        (64.0, "batch 64"),
        (4096 / 3, "matrix product"),
    )
    places = [(x, attainable(x)) for x, _ in work]
    across, up = frame.at(*places[3])
    return Figure(
        "Roofline: attainable speed against arithmetic intensity",
        "On double logarithmic axes, a slope limited by a memory bandwidth of 2 TB/s meets a flat"
        " roof at 300 TFLOP/s, at 150 operations per byte. Adding vectors and generating one "
        "token at batch 1 lie far down the slope, batch 64 close to the corner, and the product "
        "of two 4096 by 4096 matrices under the flat roof.",
        254,
        (
            axes(
                frame,
                ("operations per byte", {0.1: "0.1", 1: "1", 10: "10", 100: "100", 1e3: "1,000"}),
                ("TFLOP/s", {0.1: "0.1", 1: "1", 10: "10", 100: "100", 1e3: "1,000"}),
            ),
            guide(frame.at(corner, 0.1), frame.at(corner, 2e3)),
            label(frame.x(corner) - 6, frame.y(1100), "memory limits", "end"),
            label(frame.x(corner) + 6, frame.y(1100), "compute limits"),
            group(
                curve(frame, [(0.1, attainable(0.1)), (corner, PEAK), (1e4, PEAK)]),
                marks(frame, places, 4),
                color=1,
            ),
            *(label(frame.x(x) + 9, frame.y(attainable(x)) + 7, text) for x, text in work[:2]),
            label(*frame.at(38, 128), "batch 64", "end"),
            label(across, up + 16, "matrix product", "middle"),
        ),
    )


def pipeline_bubble() -> Figure:
    """Draw timetable of a pipeline with four stages and four micro-batches."""
    left, top, cell = 62, 30, 19.6
    slots = 2 * (STAGES + BATCHES - 1)
    return Figure(
        "Timetable of a pipeline with four stages and four micro-batches",
        "Four rows, one for each stage, and 14 time slots. Stage by stage, the forward passes F1 "
        "to F4 start one slot later; then the backward passes B4 to B1 run from the last stage to"
        " the first. 24 of the 56 cells are idle, 43%.",
        166,
        (
            label(left, 14, "time →"),
            *(label(2, top + cell * (row + 0.5), f"stage {row + 1}") for row in range(STAGES)),
            grid(left, top, slots, STAGES, cell),
            _passes(left, top, cell, "F", 1),
            _passes(left, top, cell, "B", 2),
            label(2, 128, "idle: 24 of 56 cells"),
            label(2, 148, "(p − 1) / (m + p − 1) = 3/7 = 43%"),
        ),
    )


def slot(kind: str, stage: int, batch: int) -> int:
    """Return when a stage runs a pass of a micro-batch; all count from 0."""
    if kind == "F":
        return stage + batch
    return STAGES + BATCHES - 1 + (STAGES - 1 - stage) + (BATCHES - 1 - batch)


def _passes(left: float, top: float, cell: float, kind: str, color: int) -> Element:
    runs = [
        (slot(kind, stage, batch), stage, batch)
        for stage in range(STAGES)
        for batch in range(BATCHES)
    ]
    shapes = "".join(
        f"M{number(left + cell * column)} {number(top + cell * row)}"
        f"h{number(cell)}v{number(cell)}h-{number(cell)}z"
        for column, row, _ in runs
    )
    return group(
        element(
            "path",
            d=shapes,
            fill_opacity=".15" if kind == "F" else ".25",
            stroke="currentColor",
        ),
        *(
            label(
                left + cell * (column + 0.5),
                top + cell * (row + 0.5),
                f"{kind}{batch + 1}",
                "middle",
            )
            for column, row, batch in runs
        ),
        color=color,
    )
