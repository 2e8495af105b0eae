"""Model to pages: complete Markdown files, which any engine that reads Python-Markdown can build.

Values in front matter are HTML text: both engines put them into their templates as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape as html
from itertools import groupby
from typing import TypeVar

from qna import crosslinks, dialect, ids, manifest, prose
from qna.editorial import Editorial, Term
from qna.model import Document, Question, Topic

DESCRIPTION_LIMIT = 300
"""Characters of a page's description; every answer of the real source fits whole."""

_Item = TypeVar("_Item")

Pages = dict[str, str]
"""Path below the docs folder to the file's text."""


@dataclass(frozen=True, slots=True)
class Site:
    """All that the pages are made of."""

    document: Document
    editorial: Editorial
    related: Mapping[str, tuple[str, ...]]
    links: crosslinks.ConceptLinks
    acronyms: crosslinks.Acronyms
    questions: Mapping[str, Question]

    @property
    def topic_ids(self) -> frozenset[str]:
        """The ids that lead to a topic page."""
        return frozenset(topic.id for topic in self.document.topics)

    def summary(self, topic: Topic) -> str:
        """Return one line of plain text on what is in a topic."""
        return self.editorial.summaries.get(topic.id) or f"{_counted(topic)} with answers."


def site(document: Document, editorial: Editorial) -> Site:
    """Bring a named document and what the editors wrote together."""
    return Site(
        document,
        editorial,
        crosslinks.related(document, editorial),
        crosslinks.concept_links(editorial.glossary),
        crosslinks.acronyms(editorial.glossary),
        {question.id: question for question in document.questions()},
    )


def pages(made_of: Site) -> Pages:
    """Return every file of the site that is made from the source."""
    document = made_of.document
    topics, questions = document.topics, tuple(document.questions())
    placed = [(topic, question) for topic in topics for question in topic.questions]
    summaries = {topic.id: made_of.summary(topic) for topic in topics}
    return {
        **{
            f"topics/{topic.id}.md": _topic_page(made_of, topic, *_around(topics, number))
            for number, topic in enumerate(topics)
        },
        **{
            f"q/{question.id}.md": _question_page(
                made_of, topic, question, *_around(questions, number)
            )
            for number, (topic, question) in enumerate(placed)
        },
        "topics/index.md": _topic_index(made_of),
        "q/index.md": _question_index(made_of, questions),
        "glossary/index.md": _glossary_page(made_of),
        manifest.FILE_NAME: manifest.dump(
            document, summaries, made_of.related, made_of.editorial.twins
        ),
    }


def front_matter(values: Mapping[str, object]) -> str:
    """Return YAML front matter; every value is written as JSON, which YAML reads the same way."""
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    return "\n".join(["---", *lines, "render_macros: false", "---", ""])


def heading(text: str, anchor: str, level: int) -> str:
    """Return a heading with an explicit id; the text is inline Markdown."""
    return f"{'#' * level} {_heading_text(text)} {{ #{anchor} }}\n"


def _heading_text(text: str) -> str:
    """Escape what Python-Markdown reads into a heading: closing hashes, attributes, line breaks."""
    guarded = prose.map_text(text, lambda part: part.replace("{", "\\{").replace("}", "\\}"))
    if guarded.endswith("#"):
        return guarded[:-1] + "\\#"
    backslashes = len(guarded) - len(guarded.rstrip("\\"))
    return guarded + "\\" if backslashes % 2 else guarded


def _topic_page(made_of: Site, topic: Topic, before: Topic | None, after: Topic | None) -> str:
    head = {
        "title": html(prose.plain(topic.title)),
        "description": html(made_of.summary(topic)),
        "template": "topic.html",
        "topic_id": topic.id,
        "source_line": topic.span.line,
        "search": {"exclude": True},
        **dict(_neighbours(_named(before), _named(after))),
    }
    opening = dialect.convert(topic.introduction) or prose.escape(made_of.summary(topic))
    entries = [_entry(made_of, question) for question in topic.questions]
    tips = _abbreviations(made_of, (question.shown for question in topic.questions))
    return _join(front_matter(head), heading(topic.title, topic.id, 1), opening, *entries, tips)


def _entry(made_of: Site, question: Question) -> str:
    label = "Your own story" if question.kind == "story" else "Answer"
    more = f"[Related questions](../q/{question.id}.md){{ .more }}"
    body = dialect.indented(f"{_answer(made_of, question)}\n\n{more}")
    return f'{heading(question.text, question.id, 2)}\n??? {question.kind} "{label}"\n\n{body}'


def _answer(made_of: Site, question: Question) -> str:
    linked = made_of.links.apply(question.shown, question.id)
    return dialect.convert(crosslinks.resolved(linked, made_of.topic_ids))


