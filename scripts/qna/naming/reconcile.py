"""Match the questions in the source to the published ones.

An unchanged question keeps its id. A reworded one is recognized by question and answer together,
if there is no doubt. If there is, or if a published question is gone, the author decides; nothing
published disappears by accident.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from qna.markdown import plain_text
from qna.model import Document, Places, Question, Span, Topic
from qna.naming import ids, letters
from qna.naming.ledger import Entry, Ledger, TopicEntry, merged
from qna.naming.similarity import Index, WordCounts, word_counts

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from qna.diagnostics import Report

SAME = 0.6
"""Similarity from which a question counts as a published one, reworded, if no other is close."""
DOUBT = 0.35
"""Similarity from which the author is asked."""
MARGIN = 0.15
"""How much less similar the second-best candidate must be."""

_MANY, _COMMON = 20, 0.25
"""Number of questions from which words are called common, and the share of them that have one."""
_FEW = 5
"""Number of published questions below which each that is gone is reported."""
_ANOTHER = "E313"
_NEVER_PUBLISHED = "; if it was never published, delete its entry from ids.json"
"""More of a hint on something without dates, which only previews may have recorded."""

COMMAND = "python scripts/split.py"


@dataclass(frozen=True, slots=True)
class Decision:
    """An author's decision about a published id."""

    kind: str
    """`keep`: it is this question; `rename`: it gets this id; `retire`: it redirects here."""
    id: str
    target: str
    """An id, or the line number of a question."""


@dataclass
class _Matching:
    """Questions and the published ids matched to them so far."""

    questions: list[Question]
    names: list[str]
    """The id of each question; empty if not matched yet."""
    missing: dict[str, Entry]
    """Published questions without a match, by id."""
    places: Places

    def line(self, number: int) -> str:
        """Return the line of a question, as in a decision."""
        return self.places.named(self.questions[number].span.line)

    @cached_property
    def _unnamed(self) -> Index:
        """Questions without an id, as of the first search."""
        pairs = zip(self.questions, self.names, strict=True)
        return Index(
            {number: _words_of(item) for number, (item, name) in enumerate(pairs) if not name}
        )

    @cached_property
    def _gone(self) -> tuple[list[Entry], Index]:
        """Published questions without a match, as of the first search."""
        gone = list(self.missing.values())
        return gone, Index(dict(enumerate(map(_words_of, gone))))

    @cached_property
    def first_unnamed(self) -> int | None:
        """Number of the first question without an id after matching."""
        return self.names.index("") if "" in self.names else None

    def candidates(self, entry: Entry) -> list[tuple[float, int]]:
        """Return similarity and number of unnamed questions similar to an entry, best first."""
        found = self._unnamed.most_similar(_words_of(entry))
        return [(score, number) for score, number in found if not self.names[number]]

    def runner_up(self, entry: Entry, number: int) -> float:
        """Return a question's similarity to the best missing entry other than `entry`."""
        gone, index = self._gone
        found = index.most_similar(_words_of(self.questions[number]))
        rivals = ((score, gone[place].id) for score, place in found)
        others = (score for score, name in rivals if name != entry.id and name in self.missing)
        return next(others, 0.0)


def assign(
    document: Document,
    published: Ledger,
    decisions: Iterable[Decision],
    path: str,
    report: Report,
) -> tuple[Document, Ledger]:
    """Give every topic and question its id; return the document and the ledger after decisions.

    `path` names the source in diagnostics, which report ids that collide or are reserved, published
    ones that would disappear, and questions that may be reworded published ones.
    """
    decisions = list(decisions)
    settled = _Decisions(document, published, path, report)
    for decision in decisions:
        settled.apply(decision)
    ledger = settled.ledger
    matching = _match(document, ledger, settled.kept)
    _match_reworded(matching, settled.retiring)
    if not decisions and _is_another_source(matching, ledger):
        _report_another_source(ledger, path, report)
        return document, ledger
    question_names = _with_proposals(matching, ledger, _wanted_by_topics(document, ledger))
    topic_names = _topic_names(document, ledger, question_names)
    named = _named(document, topic_names, question_names)
    _check_names(named, ledger, path, report)
    settled.retire(named)
    _check_kept(named, settled.ledger, matching, path, report)
    return named, settled.ledger


