"""Accounting: the words and lines of code of the files, compared with those of the source written.

Files are read once more, apart from what the importer made of them, and the source is read as the
splitter reads it. Each question has its lines in a file; what these show must be what it shows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from operator import itemgetter
from typing import TypeVar

from markdown_it.token import Token

from qna import model
from qna.importing import titles
from qna.importing.answers import with_readable_addresses
from qna.importing.canonical import NO_ANSWER
from qna.importing.collection import Collection, Question, titled_picture, words
from qna.importing.html import MEDIA, MENTIONED, Removed, formula_of, tags
from qna.markdown import parser
from qna.markdown.parser import Parsed
from qna.model import Document

_T = TypeVar("_T")
_Words = list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Difference:
    """Words or lines of code that are in a file or in the source, but not in both."""

    file: str
    number: int
    """The line of the file from which they may be missing."""
    place: str
    """The question, or another part of the source."""
    lost: str
    added: str


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a text shows, with line numbers."""

    words: _Words
    code: _Words
    notes: tuple[str, ...]
    """The letters of each footnote."""


def differences(
    texts: Sequence[tuple[str, str]], made: Collection, document: Document
) -> list[Difference]:
    """Compare files with the source that was written from them, part by part."""
    return list(_Comparison(texts, made, document).found())


class _Comparison:
    """Compares each question with its lines, and everything else with what is around questions."""

    def __init__(
        self, texts: Sequence[tuple[str, str]], made: Collection, document: Document
    ) -> None:
        self._made = made
        self._document = document
        self._before = {name: _of_file(text) for name, text in texts}
        self._after = {
            id(item): _of_question(item, written)
            for item, written in zip(made.questions(), document.questions(), strict=False)
        }
        self._rest: list[tuple[str, int, str]] = []
        """Words around questions, each with its file and line."""
        self._rest_of_code: list[str] = []

    def found(self) -> Iterator[Difference]:
        """Yield the differences in the order of the files."""
        written = sum(1 for _ in self._document.questions())
        if written != sum(1 for _ in self._made.questions()):
            yield Difference("", 1, "the source", "", "other questions than were read")
        starts: defaultdict[str, list[tuple[int, Question | None]]] = defaultdict(list)
        for name, number, question in self._made.starts:
            starts[name].append((number, question))
        removed: defaultdict[str, list[tuple[int, Removed]]] = defaultdict(list)
        for name, item in self._made.removed:
            removed[name].append((item.number, item))
        for name in self._before:
            regions = [*_regions(sorted(starts[name], key=itemgetter(0)))]
            firsts = [first for first, _ in regions]
            shown = self._before[name]
            words_in, code_in = (_parted(found, firsts) for found in (shown.words, shown.code))
            gone = _parted(removed[name], firsts)
            for at, (first, own) in enumerate(regions):
                before = _without(words_in[at], [item for _, item in gone[at]])
                code = [line for _, line in code_in[at]]
                yield from self._region(name, first, own, before, code)
        introductions = [
            self._document.title,
            self._document.introduction,
            *(
                text
                for topic in self._document.topics
                for text in (topic.title, topic.introduction)
            ),
        ]
        after = _of_texts(introductions)
        yield from self._others(after)
        yield from self._notes([*after.notes, *(n for q in self._after.values() for n in q.notes)])

    def _region(
        self, name: str, first: int, own: Sequence[Question], before: _Words, code: Sequence[str]
    ) -> Iterator[Difference]:
        """Compare the lines from one start to the next with the questions that start there."""
        if not own:
            self._rest += [(name, number, word) for number, word in before]
            self._rest_of_code += code
            return
        after = [self._after[id(item)] for item in own if id(item) in self._after]
        place, number = own[0].title, max(first, 1)
        words_after = [word for shown in after for _, word in shown.words]
        yield from _compared(name, number, place, [word for _, word in before], words_after)
        if lost := _missing(code, [line for shown in after for _, line in shown.code]):
            yield Difference(name, number, place, "\n".join(lost), "")

    def _others(self, after: _Shown) -> Iterator[Difference]:
        before = Counter(word for _, _, word in self._rest)
        if lost := before - Counter(word for _, word in after.words):
            name, number = next((name, number) for name, number, word in self._rest if word in lost)
            text = " ".join(lost.elements())
            yield Difference(name, number, "introductions and headings", text, "")
        if missing := _missing(self._rest_of_code, [line for _, line in after.code]):
            yield Difference(next(iter(self._before)), 1, "introductions", "\n".join(missing), "")

    def _notes(self, after: Iterable[str]) -> Iterator[Difference]:
        known = {*after}
        for name, shown in self._before.items():
            gone = {"".join(words(item.text)) for file, item in self._made.removed if file == name}
            for note in shown.notes:
                if note and note not in known and note not in gone:
                    yield Difference(name, 1, "footnotes", note, "")


