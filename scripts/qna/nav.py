"""The topics in the navigation of `mkdocs.yml`: a marked block, kept in the source's order.

MkDocs and Zensical read the order of pages from this file alone; hooks do not run in Zensical.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE_NAME = "mkdocs.yml"

_BLOCK = re.compile(
    r"(?P<begin>^(?P<indent>[ ]*)# <topics>[^\n]*\n)(?P<entries>.*?)(?P<end>^[ ]*# </topics>)",
    re.DOTALL | re.MULTILINE,
)
_DOCS = re.compile(
    r"""^docs_dir:[ \t]*(["']?)(?P<folder>[^\n]+?)\1[ \t\r]*(?:[ ]\#.*)?$""", re.MULTILINE
)


def docs_folder(config: str) -> str:
    """Return the docs folder that a configuration names, relative to it; `docs` by default."""
    match = _DOCS.search(config)
    return match["folder"] if match else "docs"


def updated(config: str, topic_ids: Iterable[str]) -> str:
    """Return the text of `mkdocs.yml` with the block listing the topics; as it is without one."""

    def block(match: re.Match[str]) -> str:
        entries = "".join(f"{match['indent']}- topics/{name}.md\n" for name in topic_ids)
        return match["begin"] + entries + match["end"]

    return _BLOCK.sub(block, config, count=1)
