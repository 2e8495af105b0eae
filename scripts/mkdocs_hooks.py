"""MkDocs hooks: split whenever the source has changed, so that plain `mkdocs serve` works.

The site does not depend on them: Zensical runs no hooks and builds the same pages.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import time
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import mkdocs_frames
import mkdocs_kept
import mkdocs_pages
import mkdocs_preview
import publish
import yaml
from jinja2 import FileSystemBytecodeCache
from mkdocs.exceptions import Abort
from mkdocs.livereload import _timestamp
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File
from qna import diagnostics, pipeline, words, writer
from qna.data import derived, nav
from qna.downloads import pages_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jinja2 import Environment
    from jinja2.bccache import Bucket
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from watchdog.events import FileSystemEvent

log = logging.getLogger("mkdocs.hooks.qna")
_serving = False
_frame: list[int | str] = []
"""Modification times of the files that every page depends on."""
_edited: set[Path] = set()
"""Files below the docs folder that were saved since the last build."""
_nav: Navigation | None = None
_env: tuple[Environment, Files] | None = None
_preview: mkdocs_preview.Preview | None = None
"""The last build while serving; None if it failed."""
_reader: mkdocs_pages.Reader | None = None
_build: mkdocs_kept.Build | None = None
_texts: derived.Known = {}
"""What is known of the twins and feeds of the site that is served."""
_rest: Thread | None = None
"""Brings up to date what an edit has changed beside its pages."""
mkdocs_kept.install(lambda: _build)


def on_startup(*, command: str, dirty: bool) -> None:  # noqa: ARG001 - MkDocs passes it by name
    """Remember whether this is `mkdocs serve`."""
    global _serving  # noqa: PLW0603 - MkDocs keeps hooks as modules, for the whole process
    _serving = command == "serve"


@event_priority(100)  # before the macros read the manifest
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Update the generated pages; stop the build if the source has errors."""
    source, docs = Path(config.config_file_path).parent / pipeline.SOURCE, Path(config.docs_dir)
    if not pipeline.unchanged(source, docs):
        run = _prepare(source, docs)
        steps = run.steps if not run.report.errors else []
        try:
            writer.apply(steps)
        except writer.CannotWriteError as error:
            raise Abort(str(error)) from error
        pipeline.leave_stamp(run, steps, source, docs, dated=False)
        _refresh_nav(config, run)
    if _serving:
        # An unknown id in a macro must not stop the server; the page shows the error.
        config.plugins["macros"].config["on_error_fail"] = False
    return config


def on_pre_build(*, config: MkDocsConfig) -> None:
    """Make `mkdocs serve --dirty` rebuild pages that depend on more than their own file.

    All pages depend on the frame (theme, navigation and titles of topics), hand-written pages also
    on the manifest.
    """
    global _build, _frame  # noqa: PLW0603
    _build = None if _serving else mkdocs_kept.Build(config)
    root, site = Path(config.config_file_path).parent, Path(config.site_dir)
    if not _serving:
        return
    frame, docs = _frame_of(root), Path(config.docs_dir)
    pages = (path.relative_to(docs) for path in docs.rglob("*.md"))
    by_hand = (_built(page, config) for page in pages if page.parts[0] not in pipeline.WRITTEN)
    for page in pages_of(site) if frame != _frame else by_hand:
        page.unlink(missing_ok=True)
    _frame = frame


def _built(page: Path, config: MkDocsConfig) -> Path:
    """Return where MkDocs builds a page, given by its path in the docs folder."""
    urls = config.use_directory_urls
    return Path(File(page.as_posix(), config.docs_dir, config.site_dir, urls).abs_dest_path)


def _frame_of(root: Path) -> list[int | str]:
    topics = sorted((root / "docs" / "topics").glob("*.md"))
    titles = (mkdocs_preview.title(path.read_text(encoding="utf-8")) for path in topics)
    return [*(path.stat().st_mtime_ns for path in _frame_files(root)), *titles]


def _frame_files(root: Path) -> list[Path]:
    folders = (root / "overrides", root / "macros", words.FOLDER)
    found = (path for folder in folders for path in folder.rglob("*.*"))
    # An editor's lock file may be a link that leads nowhere.
    return [root / nav.FILE_NAME, *filter(Path.exists, found)]


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG001
    """Keep the pages that have not changed."""
    global _nav  # noqa: PLW0603
    _nav = nav
    if _build:
        _build.choose(nav, files)
    return nav


