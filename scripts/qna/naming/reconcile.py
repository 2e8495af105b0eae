"""Which question is which: the source as it is now, beside what was published.

A question that stands as it was published keeps its id. One that was reworded is known again by
question and answer together, if there is no doubt. Where there is, and where a published question
is gone, the author decides; nothing published disappears by accident.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from qna.markdown import plain
from qna.model import Document, Question, Span, Topic
from qna.naming import ids
from qna.naming.ledger import Entry, Ledger, TopicEntry, merged
from qna.naming.similarity import Index, Said, said, shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qna.diagnostics import Report

SAME = 0.6
"""Likeness from which a question is the published one, reworded, if no other comes near."""
DOUBT = 0.35
"""Likeness from which the author is asked."""
MARGIN = 0.15
"""How much less alike the second best candidate has to be."""

COMMAND = "python scripts/split.py"


@dataclass(frozen=True, slots=True)
class Decision:
    """What an author decided about a published id."""

    kind: str
    """`keep`: it is this question; `rename`: it gets this id; `retire`: it leads to this one."""
    id: str
    target: str
    """An id, or the number of the line on which a question stands."""


@dataclass
class _Matching:
    """Who is who, as far as it is known."""

    questions: list[Question]
    names: list[str]
    """The id of each question, or nothing yet."""
    missing: dict[str, Entry]
    """Published questions that no question is known to be, by their ids."""

    @cached_property
    def _unnamed(self) -> Index:
        """The questions that had no name when one was first looked for."""
        pairs = zip(self.questions, self.names, strict=True)
        return Index({number: _said(item) for number, (item, name) in enumerate(pairs) if not name})

    @cached_property
    def _gone(self) -> tuple[list[Entry], Index]:
        """The published questions that were missing when one was first looked for."""
        gone = list(self.missing.values())
        return gone, Index(dict(enumerate(map(_said, gone))))

    @cached_property
    def first_unnamed(self) -> int | None:
        """The number of the first question without a name, once all that can be is matched."""
        return self.names.index("") if "" in self.names else None

    def nearest(self, entry: Entry) -> list[tuple[float, int]]:
        """Return unnamed questions like a published one: likeness and number, best first."""
        found = self._unnamed.nearest(_said(entry))
        return [(alike, number) for alike, number in found if not self.names[number]]

    def rivalry(self, entry: Entry, number: int) -> float:
        """Return how much a question is like the missing one, other than `entry`, next to it."""
        gone, index = self._gone
        found = index.nearest(_said(self.questions[number]))
        rivals = ((alike, gone[place].id) for alike, place in found)
        others = (alike for alike, name in rivals if name != entry.id and name in self.missing)
        return next(others, 0.0)


def assign(
    document: Document,
    published: Ledger,
    decisions: Iterable[Decision],
    path: str,
    report: Report,
) -> tuple[Document, Ledger]:
    """Name every topic and question; return the document and the ledger with decisions applied.

    `path` names the source in faults: names that collide or are reserved, published ones that
    would disappear, and questions that may be published ones.
    """
    decisions = list(decisions)
    settled = _Settled(document, published, path, report)
    for decision in decisions:
        settled.apply(decision)
    ledger = settled.ledger
    matching = _match(document, ledger, settled.kept)
    _match_reworded(matching, settled.retiring)
    question_names = _with_proposals(matching, ledger, _topic_wishes(document, ledger))
    topic_names = _topic_names(document, ledger, question_names)
    named = _named(document, topic_names, question_names)
    _check_names(named, ledger, path, report)
    settled.retire(named)
    _check_kept(named, settled.ledger, matching, path, report)
    return named, settled.ledger


class _Settled:
    """Applies the author's decisions to the ledger."""

    def __init__(self, document: Document, ledger: Ledger, path: str, report: Report) -> None:
        self.ledger = ledger
        self.kept: dict[int, str] = {}
        """Line of a question to the published id it keeps."""
        self._retired: list[Decision] = []
        self._lines = {item.span.line for item in document.questions()}
        self._path = path
        self._report = report

    @property
    def retiring(self) -> set[str]:
        """The ids that the author wants to lead elsewhere."""
        return {decision.id for decision in self._retired}

    def apply(self, decision: Decision) -> None:
        """Apply one decision, or report why it cannot be."""
        if decision.id not in set(self.ledger.ids()):
            hint = "take an id from ids.json"
            self._fault(f"'{decision.id}' is not a published id", hint)
        elif decision.kind == "keep":
            self._keep(decision)
        elif decision.kind == "rename":
            self._rename(decision)
        else:
            self._retired.append(decision)

    def _keep(self, decision: Decision) -> None:
        if decision.target.isdigit() and int(decision.target) in self._lines:
            self.kept[int(decision.target)] = decision.id
        else:
            hint = f"write '--keep {decision.id}=LINE' with the line on which the question stands"
            self._fault(f"no question stands on line {decision.target}", hint)

    def _rename(self, decision: Decision) -> None:
        taken = (
            set(self.ledger.ids())
            | set(self.ledger.old_questions())
            | set(self.ledger.old_topics())
        )
        own = {old.partition("#")[2] for old in self._formerly(decision.id)}
        if not ids.is_id(decision.target) or ids.is_reserved(decision.target):
            hint = "use lower-case words joined by hyphens"
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
        """Let the retired ids lead where the author said."""
        lines = {str(item.span.line): item.id for item in named.questions()}
        for decision in self._retired:
            target = lines.get(decision.target, decision.target)
            self.ledger = (
                _retired(self.ledger, named, replace(decision, target=target)) or self.ledger
            )
            if decision.id in set(self.ledger.ids()):
                hint = "name a question or topic of its kind that is in the source, by id or line"
                self._fault(f"'{decision.id}' cannot lead to '{decision.target}'", hint)

    def _fault(self, message: str, hint: str) -> None:
        self._report.add("E312", self._path, Span(1), message, hint)


