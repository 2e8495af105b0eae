"""The history of a question: when it was added, and when its texts last changed.

The author's run of the splitter records a change, with the day of that run. Nothing else looks at
the clock, so a site has the same bytes on every day. A digest says which texts the history is
about: texts that differ, such as an answer that was edited on the forge, have no date until they
are recorded, and the old date is never shown with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

PARTS = ("question", "answer", "note")
"""The texts of a question, each with its own digest and its own date."""
_LENGTH = 16
"""Hexadecimal digits of a digest."""

Digests = Mapping[str, str]
"""The digest of each text by the name of its part; a question without a note has none for it."""


def digests(question: str, answer: str, note: str = "") -> Digests:
    """Return the digests of a question's texts as written: Markdown."""
    texts = zip(PARTS, (question, answer, note), strict=True)
    return {part: _digest(text) for part, text in texts if text}


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


@dataclass(frozen=True, slots=True)
class History:
    """The history of one question."""

    revision: int = 0
    """Number of recorded changes, the first being that it was added; 0 if nothing is recorded."""
    added: date | None = None
    """When it was added, if that was recorded with a date."""
    changes: Mapping[str, date] = field(default_factory=dict)
    """Name of a part to the day of its last change."""
    digests: Digests = field(default_factory=dict)
    """Of the texts that this is the history of."""

    @property
    def is_recorded(self) -> bool:
        """Whether the texts are those that the ledger has recorded."""
        return bool(self.digests)

    @property
    def changed(self) -> date | None:
        """The day of the last change after it was added."""
        return max(self.changes.values(), default=None)

    @property
    def updated(self) -> date | None:
        """The date of the texts: when they last changed or, if never, were added."""
        return self.changed or self.added

    def news(self) -> dict[str, date]:
        """Return the changes that readers are told: not those of the day it was added."""
        changes = sorted(self.changes.items(), key=lambda pair: (pair[1], PARTS.index(pair[0])))
        return {part: day for part, day in changes if not self.added or day > self.added}

    def recorded(self, current: Digests, today: date | None) -> History:
        """Return the history with a change of texts recorded; unchanged without a day.

        Dates never go backward, even if the clock does.
        """
        if today is None or current == self.digests:
            return self
        day = max(filter(None, (today, self.updated)))
        if not self.revision:
            return History(1, day, {}, current)
        changed = [part for part in PARTS if current.get(part) != self.digests.get(part)]
        changes = {**self.changes, **dict.fromkeys(changed, day)}
        return History(self.revision + 1, self.added, changes, current)

    def of(self, current: Digests) -> History:
        """Return the history of the current texts: a change that is not recorded has no date."""
        return self if current == self.digests else History(self.revision + 1)
