"""The glossary: every term, with its meaning and the questions that explain it."""

from __future__ import annotations

from collections import Counter

from qna.markdown.escaping import escape, join
from qna.naming import ids
from qna.pages.fragments import front_matter, link
from qna.pages.initials import by_initial, initial_heading
from qna.reading.editorial import Term
from qna.site import Site


def pages(site: Site) -> dict[str, str]:
    """Return the page by its path below the docs folder."""
    terms = site.editorial.glossary
    head = {
        "title": "Glossary",
        "description": "Every term and acronym, with the questions that explain it.",
        "template": "a-to-z.html",
    }
    numbers: Counter[str] = Counter()
    groups = [
        join(initial_heading(initial), *(_definition(site, term, numbers) for term in group))
        for initial, group in by_initial(terms, lambda term: term.name)
    ]
    empty = "" if terms else "No terms yet."
    title = "# Glossary { #all-terms }\n"
    return {"glossary/index.md": join(front_matter(head), title, empty, *groups)}


def _definition(site: Site, term: Term, numbers: Counter[str]) -> str:
    """Return a term and its meaning; terms whose anchors would collide are numbered."""
    name = escape(term.name)
    expansion = f" *{escape(term.expansion)}*" if term.expansion else ""
    questions = [link(site.questions[found], "../q/") for found in term.explained_by]
    listed = "".join(f"\n    - {link}" for link in questions)
    meaning = f":   {escape(term.meaning)}{chr(10) if listed else ''}{listed}"
    word = ids.anchor(term.name) or "symbol"
    numbers[word] += 1
    anchor = word if numbers[word] == 1 else f"{word}_{numbers[word]}"
    return f"{name}{expansion} {{ #term-{anchor} }}\n{meaning}"
