"""Pages that list: topics, questions from A to Z, the glossary."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from qna import dialect, ids, prose
from qna.page import as_html, front_matter, join, link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qna.editorial import Term
    from qna.model import Question, Topic
    from qna.site import Site


def topic_index(made_of: Site) -> str:
    """Return the page that lists all topics."""
    document = made_of.document
    head = {
        "title": "Topics",
        "description": f"{_all(len(document.topics), 'topic')} of {as_html(document.title)}.",
        "template": "topics.html",
    }
    cards = (_card(made_of, topic) for topic in document.topics)
    introduction = dialect.convert(document.introduction)
    return join(front_matter(head), "# Topics { #all-topics }\n", introduction, "\n".join(cards))


def _all(number: int, noun: str) -> str:
    return f"All {prose.counted(number, noun)}" if number > 1 else prose.counted(number, noun)


def _card(made_of: Site, topic: Topic) -> str:
    title = prose.escape(prose.plain(topic.title))
    summary = prose.escape(made_of.summary(topic))
    return (
        f"- [{title}]({topic.id}.md) {summary} *{prose.counted(len(topic.questions), 'question')}*"
    )


def question_index(made_of: Site) -> str:
    """Return the page that lists all questions, sorted by what they are about."""
    questions = made_of.questions.values()
    spelled = {name.lower(): name for name in made_of.acronyms.expansions}
    head = {
        "title": "All questions from A to Z",
        "description": f"{_all(len(questions), 'question')}, sorted by what they are about.",
        "template": "index.html",
    }
    ordered = sorted(questions, key=lambda question: question.id)
    groups = [
        join(
            f"## {letter} {{ #{_letter_anchor(letter)} }}\n",
            "\n".join(_index_line(question, spelled) for question in group),
        )
        for letter, group in groupby(ordered, key=lambda question: question.id[0].upper())
    ]
    return join(front_matter(head), "# All questions from A to Z { #a-to-z }\n", *groups)


def _index_line(question: Question, spelled: Mapping[str, str]) -> str:
    subject = " ".join(spelled.get(word, word) for word in question.id.split("-"))
    text = prose.escape(prose.plain(question.text))
    return f"- [{prose.escape(subject[0].upper() + subject[1:])}]({question.id}.md) {text}"


def _letter_anchor(letter: str) -> str:
    return f"letter-{letter.lower()}"


def glossary_page(made_of: Site) -> str:
    """Return the page that explains all terms."""
    terms = sorted(made_of.editorial.glossary, key=lambda term: (term.name.casefold(), term.name))
    head = {
        "title": "Glossary",
        "description": "Every term and acronym, with the questions that explain it.",
        "template": "index.html",
    }
    groups = [
        join(
            f"## {letter} {{ #{_letter_anchor(letter)} }}\n",
            "\n\n".join(_definition(made_of, term) for term in group),
        )
        for letter, group in groupby(terms, key=lambda term: _initial(term.name))
    ]
    empty = "" if terms else "No terms yet."
    return join(front_matter(head), "# Glossary { #all-terms }\n", empty, *groups)


def _initial(name: str) -> str:
    first = name[0].upper()
    return first if first.isalpha() else "0-9"


def _definition(made_of: Site, term: Term) -> str:
    name = prose.escape(term.name)
    expansion = f" *{prose.escape(term.expansion)}*" if term.expansion else ""
    questions = [link(made_of.questions[found], "../q/") for found in term.explained_by]
    listed = "".join(f"\n    - {link}" for link in questions)
    meaning = f":   {prose.escape(term.meaning)}{chr(10) if listed else ''}{listed}"
    return f"{name}{expansion} {{ #term-{ids.slug(term.name)} }}\n{meaning}"
