"""Properties of whole documents, however they are composed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from qna.diagnostics import Report
from qna.model import Document
from qna.naming import ids
from qna.reading import questions, source
from support import hostile
from support.edits import Lines, answers, brief, sources
from support.harness import pages, run


@dataclass(frozen=True)
class Asked:
    """A question with its answer, and the lines of the answer in the source."""

    question: str
    answer: Lines
    lines: Lines


TITLES = st.lists(
    st.sampled_from(
        "gradient descent CNN RNN *loss* `code` C# & < > {x} {{y}} É 日本語 градиент 10% #1 a_b "
        'a: b "quoted" [x] 🚀 \\* !'.split(" ")
    ),
    min_size=1,
    max_size=4,
).map(" ".join)


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    """Draw a question with an answer."""
    answer = draw(st.one_of(brief, brief, brief, answers))
    return Asked(draw(TITLES) + "?", answer, draw(sources(answer)))


@st.composite
def documents(draw: st.DrawFn) -> list[tuple[str, list[Asked]]]:
    """Draw topics with questions whose texts give different ids."""
    topics = st.tuples(TITLES, st.lists(asked(), min_size=1, max_size=3))
    found = draw(st.lists(topics, min_size=1, max_size=3))
    names = [ids.slug(title) for title, _ in found]
    names += [ids.slug(item.question) for _, items in found for item in items]
    assume(all(names) and len(set(names)) == len(names))
    return found


def written(document: Sequence[tuple[str, list[Asked]]]) -> str:
    """Return a document as a source, with a last topic for links to lead to."""
    lines = ["# A *title*", ""]
    for number, (title, items) in enumerate(document, start=1):
        lines += [f"### **{number}. {title}** {{#topic-{ids.slug(title)}}}", ""]
        for item in items:
            lines += [f"*   **{item.question}**", *item.lines, ""]
    target = [f"### **{len(document) + 1}. Last** {{#question}}", "*   **Last?**", "    - Last."]
    return "\n".join([*lines, *target])


def split(text: str, folder: Path, *options: str) -> int:
    """Split a source in a folder; return the exit code."""
    return said(text, folder, *options)[0]


def said(text: str, folder: Path, *options: str) -> tuple[int, str]:
    """Split a source in a folder; return the exit code and standard error."""
    path = folder / "docs/_source/questions.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != text.encode():
        path.write_bytes(text.encode())
    code, _, error = run("--source", path, "--out", folder / "docs", *options)
    assert "Traceback" not in error
    return code, error


def files(folder: Path) -> dict[str, bytes]:
    """Return all files that a run wrote below a folder."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != "questions.md")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@settings(max_examples=25)
@given(documents())
def test_text_is_kept_word_for_word(document: list[tuple[str, list[Asked]]]) -> None:
    """Titles, questions and answers are in the data as the author wrote them, in order."""
    with TemporaryDirectory() as name:
        assert split(written(document), Path(name)) == 0
        data = json.loads((Path(name) / "docs/questions.json").read_bytes())

    assert [topic["title"] for topic in data["topics"][:-1]] == [title for title, _ in document]
    assert [(item["question"], item["answer"]) for item in data["questions"][:-1]] == [
        (item.question, "\n".join(item.answer)) for _, items in document for item in items
    ]


@settings(max_examples=25)
@given(documents())
def test_a_rewritten_source_has_the_same_content(
    document: list[tuple[str, list[Asked]]],
) -> None:
    """A parsed source, written in the plainest form of a source, parses to the same content."""
    first = read(written(document))

    assert content(read(plainly_written(first))) == content(first)


def read(text: str) -> Document:
    """Parse a source that has no errors."""
    report = Report()
    found = questions.parse(source.decode("a.md", text.encode(), report), report)
    assert not report.errors
    return found


def content(document: Document) -> object:
    """Return the content of a document, without positions."""
    return (
        document.title,
        document.introduction,
        [(topic.title, topic.id, topic.introduction) for topic in document.topics],
        [
            (topic.title, item.text, item.answer, item.id)
            for topic in document.topics
            for item in topic.questions
        ],
    )


def plainly_written(document: Document) -> str:
    """Return a document as a source: each answer after a hyphen, indented by four spaces."""
    lines = [f"# {document.title}", "", document.introduction]
    for number, topic in enumerate(document.topics, start=1):
        own_id = f" {{#{topic.id}}}" if topic.id else ""
        lines += [f"### **{number}. {topic.title}**{own_id}", topic.introduction, ""]
        for item in topic.questions:
            lines += [f"*   **{item.text}**" + (f" {{#{item.id}}}" if item.id else "")]
            first, *rest = item.answer.split("\n")
            lines += [f"    - {first}", *(f"      {line}" if line else "" for line in rest), ""]
    return "\n".join(lines)


