"""Parts shared by pages: front matter, headings, links, tables of links.

Front-matter values are already HTML-escaped; both engines insert them unescaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape as html
from itertools import chain
from typing import TypeVar

from qna import indented_json
from qna.markdown import embeds, plain_text
from qna.markdown.escaping import escape, indented, join
from qna.model import Question, Span, Topic
from qna.naming import ids
from qna.reading.paths import LearningPath, Step
from qna.site import Site
from qna.words import Words

_Item = TypeVar("_Item")

DESCRIPTION_LIMIT = 300
"""Maximum length of a page's description in characters; every real answer fits."""


def front_matter(values: Mapping[str, object]) -> str:
    """Return YAML front matter; values are written as JSON, which is valid YAML."""
    lines = [f"{key}: {indented_json.compact(value)}" for key, value in values.items()]
    return "\n".join(["---", *lines, "render_macros: false", "---", ""])


def source_place(site: Site, span: Span) -> dict[str, object]:
    """Return the line of a text in its file, and the file if the source has several."""
    file = site.document.places.file(span.line)
    _, line = site.document.places.of(span.line)
    return {"source_line": line, **({"source_file": file} if file else {})}


def heading(text: str, anchor: str, level: int, aliases: Iterable[str] = ()) -> str:
    """Return a heading with its id and old ids; `text` is inline Markdown."""
    old = " ".join(aliases)
    return embeds.heading(text, level, f'#{anchor} aliases="{old}"' if old else f"#{anchor}")


def as_html(markdown: str) -> str:
    """Return the plain text of inline Markdown, escaped for HTML."""
    return html(plain_text.inline(markdown))


def link(question: Question, folder: str = "") -> str:
    """Link to a question page; `folder` is the relative path to the question pages."""
    return f"[{escape(plain_text.inline(question.text))}]({folder}{question.id}.md)"


def shortened(text: str) -> str:
    """Truncate plain text to the length of a description, at a word boundary if it has any."""
    if len(text) <= DESCRIPTION_LIMIT:
        return text
    start = text[: DESCRIPTION_LIMIT - 1]
    words = start.rpartition(" ")[0]
    return (words if len(words) > DESCRIPTION_LIMIT // 2 else start) + "…"


def link_table(site: Site, names: Iterable[str]) -> str:
    """Embed all link targets in the texts of some questions or topics."""
    urls = dict(chain.from_iterable(site.links.get(name, {}).items() for name in names))
    return embeds.links(urls, site.tooltips)


def abbreviations(site: Site, texts: Iterable[str]) -> str:
    """Return abbreviation definitions for the acronyms in some texts; they become tooltips."""
    return definitions(site.acronyms.used_in(texts))


def definitions(tooltips: Mapping[str, str]) -> str:
    """Define abbreviations: these acronyms, wherever they are on the page, with a tooltip each."""
    lines = (f"*[{name}]: {html(text, quote=False)}" for name, text in tooltips.items())
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to show."""

    id: str
    """Of its question."""
    kind: str
    markdown: str
    mark: str = ""
    """Plain text that goes before an answer that would mislead."""

    def marked(self, url: str) -> str:
        """Return the mark, which leads to the note on the page at `url`, and the answer."""
        page = url.partition("#")[0]
        caution = f"[{escape(self.mark)}]({page}#note){{ .caution }}" if self.mark else ""
        return join(caution, embeds.blocks(self.markdown, self.id))


def closed_answer(words: Words, answer: Answer, url: str) -> str:
    """Return a block that shows an answer once it is opened; `url` leads to the question's page."""
    more = f"[{words.text('answers.related')}]({url}){{ .more }}"
    label = words.text(f"answers.{answer.kind}")
    return join(f'??? {answer.kind} "{label}"', indented(join(answer.marked(url), more)))


def around(items: Sequence[_Item], number: int) -> tuple[_Item | None, _Item | None]:
    """Return the previous and the next item, if any."""
    before = items[number - 1] if number else None
    after = items[number + 1] if number + 1 < len(items) else None
    return before, after


def neighbors(before: object, after: object) -> Iterator[tuple[str, object]]:
    """Yield front matter for the previous and next page."""
    return ((key, value) for key, value in (("previous", before), ("next", after)) if value)


def range_of(words: Words, first: str, last: str) -> str:
    """Return the range of a part of a list, from its first name to its last one."""
    return first if first == last else words.text("lists.range", first=first, last=last)


def updated(site: Site, questions: Iterable[Question]) -> dict[str, str]:
    """Return front matter with the date of a page that has some questions.

    There is none if a question has changed since its date was recorded.
    """
    histories = [site.histories[question.id] for question in questions]
    days = [history.updated for history in histories if history.updated]
    if not days or not all(history.is_recorded for history in histories):
        return {}
    return {"updated": max(days).isoformat()}


def topic_entry(topic: Topic | None) -> dict[str, str] | None:
    """Return a topic's front-matter entry."""
    return {"id": topic.id, "title": as_html(topic.title)} if topic else None


def question_entry(site: Site, question: Question) -> dict[str, str]:
    """Return a question's front-matter entry, with its short title."""
    return {"id": question.id, "title": html(site.titles[question.id])}


def place_on_path(words: Words, step: Step) -> str:
    """Return the place of a step on its path, in words."""
    number, count = words.number(step.number), words.number(len(step.path.steps))
    return words.text("paths.place", number=number, all=count)


def path_anchor(path: LearningPath) -> str:
    """Return the id of an element on a question page that belongs to a path.

    No heading has it, because the id of a question has no colon.
    """
    return f"path:{ids.slug(path.id)}"