def is_another_source(report: Report) -> bool:
    """Tell whether a report says that the source has other questions than the ledger."""
    return any(item.code == _ANOTHER for item in report.items)


def _is_another_source(matching: _Matching, ledger: Ledger) -> bool:
    """Tell whether no published question is in the source, not even reworded."""
    if len(ledger.questions) < _FEW or len(matching.missing) < len(ledger.questions):
        return False
    best = (matching.candidates(entry)[:1] for entry in ledger.questions)
    return all(score < DOUBT for found in best for score, _ in found)


def _report_another_source(ledger: Ledger, path: str, report: Report) -> None:
    message = f"none of the {len(ledger.questions)} published questions is in this source"
    hint = (
        f"if it is a new one, run '{COMMAND} --new', which keeps its questions and starts a new "
        "ledger; if not, restore the questions"
    )
    report.add(_ANOTHER, path, Span(1), message, hint)


class _Decisions:
    """Applies the author's decisions to the ledger."""

    def __init__(self, document: Document, ledger: Ledger, path: str, report: Report) -> None:
        self.ledger = ledger
        self.kept: dict[int, str] = {}
        """Line number of a question to the published id it keeps."""
        self._retired: list[Decision] = []
        self._document = document
        self._path = path
        self._report = report

    @property
    def retiring(self) -> set[str]:
        """The ids that the author retires."""
        return {decision.id for decision in self._retired}

    @cached_property
    def _lines(self) -> dict[str, int]:
        """The line of each question by how a decision names it."""
        named = self._document.places.named
        return {named(item.span.line): item.span.line for item in self._document.questions()}

    def apply(self, decision: Decision) -> None:
        """Apply one decision, or report why it is impossible."""
        if decision.id not in set(self.ledger.ids()):
            hint = "use an id from ids.json"
            self._fault(f"'{decision.id}' is not a published id", hint)
        elif decision.kind == "keep":
            self._keep(decision)
        elif decision.kind == "rename":
            self._rename(decision)
        else:
            self._retired.append(decision)

    def _keep(self, decision: Decision) -> None:
        if decision.target in self._lines:
            self.kept[self._lines[decision.target]] = decision.id
        else:
            hint = f"write '--keep {decision.id}=LINE' with the line number of the question"
            if any(":" in line for line in self._lines):
                hint += ", after the name of its file, as in topic.md:42"
            self._fault(f"there is no question on line {decision.target}", hint)

    def _rename(self, decision: Decision) -> None:
        taken = (
            set(self.ledger.ids())
            | set(self.ledger.old_questions())
            | set(self.ledger.old_topics())
        )
        own = {old.partition("#")[2] for old in self._formerly(decision.id)}
        if not ids.is_id(decision.target) or ids.is_reserved(decision.target):
            hint = "use lowercase words joined by hyphens"
            self._fault(f"'{decision.target}' cannot be an id", hint)
        elif decision.target in taken - own:
            self._fault(f"the id '{decision.target}' is taken", "choose another")
        else:
            self.ledger = _renamed(self.ledger, decision.id, decision.target)

    def _formerly(self, name: str) -> Iterator[str]:
        for entry in self.ledger.questions:
            if entry.id == name:
                yield from entry.formerly
        for topic in self.ledger.topics:
            if topic.id == name:
                yield from (f"#{old}" for old in topic.formerly)

    def retire(self, named: Document) -> None:
        """Redirect the retired ids as the author settled."""
        if not self._retired:
            return
        lines = {named.places.named(item.span.line): item.id for item in named.questions()}
        for decision in self._retired:
            target = lines.get(decision.target, decision.target)
            self.ledger = (
                _retired(self.ledger, named, replace(decision, target=target)) or self.ledger
            )
            if decision.id in set(self.ledger.ids()):
                hint = "name a question or topic of its kind that is in the source, by id or line"
                self._fault(f"'{decision.id}' cannot redirect to '{decision.target}'", hint)

    def _fault(self, message: str, hint: str) -> None:
        self._report.add("E312", self._path, Span(1), message, hint)


