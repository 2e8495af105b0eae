"""The pages of a source for other generators: one for each topic and question, in plain Markdown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace

_TOPIC = re.compile(r"^### \*\*\d+\. (.*)\*\*$", re.MULTILINE)
_QUESTION = re.compile(r"^\*   \*\*(.*)\*\*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Page:
    """A page."""

    path: str
    """Without an ending; empty for the home page."""
    title: str
    text: str
    """Markdown without the title."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with its questions and answers, in Markdown."""

    title: str
    questions: tuple[tuple[str, str], ...]


def topics(source: str) -> tuple[Topic, ...]:
    """Return the topics of a source as `support.synthetic` writes it."""
    _, *parts = _TOPIC.split(source)
    return tuple(
        Topic(title, tuple(_questions(text)))
        for title, text in zip(parts[::2], parts[1::2], strict=True)
    )


def _questions(text: str) -> Iterator[tuple[str, str]]:
    _, *parts = _QUESTION.split(text)
    for question, answer in zip(parts[::2], parts[1::2], strict=True):
        yield question, textwrap.dedent(answer.replace("    - ", "      ", 1)).strip()


def pages(found: tuple[Topic, ...]) -> Iterator[Page]:
    """Yield all pages: the home page, then each topic and its questions."""
    lines = [f"- [{topic.title}](topics/topic-{number}.md)" for number, topic in enumerate(found)]
    yield Page("", "Questions", "\n".join(lines) + "\n")
    count = 0
    for number, topic in enumerate(found):
        parts = (f"## {question}\n\n{answer}\n" for question, answer in topic.questions)
        yield Page(f"topics/topic-{number}", topic.title, "\n".join(parts))
        for question, answer in topic.questions:
            yield Page(f"q/question-{count}", question, f"{answer}\n")
            count += 1


def edited(found: tuple[Topic, ...], word: str) -> tuple[Topic, ...]:
    """Return the topics with another answer in the middle: one with this word."""
    middle = len(found) // 2
    (question, _), *rest = found[middle].questions
    changed = replace(found[middle], questions=((question, f"An answer with {word}."), *rest))
    return (*found[:middle], changed, *found[middle + 1 :])
