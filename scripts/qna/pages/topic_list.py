"""The pages that list all topics: one, or several if there are many."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape as html

from qna.markdown import embeds, plain_text
from qna.markdown.escaping import escape, join
from qna.model import Topic
from qna.pages.fragments import (
    around,
    as_html,
    front_matter,
    link_table,
    neighbors,
    range_of,
)
from qna.site import Site

TOPICS_PER_PAGE = 100
"""Maximum number of topics on a page, so that it does not grow with the source."""
_PARTS = "topics/list"
"""Folder of the pages after the first, below the docs folder."""


def pages(site: Site) -> dict[str, str]:
    """Return the pages by path below the docs folder."""
    topics = site.document.topics
    starts = range(0, max(1, len(topics)), TOPICS_PER_PAGE)
    parts = [topics[start : start + TOPICS_PER_PAGE] for start in starts]
    others = {
        f"{_PARTS}/{number + 1}.md": _part(site, parts, number) for number in range(1, len(parts))
    }
    return {"topics/index.md": _first(site, parts), **others}


def _first(site: Site, parts: Sequence[Sequence[Topic]]) -> str:
    """Return the first page: some topics, and links to the pages of all others."""
    document, title = site.document, _title(site, 0)
    head = {
        "title": html(title),
        "description": site.words.counted(
            "topics.description", len(document.topics), title=as_html(document.title)
        ),
        "template": "topics.html",
    }
    entries = [_entry(site, topic, "") for topic in parts[0]]
    others = [_range(site, part, number) for number, part in enumerate(parts[1:], start=2)]
    return join(
        front_matter(head),
        f"# {title} {{ #all-topics }}\n",
        embeds.blocks(document.introduction, "introduction"),
        "\n".join([*entries, *others]),
        link_table(site, [""]),
    )


def _part(site: Site, parts: Sequence[Sequence[Topic]], number: int) -> str:
    """Return a page after the first."""
    title, part = _title(site, number), parts[number]
    places = [_place(site, other) for other in range(len(parts))]
    before, after = around(places, number)
    count, names = _count(site, part), _names(site, part)
    head = {
        "title": html(title),
        "description": html(site.words.text("lists.part_description", count=count, range=names)),
        "template": "topics.html",
        "listing": places[0],
        **dict(neighbors(before, after)),
    }
    cards = "\n".join(_entry(site, topic, "../") for topic in part)
    return join(front_matter(head), f"# {escape(title)} {{ #all-topics }}\n", cards)


def _title(site: Site, number: int) -> str:
    """Return the title of a page; the first page has that of the whole list."""
    title = site.words.text("topics.title")
    return site.words.text("lists.part", title=title, initial=number + 1) if number else title


def _place(site: Site, number: int) -> dict[str, str]:
    """Return the front-matter entry of a page."""
    url = f"{_PARTS}/{number + 1}/" if number else "topics/"
    return {"url": url, "title": html(_title(site, number))}


def _range(site: Site, part: Sequence[Topic], number: int) -> str:
    """Link to a page after the first."""
    return f"- [{escape(_names(site, part))}](list/{number}.md) *{_count(site, part)}*"


def _count(site: Site, part: Sequence[Topic]) -> str:
    return site.words.counted("counts.topics", len(part))


def _names(site: Site, part: Sequence[Topic]) -> str:
    """Return the titles of the first topic on a page and the last one."""
    return range_of(site.words, *(plain_text.inline(part[at].title) for at in (0, -1)))


def _entry(site: Site, topic: Topic, folder: str) -> str:
    title = escape(plain_text.inline(topic.title))
    count = site.words.counted("counts.questions", len(topic.questions))
    parts = (f"- [{title}]({folder}{topic.id}.md)", escape(site.own_summary(topic)), f"*{count}*")
    return " ".join(filter(None, parts))
