"""Learning paths as the splitter reads them: their title and steps."""

from __future__ import annotations

from pathlib import Path

import pytest
from qna.pages.fragments import path_anchor
from qna.reading import paths
from qna.reading.paths import LearningPath, Step, by_question, parse

PATH = LearningPath("vision", "Vision", ("pooling", "stride", "padding"))


@pytest.mark.parametrize(
    "call",
    [
        '{{ step("pooling") }}',
        "{{step('pooling')}}",
        '{{- step( "pooling", "Smaller maps." ) -}}',
        '{{ step(question_id="pooling", reason="Smaller maps.") }}',
        '{{\n  step(\n    "pooling",\n    "Smaller maps."\n  )\n}}',
        '- {{ step("pooling") }}',
    ],
)
def test_a_call_of_the_macro_is_a_step(call: str) -> None:
    """A step is found however its call is written."""
    assert parse("vision", f"# Vision\n\n{call}\n").steps == ("pooling",)


@pytest.mark.parametrize(
    "text",
    [
        '{# {{ step("pooling") }} #}',
        '{#\n{{ step("pooling") }}\n#}',
        '{% raw %}{{ step("pooling") }}{% endraw %}',
        '{%- raw -%}\n{{ step("pooling") }}\n{%- endraw -%}',
        '{{ question("pooling") }}',
        '{{ steps("pooling") }}',
        'step("pooling")',
        "{{ step(name) }}",
    ],
)
def test_what_is_no_step(text: str) -> None:
    """Comments, verbatim text, other macros and computed ids are no steps."""
    assert parse("vision", f"# Vision\n\n{text}\n").steps == ()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Vision\n", "Vision"),
        ("# Vision { #vision }\n", "Vision"),
        ("# *Seeing* & `C++` {#see}\n", "Seeing & C++"),
        ("---\n# title: Comment\ntitle: Head\n---\n\nText\n\n# Vision\n", "Vision"),
        ("## Section\n\nNo title\n", "vision"),
        ("", "vision"),
    ],
)
def test_title(text: str, title: str) -> None:
    """The title is the page's heading as plain text, or the name of its file."""
    assert parse("vision", text).title == title


def test_places() -> None:
    """A question's place on a path has a number and neighbors, none beyond the ends."""
    found = by_question([PATH], PATH.steps)

    assert [step.number for name in PATH.steps for step in found[name]] == [1, 2, 3]
    assert [step.around for name in PATH.steps for step in found[name]] == [
        ("", "stride"),
        ("pooling", "padding"),
        ("stride", ""),
    ]


def test_a_question_on_several_paths() -> None:
    """A question may be a step of several paths."""
    other = LearningPath("short", "Short", ("stride",))

    assert by_question([PATH, other], PATH.steps)["stride"] == (Step(PATH, 2), Step(other, 1))


@pytest.mark.parametrize("steps", [("pooling", "poolng"), ("pooling", "stride", "pooling")])
def test_a_path_with_a_mistake_has_no_places(steps: tuple[str, ...]) -> None:
    """A path with an unknown or repeated question is left out; the macro reports the mistake."""
    assert by_question([LearningPath("vision", "Vision", steps)], PATH.steps) == {}


def test_an_anchor_is_no_id_of_a_question() -> None:
    """The anchor of a path cannot be the id of a heading on the same page, whatever its name."""
    assert path_anchor(PATH) == "path:vision"
    assert path_anchor(LearningPath("My first path", "", ())) == "path:my-first-path"


def test_files(tmp_path: Path) -> None:
    """Each page in the folder but its list is a path; other and unreadable files are left out."""
    folder = tmp_path / paths.FOLDER
    folder.mkdir()
    for name in ("index.md", "b.md", "a.md", ".#a.md", "b.md~", "notes.txt"):
        (folder / name).write_bytes(b'\xef\xbb\xbf# T\xff\n{{ step("pooling") }}\n')
    (folder / "folder.md").mkdir()
    (folder / "gone.md").symlink_to(tmp_path / "nowhere")

    found = paths.read(tmp_path)

    assert [(path.id, path.title, path.steps) for path in found] == [
        ("a", "T\ufffd", ("pooling",)),
        ("b", "T\ufffd", ("pooling",)),
    ]
    assert paths.read(tmp_path / "nowhere") == ()
