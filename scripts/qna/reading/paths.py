"""Learning paths: hand-written pages whose steps are questions.

A step is a call of the macro `step` with the id of its question: `{{ step("dropout") }}`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qna.markdown import plain_text
from qna.reading import front_matter

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from pathlib import Path

FOLDER = "paths"
"""Folder of the paths below the docs folder; its `index.md` lists them."""

_TITLE = re.compile(r"^#[ \t]+(?P<title>.+?)[ \t]*(?:\{[^{}]*\})?[ \t]*$", re.MULTILINE)
_NOT_RUN = re.compile(r"\{#.*?#\}|\{%-?\s*raw\b.*?\bendraw\s*-?%\}", re.DOTALL)
"""Comments and verbatim text, in which macros are not called."""
_STEP = re.compile(r"""\{\{-?\s*step\(\s*(?:question_id\s*=\s*)?(["'])(?P<id>.*?)\1""")


@dataclass(frozen=True, slots=True)
class LearningPath:
    """A series of questions in a sensible order."""

    id: str
    """Name of its file, without the ending."""
    title: str
    """Plain text."""
    steps: tuple[str, ...]
    """Ids of its questions, in order."""
    front_matter: str = ""
    """YAML."""

    @property
    def description(self) -> str:
        """Return the description in its front matter; empty if there is none."""
        import yaml  # noqa: PLC0415 - sites without paths need not wait for it

        try:
            head = yaml.safe_load(self.front_matter)
        except (yaml.YAMLError, ValueError):  # the engine that builds the page reports it
            return ""
        return str(head.get("description") or "") if isinstance(head, dict) else ""

    @property
    def repeated(self) -> frozenset[str]:
        """Ids of the questions that are more than one step."""
        return frozenset(name for name, times in Counter(self.steps).items() if times > 1)


@dataclass(frozen=True, slots=True)
class Step:
    """A question's place on a path."""

    path: LearningPath
    number: int
    """1-based."""

    @property
    def around(self) -> tuple[str, str]:
        """Ids of the questions before and after it; empty at the ends of the path."""
        steps = ("", *self.path.steps, "")
        return steps[self.number - 1], steps[self.number + 1]


def read(docs: Path) -> tuple[LearningPath, ...]:
    """Return the paths below a docs folder, sorted by file name.

    Files that cannot be read are left out: the engine that builds their pages reports them.
    """
    return tuple(parse(file.stem, text) for file, text in _texts(docs / FOLDER))


def parse(name: str, text: str) -> LearningPath:
    """Return the path on the page `name`."""
    head = front_matter.split(text)
    body = _NOT_RUN.sub("", head.body)
    title = _TITLE.search(body)
    return LearningPath(
        name,
        plain_text.inline(title["title"]) if title else name,
        tuple(step["id"] for step in _STEP.finditer(body)),
        head.yaml or "",
    )


def by_question(
    paths: Iterable[LearningPath], known: Container[str]
) -> Mapping[str, tuple[Step, ...]]:
    """Return the steps that each question is, by its id.

    Paths with an unknown or repeated question are left out: the macro `step` reports them.
    """
    found: dict[str, tuple[Step, ...]] = {}
    for path in paths:
        if all(name in known for name in path.steps) and not path.repeated:
            for number, name in enumerate(path.steps, start=1):
                found[name] = (*found.get(name, ()), Step(path, number))
    return found


def _texts(folder: Path) -> Iterator[tuple[Path, str]]:
    for file in sorted(folder.glob("*.md")):
        if file.stem != "index" and not file.name.startswith("."):
            try:
                yield file, file.read_text(encoding="utf-8-sig", errors="replace")
            except OSError:
                continue
