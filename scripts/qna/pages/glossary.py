"""The glossary: every term, with its meaning and the questions that explain it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain

from qna.markdown.escaping import escape
from qna.naming import ids
from qna.pages.alphabet import Entry, Listing
from qna.pages.initials import by_initial
from qna.reading.editorial import Term
from qna.site import Site


def pages(site: Site) -> dict[str, str]:
    """Return its pages by path below the docs folder."""
    terms = site.editorial.glossary
    return Listing(
        site.words,
        site.words.text("lists.glossary"),
        "all-terms",
        site.words.text("lists.glossary_description"),
        "term",
        folder="glossary",
        parts="glossary",
        entries=[
            Entry(term.name, partial(_definition, site, term, anchor), anchor)
            for term, anchor in anchored(terms)
        ],
    ).pages()


def anchored(terms: Iterable[Term]) -> Iterator[tuple[Term, str]]:
    """Yield each term with its anchor; anchors that would be the same are numbered."""
    numbers: Counter[str] = Counter()
    groups = by_initial(terms, lambda term: term.name)
    for term in chain.from_iterable(group for _, group in groups):
        word = ids.anchor(term.name) or "symbol"
        numbers[word] += 1
        yield term, f"term-{word}" if numbers[word] == 1 else f"term-{word}_{numbers[word]}"


def _definition(site: Site, term: Term, anchor: str, root: str) -> str:
    name = escape(term.name)
    expansion = f" *{escape(term.expansion)}*" if term.expansion else ""
    title = site.words.text("links.link_name", heading=name).replace('"', "'")
    permalink = f'[](#{anchor}){{ .headerlink title="{title}" }}'
    questions = (
        f"\n    - [{escape(site.titles[found])}]({root}q/{found}.md)" for found in term.explained_by
    )
    listed = "".join(questions)
    meaning = f":   {escape(term.meaning)}{chr(10) if listed else ''}{listed}"
    return f"{name}{expansion} {permalink} {{ #{anchor} }}\n{meaning}\n"
