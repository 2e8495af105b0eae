"""The site: everything that pages and data are generated from, assembled once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qna import memo
from qna.links import concepts, related
from qna.links.concepts import Acronyms
from qna.markdown import plain_text
from qna.markdown.link_targets import Concepts
from qna.model import Document, Link, Question, Topic
from qna.naming.history import History
from qna.naming.ledger import Ledger
from qna.naming.titles import short_titles
from qna.reading import paths
from qna.reading.editorial import Editorial
from qna.reading.notes import Note, Notes, name_of
from qna.reading.paths import LearningPath, Step
from qna.words import Words, english


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that pages and data are generated from."""

    document: Document
    editorial: Editorial
    related: Mapping[str, tuple[str, ...]]
    links: Mapping[str, Mapping[str, str]]
    """Id of a question or topic to the link targets in its text.

    The targets are keyed by a `#id`, a form of a concept, or another relative address.
    """
    tooltips: Mapping[str, str]
    """Form of a concept to the tooltip of its links."""
    acronyms: Acronyms
    published: Ledger
    homes: Mapping[str, Topic]
    """Question id to its topic."""
    old_anchors: Mapping[str, Sequence[tuple[str, str]]]
    """Topic id to old anchors of its page, each with the id of its question."""
    questions: Mapping[str, Question]
    titles: Mapping[str, str]
    """Question id to its short title: plain text."""
    paths: Sequence[LearningPath]
    steps: Mapping[str, Sequence[Step]]
    """Question id to its places on learning paths."""
    formerly: Mapping[str, Sequence[str]]
    """Question id to the retired ids that lead to it."""
    histories: Mapping[str, History]
    """Question id to the history of its texts."""
    words: Words
    """The words of the interface."""

    def summary(self, topic: Topic) -> str:
        """Return a topic's summary: one line of plain text."""
        return self.own_summary(topic) or self.words.counted("topics.summary", len(topic.questions))

    def own_summary(self, topic: Topic) -> str:
        """Return the summary that an author gave a topic, or nothing."""
        return self.editorial.summaries.get(topic.id, "")

    def title_of(self, name: str) -> str:
        """Return the short title of a question, or the title of a topic: plain text."""
        titles = (topic.title for topic in self.document.topics if topic.id == name)
        return self.titles.get(name) or plain_text.inline(next(titles))

    def texts(self) -> Iterator[str]:
        """Yield the Markdown of everything that readers see: answers, introductions, notes."""
        yield from self.shown()
        yield from self.editorial.notes.texts().values()

    def shown(self) -> Iterator[str]:
        """Yield the Markdown of titles, introductions, questions and answers."""
        yield from (self.document.title, self.document.introduction)
        for topic in self.document.topics:
            yield from (topic.title, topic.introduction)
            yield from (text for item in topic.questions for text in (item.text, item.shown))

    def marked(self, question: Question) -> str:
        """Return an answer as plain text, after its mark if it would mislead."""
        return " ".join(filter(None, (self.mark(question.id), question.plain)))

    def label(self, question_id: str) -> str:
        """Return how an answer that would mislead is called; empty for others."""
        note = self._misleading(question_id)
        return self.words.text("notes.see_note", status=note.label(self.words)) if note else ""

    def mark(self, question_id: str) -> str:
        """Return what goes before an answer that would mislead: plain text, or nothing."""
        note = self._misleading(question_id)
        if not note:
            return ""
        return self.words.text("notes.mark", status=note.label(self.words), caution=note.caution)

    def _misleading(self, question_id: str) -> Note | None:
        """Return the note on an answer that would mislead."""
        note = self.editorial.notes.by_id.get(question_id)
        return note if note and note.misleads else None


def assemble(
    document: Document,
    editorial: Editorial,
    published: Ledger,
    learning_paths: Iterable[LearningPath] = (),
    words: Words | None = None,
) -> Site:
    """Combine a document that has ids, the editorial data, the ledger and the learning paths.

    Without `words`, the interface is in English.
    """
    learning_paths = tuple(learning_paths)
    topics = frozenset(topic.id for topic in document.topics)
    known = concepts.concepts(editorial.glossary, lambda name: page(name, topics))
    homes = {item.id: topic for topic in document.topics for item in topic.questions}
    return Site(
        document,
        editorial,
        related.related(document, editorial),
        _links(document, editorial.notes, topics, known),
        known.tooltips,
        concepts.acronyms(editorial.glossary),
        published,
        homes,
        _old_anchors(published, homes),
        {question.id: question for question in document.questions()},
        short_titles(
            document.questions(), editorial.titles, (term.name for term in editorial.glossary)
        ),
        learning_paths,
        paths.by_question(learning_paths, homes),
        published.former_questions(),
        published.histories(document.questions(), editorial.notes.texts()),
        words or english(),
    )


def _links(
    document: Document, notes: Notes, topics: frozenset[str], known: Concepts
) -> dict[str, dict[str, str]]:
    """Return the links of each text, relative to another generated page."""
    texts = [
        ("", document.introduction, document.links),
        *((topic.id, topic.introduction, topic.links) for topic in document.topics),
        *((item.id, item.shown, item.links) for item in document.questions()),
        *((name_of(name), note.markdown, note.links) for name, note in notes.by_id.items()),
    ]
    return {
        name: _mentioned(markdown, known) | _written(links, topics)
        for name, markdown, links in texts
        if markdown
    }


def page(name: str, topics: Iterable[str]) -> str:
    """Return the path of a question or topic page, relative to another generated page."""
    return f"../{'topics' if name in topics else 'q'}/{name}.md"


def _mentioned(markdown: str, known: Concepts) -> dict[str, str]:
    if not known.urls:
        return {}
    # Which forms there are decides what is found; so each set of forms has its own name.
    return {form: known.urls[form] for form in memo.recall(known.name, markdown, known.mentions)}


def _written(links: Iterable[Link], topics: frozenset[str]) -> dict[str, str]:
    return {link.url: page(link.id, topics) if link.id else link.url for link in links}


def _old_anchors(
    published: Ledger, homes: Mapping[str, Topic]
) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Group old addresses of questions by the topic page that they open now."""
    moved = published.old_topics()
    found: dict[str, dict[tuple[str, str], None]] = {}
    for old_topic, anchor, question_id in published.old_anchors():
        topic = moved.get(old_topic, old_topic)
        own = anchor in homes and homes[anchor].id == topic
        if question_id in homes and not own:
            found.setdefault(topic, {})[anchor, question_id] = None
    return {topic: list(anchors) for topic, anchors in found.items()}
