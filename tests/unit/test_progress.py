"""Who waits at a terminal is told how far the splitter is; nobody else is."""

from __future__ import annotations

from io import StringIO
from itertools import count

import pytest
from qna.progress import Progress


class Terminal(StringIO):
    """What a terminal shows."""

    def isatty(self) -> bool:
        """Tell that it is one."""
        return True


@pytest.mark.parametrize(
    ("stream", "pace", "shown"),
    [
        (Terminal(), 1, "1 of 5 files written\n3 of 5 files written\n"),
        (Terminal(), 0.1, ""),
        (StringIO(), 1, ""),
    ],
    ids=["slow", "fast", "to a file"],
)
def test_progress(stream: StringIO, pace: float, shown: str) -> None:
    """There is a message every two seconds."""
    progress = Progress(stream, map(pace.__mul__, count()).__next__)

    assert list(progress.over("abcde", 5, "files written")) == list("abcde")
    assert stream.getvalue() == shown