def on_pre_page(page: Page, *, config: MkDocsConfig, files: Files) -> Page:  # noqa: ARG001
    """Have all pages of a build share a parser."""
    _reader_of(config).take(page)
    return page


def _reader_of(config: MkDocsConfig) -> mkdocs_pages.Reader:
    global _reader  # noqa: PLW0603
    if _reader is None or _reader.config is not config:
        _reader = mkdocs_pages.Reader.of(config)
    return _reader


def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
    """Cache compiled templates, so that a rebuild does not recompile the whole theme."""
    global _env  # noqa: PLW0603
    _env = env, files
    cache = Path(config.config_file_path).parent / ".cache" / "templates"
    cache.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = _Compiled(str(cache))
    mkdocs_frames.install(env)
    if _build:
        _build.build_questions(env, _reader_of(config), files)
    else:
        _read_others(config)
    return env


def _read_others(config: MkDocsConfig) -> None:
    """Read the pages that a dirty build leaves as they are: others show their titles."""
    for page in _nav.pages if _nav else ():
        if page.markdown is None:
            _reader_of(config).take(page)
            page.read_source(config)


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates; one whose file was damaged is compiled again."""

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except Exception:  # noqa: BLE001 - whatever pickle makes of damaged bytes
            bucket.reset()


def on_template_context(
    context: dict[str, Any],
    *,
    template_name: str,
    config: MkDocsConfig,  # noqa: ARG001 - MkDocs passes it by name
) -> dict[str, Any]:
    """Have the site map list all pages."""
    if _build and template_name == "sitemap.xml":
        context["pages"] = _build.questions.listed_among(context["pages"])
    return context


def on_post_build(*, config: MkDocsConfig) -> None:
    """While serving, add the Markdown twins and the feeds, as `publish.py` does after a build."""
    if _build:
        _build.finish()
        return
    global _preview, _texts  # noqa: PLW0603
    _texts = publish.add_texts(Path(config.site_dir), config.theme["language"], _texts)
    if _nav and _env:
        env, files = _env
        _preview = mkdocs_preview.Preview(config, files, _nav, env, _texts)
    # What is known of all pages is no garbage. To look at it again makes each edit a sixth slower.
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def on_serve(
    server: LiveReloadServer,
    *,
    config: MkDocsConfig,
    builder: Callable[..., Any],  # noqa: ARG001 - MkDocs passes it by name
) -> LiveReloadServer:
    """Watch the files that people edit, not generated or temporary ones: one rebuild per save."""
    docs = Path(config.docs_dir)
    observer: Any = server.observer
    schedule, kind = observer.schedule, observer._emitter_class  # noqa: SLF001
    server.unwatch(str(docs))
    # The folder is watched as a whole: a link that leads nowhere could not be watched by itself.
    observer.schedule, observer._emitter_class = (  # noqa: SLF001
        _edits_only(schedule, docs, config),
        mkdocs_preview.emitter(docs),
    )
    server.watch(str(docs))
    observer.schedule, observer._emitter_class = schedule, kind  # noqa: SLF001
    server.watch(str(words.FOLDER))
    server.builder = partial(_rebuild, docs, server, server.builder)
    return server


def _rebuild(docs: Path, server: LiveReloadServer, whole: Callable[[], Any]) -> None:
    """Build what has changed, or the whole site. What is saved from now on is for the next time."""
    global _preview  # noqa: PLW0603
    edited = {*_edited}
    _edited.clear()
    if _rest:
        _rest.join()
    if not _updated(edited, docs, server):
        _preview = None  # a build that fails may leave any page as it was
        whole()


def _updated(edited: Iterable[Path], docs: Path, server: LiveReloadServer) -> bool:
    """Update the preview after the source was saved; return whether that is enough.

    Pages of questions and topics are built at once, and everything else while they show. After an
    error, the next save builds the whole site.
    """
    global _preview, _rest  # noqa: PLW0603
    start = time.monotonic()
    own = docs / pipeline.SOURCE.parent.relative_to("docs")
    if not _preview or not edited or not all(path.is_relative_to(own) for path in edited):
        return False
    root = Path(_preview.config.config_file_path).parent
    if _frame_of(root) != _frame:
        return False
    run = _prepare(root / pipeline.SOURCE, docs, data_later=True)
    if run.report.errors:
        return True  # they are printed, and pages stay as they were
    if not mkdocs_preview.is_enough(run.steps, docs):
        return False
    preview, _preview = _preview, None
    try:
        writer.apply(run.steps)
    except writer.CannotWriteError as error:
        raise Abort(str(error)) from error
    preview.update(run.steps)
    _preview = preview
    log.info("Documentation built in %.2f seconds", time.monotonic() - start)
    _rest = Thread(target=_update_rest, args=(preview, run, partial(_reload, server)))
    _rest.start()
    return True


def _update_rest(
    preview: mkdocs_preview.Preview, run: pipeline.Run, reload: Callable[[], None]
) -> None:
    """Update the data, and what is made of it; reload if that changes a page.

    After an error, the next save builds the whole site.
    """
    global _preview  # noqa: PLW0603
    assert run.plan_data
    try:
        plan = run.plan_data()
        steps = _without_conflicts(plan.steps, plan.conflicts)
        writer.apply(steps)
        if preview.update_rest(steps):
            reload()
    except Exception as error:  # noqa: BLE001 - of files, templates or macros
        log.error("The rest of the preview was not updated: %s", error)  # noqa: TRY400
        _preview = None


def _reload(server: LiveReloadServer) -> None:
    """Have browsers load their page again, unless the server builds and does that anyway."""
    with server._rebuild_cond, server._epoch_cond:  # noqa: SLF001 - as MkDocs 1.6 stays
        if server._visible_epoch == server._wanted_epoch:  # noqa: SLF001
            server._visible_epoch = server._wanted_epoch = _timestamp()  # noqa: SLF001
            server._epoch_cond.notify_all()  # noqa: SLF001


def on_shutdown() -> None:
    """Finish before MkDocs deletes the site that it has served."""
    if _rest:
        _rest.join()


def _edits_only(schedule: Any, docs: Path, config: MkDocsConfig) -> Any:  # noqa: ANN401
    """Return a way to schedule a handler that is told only about files that people edit."""

    def scheduled(handler: Any, path: str, **options: Any) -> Any:  # noqa: ANN401
        tell = handler.on_any_event

        def on_any_event(event: FileSystemEvent) -> None:
            if edits := _edits(event, docs, config):
                if not event.is_directory:
                    _edited.update(edits)
                tell(event)

        handler.on_any_event = on_any_event
        return schedule(handler, path, **options)

    return scheduled


def _edits(event: FileSystemEvent, docs: Path, config: MkDocsConfig) -> list[Path]:
    """Return the files that people edit among those that an event is about."""
    paths = (Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path)
    return [
        path
        for path in paths
        if not {*path.relative_to(docs).parts[:1]} & pipeline.WRITTEN
        and not path.name.startswith(".")
        and not (config.exclude_docs and config.exclude_docs.match_file(path.name))
    ]


def _prepare(source: Path, docs: Path, *, data_later: bool = False) -> pipeline.Run:
    try:
        run = pipeline.prepare(pipeline.shown(source), docs, data_later=data_later)
    except OSError as error:
        raise Abort(
            f"{pipeline.shown(source)}: cannot read the source: {error.strerror}"
        ) from error
    if run.report.items:
        # Not a warning of MkDocs: `--strict` would stop a site that has only small faults.
        print(diagnostics.render(run.report, run.lines), file=sys.stderr)
    run.steps = _without_conflicts(run.steps, run.conflicts)
    if run.report.errors and not _serving:
        raise Abort("the source has errors")
    return run


def _without_conflicts(
    steps: Iterable[writer.Step], conflicts: Iterable[tuple[Path, writer.Conflict]]
) -> list[writer.Step]:
    """Return the steps that may be taken, and warn of the others."""
    skipped = dict.fromkeys(path for path, _ in conflicts)
    for path in skipped:
        log.warning("%s: edited by hand and out of date; run 'python scripts/split.py'", path)
    return [step for step in steps if step.path not in skipped]


def _refresh_nav(config: MkDocsConfig, run: pipeline.Run) -> None:
    """Use the navigation that this run wrote to `mkdocs.yml`."""
    for step in run.steps:
        if step.path.name == nav.FILE_NAME:
            config.nav = _nav_of(step.after)


def _nav_of(text: str) -> object:
    _, _, block = "\n".join(text.splitlines()).partition("\nnav:\n")
    return yaml.safe_load("nav:\n" + block)["nav"]
