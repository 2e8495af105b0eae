"""Find the glossary's concepts and acronyms in answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from qna.markdown.link_targets import Concepts, any_of, uncapitalized
from qna.reading.editorial import Term

_TOOLTIP = 160
"""Characters that a reader takes in while pointing at a word."""


@dataclass(frozen=True, slots=True)
class Acronyms:
    """Finds acronyms in text and explains them."""

    pattern: re.Pattern[str]
    tooltips: Mapping[str, str]
    """Acronym, singular or plural, to what explains it."""

    def used_in(self, texts: Iterable[str]) -> dict[str, str]:
        """Return the acronyms that occur in Markdown texts, sorted, with their tooltips."""
        found = {name for text in texts for name in self.pattern.findall(text)}
        return {name: self.tooltips[name] for name in sorted(found)}


def acronyms(terms: Iterable[Term]) -> Acronyms:
    """Return the glossary's acronyms, with their plurals."""
    tooltips = {
        form: tooltip(term)
        for term in terms
        if term.expansion
        for form in (term.name, f"{term.name}s")
    }
    return Acronyms(any_of(tooltips), tooltips)


def tooltip(term: Term) -> str:
    """Return what explains a term on one line: its expansion and its meaning, if they are short."""
    expansion, meaning = (" ".join(text.split()) for text in (term.expansion, term.meaning))
    whole = f"{expansion}. {meaning}" if expansion and meaning else expansion or meaning
    return whole if len(whole) <= _TOOLTIP else expansion


def concepts(terms: Iterable[Term], page: Callable[[str], str]) -> Concepts:
    """Return the glossary's concepts; `page` returns the URL of a question page."""
    explained = {
        uncapitalized(form): term for term in terms if term.explained_by for form in term.matches
    }
    return Concepts(
        {form: page(term.explained_by[0]) for form, term in explained.items()},
        {form: tooltip(term) for form, term in explained.items()},
    )
