"""The page that lists all questions from A to Z."""

from __future__ import annotations

from qna.markdown import plain_text
from qna.markdown.escaping import escape, join
from qna.model import Question
from qna.pages.fragments import all_of, front_matter
from qna.pages.initials import by_initial, initial_heading
from qna.site import Site


def pages(site: Site) -> dict[str, str]:
    """Return the page by its path below the docs folder."""
    questions = site.questions.values()
    head = {
        "title": "All questions from A to Z",
        "description": f"{all_of(len(questions), 'question')}, sorted by subject.",
        "template": "a-to-z.html",
    }
    groups = [
        join(initial_heading(initial), "\n".join(_index_line(site, question) for question in group))
        for initial, group in by_initial(questions, lambda question: site.titles[question.id])
    ]
    title = "# All questions from A to Z { #a-to-z }\n"
    return {"q/index.md": join(front_matter(head), title, *groups)}


def _index_line(site: Site, question: Question) -> str:
    text = escape(plain_text.inline(question.text))
    return f"- [{escape(site.titles[question.id])}]({question.id}.md) {text}"
