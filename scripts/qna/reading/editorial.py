"""Editorial data: related questions, glossary, topic summaries, short titles, words for search.

They are optional TOML files in the source's folder.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from qna.model import Span
from qna.reading import toml_files
from qna.reading.notes import Notes
from qna.wording import suggestion

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from qna.diagnostics import Report

_Kind = TypeVar("_Kind", bound=list[Any] | dict[str, Any])

RELATED, GLOSSARY, TOPICS = "related.toml", "glossary.toml", "topics.toml"
SEARCH, TITLES = "search.toml", "titles.toml"
STOP_WORDS = Path(__file__).with_name("stop_words.txt")
EVERYDAY = Path(__file__).with_name("everyday_synonyms.txt")
_LISTED = 3
"""Number of questions named in one message."""
FILES = (RELATED, GLOSSARY, TOPICS, SEARCH, TITLES)


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry."""

    name: str
    meaning: str
    """One sentence of plain text."""
    expansion: str = ""
    """The words that an acronym stands for."""
    explained_by: tuple[str, ...] = ()
    """Ids of the questions that explain it, best first."""
    matches: tuple[str, ...] = ()
    """Forms that are linked to the best question in answers."""


@dataclass(frozen=True, slots=True)
class Editorial:
    """The content of all editorial files."""

    related: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Question id to the ids of related questions."""
    rephrased: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Question id to the ids of questions that ask the same in other words."""
    glossary: tuple[Term, ...] = ()
    summaries: Mapping[str, str] = field(default_factory=dict)
    """Topic id to its summary: one line."""
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Question id to other ways to ask it, used by search."""
    further: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Question id to further ways to ask it, without whose rare words search does."""
    synonyms: tuple[tuple[str, ...], ...] = ()
    """Groups of words and short phrases that search treats as equal."""
    everyday: tuple[tuple[str, ...], ...] = ()
    """Groups of everyday English words, which mean the same in any field; none if the file lists
    synonyms."""
    stop_words: frozenset[str] = frozenset()
    """Words that search ignores beside others: English ones unless the file lists its own."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Question id to its short title: plain text, different for each question."""
    notes: Notes = field(default_factory=Notes)


def _stop_words() -> list[str]:
    return STOP_WORDS.read_text(encoding="utf-8").split()


def _everyday() -> tuple[tuple[str, ...], ...]:
    lines = EVERYDAY.read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("|")) for line in lines)


def read(
    folder: Path,
    questions: Iterable[str],
    topics: Iterable[str],
    report: Report,
    without: Container[str] = (),
) -> Editorial:
    """Read the files in `folder`; report ids that are not in `questions` or `topics`.

    The files whose names are in `without` are left out.
    """
    return _Reader(folder, frozenset(questions), frozenset(topics), report, without).read()


