"""Helpers that split a text in memory, and render a page as the engines do."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import split
import yaml
from markdown import Markdown
from qna import diagnostics, pipeline, site
from qna.data.derived import Derived
from qna.model import Document, Question, Span, Topic
from qna.naming import ledger
from qna.pages import topics
from qna.reading import editorial

ROOT = Path(__file__).resolve().parents[2]
FIXTURE = ROOT / "tests/fixture"
"""Content that tests know word for word; the project's own content may be anything."""


def derived_texts(found: Iterable[Derived]) -> dict[str, str]:
    """Return the texts of files by path."""
    return {path: text for file in found for text in [file.text()] for path in file.paths}


def run(*arguments: object) -> tuple[int, str, str]:
    """Run the splitter's command line; return exit code, standard output and standard error."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = split.main([str(argument) for argument in arguments])
        except SystemExit as stop:  # argparse exits on invalid options
            code = int(stop.code or 0)
    return code, out.getvalue(), err.getvalue()


def pages(source: str | bytes, **beside: str) -> dict[str, str]:
    """Split a source in memory and return its pages by path below the docs folder.

    `beside` has files to put beside the source, by name, with `_` for the dot. Raises ValueError
    with the diagnostics if the source has errors.
    """
    with TemporaryDirectory() as folder:
        return generated(_written(source, Path(folder), beside))


def report(source: str) -> diagnostics.Report:
    """Split a source in memory and return its diagnostics."""
    with TemporaryDirectory() as folder:
        path = _written(source, Path(folder), {})
        return pipeline.prepare(path, Path(folder) / "docs").report


def _written(source: str | bytes, folder: Path, beside: Mapping[str, str]) -> Path:
    path = folder / "questions.md"
    path.write_bytes(source.encode() if isinstance(source, str) else source)
    for name, text in beside.items():
        path.with_name(name.replace("_", ".")).write_text(text, encoding="utf-8")
    return path


def generated(source: Path) -> dict[str, str]:
    """Return what the splitter generates from a source and the files beside it, by path below docs.

    Raises ValueError with the diagnostics if the source has errors.
    """
    with TemporaryDirectory() as folder:
        docs = Path(folder)
        made = pipeline.prepare(source, docs)
        if made.report.errors:
            raise ValueError(diagnostics.render(made.report, made.lines))
        return {step.path.relative_to(docs).as_posix(): step.after for step in made.steps}


def answer_source(lines: Sequence[str]) -> str:
    """Return a source with one question and the lines of its answer, with their own indentation."""
    return "\n".join(["# Title", "", "### **1. Topic**", "*   **Question?**", *lines, ""])


def unchecked(**answers: str) -> str:
    """Return the Markdown page of a topic with answers, which are given by their questions' ids.

    The answers are not checked, so that only rendering protects the page from active content.
    """
    questions = (
        Question(f"{name.capitalize()}?", answer, Span(1), 1, id=name)
        for name, answer in answers.items()
    )
    document = Document("T", (Topic("Topic", Span(1), tuple(questions), id="topic"),))
    made = site.assemble(document, editorial.Editorial(), ledger.Ledger())
    return topics.pages(made)["topics/topic.md"]


def html(page: str) -> str:
    """Render a page's Markdown as MkDocs and Zensical do."""
    body = re.sub(r"\A---\n.*?\n---\n", "", page, flags=re.DOTALL)
    return _markdown().reset().convert(body)


@cache
def _markdown() -> Markdown:
    names, options = [], {}
    for entry in configuration()["markdown_extensions"]:
        name, settings = (entry, {}) if isinstance(entry, str) else next(iter(entry.items()))
        names.append(name)
        options[name] = settings or {}
    return Markdown(extensions=names, extension_configs=options)


def configuration() -> dict[str, Any]:
    """Return the project's `mkdocs.yml`, without what comes from the environment."""

    class Loader(yaml.SafeLoader):
        """Reads `!ENV` and other tags as None."""

    Loader.add_multi_constructor("", lambda _loader, _tag, _node: None)
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    return yaml.load(text, Loader)  # noqa: S506 - a safe loader that ignores tags
