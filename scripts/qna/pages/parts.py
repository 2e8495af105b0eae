"""Parts that pages share: front matter, headings, links, tables of links.

Front-matter values are already HTML-escaped; both engines insert them unescaped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape as html
from itertools import chain
from typing import TypeVar

from qna.markdown import carriers, plain
from qna.markdown.writing import escape
from qna.model import Question, Topic
from qna.site import Site

_Item = TypeVar("_Item")

DESCRIPTION_LIMIT = 300
"""Characters of a page's description; every answer of the real source fits whole."""


def front_matter(values: Mapping[str, object]) -> str:
    """Return YAML front matter; every value is written as JSON, which YAML reads the same way."""
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    return "\n".join(["---", *lines, "render_macros: false", "---", ""])


def heading(text: str, anchor: str, level: int, aliases: Iterable[str] = ()) -> str:
    """Return a heading with an explicit id, and old ones; the text is Markdown on one line."""
    old = " ".join(aliases)
    return carriers.heading(text, level, f'#{anchor} aliases="{old}"' if old else f"#{anchor}")


def as_html(markdown: str) -> str:
    """Return what a reader sees of inline Markdown as HTML text."""
    return html(plain.inline(markdown))


def link(question: Question, folder: str = "") -> str:
    """Link to a question page; `folder` leads from the page at hand to the question pages."""
    return f"[{escape(plain.inline(question.text))}]({folder}{question.id}.md)"


def shortened(text: str) -> str:
    """Cut plain text to the length of a description, at a word."""
    if len(text) <= DESCRIPTION_LIMIT:
        return text
    return text[: DESCRIPTION_LIMIT - 1].rpartition(" ")[0] + "…"


def link_table(site: Site, names: Iterable[str]) -> str:
    """Return the carrier of everything that the texts of some questions or topics link to."""
    return carriers.links(
        dict(chain.from_iterable(site.links.get(name, {}).items() for name in names))
    )


def abbreviations(site: Site, texts: Iterable[str]) -> str:
    """Return the definitions of the acronyms in some texts, which become tooltips."""
    found = site.acronyms.used_in(texts)
    return "\n".join(f"*[{name}]: {expansion}" for name, expansion in found.items())


def around(items: Sequence[_Item], number: int) -> tuple[_Item | None, _Item | None]:
    """Return the items before and after one, if there are any."""
    before = items[number - 1] if number else None
    after = items[number + 1] if number + 1 < len(items) else None
    return before, after


def neighbors(before: object, after: object) -> Iterator[tuple[str, object]]:
    """Yield front matter for the previous and the next page."""
    return ((key, value) for key, value in (("previous", before), ("next", after)) if value)


def named(topic: Topic | None) -> dict[str, str] | None:
    """Return a topic as front matter has it."""
    return {"id": topic.id, "title": as_html(topic.title)} if topic else None


def asked(question: Question | None) -> dict[str, str] | None:
    """Return a question as front matter has it."""
    return {"id": question.id, "title": as_html(question.text)} if question else None