@settings(max_examples=10)
@given(documents(), st.sampled_from(["\r\n", "\r"]))
def test_line_endings_make_no_difference(
    document: list[tuple[str, list[Asked]]], ends: str
) -> None:
    """A source with CRLF or CR line endings gives the same bytes."""
    text = written(document)
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        assert split(text, Path(one)) == split(text.replace("\n", ends), Path(other)) == 0
        assert files(Path(one)) == files(Path(other))


@settings(max_examples=12)
@given(documents(), st.data())
def test_order_changes_no_id(document: list[tuple[str, list[Asked]]], data: st.DataObject) -> None:
    """Topics and their questions keep their ids in any order, published or not."""
    shuffled = data.draw(st.permutations(document))
    published = data.draw(st.booleans())
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        assert split(written(document), Path(one)) == 0
        second = Path(one) if published else Path(other)
        before = names(Path(one))
        assert split(written(shuffled), second) == 0
        assert before == names(second)


def names(folder: Path) -> dict[str, str]:
    """Return the id of every topic and question by its text."""
    data = json.loads((folder / "docs/questions.json").read_bytes())
    return {
        **{topic["title"]: topic["id"] for topic in data["topics"]},
        **{item["question"]: item["id"] for item in data["questions"]},
    }


@settings(max_examples=8)
@given(documents())
def test_second_run_changes_nothing(document: list[tuple[str, list[Asked]]]) -> None:
    """A second run finds nothing to do."""
    with TemporaryDirectory() as name:
        assert split(written(document), Path(name)) == 0
        assert split(written(document), Path(name), "--check") == 0
        before = {path: path.stat().st_mtime_ns for path in Path(name).rglob("*")}
        assert split(written(document), Path(name)) == 0
        assert before == {path: path.stat().st_mtime_ns for path in Path(name).rglob("*")}


FRAGMENTS = st.sampled_from(
    [
        *(
            "# T",
            "### **1. A**",
            "### **2. B** {#b}",
            "### ** **",
            "##",
            "---",
            "===",
            "```",
            "~~~",
        ),
        *("*   **Why?**", "*   **What** is?", "- **x", "*   ****", "**", "    - Answer", "  - x"),
        *("        - far", "\t- tab", "      more", "text", "<!--", "-->", "| a |", "|---|", "> q"),
        *(
            "[x](#y)",
            "[x]: #y",
            "[^1]: n",
            "*[A]: b",
            "{#id}",
            "{{ x }}",
            "\\",
            "`",
            "*",
            "_",
            "[",
            "![",
        ),
        *(
            "\u00a0",
            "\ufeff",
            "\x00",
            "\u2028",
            "\u202e",
            "\u200b",
            "🚀",
            "é",
            "::error::x",
            "1.",
            "10)",
        ),
        *(" ", "    ", "\t", "\n", "\n\n", "\n    - ", "\n*   **", "**\n", "\r", "\r\n"),
    ]
)
TEXTS = st.one_of(st.lists(FRAGMENTS, max_size=25).map("".join), st.text(max_size=60))
GOOD = "# T\n\n### **1. A**\n*   **Why?**\n    - Because.\n"
SOURCES = st.builds("".join, st.tuples(st.sampled_from([GOOD, GOOD, GOOD, ""]), TEXTS))
"""Sources with something wrong, some from the first character on."""


@settings(max_examples=300)
@given(SOURCES)
def test_any_text_gives_pages_or_diagnostics(text: str) -> None:
    """Any source gives either all pages or an error, and nothing is written elsewhere."""
    with TemporaryDirectory() as name:
        root = Path(name)
        code, told = said(text, root / "project")
        made = files(root / "project")

        assert [path.name for path in root.iterdir()] == ["project"]
        assert [path.name for path in (root / "project").iterdir()] == ["docs"]
        assert code in {0, 1}
        assert bool(made) == (code == 0)
        assert (": error[E" in told) == (code == 1)


@settings(max_examples=100)
@given(TEXTS)
def test_any_text_gives_inert_pages(text: str) -> None:
    """Any source gives pages on which a browser finds nothing to run."""
    with suppress(ValueError):
        assert hostile.on_pages(pages(f"{GOOD}      {text}")) == []


@settings(max_examples=100)
@given(st.binary(max_size=80))
def test_any_bytes_give_diagnostics(data: bytes) -> None:
    """Any few bytes, even if they are not text, give at least one diagnostic."""
    report = Report()

    questions.parse(source.decode("a.md", data, report), report)

    assert report.items


@settings(max_examples=40)
@given(TEXTS)
def test_errors_write_nothing(text: str) -> None:
    """A run that finds errors changes no file."""
    with TemporaryDirectory() as name:
        assert split(GOOD, Path(name)) == 0
        before = files(Path(name))
        if split(GOOD + text, Path(name)) == 1:
            assert before == files(Path(name))
