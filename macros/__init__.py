"""Macros for hand-written pages: link to questions and topics or show them, by id.

They format data from the manifest only; an unknown id stops the build.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from unicodedata import normalize

from qna.data import manifest
from qna.markdown import embeds, parser, plain_text
from qna.markdown.escaping import escape, indented, join
from qna.markdown.link_targets import id_of, site_links
from qna.model import LABELS
from qna.wording import counted, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_Kind = TypeVar("_Kind")


class UnknownIdError(ValueError):
    """A macro was called with an id that is not in the manifest."""


def define_env(env: Any) -> None:  # noqa: ANN401 - each engine passes its own type
    """Register the macros; MkDocs calls this once per build, Zensical once per page."""
    path = Path(env.project_dir, env.conf["docs_dir"], manifest.FILE_NAME)
    macros = Macros(path, lambda: _page_path(env))
    shown = (
        *(macros.question, macros.answer, macros.step, macros.topic, macros.topics),
        *(macros.count, macros.counted),
    )
    for macro in shown:
        env.macro(macro)


def _page_path(env: Any) -> str:  # noqa: ANN401
    """Return the page's path below the docs folder; each engine stores it differently."""
    page = env.page
    return str(page.path) if hasattr(page, "path") else str(page.file.src_uri)


class Macros:
    """The macros of one build."""

    def __init__(self, path: Path, page_path: Callable[[], str]) -> None:
        """Read the manifest at `path` on first use; `page_path` returns the current page's path."""
        self._path = path
        self._page_path = page_path

    @cached_property
    def _manifest(self) -> manifest.Manifest:
        return manifest.read(self._path)

    def question(self, question_id: str, text: str = "") -> str:
        """Link to a question page, with the question or custom text."""
        found = self._found(self._manifest.questions, question_id, "question")
        return self._link(found, "q", text)

    def answer(self, question_id: str) -> str:
        """Show a linked question with its answer expanded."""
        found = self._found(self._manifest.questions, question_id, "question")
        title = f"**{self.question(question_id)}**"
        return join('!!! answer ""', indented(title), self._body(found))

    def step(self, question_id: str, reason: str = "") -> str:
        """Show a step of a learning path: question, reason, and collapsed answer."""
        found = self._found(self._manifest.questions, question_id, "question")
        heading = f"### {self.question(question_id)} {{ #{found.id} }}"
        why = f"{escape(reason)}\n{{ .why }}" if reason else ""
        return join(heading, why, f'??? {found.kind} "{LABELS[found.kind]}"', self._body(found))

    def topic(self, topic_id: str) -> str:
        """List the questions of a topic."""
        found = self._found(self._manifest.topics, topic_id, "topic")
        questions = (item for item in self._manifest.questions.values() if item.topic == found.id)
        return "\n".join(f"- {self.question(item.id)}" for item in questions)

    def topics(self, most: int | None = None) -> str:
        """List the topics, each with its summary and number of questions.

        Beyond `most` topics, a link to the full list follows.
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
        """Count a topic's questions, all questions (no argument), or the topics ("topics")."""
        if topic_id == "topics":
            return len(self._manifest.topics)
        if topic_id:
            self._found(self._manifest.topics, topic_id, "topic")
        return sum(topic_id in {"", item.topic} for item in self._manifest.questions.values())

    def counted(self, topic_id: str = "") -> str:
        """Return a count with its noun, such as `98 questions` or `1 topic`."""
        noun = "topic" if topic_id == "topics" else "question"
        return counted(self.count(topic_id), noun)

    def _body(self, question: manifest.Listed) -> str:
        """Return an answer, indented as the body of a block."""
        linked = site_links(parser.parse(question.answer))
        urls = {url: self._page(id_of(url)) for url, _ in linked if url.startswith("#")}
        answer = embeds.blocks(question.answer, question.id)
        return indented(join(answer, embeds.links(urls)))

    def _found(self, listed: Mapping[str, _Kind], name: object, kind: str) -> _Kind:
        composed = normalize("NFC", name) if isinstance(name, str) else ""
        if composed in listed:
            return listed[composed]
        near = suggestion(str(name), listed)
        hint = f"did you mean {near}" if near else "ids are listed in docs/_source/ids.json"
        message = f"{self._page_path()}: there is no {kind} '{name}'; {hint}"
        raise UnknownIdError(message)

    def _link(self, item: manifest.Listed, folder: str, text: str = "") -> str:
        label = escape(text or plain_text.inline(item.title))
        return f"[{label}]({self._root()}{folder}/{item.id}.md)"

    def _page(self, name: str) -> str:
        folder = "topics" if name in self._manifest.topics else "q"
        return f"{self._root()}{folder}/{name}.md"

    def _root(self) -> str:
        return "../" * self._page_path().count("/")
