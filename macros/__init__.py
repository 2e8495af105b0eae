"""Macros for hand-written pages: link to questions, topics and learning paths, or show them.

They format data from the manifest and the learning paths; an unknown id stops the build.
"""

from __future__ import annotations

from functools import cached_property
from html import escape as escaped
from html import unescape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar
from unicodedata import normalize

import yaml
from qna import downloads
from qna.data import manifest
from qna.downloads import record
from qna.markdown import embeds, parser, plain_text
from qna.markdown.escaping import escape, indented, join
from qna.markdown.link_targets import site_links
from qna.markdown.running_text import edited
from qna.pages.fragments import Answer, closed_answer, definitions, path_anchor, place_on_path
from qna.reading import paths
from qna.wording import minutes_to_read, suggestion
from qna.words import Words, english, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from qna.downloads.record import Made
    from qna.reading.paths import LearningPath, Step

EXTENSION = "qna.markdown.extension"
SHORT = 700
"""Most characters of an answer that is shown as an example."""

_Kind = TypeVar("_Kind")


class UnknownIdError(ValueError):
    """A macro was called with an id that is not in the manifest."""


class PathError(ValueError):
    """A macro for learning paths cannot do what it was called for."""


def define_env(env: Any) -> None:  # noqa: ANN401 - each engine passes its own type
    """Register the macros; MkDocs calls this once per build, Zensical once per page."""
    docs, language = Path(env.project_dir, env.conf["docs_dir"]), env.conf["theme"]["language"]
    pages = tuple(_pages(env.conf.get("nav")))
    name = str(env.conf["site_name"])
    macros = Macros(docs, lambda: _page_path(env), pages, words(language), name)
    # MkDocs tells extensions nothing of the theme; Zensical does.
    env.conf["mdx_configs"].setdefault(EXTENSION, {})["language"] = language
    shown = (
        *(macros.question, macros.answer, macros.topic, macros.topics, macros.count),
        *(macros.counted, macros.step, macros.steps, macros.paths),
        *(macros.download, macros.downloads_by_topic, macros.site_name),
    )
    for macro in shown:
        env.macro(macro)


def _page_path(env: Any) -> str:  # noqa: ANN401
    """Return the page's path below the docs folder; each engine stores it differently."""
    page = env.page
    return str(page.path) if hasattr(page, "path") else str(page.file.src_uri)


def _pages(nav: object) -> Iterator[str]:
    """Yield the pages in the navigation, in order; each engine stores it differently."""
    if isinstance(nav, str) and nav.endswith(".md"):
        yield nav
    elif isinstance(nav, dict | list):
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from _pages(item)


