"""Whatever is in other people's collections, the source has all of it, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qna import importing
from qna.diagnostics import Report, render
from qna.importing import Text
from qna.markdown import plain_text
from qna.model import Document
from qna.naming import ledger, reconcile
from qna.reading import questions, source
from support.collections import SHAPES, Topic, files, topics


def read_back(text: str) -> Document:
    """Read a source as the splitter does; fail on an error."""
    report = Report()
    document = questions.parse(source.decode("questions.md", text.encode(), report), report)
    named, _ = reconcile.assign(document, ledger.Ledger(), (), "questions.md", report)
    assert not report.errors, render(report, {"questions.md": text.split("\n")})
    return named


def check(texts: Sequence[Text], made: Sequence[Topic]) -> None:
    """Check that topics, questions and the words of each answer come out as they went in."""
    found = importing.imported(texts, "questions")
    assert found
    assert not found.differences
    document = read_back(found.source)
    asked = [[item.title for item in topic.questions] for topic in made]
    assert [[item.text for item in topic.questions] for topic in document.topics] == asked
    for item, question in zip(
        (item for topic in made for item in topic.questions), document.questions(), strict=True
    ):
        shown = plain_text.text(question.answer)
        for block in item.blocks:
            for word in re.findall(
                r"[^\W\d_]{4,}", re.sub(r"<[^>]*>|\(http\S*|\(other", "", block)
            ):
                assert word in shown or word in question.answer


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_shapes(shape: str, data: st.DataObject) -> None:
    """Collections of every shape keep their topics, questions and answers."""
    made = data.draw(topics())
    check([Text("questions.md", SHAPES[shape](made))], made)


@settings(max_examples=8, deadline=None)
@given(topics())
def test_folders(made: list[Topic]) -> None:
    """So do folders with a file for each question."""
    check([Text(name, text) for name, text in files(made)], made)


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("ab?* \n#<>`-1.[](){}!|:_$\t\\&é"), max_size=200))
def test_any_text(text: str) -> None:
    """Any text is read, or is no collection; what is written has no error."""
    if found := importing.imported([Text("a.md", text)], "a"):
        read_back(found.source)
