"""The record of a build: of each page, what it was made from, and in which state it was left.

The hooks of MkDocs write it, and keep the pages that have not changed; what finishes the site then
knows which it has finished. It may be deleted at any time. A page in any other state is made again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qna import stamp
from qna.data import derived

FILE_NAME = ".cache/build.json"
"""Of the record, below the project's root."""


@dataclass
class Kept:
    """What is known of a page that was built."""

    source: str
    """State of its Markdown file."""
    path: str
    """Path of the built page below the site's root."""
    built: str
    """State of the built page."""
    targets: list[str]
    """Files that it links to."""
    anchors: list[str]
    links: list[tuple[str, str, str]]
    """File, anchor and text of each link to an anchor."""
    meta: dict[str, Any]
    finished: str = ""
    """Digest of the addresses and hosts with which it is finished; empty if it is not."""
    may_be_kept: bool = True
    """Whether the next build may keep it: it has no macros, and all its links lead somewhere."""


@dataclass
class Record:
    """What is known of a build."""

    frame: str = ""
    pages: dict[str, Kept] = field(default_factory=dict)
    """Pages by the path of their Markdown below the docs folder."""
    texts: derived.Known = field(default_factory=dict)
    """What else is known of the site's files: twins and feeds."""
    made_by: str = ""
    """The program that made them."""
    configuration: str = ""
    """Digest of the configuration by which pages of questions were told from others."""

    @classmethod
    def read(cls, root: Path) -> Record:
        """Read the record of a project; without one that can be read, nothing is known."""
        try:
            data = stamp.remembered(root / FILE_NAME)
            return cls(
                data["frame"],
                {name: Kept(*values) for name, values in data["pages"]},
                {path: (made_of, state) for path, (made_of, state) in data["texts"].items()},
                data["made_by"],
                data["configuration"],
            )
        except (TypeError, KeyError):
            return cls()

    def write(self, root: Path) -> None:
        """Keep the record; without it, the next build only takes longer."""
        data = {
            "frame": self.frame,
            "pages": [(name, list(vars(kept).values())) for name, kept in self.pages.items()],
            "texts": self.texts,
            "made_by": self.made_by,
            "configuration": self.configuration,
        }
        stamp.remember(root / FILE_NAME, data)