def _regions(
    starts: Sequence[tuple[int, Question | None]],
) -> Iterator[tuple[int, list[Question]]]:
    """Yield the first line and the questions of each part."""
    first = 0
    own: list[Question] = []
    for number, question in starts:
        if number > first:
            yield first, own
            first, own = number, []
        if question is not None:
            own.append(question)
    yield first, own


def _parted(found: Iterable[tuple[int, _T]], firsts: Sequence[int]) -> list[list[tuple[int, _T]]]:
    """Return what there is in each part, with its lines, in order."""
    parts: list[list[tuple[int, _T]]] = [[] for _ in firsts]
    for number, item in found:
        parts[bisect_right(firsts, number) - 1].append((number, item))
    return parts


def _without(found: _Words, removed: Iterable[Removed]) -> _Words:
    """Take away the words that were removed, where they were."""
    found = list(found)
    for item in removed:
        gone = [word for _, word in _of_file(item.text).words] if item.text else []
        if not gone:
            continue
        size = len(gone)
        places = [
            at
            for at in range(len(found) - size + 1)
            if found[at][0] >= item.number and [word for _, word in found[at : at + size]] == gone
        ]
        at = places[0] if places else -1
        if item.why == "decoration":
            at = next((at for at in reversed(places) if found[at][0] == item.number), at)
        if at >= 0:
            del found[at : at + size]
            continue
        for word in gone:
            at = next(
                (
                    at
                    for at, (number, other) in enumerate(found)
                    if other == word and number >= item.number
                ),
                -1,
            )
            if at >= 0:
                del found[at]
    return found


def _of_question(item: Question, written: model.Question) -> _Shown:
    """Return what a question shows without what the importer added."""
    answer = "" if written.answer == NO_ANSWER else written.answer
    shown = _of_texts([written.text, answer])
    found = [word for _, word in shown.words]
    title = len(words(titles.plain(written.text)))
    for text, in_title in item.added:
        own = words(titles.plain(text))
        places = [
            at
            for at in range(len(found) - len(own) + 1)
            if own and found[at : at + len(own)] == own
        ]
        if places:
            place = (
                next((at for at in reversed(places) if at <= title), 0) if in_title else places[-1]
            )
            del found[place : place + len(own)]
    return _Shown([(0, word) for word in found], shown.code, shown.notes)


def _compared(
    file: str, number: int, place: str, before: Sequence[str], after: Sequence[str]
) -> Iterator[Difference]:
    if "".join(before) == "".join(after):
        return
    lost: list[str] = []
    added: list[str] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, begin, stop in matcher.get_opcodes():
        if kind != "equal" and "".join(before[start:end]) != "".join(after[begin:stop]):
            lost += before[start:end]
            added += after[begin:stop]
    if lost or not MENTIONED.issuperset(added):
        yield Difference(file, number, place, " ".join(lost), " ".join(added))


