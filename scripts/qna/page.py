"""What pages are made of: front matter, headings, links and lists.

Values in front matter are HTML text: both engines put them into their templates as they are.
"""

from __future__ import annotations

import json
from html import escape as html
from typing import TYPE_CHECKING

from qna import prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qna.model import Question

DESCRIPTION_LIMIT = 300
"""Characters of a page's description; every answer of the real source fits whole."""


def front_matter(values: Mapping[str, object]) -> str:
    """Return YAML front matter; every value is written as JSON, which YAML reads the same way."""
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    return "\n".join(["---", *lines, "render_macros: false", "---", ""])


def heading(text: str, anchor: str, level: int, aliases: Iterable[str] = ()) -> str:
    """Return a heading with an explicit id, and old ones; the text is inline Markdown."""
    old = " ".join(aliases)
    also = f' aliases="{old}"' if old else ""
    return f"{'#' * level} {_heading_text(text)} {{ #{anchor}{also} }}\n"


def as_html(markdown: str) -> str:
    """Return what a reader sees of inline Markdown as HTML text."""
    return html(prose.plain(markdown))


def _heading_text(text: str) -> str:
    """Escape what Python-Markdown reads into a heading: closing hashes, attributes, line breaks."""
    guarded = prose.map_text(text, lambda part: part.replace("{", "\\{").replace("}", "\\}"))
    if guarded.endswith("#"):
        return guarded[:-1] + "\\#"
    backslashes = len(guarded) - len(guarded.rstrip("\\"))
    return guarded + "\\" if backslashes % 2 else guarded


def link(question: Question, folder: str = "") -> str:
    """Link to a question page; `folder` leads from the page at hand to the question pages."""
    return f"[{prose.escape(prose.plain(question.text))}]({folder}{question.id}.md)"


def shortened(text: str) -> str:
    """Cut plain text to the length of a description, at a word."""
    if len(text) <= DESCRIPTION_LIMIT:
        return text
    return text[: DESCRIPTION_LIMIT - 1].rpartition(" ")[0] + "…"


def join(*blocks: str) -> str:
    """Join what is not empty by blank lines."""
    return "\n\n".join(block.strip("\n") for block in blocks if block.strip("\n")) + "\n"
