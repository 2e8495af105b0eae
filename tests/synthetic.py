"""Sources of any size, made deterministically from the real one."""

from __future__ import annotations

import random
import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "docs/_source/questions.md"
PER_TOPIC = 20
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu zen".split()


def source(number: int) -> str:
    """Return a source with `number` questions, twenty a topic, no two alike.

    Real questions and answers are the templates; 40 % of their longer words are replaced from a
    vocabulary in which a few words are common and most are rare.
    """
    random_words = random.Random(number)  # noqa: S311 - the same source every time
    pairs = re.findall(
        r"^\*   \*\*(.+)\*\*\n    - (.+)$", SOURCE.read_text(encoding="utf-8"), re.MULTILINE
    )
    lines = ["# Synthetic questions and answers"]
    for index in range(number):
        if index % PER_TOPIC == 0:
            lines += ["", f"### **{index // PER_TOPIC + 1}. {_word(random_words)} {_name(index)}**"]
        question, answer = pairs[index % len(pairs)]
        lines.append(f"*   **{_varied(question, random_words)} ({_name(index)})**")
        lines += [f"    - {_varied(answer, random_words)}", ""]
    return "\n".join(lines)


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
