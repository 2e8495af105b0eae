"""The page that lists all topics."""

from __future__ import annotations

from html import escape as html

from qna.markdown import embeds, plain_text
from qna.markdown.escaping import escape, join
from qna.model import Topic
from qna.pages.fragments import as_html, front_matter, link_table
from qna.site import Site


def pages(site: Site) -> dict[str, str]:
    """Return the page by its path below the docs folder."""
    document, title = site.document, site.words.text("topics.title")
    head = {
        "title": html(title),
        "description": site.words.counted(
            "topics.description", len(document.topics), title=as_html(document.title)
        ),
        "template": "topics.html",
    }
    cards = (_entry(site, topic) for topic in document.topics)
    introduction = embeds.blocks(document.introduction, "introduction")
    page = join(
        front_matter(head),
        f"# {title} {{ #all-topics }}\n",
        introduction,
        "\n".join(cards),
        link_table(site, [""]),
    )
    return {"topics/index.md": page}


def _entry(site: Site, topic: Topic) -> str:
    title = escape(plain_text.inline(topic.title))
    count = site.words.counted("counts.questions", len(topic.questions))
    parts = (f"- [{title}]({topic.id}.md)", escape(site.own_summary(topic)), f"*{count}*")
    return " ".join(filter(None, parts))
