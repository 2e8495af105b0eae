"""The note on a question page: what goes deeper than its answer, with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from qna.markdown import embeds, figures, parser, plain_text
from qna.markdown.escaping import escape, join
from qna.markdown.parser import Parsed
from qna.model import Question
from qna.naming import ids
from qna.reading import notes
from qna.reading.bibliography import Reference
from qna.reading.notes import Citation, Note
from qna.site import Site
from qna.words import Words


def front_matter(site: Site, question: Question) -> dict[str, object]:
    """Return what the template shows between an answer and its note."""
    note = site.editorial.depth.notes.get(question.id)
    if not note or not note.status:
        return {}
    words = site.words
    checked = words.counted("notes.checked", len(note.cited), date="{date}")
    shown = {
        "status": note.status,
        "label": words.text("notes.see_note", status=note.label(words)),
        "checked": checked,
        "day": note.checked.isoformat(),
        "date": words.date(note.checked),
    }
    return {"note": shown}


def section(site: Site, question: Question) -> str:
    """Return the note on a question, with its sources; empty if it has none."""
    note = site.editorial.depth.notes.get(question.id)
    if not note:
        return ""
    title = site.words.text("notes.title" if note.status else "notes.story_title")
    return join(
        f"## {escape(title)} {{ .after-answer #note }}",
        _passages(site.words, note),
        *_parts(site, note),
        _sources(site, note),
    )


def _passages(words: Words, note: Note) -> str:
    if not note.passages:
        return ""
    quoted = " ".join(words.text("notes.quoted", passage=text) for text in note.passages)
    return f"{escape(words.text('notes.passage', passages=quoted))}\n{{ .passage }}"


def _parts(site: Site, note: Note) -> Iterator[str]:
    """Yield the Markdown of a note for the page: its texts, headings and figures."""
    text = notes.rewritten(
        note.markdown,
        lambda cited: _cite(site, cited),
        lambda name: escape(site.titles.get(name, name)),
    )
    parsed = parser.parse(text)
    starts = sorted({0, *_boundaries(parsed), len(parsed.lines)})
    for start, end in pairwise(starts):
        yield _part(site, f"{note.id}:note-{start}", parsed, (start, end))


def _boundaries(parsed: Parsed) -> Iterator[int]:
    """Yield the lines where a heading or a figure starts, and those after it."""
    for token in parsed.tokens:
        own = token.map if token.level == 0 else None
        if own and (token.type == "heading_open" or _figure(parsed, own)):
            yield from own


def _figure(parsed: Parsed, lines: Sequence[int]) -> tuple[str, str] | None:
    """Return the caption and the address of a figure that these lines hold and nothing else."""
    inner = parser.parse("\n".join(parsed.lines[slice(*lines)]).strip())
    children = [child for token in inner.inlines() for child in token.children or ()]
    if len(children) != 1 or children[0].type != "image":
        return None
    url = str(children[0].attrs["src"])
    return (children[0].content, url) if url.endswith(figures.ENDING) else None


def _part(site: Site, name: str, parsed: Parsed, lines: tuple[int, int]) -> str:
    text = "\n".join(parsed.lines[slice(*lines)]).strip("\n")
    if text.startswith("## "):
        title = text[3:].strip()
        return embeds.heading(title, 3, f"#note-{ids.slug(plain_text.inline(title))}")
    figure = _figure(parsed, lines)
    if figure and figure[1] in site.editorial.depth.figures:
        caption, url = figure
        return embeds.figure(site.editorial.depth.figures[url].svg, caption)
    return embeds.blocks(text, name)


def _cite(site: Site, cited: Iterable[Citation]) -> str:
    """Return links to the references of a citation, in parentheses."""
    known = site.editorial.depth.references
    links = (f"[{escape(_named(known[one.key], one.locator))}](#source-{one.key})" for one in cited)
    return f"({'; '.join(links)})"


def _named(reference: Reference, locator: str) -> str:
    return f"{reference.short_name}, {locator}" if locator else reference.short_name


def _sources(site: Site, note: Note) -> str:
    """Return the list of a note's references."""
    if not note.cited:
        return ""
    title = site.words.text("notes.sources")
    entries = (_source(site.editorial.depth.references[key]) for key in note.cited)
    return join(f"### {escape(title)} {{ #sources }}", "\n".join(entries))


def _source(reference: Reference) -> str:
    people = reference.authors[:3]
    authors = ", ".join(people) + (" et al." if len(reference.authors) > len(people) else "")
    title = f"[{escape(reference.title)}]({reference.url})"
    within = f"{escape(reference.within)}, " if reference.within else ""
    line = f"- {escape(authors)}: {title}. {within}{escape(reference.year)}."
    return f"{line}\n{{ #source-{reference.key} }}"
