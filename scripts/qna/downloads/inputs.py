"""What a file is made of, as a digest: a file is made again when its digest has changed.

What one question has, such as its answer, counts only for the files that have the question. What
texts share, such as titles and the glossary, counts for all files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from qna import stamp
from qna.appearance.look import Look
from qna.downloads import Format
from qna.model import Question, Topic
from qna.reading.notes import name_of
from qna.site import Site

LIBRARIES = ("Babel", "Markdown", "Pygments", "markdown-it-py", "math-core", "mdit-py-plugins")
"""Packages that render texts, for every format."""
CODE = tuple(f"scripts/qna/**/*.{ending}" for ending in ("py", "toml", "json", "css", "typ"))
"""Files that the bytes of every format depend on: patterns of paths below the project's folder."""


@dataclass(frozen=True)
class Code:
    """Digests of the code and the libraries that make files; `project` is the project's folder."""

    project: Path
    look: Look | None = None
    """The look of the site, if that is known."""

    def of(self, form: Format) -> str:
        """Return the digest of what makes the files of a format, and of what they look like."""
        libraries = [[name, _version(name)] for name in form.libraries]
        look = [getattr(self.look, part) for part in form.look] if self.look else []
        return _digest_of([self._shared, self._files(form.files), libraries, look])

    @cached_property
    def _shared(self) -> list[object]:
        return [self._files(CODE), [[name, _version(name)] for name in LIBRARIES]]

    def _files(self, patterns: Iterable[str]) -> list[tuple[str, str]]:
        files = sorted({path for name in patterns for path in self.project.glob(name)})
        return [
            (path.relative_to(self.project).as_posix(), stamp.digest(path.read_bytes()))
            for path in files
        ]


@dataclass(frozen=True)
class Texts:
    """Digests of the texts of a site whose files link back to `address`."""

    site: Site
    address: str

    def of(self, topic: Topic | None) -> str:
        """Return the digest of the texts in a file of the whole site or of one topic."""
        topics = [topic] if topic else self.site.document.topics
        return _digest_of([self.address, *map(self._topic, topics)])

    @cached_property
    def of_questions(self) -> dict[str, str]:
        """Id of each question to the digest of all that a file may show of it."""
        document = self.site.document
        return {
            item.id: _digest_of([self.address, self._shared, *_question(self.site, item)])
            for item in document.questions()
        }

    @cached_property
    def _shared(self) -> str:
        """The digest of what any text may show."""
        document, editorial = self.site.document, self.site.editorial
        return _digest_of(
            [
                *(document.title, document.introduction, dict(self.site.titles)),
                [[topic.id, topic.title, self.site.summary(topic)] for topic in document.topics],
                [asdict(term) for term in editorial.glossary],
                *(self.site.words.language, self.site.words.entries),
            ]
        )

    def _topic(self, topic: Topic) -> list[object]:
        questions = [self.of_questions[item.id] for item in topic.questions]
        links = self.site.links.get(topic.id)
        return [self._shared, topic.id, topic.introduction, links, questions]


def _question(site: Site, question: Question) -> Iterator[object]:
    name, notes = question.id, site.editorial.notes
    yield from (name, site.homes[name].id, question.text, question.answer)
    yield from (site.mark(name), site.related.get(name), site.editorial.rephrased.get(name))
    yield from (asdict(site.histories[name]), site.links.get(name))
    yield [[step.path.id, step.path.title, step.number] for step in site.steps.get(name, ())]
    if note := notes.by_id.get(name):
        shown = {url: svg for url, svg in notes.figures.items() if url in note.markdown}
        cited = [{**asdict(notes.references[key]), "line": 0} for key in note.cited]
        yield from (asdict(note) | {"links": ()}, site.links.get(name_of(name)), shown, cited)


def _digest_of(values: Iterable[object]) -> str:
    return stamp.digest(json.dumps(list(values), default=str, sort_keys=True).encode())


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
