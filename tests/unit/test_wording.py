"""Wording of counts and suggestions."""

from __future__ import annotations

from qna.wording import counted, suggestion


def test_counted() -> None:
    """One thing is singular, all other numbers are plural, and thousands have a separator."""
    assert [counted(number, "topic") for number in (0, 1, 2, 1000)] == [
        "0 topics",
        "1 topic",
        "2 topics",
        "1,000 topics",
    ]


def test_suggestion() -> None:
    """Up to three similar names are suggested, or none if there are none."""
    names = ["dropout", "pooling", "polling", "pool"]

    assert suggestion("poolin", names) == "'pooling' or 'pool' or 'polling'"
    assert suggestion("zzz", names) == ""
