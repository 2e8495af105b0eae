"""Macros for hand-written pages: link to questions and topics, and show them, by id.

They format what the manifest holds and know nothing else; an unknown id stops the build.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from qna.data import manifest
from qna.markdown import carriers, plain, reader
from qna.markdown.linking import id_of, site_links
from qna.markdown.writing import escape, indented, join
from qna.model import LABELS
from qna.wording import counted, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_Kind = TypeVar("_Kind")


class UnknownIdError(ValueError):
    """A macro was called with an id that the manifest does not list."""


def define_env(env: Any) -> None:  # noqa: ANN401 - each engine passes an object of its own
    """Register the macros; called once a build by MkDocs, once a page by Zensical."""
    path = Path(env.project_dir, env.conf["docs_dir"], manifest.FILE_NAME)
    macros = Macros(path, lambda: _page_path(env))
    shown = (
        *(macros.question, macros.answer, macros.step, macros.topic, macros.topics),
        *(macros.count, macros.counted),
    )
    for macro in shown:
        env.macro(macro)


def _page_path(env: Any) -> str:  # noqa: ANN401
    """Return the page's path below the docs folder; the engines keep it in different places."""
    page = env.page
    return str(page.path) if hasattr(page, "path") else str(page.file.src_uri)


class Macros:
    """The macros of one build."""

    def __init__(self, path: Path, page_path: Callable[[], str]) -> None:
        """Read the manifest at `path` when first needed; `page_path` names the page at hand."""
        self._path = path
        self._page_path = page_path

    @cached_property
    def _manifest(self) -> manifest.Manifest:
        return manifest.read(self._path)

    def question(self, question_id: str, text: str = "") -> str:
        """Link to a question page, with the question or with a text of your own."""
        found = self._found(self._manifest.questions, question_id, "question")
        return self._link(found, "q", text)

    def answer(self, question_id: str) -> str:
        """Show an answer, open, below its linked question."""
        found = self._found(self._manifest.questions, question_id, "question")
        title = f"**{self.question(question_id)}**"
        return join('!!! answer ""', indented(title), self._body(found))

    def step(self, question_id: str, reason: str = "") -> str:
        """Show a step of a learning path: a question, why it is there, and its answer, closed."""
        found = self._found(self._manifest.questions, question_id, "question")
        heading = f"### {self.question(question_id)} {{ #{question_id} }}"
        why = f"{escape(reason)}\n{{ .why }}" if reason else ""
        return join(heading, why, f'??? {found.kind} "{LABELS[found.kind]}"', self._body(found))

    def topic(self, topic_id: str) -> str:
        """List the questions of a topic."""
        found = self._found(self._manifest.topics, topic_id, "topic")
        questions = (item for item in self._manifest.questions.values() if item.topic == found.id)
        return "\n".join(f"- {self.question(item.id)}" for item in questions)

    def topics(self, most: int | None = None) -> str:
        """List the topics, each with its summary and its number of questions.

        Of more topics than `most` the first are listed, and a link to the others.
        """
        listed = list(self._manifest.topics.values())
        lines = [
            f"- {self._link(topic, 'topics')} {escape(topic.summary)} "
            f"*{counted(self.count(topic.id), 'question')}*"
            for topic in listed[:most]
        ]
        if others := len(listed) - len(lines):
            lines.append(f"- [All topics]({self._root()}topics/index.md) And {others} more.")
        return "\n".join(lines)

    def count(self, topic_id: str = "") -> int:
        """Count the questions of a topic, of all topics (no argument), or the topics ("topics")."""
        if topic_id == "topics":
            return len(self._manifest.topics)
        if topic_id:
            self._found(self._manifest.topics, topic_id, "topic")
        return sum(topic_id in {"", item.topic} for item in self._manifest.questions.values())

    def counted(self, topic_id: str = "") -> str:
        """Return what `count` counts with its noun, such as `98 questions` or `1 topic`."""
        noun = "topic" if topic_id == "topics" else "question"
        return counted(self.count(topic_id), noun)

    def _body(self, question: manifest.Listed) -> str:
        """Return an answer as the body of a block."""
        linked = site_links(reader.read(question.answer))
        urls = {url: self._page(id_of(url)) for url, _ in linked if url.startswith("#")}
        answer = carriers.blocks(question.answer, question.id)
        return indented(join(answer, carriers.links(urls)))

    def _found(self, listed: Mapping[str, _Kind], name: object, kind: str) -> _Kind:
        if isinstance(name, str) and name in listed:
            return listed[name]
        near = suggestion(str(name), listed)
        hint = f"did you mean {near}" if near else "ids are listed in docs/_source/ids.json"
        message = f"{self._page_path()}: there is no {kind} '{name}'; {hint}"
        raise UnknownIdError(message)

    def _link(self, item: manifest.Listed, folder: str, text: str = "") -> str:
        label = escape(text or plain.inline(item.title))
        return f"[{label}]({self._root()}{folder}/{item.id}.md)"

    def _page(self, name: str) -> str:
        folder = "topics" if name in self._manifest.topics else "q"
        return f"{self._root()}{folder}/{name}.md"

    def _root(self) -> str:
        return "../" * self._page_path().count("/")
