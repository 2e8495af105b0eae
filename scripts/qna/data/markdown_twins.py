"""Markdown twins: each page as plain Markdown at the same address, for programs and copying.

They are added after the build, because engines turn every Markdown file into a page. `llms.txt`
lists them.
"""

from __future__ import annotations

import json
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from qna.data import manifest
from qna.markdown import parser, plain_text
from qna.markdown.escaping import escape, join
from qna.markdown.link_targets import addresses, figures, readdressed, untitled
from qna.markdown.running_text import edited
from qna.reading.notes import STATUSES, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping
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
            f"- [{_label(item.text)}](q/{item.id}/{FILE_NAME}): {site.marked(item)}"
            for item in topic.questions
        )
        sections.append(f"## {topic.title}\n\n" + "\n".join(lines))
    data = f"[{manifest.FILE_NAME}]({manifest.FILE_NAME})"
    opening = site.words.counted("markdown.summary", len(site.questions), data=data)
    return join(f"# {site.document.title}", f"> {opening}", *sections)


def twins(
    questions_json: Path, words: Words, pages: Container[str] | None = None
) -> dict[str, str]:
    """Return the twins of all topic and question pages by path below the site root.

    Old ids of questions have twins too. `pages` names some, such as `q/dropout`. Raises OSError or
    ValueError if the built site's `questions.json` cannot be read.
    """
    data = json.loads(questions_json.read_text(encoding="utf-8"))
    questions = {item["id"]: item for item in data["questions"]}
    topics = {item["id"]: item for item in data["topics"]}
    listed: dict[str, list[Mapping[str, Any]]] = {name: [] for name in topics}
    for item in questions.values():
        listed[item["topic"]].append(item)
    found = {
        f"{topic['url']}{FILE_NAME}": _topic(topic, topics, listed[topic["id"]])
        for topic in topics.values()
        if pages is None or topic["url"].rstrip("/") in pages
    }
    for item in questions.values():
        if pages is not None and item["url"].rstrip("/") not in pages:
            continue
        text = _question(item, topics, questions, data.get("sources", {}), words)
        for name in (item["id"], *item["formerly"]):
            found[f"q/{name}/{FILE_NAME}"] = text
    return found


def _question(
    item: Mapping[str, Any],
    topics: Mapping[str, Any],
    questions: Mapping[str, Any],
    sources: Mapping[str, Any],
    words: Words,
) -> str:
    topic, text = topics[item["topic"]], words.text
    title = _link(topic)
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
    note = _note(item, topics, questions, sources, words)
    mark = item.get("note", {}).get("mark", "")
    # The line keeps the list apart from one before it.
    return join(f"# {item['question']}", mark, _answer(item, topics), note, "---", listed)


def _note(
    item: Mapping[str, Any],
    topics: Mapping[str, Any],
    questions: Mapping[str, Any],
    sources: Mapping[str, Any],
    words: Words,
) -> str:
    """Return the note on a question, with its formulas in TeX, and what it cites."""
    note = item.get("note")
    if not note:
        return ""
    cited = note.get("sources", ())
    title = words.text("notes.title" if "status" in note else "notes.story_title")
    parsed, linked = parser.parse(note["markdown"]), {**topics, **questions}
    edits = chain(
        ((place, _title(linked[name])) for place, name in untitled(parsed)),
        ((place, f"*{caption}*") for place, caption, _ in figures(parsed)),
        addresses(parsed, _address_of(topics)),
    )
    text = edited(note["markdown"], edits)
    heading = f"### {words.text('notes.sources')}" if cited else ""
    entries = (
        f"- [@{key}]: {', '.join(sources[key]['authors'])}: {sources[key]['title']}, "
        f"{sources[key]['year']}. <{sources[key]['url']}>"
        for key in cited
    )
    return join(f"## {title}", _trust(note, words), text, heading, "\n".join(entries))


def _trust(note: Mapping[str, Any], words: Words) -> str:
    """Return what a note says of the answer, and when it was checked; nothing for a story."""
    if "status" not in note:
        return ""
    status = words.text(STATUSES[note["status"]])
    day = words.date(date.fromisoformat(note["checked"]))
    checked = words.counted("notes.checked", len(note.get("sources", ())), date=day)
    return join(f"{status}. {checked}.", escape(quoted(note.get("passages", ()), words)))


def _topic(
    topic: Mapping[str, Any], topics: Container[str], questions: Iterable[Mapping[str, Any]]
) -> str:
    entries = (
        join(f"## {item['question']}", item.get("note", {}).get("mark", ""), _answer(item, topics))
        for item in questions
    )
    return join(f"# {topic['title']}", topic["summary"], *entries)


def _answer(item: Mapping[str, Any], topics: Container[str]) -> str:
    return readdressed(item["answer"], _address_of(topics))


def _address_of(topics: Container[str]) -> Callable[[str], str]:
    return lambda name: f"../../{'topics' if name in topics else 'q'}/{name}/{FILE_NAME}"


def _link(item: Mapping[str, Any]) -> str:
    return f"[{_title(item)}](../../{item['url']}{FILE_NAME})"


def _title(item: Mapping[str, Any]) -> str:
    """Return the title of a topic, or the question."""
    return _label(item.get("question") or item["title"])


def _label(markdown: str) -> str:
    return escape(plain_text.inline(markdown))
