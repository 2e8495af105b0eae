"""The pages of questions, which are most of a large site, built without a part of MkDocs for each.

For each page, MkDocs makes a file and a page object, matches patterns and tells plugins, and it
goes through all of them many times. Here it does not know these pages, only links to them. They
depend on their Markdown and on what all pages depend on, and are not in the navigation.
"""

# ruff: noqa: SLF001 - MkDocs 1.6 is the last of its kind, so that its parts stay as they are

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePath
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urljoin

from mkdocs import utils
from mkdocs.commands import build
from mkdocs.structure import files as mkdocs_files
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs_frames import Frames, Shown
from mkdocs_pages import Reader, known_of
from qna import stamp
from qna.data import security_policy
from qna.data.whitespace import condensed

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from build_record import Kept
    from finishing import Finish
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation

FOLDER = "q"
_PLUGINS = frozenset({"material/search", "macros", "scripts/mkdocs_hooks.py"})
"""Plugins and hooks that have nothing to do with pages of questions."""


class Listed(NamedTuple):
    """What the site map shows of a page."""

    src_uri: str
    canonical_url: str
    meta: Mapping[str, Any]


class _Tools(NamedTuple):
    """What all pages of a build are made with."""

    reader: Reader
    frames: Frames
    finish: Finish


class Questions:
    """The pages of questions of one build."""

    def __init__(self, config: MkDocsConfig, before: Container[str]) -> None:
        """Find the pages; with the same configuration, those of `before` were among them."""
        self._config = config
        self.states = dict(_found(config, before)) if _may_be_apart(config) else {}
        """State of the Markdown of each page, by its path below the docs folder."""
        self.built: dict[str, Kept] = {}
        """What is known of each page, once it is built or kept."""
        self._files: _Files | None = None

    def files(self, get_files: Callable[[MkDocsConfig], Files], config: MkDocsConfig) -> Files:
        """Return the files of the site; those of questions can be found, but are not listed."""
        if not self.states:
            return get_files(config)
        folder = str(Path(config.docs_dir, FOLDER))

        def skip(at: str, _: list[str], names: list[str]) -> None:
            if at == folder:
                names[:] = (name for name in names if f"{FOLDER}/{name}" not in self.states)

        with skipping(skip):
            self._files = _Files(get_files(config), config, self.states)
        return self._files

    def build(
        self,
        kept: Mapping[str, Kept],
        reader: Reader,
        env: Environment,
        nav: Navigation,
        finish: Finish,
    ) -> None:
        """Build and finish all pages but those that are kept."""
        if not self._files:
            return
        frames = Frames(self._config, nav, self._files.documentation_pages(), _head(finish))
        tools = _Tools(reader, frames, finish)
        for name in self.states:
            self.built[name] = kept.get(name) or self._build(name, tools, env, nav)
        for name, file in self._files.linked.items():  # MkDocs checks links to them
            anchors = {*self.built[name].anchors}
            file.page = SimpleNamespace(present_anchor_ids=anchors)  # type: ignore[assignment]

    def _build(self, name: str, tools: _Tools, env: Environment, nav: Navigation) -> Kept:
        """Build a page; return what is to be known of it."""
        files, config = self._files, self._config
        assert files is not None
        reader, frames, finish = tools
        page = Page(None, files.made(name), config)
        reader.take(page)
        page.read_source(config)
        if page.meta.get("render_macros") is not False:  # it is written by hand
            build._populate_page(page, config, files)
            build._build_page(page, config, files.documentation_pages(), nav, env)
            return known_of(page)
        page.render(config, files)

        def whole() -> str:
            context = build.get_context(nav, files, config, page)
            return env.get_template(str(page.meta.get("template", "main.html"))).render(context)

        shown = Shown(page.url, page.canonical_url, page.content or "", page.meta)
        # What differs between pages may be a link to a script or style.
        html = condensed(finish.links_left(frames.page(shown, env, whole)))
        utils.write_file(html.encode("utf-8", errors="xmlcharrefreplace"), page.file.abs_dest_path)
        finished = finish.digest if security_policy.has_place(html) else ""
        return replace(known_of(page), finished=finished)

    def check_anchors(self) -> None:
        """Warn of links to anchors that are not there, as MkDocs does for each page."""
        level = self._config.validation.links.anchors
        for name, kept in self.built.items():
            if not self._files or all(self._is_there(*link[:2]) for link in kept.links):
                continue
            links: dict[File, dict[str, str]] = {}
            for target, anchor, written in kept.links:
                if file := self._files.get_file_from_path(target):
                    links.setdefault(file, {})[anchor] = written
            page = SimpleNamespace(file=self._files.made(name), links_to_anchors=links)
            Page.validate_anchor_links(page, files=self._files, log_level=level)  # type: ignore[arg-type]

    def _is_there(self, name: str, anchor: str) -> bool:
        if known := self.built.get(name):
            return anchor in known.anchors
        file = self._files.get_file_from_path(name) if self._files else None
        return bool(file and file.page and anchor in (file.page.present_anchor_ids or ()))

    def listed_among(self, pages: Iterable[File]) -> list[File | Listed]:
        """Return what the site map lists: these pages and those of questions, in order."""
        folder = urljoin(self._config.site_url or "", f"{FOLDER}/")
        found = (
            Listed(name, f"{folder}{quote(name[len(FOLDER) + 1 : -len('.md')])}/", kept.meta)
            for name, kept in self.built.items()
            if self._config.site_url
        )
        return sorted([*pages, *found], key=_place)


