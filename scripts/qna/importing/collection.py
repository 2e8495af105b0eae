"""A collection of questions: topics, questions and answers, as they will be in the source."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import PurePosixPath
from unicodedata import normalize
from urllib.parse import unquote

from qna.importing import titles
from qna.importing.blocks import Block, items, label
from qna.importing.html import Anchor, Removed
from qna.importing.labels import announces_answer, announces_contents, bare, precedes_answer
from qna.importing.lines import Line, Lines, joined, trimmed
from qna.importing.numbering import without_numbering
from qna.importing.shapes import (
    BELOW_HEADINGS,
    FILES,
    Event,
    File,
    Reading,
    is_overview,
    only_leads,
    only_links,
    title_in,
    titled,
)
from qna.markdown import parser, url_safety
from qna.markdown.running_text import passages
from qna.naming import letters


@dataclass(slots=True)
class Part:
    """Text with the file that it comes from."""

    file: str
    lines: Lines
    kind: str = "paragraph"
    """The kind of its block."""


@dataclass(slots=True)
class Question:
    """A question and its answer."""

    title: str
    file: str
    lines: Lines
    """The lines of the question."""
    parts: list[Part] = field(default_factory=list)
    """The answer."""
    links: list[Part] = field(default_factory=list)
    """The links that its title has in the file: they are below the answer."""
    number: int = 0
    """Its place among all questions and topics; links name it until it has an id."""
    wanted: str = ""
    """The id that its author gave it."""
    added: list[tuple[str, bool]] = field(default_factory=list)
    """Text that the file does not have there, and whether it is in the title."""

    @property
    def line(self) -> int:
        """The number of its first line."""
        found = (line.number for line in self.lines if line.number)
        below = (line.number for part in self.parts for line in part.lines if line.number)
        return next(found, next(below, 1))


@dataclass(slots=True)
class Topic:
    """A topic and its questions."""

    title: str
    file: str
    lines: Lines
    parts: list[Part] = field(default_factory=list)
    """The introduction."""
    questions: list[Question] = field(default_factory=list)
    number: int = 0
    path: tuple[str, ...] = ()
    """The headings above it."""
    wanted: str = ""
    """The id that its author gave it."""


@dataclass(slots=True)
class Collection:
    """Everything that was read."""

    title: str
    shape: str
    parts: list[Part] = field(default_factory=list)
    """The introduction."""
    topics: list[Topic] = field(default_factory=list)
    definitions: dict[str, list[Block]] = field(default_factory=dict)
    """File to the definitions of its links and footnotes."""
    removed: list[tuple[str, Removed]] = field(default_factory=list)
    """What the source will not have, with the file that had it."""
    kept: list[tuple[str, Removed]] = field(default_factory=list)
    """What the source has elsewhere, or as something else."""
    anchors: dict[tuple[str, str], int] = field(default_factory=dict)
    """File and anchor to the number of a question or topic."""
    starts: list[tuple[str, int, Question | None]] = field(default_factory=list)
    """Files and lines where a question or, without one, other text starts."""

    def questions(self) -> Iterator[Question]:
        """Yield every question in order."""
        for topic in self.topics:
            yield from topic.questions


@dataclass(slots=True)
class _Heading:
    title: str
    level: int
    file: str
    lines: Lines
    parts: list[Part] = field(default_factory=list)
    topic: Topic | None = None
    told: bool = False
    """Whether the source has its title."""
    wanted: str = ""


def collection(reading: Reading, anchors: Mapping[str, Sequence[Anchor]], name: str) -> Collection:
    """Make a collection of what a shape read; `name` is that of the file or folder."""
    return _Builder(reading, anchors, name).built()


_FOLDERS = 100
"""How far below those of headings the levels of folders are."""


class _Builder:
    """Goes through headings, questions and text in order."""

    def __init__(
        self, reading: Reading, anchors: Mapping[str, Sequence[Anchor]], name: str
    ) -> None:
        self._reading = reading
        self._anchors = anchors
        self._made = Collection("", reading.shape.name)
        self._name = name
        self._stack: list[_Heading] = []
        self._waiting: list[Part] = []
        """Text and headings that belong to the next topic, or to the introduction."""
        self._topic: Topic | None = None
        self._question: Question | None = None
        self._started = False
        self._events: list[tuple[File, list[Event]]] = []
        self._several = len(reading.events) > 1
        self._names = {
            PurePosixPath(file.name).parent: title_in(file.front)
            for file, _ in reading.events
            if is_overview(file.name) and title_in(file.front)
        }
        """Folders and the titles that they have in front matter."""
        self._places: list[tuple[str, int, Question | Topic]] = []

    def built(self) -> Collection:
        kept = [
            (file, _Furniture(events, file.name, self._made))
            for file, events in self._reading.events
        ]
        self._events = [(file, furniture.kept) for file, furniture in kept]
        for file, furniture in kept:
            self._made.definitions[file.name] = furniture.definitions
        title = self._title()
        for file, furniture in kept:
            self._file(file, furniture, title)
        self._flush()
        made = self._made
        made.topics = [topic for topic in made.topics if topic.questions]
        _number_repeated(made)
        _number_all(made)
        self._name_anchors()
        return made

    def _title(self) -> Event | None:
        """Return the heading that is the title of everything; set the title."""
        made = self._made
        heads = [
            (file, event)
            for file, events in self._events
            for event in events
            if event.kind == "head"
        ]
        first = self._events[0]
        front = ""
        if self._several:
            front = next(
                (
                    title_in(file.front)
                    for file, _ in self._events
                    if is_overview(file.name) and "/" not in file.name
                ),
                "",
            )
            overview = [
                (file, event)
                for file, event in heads
                if is_overview(file.name) and "/" not in file.name
            ]
            found = overview[0] if overview and not (front and overview[0][1].level > 1) else None
        else:
            top = min((event.level for _, event in heads), default=0)
            tops = [pair for pair in heads if pair[1].level == top]
            alone = len(tops) == 1 and tops[0][1] is heads[0][1]
            found = tops[0] if alone and not self._text_above(tops[0][1]) else None
            if (
                top == 1
                and not found
                and len(tops) > 1
                and tops[0][1] is heads[0][1]
                and not self._asks_below(tops[0][1])
            ):
                found = tops[0]
        if found and (title := self._without_links(titles.cleaned(found[1].title), *found)[0]):
            made.title = title
            return found[1]
        made.title = (
            front
            or (
                not self._several
                and self._reading.shape.name != "a file a question"
                and title_in(first[0].front)
            )
            or titled(self._name)
        )
        return None

    def _text_above(self, title: Event) -> bool:
        """Tell whether a question comes before a heading."""
        for _, events in self._events:
            for event in events:
                if event is title:
                    return False
                if event.kind == "ask":
                    return True
        return False

    def _asks_below(self, title: Event) -> bool:
        """Tell whether a question belongs to a heading, and not to the next one of its level."""
        _, events = self._events[0]
        for event in events[list(events).index(title) + 1 :]:
            if event.kind == "ask":
                return True
            if event.kind == "head" and event.level <= title.level:
                return False
        return False

    def _file(self, file: File, events: _Furniture, title: Event | None) -> None:
        self._question = None
        if self._several:
            self._folders(file)
        for event in events.kept:
            for number, text, why in event.cut:
                self._made.removed.append((file.name, Removed(number, text, why)))
            if event is title:
                self._made.starts.append((file.name, _first(event.lines), None))
                self._waiting += self._titled(file, event)[1]
                continue
            if event.kind == "head":
                self._head(file, event)
            elif event.kind == "ask":
                self._ask(file, event)
            else:
                self._text(file, event)

    def _folders(self, file: File) -> None:
        """Open the headings of the folders that a file is in, and its own."""
        folders = PurePosixPath(file.name).parts[:-1]
        paths = [PurePosixPath(*folders[: at + 1]) for at in range(len(folders))]
        names = [self._names.get(path, titled(f"/{path.name}")) for path in paths]
        same = 0
        while same < min(len(names), len(self._stack)) and (
            self._stack[same].level == same - _FOLDERS and self._stack[same].title == names[same]
        ):
            same += 1
        self._close_to(same - _FOLDERS)
        for depth in range(same, len(names)):
            self._open(_Heading(names[depth], depth - _FOLDERS, file.name, ()))
        whole = self._reading.shape.name == "a file a question"
        if not whole and not is_overview(file.name):
            self._open(_Heading(title_in(file.front) or titled(file.name), 0, file.name, ()))

    def _open(self, heading: _Heading) -> None:
        self._close_to(heading.level)
        same = next(
            (
                topic
                for topic in self._made.topics
                if not heading.lines
                and topic.path == (*self._path(), heading.title)
                and not topic.lines
            ),
            None,
        )
        heading.topic = same
        self._stack.append(heading)

    def _path(self) -> tuple[str, ...]:
        return tuple(item.title for item in self._stack)

    def _close_to(self, level: int) -> None:
        while self._stack and self._stack[-1].level >= level:
            self._close(self._stack.pop())

    def _close(self, heading: _Heading) -> None:
        """Keep a heading that got no question, and its text."""
        if heading.told or heading.topic or (not heading.lines and not heading.parts):
            return
        heading.told = True
        if not heading.parts and announces_answer(heading.title):
            self._drop(heading.file, heading.lines, heading.title, "contents")
            return
        if heading.parts and self._started and self._made.topics:
            question = Question(heading.title, heading.file, heading.lines, heading.parts)
            if not heading.lines:
                question.added.append((heading.title, True))
                self._made.starts.append((heading.file, 1, question))
            self._made.topics[-1].questions.append(question)
            self._places.append((heading.file, _first(heading.lines), question))
            starts = self._made.starts
            starts[:] = [
                (f, n, question if (f, n) == (heading.file, _first(heading.lines)) else q)
                for f, n, q in starts
            ]
            self._made.kept.append(
                (
                    heading.file,
                    Removed(
                        _first(heading.lines),
                        heading.title,
                        "heading without questions is a question now",
                    ),
                )
            )
            return
        if self._started and heading.lines:
            self._drop(heading.file, heading.lines, joined(heading.lines), "heading without text")
            return
        if heading.lines:
            self._waiting.append(Part(heading.file, heading.lines, kind="heading"))
        self._waiting += heading.parts

    def _flush(self) -> None:
        self._close_to(-_FOLDERS)
        if not self._started:
            self._made.parts += self._waiting
        elif self._waiting and self._made.topics:
            last = self._made.topics[-1]
            (last.questions[-1].parts if last.questions else last.parts).extend(self._waiting)
        self._waiting = []

    def _head(self, file: File, event: Event) -> None:
        self._question = None
        self._made.starts.append((file.name, _first(event.lines), None))
        title, links = self._titled(file, event)
        if not re.search(r"\w|[^\x00-\x7f]", title):
            self._drop(file.name, event.lines, "", "heading without text")
            (self._stack[-1].parts if self._stack else self._waiting).extend(links)
            return
        top = self._stack[-1] if self._stack else None
        if (
            top
            and top.level == 0
            and not top.lines
            and not top.topic
            and not top.parts
            and self._several
        ):
            # The first heading of a file is the title of the file.
            alone = (
                sum(
                    item.level <= event.level and item.kind == "head"
                    for item in self._events_of(file)
                )
                == 1
            )
            if alone or titles.plain(title) == titles.plain(top.title):
                top.title, top.lines = title, event.lines
                return
        _, wanted = titles.named(event.title)
        heading = _Heading(title, event.level, file.name, event.lines, links, wanted=wanted)
        self._open(heading)

    def _titled(self, file: File, event: Event) -> tuple[str, list[Part]]:
        """Return the title of a heading and its links; drop its pictures, such as badges."""
        title = titles.cleaned(event.title)
        title, parts, _, gone = self._without_links(title, file, event)
        if not re.search(r"\w|[^\x00-\x7f]", title):
            return title, parts
        for item in gone:
            self._made.removed.append((file.name, item))
        pictures = [part for part in parts if part.lines[0].text.startswith(("![", "[!["))]
        for part in pictures:
            self._drop(file.name, part.lines, "", "banner")
        self._unnumbered(file.name, event, title)
        return title, [part for part in parts if part not in pictures]

    def _events_of(self, file: File) -> Sequence[Event]:
        return next(events for other, events in self._events if other is file)

    def _ask(self, file: File, event: Event) -> None:
        title, before = _asked(file.name, event)
        title, after, added, gone = self._without_links(title, file, event)
        self._made.removed += [(file.name, item) for item in gone]
        if not title:
            self._drop(file.name, event.lines, "", "heading without text")
            if self._question:
                return  # what follows belongs to the question above
            title = self._made.title
            added.append((title, True))
        topic = self._current(file)
        question = Question(title, file.name, event.lines, before, after, added=added)
        question.wanted = titles.named(event.title)[1]
        if event.added:
            question.added.append((title, True))
        topic.questions.append(question)
        self._question = question
        self._places.append((file.name, _first(event.lines), question))
        self._made.starts.append((file.name, _first(event.lines), question))
        self._unnumbered(file.name, event, title)

    def _without_links(
        self, title: str, file: File, event: Event
    ) -> tuple[str, list[Part], list[tuple[str, bool]], list[Removed]]:
        blocks = self._made.definitions[file.name]
        definitions = "\n\n".join(block.markdown for block in blocks)
        return _without_links(title, definitions, file.name, _first(event.lines))

    def _current(self, file: File) -> Topic:
        """Return the topic of a question; begin it if its heading has had none."""
        heading = self._stack[-1] if self._stack else None
        if heading is None:
            title = self._made.title
            if self._topic is None or self._topic.path or self._topic.title != title:
                self._topic = next(
                    (item for item in self._made.topics if item.title == title and not item.path),
                    None,
                )
                if self._topic is None:
                    self._topic = self._begin(Topic(title, file.name, ()))
            return self._topic
        if heading.topic is None:
            above = self._stack[:-1]
            for item in above:
                if not item.told and not item.topic:
                    item.told = True
                    if item.lines:
                        self._waiting.append(Part(item.file, item.lines, kind="heading"))
                    self._waiting += item.parts
                    item.parts = []
            topic = Topic(heading.title, heading.file, heading.lines, path=self._path())
            topic.wanted = heading.wanted
            heading.topic = self._begin(topic)
            self._places.append((heading.file, _first(heading.lines), topic))
            topic.parts += heading.parts
        self._topic = heading.topic
        return heading.topic

    def _begin(self, topic: Topic) -> Topic:
        if self._started:
            topic.parts += self._waiting
        else:
            self._made.parts += self._waiting
        self._waiting = []
        self._started = True
        self._made.topics.append(topic)
        return topic

    def _text(self, file: File, event: Event) -> None:
        assert event.block
        kind = "heading" if event.block.summary else event.block.kind
        part = Part(file.name, event.lines, kind)
        if self._question:
            self._question.parts.append(part)
            if event.added:
                self._question.added.append((event.added, False))
        elif self._stack and self._stack[-1].topic:
            topic = self._stack[-1].topic
            (topic.questions[-1].parts if topic.questions else topic.parts).append(part)
        elif self._stack:
            self._stack[-1].parts.append(part)
        elif self._topic and self._started:
            self._topic.questions[-1].parts.append(part)
        else:
            self._waiting.append(part)

    def _drop(self, file: str, lines: Lines, text: str, why: str) -> None:
        self._made.removed.append((file, Removed(_first(lines), text, why)))

    def _unnumbered(self, file: str, event: Event, title: str) -> None:
        """Note what a title has lost: a number, a label, decoration."""
        shown = titles.KRAMDOWN.sub("", event.title)
        before, after = (words(titles.plain(text)) for text in (shown, title))
        for at in range(len(before) - len(after) + 1):
            if after and before[at : at + len(after)] == after:
                for lost, why in (
                    (before[:at], "number"),
                    (before[at + len(after) :], "decoration"),
                ):
                    if lost:
                        removed = Removed(_first(event.lines), " ".join(lost), why)
                        self._made.removed.append((file, removed))
                return

    # Anchors

    def _name_anchors(self) -> None:
        """Note where each anchor leads: to a question or topic, or to the one that contains it."""
        places: defaultdict[str, list[tuple[int, Question | Topic]]] = defaultdict(list)
        for name, line, target in sorted(self._places, key=lambda place: place[:2]):
            places[name].append((line, target))
        for file, _ in self._reading.events:
            own = _Places(places[file.name])
            if self._reading.shape is FILES and not is_overview(file.name):
                own = _Places([place for place in own.all if isinstance(place[1], Question)])
            self._name_headings(file, own)
            self._name_questions(file, own)
            for anchor in self._anchors.get(file.name, ()):
                line, after = own.after(anchor.number)
                close = 0 <= line - anchor.number <= 3  # noqa: PLR2004 - a line, and blank ones
                leads = after if close else own.at(anchor.number)
                self._anchor(file.name, [anchor.name], leads)
            if own.all:
                self._made.anchors.setdefault((file.name, ""), own.all[0][1].number)

    def _name_headings(self, file: File, own: _Places) -> None:
        """Note where the anchors of headings lead; repeated ones are numbered."""
        seen: Counter[str] = Counter()
        for block in file.blocks:
            if block.kind == "heading":
                slug = slug_of(block.text)
                count = seen[slug]
                seen[slug] += 1
                names = [f"{slug}-{count}" if count else slug, titles.named(block.text)[1]]
                self._anchor(file.name, names, own.at(block.number))

    def _name_questions(self, file: File, own: _Places) -> None:
        """Note where the anchors lead that questions without a heading may have."""
        asked: defaultdict[int, list[Question]] = defaultdict(list)
        for _, target in own.all:
            if isinstance(target, Question):
                asked[_first(target.lines)].append(target)
        for block in file.blocks:
            if block.kind != "heading":
                for question in asked[block.number]:
                    self._anchor(file.name, [slug_of(question.title)], question)

    def _anchor(self, file: str, names: Iterable[str], target: Question | Topic | None) -> None:
        for name in filter(None, names):
            if target:
                self._made.anchors.setdefault((file, anchor_key(name)), target.number)


def words(text: str) -> list[str]:
    """Return the words of a text, to compare them."""
    return re.findall(r"[^\W_]+", normalize("NFKC", text).casefold())


def slug_of(heading: str) -> str:
    """Return the anchor that GitHub gives a heading; pictures are no part of it."""
    text = titles.plain(_PICTURE.sub("", titles.named(heading)[0])).lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


_PICTURE = re.compile(r"!\[[^\]]*\]\([^()]*\)")


def anchor_key(name: str) -> str:
    """Return an anchor without what differs between sites."""
    return "-".join(letters.words(name.replace("_", " ")))


class _Places:
    """The questions and topics of a file by their lines, in order."""

    def __init__(self, places: Sequence[tuple[int, Question | Topic]]) -> None:
        self.all = places
        self._lines = [line for line, _ in places]

    def at(self, number: int) -> Question | Topic | None:
        """Return the question or topic that a line is in."""
        place = bisect_right(self._lines, number)
        return self.all[place - 1][1] if place else None

    def after(self, number: int) -> tuple[int, Question | Topic | None]:
        """Return the line and the question or topic that comes next, or is in the line."""
        place = bisect_left(self._lines, number)
        return self.all[place] if place < len(self.all) else (0, None)


def _first(lines: Lines) -> int:
    return next((line.number for line in lines if line.number), 0)


# Questions


_SHORT = 200


def _asked(file: str, event: Event) -> tuple[str, list[Part]]:
    """Return a question on one line, and what it has beside: it goes to the answer."""
    title = titles.cleaned(event.title)
    extra = list(event.extra)
    short = [_words_of(block) for block in extra]
    if title and extra and all(short) and len(title) + sum(map(len, short)) <= _SHORT:
        return " ".join([title, *short]), []
    return title, [Part(file, block.lines, block.kind) for block in extra]


def _without_links(
    title: str, definitions: str, file: str, number: int
) -> tuple[str, list[Part], list[tuple[str, bool]], list[Removed]]:
    """Take links and pictures out of a title; return them, and what is elsewhere or twice."""
    lead = "- "  # so that the title starts no block
    passage = passages(parser.parse(f"x{lead}{title}\n\n{definitions}"))[0]
    shift = len(lead) + 1
    if not passage.links:
        return title, [], [], []
    moved: list[str] = []
    added: list[tuple[str, bool]] = []
    gone: list[Removed] = []
    outer = [
        link
        for at, link in enumerate(passage.links)
        if not any(
            other.whole[0] < link.whole[0] < other.whole[1]
            for other in (*passage.links[:at], *passage.links[at + 1 :])
        )
    ]
    for link in sorted(outer, key=lambda link: link.whole, reverse=True):
        start, end = (place - shift for place in link.whole)
        whole = title[start:end]
        if not whole.startswith(("[", "![")):
            continue  # a bare address reads well
        text = label_text(whole)
        rest = title[end:]
        pictured = re.fullmatch(r"\s*!\[(?P<alt>[^\]]*)\]\([^()]*\)\s*", text)
        if pictured:
            text = pictured["alt"]
        apart = re.search(r"[?.!\uff1f\u061f][\s\[(]*\Z|\s[\[(]\Z", title[:start])
        if link.image or pictured or not re.search(r"\w", text):
            title = title[:start] + title[end:]
            if link.image or pictured:
                moved.append(whole)
                shown = text if re.search(r"\w", text) else titled_picture(link.url)
                gone.append(Removed(number, shown, "moved"))
                added.append((shown, False))
        elif apart and not re.search(r"\w", rest) and re.search(r"\w", title[:start]):
            title = title[:start].rstrip("[( ") + re.sub(r"[\])\s]+", "", rest)
            moved.append(whole)
            gone.append(Removed(number, text, "moved"))
            added.append((text, False))
        else:
            title = title[:start] + text + title[end:]
            if not link.url.startswith("#"):
                moved.append(whole)
                added.append((text, False))
    parts = [Part(file, [Line(number, text)]) for text in reversed(moved)]
    return titles.cleaned(title), parts, added, gone


def is_data(url: str) -> bool:
    """Tell whether an address is a picture itself."""
    return url[:11].lower() == "data:image/"


def titled_picture(url: str) -> str:
    """Return how a picture without a description is called: by its name."""
    if is_data(url):
        return "picture"
    stem = PurePosixPath(unquote(url.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0])).stem
    return " ".join(re.findall(r"[^\W_]+", stem)) or "picture"


def label_text(link: str) -> str:
    """Return the text of a link or a picture, as it is written."""
    found = re.match(r"!?\[(?P<text>.*)\](?:\(.*\)|\[[^\]]*\])?\Z", link, re.DOTALL)
    depth = 0
    for at, char in enumerate(link):
        if char in "[]" and link[at - 1 : at] != "\\":
            depth += 1 if char == "[" else -1
            if depth == 0 and char == "]":
                return link[link.index("[") + 1 : at]
    return found["text"] if found else link


def _words_of(block: Block) -> str:
    """Return a paragraph or a flat list as running text; empty for other blocks."""
    if block.kind == "paragraph":
        return " ".join(line.text.strip().rstrip("\\") for line in block.lines)
    if block.kind != "list":
        return ""
    found = items(block.lines)
    if any(len(item.lines) != 1 for item in found):
        return ""
    return ", ".join(item.lines[0].text.strip().rstrip(",;.") for item in found)


def _number_repeated(made: Collection) -> None:
    """Give repeated titles of questions a number, and tell topics of one title apart."""
    seen: Counter[str] = Counter()
    for question in made.questions():
        key = titles.plain(question.title).casefold()
        seen[key] += 1
        while seen[key] > 1:
            title = f"{question.title} ({seen[key]})"
            if not seen[titles.plain(title).casefold()]:
                question.title = title
                question.added.append((f"({seen[key]})", True))
                seen[titles.plain(title).casefold()] += 1
                break
            seen[key] += 1
    counts = Counter(map(_uncounted, made.topics))
    taken: set[str] = set()
    for topic in made.topics:
        if counts[_uncounted(topic)] > 1 and len(topic.path) > 1:
            topic.title = f"{topic.path[-2]}: {topic.title}"
        title, number = topic.title, 2
        while titles.plain(title).casefold() in taken:
            title, number = f"{topic.title} ({number})", number + 1
        topic.title = title
        taken.add(titles.plain(title).casefold())


def _uncounted(topic: Topic) -> str:
    """Return a topic's title without a number of questions behind it, to compare it."""
    return re.sub(r"\s*\(\d+\)\Z", "", titles.plain(topic.title).casefold())