def _missing(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Return the lines of code that are not there in order."""
    at, lost = 0, []
    for line in before:
        try:
            at = after.index(line, at) + 1
        except ValueError:
            lost.append(line)
    return lost


# What texts show


def _of_file(text: str) -> _Shown:
    """Return what a file shows; without its tags, an indented line may look like code."""
    shown = _shown(parser.parse_file(with_readable_addresses(_untagged(text))))
    return replace(shown, code=[*_code(parser.parse_file(text, html=True).tokens)])


def _untagged(text: str) -> str:
    """Return a file without tags; pictures are what they show."""
    parts, at = [], 0
    for tag in tags(text):
        if tag.start < at:
            continue
        parts.append(text[at : tag.start])
        breaks = "\n" * tag.raw.count("\n")
        shown = f" {_of_picture(tag.attributes)} " if tag.name == "img" else ""
        if tag.name in MEDIA and (source := tag.attributes.get("src")):
            shown = f" {' '.join(words(tag.attributes.get('title') or source))} "
        parts.append(shown + breaks)
        at = tag.end
    return "".join([*parts, text[at:]])


def _of_picture(attributes: Mapping[str, str]) -> str:
    get = attributes.get
    source = get("src") or get("data-src") or ""
    named = titled_picture(source) if source else ""
    shown = formula_of(source) or get("alt") or get("title") or named
    return " ".join(re.findall(r"[^\W_]+", shown))


def _of_texts(texts: Iterable[str]) -> _Shown:
    found = [_without_lone_number(text, _shown(parser.parse(text))) for text in texts]
    return _Shown(
        [word for shown in found for word in shown.words],
        [line for shown in found for line in shown.code],
        tuple(note for shown in found for note in shown.notes),
    )


def _code(tokens: Iterable[Token]) -> Iterator[tuple[int, str]]:
    """Yield the lines of code outside footnotes."""
    in_note = False
    for token in tokens:
        in_note = token.type == "footnote_block_open" or (
            in_note and token.type != "footnote_block_close"
        )
        if token.type in {"fence", "code_block"} and token.map and not in_note:
            for at, line in enumerate(
                token.content.rstrip("\n").split("\n"), start=token.map[0] + 1
            ):
                if line.strip():
                    yield at, " ".join(line.split())


def _without_lone_number(text: str, shown: _Shown) -> _Shown:
    """Take away the number of a list with one item: at the start of a text it is no list."""
    tokens = parser.parse(text).tokens
    if tokens and tokens[0].type == "paragraph_open" and re.match(r"\s*\d{1,9}[.)]\s", text):
        return replace(shown, words=shown.words[1:])
    return shown


def _shown(parsed: Parsed) -> _Shown:
    found: _Words = []
    notes: dict[int, str] = defaultdict(str)
    note = -1
    number = 0
    tokens = parsed.tokens
    for token in tokens:
        if token.type == "footnote_open":
            note += 1
        elif token.type == "footnote_block_close":
            note = -1
        if token.map:  # the title of an alert has none, but comes below its start
            number = token.map[0] + 1
        own: _Words = []
        if token.type == "inline":
            own = list(_inline(token, number))
        elif token.type in {"fence", "code_block", "math_block"}:
            for at, line in enumerate(token.content.rstrip("\n").split("\n"), start=number):
                own += [(at, word) for word in words(line)]
        if note >= 0 and "footnote" not in token.type:
            notes[note] += "".join(word for _, word in own)
        else:
            found += own
    found = sorted(found, key=lambda item: item[0])
    return _Shown(found, [*_code(tokens)], tuple(notes.values()))


def _inline(token: Token, number: int) -> Iterator[tuple[int, str]]:
    """Yield the words of running text; parts of a word may be in several tokens."""
    text = ""

    def own() -> Iterator[tuple[int, str]]:
        return ((number, word) for word in words(titles.KRAMDOWN.sub("", text)))

    for child in token.children or ():
        if child.type in {"softbreak", "hardbreak"}:
            yield from own()
            number += 1
            text = ""
        elif child.type == "image":
            alt = "".join(inner.content for inner in child.children or ())
            shown = (
                formula_of(str(child.attrs["src"]))
                or alt
                or titled_picture(str(child.attrs["src"]))
            )
            text += f" {shown} "
        elif child.type in {
            "text",
            "code_inline",
            "math_inline",
            "math_inline_double",
            "text_special",
        }:
            text += child.content.replace("\n", " ")
            number += child.content.count("\n")
    yield from own()
