"""What the pages of a topic and of its questions are made from: if it is the same, so are they."""

from __future__ import annotations

import marshal
from typing import TYPE_CHECKING, Any

from qna import stamp
from qna.pages.fragments import around
from qna.reading.notes import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qna.model import Question, Topic
    from qna.reading.paths import Step
    from qna.site import Site

_WITHOUT_REFERENCES = 2
"""Form of plain data in which equal values have the same bytes."""


def digests(site: Site) -> dict[str, str]:
    """Return by the id of each topic a digest of all that its pages and data are made from."""
    everywhere = _of_all(site)
    topics = site.document.topics
    return {
        topic.id: _digest((everywhere, number, _of_topic(site, number)))
        for number, topic in enumerate(topics)
    }


def paths(topic: Topic) -> Iterator[str]:
    """Yield the paths of the pages of a topic and of its questions, below the docs folder."""
    yield f"topics/{topic.id}.md"
    yield from (f"q/{question.id}.md" for question in topic.questions)


def _digest(data: Any) -> str:  # noqa: ANN401 - any plain data
    return stamp.digest(marshal.dumps(data, _WITHOUT_REFERENCES))


def _of_all(site: Site) -> str:
    """Return a digest of what may be on any page."""
    notes = site.editorial.notes
    return _digest(
        (
            site.words.language,
            repr(site.words.entries),
            tuple(site.tooltips.items()),
            tuple(site.acronyms.tooltips.items()),
            repr(notes.references),
            tuple(notes.figures.items()),
        )
    )


def _of_topic(site: Site, number: int) -> tuple[object, ...]:
    topics = site.document.topics
    topic, (before, after) = topics[number], around(topics, number)
    beside = tuple(filter(None, (before, topic, after)))
    ends = (*(before.questions[-1:] if before else ()), *(after.questions[:1] if after else ()))
    anchors = site.old_anchors.get(topic.id, ())
    return (
        topic.introduction,
        site.summary(topic),
        site.document.places.of(topic.span.line),
        _links(site, topic.id),
        tuple([(near.id, near.title) for near in beside]),
        tuple([(item.id, site.titles[item.id]) for item in ends]),
        tuple([(anchor, _pointed_at(site, name)) for anchor, name in anchors]),
        tuple([_of_question(site, item) for item in topic.questions]),
    )


def _of_question(site: Site, item: Question) -> tuple[object, ...]:
    history = site.histories[item.id]
    return (
        (item.id, item.text, item.answer, item.plain_answer, site.titles[item.id]),
        site.document.places.of(item.span.line),
        _texts(site, site.related[item.id]),
        _texts(site, site.editorial.rephrased.get(item.id, ())),
        _links(site, item.id),
        (history.revision, str(history.added), history.is_recorded),
        tuple([(part, str(day)) for part, day in history.changes.items()]),
        tuple(site.formerly.get(item.id, ())),
        tuple([_of_step(site, step) for step in site.steps.get(item.id, ())]),
        _of_note(site, item.id),
    )


def _texts(site: Site, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple([(name, site.questions[name].text) for name in names])


def _links(site: Site, name: str) -> tuple[tuple[str, str], ...]:
    return tuple(site.links[name].items()) if name in site.links else ()


def _pointed_at(site: Site, name: str) -> tuple[str, str, str, str]:
    home = site.homes[name]
    return name, site.questions[name].text, home.id, home.title


def _of_step(site: Site, step: Step) -> tuple[object, ...]:
    path, around = step.path, tuple(filter(None, step.around))
    return path.id, path.title, step.number, len(path.steps), step.around, _texts(site, around)


def _of_note(site: Site, question_id: str) -> tuple[object, ...]:
    note = site.editorial.notes.by_id.get(question_id)
    if not note:
        return ()
    linked = tuple([site.title_of(link.id) for link in note.links if link.id])
    return repr(note), linked, _links(site, name_of(question_id))
