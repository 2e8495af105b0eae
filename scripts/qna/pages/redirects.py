"""Redirects: pages and anchors for old addresses of questions and topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qna.markdown import plain_text
from qna.markdown.escaping import escape, join
from qna.pages.fragments import as_html, front_matter, heading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qna.model import Topic
    from qna.site import Site


def pages(site: Site) -> dict[str, str]:
    """Return a redirect page for every old id of a question or topic."""
    questions = site.published.old_questions().items()
    topics = site.published.old_topics().items()
    return {
        **{f"q/{old}.md": _question_moved(site, new) for old, new in questions},
        **{f"topics/{old}.md": _topic_moved(site, old, new) for old, new in topics},
    }


def aliases(site: Site, topic: Topic) -> Mapping[str, list[str]]:
    """Map each question of a topic to its old anchors on that topic's page."""
    found: dict[str, list[str]] = {}
    for anchor, question_id in site.old_anchors.get(topic.id, ()):
        found.setdefault(question_id, []).append(anchor)
    return found


def pointers(site: Site, topic: Topic) -> str:
    """Return headings with the anchors of questions that moved from a topic to another."""
    entries = [
        _pointer(site, anchor, question_id)
        for anchor, question_id in site.old_anchors.get(topic.id, ())
        if site.homes[question_id].id != topic.id
    ]
    title = f"## {site.words.text('moved.title')} {{ #moved-to-another-topic }}\n"
    return join(title, *entries) if entries else ""


def _pointer(site: Site, anchor: str, question_id: str) -> str:
    home, text = site.homes[question_id], site.questions[question_id].text
    title = escape(plain_text.inline(home.title))
    link = f"[{title}](../topics/{home.id}.md#{question_id}){{ .moved }}"
    return join(heading(text, anchor, 3), site.words.text("moved.now_in", topic=link))


def _head(title: str, url: str) -> str:
    return front_matter(
        {
            "title": as_html(title),
            "template": "redirect.html",
            "moved_to": url,
            # A meta refresh drops the fragment, which only topic addresses have.
            "refresh": url.startswith("q/"),
        }
    )


def _question_moved(site: Site, new: str) -> str:
    text = site.questions[new].text
    link = f"[{site.words.text('moved.to_answer')}](../q/{new}.md){{ .moved }}"
    return join(_head(text, f"q/{new}/"), heading(text, new, 1), link)


def _topic_moved(site: Site, old: str, new: str) -> str:
    """Return a page with all anchors of a former topic, with links for use without scripts."""
    title = next(topic.title for topic in site.document.topics if topic.id == new)
    anchors = [
        join(
            heading(site.questions[name].text, anchor, 2),
            f"[{site.words.text('moved.to_answer')}](../q/{name}.md){{ .moved }}",
        )
        for topic, anchor, name in site.published.old_anchors()
        if topic == old
    ]
    link = f"[{site.words.text('moved.to_topic')}](../topics/{new}.md){{ .moved }}"
    return join(_head(title, f"topics/{new}/"), heading(title, new, 1), link, *anchors)
