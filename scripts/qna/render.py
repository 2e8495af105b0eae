"""Model to pages: complete Markdown files, which any engine that reads Python-Markdown can build.

Values in front matter are HTML text: both engines put them into their templates as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple, TypeVar
from urllib.parse import quote

from qna import crosslinks, dialect, ids, indexes, manifest, moved, prose, search, twins
from qna.model import LABELS, Question, Topic
from qna.page import as_html, front_matter, heading, join, link, shortened
from qna.site import Site

_Item = TypeVar("_Item")

SIBLINGS = 20
"""How many questions of its topic a question's page lists beside it, itself included."""

Pages = dict[str, str]
"""Path below the docs folder to the file's text."""


class _Place(NamedTuple):
    """Where a question stands."""

    number: int
    """Of its topic."""
    topic: Topic
    at: int
    """In its topic."""

    @property
    def question(self) -> Question:
        return self.topic.questions[self.at]

    def nearest(self) -> Sequence[Question]:
        """Return the questions around it: a page must not grow with the source."""
        start = max(0, self.at - SIBLINGS // 2)
        return self.topic.questions[start : start + SIBLINGS]


def pages(made_of: Site) -> Pages:
    """Return every file of the site that is made from the source."""
    document = made_of.document
    topics, questions = document.topics, tuple(document.questions())
    places = [
        _Place(number, topic, at)
        for number, topic in enumerate(topics)
        for at in range(len(topic.questions))
    ]
    return {
        **{
            f"topics/{topic.id}.md": _topic_page(made_of, topic, number, *_around(topics, number))
            for number, topic in enumerate(topics)
        },
        **{
            f"q/{place.question.id}.md": _question_page(made_of, place, *_around(questions, number))
            for number, place in enumerate(places)
        },
        **moved.pages(made_of),
        "topics/index.md": indexes.topic_index(made_of),
        "q/index.md": indexes.question_index(made_of),
        "glossary/index.md": indexes.glossary_page(made_of),
        manifest.FILE_NAME: manifest.dump(made_of),
        search.FILE_NAME: search.dump(made_of),
        twins.LISTING: twins.listing(made_of),
    }


def _topic_page(
    made_of: Site, topic: Topic, number: int, before: Topic | None, after: Topic | None
) -> str:
    head = {
        "title": as_html(topic.title),
        "description": escape(made_of.summary(topic)),
        "template": "topic.html",
        "topic_id": topic.id,
        "place": number,
        "source_line": topic.span.line,
        "card": f"topics/{topic.id}.png",
        **dict(_neighbours(_named(before), _named(after))),
    }
    opening = dialect.convert(topic.introduction) or prose.escape(made_of.summary(topic))
    aliases = moved.aliases(made_of, topic)
    entries = [
        _entry(made_of, question, aliases.get(question.id, ())) for question in topic.questions
    ]
    tips = _abbreviations(made_of, (question.shown for question in topic.questions))
    return join(
        front_matter(head),
        heading(topic.title, topic.id, 1),
        opening,
        *entries,
        moved.pointers(made_of, topic),
        tips,
    )


def _entry(made_of: Site, question: Question, aliases: Iterable[str]) -> str:
    more = f"[Related questions](../q/{question.id}.md){{ .more }}"
    body = dialect.indented(f"{_answer(made_of, question)}\n\n{more}")
    title = heading(question.text, question.id, 2, aliases)
    return f'{title}\n??? {question.kind} "{LABELS[question.kind]}"\n\n{body}'


def _answer(made_of: Site, question: Question) -> str:
    linked = made_of.links.apply(question.shown, question.id)
    return dialect.convert(crosslinks.resolved(linked, made_of.page))


def _question_page(
    made_of: Site,
    place: _Place,
    before: Question | None,
    after: Question | None,
) -> str:
    question = place.question
    head = {
        "title": as_html(question.text),
        "description": as_html(shortened(prose.plain(question.shown))),
        "template": "question.html",
        "question_id": question.id,
        "kind": question.kind,
        "topic": _named(place.topic),
        "place": place.number,
        "siblings": [_asked(sibling) for sibling in place.nearest()],
        "source_line": question.span.line,
        "card": f"q/{question.id}.png",
        "issue": quote(_issue(question)),
        **dict(_neighbours(_asked(before), _asked(after))),
    }
    label = LABELS["story"] if question.kind == "story" else ""
    answer = f'!!! {question.kind} "{label}"\n\n{dialect.indented(_answer(made_of, question))}'
    twins = made_of.editorial.twins.get(question.id, ())
    lists = {"Asked another way": twins, "Related questions": made_of.related[question.id]}
    filled = {title: found for title, found in lists.items() if found}
    return join(
        front_matter(head),
        heading(question.text, question.id, 1),
        answer,
        *(
            _reading_list(made_of, title, found, first=number == 0)
            for number, (title, found) in enumerate(filled.items())
        ),
        _abbreviations(made_of, [question.shown]),
    )


def _issue(question: Question) -> str:
    """Return what an issue about an answer starts with: which one it is, and what it says."""
    said = "\n".join(f"> {line}".rstrip() for line in question.answer.split("\n"))
    opening = f"Question `{question.id}`: {question.text}"
    return f"{opening}\n\nThe answer now:\n\n{said}\n\nWhat is wrong with it, and a source:\n"


def _reading_list(made_of: Site, title: str, found: Iterable[str], *, first: bool) -> str:
    """Return a titled list of questions; the first is marked for the theme."""
    entries = [f"- {link(made_of.questions[name])}" for name in found]
    marked = ".after-answer " if first else ""
    opening = f"## {title} {{ {marked}#{ids.slug(title)} }}"
    return join(opening, "\n".join(entries))


def _abbreviations(made_of: Site, answers: Iterable[str]) -> str:
    """Return the definitions of the acronyms in the answers, which become tooltips."""
    found = made_of.acronyms.used_in(answers)
    return "\n".join(f"*[{name}]: {expansion}" for name, expansion in found.items())


def _around(items: Sequence[_Item], number: int) -> tuple[_Item | None, _Item | None]:
    before = items[number - 1] if number else None
    after = items[number + 1] if number + 1 < len(items) else None
    return before, after


def _neighbours(before: object, after: object) -> Iterator[tuple[str, object]]:
    return ((key, value) for key, value in (("previous", before), ("next", after)) if value)


def _named(topic: Topic | None) -> dict[str, str] | None:
    return {"id": topic.id, "title": as_html(topic.title)} if topic else None


def _asked(question: Question | None) -> dict[str, str] | None:
    return {"id": question.id, "title": as_html(question.text)} if question else None