def _renamed(ledger: Ledger, old: str, new: str) -> Ledger:
    """Return the ledger with an id renamed; the old one redirects to the new one."""

    def question(entry: Entry) -> Entry:
        if entry.id == old:
            return merged(replace(entry, id=new, first=entry.original), entry)
        return replace(entry, topic=new) if entry.topic == old else entry

    def topic(entry: TopicEntry) -> TopicEntry:
        if entry.id != old:
            return entry
        names = [name for name in (*entry.formerly, old) if name != new]
        return replace(entry, id=new, formerly=tuple(names))

    topics = tuple(map(topic, ledger.topics))
    moved = old in {entry.id for entry in ledger.topics}
    questions = (
        merged(question(entry), entry) if moved and entry.topic == old else question(entry)
        for entry in ledger.questions
    )
    return Ledger(topics, tuple(questions))


def _retired(ledger: Ledger, named: Document, decision: Decision) -> Ledger | None:
    """Return the ledger with an id retired, its addresses redirecting; None if impossible."""
    old = {entry.id: entry for entry in ledger.questions}.get(decision.id)
    if old:
        found = {item.id: (topic, item) for topic in named.topics for item in topic.questions}
        if decision.target not in found or decision.target == decision.id:
            return None
        topic, item = found[decision.target]
        heir = next(
            (entry for entry in ledger.questions if entry.id == item.id),
            Entry(item.id, item.text, topic.id, item.answer, first=old.original),
        )
        others = tuple(e for e in ledger.questions if e.id not in {decision.id, item.id})
        return replace(ledger, questions=(*others, merged(heir, old)))
    return _retired_topic(ledger, named, decision)


def _retired_topic(ledger: Ledger, named: Document, decision: Decision) -> Ledger | None:
    titles = {topic.id: topic.title for topic in named.topics}
    old = next(entry for entry in ledger.topics if entry.id == decision.id)
    if decision.target not in titles or decision.target == decision.id:
        return None
    heir = next(
        (entry for entry in ledger.topics if entry.id == decision.target),
        TopicEntry(decision.target, titles[decision.target]),
    )
    heir = replace(heir, formerly=(*heir.formerly, old.id, *old.formerly))
    others = tuple(e for e in ledger.topics if e.id not in {old.id, heir.id})
    return replace(ledger, topics=(*others, heir))


class _ByText:
    """Finds the published id of a text, even if the text is spelled a little otherwise."""

    def __init__(self, published: Sequence[tuple[str, str]]) -> None:
        self._published = published
        self._exact = dict(published)

    @cached_property
    def _similar(self) -> dict[str, str]:
        return {ids.alike(text): name for text, name in self._published}

    def get(self, text: str) -> str:
        """Return the id of a text; empty if it has none."""
        return self._exact.get(text) or self._similar.get(ids.alike(text), "")


# Questions


def _match(document: Document, ledger: Ledger, kept: Mapping[int, str]) -> _Matching:
    """Match what is certain: ids in the source, decisions, and unchanged texts."""
    questions = list(document.questions())
    named = _ByText([(entry.text, entry.id) for entry in ledger.questions])
    names = [item.id or kept.get(item.span.line) or named.get(item.text) for item in questions]
    fixed = {item.id or kept.get(item.span.line, "") for item in questions}
    for number, item in enumerate(questions):
        # The author gave this id to another question, so an equal text does not count.
        if names[number] in fixed and not (item.id or item.span.line in kept):
            names[number] = ""
    used = set(names)
    missing = {entry.id: entry for entry in ledger.questions if entry.id not in used}
    return _Matching(questions, names, missing, document.places)


def _match_reworded(matching: _Matching, retiring: set[str]) -> None:
    """Match each missing published question to a new one that is clearly similar."""
    for name in retiring & matching.missing.keys():
        del matching.missing[name]
    for entry in list(matching.missing.values()):
        candidates = matching.candidates(entry)
        if not candidates or candidates[0][0] < SAME:
            continue
        (best, number), *rest = candidates
        clear = not rest or rest[0][0] <= best - MARGIN
        if clear and matching.runner_up(entry, number) <= best - MARGIN:
            matching.names[number] = entry.id
            del matching.missing[entry.id]


def _words_of(item: Entry | Question) -> WordCounts:
    return word_counts(item.text, item.answer)


def _wanted_by_topics(document: Document, ledger: Ledger) -> set[str]:
    """Return the ids that new topics may need: short titles leave them no alternatives."""
    known = {entry.title for entry in ledger.topics}
    new = (topic for topic in document.topics if not topic.id and topic.title not in known)
    return {wish for topic in new for wish in ids.proposals(plain_text.inline(topic.title))}


