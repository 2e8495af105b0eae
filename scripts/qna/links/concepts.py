"""Find the glossary's concepts and acronyms in answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from qna.markdown.link_targets import Concepts, any_of, uncapitalized
from qna.reading.editorial import Term


@dataclass(frozen=True, slots=True)
class Acronyms:
    """Finds acronyms in text and expands them."""

    pattern: re.Pattern[str]
    expansions: Mapping[str, str]
    """Acronym, singular or plural, to its expansion."""

    def used_in(self, texts: Iterable[str]) -> dict[str, str]:
        """Return the acronyms that occur in Markdown texts, sorted, with their expansions."""
        found = {name for text in texts for name in self.pattern.findall(text)}
        return {name: self.expansions[name] for name in sorted(found)}


def acronyms(terms: Iterable[Term]) -> Acronyms:
    """Return the glossary's acronyms, with their plurals."""
    expansions = {
        form: term.expansion
        for term in terms
        if term.expansion
        for form in (term.name, f"{term.name}s")
    }
    return Acronyms(any_of(expansions), expansions)


def concepts(terms: Iterable[Term], page: Callable[[str], str]) -> Concepts:
    """Return the glossary's concepts; `page` returns the URL of a question page."""
    return Concepts(
        {
            uncapitalized(form): page(term.explained_by[0])
            for term in terms
            if term.explained_by
            for form in term.matches
        }
    )
