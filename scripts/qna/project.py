"""One run from the files an author edits to the steps that bring the site's files up to date."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from qna import site, writer
from qna.data import manifest, nav, search, twins
from qna.diagnostics import Report
from qna.links import internal
from qna.model import Span
from qna.naming import ledger, reconcile
from qna.pages import indexes, questions, redirects, topics
from qna.reading import editorial, parser, source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qna.model import Document

SOURCE = Path("docs/_source/questions.md")
"""The source, below the project's root."""
WRITTEN = frozenset({*writer.OWNED_FOLDERS, manifest.FILE_NAME, search.FOLDER, twins.LISTING})
"""What stands in the docs folder that the splitter writes."""


@dataclass(slots=True)
class Run:
    """What one run found, and what it would write."""

    report: Report = field(default_factory=Report)
    lines: dict[str, Sequence[str]] = field(default_factory=dict)
    """Source lines by path, to show with the faults."""
    steps: list[writer.Step] = field(default_factory=list)
    """What brings pages, data and navigation up to date."""
    record: list[writer.Step] = field(default_factory=list)
    """What brings the ledger up to date; it publishes the names of new questions."""
    conflicts: Sequence[tuple[Path, writer.Conflict]] = ()
    counts: tuple[int, int] = (0, 0)
    """Topics and questions read."""


def prepare(
    source_path: Path,
    docs: Path,
    *,
    check: bool = False,
    decisions: Sequence[reconcile.Decision] = (),
) -> Run:
    """Read the source and plan all files below `docs`; nothing is written.

    With `check`, a ledger that is not there is an error. `decisions` settle what became of
    published questions. Raises OSError if the source cannot be read.
    """
    run = Run()
    read = source.read(source_path, run.report)
    run.lines[read.path] = read.lines
    document = parser.parse(read, run.report)
    published = _ledger(source_path, run, check=check)
    if run.report.errors:
        return run
    named, settled = reconcile.assign(
        document, published or ledger.Ledger(), decisions, read.path, run.report
    )
    record = ledger.record(named, settled)
    made = _made(named, record, source_path, run)
    if not run.report.errors:
        _plan_pages(run, made, docs)
        _plan_nav(run, made.document, source_path, docs)
        _plan_record(run, published, record, source_path.parent / ledger.FILE_NAME, check=check)
    return run


def _ledger(source_path: Path, run: Run, *, check: bool) -> ledger.Ledger | None:
    path = source_path.parent / ledger.FILE_NAME
    found = ledger.read(path, run.report)
    if found is None and check:
        hint = "run 'python scripts/split.py' and commit the file it writes"
        run.report.add("E307", str(path), Span(1), "there is no ledger", hint)
    return found


def _made(named: Document, record: ledger.Ledger, source_path: Path, run: Run) -> site.Site:
    question_ids = [question.id for question in named.questions()]
    topic_ids = [topic.id for topic in named.topics]
    written = editorial.read(source_path.parent, question_ids, topic_ids, run.report)
    internal.check(named, str(source_path), run.report)
    return site.assemble(named, written, record)


def _plan_pages(run: Run, made: site.Site, docs: Path) -> None:
    pages = writer.plan(_files(made), docs)
    run.conflicts = pages.conflicts
    run.steps += pages.steps
    run.counts = len(made.document.topics), len(made.questions)


def _files(made: site.Site) -> dict[str, str]:
    """Return every file that is made from the source, by path below the docs folder."""
    return {
        **topics.pages(made),
        **questions.pages(made),
        **redirects.pages(made),
        **indexes.pages(made),
        manifest.FILE_NAME: manifest.dump(made),
        search.FILE_NAME: search.dump(made),
        twins.LISTING: twins.listing(made),
    }


def _plan_record(
    run: Run, published: ledger.Ledger | None, record: ledger.Ledger, path: Path, *, check: bool
) -> None:
    """Plan the ledger's text when a name or address has changed.

    An edited answer alone is no reason, until it is no longer like the one on record; a check
    does not ask for it, so that an answer can be edited on the forge.
    """
    same = published is not None and published.names() == record.names()
    if not (same and published and (check or reconcile.is_up_to_date(published, record))):
        run.record += writer.replacement(path, writer.in_form_of(path, ledger.dump(record)))
    else:
        run.record += writer.abandoned(path)


def _plan_nav(run: Run, named: Document, source_path: Path, docs: Path) -> None:
    path = _configuration(source_path, docs)
    if not path:
        return
    data, topics = path.read_bytes(), (topic.id for topic in named.topics)
    try:
        run.steps += writer.replacement(shown(path), nav.updated(data.decode("utf-8"), topics))
    except UnicodeDecodeError as error:
        span = Span(data[: error.start].count(b"\n") + 1)
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        run.report.add("E005", str(shown(path)), span, message, "save the file as UTF-8")


def _configuration(source_path: Path, docs: Path) -> Path | None:
    """Return the `mkdocs.yml` that builds `docs`, if the source or this program belongs to it.

    Pages may be written into any folder, a preview's or another project's; its configuration is
    not touched.
    """
    for start in (source_path.parent, Path(__file__).parent):
        folders = start.resolve(), *start.resolve().parents
        found = (folder / nav.FILE_NAME for folder in folders)
        path = next(filter(Path.is_file, found), None)
        if path and _docs_folder(path) == docs.resolve():
            return path
    return None


def _docs_folder(config: Path) -> Path:
    return (
        config.parent / nav.docs_folder(config.read_bytes().decode("utf-8", "replace"))
    ).resolve()


def shown(path: Path) -> Path:
    """Return an absolute path as messages name it: relative, if below the current folder."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