def _number_all(made: Collection) -> None:
    number = 1
    for topic in made.topics:
        topic.number, number = number, number + 1
        for question in topic.questions:
            question.number, number = number, number + 1


# Furniture


class _Furniture:
    """The events of a file without contents, links back to them, rules and labels."""

    def __init__(self, events: Sequence[Event], file: str, made: Collection) -> None:
        self._file, self._made = file, made
        self.definitions: list[Block] = []
        events = without_numbering(events)
        self._back = _repeated_leads(events)
        self._labels = _labels(events)
        self._asked = ""
        self.kept: list[Event] = []
        self._events = list(events)
        self._run()

    def _run(self) -> None:
        asked = answered = False
        for at, event in enumerate(self._events):
            if event.kind != "text":
                self.kept.append(event)
                asked, answered = event.kind == "ask", False
                self._asked = event.title if asked else ""
                continue
            block = event.block
            assert block
            why = self._reason(block, asked=asked, answered=answered)
            below = self._events[at + 1] if at + 1 < len(self._events) else None
            if why == "label" and (below is None or below.kind != "text"):
                why = ""  # it is all of the answer
            if not why and below and below.block and _titles_contents(block):
                lead = self._reason(below.block, asked=asked, answered=answered)
                why = lead if lead == "contents" else ""
            if block.kind == "definition":
                self.definitions.append(block)
                if not label(block):
                    self.kept.append(event)
            elif why:
                self._made.removed.append((self._file, Removed(block.number, block.markdown, why)))
            elif block.kind == "rule" and self._ends(at):
                self._made.removed.append((self._file, Removed(block.number, "", "rule")))
            else:
                self.kept.append(self._without_label(event, asked=asked and not answered))
                answered = True
        self._drop_empty_contents()

    def _ends(self, at: int) -> bool:
        """Tell whether nothing of the answer or introduction comes after or before a rule."""
        before = self.kept[-1] if self.kept else None
        after = next(
            (
                event
                for event in self._events[at + 1 :]
                if not (
                    event.block
                    and (
                        event.block.kind in {"rule", "definition"}
                        or self._reason(event.block, asked=True, answered=True)
                    )
                )
            ),
            None,
        )
        return before is None or before.kind != "text" or after is None or after.kind != "text"

    def _reason(  # noqa: PLR0911 - a list of reasons
        self, block: Block, *, asked: bool, answered: bool
    ) -> str:
        """Say why a block is no text; empty for text."""
        if _MADE_CONTENTS.fullmatch(block.markdown):
            return "contents"
        if (
            block.kind == "paragraph"
            and _lead_key(block)
            and (_lead_key(block) in self._back or not asked)
        ):
            return "link back"
        if (answered or not asked) and block.kind == "paragraph" and _leads_to_files(block):
            return "link back"
        if is_contents(block, overview=is_overview(self._file)) and (
            not asked
            or announces_contents(titles.plain(self._asked))
            or not (answered or titles.has_mark(self._asked))
            or block.markdown.count("](#") >= _MANY
        ):
            return "contents"
        if not asked and block.kind == "paragraph" and _only_pictures(block):
            return "banner"
        if (
            asked
            and not answered
            and block.kind in {"heading", "paragraph"}
            and self._is_label(block)
        ):
            return "label"
        if (
            not re.search(r"\w", block.markdown)
            and block.kind in {"paragraph", "heading"}
            and not re.search(r"[^\s*_#>~`\\|-]", block.markdown)
        ):
            return "rule"
        return ""

    def _is_label(self, block: Block) -> bool:
        text = bare(titles.plain(block.text or block.markdown.strip("\n")))
        prefix = _PREFIX.match(block.text or block.markdown)
        if prefix and re.search(r"\w", block.markdown[prefix.end() :]) and block.kind != "heading":
            return False  # a label, and an answer such as "Here"
        if "](" in block.markdown and not only_leads(block.markdown):
            return False  # a link to the answer
        return (
            bool(text)
            and (text in self._labels or announces_answer(text))
            and len(block.lines) == 1
        )

    def _without_label(self, event: Event, *, asked: bool) -> Event:
        """Take a label such as "A:" off the start of an answer."""
        block = event.block
        if not asked or not block or block.kind != "paragraph":
            return event
        first = block.lines[0]
        found = _PREFIX.match(first.text)
        if not found:
            return event
        known = precedes_answer(found["label"], self._labels)
        if not known or not re.search(r"\w", joined(block.lines)[found.end() :]):
            return event
        self._made.removed.append((self._file, Removed(first.number, found[0], "label")))
        rest = first.text[found.end() :].lstrip()
        lines = [first._replace(text=rest), *block.lines[1:]]
        kept = trimmed(lines)
        return Event("text", kept, block=Block("paragraph", kept))

    def _drop_empty_contents(self) -> None:
        """Drop the headings of contents, which have nothing below them now."""
        kept: list[Event] = []
        for at, event in enumerate(self.kept):
            below = self.kept[at + 1] if at + 1 < len(self.kept) else None
            empty = event.kind != "text" and (below is None or below.kind != "text")
            same = below is None or below.kind == "ask" or below.level <= event.level
            held = empty and bool(event.lines) and self._had_contents(event)
            if held and self._is_title(event) and not announces_contents(titles.plain(event.title)):
                kept.append(replace(event, kind="head", level=event.level or BELOW_HEADINGS))
                continue
            if empty and (
                (announces_contents(titles.plain(event.title)) and (held or same))
                or (held and same and not titles.has_mark(event.title))
            ):
                self._made.removed.append(
                    (self._file, Removed(_first(event.lines), joined(event.lines), "contents"))
                )
            else:
                kept.append(event)
        self.kept = kept

    def _is_title(self, event: Event) -> bool:
        """Tell whether a heading is the first of the file, and above questions or all others."""
        own = [other for other in self._events if other.kind != "text"]
        if own[0] is not event:
            return False
        below = own[1] if len(own) > 1 else event
        return below.kind == "ask" or all(other.level > event.level for other in own[1:])

    def _had_contents(self, event: Event) -> bool:
        """Tell whether contents came right below a heading."""
        at = self._events.index(event) + 1
        for below in self._events[at:]:
            if below.kind != "text" or not below.block:
                return False
            if is_contents(below.block, overview=is_overview(self._file)):
                return True
        return False


