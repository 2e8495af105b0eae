"""Concepts and acronyms of the glossary, found in answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from qna.markdown.linking import Concepts, any_of, uncapitalized
from qna.reading.editorial import Term


@dataclass(frozen=True, slots=True)
class Acronyms:
    """Finds acronyms in text, to say what their letters mean."""

    pattern: re.Pattern[str]
    expansions: Mapping[str, str]
    """Acronym, also in the plural, to what its letters stand for."""

    def used_in(self, texts: Iterable[str]) -> dict[str, str]:
        """Return the acronyms that occur in Markdown texts, sorted, with their expansions."""
        found = {name for text in texts for name in self.pattern.findall(text)}
        return {name: self.expansions[name] for name in sorted(found)}


def acronyms(terms: Iterable[Term]) -> Acronyms:
    """Return the acronyms of the glossary, each also in the plural."""
    expansions = {
        form: term.expansion
        for term in terms
        if term.expansion
        for form in (term.name, f"{term.name}s")
    }
    return Acronyms(any_of(expansions), expansions)


def concepts(terms: Iterable[Term], page: Callable[[str], str]) -> Concepts:
    """Return the concepts of the glossary; `page` gives the address of a question's page."""
    return Concepts(
        {
            uncapitalized(form): page(term.explained_by[0])
            for term in terms
            if term.explained_by
            for form in term.matches
        }
    )
