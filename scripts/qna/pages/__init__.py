"""Write the Markdown files that the engines build pages from, one module for each kind of page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qna.pages import a_to_z, glossary, practice, questions, redirects, topic_list, topics

if TYPE_CHECKING:
    from qna.site import Site

_KINDS = (topics, questions, redirects, topic_list, a_to_z, glossary, practice)


def pages(site: Site) -> dict[str, str]:
    """Return all generated pages by path below the docs folder."""
    return {path: text for kind in _KINDS for path, text in kind.pages(site).items()}