def _with_proposals(matching: _Matching, ledger: Ledger, reserved: set[str]) -> list[str]:
    """Return all ids, with a proposed one for each new question."""
    new = [
        item.text for item, name in zip(matching.questions, matching.names, strict=True) if not name
    ]
    if not new:
        return matching.names
    common = _common([item.text for item in matching.questions])
    taken = _taken(ledger) | set(matching.names) | reserved
    proposed = iter(_propose(new, taken, {item.id for item in matching.questions}, common))
    return [name or next(proposed) for name in matching.names]


def _taken(ledger: Ledger) -> set[str]:
    return set(ledger.ids()) | set(ledger.old_topics()) | set(ledger.old_questions())


def _common(texts: Sequence[str]) -> frozenset[str]:
    """Return the words that so many texts have that they tell none apart."""
    if len(texts) < _MANY:
        return frozenset()
    counts = Counter(word for text in texts for word in {*letters.words(text)})
    return frozenset(word for word, times in counts.items() if times > len(texts) * _COMMON)


def _propose(
    texts: Sequence[str],
    taken: set[str],
    written: Container[str] = (),
    common: Container[str] = (),
) -> list[str]:
    """Propose the shortest id for each text that neither another text nor a published id uses.

    Where that leaves none, an id gets a number. Texts that are alike get the same id, and a text
    may get one that its author has written elsewhere: both are reported.
    """
    shown = [*map(plain_text.inline, texts)]
    keys = [*map(ids.alike, shown)]
    candidates = [
        ids.proposals(text, ids.code_words(markdown), common)
        for markdown, text in zip(texts, shown, strict=True)
    ]
    wanted = Counter(chain.from_iterable(candidates))

    def free(candidate: str) -> bool:
        return wanted[candidate] == 1 and candidate not in taken and not ids.is_reserved(candidate)

    names: dict[str, str] = {}
    used = set(taken)
    for key, found in zip(keys, candidates, strict=True):
        if found and key not in names:
            last = found[-1]
            clash = last not in written and (last in used or ids.is_reserved(last))
            name = next(filter(free, found), ids.numbered(last, used) if clash else last)
            names[key] = name
            used.add(name)
    return [names.get(key, "") for key in keys]


# Topics


def _topic_names(document: Document, ledger: Ledger, names: Sequence[str]) -> list[str]:
    """Name topics by their id, title or questions; propose ids for new ones."""
    named = _ByText([(entry.title, entry.id) for entry in ledger.topics])
    found = [topic.id or named.get(topic.title) for topic in document.topics]
    missing = {entry.id for entry in ledger.topics} - set(found)
    found = _by_questions(document, ledger, names, found, missing)
    new = [topic.title for topic, name in zip(document.topics, found, strict=True) if not name]
    written = {topic.id for topic in document.topics} | {item.id for item in document.questions()}
    proposed = iter(_propose(new, _taken(ledger) | set(found) | set(names), written))
    return [name or next(proposed) for name in found]


def _by_questions(
    document: Document, ledger: Ledger, names: Sequence[str], found: list[str], missing: set[str]
) -> list[str]:
    """Recognize a retitled topic if it still holds most of its questions."""
    home = {entry.id: entry.topic for entry in ledger.questions}
    sizes = Counter(home.values())
    rest = iter(names)
    result = []
    for topic, name in zip(document.topics, found, strict=True):
        homes = Counter(home.get(next(rest), "") for _ in topic.questions)
        likely_home, number = max(homes.items(), key=lambda item: item[1], default=("", 0))
        mostly = 2 * number > max(len(topic.questions), sizes[likely_home])
        known = not name and likely_home in missing and mostly
        result.append(likely_home if known else name)
    return result


def _named(document: Document, topic_names: Sequence[str], names: Sequence[str]) -> Document:
    rest = iter(names)

    def named(topic: Topic, name: str) -> Topic:
        questions = tuple(replace(item, id=next(rest)) for item in topic.questions)
        return replace(topic, id=name, questions=questions)

    return replace(document, topics=tuple(map(named, document.topics, topic_names)))


# Checks


