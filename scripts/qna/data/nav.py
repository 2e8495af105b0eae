"""`mkdocs.yml`: what it says about the site, and the topics in its navigation, in source order.

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
_THEME = re.compile(rf"{_START}theme:.*?(?=[\r\n]+[^\s#]|\Z)", re.DOTALL)
_LANGUAGE = re.compile(
    r"""^[^#\r\n]*\blanguage:[ \t]*(["']?)(?P<language>[\w-]+)\1""", re.MULTILINE
)


def docs_folder(config: str) -> str:
    """Return the `docs_dir` of a configuration, relative to its file; `docs` by default."""
    match = _DOCS.search(config)
    return match["folder"] if match else "docs"


def language(config: str) -> str:
    """Return the theme's language in a configuration, in any form; `en` by default."""
    theme = _THEME.search(config)
    found = _LANGUAGE.search(theme[0].replace("\r", "\n")) if theme else None
    return found["language"] if found else "en"


def lists_topics(config: str) -> bool:
    """Tell whether a configuration has the block that lists the topics."""
    return bool(_BLOCK.search(config))


def with_topics_of(config: str, other: str) -> str:
    """Return a configuration that lists the topics of another one."""
    found = _BLOCK.search(other)
    entries = found["entries"] if found else ""
    return _BLOCK.sub(lambda match: match["begin"] + entries + match["end"], config, count=1)


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
