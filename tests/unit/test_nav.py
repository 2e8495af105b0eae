"""The topics in the navigation of `mkdocs.yml`."""

from __future__ import annotations

from qna import nav

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
    """The marked block lists the topics, at the indentation of its marks; all else stays."""
    assert nav.updated(CONFIG, ["b", "a"]) == CONFIG.replace(
        "      - topics/old.md\n", "      - topics/b.md\n      - topics/a.md\n"
    )


def test_same_topics_same_text() -> None:
    """A second run changes nothing."""
    once = nav.updated(CONFIG, ["b", "a"])

    assert once == nav.updated(once, ["b", "a"])


def test_no_block() -> None:
    """A configuration without the marks is left as it is."""
    assert nav.updated("nav:\n  - index.md\n", ["a"]) == "nav:\n  - index.md\n"


def test_no_topics() -> None:
    """Without topics the block is empty and its marks stay for the next run."""
    config = "nav:\n  # <topics>\n  - topics/a.md\n  # </topics>\n"

    assert nav.updated(config, []) == "nav:\n  # <topics>\n  # </topics>\n"
