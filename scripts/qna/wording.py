"""Wording: counts with their noun, and suggestions for misspelled names."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def counted(number: int, noun: str) -> str:
    """Return a count with its noun, such as `1 question` or `1,000 questions`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def suggestion(name: str, names: Iterable[str]) -> str:
    """Return up to three names similar to `name`, as a phrase for a hint; empty if none are."""
    return " or ".join(f"'{found}'" for found in get_close_matches(name, names, n=3, cutoff=0.3))
