#!/usr/bin/env python3
"""Split the source of questions and answers into the site's pages."""

from __future__ import annotations

import argparse
import os
import sys
import time
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

# With PYTHONSAFEPATH, a script's own folder is not on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import interpreter

with interpreter.complete():
    from datetime import UTC, date, datetime

    from qna import diagnostics, pipeline, writer
    from qna.markdown import plain_text
    from qna.naming import ledger, question_words, reconcile
    from qna.progress import Progress
    from qna.reading import paths, source
    from qna.starting import command, committed, fresh, identity
    from qna.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qna.importing import Imported

ROOT = Path(__file__).resolve().parent.parent
OK, FAULTS, USAGE, STALE, CANNOT_WRITE, INTERRUPTED = 0, 1, 2, 3, 4, 130

EXIT_CODES = """\
exit codes:
  0    everything is up to date or was written
  1    the source has errors; nothing was written
  2    wrong usage, or the source cannot be read
  3    --check found files that are out of date or edited by hand
  4    a file could not be written
  130  interrupted
"""

YOURS = """\
yours to change: docs/about.md, the first lines of README.md, and 'copyright' in mkdocs.yml
LICENSE and the names in package.json and pyproject.toml are about the software, and stay"""

SHOWN_IDS = 40
"""Number of new ids that are listed."""

