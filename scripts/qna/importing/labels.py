"""Labels: words that only say what follows, such as an answer or the contents."""

from __future__ import annotations

import re
import tomllib
from html import unescape
from pathlib import Path

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_ANSWERS = frozenset(_DATA["answers"].casefold().split())
_SHOWS = frozenset(_DATA["shows"].split())
_SHORT = frozenset(_DATA["short_answers"].split())
_CONTENTS = frozenset(_DATA["contents"].casefold().split("\n"))
QUESTIONS = "|".join(sorted(_DATA["questions"].split(), key=lambda word: (-len(word), word)))
"""Words before a question, as a part of a regular expression."""


def bare(text: str) -> str:
    """Return the words of a text without tags and marks, to compare labels."""
    words = re.findall(r"[^\W_]+", re.sub(r"<[^>]*>", " ", unescape(text)).casefold())
    return " ".join(words)


def announces_answer(text: str, repeated: frozenset[str] = frozenset()) -> bool:
    """Tell whether a text only says that an answer or the contents follow.

    `repeated` are texts that do so in this file, because they come again and again.
    """
    label = bare(text)
    words = [word for word in label.split() if word not in _SHOWS]
    return bool(label) and (
        label in repeated or announces_contents(text) or all(word in _ANSWERS for word in words)
    )


def precedes_answer(word: str, repeated: frozenset[str]) -> bool:
    """Tell whether a word before a colon only says that the answer follows."""
    return announces_answer(word, repeated) or bare(word) in _SHORT


def announces_contents(text: str) -> bool:
    """Tell whether a text only says that the contents follow."""
    return bare(text) in _CONTENTS and bool(bare(text))
