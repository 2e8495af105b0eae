"""A fresh start in a checkout: keep what was there aside, then write a site with one question."""

from __future__ import annotations

import re
import shutil
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from qna import words, writer
from qna.data import nav
from qna.diagnostics import Report
from qna.markdown.escaping import escape
from qna.naming import ledger, question_words, reconcile
from qna.reading import editorial, questions, source
from qna.starting import identity
from qna.starting.identity import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qna.model import Document

KEPT = Path("kept")
"""Folder of what was there before a fresh start, relative to the project root. Git ignores it."""
SOURCE = Path("docs/_source")
README = Path("README.md")
SUBJECTS = Path("scripts/qna/figures/subjects/__init__.py")
OWN_TESTS = Path("tests/content/own")
CONTENT = (
    SOURCE,
    Path("docs/index.md"),
    Path("docs/about.md"),
    Path("docs/paths"),
    Path("docs/assets/images/questions"),
    SUBJECTS.parent,
    OWN_TESTS,
    Path(".github/screenshots"),
)
"""Everything that is about the questions of one site, relative to the project root."""

_TEMPLATES = Path(__file__).parent
_NO_FIGURES = '''\
"""The figures of the notes, one module for each subject."""

from __future__ import annotations

from collections.abc import Callable

from qna.figures.svg import Figure

FIGURES: tuple[Callable[[], Figure], ...] = ()
"""All figures; `lstm_cell` draws `lstm-cell.svg`."""
'''
_NO_IDS = '{\n "version": 2,\n "topics": [],\n "questions": []\n}\n'
_ASKED = re.compile(r"(?m)^\*   \*\*(?P<text>.*)\*\*$")
_SECTION = "\n## "
_WIDTH = 98


class CannotStartError(Exception):
    """A fresh start is not possible; the message says why, and that nothing has changed."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was there before."""

    folder: Path
    """Relative to the project root."""
    files: int
    source: bool = False
    """Whether its questions stay in their place, because the ledger had only others."""


def current(root: Path) -> Identity:
    """Return what the site in a checkout is called; nothing if it is still the original one."""
    found = identity.in_configuration(_configuration(root))
    return Identity("", "", found.language) if (root / OWN_TESTS).is_dir() else found


def neutral(language: str) -> Identity:
    """Return what a site is called that has no name yet."""
    site = _site(language)
    return Identity(site["name"], site["description"], language)


def is_named(root: Path) -> bool:
    """Tell whether the site in a checkout has a name that its author gave it."""
    before = current(root)
    return before.name not in {"", neutral(before.language).name}


def start(root: Path, new: Identity, today: date) -> Kept:
    """Put a site with one question in place of that in a checkout; return what was kept of it.

    Nothing is removed before everything is kept. Raises CannotStartError if that fails, and
    writer.CannotWriteError if a file cannot be written afterwards.
    """
    config, readme = _configuration(root), _readme(root)
    own = _new_source(root)
    kept = _keep(root, today)
    for path in CONTENT:
        _remove(root / path)
    files = {path: text for path, text in _files(new) if not (own and path.name == "questions.md")}
    for path, text in {**files, **own}.items():
        writer.write(root / path, text.encode("utf-8"))
    kept = replace(kept, source=bool(own))
    text = identity.configured(config, new, _labels(new.language))
    writer.write(root / nav.FILE_NAME, text.encode("utf-8"))
    if readme:
        writer.write(root / README, with_beginning_of(readme, _beginning(new)).encode("utf-8"))
    return kept


def _new_source(root: Path) -> dict[Path, str]:
    """Return the source by its path if it has other questions than the ledger beside it.

    Then it is what its author wants to start with.
    """
    report, path = Report(), source.located(root / SOURCE / "questions.md")
    try:
        read = source.read(path, report)
        texts = {
            file.relative_to(root): file.read_text(encoding="utf-8") for file in source.files(path)
        }
    except (OSError, ValueError):
        return {}
    published = ledger.read(root / SOURCE / ledger.FILE_NAME, report)
    document = questions.parse(read, report)
    if published and document.topics:
        reconcile.assign(document, published, (), read.path, report)
    return texts if reconcile.is_another_source(report) else {}


def configured(config: str, own: str) -> str:
    """Return the text of another `mkdocs.yml` with the name and the look that `own` has."""
    new = identity.in_configuration(own)
    return identity.configured(config, new, _labels(new.language))


def with_beginning_of(readme: str, own: str) -> str:
    """Return the text of a README, which begins like another one up to the first section."""
    rest = readme.partition(_SECTION)[2]
    return own.partition(_SECTION)[0].rstrip("\n") + f"\n{_SECTION}{rest}" if rest else readme


def recorded(document: Document) -> Document:
    """Return what of a document the ledger records: not the question of a fresh start.

    So a new site drops that question without being asked where it went.
    """
    if not any(item.text in examples() for item in document.questions()):
        return document
    topics = (
        replace(topic, questions=tuple(q for q in topic.questions if q.text not in examples()))
        for topic in document.topics
    )
    return replace(document, topics=tuple(topic for topic in topics if topic.questions))