CONFLICTS = {
    writer.Conflict.HAND_WRITTEN: ("a hand-written file is in the way", "move it"),
    writer.Conflict.HAND_EDITED: (
        "a generated page was edited by hand",
        "move the edit to the source and delete the page, or overwrite it with --force",
    ),
    writer.Conflict.BAD_PLACE: (
        "the path leads outside the output folder, or a file is where a folder must be",
        "remove the obstacle, or use another --out folder",
    ),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    options = _parser().parse_args(arguments)
    if options.check and options.force:
        _parser().error("--check writes nothing and cannot be combined with --force")
    if options.check and options.new:
        _parser().error("--check writes nothing and cannot be combined with --new")
    if (given := command.given(options)) and not (options.new or options.imported):
        _parser().error(f"{given[0]} is about a new site; add --new or --import")
    if options.question_level and not options.imported:
        _parser().error("--question-level is about --import; add it")
    try:
        if (options.new or options.imported) and (code := _refuse(options)):
            return code
        if options.imported:
            code = _import(options)
            return code if code or options.check else _run(options)
        if options.new and (code := _start(options)):
            return code
        return _watch(options) if options.watch else _run(options)
    except UnicodeEncodeError as error:
        _say(f"error: this system cannot have a file named '{error.object}'")
        _say("hint: set LC_ALL=C.UTF-8, or give what it is named after an id in ASCII")
        return CANNOT_WRITE
    except KeyboardInterrupt:
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXIT_CODES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    root = pipeline.shown(ROOT)
    add = parser.add_argument
    decision: dict[str, Any] = {"action": _Decide, "dest": "decisions", "default": []}
    add("--source", type=Path, default=root / pipeline.SOURCE, help="the file to split")
    add("--out", type=Path, default=root / "docs", help="docs folder to write topics/ and q/ into")
    add("--check", action="store_true", help="write nothing; exit 3 if a file is out of date")
    add("--diff", action="store_true", help="show changes as a unified diff")
    add(
        "--force",
        action="store_true",
        help="overwrite generated pages that were edited by hand; with --new or --import, start "
        "over even if ids of this site are committed",
    )
    add(
        "--undated",
        action="store_true",
        help="record new ids, but no dates, so that a build is the same on every day",
    )
    add("--strict", action="store_true", help="treat warnings as errors")
    add("--keep", metavar="ID=LINE", **decision, help="the question on LINE keeps the id ID")
    add(
        "--rename",
        metavar="OLD=NEW",
        **decision,
        help="give a published question or topic a new id",
    )
    add(
        "--retire",
        metavar="OLD=ID",
        **decision,
        help="remove a published id and redirect it to another",
    )
    add(
        "--watch",
        action="store_true",
        help="split again whenever the source or a path is saved",
    )
    add(
        "--new",
        action="store_true",
        help="start a new site in this checkout; what was there is kept aside",
    )
    command.add_options(parser)
    add(
        "--import",
        type=Path,
        metavar="FILE|FOLDER",
        dest="imported",
        help="start a new site with the questions in other files; with --check, only say what "
        "is in them",
    )
    add(
        "--question-level",
        type=int,
        choices=range(1, 7),
        default=0,
        metavar="N",
        help="with --import: the questions are the headings of level N",
    )
    return parser


class _Decide(argparse.Action):
    """Collects `--keep`, `--rename` and `--retire` in the order they are given."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        name, equals, target = str(values).partition("=")
        if not (name and equals and target):
            parser.error(f"{option_string} takes {self.metavar}, as in {option_string} dropout=42")
        kind = str(option_string).removeprefix("--")
        decided = reconcile.Decision(kind, name, target)
        namespace.decisions = [*namespace.decisions, decided]


def _refuse(options: argparse.Namespace) -> int:
    """Say why a new site may not take the place of this one; return the exit code, or 0."""
    if options.check or options.force:
        return OK
    over = f"start over with --force, which keeps what is there in {fresh.KEPT}/"
    try:
        names = committed.ids(ROOT)
    except committed.UnknownError as error:
        _say(f"error: {error}; a new site would end the addresses of this one; nothing has changed")
        _say(f"hint: correct that, or {over}")
        return USAGE
    if not names:
        return OK
    _say(
        f"error: {committed.LEDGER}: this site has committed {counted(len(names), 'id')}; a new "
        "site would end their addresses, and replace questions, titles, pages and README; "
        "nothing has changed"
    )
    how = (
        " (run the import with --check --diff to see how they are written)"
        if options.imported
        else ""
    )
    place = source.located(ROOT / pipeline.SOURCE).relative_to(ROOT)
    _say(f"hint: add the new questions to {place} by hand{how}, or {over}")
    return USAGE


def _start(options: argparse.Namespace, what: str = "") -> int:
    """Start a new site; return the exit code."""
    try:
        new = command.identity_of(options, ROOT, command.terminal())
        kept = fresh.start(ROOT, new, _today())
    except (identity.UnusableError, fresh.CannotStartError, _BadDayError) as error:
        _say(f"error: {error}")
        return USAGE
    except writer.CannotWriteError as error:
        _say(f"error[E703]: {error}")
        _say(f"hint: what was there is in {fresh.KEPT}; fix the cause and run again")
        return CANNOT_WRITE
    usual = "a new site with your questions" if kept.source else "a new site with one question"
    _say(f"{new.name}: {what or usual}, in {pipeline.SOURCE.parent}")
    _say(f"{counted(kept.files, 'file')} that were there are kept in {kept.folder}; to undo:")
    _say(f"  cp -R {kept.folder}/. .")
    _say(YOURS)
    return OK


def _import(options: argparse.Namespace) -> int:
    """Make the questions in other files the source of a new site; return the exit code."""
    from qna import importing  # noqa: PLC0415 - takes as long as all others, for a rare task
    from qna.importing import files, summary  # noqa: PLC0415

    try:
        _check_place(options.imported)
        read = files.read(options.imported)
    except files.CannotImportError as error:
        _say(f"error: {error}; nothing has changed")
        _say(f"hint: {error.hint}")
        return USAGE
    found = importing.imported(
        read.texts, read.name, level=options.question_level, picture=read.picture
    )
    if not found:
        _say(f"error: {options.imported}: no question found; nothing has changed")
        _say("hint: give a Markdown file whose headings, summaries or list items are questions")
        return FAULTS
    told = [*summary.lines(found, len(read.pictures), read.left), *summary.differences(found)]
    _say("\n".join(told))
    if options.diff:
        step = writer.Step(pipeline.SOURCE, writer.Change.UPDATE, _text_of(ROOT), found.source)
        _say("\n".join(step.diff()), sys.stdout)
    if options.strict and found.differences:
        return FAULTS
    return OK if options.check else _start_with(options, found, read.pictures)


def _check_place(path: Path) -> None:
    """Check that files to import are no part of this site, except a source of another shape."""
    from qna.importing import files  # noqa: PLC0415

    try:
        place = path.resolve()
    except (OSError, RuntimeError, ValueError):
        return  # reading it says why
    own = (ROOT / pipeline.SOURCE.parent).resolve()
    source_file = (ROOT / pipeline.SOURCE).resolve()
    if place in {source_file, source_file.with_suffix("")} and path.exists():
        run = pipeline.prepare(path, ROOT / "docs")
        if any(item.code == "E117" for item in run.report.items):
            return
        hint = "edit it, and run 'python scripts/split.py'"
        raise files.CannotImportError(f"{path}: this is the source of this site", hint)
    if place.is_relative_to(own) or own.is_relative_to(place):
        hint = "give files that are outside of this site"
        raise files.CannotImportError(f"{path}: this belongs to this site", hint)


def _text_of(root: Path) -> str:
    try:
        return (root / pipeline.SOURCE).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def _start_with(options: argparse.Namespace, found: Imported, pictures: Mapping[str, bytes]) -> int:
    """Start a new site with questions that were imported; return the exit code."""
    named = fresh.is_named(ROOT)
    if options.name is None and not named:
        options.name = plain_text.inline(found.made.title)
    if options.language is None and not named:
        titles = (question.text for question in found.document.questions())
        options.language = question_words.language_of(titles) or None
    if code := _start(options, "a new site with these questions"):
        return code
    try:
        for name, data in pictures.items():
            writer.write(ROOT / "docs" / name, data)
        folder = (ROOT / pipeline.SOURCE).with_suffix("")
        for part in source.files(folder) if folder.is_dir() else ():
            part.unlink(missing_ok=True)  # a part of the source before, which is kept
        writer.write(ROOT / pipeline.SOURCE, found.source.encode("utf-8"))
    except writer.CannotWriteError as error:
        _say(f"error[E703]: {error}")
        _say(f"hint: what was there is in {fresh.KEPT}; fix the cause and run again")
        return CANNOT_WRITE
    title, name = plain_text.inline(found.made.title), fresh.current(ROOT).name
    if title != name:
        _say(
            f"downloads and preview cards are called '{diagnostics.printable(title)}', as the "
            f"first line of {pipeline.SOURCE}; change that line to call them '{name}', too"
        )
    return OK


def _run(options: argparse.Namespace) -> int:
    undated = options.check or options.undated or options.watch
    progress = Progress()
    try:
        today = None if undated else _today()
        if counts := _unchanged(options):
            _say(f"{_counted(counts)}: {_tally(())}")
            return OK
        run = pipeline.prepare(
            options.source,
            options.out,
            check=options.check,
            decisions=options.decisions,
            today=today,
            progress=progress,
        )
    except OSError as error:
        return _unreadable(options.source, error)
    except _BadDayError as error:
        _say(f"error: {error}")
        return USAGE
    if run.report.items:
        _say(diagnostics.render(run.report, run.lines))
    if run.report.errors or (options.strict and run.report.warnings):
        return FAULTS
    conflicts = [item for item in run.conflicts if not (options.force and _may_force(item[1]))]
    if conflicts:
        _say("\n".join(_conflict(path, conflict) for path, conflict in conflicts))
        hand_edited = all(_may_force(conflict) for _, conflict in conflicts)
        return STALE if options.check or hand_edited else CANNOT_WRITE
    return _check(run, options) if options.check else _write(run, options, progress)


class _BadDayError(ValueError):
    """The environment sets a day that is none; the message says what to do."""


def _today() -> date:
    """Return the day in UTC; SOURCE_DATE_EPOCH, a convention of reproducible builds, sets it."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not text:
        return datetime.now(UTC).date()
    try:
        if text.isascii() and text.isdecimal():
            return datetime.fromtimestamp(int(text), UTC).date()
    except (ValueError, OverflowError, OSError):
        pass
    message = f"SOURCE_DATE_EPOCH={text} is not a number of seconds since 1970"
    raise _BadDayError(f"{message}; unset it, or set it as in SOURCE_DATE_EPOCH=1764547200")


def _unreadable(path: Path, error: OSError) -> int:
    code = "E001" if isinstance(error, FileNotFoundError) else "E002"
    _say(f"{error.filename or path}: error[{code}]: cannot be read: {error.strerror or error}")
    _say(f"hint: put the source at {pipeline.SOURCE}, or set another with --source")
    return USAGE


def _may_force(conflict: writer.Conflict) -> bool:
    return conflict is writer.Conflict.HAND_EDITED


def _conflict(path: Path, conflict: writer.Conflict) -> str:
    message, hint = CONFLICTS[conflict]
    return f"{path}: error[{conflict.value}]: {message}\nhint: {hint}"


def _check(run: pipeline.Run, options: argparse.Namespace) -> int:
    steps = _steps(run, options)
    if not steps:
        return OK
    _show_diff(run, options)
    for step in steps:
        _say(f"{step.path}: out of date ({step.change.value})")
    _say("hint: run 'python scripts/split.py' and commit the changes")
    return STALE


def _write(run: pipeline.Run, options: argparse.Namespace, progress: Progress) -> int:
    _show_diff(run, options)
    try:
        writer.apply(_steps(run, options), progress)
    except writer.CannotWriteError as error:
        _say(f"error[E703]: {error}")
        _say("hint: fix the cause and run again; the remaining files are unchanged")
        return CANNOT_WRITE
    dated = not (options.undated or options.watch)
    pipeline.leave_stamp(run, _steps(run, options), options.source, options.out, dated=dated)
    if not (options.watch or options.diff):
        _show_new(run, options.source)
    _say(f"{_counted(run.counts)}: {_tally(_steps(run, options))}")
    return OK


def _unchanged(options: argparse.Namespace) -> tuple[int, int] | None:
    """Return the number of topics and questions if nothing has changed since the last run."""
    if options.check or options.decisions:
        return None
    dated = not (options.undated or options.watch)
    return pipeline.unchanged(options.source, options.out, dated=dated)


def _counted(counts: tuple[int, int]) -> str:
    return ", ".join(map(counted, counts, ("topic", "question")))


def _show_new(run: pipeline.Run, source: Path) -> None:
    """Show the new ids, which the ledger has from now on, before anything is published."""
    if not run.new:
        return
    ledger_path = source.with_name(ledger.FILE_NAME)
    shown = run.new[:SHOWN_IDS]
    width = min(max(len(name) for name, _ in shown), 40)
    lines = [f"  {name:{width}}  {diagnostics.printable(text)}" for name, text in shown]
    if rest := len(run.new) - len(shown):
        lines.append(f"  ... and {rest:,} more")
    name, _ = shown[-1]
    last = (
        "These are the names in their addresses. To change some before you publish, replace them "
        f"""everywhere in {ledger_path}, as in "{name}", and in links to them, as in (#{name})."""
    )
    title = f"{counted(len(run.new), 'new id')} in {ledger_path}:"
    _say("\n".join([title, *lines, *([last] if run.first else [])]), sys.stdout)


def _steps(run: pipeline.Run, options: argparse.Namespace) -> list[writer.Step]:
    """Return the steps; while watching, skip the ledger: half-typed questions must not get ids."""
    return run.steps if options.watch else [*run.steps, *run.record]


def _tally(steps: Sequence[writer.Step]) -> str:
    counts = {change: sum(step.change is change for step in steps) for change in writer.Change}
    done = [f"{number} {change.value}d" for change, number in counts.items() if number]
    return ", ".join(done) or "all files are up to date"


def _show_diff(run: pipeline.Run, options: argparse.Namespace) -> None:
    if options.diff:
        for step in _steps(run, options):
            _say("\n".join(step.diff()), sys.stdout)


def _watch(options: argparse.Namespace) -> int:
    """Split on every change; decisions are applied and recorded once, before watching."""
    if options.decisions:
        if code := _run(argparse.Namespace(**{**vars(options), "watch": False})):
            return code
        options.decisions = []
    seen: object = None
    while True:
        read = pipeline.read_files(options.source)
        stamp = list(_stamps([*read, *(options.out / paths.FOLDER).glob("*.md")]))
        if stamp != seen:
            _run(options)
            seen = stamp
        time.sleep(0.3)


def _stamps(files: Iterable[Path]) -> Iterator[tuple[Path, int, int]]:
    """Yield what changes when a file is saved or replaced; editors may delete files meanwhile."""
    for path in files:
        with suppress(OSError):
            status = path.stat()
            yield path, status.st_ino, status.st_mtime_ns


def _say(text: str, stream: TextIO | None = None) -> None:
    """Write to standard error or another stream; ignore a closed one."""
    with suppress(BrokenPipeError):
        print(text, file=stream or sys.stderr, flush=True)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(main())
