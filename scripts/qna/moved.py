"""Old addresses: pages and anchors that lead from where a question or topic was to where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qna import prose
from qna.page import as_html, front_matter, heading, join

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qna.model import Topic
    from qna.site import Site


def pages(made_of: Site) -> dict[str, str]:
    """Return a page for every id that is no question's and no topic's any more."""
    questions = made_of.published.old_questions().items()
    topics = made_of.published.old_topics().items()
    return {
        **{f"q/{old}.md": _question_moved(made_of, new) for old, new in questions},
        **{f"topics/{old}.md": _topic_moved(made_of, old, new) for old, new in topics},
    }


def aliases(made_of: Site, topic: Topic) -> Mapping[str, list[str]]:
    """Return for each question of a topic the old anchors of that topic's page that are its own."""
    found: dict[str, list[str]] = {}
    for anchor, question_id in made_of.old_anchors.get(topic.id, ()):
        found.setdefault(question_id, []).append(anchor)
    return found


def pointers(made_of: Site, topic: Topic) -> str:
    """Return headings with the anchors of questions that have left a topic's page."""
    entries = [
        _pointer(made_of, anchor, question_id)
        for anchor, question_id in made_of.old_anchors.get(topic.id, ())
        if made_of.homes[question_id].id != topic.id
    ]
    title = "## Moved to another topic { #moved-to-another-topic }\n"
    return join(title, *entries) if entries else ""


def _pointer(made_of: Site, anchor: str, question_id: str) -> str:
    home, text = made_of.homes[question_id], made_of.questions[question_id].text
    title = prose.escape(prose.plain(home.title))
    lead = f"Now in [{title}](../topics/{home.id}.md#{question_id}){{ .moved }}"
    return join(heading(text, anchor, 3), lead)


def _head(title: str, url: str) -> str:
    return front_matter(
        {
            "title": as_html(title),
            "template": "moved.html",
            "moved_to": url,
            # A refresh drops the part behind '#', which only addresses of topics have.
            "refresh": url.startswith("q/"),
        }
    )


def _question_moved(made_of: Site, new: str) -> str:
    text = made_of.questions[new].text
    link = f"[Go to the answer](../q/{new}.md){{ .moved }}"
    return join(_head(text, f"q/{new}/"), heading(text, new, 1), link)


def _topic_moved(made_of: Site, old: str, new: str) -> str:
    """Return a page with every anchor the topic had; a link is all there can be without scripts."""
    title = next(topic.title for topic in made_of.document.topics if topic.id == new)
    anchors = [
        join(
            heading(made_of.questions[name].text, anchor, 2),
            f"[Go to the answer](../q/{name}.md){{ .moved }}",
        )
        for topic, anchor, name in made_of.published.old_anchors()
        if topic == old
    ]
    link = f"[Go to the topic](../topics/{new}.md){{ .moved }}"
    return join(_head(title, f"topics/{new}/"), heading(title, new, 1), link, *anchors)
