"""The bibliography: the sources that notes cite, in BibTeX.

The file is `sources.bib`, beside the source. Each entry needs an author, a title, a year, and an
identifier that leads to the work: `doi`, `eprint` (arXiv), `isbn` or `url`. Two fields are ours:
`lookup` says how the identifier was looked up, and `passage` what was read of the work.
"""

from __future__ import annotations

import logging
import re
from dataclasses import astuple, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from qna.memo import remembered
from qna.model import Span
from qna.reading import source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from qna.diagnostics import Report

FILE_NAME = "sources.bib"

_NAMED = 2
"""Number of authors from which on a short name has only the first of them."""
_ARXIV = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_WEB = re.compile(r"https?://[^\s/]+\S*")
_YEAR = re.compile(r"(?<![-\u2013\d.])(?:19|20)\d\d(?![-\u2013\d.])")
"""A year in the name of a journal or conference; a page number has a hyphen beside it."""
_NEEDED = ("author", "title", "year")
_WITHIN = ("journal", "booktitle", "publisher", "school", "institution", "howpublished")


@dataclass(frozen=True, slots=True)
class Reference:
    """A work that notes cite."""

    key: str
    title: str
    """Plain text, as are all other fields."""
    authors: tuple[str, ...]
    """Full names, given names first."""
    surnames: tuple[str, ...]
    year: str
    url: str
    """Leads to the work."""
    within: str = ""
    """The journal, proceedings or publisher."""
    lookup: str = ""
    """How the identifier was looked up."""
    passage: str = ""
    """What was read of the work."""
    line: int = 1

    @property
    def published(self) -> str:
        """Return where and when it was published, with each year once."""
        if not self.within or self.year in _YEAR.findall(self.within):
            return self.within or self.year
        if _YEAR.search(self.within):  # a preprint came before
            return f"{self.year}; {self.within}"
        return f"{self.within}, {self.year}"

    @property
    def short_name(self) -> str:
        """Return what a text cites it by, such as `Pascanu et al. 2012`."""
        first, *others = self.surnames or (self.key,)
        if len(others) >= _NAMED:
            return f"{first} et al. {self.year}"
        return f"{' and '.join([first, *others])} {self.year}"


def read(folder: Path, report: Report) -> Mapping[str, Reference]:
    """Return the references in a folder by their keys; problems go to `report`."""
    path = folder / FILE_NAME
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}
    lines = source.decode(str(path), data, report).lines if data.strip() else ()
    found, faults = _read("\n".join(lines))
    for code, line, message, hint in faults:
        report.add(code, str(path), Span(line), message, hint)
    references = (Reference(*fields) for fields in found)
    return {reference.key: reference for reference in references}


_Fault = tuple[str, int, str, str]
"""A code, a line, a message and a hint."""


@remembered
def _read(text: str) -> tuple[Sequence[tuple[Any, ...]], Sequence[_Fault]]:
    """Return the fields of each reference, and what is wrong, as plain data."""
    reader = _Reader()
    references = reader.references(text)
    return [astuple(reference) for reference in references.values()], reader.faults


