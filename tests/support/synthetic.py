"""Sources of any size, generated deterministically from a real one."""

from __future__ import annotations

import itertools
import json
import math
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qna.data import word_numbers

SOURCE = Path(__file__).resolve().parents[2] / "docs/_source/questions.md"
FIXTURE = Path(__file__).resolve().parents[1] / "fixture/docs/_source/questions.md"
ENOUGH = 10
"""Questions from which on those of a source can be templates."""
_PLAIN = re.compile(
    r"^\*   \*\*([^\n*_`\[\]<>{}$\\]+)\*\*\n    - ([^\n*_`\[\]<>{}$\\#|]+)\n(?=\n|\Z)",
    re.MULTILINE,
)
"""A question and an answer without any Markdown."""
PER_TOPIC = 20
EVERY = 7
"""One of so many answers has a block."""
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu zen".split()


HOSTILE = {
    "words": "word and ",
    "links that are not closed": "[a](",
    "brackets": "[",
    "emphasis that is not closed": " *a _b",
    "backticks of all lengths": "".join("`" * number + "a" for number in range(1, 200)),
    "quotes": ">",
    "list markers": "- ",
    "cells": "|a",
    "angle brackets": "<a",
    "entities": "&#1",
    "footnotes": "[^",
    "attributes": "{: ",
    "comments": "<!--",
    "tags": "<a b ",
    "references": "[a][b]",
    "addresses": "[a](b c)",
    "an address behind blanks": "[a](" + " " * 49_990 + "b",
    "code within brackets": "[`a ``b ",
    "an escaped bracket": "[\\]",
    "backticks behind escaped ones": "[a\\``b",
}
"""Pieces to repeat in a long answer, which take a careless parser too long."""
DEFINITIONS = ("*[a", "[^a", "[a", "[^a]: x")
"""Lines that start like a definition."""


def long_answer(piece: str, length: int, width: int) -> str:
    """Return a source with one answer: a piece repeated up to a length, in lines of a width."""
    text = (piece * (length // len(piece) + 1))[:length]
    lines = [text[start : start + width] for start in range(0, len(text), width)]
    return one_answer(["Because", *(f"  x{line}" for line in lines)])


def one_answer(lines: Sequence[str]) -> str:
    """Return a source with one question and the lines of its answer."""
    first, *rest = lines
    indented = [f"    - {first}", *(f"    {line}" for line in rest)]
    return "\n".join(["# T\n", "### **1. Topic**", "*   **Why?**", *indented, ""])


def source(number: int, templates: Path = FIXTURE) -> str:
    """Return a source with `number` different questions, twenty per topic.

    Questions and answers of a real source are the templates, or those of the fixture if it has too
    few plain ones. 40% of their longer words are replaced with words from a vocabulary in which a
    few words are common and most are rare. Every seventh answer goes on with code, a table or a
    formula.
    """
    random_words = random.Random(number)  # noqa: S311 - the same source every time
    pairs = _pairs(templates)
    if len(pairs) < ENOUGH:
        pairs = _pairs(FIXTURE)
    lines = ["# Synthetic questions and answers"]
    for index in range(number):
        if index % PER_TOPIC == 0:
            lines += ["", f"### **{index // PER_TOPIC + 1}. {_word(random_words)} {_name(index)}**"]
        question, answer = pairs[index % len(pairs)]
        lines.append(f"*   **{_varied(question, random_words)} ({_name(index)})**")
        lines.append(f"    - {_varied(answer, random_words)}")
        lines += [*_block(index // EVERY, random_words), ""] if index % EVERY == 0 else [""]
    return "\n".join(lines)


def _pairs(source: Path) -> list[tuple[str, str]]:
    """Return the plain questions of a source, and their answers."""
    return _PLAIN.findall(source.read_text(encoding="utf-8")) if source.is_file() else []


def _block(number: int, random_words: random.Random) -> list[str]:
    """Return the lines of a block of code, a table or a formula."""
    one, two, three = (_word(random_words) for _ in range(3))
    blocks = (
        [
            "```python",
            f"def {one}({two}, size={number}):",
            f"    return {two}.{three}(size)",
            "```",
        ],
        [f"| {one} | {two} |", "| --- | ---: |", f"| {three} | {number} |", f"| `{two}` | 0.5 |"],
        [
            "$$",
            rf"\hat{{y}}_{{{number}}} = \sigma\left(\sum_i w_i x_i + \frac{{b}}{{{number + 1}}}\right)",
            "$$",
        ],
    )
    return ["", *(f"      {line}" for line in blocks[number % len(blocks)])]


def _varied(text: str, random_words: random.Random) -> str:
    return re.sub(
        r"\b[a-z]{6,}\b",
        lambda match: _word(random_words) if random_words.random() < 0.4 else match[0],
        text,
    )


def _word(random_words: random.Random) -> str:
    rank = min(int(random_words.paretovariate(0.7)), 60_000)
    return _name(rank * 7919)


def _name(number: int) -> str:
    """Spell a number in syllables."""
    spelled = SYLLABLES[number % 21]
    while number := number // 21:
        spelled += SYLLABLES[number % 21]
    return spelled + SYLLABLES[0] if len(spelled) < 5 else spelled


def search_data(number: int) -> str:
    """Return `search/data.json` for a source with `number` questions; the real one for 98.

    Phrases are the real ones, varied like the questions; a question's id ends with its number.
    """
    real = (SOURCE.parents[1] / "search/data.json").read_text(encoding="utf-8")
    data: dict[str, Any] = word_numbers.unpacked(json.loads(real))
    rows = data["questions"]
    if number == len(rows):
        return real
    random_words = random.Random(number)  # noqa: S311 - the same data every time
    data["topics"] = [
        [f"topic-{topic}", f"{_word(random_words)} {_name(topic)}"]
        for topic in range(math.ceil(number / PER_TOPIC))
    ]
    templates = itertools.cycle(zip(rows, data["phrases"], strict=True))
    data["questions"], data["phrases"] = [], []
    for index, (row, phrases) in zip(range(number), templates, strict=False):
        question, answer, ways = (_varied(text, random_words) for text in (*row[2:4], phrases))
        data["questions"].append([f"{row[0]}-{index}", index // PER_TOPIC, question, answer])
        data["phrases"].append(ways)
    packed = word_numbers.packed(data)
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":"))


def glossary(number: int) -> str:
    """Return `glossary.toml` with `number` different terms, which no question explains."""
    return "\n".join(
        f'[[term]]\nname = "{_name(index).capitalize()}"\nmeaning = "Term {index}."\n'
        "explained_by = []\n"
        for index in range(number)
    )
