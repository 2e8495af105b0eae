"""Links between questions: what to read next, and concepts that another question explains."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from math import log
from typing import TYPE_CHECKING

from qna import ids, prose
from qna.editorial import nearest
from qna.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from qna.diagnostics import Report
    from qna.editorial import Editorial, Term
    from qna.model import Document, Question

LINKS_PER_ANSWER = 4
RELATED_PER_QUESTION = 4
COMMON = 50
"""A word that more questions share says nothing; it also bounds the work per question."""


def related(document: Document, editorial: Editorial) -> dict[str, tuple[str, ...]]:
    """Return for each question id what to read next: curated, or by shared rare words."""
    questions = list(document.questions())
    uncurated = [item for item in questions if item.id not in editorial.related]
    computed = _by_shared_words(questions, uncurated) if uncurated else {}
    return {
        item.id: editorial.related[item.id]
        if item.id in editorial.related
        else _without(computed[item.id], editorial.twins.get(item.id, ()))[:RELATED_PER_QUESTION]
        for item in questions
    }


def _without(names: Iterable[str], others: Container[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in others)


def _by_shared_words(
    questions: Sequence[Question], wanted: Sequence[Question]
) -> dict[str, tuple[str, ...]]:
    holders: dict[str, list[int]] = {}
    for number, question in enumerate(questions):
        for word in _vocabulary(question):
            holders.setdefault(word, []).append(number)
    return {question.id: tuple(_closest(question, questions, holders)) for question in wanted}


def _vocabulary(question: Question) -> set[str]:
    return {word for word in ids.words(f"{question.text} {question.answer}") if len(word) > 2}  # noqa: PLR2004


def _closest(
    question: Question, questions: Sequence[Question], holders: Mapping[str, Sequence[int]]
) -> Iterable[str]:
    scores: Counter[int] = Counter()
    for word in sorted(_vocabulary(question)):
        found = holders[word]
        if 1 < len(found) <= COMMON:
            weight = log(len(questions) / len(found)) + 0.1
            scores.update(dict.fromkeys(found, weight))
    ranked = sorted(scores, key=lambda number: (-scores[number], number))
    others = (questions[number].id for number in ranked)
    return [other for other in others if other != question.id][: RELATED_PER_QUESTION + 3]


@dataclass(frozen=True, slots=True)
class ConceptLinks:
    """Links the first mention of a concept to the question that explains it."""

    pattern: re.Pattern[str]
    targets: Mapping[str, str]
    """Form of a concept, first letter lower, to the id of the question that explains it."""

    def apply(self, markdown: str, own_id: str) -> str:
        """Return an answer's Markdown with at most four links to question pages."""
        linked = {own_id}

        def link(match: re.Match[str]) -> str:
            target = self.targets[_uncapitalised(match[0])]
            if target in linked or len(linked) > LINKS_PER_ANSWER:
                return match[0]
            linked.add(target)
            return f"[{match[0]}](../q/{target}.md)"

        return prose.map_text(markdown, lambda text: self.pattern.sub(link, text))


@dataclass(frozen=True, slots=True)
class Acronyms:
    """Finds acronyms in text, to give them tooltips."""

    pattern: re.Pattern[str]
    expansions: Mapping[str, str]
    """Acronym, also in the plural, to what its letters stand for."""

    def used_in(self, texts: Iterable[str]) -> dict[str, str]:
        """Return the acronyms that occur in Markdown texts, sorted, with their expansions."""
        found = {name for text in texts for name in self.pattern.findall(text)}
        return {name: self.expansions[name] for name in sorted(found)}


def acronyms(terms: Iterable[Term]) -> Acronyms:
    """Prepare the tooltips from the glossary's expansions."""
    expansions = {
        form: term.expansion
        for term in terms
        if term.expansion
        for form in (term.name, f"{term.name}s")
    }
    return Acronyms(_any_of(expansions, re.escape), expansions)


def _any_of(forms: Iterable[str], pattern_of: Callable[[str], str]) -> re.Pattern[str]:
    """Match any of the forms as whole words, the longest first."""
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    any_form = "|".join(map(pattern_of, ordered)) or r"(?!)"
    return re.compile(rf"(?<![\w-])(?:{any_form})(?![\w-])")


def concept_links(terms: Iterable[Term]) -> ConceptLinks:
    """Prepare the links from the glossary's forms; the longest form wins."""
    targets = {
        _uncapitalised(form): term.explained_by[0]
        for term in terms
        if term.explained_by
        for form in term.matches
    }
    return ConceptLinks(_any_of(targets, _either_case), targets)


def _uncapitalised(form: str) -> str:
    return form[:1].lower() + form[1:]


def _either_case(form: str) -> str:
    first, rest = form[0], re.escape(form[1:])
    return f"[{re.escape(first.lower())}{re.escape(first.upper())}]{rest}"


def check(document: Document, path: str, report: Report) -> None:
    """Report every link in an answer to a question that is not there."""
    known = frozenset(
        chain((item.id for item in document.questions()), (topic.id for topic in document.topics))
    )
    for question in document.questions():
        _check_answer(question, known, path, report)


def _check_answer(question: Question, known: frozenset[str], path: str, report: Report) -> None:
    def note(url: str) -> str:
        if url.startswith("#") and url[1:] not in known:
            line = question.answer[: question.answer.find(url)].count("\n") + question.answer_line
            near = nearest(url[1:], known)
            hint = f"did you mean {near}" if near else "take an id from ids.json"
            report.add("E501", path, Span(line), f"link to unknown question '{url}'", hint)
        return url

    prose.map_links(question.answer, note)


def resolved(markdown: str, address: Callable[[str], str]) -> str:
    """Return an answer's Markdown with each `#id` link leading to the `address` of the id."""
    return prose.map_links(markdown, lambda url: address(url[1:]) if url[:1] == "#" else url)
