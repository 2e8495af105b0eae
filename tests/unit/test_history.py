"""The history of a question: what counts as a change, and which date belongs to which text."""

from __future__ import annotations

from datetime import date

import pytest
from qna.naming.history import History, digests

FIRST, SECOND, THIRD = (date(2026, month, 1) for month in (1, 2, 3))
TEXTS = ("What is dropout?", "It switches units off.")
NEW = History().recorded(digests(*TEXTS), FIRST)


def test_a_new_question() -> None:
    """The first record of a question says when it was added, and that nothing has changed since."""
    assert (NEW.revision, NEW.added, NEW.changed, NEW.updated) == (1, FIRST, None, FIRST)
    assert NEW.news() == {}


@pytest.mark.parametrize(
    ("texts", "changes"),
    [
        (("What does dropout do?", TEXTS[1]), ["question"]),
        ((TEXTS[0], "It silences units."), ["answer"]),
        ((TEXTS[0], TEXTS[1] + " "), ["answer"]),
        ((*TEXTS, "See the paper."), ["note"]),
        (
            ("What does dropout do?", "It silences units.", "A note."),
            ["question", "answer", "note"],
        ),
    ],
)
def test_a_change(texts: tuple[str, ...], changes: list[str]) -> None:
    """Each text has its own date, so that readers are told which of them changed."""
    changed = NEW.recorded(digests(*texts), SECOND)

    assert (changed.revision, changed.added, changed.updated) == (2, FIRST, SECOND)
    assert changed.news() == dict.fromkeys(changes, SECOND)


def test_changes_on_several_days() -> None:
    """A change of one text leaves the date of another."""
    noted = NEW.recorded(digests(*TEXTS, "A note."), SECOND)
    without = noted.recorded(digests(TEXTS[0], "It silences units.", "A note."), THIRD)

    assert without.revision == 3
    assert list(without.news().items()) == [("note", SECOND), ("answer", THIRD)]


def test_two_changes_on_a_day() -> None:
    """They are two revisions, of which readers are told the newer text."""
    changed = NEW.recorded(digests(TEXTS[0], "A."), SECOND).recorded(
        digests(TEXTS[0], "B."), SECOND
    )

    assert (changed.revision, changed.updated) == (3, SECOND)


def test_a_change_on_the_day_it_was_added() -> None:
    """To readers, the question is new, and not changed as well."""
    changed = NEW.recorded(digests(TEXTS[0], "It silences units."), FIRST)

    assert (changed.revision, changed.updated, changed.news()) == (2, FIRST, {})


def test_a_removed_note() -> None:
    """It is a change, too."""
    noted = NEW.recorded(digests(*TEXTS, "A note."), SECOND)

    assert noted.recorded(digests(*TEXTS), THIRD).news() == {"note": THIRD}


def test_nothing_changed() -> None:
    """Recording the same texts again, on whatever day, changes nothing."""
    assert NEW.recorded(digests(*TEXTS), THIRD) == NEW


def test_no_day() -> None:
    """Without a day, nothing is recorded."""
    assert NEW.recorded(digests("Other?", "Text."), None) == NEW
    assert History().recorded(digests(*TEXTS), None) == History()


def test_a_clock_that_goes_backward() -> None:
    """A change is never dated before the one that it follows."""
    later = NEW.recorded(digests(TEXTS[0], "A."), THIRD).recorded(digests(TEXTS[0], "B."), SECOND)

    assert (later.revision, later.updated) == (3, THIRD)


def test_texts_that_are_not_recorded() -> None:
    """The old date is not that of texts that changed since; their revision is the next."""
    found = NEW.of(digests(TEXTS[0], "It silences units."))

    assert (found.revision, found.added, found.updated, found.is_recorded) == (2, None, None, False)
    assert NEW.of(digests(*TEXTS)) == NEW


def test_unknown_when_added() -> None:
    """A question from a ledger without dates gets one when it changes, and none for being added."""
    old = History(1, digests=digests(*TEXTS))
    changed = old.recorded(digests(TEXTS[0], "It silences units."), SECOND)

    assert (old.updated, old.is_recorded) == (None, True)
    assert (changed.revision, changed.added) == (2, None)
    assert changed.news() == {"answer": SECOND}
