"""Preview cards: what each one says, and the key by which its picture is known.

A card is the picture that a link to a page brings along when someone shares it. `layout` places
its text, `drawing` makes the picture.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from qna.markdown import plain
from qna.model import LABELS, STORY_PREFIX
from qna.wording import counted

VERSION = 1
"""Raise it when a change of layout or drawing has to show on cards whose text is the same."""

_PROMPT = re.compile(rf"{re.escape(STORY_PREFIX[1:])}[\s:\u2013-]*")


@dataclass(frozen=True, slots=True)
class Card:
    """What one card says, in plain text."""

    name: str
    """Path below the folder of cards, without its ending."""
    heading: str
    """One line above the title; a card without it shows the site's mark there, large."""
    title: str
    text: str
    site: str
    label: str = ""
    """What the text is, where it is not the answer."""
    aside: str = ""
    """A few words at the foot, opposite the site's name."""

    def key(self, drawn_by: str) -> str:
        """Return what changes whenever the picture has to; `drawn_by` names fonts and colors."""
        said = self.heading, self.title, self.text, self.site, self.label, self.aside
        return sha256(json.dumps([VERSION, drawn_by, *said]).encode()).hexdigest()


def cards(data: Mapping[str, Any]) -> Iterator[Card]:
    """Yield the cards of a site from the content of its `questions.json`.

    Raises KeyError or TypeError if it is not what `manifest.dump` writes.
    """
    site = plain.inline(data["title"])
    topics = {topic["id"]: plain.inline(topic["title"]) for topic in data["topics"]}
    asked = Counter(question["topic"] for question in data["questions"])
    counts = f"{counted(asked.total(), 'question')} in {counted(len(topics), 'topic')}"
    each = "with" if asked.total() == 1 else "each with"
    yield Card("home", "", site, f"{counts}, {each} a link of its own.", site)
    for topic in data["topics"]:
        name, title = f"topics/{topic['id']}", topics[topic["id"]]
        count = counted(asked[topic["id"]], "question")
        yield Card(name, "Topic", title, topic["summary"], site, aside=count)
    for question in data["questions"]:
        yield _question(question, topics[question["topic"]], site)


def _question(question: Mapping[str, Any], topic: str, site: str) -> Card:
    name, title = f"q/{question['id']}", plain.inline(question["question"])
    if question["kind"] == "story":
        prompt = _PROMPT.sub("", question["text"])
        return Card(name, topic, title, prompt, site, label=LABELS["story"])
    return Card(name, topic, title, question["text"], site)