@cache
def examples() -> frozenset[str]:
    """Return the questions of a fresh start, in all languages."""
    sources = (path.read_text(encoding="utf-8") for path in _TEMPLATES.glob("*/questions.md"))
    return frozenset(match["text"] for text in sources for match in _ASKED.finditer(text))


# --- what was there -----------------------------------------------------------------------


def _configuration(root: Path) -> str:
    path = root / nav.FILE_NAME
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or error
        raise CannotStartError(f"{path}: cannot be read: {reason}; nothing has changed") from error
    except UnicodeDecodeError as error:
        raise CannotStartError(f"{path}: is not UTF-8; nothing has changed") from error


def _readme(root: Path) -> str:
    """Return the text of the README; an unreadable one counts as none, and stays."""
    try:
        return (root / README).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _keep(root: Path, today: date) -> Kept:
    """Copy the content into a folder that is not there yet."""
    folder = _folder(root, today)
    try:
        for path in (*CONTENT, Path(nav.FILE_NAME), README):
            _copy(root / path, root / folder / path)
    except (OSError, shutil.Error) as error:
        shutil.rmtree(root / folder, ignore_errors=True)
        message = f"{folder}: what is there cannot be kept: {_reason(error)}; nothing has changed"
        raise CannotStartError(message) from error
    return Kept(folder, sum(path.is_file() for path in (root / folder).rglob("*")))


def _folder(root: Path, today: date) -> Path:
    """Create a folder named after the day."""
    names = (today.isoformat() + (f"-{number}" if number > 1 else "") for number in count(1))
    for name in names:
        try:
            (root / KEPT / name).mkdir(parents=True)
        except FileExistsError:
            if not (root / KEPT).is_dir():
                message = f"{KEPT}: a file is in the way; move it; nothing has changed"
                raise CannotStartError(message) from None
        except OSError as error:
            message = f"{KEPT}: cannot be created: {error.strerror}; nothing has changed"
            raise CannotStartError(message) from error
        else:
            return KEPT / name
    raise AssertionError


def _copy(path: Path, to: Path) -> None:
    if not path.exists():
        return
    to.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.copytree(path, to, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy2(path, to)


def _reason(error: OSError) -> str:
    """Return why files could not be copied; an error about many lists the reason of each."""
    if isinstance(error, shutil.Error) and error.args and error.args[0]:
        source, _, reason = error.args[0][0]
        return f"{source}: {reason}"
    return f"{error.filename}: {error.strerror}" if error.filename else str(error)


def _remove(path: Path) -> None:
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise writer.CannotWriteError(f"{path}: cannot delete: {error.strerror}") from error


# --- the new site -------------------------------------------------------------------------


def _files(new: Identity) -> Iterator[tuple[Path, str]]:
    """Yield each file of a new site, by its path relative to the project root."""
    values = {
        "name": escape(new.name),
        "stop_words": _stop_words(new.language),
    }
    templates = _templates(new.language)
    places = {
        SOURCE / "questions.md": templates / "questions.md",
        **{Path("docs") / name: templates / name for name in ("index.md", "about.md")},
        Path("docs/paths/index.md"): templates / "paths" / "index.md",
        **{SOURCE / name: _TEMPLATES / "editorial" / name for name in editorial.FILES},
    }
    for place, path in places.items():
        yield place, Template(path.read_text(encoding="utf-8")).safe_substitute(values)
    yield SOURCE / "ids.json", _NO_IDS
    yield SUBJECTS, _NO_FIGURES


def _beginning(new: Identity) -> str:
    """Return the beginning of the README of a new site."""
    text = (_templates(new.language) / "readme.md").read_text(encoding="utf-8")
    values = {"name": escape(new.name), "description": escape(new.description)}
    return Template(text).safe_substitute(values)


def _templates(language: str) -> Path:
    """Return the folder of the pages in a language; English ones if there are none."""
    own = _TEMPLATES / re.split("[-_]", language.lower())[0]
    return own if (own / "index.md").is_file() else _TEMPLATES / words.ENGLISH


def _labels(language: str) -> dict[str, str]:
    """Return the names of the site's sections in a language, by their English ones."""
    labels: dict[str, str] = _site(language)["sections"]
    return labels


def _site(language: str) -> dict[str, Any]:
    return tomllib.loads((_templates(language) / "site.toml").read_text(encoding="utf-8"))


def _stop_words(language: str) -> str:
    """Return the stop words of a language, as lines of a TOML list."""
    listed = [f'"{word}",' for word in sorted(_listed_stop_words(language))]
    lines: list[str] = []
    for word in listed:
        if lines and len(lines[-1]) + len(word) < _WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(f"  {word}")
    return "\n".join(lines)


def _listed_stop_words(language: str) -> frozenset[str]:
    if re.split("[-_]", language.lower())[0] == words.ENGLISH:
        return frozenset(editorial.STOP_WORDS.read_text(encoding="utf-8").split())
    return question_words.of(language)
