"""`questions.json`: the document as data, for other programs, preview cards and macros."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qna import indented_json
from qna.model import without_brackets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from qna.model import Question, Topic
    from qna.site import Site

FILE_NAME = "questions.json"


@dataclass(frozen=True, slots=True)
class Listed:
    """A question or topic in the manifest."""

    id: str
    title: str
    """The question's text or the topic's title: inline Markdown."""
    url: str
    """URL relative to the site root."""
    topic: str = ""
    """Id of a question's topic."""
    answer: str = ""
    """A question's answer, as shown to readers."""
    kind: str = "answer"
    """For questions: "answer", or "story" for a prompt for the reader's own story."""
    summary: str = ""
    """A topic's summary: one line."""
    links: Mapping[str, str] = field(default_factory=dict)
    """`#id` or form of a concept in a question's answer to the URL that it leads to."""
    tooltips: Mapping[str, str] = field(default_factory=dict)
    """Form of a concept in `links` to what it means."""
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    """Acronym in a question's answer to its expansion."""
    mark: str = ""
    """What goes before an answer that would mislead: plain text."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Topics and questions by id, in source order."""

    topics: Mapping[str, Listed]
    questions: Mapping[str, Listed]


def question_url(question_id: str) -> str:
    """Return the URL of a question page, relative to the site root."""
    return f"q/{question_id}/"


def topic_url(topic_id: str, question_id: str = "") -> str:
    """Return the URL of a topic page, or of a question on it, relative to the site root."""
    return f"topics/{topic_id}/" + (f"#{question_id}" if question_id else "")


def part(site: Site, topic: Topic) -> str:
    """Return the part of `questions.json` that has the questions of a topic."""
    found = [
        _question(site, topic, question, list(site.formerly.get(question.id, ())))
        for question in topic.questions
    ]
    return indented_json.items(found, 2)


def dump(site: Site, parts: Mapping[str, str] | None = None) -> str:
    """Return the text of `questions.json`; `parts` has its parts by the ids of their topics."""
    known = parts or {topic.id: part(site, topic) for topic in site.document.topics}
    old_topics = site.published.former_topics()
    document = site.document
    data = {
        "title": document.title,
        "topics": [
            {
                "id": topic.id,
                "title": topic.title,
                "url": topic_url(topic.id),
                "summary": site.summary(topic),
                "formerly": old_topics.get(topic.id, []),
            }
            for topic in document.topics
        ],
        "questions": [
            indented_json.Written(known[topic.id]) for topic in document.topics if topic.questions
        ],
        **_sources(site),
    }
    return "".join([*indented_json.pieces(data, 2), "\n"])


def read(path: Path) -> Manifest:
    """Read the manifest at `path`. Raises OSError or ValueError if it cannot be read."""
    data = json.loads(path.read_text(encoding="utf-8"))
    topics = {
        item["id"]: Listed(item["id"], item["title"], item["url"], summary=item["summary"])
        for item in data["topics"]
    }
    return Manifest(topics, {item["id"]: _listed(item) for item in data["questions"]})


def _listed(item: Mapping[str, Any]) -> Listed:
    return Listed(
        item["id"],
        item["question"],
        item["url"],
        item["topic"],
        without_brackets(item["answer"]),
        item["kind"],
        links=item["links"],
        tooltips=item["tooltips"],
        abbreviations=item["abbreviations"],
        mark=item.get("note", {}).get("mark", ""),
    )


def _links(site: Site, question: Question) -> dict[str, str]:
    """Return the links that an answer does not spell out, relative to the site root."""
    links = sorted(site.links.get(question.id, {}).items())
    return {key: f"{page[3:-3]}/" for key, page in links if key != page}


def _place(site: Site, question: Question) -> dict[str, object]:
    """Return the line of a question, and the file if the source has several."""
    file = site.document.places.file(question.span.line)
    _, line = site.document.places.of(question.span.line)
    return {"file": file, "line": line} if file else {"line": line}


def _question(site: Site, topic: Topic, question: Question, old: list[str]) -> dict[str, object]:
    links = _links(site, question)
    return {
        "id": question.id,
        "topic": topic.id,
        "question": question.text,
        "answer": question.answer,
        "text": question.plain,
        "kind": question.kind,
        "url": question_url(question.id),
        "topic_url": topic_url(topic.id, question.id),
        **_place(site, question),
        **_history(site, question),
        "formerly": old,
        "links": links,
        "tooltips": {key: site.tooltips[key] for key in links if key in site.tooltips},
        "abbreviations": site.acronyms.used_in([question.shown]),
        "asked_another_way": list(site.editorial.rephrased.get(question.id, ())),
        "related": list(site.related[question.id]),
        **_note(site, question),
    }


def _history(site: Site, question: Question) -> dict[str, object]:
    """Return the fields on when a question was added and changed; unknown dates are left out."""
    history = site.histories[question.id]
    dates = {"added": history.added, "changed": history.changed}
    changes = {part: day.isoformat() for part, day in history.news().items()}
    return {
        "revision": history.revision,
        **{name: day.isoformat() for name, day in dates.items() if day},
        **({"changes": changes} if changes else {}),
    }


def _note(site: Site, question: Question) -> dict[str, object]:
    """Return the note on a question, if it has one."""
    note = site.editorial.notes.by_id.get(question.id)
    if not note:
        return {}
    found = {
        "checked": note.checked.isoformat(),
        "status": note.status,
        "caution": note.caution,
        "mark": site.mark(question.id),
        "label": site.label(question.id),
        "passages": list(note.passages),
        "markdown": note.markdown,
        "sources": list(note.cited),
    }
    return {"note": {key: value for key, value in found.items() if value}}


def _sources(site: Site) -> dict[str, object]:
    """Return what notes cite, by key, if there are notes."""
    found = {
        reference.key: {
            "title": reference.title,
            "authors": list(reference.authors),
            "year": reference.year,
            "within": reference.within,
            "url": reference.url,
            "lookup": reference.lookup,
            "passage": reference.passage,
        }
        for reference in site.editorial.notes.references.values()
    }
    return {"sources": found} if found else {}
