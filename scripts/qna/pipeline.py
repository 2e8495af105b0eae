"""One run: from the files an author edits to a plan that brings the site's files up to date."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qna import downloads, memo, stamp, words, writer
from qna.appearance import settings
from qna.data import manifest, markdown_twins, nav, practice_data, search_data, search_places
from qna.diagnostics import Report
from qna.links import by_id, by_path
from qna.markdown.formulas.characters import characters, drawn
from qna.memo import Memo
from qna.model import Span
from qna.naming import ledger, reconcile
from qna.pages import dependencies, pages
from qna.progress import Progress
from qna.reading import (
    beside,
    bibliography,
    editorial,
    figures,
    notes,
    paths,
    questions,
    source,
    toml_files,
)
from qna.site import Site, assemble
from qna.starting import fresh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from qna.model import Document
    from qna.reading.paths import LearningPath

SOURCE = Path("docs/_source/questions.md")
"""The source, relative to the project root."""
FOR_FONTS = Path("frontend/characters.json")
"""The characters of formulas, and letters of the texts, relative to the project root."""
DOWNLOADS = "downloads.md"
"""The page of the files to take along, below the docs folder; a maker may delete it."""
_BUNDLED = (
    *(words.FOR_TEMPLATES, words.FOR_SCRIPTS),
    *(settings.FOR_TEMPLATES, settings.FOR_SCRIPTS, FOR_FONTS),
)
"""What templates, scripts and fonts are made with, relative to the project root."""
_TOPICS = "topics"
_DATA = (
    *(manifest.FILE_NAME, practice_data.FILE_NAME, markdown_twins.LISTING),
    *(search_data.FILE_NAME, search_places.FILE_NAME, search_data.LATEST),
)
"""Files of data that the splitter writes, below the docs folder."""
WRITTEN = frozenset(
    {*writer.OWNED_FOLDERS, manifest.FILE_NAME, search_data.FOLDER, markdown_twins.LISTING}
)
"""Entries of the docs folder that the splitter writes."""


def read_files(source_path: Path) -> list[Path]:
    """Return the files that a run reads, whether they exist or not."""
    source_path = source.located(source_path)
    beside = (ledger.FILE_NAME, bibliography.FILE_NAME, *editorial.FILES)
    folders = (source_path.with_name(name) for name in (notes.FOLDER, figures.FOLDER))
    found = (sorted(folder.glob("*.*")) for folder in (*folders, words.FOLDER))
    listed = source.files(source_path), map(source_path.with_name, beside), *found
    return [*chain.from_iterable(listed)]


class Made(NamedTuple):
    """What was made of a topic."""

    digest: str
    """Of all that it is made from."""
    part: str
    """Its part of `questions.json`."""
    paths: tuple[str, ...]
    """Of its pages, below the docs folder."""


@dataclass(slots=True)
class Run:
    """The diagnostics of one run, and the files it would write."""

    report: Report = field(default_factory=Report)
    lines: dict[str, Sequence[str]] = field(default_factory=dict)
    """Source lines by path, to show with diagnostics."""
    steps: list[writer.Step] = field(default_factory=list)
    """Changes to pages, data and navigation."""
    record: list[writer.Step] = field(default_factory=list)
    """Changes to the ledger, which publish the ids of new questions and the dates of changes."""
    conflicts: Sequence[tuple[Path, writer.Conflict]] = ()
    new: Sequence[tuple[str, str]] = ()
    """New ids that the ledger records, each with its topic or question."""
    first: bool = False
    """Whether nothing was published before."""
    counts: tuple[int, int] = (0, 0)
    """Number of topics and questions read."""
    read: dict[str, str] = field(default_factory=dict)
    """Digest of each file read, by path; empty if no stamp may be left."""
    memo: Memo | None = None
    """What earlier runs have worked out, in a project that has a place for it."""
    made: dict[str, Made] = field(default_factory=dict)
    """What was made of each topic, by its id."""
    linked: tuple[str, ...] = ()
    """Files by hand that texts link to, by path below the docs folder."""
    data_later: bool = False
    """Whether only pages are planned: the data takes as long as they do."""
    plan_data: Callable[[], writer.Plan] | None = None
    """Plans the data, if that is done later."""


def prepare(  # noqa: PLR0913
    source_path: Path,
    docs: Path,
    *,
    check: bool = False,
    decisions: Sequence[reconcile.Decision] = (),
    today: date | None = None,
    progress: Progress | None = None,
    data_later: bool = False,
) -> Run:
    """Read the source and plan all files below `docs`, without writing anything.

    With `check`, a missing ledger is an error. `decisions` say what happened to published
    questions. Changes of their texts are recorded as of `today`, or not at all. With `data_later`,
    the run plans the data when it is asked to. Raises OSError if the source cannot be read.
    """
    run, progress = Run(data_later=data_later), progress or Progress()
    configuration = _stamped(source_path, docs)
    if configuration and not decisions:
        run.read = stamp.inputs(source_path, docs, configuration)
    run.memo = memo.load(configuration.parent) if configuration else None
    with memo.using(run.memo):
        return _prepared(run, source_path, docs, decisions, today, progress, check=check)


def _prepared(  # noqa: PLR0913, PLR0917
    run: Run,
    source_path: Path,
    docs: Path,
    decisions: Sequence[reconcile.Decision],
    today: date | None,
    progress: Progress,
    *,
    check: bool,
) -> Run:
    source_path = source.located(source_path)
    found = _assembled(run, source_path, docs, decisions, today, check=check)
    if not found:
        return run
    site, published, record = found
    notes.check_age(site.editorial.notes, site.histories, source_path.parent, run.report)
    _check_files(run, site, source_path, docs)
    if not run.report.errors:
        progress.tell(f"{len(site.questions):,} questions read")
        _plan_pages(run, site, docs, progress)
        _plan_bundled(run, site, source_path, docs)
        _plan_nav(run, site.document, source_path, docs)
        _check_settings(run, source_path, docs)
        path = source_path.parent / ledger.FILE_NAME
        run.new = record.new_names(published or ledger.Ledger())
        run.first = not (published and published.questions)
        run.record += _plan_record(published, record, path, dated=today is not None)
    return run


def unchanged(source_path: Path, docs: Path, *, dated: bool = False) -> tuple[int, int] | None:
    """Return the number of topics and questions if a run has nothing to do and nothing to say.

    Otherwise, or if only a run can tell, return None. `dated` tells whether it records changes.
    """
    configuration = _stamped(source_path, docs)
    left = stamp.load(configuration.parent) if configuration else None
    if not configuration or not left or (dated and not left.dated):
        return None
    if left.written != _written(docs, configuration, _states(docs)):
        return None
    if not all(by_path.is_file(docs / name) for name in left.linked):
        return None
    told = Run()
    _check_settings(told, source_path, docs)  # some are about files that no run reads
    if told.report.items:
        return None
    read = stamp.inputs(source_path, docs, configuration)
    return left.counts if left.read == stamp.combined(read.items()) else None


def leave_stamp(
    run: Run, steps: Sequence[writer.Step], source_path: Path, docs: Path, *, dated: bool
) -> None:
    """Leave a stamp after these steps, unless the run has more to do or to say."""
    configuration = _stamped(source_path, docs)
    if not configuration:
        return
    states = _states(docs)
    _remember(run, docs, configuration.parent, states)
    done = len(steps) == len(run.steps) + len(run.record)
    if not run.read or not done or run.report.items or run.conflicts:
        return
    # A run that writes what it reads, such as the ledger, finds it up to date the next time.
    names = {Path(name).name for name in run.read}  # resolving all paths would take longer
    read = run.read | {
        name: stamp.digest(step.after.encode("utf-8"))
        for step in steps
        if step.lasting or step.path.name in names
        if (name := str(step.path.resolve())) in run.read or step.lasting
    }
    state = _written(docs, configuration, states)
    found = stamp.Stamp(stamp.combined(read.items()), state, dated, run.counts, run.linked)
    stamp.save(found, configuration.parent)


def _stamped(source_path: Path, docs: Path) -> Path | None:
    """Return the configuration of a project whose stamp tells whether anything has changed."""
    configuration = _configuration(source_path, docs)
    if configuration and source_path.resolve() == configuration.parent / SOURCE:
        return configuration
    return None


def _remember(run: Run, docs: Path, root: Path, states: Mapping[str, str]) -> None:
    """Leave for the next run what this one has worked out, and in which state the pages are."""
    if not run.memo or run.conflicts or not run.made:
        return
    folder = docs.resolve()
    for name, made in run.made.items():
        found = tuple([states.get(f"{folder}/{path}", "") for path in made.paths])
        run.memo.keep(_TOPICS, name, (*made, found))
    run.memo.save(root)


def _states(docs: Path) -> dict[str, str]:
    """Return the state of each file in the folders that the splitter writes to, by its path."""
    names = (*writer.OWNED_FOLDERS, search_data.FOLDER)
    return stamp.states([docs.resolve() / name for name in names])


def _written(docs: Path, configuration: Path, states: Mapping[str, str]) -> str:
    """Return a digest of the state of all files that the splitter writes, and of leftovers."""
    files = [docs / name for name in (manifest.FILE_NAME, markdown_twins.LISTING, settings.ICON)]
    files += _bundled(configuration)
    ids = configuration.parent / SOURCE.with_name(ledger.FILE_NAME)
    files += [step.path for path in (*files, ids, configuration) for step in writer.leftovers(path)]
    return stamp.state([path.resolve() for path in files], states)


def _bundled(configuration: Path) -> list[Path]:
    """Return the files for templates, scripts and fonts, in the folders that a project has."""
    paths = (configuration.parent / name for name in _BUNDLED)
    return [path for path in paths if path.parent.is_dir()]


def read_site(source_path: Path, docs: Path) -> Site | None:
    """Return the site that the splitter writes pages of; None if it reports errors.

    What the splitter has worked out is used. Raises OSError if the source cannot be read.
    """
    run, configuration = Run(), _stamped(source_path, docs)
    with memo.using(memo.load(configuration.parent) if configuration else None):
        found = _assembled(run, source.located(source_path), docs, (), None)
    return found[0] if found and not run.report.errors else None


def _assembled(  # noqa: PLR0913
    run: Run,
    source_path: Path,
    docs: Path,
    decisions: Sequence[reconcile.Decision],
    today: date | None,
    *,
    check: bool = False,
) -> tuple[Site, ledger.Ledger | None, ledger.Ledger] | None:
    """Read everything: return the site, the ledger before and after, or None after errors."""
    read = source.read(source_path, run.report)
    run.lines |= read.files()
    language = _language(source_path, docs)
    toml_files.check_language(language, run.report)
    document = questions.parse(read, run.report, words.words(language))
    if _has_another_shape(read, document, run.report):
        return None
    published = _ledger(source_path, run, check=check)
    if run.report.errors:
        return None
    named, settled = reconcile.assign(
        document, published or ledger.Ledger(), decisions, read.path, run.report
    )
    if reconcile.is_another_source(run.report):
        return None
    read_paths = paths.read(docs)
    written = _editorial(named, source_path, read_paths, run)
    record = ledger.record(fresh.recorded(named), settled, written.notes.texts(), today)
    site = assemble(named, written, record, read_paths, words.words(language))
    return site, published, record


_FEW = 5
"""How many more questions of another shape there must be than of this one."""


def _has_another_shape(read: source.Source, document: Document, report: Report) -> bool:
    """Tell whether the questions are in a shape that is to import; then say only that."""
    understood = sum(1 for _ in document.questions())
    unread = any(item.code.startswith("E0") for item in report.items)
    if unread or (understood and report.errors <= 2 * understood):
        return False
    from qna import importing  # noqa: PLC0415 - takes as long as all others, for a rare mistake
    from qna.importing import shapes  # noqa: PLC0415

    count, shape = importing.guessed("\n".join(read.lines)) or (0, shapes.AS_WRITTEN)
    if shape == shapes.AS_WRITTEN or count <= max(1, _FEW * questions.attempts(read)):
        return False
    message = f"no question found; {count} {shape} look like questions"
    hint = f"run 'python scripts/split.py --import {read.path}', which rewrites them"
    report.items = []
    report.add("E117", read.path, Span(1), message, hint)
    return True


def _ledger(source_path: Path, run: Run, *, check: bool) -> ledger.Ledger | None:
    path = source_path.parent / ledger.FILE_NAME
    found = ledger.read(path, run.report)
    if found is None and check:
        hint = "run 'python scripts/split.py' and commit the file it writes"
        run.report.add("E307", str(path), Span(1), "there is no ledger", hint)
    return found


def _editorial(
    named: Document, source_path: Path, read_paths: tuple[LearningPath, ...], run: Run
) -> editorial.Editorial:
    """Read what is beside the source, and check the links of all texts."""
    folder, by_name = source_path.parent, {item.id: item for item in named.questions()}
    topics = [topic.id for topic in named.topics]
    foreign = beside.of_another_source(folder, read_paths, {*by_name, *topics}, run.report)
    written = editorial.read(folder, by_name, topics, run.report, foreign)
    read_notes = notes.FOLDER not in foreign
    found = notes.read(folder, by_name, run.report) if read_notes else notes.Notes()
    by_id.check(named, str(source_path), run.report)
    by_id.check_notes(named, found.by_id.values(), folder / notes.FOLDER, run.report)
    return replace(written, notes=found)


def _check_files(run: Run, site: Site, source_path: Path, docs: Path) -> None:
    """Report links to files that the site will not have, if a configuration says what it has."""
    if not _configuration(source_path, docs):
        return
    topics = site.document.topics
    ids = {*site.questions, *(topic.id for topic in topics)}
    own = {path for topic in topics for path in dependencies.paths(topic)}
    files = by_path.Files(
        docs,
        owned=writer.OWNED_FOLDERS,
        ids=ids,
        own=own,
        generate=lambda: {*_DATA, settings.ICON, *pages(site, without=ids)},
        made_later=downloads.FOLDER,
        is_generated=writer.is_generated,
    )
    folder = source_path.parent / notes.FOLDER
    by_path.check(site.document, files, str(source_path), run.report)
    by_path.check_notes(site.editorial.notes.by_id.values(), files, folder, run.report)
    run.linked = tuple(sorted(files.used))


def _plan_pages(run: Run, site: Site, docs: Path, progress: Progress) -> None:
    names = _kept(run, site, docs)
    kept = [path for name in names for path in run.made[name].paths]
    files = pages(site, names)
    data = partial(_data, site, {name: made.part for name, made in run.made.items()})
    if run.data_later:
        run.plan_data = partial(_planned_data, run.memo, data, docs, [*files, *kept])
    else:
        files |= data()
    progress.tell(f"{len(files):,} files made; looking for changes")
    plan = writer.plan(files, docs, kept)
    run.conflicts = plan.conflicts
    run.steps += plan.steps
    run.counts = len(site.document.topics), len(site.questions)


def _planned_data(
    known: Memo | None, data: Callable[[], dict[str, str]], docs: Path, kept: Sequence[str]
) -> writer.Plan:
    """Plan only the data: everything else is in the plan of the pages, with its conflicts."""
    with memo.using(known):
        files = data()
    plan, own = writer.plan(files, docs, kept), {docs / name for name in files}
    steps = tuple(step for step in plan.steps if step.path in own)
    return writer.Plan(steps, tuple(found for found in plan.conflicts if found[0] in own))


def _plan_bundled(run: Run, site: Site, source_path: Path, docs: Path) -> None:
    """Plan what templates, scripts and fonts are made with: words, appearance, letters, icon."""
    configuration = _configuration(source_path, docs)
    look, icon = settings_of(configuration), docs.absolute() / settings.ICON
    texts = (
        words.for_templates(site.words),
        words.for_scripts(site.words),
        look.for_templates(downloads=(docs / DOWNLOADS).is_file()),
        look.for_scripts(),
        for_fonts(site),
        look.icon(),
    )
    for name, text in zip((*_BUNDLED, icon), texts, strict=True):
        if not configuration:
            continue
        folder = configuration.parent / name.parent
        if folder.is_dir() or name == icon:
            plan = writer.plan({name.name: text}, shown(folder))
            run.conflicts = [*run.conflicts, *plan.conflicts]
            run.steps += plan.steps


_drawn = memo.remembered(drawn)


def for_fonts(site: Site) -> str:
    """Return the file of the characters that the site's fonts must have."""
    formulas = characters(site.texts(), _drawn)
    return json.dumps({"formulas": formulas, "letters": _letters(site)}) + "\n"


