"""The topics in the navigation of `mkdocs.yml`: a marked block, kept in source order.

Both engines take the page order from this file; hooks could not set it, as Zensical runs none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE_NAME = "mkdocs.yml"

_START = r"(?<![^\r\n\ufeff])"
"""Start of a line, after any kind of line ending."""
_BLOCK = re.compile(
    rf"(?P<begin>{_START}(?P<indent>[ ]*)# <topics>[^\r\n]*(?P<newline>\r\n?|\n))"
    rf"(?P<entries>.*?)(?P<end>{_START}[ ]*# </topics>)",
    re.DOTALL,
)
_DOCS = re.compile(
    rf"""{_START}docs_dir:[ \t]*(["']?)(?P<folder>[^\r\n]+?)\1[ \t]*(?:[ ]\#.*)?(?=[\r\n]|\Z)"""
)


def docs_folder(config: str) -> str:
    """Return the `docs_dir` of a configuration, relative to its file; `docs` by default."""
    match = _DOCS.search(config)
    return match["folder"] if match else "docs"


def updated(config: str, topic_ids: Iterable[str]) -> str:
    """Return the text of `mkdocs.yml` with the topics listed in the block; unchanged without one.

    Line endings are kept; new lines end like the one that opens the block.
    """

    def block(match: re.Match[str]) -> str:
        entries = "".join(
            f"{match['indent']}- topics/{name}.md{match['newline']}" for name in topic_ids
        )
        return match["begin"] + entries + match["end"]

    return _BLOCK.sub(block, config, count=1)
