"""The examples of the CommonMark and GitHub specifications, each as an answer in a source."""

from __future__ import annotations

from support import examples


def test_examples_match_their_specification() -> None:
    """Each example has the specified result on a topic page, or an entry in `expected.toml`.

    An entry for an example that is neither refused nor different is a failure, too.
    """
    found, expected = examples.outcomes(), examples.expected()

    assert {name: was for name, was in found.items() if was != expected[name]} == {}


def test_examples_are_complete() -> None:
    """The examples include all of CommonMark, and those of GitHub that CommonMark does not have."""
    names = [example.name for example in examples.all_examples()]

    assert sum(name.startswith("commonmark-") for name in names) == 652
    assert sum(name.startswith("gfm-") for name in names) == 47
