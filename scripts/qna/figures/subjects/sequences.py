"""Models of sequences: recurrent networks, attention, and the Transformer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import cos, sin

from qna.figures.diagrams import arrow, box, cells, circle, grid
from qna.figures.svg import (
    Element,
    Figure,
    element,
    group,
    label,
    line,
    number,
    rectangle,
    stroke,
)

TOKENS = 5
"""Tokens in the figure of attention masks."""
POSITIONS, DIMENSIONS, SHADES = 32, 32, 9
"""Size of the heat map of encodings, and its number of shades."""
WEIGHTS = (1, 1, 4, 2)
"""Relative attention to the encoder's states."""


def feedforward_and_unrolled_rnn() -> Figure:
    """Draw a feedforward network beside a recurrent network, as a loop and unrolled over time."""
    steps = (92, 182, 272)
    return Figure(
        "A feedforward network beside a recurrent network, as a loop and unrolled over three steps",
        "The feedforward network passes x through h to y once. The recurrent network has an arrow"
        " from h back to h. Unrolled, it is a chain in which each hidden state gets the input of "
        "its step and the hidden state of the step before, always with the same weights W, U and "
        "V.",
        318,
        (
            label(62, 10, "feedforward", "middle", bold=True),
            *_step(40, 26, ("x", "h", "y")),
            label(242, 10, "recurrent", "middle", bold=True),
            *_step(220, 26, ("x_t", "h_t", "y_t")),
            group(arrow((264, 74), (292, 74), (292, 88), (266, 88)), label(298, 81, "U"), color=1),
            label(170, 164, "unrolled over time", "middle", bold=True),
            box(4, 222, 36, 24, "h_0"),
            *(
                item
                for at, x in enumerate(steps, 1)
                for item in _step(x, 180, (f"x_{at}", f"h_{at}", f"y_{at}"))
            ),
            *(
                group(
                    arrow((start, 234), (end - 2, 234)),
                    label((start + end) / 2 - 1, 223, "U", "middle"),
                    color=1,
                )
                for start, end in zip((41, 137, 227), steps, strict=True)
            ),
            label(170, 308, "the same W, U and V at every step", "middle"),
        ),
    )


def _step(x: float, y: float, names: tuple[str, str, str]) -> Iterator[Element]:
    """Yield input, hidden state and output of a step, from bottom to top."""
    for at, name in enumerate(reversed(names)):
        yield box(x, y + 42 * at, 44, 24, name, 2 if at == 1 else None)
    yield arrow((x + 22, y + 42), (x + 22, y + 25))
    yield arrow((x + 22, y + 84), (x + 22, y + 67))
    yield label(x + 28, y + 75, "W")
    yield label(x + 28, y + 33, "V")


def lstm_cell() -> Figure:
    """Draw the LSTM cell."""
    gates = (
        (84, "σ", "forget", "f"),
        (140, "σ", "input", "i"),
        (200, "tanh", "candidate", "c̃"),
        (264, "σ", "output", "o"),
    )
    return Figure(
        "The LSTM cell",
        "The cell state enters at the left, is multiplied by the forget gate f, gets the "
        "candidate times the input gate i added, and leaves at the right. A copy goes through "
        "tanh, is multiplied by the output gate o and becomes the hidden state. All three gates "
        "and the candidate see the input and the old hidden state.",
        250,
        (
            rectangle(
                46,
                22,
                252,
                176,
                rx=14,
                fill="none",
                stroke="currentColor",
                stroke_opacity=".5",
            ),
            label(2, 48, "c_{t−1}"),
            label(318, 48, "c_t"),
            group(
                line((36, 48), (74, 48), stroke_width=1.5),
                line((94, 48), (190, 48), stroke_width=1.5),
                arrow((210, 48), (314, 48)),
                circle(84, 48, 10, "×"),
                circle(200, 48, 10, "+"),
                color=1,
            ),
            arrow((84, 142), (84, 59)),
            arrow((140, 142), (140, 104), (189, 104)),
            arrow((200, 142), (200, 115)),
            circle(200, 104, 10, "×"),
            arrow((200, 94), (200, 59)),
            arrow((264, 48), (264, 62)),
            box(244, 63, 40, 22, "tanh"),
            arrow((264, 85), (264, 93)),
            circle(264, 104, 10, "×"),
            arrow((264, 142), (264, 115)),
            arrow((274, 104), (314, 104)),
            label(318, 104, "h_t"),
            *(box(x - 20, 142, 40, 22, text, 2) for x, text, _, _ in gates),
            *(label(x + 5, 130, f"{sign}_t") for x, _, _, sign in gates),
            label(2, 184, "h_{t−1}"),
            line((40, 184), (264, 184), stroke_width=1.5),
            line((60, 226), (60, 184), stroke_width=1.5),
            label(60, 236, "x_t", "middle"),
            *(arrow((x, 184), (x, 165)) for x, _, _, _ in gates),
            *(label(x, 212, name, "middle") for x, _, name, _ in gates),
        ),
    )


