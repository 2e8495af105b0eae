"""Topic pages: each question as a heading, with its answer in a collapsible block."""

from __future__ import annotations

from collections.abc import Container, Iterable
from html import escape as html

from qna.markdown import embeds
from qna.markdown.escaping import escape, join
from qna.model import Question, Topic
from qna.pages import redirects
from qna.pages.fragments import (
    Answer,
    abbreviations,
    around,
    as_html,
    closed_answer,
    front_matter,
    heading,
    link_table,
    neighbors,
    source_place,
    topic_entry,
    updated,
)
from qna.site import Site


def pages(site: Site, without: Container[str] = ()) -> dict[str, str]:
    """Return the pages of the topics by path below the docs folder, `without` some."""
    topics = site.document.topics
    return {
        f"topics/{topic.id}.md": _page(site, topic, number, *around(topics, number))
        for number, topic in enumerate(topics)
        if topic.id not in without
    }


def _page(site: Site, topic: Topic, number: int, before: Topic | None, after: Topic | None) -> str:
    head = {
        "title": as_html(topic.title),
        "description": html(site.summary(topic)),
        "template": "topic.html",
        "topic_id": topic.id,
        "place": number,
        **source_place(site, topic.span),
        "card": f"topics/{topic.id}.png",
        **updated(site, topic.questions),
        **dict(neighbors(topic_entry(before), topic_entry(after))),
    }
    introduction = embeds.blocks(topic.introduction, topic.id)
    aliases = redirects.aliases(site, topic)
    entries = [_entry(site, question, aliases.get(question.id, ())) for question in topic.questions]
    return join(
        front_matter(head),
        heading(topic.title, topic.id, 1),
        introduction or escape(site.summary(topic)),
        *entries,
        redirects.pointers(site, topic),
        link_table(site, [topic.id, *(question.id for question in topic.questions)]),
        abbreviations(site, [topic.introduction, *(item.shown for item in topic.questions)]),
    )


def _entry(site: Site, question: Question, aliases: Iterable[str]) -> str:
    answer = Answer(question.id, question.kind, question.shown, site.mark(question.id))
    return join(
        heading(question.text, question.id, 2, aliases),
        closed_answer(site.words, answer, f"../q/{question.id}.md"),
    )
