"""Index pages: topics, questions from A to Z, glossary."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar
from unicodedata import normalize

from qna.markdown import embeds, plain_text
from qna.markdown.escaping import escape, join
from qna.naming import ids
from qna.pages.parts import as_html, front_matter, link, link_table
from qna.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from qna.model import Question, Topic
    from qna.reading.editorial import Term
    from qna.site import Site

_Item = TypeVar("_Item", "Question", "Term")

_SYMBOLS, _DIGITS = "Symbols", "0-9"


def pages(site: Site) -> dict[str, str]:
    """Return the index pages by path below the docs folder."""
    return {
        "topics/index.md": topic_index(site),
        "q/index.md": question_index(site),
        "glossary/index.md": glossary_page(site),
    }


def topic_index(site: Site) -> str:
    """Return the page that lists all topics."""
    document = site.document
    head = {
        "title": "Topics",
        "description": f"{_all(len(document.topics), 'topic')} of {as_html(document.title)}.",
        "template": "topics.html",
    }
    cards = (_card(site, topic) for topic in document.topics)
    introduction = embeds.blocks(document.introduction, "introduction")
    return join(
        front_matter(head),
        "# Topics { #all-topics }\n",
        introduction,
        "\n".join(cards),
        link_table(site, [""]),
    )


def _all(number: int, noun: str) -> str:
    return f"All {counted(number, noun)}" if number > 1 else counted(number, noun)


def _card(site: Site, topic: Topic) -> str:
    title = escape(plain_text.inline(topic.title))
    summary = escape(site.summary(topic))
    return f"- [{title}]({topic.id}.md) {summary} *{counted(len(topic.questions), 'question')}*"


def question_index(site: Site) -> str:
    """Return the page that lists all questions, sorted by subject."""
    questions = site.questions.values()
    spelled = {name.lower(): name for name in site.acronyms.expansions}
    head = {
        "title": "All questions from A to Z",
        "description": f"{_all(len(questions), 'question')}, sorted by subject.",
        "template": "index.html",
    }
    groups = [
        join(
            _initial_heading(initial),
            "\n".join(_index_line(question, spelled) for question in group),
        )
        for initial, group in _by_initial(questions, lambda question: question.id)
    ]
    return join(front_matter(head), "# All questions from A to Z { #a-to-z }\n", *groups)


def _index_line(question: Question, spelled: Mapping[str, str]) -> str:
    subject = " ".join(spelled.get(word, word) for word in question.id.split("-"))
    text = escape(plain_text.inline(question.text))
    return f"- [{escape(subject[0].upper() + subject[1:])}]({question.id}.md) {text}"


def _by_initial(
    items: Iterable[_Item], name: Callable[[_Item], str]
) -> Iterator[tuple[str, list[_Item]]]:
    """Group items by the initial of their name: symbols, digits, then letters."""
    groups: dict[str, list[_Item]] = {}
    for item in sorted(items, key=lambda item: (name(item).casefold(), name(item))):
        groups.setdefault(_initial(name(item)), []).append(item)
    first = {_SYMBOLS: 0, _DIGITS: 1}
    yield from sorted(groups.items(), key=lambda group: (first.get(group[0], 2), group[0]))


def _initial(name: str) -> str:
    """Return the initial that a name is listed under; an accented letter counts as itself."""
    first = ids.slug(normalize("NFC", name)[0])[:1]
    if not first.isalpha():
        return _DIGITS if first else _SYMBOLS
    return first.title()


def _initial_heading(initial: str) -> str:
    return f"## {initial} {{ #letter-{ids.slug(initial)} }}\n"


def glossary_page(site: Site) -> str:
    """Return the glossary page."""
    terms = site.editorial.glossary
    head = {
        "title": "Glossary",
        "description": "Every term and acronym, with the questions that explain it.",
        "template": "index.html",
    }
    numbers: Counter[str] = Counter()
    groups = [
        join(_initial_heading(initial), *(_definition(site, term, numbers) for term in group))
        for initial, group in _by_initial(terms, lambda term: term.name)
    ]
    empty = "" if terms else "No terms yet."
    return join(front_matter(head), "# Glossary { #all-terms }\n", empty, *groups)


def _definition(site: Site, term: Term, numbers: Counter[str]) -> str:
    """Return a term and its meaning; terms whose anchors would collide are numbered."""
    name = escape(term.name)
    expansion = f" *{escape(term.expansion)}*" if term.expansion else ""
    questions = [link(site.questions[found], "../q/") for found in term.explained_by]
    listed = "".join(f"\n    - {link}" for link in questions)
    meaning = f":   {escape(term.meaning)}{chr(10) if listed else ''}{listed}"
    word = ids.slug(term.name) or "symbol"
    numbers[word] += 1
    anchor = word if numbers[word] == 1 else f"{word}_{numbers[word]}"
    return f"{name}{expansion} {{ #term-{anchor} }}\n{meaning}"
