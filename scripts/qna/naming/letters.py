"""Letters and words of any script. `letters.json` has the rules, which the search shares.

Its values are parts of regular expressions, for Python and JavaScript alike:

- `unseen`: invisible characters;
- `optional_marks`: marks that are often left out, such as accents and vowel points, and the letters
  that they are left out after (any, if empty);
- `letters`: letters, and how they are written without special letters;
- `unspaced`: letters of scripts without spaces between words. Hangul, whose words grow by endings,
  is treated the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from unicodedata import category, normalize

_RULES = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
_UNSEEN = re.compile(f"[{_RULES['unseen']}]+")
_OPTIONAL = [
    re.compile(
        f"([{rule['after']}])[{rule['marks']}]+" if rule["after"] else f"()[{rule['marks']}]+"
    )
    for rule in _RULES["optional_marks"]
]
_LETTERS = _RULES["letters"]
_LETTER = re.compile("|".join(_LETTERS))
_UNSPACED = re.compile(f"[{_RULES['unspaced']}]")
_PART = re.compile(f"[{_RULES['unspaced']}]+|[^{_RULES['unspaced']}]+")

_ASCII_WORD = re.compile(r"[^\W_]+")
_MARKS = {"Mn", "Mc"}
"""Categories of marks that belong to a letter."""


def folded(text: str) -> str:
    """Return a text in lower case, without optional marks and special letters."""
    if text.isascii():
        return text.lower()
    text = normalize("NFKC", _UNSEEN.sub("", text)).lower()
    text = normalize("NFD", text)
    for marks in _OPTIONAL:
        text = marks.sub(r"\1", text)
    return _LETTER.sub(lambda letter: _LETTERS[letter[0]], normalize("NFC", text))


def spelled(text: str) -> str:
    """Return a text with its case folded, but with all its marks and letters."""
    text = normalize("NFKC", normalize("NFKC", _UNSEEN.sub("", text)).casefold())
    return text.replace("i\u0307", "i")  # from case folding the Turkish dotted capital I


def is_lowercase(text: str) -> bool:
    """Tell whether a text is in lower case, as it is typed or folded, with composed characters."""
    plain = normalize("NFKC", _UNSEEN.sub("", text)).replace("i\u0307", "i")
    return text in {plain.lower(), plain.casefold(), folded(text)}


def split(text: str) -> list[str]:
    """Split a text into words: letters, digits and their marks."""
    if text.isascii():
        return _ASCII_WORD.findall(text)
    spaced = "".join(char if _is_in_word(char) else " " for char in text)
    return [word for word in spaced.split() if _ASCII_WORD.search(word)]


def words(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return split(folded(text))


def terms(text: str) -> list[str]:
    """Return the words of a text, those without spaces between them as pairs of characters."""
    text = folded(text)
    if not is_unspaced(text):
        return split(text)
    return [term for word in split(text) for term in _pairs(word)]


def is_unspaced(text: str) -> bool:
    """Tell whether a text has letters of scripts without spaces between words."""
    return not text.isascii() and bool(_UNSPACED.search(text))


def _is_in_word(char: str) -> bool:
    """Tell whether a character is a letter, a digit or a mark."""
    return char.isalnum() or category(char) in _MARKS


def _pairs(word: str) -> Iterator[str]:
    for part in _PART.findall(word):
        if is_unspaced(part) and len(part) > 1:
            yield from (one + other for one, other in pairwise(part))
        else:
            yield part
