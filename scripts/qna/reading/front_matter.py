"""Front matter: the YAML between two lines of dashes at the start of a Markdown file."""

from __future__ import annotations

import re
from typing import NamedTuple

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)


class Split(NamedTuple):
    """A Markdown file in two parts."""

    yaml: str | None
    """None if there is no front matter."""
    body: str
    """Without blank lines at its start and end."""
    above: int
    """Number of lines above the first line of the body."""


def split(text: str) -> Split:
    """Split the text of a file into its front matter and its body."""
    head = _FRONT_MATTER.match(text)
    rest = text[head.end() if head else 0 :]
    body = rest.lstrip("\n")
    above = text.count("\n", 0, len(text) - len(body))
    return Split(head["yaml"] if head else None, body.rstrip("\n"), above)
