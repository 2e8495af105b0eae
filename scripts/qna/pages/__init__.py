"""Write the Markdown files that the engines build pages from, one module for each kind of page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qna.pages import a_to_z, glossary, practice, questions, redirects, topic_list, topics

if TYPE_CHECKING:
    from collections.abc import Container

    from qna.site import Site

_OF_TOPICS = (topics, questions)
_OTHERS = (redirects, topic_list, a_to_z, glossary, practice)


def pages(site: Site, without: Container[str] = ()) -> dict[str, str]:
    """Return all generated pages by path below the docs folder, `without` those of some topics."""
    found = [*(kind.pages(site, without) for kind in _OF_TOPICS), *(k.pages(site) for k in _OTHERS)]
    return {path: text for made in found for path, text in made.items()}
