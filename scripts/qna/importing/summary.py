"""What the importer tells: what it understood, what it left out, and whether anything was lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

from qna.diagnostics import printable
from qna.importing import Imported
from qna.importing.canonical import NO_ANSWER
from qna.importing.html import Removed
from qna.markdown import plain_text
from qna.wording import counted

_BOILERPLATE = {
    "contents": "table of contents",
    "link back": "links back",
    "rule": "rules",
    "label": "labels",
    "banner": "banners",
    "number": "numbers and marks of titles",
    "decoration": "ids and marks behind titles",
    "comment": "comments",
    "attributes": "attributes in braces",
    "front matter": "front matter",
    "invisible character": "invisible characters",
    "heading without text": "headings without text",
    "head of a table": "heads of tables",
}
"""What readers do not miss, and how it is called."""
_SHOWN = 20
_WIDTH = 76


def lines(found: Imported, pictures: int, left: Sequence[str]) -> Iterator[str]:
    """Yield the lines of the summary."""
    yield _first(found, pictures)
    yield from _samples(found)
    several = len(found.made.definitions) > 1
    dropped = [item for item in found.removed if item[1].why in _BOILERPLATE]
    for why, title in _BOILERPLATE.items():
        own = [item for item in dropped if item[1].why == why]
        if own:
            yield f"  dropped: {title}: {_places(own, several=several)}"
    if left:
        yield f"  not read: {', '.join(map(printable, left))}"
    empty = [
        q
        for q, w in zip(found.made.questions(), found.document.questions(), strict=False)
        if w.answer == NO_ANSWER
    ]
    if empty:
        numbers = [(q.file, Removed(q.line, "", "")) for q in empty]
        yield f"  without an answer: {_places(numbers, several=several)}"
    yield from _listed("kept as something else", found.made.kept, several=several)
    rest = [item for item in found.removed if item[1].why not in {*_BOILERPLATE, "moved"}]
    yield from _listed("not kept", rest, several=several)


def differences(found: Imported) -> Iterator[str]:
    """Yield the lines that say whether all words are there."""
    if not found.differences:
        yield "Every word and line of code is accounted for."
        return
    count = counted(len(found.differences), "difference")
    yield f"warning: {count} between the files and the source:"
    for item in found.differences[:_SHOWN]:
        place = f"{item.file}:{item.number}: {item.place}" if item.file else item.place
        parts = [
            f"{name}: {_cut(text)}"
            for name, text in (("lost", item.lost), ("added", item.added))
            if text
        ]
        yield f"  {printable(place)}: {'; '.join(parts)}"
    if len(found.differences) > _SHOWN:
        yield f"  ... and {len(found.differences) - _SHOWN} more"
    yield "hint: compare these places in the source with the files"


def _first(found: Imported, pictures: int) -> str:
    made = found.made
    parts = [
        f"{counted(sum(1 for _ in made.questions()), 'question')}: {made.shape}",
        counted(len(made.topics), "topic"),
    ]
    dropped = sum(_size(item) for _, item in found.removed if item.why in _BOILERPLATE)
    if dropped:
        parts.append(f"{counted(dropped, 'boilerplate line')} dropped")
    if pictures:
        parts.append(f"{counted(pictures, 'image')} to copy")
    return "; ".join(parts)


def _size(item: Removed) -> int:
    return (
        0
        if item.why in {"number", "decoration", "invisible character", "attributes"}
        else item.text.strip().count("\n") + 1
    )


def _samples(found: Imported) -> Iterator[str]:
    questions = list(found.document.questions())
    for item in {0: questions[0], len(questions) // 2: questions[len(questions) // 2]}.values():
        yield f"  sample: {_cut(plain_text.inline(item.text))}"
        yield f"          {_cut(item.plain_answer or item.answer)}"


def _listed(title: str, items: Iterable[tuple[str, Removed]], *, several: bool) -> Iterator[str]:
    groups: dict[tuple[str, str], list[tuple[str, Removed]]] = {}
    for file, item in sorted(dict.fromkeys(items), key=lambda item: (item[0], item[1].number)):
        groups.setdefault((item.why, _cut(item.text)), []).append((file, item))
    for (why, text), own in islice(groups.items(), _SHOWN):
        yield f"  {title}: {_places(own, several=several)}: {why}{f': {text}' if text else ''}"
    if rest := sum(map(len, islice(groups.values(), _SHOWN, None))):
        yield f"  {title}: ... and {rest} more"


def _places(items: Iterable[tuple[str, Removed]], *, several: bool) -> str:
    texts = []
    for file, own in groupby(items, key=lambda item: item[0]):
        numbers = sorted({item.number for _, item in own})
        shown = ", ".join(map(str, numbers[:_SHOWN])) + (", ..." if len(numbers) > _SHOWN else "")
        texts.append(
            f"{printable(file)}:{shown}"
            if several
            else f"{'line' if len(numbers) == 1 else 'lines'} {shown}"
        )
    return "; ".join(texts[:_SHOWN]) + ("; ..." if len(texts) > _SHOWN else "")


def _cut(text: str) -> str:
    line = printable(" ".join(text.split()))
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 3]}..."
