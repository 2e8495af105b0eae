"""Preview cards: the text on each, and the key that identifies its picture.

A card is the picture shown when someone shares a link to a page. `layout` places its text;
`drawing` paints it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from qna.markdown import plain_text
from qna.model import STORY_PREFIX
from qna.words import Words, english

VERSION = 1
"""Increase it after a change of layout or drawing, so that all cards are redrawn."""

_PROMPT = re.compile(rf"{re.escape(STORY_PREFIX[1:])}[\s:\u2013-]*")


@dataclass(frozen=True, slots=True)
class Card:
    """The plain text on one card."""

    name: str
    """Path below the cards folder, without its extension."""
    heading: str
    """One line above the title; without it, a large logo takes its place."""
    title: str
    text: str
    site: str
    label: str = ""
    """What the text is, if it is not an answer that can be trusted."""
    aside: str = ""
    """A few words at the foot, opposite the site's name."""

    def key(self, drawn_by: str) -> str:
        """Return a hash of all that affects the picture; `drawn_by` covers fonts and colors."""
        texts = self.heading, self.title, self.text, self.site, self.label, self.aside
        return sha256(json.dumps([VERSION, drawn_by, *texts]).encode()).hexdigest()


def cards(data: Mapping[str, Any], words: Words | None = None) -> Iterator[Card]:
    """Yield a site's cards from the parsed `questions.json`, with the interface's words.

    Raises KeyError or TypeError if it does not have the structure that `manifest.dump` writes.
    """
    words = words or english()
    site = plain_text.inline(data["title"])
    topics = {topic["id"]: plain_text.inline(topic["title"]) for topic in data["topics"]}
    asked = Counter(question["topic"] for question in data["questions"])
    number = asked.total()
    counts = {
        "questions": words.counted("counts.questions", number),
        "topics": words.counted("counts.topics", len(topics)),
    }
    yield Card("home", "", site, words.counted("cards.home", number, **counts), site)
    for topic in data["topics"]:
        name, title = f"topics/{topic['id']}", topics[topic["id"]]
        count = words.counted("counts.questions", asked[topic["id"]])
        kind = words.text("cards.topic")
        yield Card(name, kind, title, topic["summary"], site, aside=count)
    for question in data["questions"]:
        yield _question(question, topics[question["topic"]], site, words)


def path_card(name: str, title: str, description: str, site: str, words: Words) -> Card:
    """Return the card of a learning path; `name` is its path below the docs folder."""
    return Card(name, words.text("cards.path"), title, description, site)


def _question(question: Mapping[str, Any], topic: str, site: str, words: Words) -> Card:
    name, title = f"q/{question['id']}", plain_text.inline(question["question"])
    if question["kind"] == "story":
        prompt = _PROMPT.sub("", question["text"])
        return Card(name, topic, title, prompt, site, label=words.text("answers.story"))
    label = question.get("note", {}).get("label", "")
    return Card(name, topic, title, question["text"], site, label=label)
