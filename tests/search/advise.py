"""Advice for authors: which questions search cannot tell apart, and which phrases mislead it.

Every text of a question (itself, and other ways to ask it) is searched as a query. A text that finds
another question first is of no use, or worse.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import evaluate
from qna.data import search_data

SHOWN = 20
"""Most lines of each kind that are printed."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A text of a question, and the questions that it finds."""

    question: str
    """The id of the question."""
    text: str
    found: tuple[str, ...]
    """Ids, best first."""

    @property
    def mistaken(self) -> str:
        """The id of the question found first, if it is another one."""
        first = next(iter(self.found), "")
        return "" if first == self.question else first


def probes(data: Path) -> list[Probe]:
    """Return what each text of each question in the search data finds."""
    texts = list(_texts(search_data.load(data.read_text(encoding="utf-8"))))
    found = evaluate.ranked((text for _, text in texts), data=data)
    return [Probe(name, text, tuple(ids)) for (name, text), ids in zip(texts, found, strict=True)]


def _texts(data: Mapping[str, list[list[str]]]) -> Iterator[tuple[str, str]]:
    for (name, _, question, *_), phrases in zip(data["questions"], data["phrases"], strict=True):
        yield name, question
        # With a final space, the last word is complete.
        yield from ((name, f"{phrase} ") for phrase in str(phrases).split("|") if phrase)


def mixed_up(
    found: Sequence[Probe], siblings: Sequence[frozenset[str]]
) -> Counter[tuple[str, str]]:
    """Return pairs of questions, each with the number of its texts that find the other one first."""
    pairs = ((probe.question, probe.mistaken) for probe in found if probe.mistaken)
    return Counter(pair for pair in pairs if not any({*pair} <= group for group in siblings))


def indistinct(found: Sequence[Probe]) -> list[str]:
    """Return the ids of questions that none of their other ways to ask finds first."""
    by_question: dict[str, list[Probe]] = defaultdict(list)
    for probe in found:
        by_question[probe.question].append(probe)
    return [
        name
        for name, (_, *phrases) in by_question.items()
        if all(phrase.mistaken for phrase in phrases)
    ]


def report(data: Path) -> None:
    """Print the advice for the search data in a file."""
    found = probes(data)
    read = search_data.load(data.read_text(encoding="utf-8"))
    ids = [row[0] for row in read["questions"]]
    siblings = [frozenset(ids[number] for number in group) for group in read["siblings"]]
    _print("questions that none of their phrases finds: write more", indistinct(found))
    pairs = mixed_up(found, siblings).most_common()
    _print(
        "pairs that are mixed up: say in their phrases what tells them apart",
        [f"{count} of {name}'s texts find {other}" for (name, other), count in pairs],
    )
    _print(
        "texts that find another question: reword or move them",
        [
            f"{probe.text.strip()} ({probe.question}) finds {probe.mistaken}"
            for probe in found
            if probe.mistaken
        ],
    )


def _print(title: str, lines: Sequence[str]) -> None:
    print(f"\n{title}")
    for line in lines[:SHOWN]:
        print(f"  {line}")
    if len(lines) > SHOWN:
        print(f"  and {len(lines) - SHOWN} more")
    if not lines:
        print("  none")