class Macros:
    """The macros of one build."""

    def __init__(
        self,
        docs: Path,
        page_path: Callable[[], str],
        pages: tuple[str, ...],
        words: Words | None = None,
        name: str = "",
    ) -> None:
        """Read the docs folder on first use.

        `page_path` returns the current page's path below it, and `pages` are the paths of the pages
        in the navigation. Without `words`, the interface is in English. `name` is that of the site.
        """
        self._name = name
        self._words = words or english()
        self._docs = docs
        self._page_path = page_path
        self._pages = pages

    @cached_property
    def _manifest(self) -> manifest.Manifest:
        return manifest.read(self._docs / manifest.FILE_NAME)

    @cached_property
    def _paths(self) -> Mapping[str, LearningPath]:
        """The learning paths by page, in the order of the navigation."""
        found = {f"{paths.FOLDER}/{path.id}.md": path for path in paths.read(self._docs)}
        return {page: found[page] for page in self._pages or found if page in found}

    @cached_property
    def _downloads(self) -> tuple[Made, ...]:
        """The files to take along, without those that are gone."""
        folder = self._docs / downloads.FOLDER
        found = record.read(folder).values()
        return tuple(made for made in found if (folder / made.name).is_file())

    @cached_property
    def _steps(self) -> Mapping[str, tuple[Step, ...]]:
        return paths.by_question(self._paths.values(), self._manifest.questions)

    def site_name(self) -> str:
        """Return the name of the site, as the configuration has it."""
        return escape(self._name)

    def question(self, question_id: str, text: str = "") -> str:
        """Link to a question page, with the question or custom text."""
        found = self._found(self._manifest.questions, question_id, "question")
        return self._link(found, "q", text)

    def answer(self, question_id: str = "") -> str:
        """Show a linked question, or else the first with a short answer, with it expanded."""
        shown = question_id or self._example()
        found = self._found(self._manifest.questions, shown, "question")
        title = f"**{self.question(shown)}**"
        answer = self._answer(found).marked(self._page(found.id))
        return join('!!! answer ""', indented(title), indented(answer), self._definitions(found))

    def _example(self) -> str:
        """Return the first question with an answer that fits beside other things, if there is one.

        Among prompts and long answers, the shortest is still the best.
        """
        questions = self._manifest.questions.values()
        answered = [item for item in questions if item.kind == "answer"] or [*questions]
        short = (item for item in answered if len(item.answer) <= SHORT)
        return next(short, min(answered, key=lambda item: len(item.answer))).id

    def step(self, question_id: str, reason: str = "") -> str:
        """Show a step of a learning path: question, reason, and closed answer."""
        found = self._found(self._manifest.questions, question_id, "question")
        path = self._paths.get(self._page_path())
        if path and question_id in path.repeated:
            message = f"'{question_id}' is two steps of this path; delete one of them"
            raise PathError(f"{self._page_path()}: {message}")
        own = next((step for step in self._steps.get(found.id, ()) if step.path == path), None)
        number = f"*{place_on_path(self._words, own)}*{{ .number }}" if own else ""
        why = " ".join(filter(None, (number, escape(reason))))
        url = self._page(found.id) + (f"#{path_anchor(own.path)}" if own else "")
        return join(
            embeds.heading(found.title, 3, f"#{found.id} .step"),
            f"{why}\n{{ .why }}" if why else "",
            closed_answer(self._words, self._answer(found), url),
            self._definitions(found),
        )

    def steps(self) -> str:
        """Say how many steps the learning path on this page has, and how long they take to read."""
        path = self._paths.get(self._page_path())
        if not path:
            message = f"steps() works on pages in '{paths.FOLDER}/' that are in the navigation"
            raise PathError(f"{self._page_path()}: {message}")
        return f"{self._length(path, 'paths.length_to_read')}\n{{ .steps }}"

    def paths(self) -> str:
        """List the learning paths, each with its description, number of steps and reading time."""
        return "\n".join(
            f"- [{escape(path.title)}]({self._root()}{page}) {escape(_description(path))} "
            f'*{self._length(path, "paths.length")}*{{ data-steps="{" ".join(path.steps)}" }}'
            for page, path in self._paths.items()
        )

    def _length(self, path: LearningPath, form: str) -> str:
        steps = [self._found(self._manifest.questions, name, "question") for name in path.steps]
        questions = [plain_text.inline(question.title) for question in steps]
        answers = [plain_text.text(question.answer) for question in steps]
        counted, minutes = self._words.counted, minutes_to_read([*questions, *answers])
        counts = {
            "steps": counted("counts.steps", len(steps)),
            "minutes": counted("counts.minutes", minutes),
        }
        return self._words.text(form, **counts)

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
            f"- {self._link(topic, 'topics')} {self._own_summary(topic)}*{self.counted(topic.id)}*"
            for topic in listed[:most]
        ]
        if others := len(listed) - len(lines):
            label, more = self._words.text("topics.all"), self._words.counted("topics.more", others)
            lines.append(f"- [{label}]({self._root()}topics/index.md) {more}")
        return "\n".join(lines)

    def _own_summary(self, topic: manifest.Listed) -> str:
        """Return a topic's summary and a blank; nothing if it has only the usual one, a count."""
        usual = self._words.counted("topics.summary", self.count(topic.id))
        return "" if topic.summary == usual else f"{escape(topic.summary)} "

    def count(self, topic_id: str = "") -> int:
        """Count a topic's questions, all questions (no argument), or the topics ("topics")."""
        if topic_id == "topics":
            return len(self._manifest.topics)
        if topic_id:
            self._found(self._manifest.topics, topic_id, "topic")
        return sum(topic_id in {"", item.topic} for item in self._manifest.questions.values())

    def counted(self, topic_id: str = "") -> str:
        """Return a count with its noun, such as `98 questions` or `1 topic`."""
        noun = "topics" if topic_id == "topics" else "questions"
        return self._words.counted(f"counts.{noun}", self.count(topic_id))

    def download(self, ending: str) -> str:
        """Link to the file of the whole site with this ending, with its size, date and picture."""
        file, picture = (self._made("", name) for name in (ending, f"{ending}.png"))
        if not file:
            return self._words.text("downloads.not_made", command="`make build`")
        link = f"{self._linked(file, file.name)} *{self._facts(file)}*"
        if not picture:
            return link
        shown = self._words.text("downloads.picture", file=file.name)
        return join(link, f"![{escape(shown)}]({self._file(picture)})\n{{ .picture }}")

    def downloads_by_topic(self) -> str:
        """List the files of each topic, with their sizes."""
        return "\n".join(
            f"- {self._files(topic)}\n{{ #files-{topic.id} }}"
            for topic in self._manifest.topics.values()
        )

    def _files(self, topic: manifest.Listed) -> str:
        title = plain_text.inline(topic.title)
        found = (
            f"{self._of_topic(file, title)} *{self._size(file)}*"
            for file in self._downloads
            if file.topic == topic.id
        )
        return ", ".join(found) or escape(title)

    def _of_topic(self, file: Made, topic: str) -> str:
        """Link to a file of a topic; a screen reader hears which topic in each link."""
        label = self._words.text(f"downloads.{file.ending}", topic=topic)
        if topic in label:
            return self._linked(file, label)
        name = self._words.text("downloads.of_topic", topic=topic, file=label)
        return f'{self._linked(file, label)}{{ aria-label="{escaped(name)}" }}'

    def _made(self, topic_id: str, ending: str) -> Made | None:
        known = (
            file for file in self._downloads if (file.topic, file.ending) == (topic_id, ending)
        )
        return next(known, None)

    def _linked(self, file: Made, label: str) -> str:
        return f"[{escape(label)}]({self._file(file)})"

    def _file(self, file: Made) -> str:
        return f"{self._root()}{downloads.FOLDER}/{file.name}"

    def _facts(self, file: Made) -> str:
        if not file.day:
            return self._size(file)
        date = self._words.date(file.day)
        return self._words.text("downloads.facts", size=self._size(file), date=date)

    def _size(self, file: Made) -> str:
        return self._words.counted("downloads.kilobytes", -(-file.size // 1000))

    def _definitions(self, question: manifest.Listed) -> str:
        """Return where the links of an answer lead, and what its acronyms stand for."""
        links = site_links(parser.parse(self._answer(question).markdown))
        written = (url for url, _ in links if url and not url.startswith("#"))
        implied = {key: self._page(PurePosixPath(url).name) for key, url in question.links.items()}
        urls = {url: url for url in written} | implied
        links_of_answer = embeds.links(urls, question.tooltips)
        return join(links_of_answer, definitions(question.abbreviations))

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

    def _answer(self, question: manifest.Listed) -> Answer:
        """Return an answer whose relative addresses are those of this page."""
        edits = (
            (place, self._root() + url.removeprefix("../"))
            for url, place in site_links(parser.parse(question.answer))
            if url.startswith("../")
        )
        text = edited(question.answer, edits)
        return Answer(question.id, question.kind, text, question.mark)

    def _root(self) -> str:
        return "../" * self._page_path().count("/")


def _description(path: LearningPath) -> str:
    try:
        head = yaml.safe_load(path.front_matter)
    except yaml.YAMLError:
        return ""  # the engine reports it
    return unescape(str(head.get("description", ""))) if isinstance(head, dict) else ""
