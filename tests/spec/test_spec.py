"""The examples of CommonMark and of GitHub's Markdown, each as an answer of a source."""

from __future__ import annotations

from support import examples


def test_examples_say_what_their_specification_says() -> None:
    """Each has its specification's result on a topic page, or its entry in `expected.toml`.

    An entry for an example that is neither refused nor different fails, too.
    """
    found, expected = examples.outcomes(), examples.expected()

    assert {name: was for name, was in found.items() if was != expected[name]} == {}


def test_examples_are_complete() -> None:
    """All of CommonMark's are there, and of GitHub's those that are not CommonMark's."""
    names = [example.name for example in examples.all_examples()]

    assert sum(name.startswith("commonmark-") for name in names) == 652
    assert {"gfm-198", "gfm-279", "gfm-491", "gfm-622"} <= set(names)
