"""Lists from A to Z: on one page, or on a page for each initial if they are long.

Their addresses stay: anchors of a list that has grown beyond one page lead on from its first page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape as html

from qna.markdown.escaping import escape, join
from qna.naming import ids
from qna.pages.fragments import around, front_matter, neighbors, range_of
from qna.pages.initials import SYMBOLS, by_initial
from qna.words import Words

ENTRIES_PER_PAGE = 500
"""Maximum number of entries on a page, so that it does not grow with the source."""
_LETTERS = 31
"""Maximum number of initials that a page of a part links to."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list."""

    name: str
    """Plain text that it is sorted by."""
    markdown: Callable[[str], str]
    """Returns its Markdown, given the relative path to the docs folder."""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list from A to Z."""

    words: Words
    title: str
    anchor: str
    description: str
    noun: str
    """What an entry is, such as "term"."""
    folder: str
    """Folder of its first page, below the docs folder."""
    parts: str
    """Folder of the other pages, below the docs folder."""
    entries: Sequence[Entry]

    def pages(self) -> dict[str, str]:
        """Return its pages by path below the docs folder."""
        first = f"{self.folder}/index.md"
        if len(self.entries) <= ENTRIES_PER_PAGE:
            return {first: self._whole()}
        parts = list(_parts(self.entries, self.words))
        pages = (self._part(parts, number) for number in range(len(parts)))
        paths = (f"{self.parts}/{part.name}.md" for part in parts)
        return {first: self._contents(parts), **dict(zip(paths, pages, strict=True))}

    def _head(self, title: str, description: str, **more: object) -> str:
        shown = {"title": html(title), "description": html(description)}
        return front_matter({**shown, "template": "a-to-z.html", "noun": self.noun, **more})

    def _whole(self) -> str:
        groups = [
            join(f"## {part.label} {{ #{part.anchor} }}\n", part.markdown(_up(self.folder)))
            for part in _groups(self.entries, self.words)
        ]
        empty = "" if groups else self.words.text(f"lists.no_{self.noun}s")
        return join(self._head(self.title, self.description), self._heading(), empty, *groups)

    def _heading(self) -> str:
        return f"# {self.title} {{ #{self.anchor} }}\n"

    def _contents(self, parts: Sequence[_Part]) -> str:
        """Return the first page of a long list: the initials, with all anchors."""
        folder = f"{_up(self.folder)}{self.parts}"
        rows = (
            join(
                f"## {part.label} {{ #{part.anchor}{part.aliases()} }}",
                f"[{escape(part.range())}]({folder}/{part.name}.md){{ .moved }} "
                + self._count(part),
            )
            for part in parts
        )
        head = self._head(self.title, self.description, contents=True)
        return join(head, self._heading(), *rows)

    def _part(self, parts: Sequence[_Part], number: int) -> str:
        part = parts[number]
        start = max(0, number - _LETTERS // 2)
        before, after = around(parts, number)
        title = self.words.text("lists.part", title=self.title, initial=part.label)
        names, count = part.range(), self._count(part)
        head = self._head(
            title,
            self.words.text("lists.part_description", count=count, range=names),
            listing={"url": f"{self.folder}/", "title": self.title},
            folder=f"{self.parts}/",
            part=part.name,
            letters=[near.link() for near in parts[start : start + _LETTERS]],
            **dict(neighbors(before and before.link(), after and after.link())),
        )
        heading = f"# {title} {{ #{part.anchor} }}\n"
        return join(head, heading, part.markdown(_up(self.parts)))

    def _count(self, part: _Part) -> str:
        return self.words.counted(f"counts.{self.noun}s", len(part.entries))


@dataclass(frozen=True, slots=True)
class _Part:
    """The entries with an initial; if there are too many for a page, some of them."""

    words: Words
    initial: str
    number: int
    entries: Sequence[Entry]
    whole: bool = True

    @property
    def name(self) -> str:
        return ids.anchor(self.initial) + (f"-{self.number}" if self.number > 1 else "")

    @property
    def anchor(self) -> str:
        return f"letter-{self.name}"

    @property
    def label(self) -> str:
        initial = self.words.text("lists.symbols") if self.initial == SYMBOLS else self.initial
        return initial if self.whole else f"{initial} {self.number}"

    def aliases(self) -> str:
        """Return the attribute that gives a heading the anchors of the entries, if any."""
        anchors = " ".join(entry.anchor for entry in self.entries if entry.anchor)
        return f' aliases="{anchors}"' if anchors else ""

    def range(self) -> str:
        """Return its first entry and its last one."""
        return range_of(self.words, self.entries[0].name, self.entries[-1].name)

    def link(self) -> dict[str, str]:
        return {"id": self.name, "title": html(self.label)}

    def markdown(self, root: str) -> str:
        return "\n".join(entry.markdown(root) for entry in self.entries)


def _groups(entries: Sequence[Entry], words: Words) -> Iterator[_Part]:
    for initial, group in by_initial(entries, lambda entry: entry.name):
        yield _Part(words, initial, 1, group)


def _parts(entries: Sequence[Entry], words: Words) -> Iterator[_Part]:
    """Yield parts that fit on a page."""
    for group in _groups(entries, words):
        starts = range(0, len(group.entries), ENTRIES_PER_PAGE)
        for number, start in enumerate(starts, start=1):
            part = group.entries[start : start + ENTRIES_PER_PAGE]
            yield _Part(words, group.initial, number, part, whole=len(starts) == 1)


def _up(folder: str) -> str:
    """Return the relative path from a folder to the docs folder."""
    return "../" * len(folder.split("/"))