def _letters(site: Site) -> str:
    """Return the letters beyond ASCII that titles, questions and answers have."""
    found = {char for text in site.shown() if not text.isascii() for char in {*text}}
    return "".join(sorted(char for char in found if char > "\x7f" and char.isalpha()))


def _kept(run: Run, site: Site, docs: Path) -> frozenset[str]:
    """Return the topics whose pages an earlier run has made from the same, and left as they are.

    Note in the run what all topics are made from, and their parts of the data.
    """
    if not run.memo:
        return frozenset()
    folder, states, kept = docs.resolve(), _states(docs), set()
    digests = dependencies.digests(site)
    for topic in site.document.topics:
        digest, before = digests[topic.id], run.memo.known(_TOPICS, topic.id)
        if before and before[0] == digest:
            *values, found = before
            made = Made(*values)
            if all(
                state and state == states.get(f"{folder}/{path}")
                for path, state in zip(made.paths, found, strict=True)
            ):
                kept.add(topic.id)
        else:
            part = manifest.part(site, topic)
            made = Made(digest, part, tuple(dependencies.paths(topic)))
        run.made[topic.id] = made
    return frozenset(kept)


def _data(site: Site, parts: Mapping[str, str]) -> dict[str, str]:
    """Return the text of each file of data, by path below the docs folder."""
    found, places = search_data.dump(site), search_places.dump(site)
    return {
        manifest.FILE_NAME: manifest.dump(site, parts),
        practice_data.FILE_NAME: practice_data.dump(site),
        search_data.FILE_NAME: found,
        search_places.FILE_NAME: places,
        search_data.LATEST: search_data.latest(found, places),
        markdown_twins.LISTING: markdown_twins.listing(site),
    }


