"""The topics in the navigation of `mkdocs.yml`."""

from __future__ import annotations

import pytest
from qna.data import nav

CONFIG = """\
nav:
  - Topics:
      - topics/index.md
      # <topics> written by scripts/split.py
      - topics/old.md
      # </topics>
  - About: about.md
"""


def test_block_is_replaced() -> None:
    """The marked block lists the topics, indented like its marks; everything else is unchanged."""
    assert nav.updated(CONFIG, ["b", "a"]) == CONFIG.replace(
        "      - topics/old.md\n", "      - topics/b.md\n      - topics/a.md\n"
    )


def test_same_topics_same_text() -> None:
    """A second run changes nothing."""
    once = nav.updated(CONFIG, ["b", "a"])

    assert once == nav.updated(once, ["b", "a"])


def test_no_block() -> None:
    """A configuration without the marks is unchanged."""
    assert nav.updated("nav:\n  - index.md\n", ["a"]) == "nav:\n  - index.md\n"


def test_no_topics() -> None:
    """Without topics, the block is empty, and its marks are kept for the next run."""
    config = "nav:\n  # <topics>\n  - topics/a.md\n  # </topics>\n"

    assert nav.updated(config, []) == "nav:\n  # <topics>\n  # </topics>\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_endings_are_kept(newline: str, mark: str) -> None:
    """Line endings and a byte order mark are kept, and the block has the same line endings."""
    config = mark + CONFIG.replace("\n", newline)

    assert nav.updated(config, ["old"]) == config
    assert nav.updated(config, ["a"]) == config.replace("old", "a")


def test_mixed_line_endings_are_kept() -> None:
    """Only the block changes, even in a file with mixed line endings."""
    config = f"site_name: T\r\n{CONFIG}"

    assert nav.updated(config, ["a"]) == config.replace("old", "a")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "line", ["docs_dir: pages", "docs_dir: 'pages' # x", '\ufeffdocs_dir: "pages"']
)
def test_docs_folder(line: str, newline: str) -> None:
    """The docs folder is read from its line; `docs` is the default of MkDocs."""
    assert nav.docs_folder(newline.join([line, "nav:", ""])) == "pages"
    assert nav.docs_folder(line) == "pages"
    assert nav.docs_folder(newline.join(["# docs_dir: pages", "x_docs_dir: x"])) == "docs"
