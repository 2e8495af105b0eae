"""Nothing in an answer becomes active, leaves its place or takes the id of another element."""

from __future__ import annotations

import os
from random import Random

import html5lib
import pytest
from support import hostile

ANSWERS = 2_000
BATCH = 20
SEED = None if os.environ.get("HYPOTHESIS_PROFILE") == "random" else 0


def test_hostile_answers() -> None:
    """2,000 answers made of everything that ever broke a renderer leave pages intact and inert."""
    random = Random(SEED)  # noqa: S311 - not for secrets
    made = (hostile.answer(random) for _ in iter(int, 1))
    taken = (answer for answer in made if hostile.is_taken(answer))
    for _ in range(ANSWERS // BATCH):
        answers = [next(taken) for _ in range(BATCH)]
        if hostile.harm(answers):
            found = {answer: hostile.harm([answer]) for answer in answers}
            pytest.fail("\n".join(f"{text!r}: {harm}" for text, harm in found.items() if harm))


def test_hostile_hand_written_pages() -> None:
    """On hand-written pages, raw HTML is text, too, and attributes are cleaned."""
    random = Random(SEED)  # noqa: S311
    for _ in range(ANSWERS // 2):
        text = hostile.answer(random)[1:]
        assert hostile.active(text) == [], text


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ("<script>a()</script>", "<script>"),
        ("<p onclick='a()'>", "<p onclick='a()'>"),
        ("<a href='java\tscript:a()'>x</a>", "<a href='java\\tscript:a()'>"),
        ("<img src='https://evil.example/x.png'>", "<img src='https://evil.example/x.png'>"),
        ("<img src='//evil.example/x.png'>", "<img src='//evil.example/x.png'>"),
        ("<span id='second'></span>", "<span id='second'>"),
        ("<input>", "an input that is no box to look at"),
        ("<input type=checkbox>", "an input that is no box to look at"),
        ("<input type=checkbox disabled=disabled name=x>", "<input name='x'>"),
        ("<math><mi href='#x'>x</mi></math>", "mi href='#x'>"),
        ("<math style='x'></math>", "math style='x'>"),
        ("<math><annotation>x</annotation></math>", "annotation>"),
        ("<math><mtext><script>a()</script></mtext></math>", "<script>"),
        ("<s onclick='a()'>x</s>", "<s onclick='a()'>"),
        ("<li id='second'></li>", "<li> takes the id 'second'"),
        ("<h2 id='third'></h2>", "the headings are not those of the questions"),
        ("<h2 id='first'></h2>", "an id is used twice"),
        ("</details>", "an answer has spilled into the next"),
        ("<details></details>", "3 answers instead of 2"),
    ],
)
def test_harm_is_found(planted: str, told: str) -> None:
    """The checks above can fail: planted harm is found."""
    answer = "<h2 id='{}'>Q</h2><details><summary>Answer</summary>{} Related questions</details>"
    page = answer.format("first", f"x {planted}") + answer.format("second", hostile.END)
    if planted == "</details>":
        page = page.replace(hostile.END, "").replace("Related", f"{hostile.END} Related")
        page = page.replace("</details>", "", 1).replace("Answer</summary>", "Answer</summary>x")

    parsed = html5lib.parse(page, namespaceHTMLElements=False)
    found = list(hostile._harm(parsed, ["first", "second"]))
    assert told in [harm.replace(hostile._MATHML, "").removeprefix("<") for harm in found] + found


def test_harmless_page() -> None:
    """No harm is found on a page of harmless answers."""
    assert (
        hostile.harm(["Some *text* with [a link](https://example.org).", "| a |\n|---|\n| b |"])
        == []
    )