def encoder_decoder_without_and_with_attention() -> Figure:
    """Draw an encoder and a decoder, without and with attention."""
    return Figure(
        "Encoder and decoder, without and with attention",
        "Two panels with four encoder states, which read x, and three decoder states, which write"
        " y. Without attention only the last encoder state reaches the decoder, through one "
        "context vector. With attention each decoder state gets a weighted sum of all encoder "
        "states.",
        290,
        (
            label(4, 10, "one context vector", bold=True),
            *_encoder(36),
            *_decoder(36),
            arrow((144, 50), (156, 50)),
            box(158, 37, 58, 26, "context", 1),
            arrow((216, 50), (228, 50)),
            label(4, 132, "attention", bold=True),
            *_encoder(216),
            *_decoder(216),
            box(4, 150, 140, 26, "weighted sum", 1),
            *(
                line(
                    (19 + 36 * at, 215), (19 + 36 * at, 177), stroke_width=weight, class_="figure-1"
                )
                for at, weight in enumerate(WEIGHTS)
            ),
            *(
                group(arrow((144, y), (x, y), (x, 214), dash=dash), color=1)
                for x, y, dash in ((245, 171, "4 3"), (283, 163, None), (321, 155, "4 3"))
            ),
        ),
    )


def _encoder(y: float) -> Iterator[Element]:
    for at in range(4):
        x = 4 + 36 * at
        yield box(x, y, 30, 28, f"e_{at + 1}")
        yield arrow((x + 15, y + 48), (x + 15, y + 30))
        yield label(x + 15, y + 57, f"x_{at + 1}", "middle")
    yield from (arrow((34 + 36 * at, y + 14), (39 + 36 * at, y + 14)) for at in range(3))


def _decoder(y: float) -> Iterator[Element]:
    for at in range(3):
        x = 230 + 38 * at
        yield box(x, y, 30, 28, f"d_{at + 1}", 2)
        yield arrow((x + 15, y + 29), (x + 15, y + 47))
        yield label(x + 15, y + 57, f"y_{at + 1}", "middle")
    yield from (arrow((260 + 38 * at, y + 14), (267 + 38 * at, y + 14)) for at in range(2))


def attention_masks() -> Figure:
    """Draw the attention masks of BERT and GPT."""
    return Figure(
        "Attention masks of BERT and GPT for five tokens",
        "Two grids with a row for each token that reads and a column for each token that is read."
        " In BERT all 25 cells are filled: every token sees every token. In GPT the 15 cells on "
        "and below the diagonal are filled: a token sees itself and earlier tokens.",
        222,
        (
            *_mask(36, 1, "BERT: bidirectional", lambda _reads, _read: True),
            *_mask(206, 2, "GPT: causal", lambda reads, read: read <= reads),
            label(170, 194, "row: token that reads", "middle"),
            label(170, 212, "column: token that is read", "middle"),
        ),
    )


def _mask(x: float, color: int, title: str, sees: Callable[[int, int], bool]) -> Iterator[Element]:
    y, cell = 50, 25
    places = [
        (read, reads) for reads in range(TOKENS) for read in range(TOKENS) if sees(reads, read)
    ]
    yield label(x + 62, 10, title, "middle", bold=True)
    for at in range(TOKENS):
        middle = cell * (at + 0.5)
        yield label(x + middle, y - 12, str(at + 1), "middle")
        yield label(x - 8, y + middle, str(at + 1), "end")
    yield group(cells(x, y, cell, places, 0.5), color=color)
    yield grid(x, y, TOKENS, TOKENS, cell)
    hidden = ((c, r) for r in range(TOKENS) for c in range(TOKENS) if not sees(r, c))
    crosses = "".join(
        f"M{number(x + cell * c + 9)} {number(y + cell * r + 9)}l7 7m0 -7l-7 7" for c, r in hidden
    )
    if crosses:
        yield stroke(crosses)


def transformer_block_2017_and_today() -> Figure:
    """Draw the Transformer block of 2017 and one that is common in today's language models."""
    return Figure(
        "The Transformer block of 2017 and one common in language models today",
        "Both are read from bottom to top. In 2017 sinusoids are added to the input once, and "
        "LayerNorm comes after each addition, on the main path. Today RMSNorm comes before "
        "attention and before the feed-forward network, inside the branches, so that the main "
        "path has only additions; attention has grouped queries and rotary positions, the "
        "feed-forward network SwiGLU.",
        350,
        (*_block_of_2017(40), *_block_of_today(196)),
    )


def _block_of_2017(x: float) -> Iterator[Element]:
    yield label(x + 42, 10, "2017", "middle", bold=True)
    yield from _ends(x)
    yield from (circle(x, y, 9, "+") for y in (302, 212, 92))
    yield arrow((x + 38, 302), (x + 11, 302))
    yield label(x + 42, 302, "sinusoids")
    yield arrow((x, 330), (x, 312))
    yield from (_box_on_path(x, y, "LayerNorm") for y in (166, 46))
    yield arrow((x, 293), (x, 222))
    yield arrow((x, 203), (x, 193))
    yield arrow((x, 166), (x, 102))
    yield arrow((x, 83), (x, 73))
    yield arrow((x, 46), (x, 34))
    yield box(x + 38, 230, 90, 30, "attention", 1)
    yield from _branch(x, x + 83, 274, 260, 230, 212)
    yield box(x + 38, 108, 90, 36, "feed-forward\n(ReLU)", 2)
    yield from _branch(x, x + 83, 156, 144, 108, 92)