def _plan_record(
    published: ledger.Ledger | None, record: ledger.Ledger, path: Path, *, dated: bool
) -> Iterator[writer.Step]:
    """Plan a new ledger if anything has changed; if it is not `dated`, only if a name has.

    Otherwise, answers could not be edited on the forge, where nobody runs the splitter.
    """
    if published and (published == record if dated else published.names() == record.names()):
        return writer.leftovers(path)
    return writer.replacement(path, writer.formatted_like(path, ledger.dump(record)))


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
    """Return the `mkdocs.yml` that builds `docs`, if it is above the source or this program.

    Pages may be written to any folder, such as a preview or another project, whose configuration
    must not change.
    """
    for start in (source_path.parent, Path(__file__).parent):
        path = _nearest(start)
        if path and _docs_folder(path) == docs.resolve():
            return path
    return None


def _nearest(folder: Path) -> Path | None:
    """Return the `mkdocs.yml` in a folder or, if there is none, in the nearest one above it."""
    folders = folder.resolve(), *folder.resolve().parents
    return next(filter(Path.is_file, (folder / nav.FILE_NAME for folder in folders)), None)


def _language(source_path: Path, docs: Path) -> str:
    return language_of(_configuration(source_path, docs) or _nearest(source_path.parent))


def language_of(configuration: Path | None) -> str:
    """Return the language of a site; `en` without a configuration."""
    if configuration is None or not configuration.is_file():
        return words.ENGLISH
    return nav.language(configuration.read_bytes().decode("utf-8", "replace"))


def settings_of(configuration: Path | None) -> settings.Settings:
    """Return how a site looks; the defaults without a configuration."""
    if configuration is None or not configuration.is_file():
        return settings.Settings()
    return settings.read(configuration.read_bytes().decode("utf-8", "replace"))


def _check_settings(run: Run, source_path: Path, docs: Path) -> None:
    """Report the settings of `mkdocs.yml` that do not have the effect that people expect."""
    if path := _configuration(source_path, docs):
        text = path.read_bytes().decode("utf-8", "replace")
        run.lines[str(shown(path))] = text.splitlines()
        lists_topics = nav.lists_topics(text)
        settings.check(text, shown(path), run.report, path.parent, lists_topics=lists_topics)


def _docs_folder(config: Path) -> Path:
    return (
        config.parent / nav.docs_folder(config.read_bytes().decode("utf-8", "replace"))
    ).resolve()


def shown(path: Path) -> Path:
    """Return an absolute path as shown in messages: relative if below the current folder."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
