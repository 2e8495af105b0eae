"""What every page is given once it is built: addresses with versions, its policy, and no indents.

Builds with MkDocs finish pages of questions at once, so that they need not be opened again;
`publish.py` finishes all others. Addresses follow from the content of the files, so both know them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import search_pieces
from qna.data import search_data, security_policy, versions
from qna.data.whitespace import condensed

if TYPE_CHECKING:
    from qna.appearance.settings import Settings


_FOLDER = f"{versions.FOLDER}/"


@dataclass(frozen=True, slots=True)
class Finish:
    """What all pages of a site are given."""

    addresses: Mapping[str, str]
    """New address of each script, style, font and icon by its name."""
    added: Mapping[str, str]
    """The same for scripts and styles that the owner of the site added."""
    allowed: Sequence[str]
    """Origins from which pages may load, too."""

    @classmethod
    def of(cls, folder: Path, addresses: Mapping[str, str], look: Settings) -> Finish:
        """Return what pages are given if a folder has the files that the owner added."""
        added = {
            name: versions.of_added(name, (folder / name).read_bytes())
            for name in look.added
            if (folder / name).is_file()
        }
        return cls(addresses, added, look.allowed)

    @classmethod
    def expected(cls, docs: Path, look: Settings) -> Finish:
        """Return what pages will be given, from a docs folder of which a site is to be built."""
        files = assets(docs)
        if search_pieces.can_be_cut(docs / search_data.FILE_NAME):
            workers = (name for name in files if name.startswith("search-worker"))
            files |= dict.fromkeys(workers, search_pieces.WORKER.read_bytes())
        addresses = {name: found for name, (found, _) in versions.versioned(files).items()}
        return cls.of(docs, addresses, look)

    def head(self, page: str) -> str:
        """Return a page whose head is finished. Raises ValueError if it cannot have a policy."""
        found = versions.in_page(page, self.addresses, self.added)
        return security_policy.guarded(found, self.allowed)

    def page(self, page: str) -> str:
        """Return a finished page; one that is finished stays as it is. Raises ValueError."""
        return condensed(self.head(page))

    def known(self) -> dict[str, str]:
        """Return all addresses by path below the site's root."""
        own = {f"{_FOLDER}{name}": f"{_FOLDER}{found}" for name, found in self.addresses.items()}
        return {**own, **self.added}


def assets(folder: Path) -> dict[str, bytes]:
    """Return the scripts, styles, fonts and icons of a docs folder or a site, by name."""
    found = (folder / versions.FOLDER).glob("*.*")
    return {path.name: path.read_bytes() for path in found if path.is_file()}
