"""Wording of counts, reading times and suggestions."""

from __future__ import annotations

import pytest
from qna.wording import READING_SPEED, counted, minutes_to_read, suggestion


def test_counted() -> None:
    """One thing is singular, all other numbers are plural, and thousands have a separator."""
    assert [counted(number, "topic") for number in (0, 1, 2, 1000)] == [
        "0 topics",
        "1 topic",
        "2 topics",
        "1,000 topics",
    ]


@pytest.mark.parametrize(
    ("texts", "minutes"),
    [
        ([], 1),
        (["a word"], 1),
        (["word " * READING_SPEED], 1),
        (["word " * READING_SPEED, "and another, " * READING_SPEED], 3),
        (["don't stop at 3.5% (or so) -- never! " * READING_SPEED], 9),
        (["深層学習のモデル" * READING_SPEED], 4),
        (["ศิลปะ " * READING_SPEED], 1),
    ],
)
def test_minutes_to_read(texts: list[str], minutes: int) -> None:
    """Minutes are rounded, but at least one; scripts without spaces count by letters."""
    assert minutes_to_read(texts) == minutes


def test_suggestion() -> None:
    """Up to three similar names are suggested, or none if there are none."""
    names = ["dropout", "pooling", "polling", "pool"]

    assert suggestion("poolin", names) == "'pooling' or 'pool' or 'polling'"
    assert suggestion("zzz", names) == ""
