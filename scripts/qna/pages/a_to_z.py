"""The page that lists all questions from A to Z."""

from __future__ import annotations

from collections.abc import Mapping

from qna.markdown import plain_text
from qna.markdown.escaping import escape, join
from qna.model import Question
from qna.naming import letters
from qna.pages.fragments import all_of, front_matter
from qna.pages.initials import by_initial, initial_heading
from qna.site import Site


def pages(site: Site) -> dict[str, str]:
    """Return the page by its path below the docs folder."""
    questions = site.questions.values()
    spelled = {name.lower(): name for name in site.acronyms.expansions}
    head = {
        "title": "All questions from A to Z",
        "description": f"{all_of(len(questions), 'question')}, sorted by subject.",
        "template": "a-to-z.html",
    }
    groups = [
        join(
            initial_heading(initial),
            "\n".join(_index_line(question, spelled) for question in group),
        )
        for initial, group in by_initial(questions, lambda question: question.id)
    ]
    title = "# All questions from A to Z { #a-to-z }\n"
    return {"q/index.md": join(front_matter(head), title, *groups)}


def _index_line(question: Question, spelled: Mapping[str, str]) -> str:
    plain = plain_text.inline(question.text)
    accented = (word for word in letters.split(letters.spelled(plain)) if not word.isascii())
    known = {**{letters.folded(word): word for word in accented}, **spelled}
    subject = " ".join(known.get(word, word) for word in question.id.split("-"))
    text = escape(plain)
    return f"- [{escape(subject[0].upper() + subject[1:])}]({question.id}.md) {text}"
