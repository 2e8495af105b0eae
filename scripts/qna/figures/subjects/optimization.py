"""Descent: step sizes, paths, schedules, and the search for hyperparameters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import cos, exp, pi, sin, sqrt
from random import Random

from qna.figures.plots import (
    Frame,
    Scale,
    axes,
    clipped,
    curve,
    guide,
    marks,
    sampled,
    simplified,
)
from qna.figures.svg import (
    Element,
    Figure,
    Point,
    group,
    label,
    number,
    polyline,
    rectangle,
    stroke,
)

Vector = tuple[float, float]
Update = Callable[[Vector, int], Vector]

CURVATURES = (1.0, 20.0)
"""Curvature of the ravine along x and along y."""
START = (-4.0, 1.5)
"""Where paths begin."""
SEED = 478
"""Of the random search."""


def descent_with_three_learning_rates() -> Figure:
    """Draw descent on a parabola with a learning rate that is too small, suitable and too large."""
    panels = (
        (1, "too small", 0.02, -2.0, 6),
        (2, "suitable", 0.4, -2.0, 4),
        (3, "too large", 1.1, 1.0, 5),
    )
    return Figure(
        "Gradient descent on a parabola with three learning rates",
        "Three panels with the parabola x². With a rate of 0.02 the points creep down one side. "
        "With 0.4 they reach the bottom in a few steps. With 1.1 they jump from side to side and "
        "climb out of the frame.",
        170,
        tuple(_descent(4 + 114 * at, *panel) for at, panel in enumerate(panels)),
    )


def _descent(  # noqa: PLR0913, PLR0917 - a place and the columns of the table
    left: float, color: int, text: str, rate: float, start: float, steps: int
) -> Element:
    frame = Frame(Scale(-2.5, 2.5, left, left + 104), Scale(0, 6, 164, 48))
    path = [(x, x * x) for x in steps_on_parabola(rate, start, steps)]
    return group(
        group(curve(frame, sampled(lambda x: x * x, -2.5, 2.5)), color="quiet"),
        label(left + 52, 10, text, "middle", bold=True),
        label(left + 52, 30, f"rate {rate:g}", "middle"),
        group(_path(frame, path), marks(frame, path, 3), color=color),
    )


def steps_on_parabola(rate: float, start: float, steps: int) -> list[float]:
    """Return x at the start and after each step of descent on x²."""
    return [start * (1 - 2 * rate) ** step for step in range(steps + 1)]


def optimizer_paths_in_a_ravine() -> Figure:
    """Draw paths of gradient descent, momentum and Adam in a ravine."""
    paths = (
        (1, "gradient descent", descent_path(CURVATURES, START, 0.09, 40)),
        (2, "momentum", momentum_path(0.03, 0.8, 40)),
        (3, "Adam", adam_path(0.3, 40)),
    )
    return Figure(
        "Paths of gradient descent, momentum and Adam in a ravine",
        "Three pictures of the same long oval contours, with 40 steps from the same start. "
        "Gradient descent zigzags across the valley and moves slowly along it. Momentum swings, "
        "then moves faster along the valley. Adam heads almost diagonally for the valley floor "
        "and overshoots a little.",
        340,
        tuple(
            _ravine(24 + 114 * at, color, text, path)
            for at, (color, text, path) in enumerate(paths)
        ),
    )


def _ravine(top: float, color: int, text: str, path: Sequence[Point]) -> Element:
    frame = Frame(Scale(-4.5, 1.5, 6, 334), Scale(-2, 2, top + 84, top))
    return group(
        group(*contours(frame, CURVATURES, (0.5, 2, 5, 10, 20, 30)), color="quiet"),
        label(6, top - 10, text, bold=True),
        group(_path(frame, path), marks(frame, path, 2), color=color),
    )


def contours(frame: Frame, curvatures: Vector, levels: Sequence[float]) -> Iterator[Element]:
    """Yield lines where half the sum of curvature times square has a level, within the frame."""
    for level in levels:
        across, up = (sqrt(2 * level / curvature) for curvature in curvatures)
        ellipse = [
            frame.at(across * cos(turn), up * sin(turn))
            for turn in (pi * step / 60 for step in range(121))
        ]
        data = "".join(polyline(simplified(run, 0.2)) for run in clipped(ellipse, frame.box))
        yield stroke(data, stroke_opacity=".35")


def descent_path(curvatures: Vector, start: Vector, rate: float, steps: int) -> list[Vector]:
    """Return the points of gradient descent on a bowl."""
    path = [start]
    for _ in range(steps):
        path.append(tuple_of(at - rate * slope for at, slope in _slopes(path[-1], curvatures)))
    return path


def momentum_path(rate: float, decay: float, steps: int) -> list[Vector]:
    """Return the points of gradient descent with momentum in the ravine."""
    path, velocity = [START], (0.0, 0.0)
    for _ in range(steps):
        pairs = zip(velocity, _slopes(path[-1], CURVATURES), strict=True)
        velocity = tuple_of(decay * speed + slope for speed, (_, slope) in pairs)
        path.append(
            tuple_of(at - rate * speed for at, speed in zip(path[-1], velocity, strict=True))
        )
    return path


def adam_path(rate: float, steps: int) -> list[Vector]:
    """Return the points of Adam, with its usual constants, in the ravine."""
    path, first, second = [START], (0.0, 0.0), (0.0, 0.0)
    for step in range(1, steps + 1):
        slopes = [slope for _, slope in _slopes(path[-1], CURVATURES)]
        first = tuple_of(0.9 * m + 0.1 * g for m, g in zip(first, slopes, strict=True))
        second = tuple_of(0.999 * v + 0.001 * g * g for v, g in zip(second, slopes, strict=True))
        path.append(
            tuple_of(
                at - rate * m / (1 - 0.9**step) / (sqrt(v / (1 - 0.999**step)) + 1e-8)
                for at, m, v in zip(path[-1], first, second, strict=True)
            )
        )
    return path


def tuple_of(pair: Iterable[float]) -> Vector:
    """Return two numbers as a vector."""
    one, other = pair
    return one, other


def _slopes(at: Vector, curvatures: Vector) -> Iterator[tuple[float, float]]:
    """Yield each coordinate with the slope there."""
    return ((x, curvature * x) for x, curvature in zip(at, curvatures, strict=True))


def contours_raw_and_scaled() -> Figure:
    """Draw contours and paths of gradient descent with raw and with scaled features."""
    return Figure(
        "Contours of the loss and paths of gradient descent, with raw and with scaled features",
        "With raw features the contours are long ovals, and the path of 12 steps zigzags across "
        "them. With scaled features the contours are circles, and the path of 6 steps leads "
        "straight to the minimum.",
        264,
        (
            *_bowl(24, "raw features", 1, (1, 16), (1, 4, 10, 20), (0.11, 12)),
            *_bowl(154, "scaled features", 2, (1, 1), (0.5, 1, 2, 4), (0.5, 6)),
        ),
    )


def _bowl(  # noqa: PLR0913, PLR0917 - a place and the columns of the table
    top: float,
    text: str,
    color: int,
    curvatures: Vector,
    levels: Sequence[float],
    rate_and_steps: tuple[float, int],
) -> tuple[Element, ...]:
    frame = Frame(Scale(-4.5, 4.5, 116, 314), Scale(-2.5, 2.5, top + 110, top - 10))
    path = descent_path(curvatures, START, *rate_and_steps)
    x, y = frame.at(0, 0)
    return (
        group(*contours(frame, curvatures, levels), color="quiet"),
        stroke(f"M{number(x - 4)} {number(y - 4)}l8 8m0 -8l-8 8"),
        label(4, top, text.replace(" ", "\n"), bold=True),
        group(_path(frame, path), marks(frame, path, 2), color=color),
    )


def _path(frame: Frame, path: Sequence[Point]) -> Element:
    return stroke(
        "".join(polyline(run) for run in clipped([frame.at(*at) for at in path], frame.box)),
        stroke_width=1.5,
    )


DROPS, WARMUP, DECAY = (0.5, 0.8), 0.05, 0.1
"""When step decay falls, and how long warmup and the last decay take, as shares of training."""
RESTARTS = (0.0, 1 / 7, 3 / 7, 1.0)
"""Where the cycles of warm restarts begin, and the end."""


def step_decay(t: float) -> float:
    """Return a rate that falls to a tenth after a half and again after four fifths."""
    return 10.0 ** -sum(t >= drop for drop in DROPS)


def cosine_after_warmup(t: float) -> float:
    """Return a rate that rises for a twentieth, then falls to 0 along half a cosine."""
    return t / WARMUP if t < WARMUP else (1 + cos(pi * (t - WARMUP) / (1 - WARMUP))) / 2


def warm_restarts(t: float) -> float:
    """Return a rate that falls along half a cosine three times, each twice as long."""
    start = max(begin for begin in RESTARTS[:-1] if begin <= t)
    end = min(end for end in RESTARTS if end > start)
    return (1 + cos(pi * (t - start) / (end - start))) / 2


def warmup_stable_decay(t: float) -> float:
    """Return a rate that rises for a twentieth, stays, and falls to 0 in the last tenth."""
    return min(t / WARMUP, 1.0, (1 - t) / DECAY)


def learning_rate_schedules() -> Figure:
    """Draw four schedules of the learning rate."""
    panels = (
        (1, "step decay", step_decay, DROPS),
        (2, "cosine, warmup", cosine_after_warmup, (WARMUP,)),
        (3, "warm restarts", warm_restarts, RESTARTS[1:-1]),
        (4, "warmup, stable, decay", warmup_stable_decay, (WARMUP, 1 - DECAY)),
    )
    return Figure(
        "Learning rate over training for four schedules",
        "Step decay falls in two jumps, to a tenth and to a hundredth of the peak. Cosine falls "
        "smoothly after a short rise. Warm restarts jump back to the peak twice, each time for "
        "twice as long. Warmup-stable-decay rises, stays flat, and falls in the last tenth.",
        272,
        tuple(
            _schedule(22 + 166 * (at % 2), 34 + 132 * (at // 2), *panel)
            for at, panel in enumerate(panels)
        ),
    )


def _schedule(  # noqa: PLR0913, PLR0917 - a place and the columns of the table
    left: float,
    top: float,
    color: int,
    text: str,
    rate: Callable[[float], float],
    corners: Sequence[float],
) -> Element:
    frame = Frame(Scale(0, 1, left, left + 134), Scale(0, 1.05, top + 80, top))
    times = sorted({*(step / 400 for step in range(401)), *corners, *(at - 1e-9 for at in corners)})
    return group(
        axes(frame, ("", {0: "0", 0.5: "50%", 1: "100%"}), ("", {0: "0", 1: "1"})),
        label(left - 18, top - 16, text, bold=True),
        group(curve(frame, [(t, rate(t)) for t in times]), color=color),
    )


def grid_and_random_search() -> Figure:
    """Draw nine trials of grid search and of random search, where one of two dimensions matters."""
    random = Random(SEED)
    spread = (1 / 6, 3 / 6, 5 / 6)
    on_grid = [(x, y) for x in spread for y in spread]
    at_random = [(random.random(), random.random()) for _ in range(9)]
    return Figure(
        "Nine trials on a grid and nine at random",
        "Two squares, with the setting that matters across and one that does not upward, and "
        "above them the score by the setting that matters. The grid tests three values of it and "
        "misses the peak; random search tests nine, and one comes close.",
        254,
        (
            *_search(20, 1, "grid: 3 values", on_grid),
            *_search(190, 2, "random: 9 values", at_random),
        ),
    )


def score(x: float) -> float:
    """Return the score at a value of the setting that matters."""
    return exp(-(((x - 0.63) / 0.1) ** 2))


def _search(left: float, color: int, text: str, trials: Sequence[Point]) -> tuple[Element, ...]:
    top = Frame(Scale(0, 1, left, left + 140), Scale(0, 1.1, 84, 28))
    square = Frame(Scale(0, 1, left, left + 140), Scale(0, 1, 230, 90))
    values = sorted({x for x, _ in trials})
    return (
        label(left + 70, 10, text, "middle", bold=True),
        group(curve(top, sampled(score, 0, 1)), color="quiet"),
        rectangle(
            left,
            90,
            140,
            140,
            fill="none",
            stroke="currentColor",
            stroke_opacity=".5",
        ),
        *(
            guide(top.at(x, score(x)), square.at(x, min(y for at, y in trials if at == x)))
            for x in values
        ),
        group(
            marks(square, trials, 4), marks(top, [(x, score(x)) for x in values], 3), color=color
        ),
        label(left + 70, 243, "this setting matters", "middle"),
    )