_LEADING = 0.6
"""Share of lines with links from which a list or table leads to other parts of a file."""
_LABEL = 30
"""Characters up to which the first line of an answer may be a label."""
_OFTEN = 3
"""How often a text must come to be a label."""
_MANY = 15
"""Links to anchors from which a list leads to all of a file."""
_MADE_CONTENTS = re.compile(
    r"\s*(?:\[TOC\]|\[\[_?toc_?\]\]|:?toc:?|(?:(?:[*+-]|\d+[.)])[^\n]*\n\s*)?\{:\s*\.?toc[^}\n]*\})\s*",
    re.IGNORECASE,
)
"""Where another tool puts the contents."""
_PREFIX = re.compile(
    r"(?:\*\*|__|[*_])?\s*(?P<label>[^\W\d_]{1,12})"
    r"(?:\s?\d{0,3}\s*(?:\*\*|__|[*_])?\s*[:\uff1a]|\s?\d{1,3}\s*[.)])\s*"
    r"(?:\*\*|__|[*_](?=\s))?\s*"
)


def is_contents(block: Block, *, overview: bool = False) -> bool:
    """Tell whether a list or table leads to other parts of its file, or to other files."""
    if block.kind not in {"list", "table"}:
        return False
    parsed = parser.parse(block.markdown)
    if any(token.type in {"fence", "code_block"} for token in parsed.tokens):
        return False
    rows = [line for line in block.lines if re.search(r"\w", line.text)]
    links = [link for passage in passages(parsed) for link in passage.links if not link.image]
    leads = [
        link
        for link in links
        if link.url.startswith("#") or (overview and not url_safety.is_foreign(link.url))
    ]
    if len(leads) < 2 or 2 * len(leads) < len(links):  # noqa: PLR2004
        return False
    return len(leads) >= 0.6 * max(1, len(rows) - (block.kind == "table")) or only_leads(
        block.markdown
    )


