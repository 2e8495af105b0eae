"""Words for people: counts and suggestions."""

from __future__ import annotations

from qna.wording import counted, suggestion


def test_counted() -> None:
    """One thing is singular, all other numbers are plural, and thousands are parted."""
    assert [counted(number, "topic") for number in (0, 1, 2, 1000)] == [
        "0 topics",
        "1 topic",
        "2 topics",
        "1,000 topics",
    ]


def test_suggestion() -> None:
    """Up to three names that are like one are offered; none where none is."""
    names = ["dropout", "pooling", "polling", "pool"]

    assert suggestion("poolin", names) == "'pooling' or 'pool' or 'polling'"
    assert suggestion("zzz", names) == ""
