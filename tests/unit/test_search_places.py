"""The terms, topics and paths that search shows beside questions."""

from __future__ import annotations

import json

import pytest
from qna.reading import paths
from support.harness import answer_source, pages

GLOSSARY = """\
[[term]]
name = "C++"
meaning = "A language."
explained_by = []
matches = []

[[term]]
name = "GAN"
expansion = "Generative Adversarial Network"
meaning = "Two networks that compete."
explained_by = []
matches = []

[[term]]
name = "C"
meaning = "A language."
explained_by = []
matches = []
"""


def test_rows() -> None:
    """A row has what is shown, and the anchor of a term only if its name does not tell it.

    The script that reads it derives the others: frontend/search/places.ts.
    """
    found = json.loads(
        pages(answer_source(["    - It is one."]), glossary_toml=GLOSSARY)["search/places.json"]
    )

    assert found == {
        "topics": [["topic", "Topic", "1 question with its answer."]],
        "paths": [],
        "terms": [
            ["C", "A language."],
            ["C++", "A language.", "", "term-c_2"],
            ["GAN", "Two networks that compete.", "Generative Adversarial Network"],
        ],
    }


@pytest.mark.parametrize(
    ("front_matter", "description"),
    [
        ("---\ndescription: How to start.\n---\n", "How to start."),
        ("---\ntitle: x\n---\n", ""),
        ("---\ndescription: [\n---\n", ""),  # the engine reports it
        ("---\n- a list\n---\n", ""),
        ("", ""),
    ],
)
def test_the_description_of_a_path(front_matter: str, description: str) -> None:
    """A path is described by its front matter, if that has a description."""
    assert paths.parse("first", f"{front_matter}# First\n").description == description