def _titles_contents(block: Block) -> bool:
    """Tell whether a paragraph is a title of contents, such as a bold one with a note behind it."""
    text = block.markdown.strip()
    bold = re.match(r"(?:\*\*|__)(?P<text>[^*_]+)(?:\*\*|__)", text)
    return block.kind == "paragraph" and (
        announces_contents(text) or bool(bold and announces_contents(bold["text"]))
    )


def _lead_key(block: Block) -> str:
    return " ".join(block.markdown.split()) if only_leads(block.markdown) else ""


def _repeated_leads(events: Sequence[Event]) -> frozenset[str]:
    counts = Counter(
        _lead_key(event.block)
        for event in events
        if event.block and event.block.kind == "paragraph"
    )
    tops = frozenset(
        key
        for key in counts
        if key
        and re.search(
            r"\(#(?:top|readme|contents|table-of-contents|toc|index|\u00edndice|indice|%C3%ADndice|inhalt\w*|sommaire|home|back-to-top)?\)|[\u2b06\u2191\u25b2\u2934]|:arrow_up:|:top:|:point_up",
            key,
            re.IGNORECASE,
        )
    )
    first = next((event for event in events if event.kind != "text"), None)
    if first and first.kind == "head":
        anchor = anchor_key(slug_of(first.title))
        tops |= {key for key in counts if key and _anchors_in(key) == {anchor}}
    return tops | frozenset(key for key, count in counts.items() if key and count >= 2)  # noqa: PLR2004


