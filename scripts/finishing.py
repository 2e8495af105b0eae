"""What every page is given once it is built: addresses with versions, its policy, and no indents.

Builds with MkDocs finish pages of questions at once, so that they need not be opened again;
`publish.py` finishes all others. Addresses follow from the content of the files, so both know them;
if files change after the build, `publish.py` finishes the pages again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import search_pieces
from qna.data import search_data, security_policy, versions
from qna.data.derived import digest_of
from qna.data.whitespace import condensed

if TYPE_CHECKING:
    from qna.appearance.settings import Settings

_PLAIN = re.compile(rf'{versions.FOLDER}/[\w-]+\.\w+"')
"""A link to a file without a version."""


@dataclass(frozen=True)
class Finish:
    """What all pages of a site are given."""

    addresses: Mapping[str, str]
    """New address of each script, style, font and icon by its name."""
    added: Mapping[str, str]
    """The same for scripts and styles that the owner of the site added."""
    allowed: Sequence[str]
    """Origins from which pages may load, too."""

    @classmethod
    def of(cls, addresses: Mapping[str, str], paths: Mapping[str, Path], look: Settings) -> Finish:
        """Return what pages are given; `paths` has the site's files, by path below its root."""
        added = {
            name: versions.of_added(name, paths[name].read_bytes())
            for name in look.added
            if name in paths
        }
        return cls(addresses, added, look.allowed)

    @classmethod
    def expected(cls, paths: Mapping[str, Path], look: Settings) -> Finish:
        """Return what pages will be given, from the files of which a site is to be built."""
        files = {
            path.name: path.read_bytes()
            for name, path in paths.items()
            if name == f"{versions.FOLDER}/{path.name}"
        }
        data = paths.get(search_data.FILE_NAME)
        if data and search_pieces.can_be_cut(data):
            workers = (name for name in files if name.startswith("search-worker"))
            files |= dict.fromkeys(workers, search_pieces.WORKER.read_bytes())
        try:
            addresses = {name: found for name, (found, _) in versions.versioned(files).items()}
        except UnicodeDecodeError:  # `publish.py` reports it
            addresses = {}
        return cls.of(addresses, paths, look)

    @cached_property
    def digest(self) -> str:
        """A digest of all that pages are given.

        A site that was finished before has other names of the files that are renamed. Another
        script loads them, so that its address changes with them.
        """
        same = {name: self.addresses[name] for name in self.addresses.keys() - versions.RENAMED}
        return digest_of([sorted(same.items()), sorted(self.added.items()), self.allowed])

    def links(self, page: str) -> str:
        """Return a page whose head has the new addresses."""
        return versions.in_page(page, self.addresses, self.added)

    def links_left(self, page: str) -> str:
        """Return the same for a page in a finished frame. Few have a link left, so it is quick."""
        end = page.find("</head>")
        if self.added or _PLAIN.search(page, 0, len(page) if end < 0 else end):
            return self.links(page)
        return page

    def head(self, page: str) -> str:
        """Return a page whose head is finished. Raises ValueError if it cannot have a policy."""
        return security_policy.guarded(self.links(page), self.allowed)

    def page(self, page: str) -> str:
        """Return a finished page; one that is finished stays as it is. Raises ValueError."""
        return condensed(self.head(page))
