"""Collections of questions as other people write them, for each shape: made up, and at random."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from hypothesis import strategies as st

_WORDS = (
    "amber birch cedar delta ember fjord glade heron islet junco kelp lemur maple nectar otter "
    "plume quartz raven sedge thrush umber viola willow yarrow zephyr árbol über 蜂蜜 чай شاي"
).split()
WORD = st.sampled_from(_WORDS)
PHRASE = st.lists(WORD, min_size=2, max_size=6).map(" ".join)


@dataclass(frozen=True)
class Asked:
    """A question with the blocks of its answer."""

    title: str
    blocks: tuple[str, ...]


@dataclass(frozen=True)
class Topic:
    """A topic with its questions."""

    title: str
    questions: tuple[Asked, ...]


def _block(kind: str, first: str, second: str) -> str:
    """Return a block of an answer in Markdown or HTML as people write it."""
    return {
        "text": f"{first}.\n{second}.",
        "bold within": f"It is **{first}**, `{second}` and <i>{first}</i>.",
        "list": f"- {first}\n- {second}\n  - {first}",
        "numbers": f"1. {first}\n2. {second}",
        "code": f"```sh\n# {first}\n{second} --help\n```",
        "tildes": f"~~~\n<details>\n## {first}\n\n{second}?\n~~~",
        "indented": f"{first}:\n\n    {second} = 1\n    # {first}",
        "quote": f"> {first}\n> {second}",
        "table": f"| {first} | b |\n| --- | --- |\n| {second} | `c` |",
        "break": f"{first}<br>\n{second}<br/>",
        "picture": f"{first} ![{second}](https://example.org/a.png)",
        "link": f"See [{first}](https://example.org/{len(first)}) and [{second}](other.md).",
        "html": f'<p align="center">{first} <b>{second}</b></p>',
        "formula": f"{first} $x^2$ {second}",
        "elements": f"<ul>\n<li>{first}</li>\n<li>{second} <code>x</code></li>\n</ul>",
        "template": f"{first} {{{{ {second} }}}} {{% x %}}",
        "generic": f"{first} List<String> {second}",
    }[kind]


BLOCK = st.builds(
    _block,
    st.sampled_from(
        "text|bold within|list|numbers|code|tildes|indented|quote|table|break|picture|link|html|"
        "formula|elements|template|generic".split("|")
    ),
    PHRASE,
    PHRASE,
)


@st.composite
def topics(draw: st.DrawFn) -> list[Topic]:
    """Draw topics with distinct titles and questions; each answer starts with text."""
    found, number = [], 0
    for at in range(draw(st.integers(1, 3))):
        questions = []
        for _ in range(draw(st.integers(2, 4))):
            number += 1
            title = f"{draw(PHRASE)} {number}?"
            first = f"{draw(PHRASE)}."
            questions.append(Asked(title, (first, *draw(st.lists(BLOCK, max_size=3)))))
        found.append(Topic(f"{draw(WORD)} {'abc'[at]}", tuple(questions)))
    return found


def _indented(text: str, width: int) -> str:
    return "\n".join(" " * width + line if line else "" for line in text.split("\n"))


def _collection(made: Sequence[Topic], write: Callable[[int, Asked], Sequence[str]]) -> str:
    """Write topics as headings; `write` returns the blocks of a question by its number."""
    parts = ["# Title"]
    for topic in made:
        parts.append(f"## {topic.title}")
        for number, item in enumerate(topic.questions, start=1):
            parts += write(number, item)
    return "\n\n".join(parts) + "\n"


def _heading(number: int, item: Asked, title: str = "### {title}") -> list[str]:
    return [title.format(title=item.title, number=number), *item.blocks]


def _list_item(number: int, item: Asked, heading: str = "") -> list[str]:
    marker = f"{number}. "
    body = "\n\n".join([f"{heading}{item.title}", *item.blocks])
    return [marker + _indented(body, len(marker)).lstrip()]


def _details(_: int, item: Asked) -> list[str]:
    first = f"<details>\n<summary><b>{item.title}</b></summary><br>"
    return [first, *item.blocks, "</details>"]


def _answer_in_details(_: int, item: Asked) -> list[str]:
    first = "<details><summary><b>Answer</b></summary>\n<p>"
    return [f"### {item.title}", first, *item.blocks, "</p>\n</details>", "---"]


def _labels(_: int, item: Asked) -> list[str]:
    first, *others = item.blocks
    return [f"**Frage:** {item.title}", f"**Antwort:** {first}", *others]


_WRITTEN: dict[str, Callable[[int, Asked], Sequence[str]]] = {
    "headings": _heading,
    "numbered headings": partial(_heading, title="### {number}. {title}"),
    "HTML headings": partial(_heading, title="<h3>{title}</h3>"),
    "headings in lists": partial(_list_item, heading="### "),
    "list items": _list_item,
    "summaries": _details,
    "answers in details": _answer_in_details,
    "bold lines": partial(_heading, title="**{title}**"),
    "labels": _labels,
}
SHAPES: dict[str, Callable[[Sequence[Topic]], str]] = {
    name: partial(_collection, write=write) for name, write in _WRITTEN.items()
}
"""Name of a shape to what writes topics in it."""


def files(made: Sequence[Topic]) -> list[tuple[str, str]]:
    """Write topics as a folder for each, with a file for each question."""
    return [
        (
            f"{at}-{topic.title.split()[0]}-{at}/{number:02}-x.md",
            f"---\ntitle: '{item.title}'\n---\n\n" + "\n\n".join(item.blocks),
        )
        for at, topic in enumerate(made)
        for number, item in enumerate(topic.questions)
    ]
