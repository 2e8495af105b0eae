"""Typesetting with Typst: each part of a book as a separate PDF, or pictures of pages.

Typst gets a part as data, so nothing in it can become code. Each part is tagged for screen readers,
as PDF/UA-1 asks for: Typst refuses to write one that is not.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import typst
from PIL import Image

from qna.downloads import UnreadableError, book_fonts
from qna.downloads.book_fonts import Fonts
from qna.downloads.kept import Keep
from qna.downloads.pictures import png

TEMPLATE = Path(__file__).with_name("book.typ")
MONO = ("DejaVu Sans Mono",)
"""Families for code; Typst has them inside."""
_NAMES = frozenset("address alt alttext anchor colors href id language part region url".split())
"""Keys of values that readers do not see."""
_PPI = 100
"""Pixels per inch of a picture."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a book is set for; all lengths are in millimeters."""

    width: int
    height: int
    margin: int
    headed: bool = True
    """Whether pages have headers."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The data of a part, with what the fonts have."""

    data: Mapping[str, Any]
    fonts: Fonts
    boxes: int
    """How many of its letters are boxes, which no font has."""
    letters: int


PAPER = Paper(176, 250, 19)
"""B5, the size of textbooks: it is printed on A4 and Letter, and read on a tablet."""
E_READER = Paper(122, 163, 10, headed=False)
"""The screen of an e-reader."""


def drawn(data: Mapping[str, Any], paper: Paper = PAPER, keep: Keep | None = None) -> Drawn:
    """Return the data of a part with what is drawn for its texts."""
    text = "".join(_texts(data))
    fonts = book_fonts.chosen(text, keep=keep)
    set_for = {"fonts": fonts.families, "mono": MONO, "paper": asdict(paper)}
    letters = sum(count for char, count in Counter(text).items() if char.isalpha())
    shown = _mapped(data, fonts.drawable) if fonts.replaced else data
    return Drawn({**shown, **set_for}, fonts, fonts.boxes(text), letters)


def pdf(part: Drawn, day: date) -> bytes:
    """Return a part as a PDF of a day. Raises UnreadableError."""
    made = _typeset(part, "pdf", day)
    assert isinstance(made, bytes)
    return made


def picture(part: Drawn, day: date) -> bytes:
    """Return a PNG of the first page of a part. Raises UnreadableError."""
    pages = _typeset(part, "png", day)
    first = pages[0] if isinstance(pages, list) else pages
    assert first is not None
    return png(Image.open(BytesIO(first)).convert("RGB"))


def _texts(data: object, key: str = "") -> Iterator[str]:
    """Yield the texts in data that readers see."""
    if isinstance(data, str) and key not in _NAMES:
        yield data
    elif isinstance(data, Mapping):
        for name, value in data.items():
            yield from _texts(value, name)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value, key)


def _mapped(
    data: Any,  # noqa: ANN401 - what JSON can hold
    change: Callable[[str], str],
    key: str = "",
) -> Any:  # noqa: ANN401
    """Return data with each text that readers see changed."""
    if isinstance(data, str) and key not in _NAMES:
        return change(data)
    if isinstance(data, Mapping):
        return {name: _mapped(value, change, name) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_mapped(value, change, key) for value in data]
    return data


def _typeset(part: Drawn, form: Literal["pdf", "png"], day: date) -> bytes | list[bytes] | None:
    with TemporaryDirectory() as folder:
        part.fonts.write(Path(folder))
        compiler = typst.Compiler(
            TEMPLATE,
            TEMPLATE.parent,
            font_paths=[Path(folder)],
            ignore_system_fonts=True,
            sys_inputs={"book": json.dumps(part.data)},
        )
        try:
            return compiler.compile(
                format=form,
                ppi=_PPI,
                pdf_standards=["ua-1"] if form == "pdf" else [],
                timestamp=datetime.combine(day, time(), UTC),
            )
        except typst.TypstError as error:
            raise UnreadableError(f"Typst cannot set it: {error.message}") from error
