"""Markdown twins: each page as plain Markdown at the same address, for programs and copying.

They are added after the build, because engines turn every Markdown file into a page. `llms.txt`
lists them.
"""

from __future__ import annotations

from datetime import date
from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from qna.data import manifest
from qna.data.derived import Derived, by_topic, digest_of
from qna.markdown import parser, plain_text
from qna.markdown.escaping import escape, join
from qna.markdown.link_targets import addresses, figures, readdressed, untitled
from qna.markdown.running_text import edited
from qna.reading.notes import STATUSES, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from qna.site import Site
    from qna.words import Words

    Answers = Callable[[str], str]
    """Returns the answer with an id, with addresses of twins; a topic and its questions show it."""

FILE_NAME = "index.md"
LISTING = "llms.txt"
_LINKED = ("asked_another_way", "related")
"""Kinds of questions that a twin links to."""


class _Known(NamedTuple):
    """What is in `questions.json`, and the words of the site."""

    topics: Mapping[str, Any]
    questions: Mapping[str, Any]
    sources: Mapping[str, Any]
    words: Words


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


def twins(data: Mapping[str, Any], words: Words) -> Iterator[Derived]:
    """Yield the twins of all topic and question pages of what is in `questions.json`.

    Old ids of questions have twins too.
    """
    questions = {item["id"]: item for item in data["questions"]}
    topics = {item["id"]: item for item in data["topics"]}
    sources, own = data.get("sources", {}), by_topic(data["questions"])
    known = _Known(topics, questions, sources, words)
    ids = digest_of([*topics])
    titles = digest_of([*map(_named, (*topics.values(), *questions.values()))])
    for topic in topics.values():
        listed = own.get(topic["id"], [])
        answers = cache(partial(_answer, {item["id"]: item["answer"] for item in listed}, topics))
        yield Derived(
            (f"{topic['url']}{FILE_NAME}",),
            [topic, listed, ids],
            partial(_topic, topic, listed, answers),
        )
        for item in listed:
            linked = [questions[name] for kind in _LINKED for name in item[kind]]
            noted = [titles, sources] if "note" in item else []
            yield Derived(
                tuple(f"q/{name}/{FILE_NAME}" for name in (item["id"], *item["formerly"])),
                [item, *map(_named, (topic, *linked)), noted, ids],
                partial(_question, item, answers, known),
            )


def _named(item: Mapping[str, Any]) -> list[str]:
    """Return what links say of a topic or a question."""
    return [item["id"], item["url"], item.get("question") or item["title"]]


def _question(item: Mapping[str, Any], answers: Answers, known: _Known) -> str:
    topics, questions, _, words = known
    topic, text = topics[item["topic"]], words.text
    title = _link(topic)
    address = f"[{item['url']}](../../{item['url']})"
    rephrased, related = ([_link(questions[name]) for name in item[kind]] for kind in _LINKED)
    facts = [
        text("markdown.topic", topic=title),
        text("markdown.address", address=address),
        *(text("markdown.rephrased", question=link) for link in rephrased),
        *(text("markdown.related", question=link) for link in related),
    ]
    listed = "\n".join(f"- {fact}" for fact in facts)
    note = _note(item, known)
    mark = item.get("note", {}).get("mark", "")
    # The line keeps the list apart from one before it.
    return join(f"# {item['question']}", mark, answers(item["id"]), note, "---", listed)


def _note(item: Mapping[str, Any], known: _Known) -> str:
    """Return the note on a question, with its formulas in TeX, and what it cites."""
    note = item.get("note")
    if not note:
        return ""
    topics, questions, sources, words = known
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
    topic: Mapping[str, Any], questions: Iterable[Mapping[str, Any]], answers: Answers
) -> str:
    entries = (
        join(f"## {item['question']}", item.get("note", {}).get("mark", ""), answers(item["id"]))
        for item in questions
    )
    return join(f"# {topic['title']}", topic["summary"], *entries)


def _answer(answers: Mapping[str, str], topics: Container[str], name: str) -> str:
    return readdressed(answers[name], _address_of(topics))


def _address_of(topics: Container[str]) -> Callable[[str], str]:
    return lambda name: f"../../{'topics' if name in topics else 'q'}/{name}/{FILE_NAME}"


def _link(item: Mapping[str, Any]) -> str:
    return f"[{_title(item)}](../../{item['url']}{FILE_NAME})"


def _title(item: Mapping[str, Any]) -> str:
    """Return the title of a topic, or the question."""
    return _label(item.get("question") or item["title"])


def _label(markdown: str) -> str:
    return escape(plain_text.inline(markdown))
