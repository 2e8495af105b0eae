"""Wording: counts with their noun, reading times, and suggestions for misspelled names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

READING_SPEED = 200
"""Words per minute."""
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]{1,2}"  # Chinese and Japanese
    r"|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{1,6}"  # Thai, Lao, Burmese, Khmer
    r"|[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)
"""A word, or as many letters of a script without spaces as a word has on average."""


def counted(number: int, noun: str) -> str:
    """Return a count with its noun, such as `1 question` or `1,000 questions`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def minutes_to_read(texts: Iterable[str]) -> int:
    """Return how long plain texts take to read: at least a minute."""
    words = sum(len(_WORD.findall(text)) for text in texts)
    return max(1, round(words / READING_SPEED))


def suggestion(name: str, names: Iterable[str]) -> str:
    """Return up to three names similar to `name`, as a phrase for a hint; empty if none are."""
    return " or ".join(f"'{found}'" for found in get_close_matches(name, names, n=3, cutoff=0.3))