def _question_page(
    made_of: Site,
    topic: Topic,
    question: Question,
    before: Question | None,
    after: Question | None,
) -> str:
    head = {
        "title": html(prose.plain(question.text)),
        "description": html(_shortened(prose.plain(question.shown))),
        "template": "question.html",
        "question_id": question.id,
        "kind": question.kind,
        "topic": {"id": topic.id, "title": html(prose.plain(topic.title))},
        "source_line": question.span.line,
        "hide": ["toc"],
        **dict(_neighbours(_asked(before), _asked(after))),
    }
    label = "Your own story" if question.kind == "story" else ""
    answer = f'!!! {question.kind} "{label}"\n\n{dialect.indented(_answer(made_of, question))}'
    twins = made_of.editorial.twins.get(question.id, ())
    return _join(
        front_matter(head),
        heading(question.text, question.id, 1),
        answer,
        _reading_list(made_of, "Asked another way", twins),
        _reading_list(made_of, "Related questions", made_of.related[question.id]),
        _abbreviations(made_of, [question.shown]),
    )


def _reading_list(made_of: Site, title: str, found: Iterable[str]) -> str:
    entries = [f"- {_link(made_of.questions[name])}" for name in found]
    if not entries:
        return ""
    anchor = ids.slug(title)
    return _join(f"## {title} {{ #{anchor} data-search-exclude }}\n", "\n".join(entries))


def _link(question: Question, folder: str = "") -> str:
    return f"[{prose.escape(prose.plain(question.text))}]({folder}{question.id}.md)"


def _topic_index(made_of: Site) -> str:
    document = made_of.document
    head = {
        "title": "Topics",
        "description": f"All {len(document.topics)} topics of {html(prose.plain(document.title))}.",
        "template": "topics.html",
        "search": {"exclude": True},
    }
    cards = (_card(made_of, topic) for topic in document.topics)
    introduction = dialect.convert(document.introduction)
    return _join(front_matter(head), "# Topics { #all-topics }\n", introduction, "\n".join(cards))


def _card(made_of: Site, topic: Topic) -> str:
    title = prose.escape(prose.plain(topic.title))
    summary = prose.escape(made_of.summary(topic))
    return f"- [{title}]({topic.id}.md) {summary} *{_counted(topic)}*"


def _question_index(made_of: Site, questions: Sequence[Question]) -> str:
    head = {
        "title": "All questions from A to Z",
        "description": f"All {len(questions)} questions, sorted by what they are about.",
        "template": "index.html",
        "search": {"exclude": True},
    }
    ordered = sorted(questions, key=lambda question: question.id)
    groups = [
        _join(
            f"## {letter} {{ #{_letter_anchor(letter)} }}\n",
            "\n".join(_index_line(made_of, question) for question in group),
        )
        for letter, group in groupby(ordered, key=lambda question: question.id[0].upper())
    ]
    return _join(front_matter(head), "# All questions from A to Z { #a-to-z }\n", *groups)


def _index_line(made_of: Site, question: Question) -> str:
    spelled = {name.lower(): name for name in made_of.acronyms.expansions}
    subject = " ".join(spelled.get(word, word) for word in question.id.split("-"))
    text = prose.escape(prose.plain(question.text))
    return f"- [{prose.escape(subject[0].upper() + subject[1:])}]({question.id}.md) {text}"


def _letter_anchor(letter: str) -> str:
    return f"letter-{letter.lower()}"


def _glossary_page(made_of: Site) -> str:
    terms = sorted(made_of.editorial.glossary, key=lambda term: (term.name.casefold(), term.name))
    head = {
        "title": "Glossary",
        "description": f"{len(terms)} terms and acronyms, each with the questions that explain it.",
        "template": "index.html",
        "search": {"exclude": True},
    }
    groups = [
        _join(
            f"## {letter} {{ #{_letter_anchor(letter)} }}\n",
            "\n\n".join(_definition(made_of, term) for term in group),
        )
        for letter, group in groupby(terms, key=lambda term: _initial(term.name))
    ]
    empty = "" if terms else "No terms yet."
    return _join(front_matter(head), "# Glossary { #all-terms }\n", empty, *groups)


def _initial(name: str) -> str:
    first = name[0].upper()
    return first if first.isalpha() else "0-9"


def _definition(made_of: Site, term: Term) -> str:
    name = prose.escape(term.name)
    expansion = f" *{prose.escape(term.expansion)}*" if term.expansion else ""
    questions = [_link(made_of.questions[found], "../q/") for found in term.explained_by]
    listed = "".join(f"\n    - {link}" for link in questions)
    meaning = f":   {prose.escape(term.meaning)}{chr(10) if listed else ''}{listed}"
    return f"{name}{expansion} {{ #term-{ids.slug(term.name)} }}\n{meaning}"


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
    return {"id": topic.id, "title": html(prose.plain(topic.title))} if topic else None


def _asked(question: Question | None) -> dict[str, str] | None:
    return {"id": question.id, "title": html(prose.plain(question.text))} if question else None


def _counted(topic: Topic) -> str:
    number = len(topic.questions)
    return f"{number} question" if number == 1 else f"{number} questions"


def _shortened(text: str) -> str:
    if len(text) <= DESCRIPTION_LIMIT:
        return text
    return text[: DESCRIPTION_LIMIT - 1].rpartition(" ")[0] + "…"


def _join(*blocks: str) -> str:
    """Join what is not empty by blank lines."""
    return "\n\n".join(block.strip("\n") for block in blocks if block.strip("\n")) + "\n"