def _block_of_today(x: float) -> Iterator[Element]:
    yield label(x + 74, 10, "today", "middle", bold=True)
    yield from _ends(x)
    yield from (circle(x, y, 9, "+") for y in (186, 60))
    yield arrow((x, 330), (x, 196))
    yield arrow((x, 177), (x, 70))
    yield arrow((x, 51), (x, 34))
    middle, left = x + 82, x + 26
    yield box(left, 272, 112, 24, "RMSNorm")
    yield arrow((middle, 272), (middle, 256))
    yield box(left, 204, 112, 51, "attention,\ngrouped queries,\nRoPE", 1)
    yield from _branch(x, middle, 310, 296, 204, 186)
    yield box(left, 130, 112, 24, "RMSNorm")
    yield arrow((middle, 130), (middle, 115))
    yield box(left, 78, 112, 36, "feed-forward\n(SwiGLU)", 2)
    yield from _branch(x, middle, 168, 154, 78, 60)


def _ends(x: float) -> Iterator[Element]:
    yield label(x, 340, "in", "middle")
    yield label(x, 26, "out", "middle")


def _box_on_path(x: float, y: float, text: str) -> Element:
    return box(x - 36, y, 72, 26, text)


def _branch(  # noqa: PLR0913, PLR0917 - five heights of one path
    x: float, middle: float, leaves: float, bottom: float, top: float, joins: float
) -> Iterator[Element]:
    """Yield the arrows that leave the main path, enter a box from below, and join it again."""
    yield arrow((x, leaves), (middle, leaves), (middle, bottom + 1))
    yield arrow((middle, top), (middle, joins), (x + 11, joins))


def encoding(position: int, dimension: int) -> float:
    """Return a value of the sinusoidal encoding."""
    angle = position / 10_000 ** (dimension // 2 * 2 / DIMENSIONS)
    return cos(angle) if dimension % 2 else sin(angle)


def sinusoidal_encoding() -> Figure:
    """Draw a heat map of sinusoidal encodings."""
    left, top, cell = 38, 32, 7.5
    right, bottom = left + DIMENSIONS * cell, top + POSITIONS * cell
    ticks = (0, 8, 16, 24, 31)
    shades = range(SHADES)
    return Figure(
        "Sinusoidal positional encodings, position against dimension",
        "A heat map of 32 positions, downward, by 32 dimensions, from no shade for −1 to full "
        "shade for 1. The left columns change every few positions, the columns to the right more "
        "and more slowly, and the last ones hardly at all.",
        310,
        (
            group(
                *(_shade(left, top, cell, shade) for shade in shades if shade),
                rectangle(
                    left,
                    top,
                    DIMENSIONS * cell,
                    POSITIONS * cell,
                    fill="none",
                    stroke="currentColor",
                    stroke_opacity=".5",
                ),
                color=1,
            ),
            group(
                label(4, 12, "position"),
                *(label(left - 6, top + (at + 0.5) * cell, str(at), "end") for at in ticks),
                *(label(left + (at + 0.5) * cell, bottom + 12, str(at), "middle") for at in ticks),
                label(right, bottom + 29, "dimension", "end"),
                *(
                    label(318, 60 + 10 * (8 - at) + 5, text)
                    for at, text in ((0, "−1"), (4, "0"), (8, "1"))
                ),
                color="quiet",
            ),
            group(
                *(
                    rectangle(296, 60 + 10 * (8 - at), 14, 10, fill_opacity=_opacity(at))
                    for at in shades
                ),
                color=1,
            ),
        ),
    )


def shade_of(value: float) -> int:
    """Return the nearest shade to a value from −1 to 1."""
    return round((value + 1) / 2 * (SHADES - 1))


def _opacity(shade: int) -> str:
    return f"{shade / (SHADES - 1) * 0.92:.2g}".removeprefix("0") or "0"


def _shade(left: float, top: float, cell: float, shade: int) -> Element:
    """Return all cells of a shade; those below each other are one line, as wide as a cell."""
    data = "".join(
        f"M{number(left + (column + 0.5) * cell)} {number(top + start * cell)}"
        f"v{number(count * cell)}"
        for column in range(DIMENSIONS)
        for start, count in _runs(column, shade)
    )
    return element(
        "path", d=data, stroke="currentColor", stroke_width=cell, stroke_opacity=_opacity(shade)
    )


def _runs(column: int, shade: int) -> Iterator[tuple[int, int]]:
    """Yield where positions of a shade begin in a column, and how many follow each other."""
    start = None
    for position in range(POSITIONS + 1):
        inside = position < POSITIONS and shade_of(encoding(position, column)) == shade
        if inside and start is None:
            start = position
        elif not inside and start is not None:
            yield start, position - start
            start = None