def _check_names(named: Document, ledger: Ledger, path: str, report: Report) -> None:
    old = {**ledger.old_topics(), **ledger.old_questions()}
    texts = {entry.text: entry.id for entry in ledger.questions}
    seen: dict[str, Span] = {}
    everything: Iterable[Topic | Question] = chain(named.topics, named.questions())
    for item in everything:
        after = "after the bold, as in {#some-id}"
        text = item.text if isinstance(item, Question) else item.title
        if not item.id:
            hint = f"give it one {after}"
            report.add("E302", path, item.span, "no id can be derived from this text", hint)
        elif ids.is_reserved(item.id):
            hint = f"give it another {after}"
            report.add("E303", path, item.span, f"the id '{item.id}' is reserved", hint)
        elif item.id in seen:
            message = f"the id '{item.id}' is taken {named.places.said(seen[item.id].line)}"
            hint = f"reword one, merge the two, or give one an id {after}"
            report.add("E301", path, item.span, message, hint)
        elif item.id in old:
            message = f"the id '{item.id}' is an old name of '{old[item.id]}'"
            report.add("E301", path, item.span, message, f"give it another {after}")
        elif (published := texts.get(text, item.id)) != item.id and isinstance(item, Question):
            message = f"this question is published as '{published}'"
            hint = f"delete {{#{item.id}}}, or run '{COMMAND} --rename {published}={item.id}'"
            report.add("E308", path, item.span, message, hint)
        seen.setdefault(item.id, item.span)


def _check_kept(
    named: Document, ledger: Ledger, matching: _Matching, path: str, report: Report
) -> None:
    current = {item.id for item in named.questions()}
    renamed = {item.text for item in named.questions()}
    lost = [e for e in ledger.questions if e.id not in current and e.text not in renamed]
    heirs = _Heirs(named) if lost else None
    for entry in lost:
        assert heirs
        _report_gone(entry, heirs, matching, path, report)
    topics = {topic.id for topic in named.topics}
    dated = {entry.topic for entry in ledger.questions if entry.history.revision}
    for topic in ledger.topics:
        if topic.id not in topics:
            message = f"published topic '{topic.id}' is gone: {topic.title}"
            hint = (
                f"restore it, give it a new id with '{COMMAND} --rename {topic.id}=NEW-ID', "
                f"or say where it leads: '{COMMAND} --retire {topic.id}=TOPIC-ID'"
            )
            if topic.id not in dated:
                hint += _NEVER_PUBLISHED
            report.add("E306", path, Span(1), message, hint)


class _Heirs:
    """The questions that may take over from missing ones."""

    def __init__(self, named: Document) -> None:
        self._questions = list(named.questions())
        self._index = Index(dict(enumerate(map(_words_of, self._questions))))
        self._topics = {topic.id: topic.span for topic in named.topics}

    def place(self, entry: Entry) -> Span:
        """Return the place of a published question's topic."""
        return self._topics.get(entry.topic, Span(1))

    def retire_hint(self, entry: Entry) -> str:
        """Return a hint on how to retire a published question."""
        _, number = next(iter(self._index.most_similar(_words_of(entry))), (0.0, 0))
        target = self._questions[number].id if self._questions else "ID"
        retire = f"say which question answers it now: '{COMMAND} --retire {entry.id}={target}'"
        return retire if entry.history.revision else f"{retire}{_NEVER_PUBLISHED}"


def _report_gone(
    entry: Entry, heirs: _Heirs, matching: _Matching, path: str, report: Report
) -> None:
    found = matching.candidates(entry)
    doubtful = [number for score, number in found if score >= DOUBT]
    retire = heirs.retire_hint(entry)
    for number in doubtful[:3]:
        question = matching.questions[number]
        message = f"is this the published question '{entry.id}', reworded?"
        keep = f"'{COMMAND} --keep {entry.id}={matching.line(number)}'"
        report.add("E309", path, question.span, message, f"if so, run {keep}; if not, {retire}")
    if not doubtful:
        message = f"published question '{entry.id}' is gone: {entry.text}"
        likeliest = found[0][1] if found else matching.first_unnamed
        keep = (
            f", run '{COMMAND} --keep {entry.id}={matching.line(likeliest)}' if it was reworded"
            if likeliest is not None
            else ""
        )
        report.add("E306", path, heirs.place(entry), message, f"restore it{keep}, or {retire}")
