"""`practice/cards.json`: the questions, topics and paths that a reader can practice.

It has no answers: the practice page loads the page of each question that it asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qna import indented_json
from qna.markdown import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qna.model import Question
    from qna.site import Site

FILE_NAME = "practice/cards.json"
FORMAT = 1
"""Raise it, here and in frontend/practice/deck.ts, when older scripts cannot read the data."""


def dump(site: Site) -> str:
    """Return the text of `practice/cards.json`.

    `formerly` has the ids that a question or topic had before, so that a reader's grades stay with
    a question that was renamed, and with the one that others were merged into.
    """
    old_topics = site.published.former_topics()
    data = {
        "title": site.document.title,
        "format": FORMAT,
        "topics": [
            {
                "id": topic.id,
                "title": plain_text.inline(topic.title),
                **_formerly(old_topics.get(topic.id)),
            }
            for topic in site.document.topics
        ],
        "paths": _paths(site),
        "questions": [
            {
                "id": question.id,
                "topic": topic.id,
                "question": plain_text.inline(question.text),
                **_story(question),
                **_formerly(site.formerly.get(question.id)),
            }
            for topic in site.document.topics
            for question in topic.questions
        ],
    }
    return "".join([*indented_json.pieces(data, 2), "\n"])


def _formerly(old: Iterable[str] | None) -> Mapping[str, list[str]]:
    return {"formerly": list(old)} if old else {}


def _story(question: Question) -> Mapping[str, bool]:
    return {"story": True} if question.kind == "story" else {}


def _paths(site: Site) -> list[Mapping[str, object]]:
    """Return the learning paths, sorted by id."""
    found = {step.path.id: step.path for steps in site.steps.values() for step in steps}
    return [
        {"id": name, "title": path.title, "steps": list(path.steps)}
        for name, path in sorted(found.items())
    ]