class _Reader:
    def __init__(
        self,
        folder: Path,
        questions: frozenset[str],
        topics: frozenset[str],
        report: Report,
        without: Container[str],
    ) -> None:
        self._folder = folder
        self._questions = questions
        self._topics = topics
        self._report = report
        self._without = without

    def read(self) -> Editorial:
        related, search = self._load(RELATED), self._load(SEARCH)
        rephrased = dict(self._rephrased(self._value(RELATED, related, "asked_another_way", [])))
        return Editorial(
            dict(self._related(self._value(RELATED, related, "related", {}))),
            rephrased,
            tuple(self._terms(self._value(GLOSSARY, self._load(GLOSSARY), "term", []))),
            dict(self._summaries(self._value(TOPICS, self._load(TOPICS), "summary", {}))),
            dict(self._phrases(self._value(SEARCH, search, "phrases", {}), rephrased)),
            dict(self._further(self._value(SEARCH, search, "further", {}))),
            tuple(self._synonyms(self._value(SEARCH, search, "synonyms", []))),
            () if "synonyms" in search else _everyday(),
            frozenset(map(str, self._value(SEARCH, search, "stop_words", _stop_words()))),
            dict(self._titles(self._value(TITLES, self._load(TITLES), "title", {}))),
        )

    def _load(self, name: str) -> dict[str, Any]:
        return {} if name in self._without else toml_files.load(self._folder / name, self._report)

    def _value(self, file: str, table: Mapping[str, Any], name: str, default: _Kind) -> _Kind:
        """Return a value of a file; report it if its type is not the default's."""
        found = table.get(name, default)
        if isinstance(found, type(default)):
            return found
        kind = "a table" if isinstance(default, dict) else "a list"
        hint = "follow the form described in the comments of the real source's file"
        self._fault(file, name, f"'{name}' is not {kind}", hint)
        return default

    def _related(self, table: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
        for name, found in table.items():
            if self._known(RELATED, name, self._questions) and self._is_list(RELATED, name, found):
                yield name, tuple(self._ids(RELATED, found, besides=name))

    def _rephrased(self, groups: Iterable[Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
        for group in groups:
            if self._is_list(RELATED, "asked_another_way", group):
                known = tuple(self._ids(RELATED, group))
                for name in known:
                    yield name, tuple(other for other in known if other != name)

    def _terms(self, terms: Iterable[Any]) -> Iterator[Term]:
        forms: dict[str, str] = {}
        for item in terms:
            try:
                term = _term(item)
            except (KeyError, TypeError, ValueError):
                hint = "give each term a name, a meaning and explained_by"
                self._fault(GLOSSARY, str(item)[:20], "term is incomplete", hint)
                continue
            explained_by = tuple(self._ids(GLOSSARY, term.explained_by))
            for form in term.matches:
                if forms.setdefault(form, term.name) != term.name:
                    message = f"'{form}' matches both {forms[form]} and {term.name}"
                    self._fault(GLOSSARY, form, message, "keep it in one of the two")
            yield Term(term.name, term.meaning, term.expansion, explained_by, term.matches)

    def _summaries(self, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for name, summary in table.items():
            if self._known(TOPICS, name, self._topics):
                yield name, str(summary)

    def _titles(self, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        owners: dict[str, str] = {}
        for name, written in table.items():
            if not self._known(TITLES, name, self._questions):
                continue
            title = " ".join(written.split()) if isinstance(written, str) else ""
            owner = owners.setdefault(title.casefold(), name)
            if not title:
                hint = "write a few words between quotes, or delete the line"
                self._fault(TITLES, name, f"'{name}' has no title", hint)
            elif owner != name:
                message = f"'{title}' is the title of both '{owner}' and '{name}'"
                self._fault(TITLES, name, message, "change one of the two")
            else:
                yield name, title

    def _phrases(
        self, table: Mapping[str, Any], rephrased: Mapping[str, tuple[str, ...]]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        owners: dict[str, str] = {}
        for name, found in table.items():
            if self._known(SEARCH, name, self._questions) and self._is_list(SEARCH, name, found):
                seen: set[str] = set()
                for phrase in map(str, found):
                    owner = owners.setdefault(phrase.casefold(), name)
                    again = phrase.casefold() in seen
                    seen.add(phrase.casefold())
                    self._check_phrase(phrase, name, owner, again=again, rephrased=rephrased)
                yield name, tuple(map(str, found))
        asked = {name for name, found in table.items() if found}
        if table and (without := sorted(self._questions - asked)):
            hint = "add some below [phrases]: symptoms, plain words, use cases, other names"
            message = f"no other ways to ask {_listed(without)}"
            self._report.add("W313", str(self._folder / SEARCH), Span(1), message, hint)

    def _further(self, table: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
        for name, found in table.items():
            if self._known(SEARCH, name, self._questions) and self._is_list(SEARCH, name, found):
                yield name, tuple(map(str, found))

    def _check_phrase(
        self,
        phrase: str,
        name: str,
        owner: str,
        *,
        again: bool,
        rephrased: Mapping[str, tuple[str, ...]],
    ) -> None:
        if not phrase.strip():
            self._fault(SEARCH, name, f"empty phrase under '{name}'", "delete it")
        elif again:
            self._fault(SEARCH, phrase, f"'{phrase}' is listed twice under '{name}'", "delete one")
        elif owner not in {name, *rephrased.get(name, ())}:
            hint = "keep it under the question that answers it best"
            message = f"'{phrase}' is listed under '{owner}' and '{name}'"
            self._fault(SEARCH, phrase, message, hint)

    def _synonyms(self, groups: Iterable[Any]) -> Iterator[tuple[str, ...]]:
        for group in groups:
            if not self._is_list(SEARCH, "synonyms", group):
                continue
            words = tuple(dict.fromkeys(str(word).casefold() for word in group))
            if len(words) < len(group) or len(words) < 2:  # noqa: PLR2004 - a group has two
                shown = str(group[0]) if group else "synonyms"
                hint = "list two or more different words in a group"
                self._fault(SEARCH, shown, f"not a group of synonyms: {group}", hint)
            yield words

    def _ids(self, file: str, found: Iterable[Any], besides: str = "") -> Iterator[str]:
        seen = {besides}
        for name in map(str, found):
            if name in seen:
                hint = "delete it"
                self._fault(file, name, f"'{name}' is listed twice, or under itself", hint)
            elif self._known(file, name, self._questions):
                yield name
            seen.add(name)

    def _known(self, file: str, name: str, names: frozenset[str]) -> bool:
        if name not in names:
            near = suggestion(name, names)
            hint = f"did you mean {near}" if near else "use an id from ids.json"
            self._fault(file, name, f"unknown id '{name}'", hint)
        return name in names

    def _is_list(self, file: str, name: str, found: object) -> bool:
        if not isinstance(found, list):
            hint = 'write it as ["first-id", "second-id"]'
            self._fault(file, name, f"'{name}' is not a list of ids", hint)
        return isinstance(found, list)

    def _fault(self, file: str, text: str, message: str, hint: str) -> None:
        path = self._folder / file
        self._report.add("E311", str(path), toml_files.find(path, text), message, hint)


def _listed(names: list[str]) -> str:
    """Return the first few names, and how many more there are."""
    shown = ", ".join(f"'{name}'" for name in names[:_LISTED])
    return f"{shown} and {len(names) - _LISTED:,} more" if len(names) > _LISTED else shown


def _term(item: Mapping[str, Any]) -> Term:
    """Build a term from TOML. Raises KeyError, TypeError or ValueError if it is malformed."""
    name, meaning, expansion = item["name"], item["meaning"], item.get("expansion", "")
    lists = item["explained_by"], item.get("matches", [])
    if not (all(isinstance(text, str) for text in (name, meaning, expansion)) and name):
        raise ValueError(name)
    if not all(isinstance(form, str) and form for found in lists for form in found):
        raise ValueError(lists)
    return Term(name, meaning, expansion, *map(tuple, lists))
