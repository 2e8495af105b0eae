"""Check links to files in the source: each must lead to a file that the site has.

A text may be on pages in several folders, and its addresses start at the page. So MkDocs would
refuse such a link, too, but name a generated page instead of the line in the source.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Container, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from qna.diagnostics import Report
from qna.model import Document, Link
from qna.reading.notes import Note

_TOPICS, _QUESTIONS = "topics", "q"
_PAGE = ".md"
_ALIKE = 0.6
"""Least similarity of a name that was probably meant, from 0 to 1."""
_TO_A_PAGE = "write '#' and the id of a question or topic, or '../' and the path of a page below"
_PICTURES = "assets/images"


@dataclass(frozen=True)
class Files:
    """The files that pages can link to, by their paths below the docs folder."""

    docs: Path
    """The docs folder, as shown in messages."""
    owned: Collection[str]
    """Its folders whose pages are generated."""
    ids: Container[str]
    """Of questions and topics."""
    own: Container[str]
    """Their pages, which may not be written yet."""
    generate: Callable[[], Iterable[str]]
    """Returns all other files that are generated; it is called only if a link needs it."""
    made_later: str
    """The folder of files that are made after the pages."""
    is_generated: Callable[[Path], bool]
    """Tells of a file whether it is a generated page: an old one will be deleted."""
    used: set[str] = field(default_factory=set)
    """Files that exist, are linked, and are not generated."""
    _known: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def _generated(self) -> frozenset[str]:
        return frozenset(self.generate())

    def __contains__(self, path: str) -> bool:
        """Tell whether there is a file, or will be one."""
        if path not in self._known:
            self._known[path] = self._is_there(path)
        return self._known[path]

    def _is_there(self, path: str) -> bool:
        if path.startswith(("../", "/")) or _is_hidden(path):
            return False
        folder = posixpath.dirname(path)
        if folder == self.made_later or path in self.own:
            return True
        place = self.docs / path
        may_be_old = folder in self.owned and path.endswith(_PAGE)
        if is_file(place) and not (may_be_old and self.is_generated(place)):
            self.used.add(path)
            return True
        return path in self._generated

    def beside(self, path: str) -> list[str]:
        """Return the names in the folder of a path, sorted."""
        folder = posixpath.dirname(path)
        if folder.startswith(("..", "/")):
            return []
        try:
            names = (item.name for item in (self.docs / folder).iterdir() if item.is_file())
            return sorted(name for name in names if not _is_hidden(name))
        except (OSError, ValueError):
            return []


def _is_hidden(path: str) -> bool:
    """Tell whether a file is no part of the site, because it or a folder of it is hidden."""
    return any(part.startswith(".") and part.strip(".") for part in path.split("/"))


def is_file(path: Path) -> bool:
    """Tell whether there is a file; there is none whose name the system cannot have."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def check(document: Document, files: Files, path: str, report: Report) -> None:
    """Report every link in the source to a file that is not there."""
    for folders, links in _links(document):
        _check(links, folders, files, path, report)


def check_notes(notes: Iterable[Note], files: Files, folder: Path, report: Report) -> None:
    """Report every link in notes to a file that is not there."""
    for note in notes:
        _check(note.links, (_QUESTIONS,), files, str(folder / f"{note.id}.md"), report)


def _links(document: Document) -> Iterator[tuple[tuple[str, ...], Iterable[Link]]]:
    """Yield the links of each text, with the folders of the pages that it is on."""
    yield (_TOPICS,), document.links
    for topic in document.topics:
        yield (_TOPICS,), topic.links
        for question in topic.questions:
            yield (_TOPICS, _QUESTIONS), question.links


def _check(
    links: Iterable[Link], folders: tuple[str, ...], files: Files, path: str, report: Report
) -> None:
    for link in links:
        written = urlsplit(link.url).path
        if not written:
            continue
        if written.startswith("/"):
            message = f"the address '{link.url}' starts with '/'"
        elif all(_target(folder, written) in files for folder in folders):
            continue
        else:
            message = f"'{link.url}' leads to no file"
        report.add("W505", path, link.span, message, _hint(link.url, folders, files))


def _target(folder: str, written: str) -> str:
    """Return the path below the docs folder that an address on a page leads to."""
    return posixpath.normpath(posixpath.join(folder, unquote(written)))


def _hint(url: str, folders: tuple[str, ...], files: Files) -> str:
    """Return what to do about a link: correct its address, or put a file there."""
    written = urlsplit(url).path
    if near := _meant(written, folders[0], files):
        rest = url[len(written) :] if near[0] != "#" else ""
        return f"did you mean '{near}{rest}'"
    target, docs = _target(folders[0], written), files.docs.as_posix()
    if _is_hidden(target):
        return "give it another name: a file or folder that starts with '.' is no part of the site"
    if not posixpath.splitext(target)[1]:
        return f"{_TO_A_PAGE} {docs}"
    if _may_hold_files(target, files) and not written.startswith("/"):
        return f"put the file at {docs}/{target}, or correct the address"
    if target.endswith(_PAGE):
        return f"{_TO_A_PAGE} {docs}"
    path = _bare(written, files.docs.name)
    if "/" not in path or not _may_hold_files(path, files):
        path = f"{_PICTURES}/{posixpath.basename(path)}"
    return f"write '{_address(path)}', and put the file at {docs}/{path}"


def _may_hold_files(path: str, files: Files) -> bool:
    """Tell whether an author may put a file at a path: generated pages have their own folders."""
    return path.partition("/")[0] not in {"..", *files.owned}


def _meant(written: str, folder: str, files: Files) -> str:
    """Return the address that was probably meant; empty if there is none."""
    target = _target(folder, written)
    bare = _bare(written, files.docs.name)
    name = PurePosixPath(bare).name.removesuffix(_PAGE)
    if name in files.ids and PurePosixPath(bare).suffix in {"", _PAGE}:
        return f"#{name}"
    for path in (target, bare):
        page = path.removesuffix(".html")
        for found in map(
            posixpath.normpath, (path, f"{page}{_PAGE}", posixpath.join(page, "index.md"))
        ):
            if found in files and not found.startswith(("..", f"{files.made_later}/")):
                return _address(found)
    for path in (target, bare):
        stems = {PurePosixPath(name).stem.casefold(): name for name in files.beside(path)}
        stem = PurePosixPath(path).stem.casefold()
        if near := [stems[one] for one in get_close_matches(stem, stems, n=1, cutoff=_ALIKE)]:
            found = posixpath.join(posixpath.dirname(path), near[0])
            name = near[0].removesuffix(_PAGE)
            return f"#{name}" if found in files.own and name in files.ids else _address(found)
    return ""


def _bare(written: str, docs: str) -> str:
    """Return the path below the docs folder that an address names if it does not start there."""
    parts = [part for part in unquote(written).split("/") if part not in {"", ".", ".."}]
    return "/".join(parts[1:] if parts[:1] == [docs] else parts)


def _address(path: str) -> str:
    return f"../{quote(path)}"
