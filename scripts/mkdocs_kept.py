"""Pages that a MkDocs build keeps from the one before, because nothing that is on them has changed.

A page depends on its Markdown, on the files that it links to, and on the frame: configuration,
templates, navigation, scripts and styles, and the programs. It is kept if all these are the same,
and if the built page has the size and the times that the build left it with. Pages with macros are
always built. The record may be deleted at any time; then every page is built.
"""

# ruff: noqa: SLF001 - MkDocs 1.6 is the last of its kind, so that its parts stay as they are

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import search_pieces
from build_record import Kept, Record
from finishing import Finish
from mkdocs import utils
from mkdocs.commands import build
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs_pages import Reader, front_matter, known_of
from mkdocs_questions import Questions, skipping
from qna import pipeline, stamp
from qna.data import search_data

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation

_SHOWN = (
    *("site_name", "site_description", "site_url", "repo_url", "copyright", "extra"),
    *("docs_dir", "site_dir", "use_directory_urls"),
)
"""Parts of the configuration that an environment or a command line may set."""
_FRAME = ("overrides", "macros", "scripts")
"""Folders below the root with what every page depends on."""


class Build:
    """A build that keeps what it can."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config
        self._root = Path(config.config_file_path).parent
        self._before = Record.read(self._root)
        read = stamp.digest(Path(config.config_file_path).read_bytes())
        self._now = replace(self._before, frame="", pages={}, configuration=read)
        self._kept: set[str] = set()
        self._built: list[Page] = []
        self._nav: Navigation | None = None
        same = read == self._before.configuration
        self.questions = Questions(config, self._before.pages if same else ())

    def choose(self, nav: Navigation, files: Files) -> None:
        """Decide which pages are kept, and remove everything else from the site."""
        self._nav, self._now.frame = nav, self._frame(nav)
        if self._before.frame == self._now.frame:
            known = {*files.src_uris, *self.questions.states}
            pages = self._before.pages.items()
            self._kept = {name for name, kept in pages if self._is_as_it_was(name, kept, known)}
        for name in self._kept:
            self._now.pages[name] = self._before.pages[name]
        _remove_others(
            Path(self._config.site_dir),
            {*(kept.path for kept in self._now.pages.values()), *self._now.texts},
        )

    def populate(self, page: Page, files: Files) -> bool:
        """Give a page that is kept what other pages show of it; return whether it is kept."""
        kept = self._now.pages.get(page.file.src_uri)
        if not kept:
            self._built.append(page)
            return False
        page.markdown, page.content, page.meta = "", "", kept.meta
        page.present_anchor_ids = set(kept.anchors)
        page.links_to_anchors = {}
        for name, anchor, written in kept.links:
            if target := files.get_file_from_path(name):
                page.links_to_anchors.setdefault(target, {})[anchor] = written
        return True

    def is_kept(self, page: Page) -> bool:
        """Tell whether a page is kept."""
        return page.file.src_uri in self._kept

    def build_questions(self, env: Environment, reader: Reader, files: Files) -> None:
        """Build the pages of questions that are not kept; `files` has all others of the site."""
        assert self._nav
        look = pipeline.settings_of(Path(self._config.config_file_path))
        paths = {
            file.dest_uri: Path(file.abs_src_path)
            for file in files
            if file.abs_src_path and file.inclusion.is_included()  # type: ignore[no-untyped-call]
        }
        finish = Finish.expected(paths, look)
        self.questions.build(self._now.pages, reader, env, self._nav, finish)

    def finish(self) -> None:
        """Check the links of pages that MkDocs does not know, and record what was built."""
        self.questions.check_anchors()
        built = {page.file.src_uri: known_of(page) for page in self._built}
        for name, known in {**built, **self.questions.built}.items():
            if known.may_be_kept:
                self._now.pages[name] = known
        self._now.write(self._root)

    def _is_as_it_was(self, name: str, kept: Kept, known: set[str]) -> bool:
        """Tell whether a page, its Markdown and the files to which it links are still the same."""
        docs, site = self._config.docs_dir, self._config.site_dir
        source = self.questions.states.get(name) or stamp.state_of(f"{docs}/{name}")
        return (
            name in known
            and source == kept.source
            and stamp.state_of(f"{site}/{kept.path}") == kept.built
            and known.issuperset(kept.targets)
        )

    def _frame(self, nav: Navigation) -> str:
        """Return a digest of everything that all pages depend on."""
        config, root = self._config, self._root
        folders = (path for folder in _FRAME for path in (root / folder).rglob("*"))
        assets = (Path(config.docs_dir) / "assets").glob("*.*")
        configuration = Path(config.config_file_path)
        added = pipeline.settings_of(configuration).added
        owned = (Path(config.docs_dir, name) for name in added)
        files = [configuration, *folders, *assets, *owned]
        # Another worker changes the address of the script that all pages load.
        if search_pieces.is_large(Path(config.docs_dir, search_data.FILE_NAME)):
            files.append(search_pieces.WORKER)
        read = [
            (str(path), stamp.digest(path.read_bytes()))
            for path in files
            if path.is_file() and path.suffix != ".pyc"
        ]
        shown = json.dumps([*(config[name] for name in _SHOWN), *_titles(nav.items)], default=str)
        return stamp.combined([*read, ("", stamp.program()), ("shown", shown)])


def _titles(items: Iterable[Any]) -> Iterator[object]:
    """Yield what pages show of the navigation."""
    for item in items:
        if not item.is_page:
            yield [item.title, getattr(item, "url", ""), *_titles(item.children or ())]
        elif title := item.__dict__.get("title"):
            yield [title, item.file.src_uri]
        else:
            _, meta = front_matter(item.file.content_string)
            yield [meta.get("title") or item.file.content_string, item.file.src_uri]


def _remove_others(site: Path, kept: set[str]) -> None:
    """Remove everything from a site but the pages that are kept, and texts beside them.

    As MkDocs does, leave what is hidden in the site's own folder.
    """
    parents = {parent for name in kept for parent in _parents(name)}
    with suppress(FileNotFoundError):
        for entry in _entries(str(site)):
            if not entry.name.startswith("."):
                _remove(entry, entry.name, kept, parents)


def _remove(entry: os.DirEntry[str], name: str, kept: set[str], parents: set[str]) -> None:
    if not entry.is_dir(follow_symlinks=False):
        if name not in kept:
            Path(entry.path).unlink()
    elif name in parents:
        for inner in _entries(entry.path):
            _remove(inner, f"{name}/{inner.name}", kept, parents)
    else:
        shutil.rmtree(entry.path, ignore_errors=True)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return list(entries)


def _parents(name: str) -> Iterator[str]:
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


def _hidden(_: str, folders: list[str], __: list[str]) -> None:
    folders[:] = (name for name in folders if not name.startswith("."))


def install(current: Callable[[], Build | None]) -> None:
    """Have MkDocs leave the pages alone that the current build keeps; once in a process.

    It also finds the files of the theme without looking through the hidden ones.
    """
    populate, make, clean = build._populate_page, build._build_page, utils.clean_directory
    find, add = build.get_files, Files.add_files_from_theme  # type: ignore[attr-defined]

    def get_files(config: MkDocsConfig) -> Files:
        now = current()
        return now.questions.files(find, config) if now else find(config)

    def add_files_from_theme(files: Files, env: Environment, config: MkDocsConfig) -> None:
        with skipping(_hidden):  # some 14,500 icons, none of which MkDocs takes
            add(files, env, config)

    def populate_page(page: Page, config: MkDocsConfig, files: Files, dirty: bool = False) -> None:  # noqa: FBT001, FBT002
        now = current()
        if not now or not now.populate(page, files):
            populate(page, config, files, dirty)

    def build_page(page: Page, *rest: Any, **options: Any) -> None:  # noqa: ANN401
        now = current()
        if not now or not now.is_kept(page):
            make(page, *rest, **options)

    def clean_directory(directory: str) -> None:
        if not current():
            clean(directory)

    build.get_files = get_files  # type: ignore[attr-defined]
    Files.add_files_from_theme = add_files_from_theme  # type: ignore[assignment,method-assign]
    build._populate_page, build._build_page = populate_page, build_page
    utils.clean_directory = clean_directory
