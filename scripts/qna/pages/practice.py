"""The page on which readers practice; its template and scripts fill it."""

from __future__ import annotations

from html import escape as html

from qna.markdown.escaping import escape, join
from qna.pages.fragments import front_matter
from qna.site import Site


def pages(site: Site) -> dict[str, str]:
    """Return the page by its path below the docs folder."""
    title, lead = site.words.text("practice.title"), site.words.text("practice.lead")
    head = {
        "title": html(title),
        "description": html(site.words.text("practice.description")),
        "template": "practice.html",
    }
    page = join(
        front_matter(head), f"# {title} {{ #practice-page }}", f"{escape(lead)}\n{{ .lead }}"
    )
    return {"practice/index.md": page}
