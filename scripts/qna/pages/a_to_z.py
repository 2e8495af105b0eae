"""The list of all questions from A to Z."""

from __future__ import annotations

from functools import partial

from qna.markdown import plain_text
from qna.markdown.escaping import escape
from qna.model import Question
from qna.pages.alphabet import Entry, Listing
from qna.site import Site


def pages(site: Site) -> dict[str, str]:
    """Return its pages by path below the docs folder."""
    questions = site.questions.values()
    return Listing(
        site.words,
        site.words.text("lists.questions"),
        "a-to-z",
        site.words.counted("lists.questions_description", len(questions)),
        "question",
        folder="q",
        parts="q/a-to-z",
        entries=[
            Entry(site.titles[question.id], partial(_line, site, question))
            for question in questions
        ],
    ).pages()


def _line(site: Site, question: Question, root: str) -> str:
    text = escape(plain_text.inline(question.text))
    return f"- [{escape(site.titles[question.id])}]({root}q/{question.id}.md) {text}"
