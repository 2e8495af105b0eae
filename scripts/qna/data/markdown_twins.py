"""Markdown twins: each page as plain Markdown at the same address, for programs and copying.

They are added after the build, because engines turn every Markdown file into a page. `llms.txt`
lists them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from qna.data import manifest
from qna.markdown import plain_text
from qna.markdown.escaping import escape, join
from qna.markdown.link_targets import readdressed

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from pathlib import Path

    from qna.site import Site
    from qna.words import Words

FILE_NAME = "index.md"
LISTING = "llms.txt"


def listing(site: Site) -> str:
    """Return `llms.txt`: every question, linked to its twin, with its full answer."""
    sections = []
    for topic in site.document.topics:
        lines = (
            f"- [{_label(item.text)}](q/{item.id}/{FILE_NAME}): {item.plain}"
            for item in topic.questions
        )
        sections.append(f"## {topic.title}\n\n" + "\n".join(lines))
    data = f"[{manifest.FILE_NAME}]({manifest.FILE_NAME})"
    opening = site.words.counted("markdown.summary", len(site.questions), data=data)
    return join(f"# {site.document.title}", f"> {opening}", *sections)


def twins(questions_json: Path, words: Words) -> dict[str, str]:
    """Return the twins of all topic and question pages by path below the site root.

    Old ids of questions have twins too. Raises OSError or ValueError if the built site's
    `questions.json` cannot be read.
    """
    data = json.loads(questions_json.read_text(encoding="utf-8"))
    questions = {item["id"]: item for item in data["questions"]}
    topics = {item["id"]: item for item in data["topics"]}
    found = {
        f"{topic['url']}{FILE_NAME}": _topic(topic, topics, questions.values())
        for topic in topics.values()
    }
    for item in questions.values():
        text = _question(item, topics, questions, words)
        for name in (item["id"], *item["formerly"]):
            found[f"q/{name}/{FILE_NAME}"] = text
    return found


def _question(
    item: Mapping[str, Any],
    topics: Mapping[str, Any],
    questions: Mapping[str, Any],
    words: Words,
) -> str:
    topic, text = topics[item["topic"]], words.text
    title = f"[{_label(topic['title'])}](../../{topic['url']}{FILE_NAME})"
    address = f"[{item['url']}](../../{item['url']})"
    rephrased, related = (
        [_link(questions[name]) for name in item[kind]] for kind in ("asked_another_way", "related")
    )
    facts = [
        text("markdown.topic", topic=title),
        text("markdown.address", address=address),
        *(text("markdown.rephrased", question=link) for link in rephrased),
        *(text("markdown.related", question=link) for link in related),
    ]
    listed = "\n".join(f"- {fact}" for fact in facts)
    return join(f"# {item['question']}", _answer(item, topics), listed)


def _topic(
    topic: Mapping[str, Any], topics: Container[str], questions: Iterable[Mapping[str, Any]]
) -> str:
    entries = (
        f"## {item['question']}\n\n{_answer(item, topics)}"
        for item in questions
        if item["topic"] == topic["id"]
    )
    return join(f"# {topic['title']}", topic["summary"], *entries)


def _answer(item: Mapping[str, Any], topics: Container[str]) -> str:
    def address(name: str) -> str:
        return f"../../{'topics' if name in topics else 'q'}/{name}/{FILE_NAME}"

    return readdressed(item["answer"], address)


def _link(item: Mapping[str, Any]) -> str:
    return f"[{_label(item['question'])}](../../{item['url']}{FILE_NAME})"


def _label(markdown: str) -> str:
    return escape(plain_text.inline(markdown))
