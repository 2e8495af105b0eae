"""Question pages: one question with its answer, and related questions."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from html import escape as html
from typing import NamedTuple

from qna.markdown import embeds, plain_text
from qna.markdown.escaping import escape, indented, join, quoted
from qna.model import Question, Topic
from qna.pages import notes
from qna.pages.fragments import (
    abbreviations,
    around,
    as_html,
    front_matter,
    heading,
    link,
    link_table,
    neighbors,
    path_anchor,
    place_on_path,
    question_entry,
    shortened,
    source_place,
    topic_entry,
    updated,
)
from qna.reading.notes import name_of
from qna.reading.paths import LearningPath, Step
from qna.site import Site

SIBLINGS = 11
"""Maximum number of questions of its topic listed on a question page, including itself."""
_LISTS = {"rephrased": "asked-another-way", "related": "related-questions"}
"""Anchors of the lists below an answer, the same in every language."""


class _Place(NamedTuple):
    """The position of a question in the document."""

    topic: Topic
    position: int
    """0-based position in its topic."""

    @property
    def question(self) -> Question:
        return self.topic.questions[self.position]

    def siblings(self) -> Sequence[Question]:
        """Return nearby questions of its topic, so that a page does not grow with the source."""
        start = max(0, self.position - SIBLINGS // 2)
        return self.topic.questions[start : start + SIBLINGS]


def pages(site: Site, without: Container[str] = ()) -> dict[str, str]:
    """Return the pages of the questions by path below the docs folder, `without` some topics."""
    questions = tuple(site.document.questions())
    places = (
        _Place(topic, position)
        for topic in site.document.topics
        for position in range(len(topic.questions))
    )
    entries = {item.id: question_entry(site, item) for item in questions}
    return {
        f"q/{place.question.id}.md": _page(site, entries, place, *around(questions, number))
        for number, place in enumerate(places)
        if place.topic.id not in without
    }


def _page(
    site: Site,
    entries: Mapping[str, Mapping[str, str]],
    place: _Place,
    before: Question | None,
    after: Question | None,
) -> str:
    question = place.question
    head = {
        "title": as_html(question.text),
        "description": html(_description(site, question)),
        "template": "question.html",
        "question_id": question.id,
        "kind": question.kind,
        "topic": topic_entry(place.topic),
        "siblings": [entries[sibling.id] for sibling in place.siblings()],
        **source_place(site, question.span),
        "card": f"q/{question.id}.png",
        **_history(site, question),
        **updated(site, [question]),
        "issue": quoted(site.words.text("reports.mistake_title", id=question.id)),
        **dict(neighbors(before and entries[before.id], after and entries[after.id])),
        **_formerly(site, question),
        **notes.front_matter(site, question),
    }
    label = site.words.text("answers.story") if question.kind == "story" else ""
    lists = {
        "rephrased": site.editorial.rephrased.get(question.id, ()),
        "related": site.related[question.id],
    }
    filled = {name: found for name, found in lists.items() if found}
    note = notes.section(site, question)
    return join(
        front_matter(head),
        *(_path_bar(site, step) for step in site.steps.get(question.id, ())),
        heading(question.text, question.id, 1),
        f'!!! {question.kind} "{label}"',
        indented(embeds.blocks(question.shown, question.id)),
        note,
        *(
            _reading_list(site, name, found, first=number == 0 and not note)
            for number, (name, found) in enumerate(filled.items())
        ),
        link_table(site, [question.id, name_of(question.id)]),
        abbreviations(site, [question.shown, note]),
    )


def _formerly(site: Site, question: Question) -> dict[str, object]:
    """Return front matter with the ids that a question had, under which readers' answers may be."""
    old = site.formerly.get(question.id)
    return {"formerly": " ".join(old)} if old else {}


def _history(site: Site, question: Question) -> dict[str, object]:
    """Return front matter with what happened to a question and when, as far as that is known."""
    history = site.histories[question.id]
    events = {**({"added": history.added} if history.added else {}), **history.news()}
    listed = [
        {"what": what, "date": day.isoformat(), "shown": html(site.words.date(day))}
        for what, day in events.items()
    ]
    return {"history": listed} if listed else {}


def _description(site: Site, question: Question) -> str:
    """Return the answer as plain text, after a mark if it would mislead."""
    return " ".join(filter(None, (site.mark(question.id), shortened(question.plain))))


def _path_bar(site: Site, step: Step) -> str:
    """Return the links of a question on a learning path; shown if the address names the path."""
    path, own = step.path, step.path.steps[step.number - 1]
    links = [
        f"[{escape(path.title)}](../paths/{path.id}.md#{own})",
        escape(place_on_path(site.words, step)),
        *(
            _step_link(site, path, side, name)
            for side, name in zip(("previous", "next"), step.around, strict=True)
            if name
        ),
    ]
    return " ".join(links) + f"\n{{ #{path_anchor(path)} .path }}"


def _step_link(site: Site, path: LearningPath, side: str, name: str) -> str:
    """Link to the question on the previous or next step of a path."""
    label = site.words.text(f"pager.{side}_step")
    title = escape(plain_text.inline(site.questions[name].text))
    return f"[{label} *{title}*]({name}.md#{path_anchor(path)}){{ .{side} }}"


def _reading_list(site: Site, name: str, found: Iterable[str], *, first: bool) -> str:
    """Return a titled list of questions; the first list is marked for the theme."""
    entries = [f"- {link(site.questions[found_id])}" for found_id in found]
    marked = ".after-answer " if first else ""
    opening = f"## {site.words.text(f'answers.{name}')} {{ {marked}#{_LISTS[name]} }}"
    return join(opening, "\n".join(entries))
