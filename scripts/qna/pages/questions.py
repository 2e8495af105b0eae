"""Question pages: one question with its answer, and related questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape as html
from typing import NamedTuple
from urllib.parse import quote

from qna.markdown import embeds, plain_text
from qna.markdown.escaping import escape, indented, join
from qna.model import LABELS, Question, Topic
from qna.naming import ids
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
    question_entry,
    shortened,
    topic_entry,
)
from qna.reading.paths import Step
from qna.site import Site

SIBLINGS = 20
"""Maximum number of questions of its topic listed on a question page, including itself."""
_AROUND = (("previous", "Previous step"), ("next", "Next step"))


class _Place(NamedTuple):
    """The position of a question in the document."""

    number: int
    """Number of its topic."""
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


def pages(site: Site) -> dict[str, str]:
    """Return the page of every question by path below the docs folder."""
    questions = tuple(site.document.questions())
    places = (
        _Place(number, topic, position)
        for number, topic in enumerate(site.document.topics)
        for position in range(len(topic.questions))
    )
    return {
        f"q/{place.question.id}.md": _page(site, place, *around(questions, number))
        for number, place in enumerate(places)
    }


def _page(site: Site, place: _Place, before: Question | None, after: Question | None) -> str:
    question = place.question
    head = {
        "title": as_html(question.text),
        "description": html(shortened(question.plain)),
        "template": "question.html",
        "question_id": question.id,
        "kind": question.kind,
        "topic": topic_entry(place.topic),
        "place": place.number,
        "siblings": [question_entry(site, sibling) for sibling in place.siblings()],
        "source_line": question.span.line,
        "card": f"q/{question.id}.png",
        "issue": quote(_issue(question)),
        **dict(neighbors(question_entry(site, before), question_entry(site, after))),
    }
    label = LABELS["story"] if question.kind == "story" else ""
    lists = {
        "Asked another way": site.editorial.rephrased.get(question.id, ()),
        "Related questions": site.related[question.id],
    }
    filled = {title: found for title, found in lists.items() if found}
    return join(
        front_matter(head),
        *(_path_bar(site, step) for step in site.steps.get(question.id, ())),
        heading(question.text, question.id, 1),
        f'!!! {question.kind} "{label}"',
        indented(embeds.blocks(question.shown, question.id)),
        *(
            _reading_list(site, title, found, first=number == 0)
            for number, (title, found) in enumerate(filled.items())
        ),
        link_table(site, [question.id]),
        abbreviations(site, [question.shown]),
    )


def _path_bar(site: Site, step: Step) -> str:
    """Return the links of a question on a learning path; shown if the address names the path."""
    path, own = step.path, step.path.steps[step.number - 1]
    links = [
        f"[{escape(path.title)}](../paths/{path.id}.md#{own})",
        escape(step.place),
        *(
            f"[{label} *{escape(plain_text.inline(site.questions[name].text))}*]"
            f"({name}.md#{path_anchor(path)}){{ .{kind} }}"
            for (kind, label), name in zip(_AROUND, step.around, strict=True)
            if name
        ),
    ]
    return " ".join(links) + f"\n{{ #{path_anchor(path)} .path }}"


def _issue(question: Question) -> str:
    """Return the start of an issue's text: the question, and its answer as a quote."""
    quoted = "\n".join(f"> {line}".rstrip() for line in question.answer.split("\n"))
    opening = f"Question `{question.id}`: {question.text}"
    ask = "What is wrong (with a source, if possible):"
    kind = "answer" if question.kind == "answer" else "prompt"
    return f"{opening}\n\nCurrent {kind}:\n\n{quoted}\n\n{ask}\n"


def _reading_list(site: Site, title: str, found: Iterable[str], *, first: bool) -> str:
    """Return a titled list of questions; the first list is marked for the theme."""
    entries = [f"- {link(site.questions[name])}" for name in found]
    marked = ".after-answer " if first else ""
    opening = f"## {title} {{ {marked}#{ids.slug(title)} }}"
    return join(opening, "\n".join(entries))
