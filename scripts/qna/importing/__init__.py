"""Importing: other people's collections of questions, written once as this site's source."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import count
from math import inf
from pathlib import PurePosixPath
from typing import Any

import yaml

from qna.diagnostics import Report
from qna.importing import accounting, canonical, html, rewriting, templates, titles
from qna.importing.accounting import Difference
from qna.importing.answers import TARGET, Surroundings, used_labels
from qna.importing.blocks import blocks, label
from qna.importing.collection import Collection, anchor_key, collection
from qna.importing.foreign import without_foreign_blocks
from qna.importing.html import Anchor, Removed
from qna.importing.lines import numbered
from qna.importing.shapes import File, Reading, is_overview, readings
from qna.importing.wikilinks import Pages
from qna.model import Document
from qna.naming import ids, reconcile
from qna.naming.ledger import Ledger
from qna.reading import front_matter, questions
from qna.reading.indentation import fences
from qna.reading.source import Source

_LIKELY = 0.2
"""Score from which a shape is worth mentioning."""
_POSITIONS = ("sidebar_position", "weight", "nav_order", "order", "position")
"""What front matter calls the place of a file beside others."""
_STEM = 60
"""Characters of a proposed id that are kept before a number."""
_SPACES = "\u00a0\u2000-\u200a\u202f"
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\u202a-\u202e\u2066-\u2069\u200b\u2060\xad\ufdd0-\ufdef]"
)
_SEPARATORS = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_JOINER = re.compile("(?<![^\x00-\u024f])[\u200c\u200d](?![^\x00-\u024f])")
_ODD_SPACE = re.compile(rf"(?P<before>[ \t>]*(?:[*+-][ \t]*)?)(?P<spaces>[{_SPACES}\u3000]+)")


@dataclass(slots=True)
class Imported:
    """The source that files became, and what is to tell about it."""

    source: str
    made: Collection
    document: Document
    removed: list[tuple[str, Removed]] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Text:
    """A file to import."""

    name: str
    text: str


def imported(
    texts: Sequence[Text],
    name: str,
    *,
    level: int = 0,
    picture: Callable[[str, str], str] = lambda _file, _url: "",
) -> Imported | None:
    """Read files as one collection; None if no question is found.

    `name` is that of the file or folder. `level` is that of the headings that are questions, if not
    the most likely ones. `picture` gives the address that a local picture will have, from the file
    that shows it and its address there; empty if there is none.
    """
    removed: list[tuple[str, Removed]] = []
    anchors: dict[str, Sequence[Anchor]] = {}
    pages = Pages(item.name for item in texts)
    files = _ordered([_file(item, removed, anchors, pages) for item in texts])
    found = readings(files, level)
    if not found:
        return None
    clean = [(file.name, file.text) for file in files]
    return _written(found[0], clean, anchors, removed, name, picture)


def _file(
    item: Text,
    removed: list[tuple[str, Removed]],
    anchors: dict[str, Sequence[Anchor]],
    pages: Pages,
) -> File:
    """Read a file as blocks; note what they do not have, and the anchors."""
    front, text = _front(item.name, _clean(item, removed), removed)
    mdx = templates.is_mdx(item.name, text)
    before = pages.with_links(item.name, text)
    text = without_foreign_blocks(templates.with_markdown(before, mdx=mdx))
    shown, tags = templates.without_tags(text, mdx=mdx)
    removed += [(item.name, gone) for gone in (*rewriting.lost(before, text), *tags)]
    converted = html.converted(numbered(shown))
    anchors[item.name] = converted.anchors
    removed += [(item.name, gone) for gone in converted.removed]
    return File(item.name, blocks(converted.lines), front, text)


def _ordered(files: Sequence[File]) -> list[File]:
    """Return files in the order that their front matter gives them within a folder."""
    weights: dict[PurePosixPath, float] = {}
    ranks: dict[PurePosixPath, int] = {}
    for file in files:
        path = PurePosixPath(file.name)
        own = path.parent if is_overview(file.name) else path
        for place in reversed([path, *path.parents]):
            ranks.setdefault(place, len(ranks))
        found = (file.front.get(name, "") for name in _POSITIONS)
        if number := next(
            (text for text in found if re.fullmatch(r"-?\d{1,9}(?:\.\d+)?", text)), ""
        ):
            weights[own] = float(number)

    def key(file: File) -> list[tuple[bool, float, int]]:
        path = PurePosixPath(file.name)
        return [
            (place != path or not is_overview(file.name), weights.get(place, inf), ranks[place])
            for place in reversed([path, *path.parents])
        ]

    return sorted(files, key=key)


def guessed(text: str) -> tuple[int, str] | None:
    """Return how many questions a file seems to have, and in which shape; None without any."""
    found = readings([_file(Text("", text), [], {}, Pages(()))])
    likely = found and found[0].score > _LIKELY
    return (found[0].count, found[0].shape.name) if likely else None


def _written(  # noqa: PLR0913, PLR0917 - what was read, and what is around it
    reading: Reading,
    texts: Sequence[tuple[str, str]],
    anchors: Mapping[str, Sequence[Anchor]],
    removed: list[tuple[str, Removed]],
    name: str,
    picture: Callable[[str, str], str],
) -> Imported:
    made = collection(reading, anchors, name)
    made.removed = [*removed, *made.removed]
    first = Surroundings(
        made.anchors, made.definitions, lambda number: f"{TARGET}{number}", picture
    )
    text = canonical.source(made, first, lambda _: "")
    document = _read(text)
    explicit, names = _names(made, document)
    around = Surroundings(
        made.anchors,
        made.definitions,
        lambda number: f"#{names[number]}" if number in names else "",
        picture,
        ids={anchor_key(own): number for number, own in reversed(names.items())},
    )
    text = canonical.source(
        made, around, lambda number: f" {{#{explicit[number]}}}" if number in explicit else ""
    )
    document = _read(text)
    _note_unused(made, text)
    differences = accounting.differences(texts, made, document)
    everything = [*made.removed, *dict.fromkeys(around.removed)]
    return Imported(text, made, document, everything, differences)


def _read(text: str) -> Document:
    return questions.parse(Source("", tuple(text.rstrip("\n").split("\n"))), Report())


def _names(made: Collection, document: Document) -> tuple[dict[int, str], dict[int, str]]:
    """Return the ids that must be written, and all ids, by the number of a question or topic."""
    items: list[tuple[int, str]] = []
    for topic in made.topics:
        items.append((topic.number, topic.wanted))
        items += [(question.number, question.wanted) for question in topic.questions]
    named, _ = reconcile.assign(document, Ledger(), (), "", Report())
    proposed: list[str] = []
    for named_topic in named.topics:
        proposed.append(named_topic.id)
        proposed += [question.id for question in named_topic.questions]
    if len(proposed) != len(items):
        return {}, {}
    wanted = Counter(name for _, name in items)
    explicit = {
        number: name
        for number, name in items
        if wanted[name] == 1 and ids.is_id(name) and not ids.is_reserved(name)
    }
    names = dict(explicit)
    taken = set(explicit.values())
    counts = Counter(proposed)
    for (number, _), name in zip(items, proposed, strict=True):
        if number in explicit:
            continue
        own = name
        if not own or own in taken or counts[own] > 1 or ids.is_reserved(own):
            own = explicit[number] = _free(own or "question", taken | counts.keys())
        names[number] = own
        taken.add(own)
    return explicit, names


def _free(name: str, taken: AbstractSet[str]) -> str:
    """Return an id that is not taken, with a number behind it."""
    stem = ids.cut(name)[:_STEM].rstrip("-")
    found = (f"{stem}-{number}" for number in count(2))
    return next(name for name in found if name not in taken and not ids.is_reserved(name))


def _note_unused(made: Collection, text: str) -> None:
    used = used_labels([text])
    for file, definitions in made.definitions.items():
        for block in definitions:
            name = " ".join(label(block).casefold().split())
            if name.startswith("^") and name not in used:
                gone = Removed(
                    block.number,
                    block.markdown.partition("]:")[2],
                    "footnote that nothing refers to",
                )
                made.removed.append((file, gone))


def _clean(item: Text, removed: list[tuple[str, Removed]]) -> str:
    """Return a text with line feeds, and without characters that no source may have."""
    text = item.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    cleaned = []
    for number, (line, fence) in enumerate(zip(lines, fences(lines), strict=True), start=1):
        kept = _JOINER.sub("", _UNWANTED.sub("", _SEPARATORS.sub(" ", line)))
        if kept != line:
            removed.append((item.name, Removed(number, "", "invisible character")))
        if fence is None and titles.KRAMDOWN.search(kept):
            removed.append((item.name, Removed(number, "", "attributes")))
        if fence is None and (odd := _ODD_SPACE.match(kept)):
            spaces = re.sub(f"[{_SPACES}]", " ", odd["spaces"]).replace("\u3000", "")
            kept = odd["before"] + spaces + kept[odd.end() :]
        cleaned.append(kept)
    return "\n".join(cleaned)


def _front(name: str, text: str, removed: list[tuple[str, Removed]]) -> tuple[dict[str, str], str]:
    """Return the texts in a file's front matter, and the file with blank lines instead."""
    found = front_matter.split(text)
    if found.yaml is not None:
        lines = found.yaml.count("\n") + 2
        data = _yaml(found.yaml)
    elif text.startswith("+++\n") and "\n+++" in text[3:]:
        inner = text[4 : text.index("\n+++", 3)]
        lines = inner.count("\n") + 3
        data = _toml(inner)
    else:
        return {}, text
    kept = text.split("\n")
    removed.append((name, Removed(1, "", "front matter")))
    return data, "\n".join([""] * lines + kept[lines:])


def _yaml(text: str) -> dict[str, str]:
    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        data = dict(re.findall(r"^([\w-]+):[ \t]*(.+?)[ \t]*$", text, re.MULTILINE))
    return _texts(data)


def _toml(text: str) -> dict[str, str]:
    try:
        return _texts(tomllib.loads(text))
    except tomllib.TOMLDecodeError:
        return {}


def _texts(data: Any) -> dict[str, str]:  # noqa: ANN401 - what a file has may be anything
    if not isinstance(data, dict):
        return {}
    return {
        str(key).casefold(): str(value).strip()
        for key, value in data.items()
        if isinstance(value, str | int | float)
    }