def _anchors_in(markdown: str) -> set[str]:
    return {
        anchor_key(unquote(link.url.removeprefix("#")))
        for passage in passages(parser.parse(markdown))
        for link in passage.links
    }


def _leads_to_files(block: Block) -> bool:
    """Tell whether a paragraph has only links with arrows to files, such as the next one."""
    return bool(_ARROW.search(block.markdown)) and only_links(
        block.markdown,
        lambda link: not link.image and not link.defined and not url_safety.is_foreign(link.url),
    )


_ARROW = re.compile(
    "[\u2190-\u2193\u21d0-\u21d3\u21a9\u2794\u27a1\u2b05-\u2b07\u25b2\u25b6\u25c0\u23e9\u23ea\u00ab\u00bb]"
    r"|&[lru]arr;|:arrow_(?:left|right|up)|<<|>>"
)
"""Signs in links to what comes before, next or above."""


def _labels(events: Sequence[Event]) -> frozenset[str]:
    """Return the texts that so many answers start with that they are labels."""
    counts: Counter[str] = Counter()
    asked = 0
    for event, below in pairwise([*events, Event("end")]):
        if event.kind == "ask":
            asked += 1
            if below.block and below.block.kind in {"paragraph", "heading"}:
                text = titles.plain((below.block.text or below.block.lines[0].text).strip())
                prefix = _PREFIX.match(below.block.text or below.block.lines[0].text)
                bold = (
                    bool(re.match(r"\s*(\*\*|__)", below.block.lines[0].text))
                    or below.block.kind == "heading"
                )
                if (
                    len(text) <= _LABEL
                    and (bold or text.endswith((":", "\uff1a")))
                    and len(below.block.lines) == 1
                ):
                    counts[bare(text)] += 1
                elif prefix and (bold or len(prefix["label"]) <= 8):  # noqa: PLR2004
                    counts[bare(prefix["label"])] += 1
    return frozenset(
        text for text, count in counts.items() if text and count >= _OFTEN and 3 * count >= asked
    )


def _only_pictures(block: Block) -> bool:
    """Tell whether a paragraph has only pictures, such as badges."""
    images = [
        link
        for passage in passages(parser.parse(block.markdown))
        for link in passage.links
        if link.image
    ]
    if not images:
        return False
    children = [
        child for token in parser.parse(block.markdown).inlines() for child in token.children or ()
    ]
    return not any(
        child.type in {"text", "code_inline"} and re.search(r"\w", child.content)
        for child in children
    )
