#!/usr/bin/env python3
"""Make the files to take along, such as an Anki deck: of the site, and of each topic.

A file is made again only if what it is made of has changed. Without their page, `downloads.md`, no
files are made. SITE_URL is the address of the site, which the files link back to.
"""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

# With PYTHONSAFEPATH, a script's own folder is not on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import interpreter

with interpreter.complete():
    from addresses import BadAddressError, site_url
    from making import exit_code, read_site
    from qna import pipeline, stamp, writer
    from qna.appearance.look import Look
    from qna.data import nav
    from qna.downloads import (
        FOLDER,
        FORMATS,
        Format,
        LackingFontsWarning,
        MissingError,
        UnreadableError,
        inputs,
        kept,
        name_of,
        record,
        styles,
    )
    from qna.downloads.inputs import Texts
    from qna.downloads.kept import Keep
    from qna.downloads.record import Made
    from qna.model import Topic
    from qna.site import Site
    from qna.wording import counted

ROOT = Path(__file__).resolve().parent.parent
EXIT_CODES = """\
exit codes:
  0    every file is up to date or was made
  2    wrong usage, or something is missing: a source without errors, a library
  4    a file could not be written
  130  interrupted
"""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A file that should be there."""

    name: str
    form: Format
    topic: Topic | None
    code: str
    """Digest of the code and the libraries that make it, and of what it looks like."""
    inputs: str
    """Digest of all that it is made of."""


@dataclass(slots=True)
class _Faults:
    """Letters that no font has, for the user to know at the end."""

    letters: set[str] = field(default_factory=set)
    """Drawn as boxes."""
    left_out: dict[str, str] = field(default_factory=dict)
    """Name of each file that is not made, to the reason."""

    @contextmanager
    def noted(self, name: str) -> Iterator[None]:
        """Note what goes wrong while a file is made."""
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", LackingFontsWarning)
            try:
                yield
            except UnreadableError as error:
                self.left_out[name] = str(error)
        for warning in caught:
            if isinstance(warning.message, LackingFontsWarning):
                self.letters |= {*str(warning.message)}
            else:
                warnings.warn(warning.message, stacklevel=2)

    def messages(self) -> Iterator[str]:
        """Yield what to tell the user."""
        if self.letters:
            from qna.downloads import book_fonts  # noqa: PLC0415 - most runs need no fonts

            advice = book_fonts.advice("".join(sorted(self.letters)))
            yield f"warning: in books, some letters are drawn as boxes: {advice}"
        for reason in dict.fromkeys(self.left_out.values()):
            names = ", ".join(name for name, why in self.left_out.items() if why == reason)
            yield f"warning: cannot make {names}: {reason}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    options = _parser().parse_args(arguments)
    return exit_code(lambda: _run(options.docs, _address(), force=options.force), MissingError)


def _address() -> str:
    try:
        return site_url(os.environ.get("SITE_URL", ""))
    except BadAddressError as error:
        raise MissingError(f"error: {error}") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXIT_CODES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--docs", type=Path, default=pipeline.shown(ROOT / "docs"), help="docs folder")
    add("--force", action="store_true", help="make every file again")
    return parser


def _run(docs: Path, address: str, *, force: bool) -> str:
    """Update the files below a docs folder; return a summary for the user."""
    folder, page = docs / FOLDER, docs / pipeline.DOWNLOADS
    if not page.is_file():
        return _without(page, folder)
    site = read_site(docs)
    texts, results = Texts(site, address), {} if force else kept.read(folder)
    before = {} if force else record.read(folder)
    tally: Counter[str] = Counter()
    files, faults = [], _Faults()
    look = _look(docs)
    for wanted in _wanted(site, texts, look):
        old = before.get(wanted.name)
        if old and old.fits(folder / wanted.name, wanted.inputs):
            files.append(old)
            continue
        with faults.noted(wanted.name):
            files.append(_made(wanted, Keep(texts, wanted.code, results), look, folder))
        tally["left out" if wanted.name in faults.left_out else "made"] += 1
    tally += Counter(deleted=_delete(record.read(folder), files, folder))
    if tally:
        writer.write(folder / kept.FILE_NAME, kept.dump(results))
        (folder / kept.FORMER_NAME).unlink(missing_ok=True)
        writer.write(folder / record.FILE_NAME, record.dump(files).encode("utf-8"))
    done = ", ".join(f"{number} {what}" for what, number in tally.items())
    summary = f"{counted(len(files), 'download')}: {done or 'all are up to date'}"
    return "\n".join([summary, *faults.messages()])


def _without(page: Path, folder: Path) -> str:
    """Delete the files that were made while there was a page for them."""
    summary = f"no downloads, because there is no {page}"
    if not (deleted := _delete(record.read(folder), (), folder)):
        return summary
    writer.write(folder / record.FILE_NAME, record.dump([]).encode("utf-8"))
    return f"{summary}: {deleted} deleted"


def _look(docs: Path) -> Look:
    settings = pipeline.settings_of(docs.resolve().parent / nav.FILE_NAME)
    try:
        return styles.site_look(settings, docs)
    except MissingError as error:
        raise MissingError(f"error: {error}") from error


def _wanted(site: Site, texts: Texts, look: Look) -> Iterator[_Wanted]:
    """Yield the files that a site should have: those of the whole site first."""
    code = inputs.Code(ROOT, look)
    codes = {form.ending: code.of(form) for form in FORMATS}
    first, *_ = site.document.topics
    for topic in (None, *site.document.topics):
        for form in FORMATS:
            if topic is None or form.by_topic:
                shown, by = texts.of(first if form.sample else topic), codes[form.ending]
                yield _Wanted(name_of(site, form, topic), form, topic, by, f"{by}-{shown}")


def _made(wanted: _Wanted, keep: Keep, look: Look, folder: Path) -> Made:
    """Make a file and write it; return its record."""
    site, address = keep.texts.site, keep.texts.address
    try:
        data = wanted.form.make(site, address, wanted.topic, keep, look)
    except ModuleNotFoundError as error:
        message = f"{sys.executable} lacks {error.name}, which makes {wanted.name}"
        raise MissingError(f"error: {message}; {interpreter.remedy()}") from error
    except MissingError as error:
        raise MissingError(f"error: cannot make {wanted.name}: {error}") from error
    writer.write(folder / wanted.name, data)
    return Made(
        wanted.name,
        wanted.form.ending,
        wanted.topic.id if wanted.topic else "",
        len(data),
        _updated(site, wanted.topic),
        wanted.inputs,
        stamp.digest(data),
    )


def _updated(site: Site, topic: Topic | None) -> str:
    """Return the day on which a text last changed, as far as that is recorded."""
    questions = topic.questions if topic else site.document.questions()
    days = [site.histories[question.id].updated for question in questions]
    known = [day for day in days if day]
    return max(known).isoformat() if known else ""


def _delete(before: Mapping[str, Made], files: Sequence[Made], folder: Path) -> int:
    """Delete the files that were made once and are not wanted any more; return how many."""
    wanted = {made.name for made in files}
    gone = [folder / name for name in before if name not in wanted and (folder / name).is_file()]
    writer.apply(writer.Step(path, writer.Change.DELETE, "", "") for path in gone)
    return len(gone)


if __name__ == "__main__":
    sys.exit(main())