class _Reader:
    def __init__(self) -> None:
        self.faults: list[_Fault] = []

    def references(self, text: str) -> dict[str, Reference]:
        library = _parsed(text)
        for block in library.failed_blocks:
            line = (block.start_line or 0) + 1
            if key := getattr(block, "key", None):
                self._fault("E608", line, f"'{key}' is there twice", "delete one of the two")
            else:
                hint = "close each brace and each quote, and end the entry with '}'"
                self._fault("E608", line, "entry is not BibTeX", hint)
        references = {entry.key: self._reference(entry) for entry in library.entries}
        self._check_works(list(references.values()))
        return references

    def _reference(self, entry: Any) -> Reference:  # noqa: ANN401 - the library's class
        """Return the reference of an entry, with empty fields for what it lacks."""
        line = (entry.start_line or 0) + 1
        fields = {name.lower(): field.value for name, field in entry.fields_dict.items()}
        missing = [name for name in _NEEDED if not fields.get(name)]
        if missing:
            message = f"'{entry.key}' has no {' and no '.join(missing)}"
            self._fault("E608", line, message, f"add {' = {...} and '.join(missing)} = {{...}}")
        url = _url(fields)
        if not url and not missing:
            hint = "add doi, eprint with archiveprefix = {arXiv}, isbn, or url = {https://...}"
            self._fault("E609", line, f"'{entry.key}' has no identifier that leads to it", hint)
        names = [_name(parts) for parts in fields.get("author", ())]
        return Reference(
            entry.key,
            _plain(fields.get("title", "")),
            tuple(name for name, _ in names),
            tuple(surname for _, surname in names),
            _plain(fields.get("year", "")),
            url,
            next((_plain(fields[name]) for name in _WITHIN if fields.get(name)), ""),
            _plain(fields.get("lookup", "")),
            _plain(fields.get("passage", "")),
            line,
        )

    def _check_works(self, references: Sequence[Reference]) -> None:
        """Report two entries for one work."""
        seen: dict[str, str] = {}
        for reference in references:
            bare = _bare(reference.title)
            for mark in filter(None, (reference.url.lower(), bare and bare + reference.year)):
                other = seen.setdefault(mark, reference.key)
                if other != reference.key:
                    message = f"'{other}' and '{reference.key}' are the same work"
                    hint = f"delete one of them, and cite the other as [@{other}]"
                    self._fault("E610", reference.line, message, hint)
                    break

    def _fault(self, code: str, line: int, message: str, hint: str) -> None:
        self.faults.append((code, line, message, hint))


def _parsed(text: str) -> Any:  # noqa: ANN401 - the library has no types
    # Imported here, because sites without notes need not wait for it.
    from bibtexparser.entrypoint import parse_string  # noqa: PLC0415
    from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts  # noqa: PLC0415

    logging.getLogger().disabled = True  # the library logs what is reported here
    try:
        names = [SeparateCoAuthors(), SplitNameParts()]
        return parse_string(text, append_middleware=names)
    finally:
        logging.getLogger().disabled = False


def _url(fields: Mapping[str, str]) -> str:
    """Return the address that the best identifier of an entry leads to; empty if none does."""
    return next(_urls({name: str(value).strip() for name, value in fields.items()}), "")


def _urls(fields: Mapping[str, str]) -> Iterator[str]:
    if _DOI.fullmatch(fields.get("doi", "")):
        yield f"https://doi.org/{fields['doi']}"
    if _ARXIV.fullmatch(fields.get("eprint", "")) and fields.get("archiveprefix", "") == "arXiv":
        yield f"https://arxiv.org/abs/{fields['eprint']}"
    if isbn := _isbn(fields.get("isbn", "")):
        yield f"https://openlibrary.org/isbn/{isbn}"
    if _WEB.fullmatch(fields.get("url", "")):
        yield fields["url"]


def _isbn(text: str) -> str:
    """Return the digits of an ISBN; empty if its check digit is wrong.

    https://www.isbn-international.org/content/isbn-users-manual
    """
    digits = re.sub(r"[\s-]", "", text)
    if re.fullmatch(r"\d{13}", digits):
        weighted = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits))
        return "" if weighted % 10 else digits
    if re.fullmatch(r"\d{9}[\dXx]", digits):
        values = [10 if digit in "xX" else int(digit) for digit in digits]
        return "" if sum(value * (10 - at) for at, value in enumerate(values)) % 11 else digits
    return ""


def _name(parts: Any) -> tuple[str, str]:  # noqa: ANN401 - the library's class
    """Return the full name and the surname of an author."""
    surname = " ".join([*parts.von, *parts.last])
    whole = " ".join([*parts.first, surname, *parts.jr])
    return _plain(whole), _plain(surname)


def _plain(tex: str) -> str:
    """Return what TeX in a field says, without braces; formulas stay as they are."""
    plain = _decoder().latex_to_text(tex) if re.search(r"[\\{}~]", tex) else tex
    return " ".join(plain.split())


@cache
def _decoder() -> Any:  # noqa: ANN401 - the library has no types
    from pylatexenc.latex2text import (  # type: ignore[import-untyped]  # noqa: PLC0415 - slow
        LatexNodes2Text,
    )

    return LatexNodes2Text(math_mode="verbatim")


def _bare(title: str) -> str:
    return re.sub(r"\W+", "", title.casefold())
