"""Citations: `[@key]`, `[@key, section 3]` or `[@key; @other]` in the running text of notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qna.markdown.parser import Parsed
from qna.markdown.running_text import Place, passages

_CITATION = re.compile(r"\[(?P<cited>@[^\[\]\n]*)\](?!\()")
_CITED = re.compile(r"\s*@(?P<key>[\w:.-]*\w)(?:,\s*(?P<locator>[^;]*\S))?\s*")


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference that is cited."""

    key: str
    locator: str
    """Where in the work, such as `section 3.2`; may be empty."""


def citations(parsed: Parsed) -> Iterator[tuple[Place, Sequence[Cited]]]:
    """Yield the citations in what was read, each with its place; a wrong one cites nothing."""
    for passage in passages(parsed):
        for match in _CITATION.finditer(passage.blanked()):
            parts = [_CITED.fullmatch(part) for part in match["cited"].split(";")]
            cited = [Cited(part["key"], part["locator"] or "") for part in parts if part]
            yield passage.place(*match.span()), cited if len(cited) == len(parts) else ()
