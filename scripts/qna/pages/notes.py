"""The note on a question page: what goes deeper than its answer, with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape as html
from itertools import chain

from qna.markdown import embeds, parser
from qna.markdown.citations import Cited, citations
from qna.markdown.escaping import escape, join
from qna.markdown.link_targets import figures, untitled
from qna.markdown.parser import Parsed
from qna.markdown.running_text import edited
from qna.model import Question
from qna.reading.bibliography import Reference
from qna.reading.notes import Note, name_of, quoted
from qna.site import Site


def front_matter(site: Site, question: Question) -> dict[str, object]:
    """Return what the template shows between an answer and its note."""
    note = site.editorial.notes.by_id.get(question.id)
    if not note or not note.status:
        return {}
    words = site.words
    shown = {
        "status": note.status,
        "label": html(words.text("notes.see_note", status=note.label(words))),
        "checked": html(words.counted("notes.checked", len(note.cited), date="{date}")),
        "day": note.checked.isoformat(),
        "date": html(words.date(note.checked)),
    }
    mark = site.mark(question.id)
    return {"note": shown, **({"mark": html(mark)} if mark else {})}


def section(site: Site, question: Question) -> str:
    """Return the note on a question, with its sources; empty if it has none."""
    note = site.editorial.notes.by_id.get(question.id)
    if not note:
        return ""
    title = site.words.text("notes.title" if note.status else "notes.story_title")
    passages = quoted(note.passages, site.words)
    parsed = parser.parse(note.markdown)
    titles = ((place, escape(site.title_of(name))) for place, name in untitled(parsed))
    cited = ((place, _cite(site, found)) for place, found in citations(parsed))
    text = edited(note.markdown, chain(titles, cited))
    return join(
        f"## {escape(title)} {{ .after-answer #note }}",
        f"{escape(passages)}\n{{ .passage }}" if passages else "",
        embeds.blocks(text, name_of(note.id)),
        *_figures(site, parsed),
        _sources(site, note),
    )


def _figures(site: Site, parsed: Parsed) -> Iterator[str]:
    """Embed the figures that a note shows."""
    for url in dict.fromkeys(url for _, _, url in figures(parsed)):
        yield embeds.figure(url, site.editorial.notes.figures[url])


def _cite(site: Site, cited: Iterable[Cited]) -> str:
    """Return links to the references of a citation, in parentheses."""
    known = site.editorial.notes.references
    links = (f"[{escape(_named(known[one.key], one.locator))}](#source-{one.key})" for one in cited)
    return f"({'; '.join(links)})"


def _named(reference: Reference, locator: str) -> str:
    return f"{reference.short_name}, {locator}" if locator else reference.short_name


def _sources(site: Site, note: Note) -> str:
    """Return the list of a note's references."""
    if not note.cited:
        return ""
    title = site.words.text("notes.sources")
    entries = (_source(site.editorial.notes.references[key]) for key in note.cited)
    return join(f"### {escape(title)} {{ #sources }}", "\n".join(entries))


def _source(reference: Reference) -> str:
    people = reference.authors[:3]
    authors = ", ".join(people) + (" et al." if len(reference.authors) > len(people) else "")
    title = f"[{escape(reference.title)}]({reference.url})"
    line = f"- {escape(authors)}: {title}. {escape(reference.published)}."
    return f"{line}\n{{ #source-{reference.key} }}"
