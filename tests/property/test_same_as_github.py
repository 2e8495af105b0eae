"""An answer may use all of Markdown: it is rendered completely and with the same meaning."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from support import github
from support.edits import FORMULAS, Lines, answers, sources
from support.harness import answer_source, html, pages


@settings(max_examples=150)
@given(st.data(), answers)
def test_an_answer_means_the_same_as_on_github(data: st.DataObject, answer: Lines) -> None:
    """The HTML of an answer on its topic page means the same as the output of GitHub's parser."""
    page = pages(answer_source(data.draw(sources(answer))))["topics/topic.md"]
    theirs = github.rendered("\n".join(answer), FORMULAS)
    expected = github.meaning(theirs.replace('href="#question"', 'href="../q/question.md"'))
    (shown,) = github.answers(html(page))

    assert github.without_lone_number(shown) == github.without_lone_number(expected)