class _Files(Files):
    """The files of a site, among which those of questions are found, but not listed."""

    def __init__(self, found: Files, config: MkDocsConfig, states: Mapping[str, str]) -> None:
        super().__init__(found)
        self._config, self._states = config, states
        self.linked: dict[str, File] = {}
        """Files of questions to which pages link."""

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file at a path below the docs folder."""
        return super().get_file_from_path(path) or self._question(PurePath(path).as_posix())

    def __contains__(self, path: str) -> bool:
        return super().__contains__(path) or PurePath(path).as_posix() in self._states

    def _question(self, name: str) -> File | None:
        if name in self._states and name not in self.linked:
            self.linked[name] = self.made(name)
        return self.linked.get(name)

    def made(self, name: str) -> File:
        """Return a new file of a question."""
        config, level = self._config, InclusionLevel.NOT_IN_NAV
        return File(
            name, config.docs_dir, config.site_dir, use_directory_urls=True, inclusion=level
        )


@contextmanager
def skipping(skip: Callable[[str, list[str], list[str]], None]) -> Iterator[None]:
    """Have `os.walk` pass over what `skip` takes out of the folders and files of each folder."""
    walk = os.walk

    def walked(top: str, *, followlinks: bool) -> Iterator[tuple[str, list[str], list[str]]]:
        for at, folders, names in walk(top, followlinks=followlinks):
            skip(at, folders, names)
            yield at, folders, names

    try:
        os.walk = walked  # type: ignore[assignment]
        yield
    finally:
        os.walk = walk


def _head(finish: Finish) -> Callable[[str], str]:
    """Return what finishes heads; `publish.py` reports a page that has no place for a policy."""
    return lambda page: finish.head(page) if security_policy.has_place(page) else page


def _may_be_apart(config: MkDocsConfig) -> bool:
    """Tell whether nothing but links depends on what MkDocs knows of pages of questions."""
    return (
        {*config.plugins} <= _PLUGINS
        and config.use_directory_urls
        and config.nav is not None
        and config.draft_docs is None
        and Path(config.docs_dir, FOLDER).is_dir()
    )


def _found(config: MkDocsConfig, before: Container[str]) -> Iterator[tuple[str, str]]:
    """Yield the path and the state of each page that is one of a question by its place."""
    in_navigation = {"q/index.md", "q/README.md", *_paths(config.nav)}
    with os.scandir(Path(config.docs_dir, FOLDER)) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            name = f"{FOLDER}/{entry.name}"
            if (
                name.endswith(".md")
                and name not in in_navigation
                and entry.is_file(follow_symlinks=False)
                and (name in before or _is_only_linked(config, name))
            ):
                yield name, stamp.state_of(entry.path)


def _is_only_linked(config: MkDocsConfig, name: str) -> bool:
    """Tell whether a page is part of the site, and need not be in the navigation."""
    excluded = (mkdocs_files._default_exclude, config.exclude_docs)
    return bool(config.not_in_nav and config.not_in_nav.match_file(name)) and not any(
        patterns and patterns.match_file(name) for patterns in excluded
    )


def _paths(nav: object) -> Iterator[str]:
    """Yield the paths in the navigation."""
    if isinstance(nav, str):
        yield nav.lstrip("/")
    elif isinstance(nav, dict | list):
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from _paths(item)


def _place(item: File | Listed) -> tuple[list[str], bool, str]:
    """Return a key that sorts files as MkDocs finds them."""
    *folders, name = item.src_uri.split("/")
    return folders, name.partition(".")[0] not in {"index", "README"}, name