def _renamed(ledger: Ledger, old: str, new: str) -> Ledger:
    """Return the ledger with an id renamed; the old one leads to the new."""

    def question(entry: Entry) -> Entry:
        if entry.id == old:
            return merged(replace(entry, id=new), entry)
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
    """Return the ledger without an id whose addresses lead to another; None if that cannot be."""
    old = {entry.id: entry for entry in ledger.questions}.get(decision.id)
    if old:
        found = {item.id: (topic, item) for topic in named.topics for item in topic.questions}
        if decision.target not in found or decision.target == decision.id:
            return None
        topic, item = found[decision.target]
        heir = next(
            (entry for entry in ledger.questions if entry.id == item.id),
            Entry(item.id, item.text, topic.id, item.answer),
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


# Questions


def _match(document: Document, ledger: Ledger, kept: Mapping[int, str]) -> _Matching:
    """Match what is certain: ids in the source, decisions, and texts that have not changed."""
    questions = list(document.questions())
    exact = {entry.text: entry.id for entry in ledger.questions}
    alike = {ids.slug(entry.text): entry.id for entry in ledger.questions}
    names = [
        item.id
        or kept.get(item.span.line)
        or exact.get(item.text)
        or alike.get(ids.slug(item.text), "")
        for item in questions
    ]
    fixed = {item.id or kept.get(item.span.line, "") for item in questions}
    for number, item in enumerate(questions):
        # An id that the author gave to another question is not this one's by its text.
        if names[number] in fixed and not (item.id or item.span.line in kept):
            names[number] = ""
    used = set(names)
    missing = {entry.id: entry for entry in ledger.questions if entry.id not in used}
    return _Matching(questions, names, missing)


def _match_reworded(matching: _Matching, retiring: set[str]) -> None:
    """Let a published question that is gone be a new one where both are clearly alike."""
    for name in retiring & matching.missing.keys():
        del matching.missing[name]
    for entry in list(matching.missing.values()):
        candidates = matching.nearest(entry)
        if not candidates or candidates[0][0] < SAME:
            continue
        (best, number), *rest = candidates
        clear = not rest or rest[0][0] <= best - MARGIN
        if clear and matching.rivalry(entry, number) <= best - MARGIN:
            matching.names[number] = entry.id
            del matching.missing[entry.id]


def _said(item: Entry | Question) -> Said:
    return said(item.text, item.answer)


def is_up_to_date(published: Ledger, record: Ledger) -> bool:
    """Tell whether every recorded answer is still like enough to know its question by."""
    answers = {entry.id: entry.answer for entry in published.questions}
    return all(shared(answers[entry.id], entry.answer) >= SAME for entry in record.questions)


def _topic_wishes(document: Document, ledger: Ledger) -> set[str]:
    """Return the ids that new topics would like: topics have short titles and no other choice."""
    known = {entry.title for entry in ledger.topics}
    new = (topic for topic in document.topics if not topic.id and topic.title not in known)
    return {wish for topic in new for wish in ids.proposals(plain.inline(topic.title))}


def _with_proposals(matching: _Matching, ledger: Ledger, wishes: set[str]) -> list[str]:
    """Return all names, with a proposed one for each question that is new."""
    new = [
        item.text for item, name in zip(matching.questions, matching.names, strict=True) if not name
    ]
    proposed = iter(_propose(new, _taken(ledger) | set(matching.names) | wishes))
    return [name or next(proposed) for name in matching.names]


def _taken(ledger: Ledger) -> set[str]:
    return set(ledger.ids()) | set(ledger.old_topics()) | set(ledger.old_questions())


def _propose(texts: Sequence[str], taken: set[str]) -> list[str]:
    """Propose for each text the shortest id that no other text and no published name wants."""
    candidates = [ids.proposals(plain.inline(text)) for text in texts]
    wanted = Counter(chain.from_iterable(candidates))

    def free(candidate: str) -> bool:
        return wanted[candidate] == 1 and candidate not in taken and not ids.is_reserved(candidate)

    return [
        next(filter(free, found), found[-1] if found else "")  # what collides is reported
        for found in candidates
    ]


# Topics


def _topic_names(document: Document, ledger: Ledger, names: Sequence[str]) -> list[str]:
    """Name topics by their id, their title, or the questions they hold; propose for new ones."""
    exact = {entry.title: entry.id for entry in ledger.topics}
    alike = {ids.slug(entry.title): entry.id for entry in ledger.topics}
    found = [
        topic.id or exact.get(topic.title) or alike.get(ids.slug(topic.title), "")
        for topic in document.topics
    ]
    missing = {entry.id for entry in ledger.topics} - set(found)
    found = _by_questions(document, ledger, names, found, missing)
    new = [topic.title for topic, name in zip(document.topics, found, strict=True) if not name]
    proposed = iter(_propose(new, _taken(ledger) | set(found) | set(names)))
    return [name or next(proposed) for name in found]


def _by_questions(
    document: Document, ledger: Ledger, names: Sequence[str], found: list[str], missing: set[str]
) -> list[str]:
    """Know a retitled topic again by the questions that it mostly still holds."""
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


# Faults


def _check_names(named: Document, ledger: Ledger, path: str, report: Report) -> None:
    old = {**ledger.old_topics(), **ledger.old_questions()}
    texts = {entry.text: entry.id for entry in ledger.questions}
    seen: dict[str, Span] = {}
    everything: Iterable[Topic | Question] = chain(named.topics, named.questions())
    for item in everything:
        behind = "behind the bold, as in {#some-id}"
        text = item.text if isinstance(item, Question) else item.title
        if not item.id:
            hint = f"give it one {behind}"
            report.add("E302", path, item.span, "no id can be made of this text", hint)
        elif ids.is_reserved(item.id):
            hint = f"give it another {behind}"
            report.add("E303", path, item.span, f"the id '{item.id}' is reserved", hint)
        elif item.id in seen:
            message = f"the id '{item.id}' is taken on line {seen[item.id].line}"
            hint = f"reword one, merge the two, or give one an id {behind}"
            report.add("E301", path, item.span, message, hint)
        elif item.id in old:
            message = f"the id '{item.id}' is an old name of '{old[item.id]}'"
            report.add("E301", path, item.span, message, f"give it another {behind}")
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
    for topic in ledger.topics:
        if topic.id not in topics:
            message = f"published topic '{topic.id}' is gone: {topic.title}"
            hint = (
                f"restore it, give it a new id with '{COMMAND} --rename {topic.id}=NEW-ID', "
                f"or say where it leads: '{COMMAND} --retire {topic.id}=TOPIC-ID'"
            )
            report.add("E306", path, Span(1), message, hint)


class _Heirs:
    """The questions that may answer what is gone."""

    def __init__(self, named: Document) -> None:
        self._questions = list(named.questions())
        self._index = Index(dict(enumerate(map(_said, self._questions))))
        self._topics = {topic.id: topic.span for topic in named.topics}

    def place(self, entry: Entry) -> Span:
        """Return where the topic stands in which a published question was."""
        return self._topics.get(entry.topic, Span(1))

    def retire_hint(self, entry: Entry) -> str:
        """Return how to say that a published question is gone."""
        _, number = next(iter(self._index.nearest(_said(entry))), (0.0, 0))
        target = self._questions[number].id if self._questions else "ID"
        return f"say which question answers it now: '{COMMAND} --retire {entry.id}={target}'"


def _report_gone(
    entry: Entry, heirs: _Heirs, matching: _Matching, path: str, report: Report
) -> None:
    found = matching.nearest(entry)
    doubtful = [number for alike, number in found if alike >= DOUBT]
    retire = heirs.retire_hint(entry)
    for number in doubtful[:3]:
        question = matching.questions[number]
        message = f"is this the published question '{entry.id}', reworded?"
        keep = f"'{COMMAND} --keep {entry.id}={question.span.line}'"
        report.add("E309", path, question.span, message, f"if so, run {keep}; if not, {retire}")
    if not doubtful:
        message = f"published question '{entry.id}' is gone: {entry.text}"
        nearest = found[0][1] if found else matching.first_unnamed
        keep = (
            f", run '{COMMAND} --keep {entry.id}={matching.questions[nearest].span.line}' "
            "if it was reworded"
            if nearest is not None
            else ""
        )
        report.add("E306", path, heirs.place(entry), message, f"restore it{keep}, or {retire}")
