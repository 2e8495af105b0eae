"""All that the pages are made of, brought together once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qna import crosslinks, prose
from qna.editorial import Editorial
from qna.ledger import Ledger
from qna.model import Document, Question, Topic


@dataclass(frozen=True, slots=True)
class Site:
    """All that the pages are made of."""

    document: Document
    editorial: Editorial
    related: Mapping[str, tuple[str, ...]]
    links: crosslinks.ConceptLinks
    acronyms: crosslinks.Acronyms
    published: Ledger
    homes: Mapping[str, Topic]
    """Question id to the topic it stands in."""
    old_anchors: Mapping[str, Sequence[tuple[str, str]]]
    """Topic id to old anchors of its page, each with the id of the question it leads to."""
    questions: Mapping[str, Question]

    def page(self, name: str) -> str:
        """Return the file of a question or topic, as a link from another generated page."""
        return f"../{'q' if name in self.questions else 'topics'}/{name}.md"

    def summary(self, topic: Topic) -> str:
        """Return one line of plain text on what is in a topic."""
        questions = prose.counted(len(topic.questions), "question")
        answers = "its answer" if len(topic.questions) == 1 else "their answers"
        return self.editorial.summaries.get(topic.id) or f"{questions} with {answers}."


def made(document: Document, editorial: Editorial, published: Ledger) -> Site:
    """Bring a named document, what the editors wrote and what was published together."""
    homes = {item.id: topic for topic in document.topics for item in topic.questions}
    return Site(
        document,
        editorial,
        crosslinks.related(document, editorial),
        crosslinks.concept_links(editorial.glossary),
        crosslinks.acronyms(editorial.glossary),
        published,
        homes,
        _old_anchors(published, homes),
        {question.id: question for question in document.questions()},
    )


def _old_anchors(
    published: Ledger, homes: Mapping[str, Topic]
) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Group the places where questions once stood by the topic page that readers end up on."""
    moved = published.old_topics()
    found: dict[str, dict[tuple[str, str], None]] = {}
    for old_topic, anchor, question_id in published.old_anchors():
        topic = moved.get(old_topic, old_topic)
        own = anchor in homes and homes[anchor].id == topic
        if question_id in homes and not own:
            found.setdefault(topic, {})[anchor, question_id] = None
    return {topic: list(anchors) for topic, anchors in found.items()}
