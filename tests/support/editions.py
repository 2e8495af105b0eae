"""A small source that is edited on several days, and a reader's collection in the real Anki."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from qna import pipeline, writer
from qna.naming.reconcile import Decision
from qna.site import Site

from support.harness import ROOT

ANKI = ROOT / ".tools/anki"


@dataclass(frozen=True)
class Editions:
    """A source in a folder."""

    docs: Path

    @property
    def source(self) -> Path:
        """The source file."""
        return self.docs / "_source/questions.md"

    def write(self, name: str, text: str) -> None:
        """Write a file beside the source."""
        path = self.source.parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def edit(self, old: str, new: str) -> None:
        """Replace a text of the source."""
        text = self.source.read_text(encoding="utf-8")
        assert old in text
        self.source.write_text(text.replace(old, new), encoding="utf-8")

    def record(self, day: str, *decisions: Decision) -> Site:
        """Record all changes as an author does, and return the site."""
        when = date.fromisoformat(day)
        run = pipeline.prepare(self.source, self.docs, today=when, decisions=decisions)
        assert not run.report.errors
        writer.apply([*run.steps, *run.record])
        return self.site()

    def site(self) -> Site:
        """Return the site without recording anything, as a build does."""
        found = pipeline.read_site(self.source, self.docs)
        assert found is not None
        return found


@dataclass(frozen=True)
class Imported:
    """What an import did: how many notes were new, updated, or there already."""

    new: int
    updated: int
    known: int


class Reader:
    """A reader with a collection of cards."""

    def __init__(self, collection: Any, folder: Path) -> None:  # noqa: ANN401 - Anki has no types here
        self.collection = collection
        self._folder = folder

    def take(self, deck: bytes) -> Imported:
        """Import a deck as Anki does by default."""
        from anki.collection import ImportAnkiPackageRequest  # noqa: PLC0415

        path = self._folder / "deck.apkg"
        path.write_bytes(deck)
        log = self.collection.import_anki_package(
            ImportAnkiPackageRequest(package_path=str(path))
        ).log
        refused = (*log.conflicting, *log.missing_notetype, *log.missing_deck)
        assert [*refused, *log.empty_first_field, *log.first_field_match] == []
        return Imported(len(log.new), len(log.updated), len(log.duplicate))

    def notes(self) -> dict[str, Any]:
        """Return all notes by their `guid`."""
        found = map(self.collection.get_note, self.collection.find_notes(""))
        return {note.guid: note for note in found}

    def card(self, guid: str) -> Any:  # noqa: ANN401
        """Return the card of a note."""
        return self.notes()[guid].cards()[0]

    def study(self, guid: str, times: int, rating: int) -> None:
        """Answer a card several times."""
        for _ in range(times):
            card = self.card(guid)
            self.collection.decks.select(card.did)
            card.start_timer()
            scheduler = self.collection.sched
            states = self.collection._backend.get_scheduling_states(card.id)
            scheduler.answer_card(scheduler.build_answer(card=card, states=states, rating=rating))

    def schedules(self) -> dict[str, object]:
        """Return everything that Anki knows about when each card is due, by the note's `guid`."""
        columns = "id, did, ord, type, queue, due, ivl, factor, reps, lapses, left, flags, data"
        rows = self.collection.db.all(f"SELECT nid, {columns} FROM cards")  # noqa: S608
        names = {note.id: guid for guid, note in self.notes().items()}
        reviews = self.collection.db.all("SELECT cid, ease, ivl, time FROM revlog ORDER BY id")
        return {**{names[row[0]]: row[1:] for row in rows}, "": reviews}


@contextmanager
def reading(folder: Path) -> Iterator[Reader]:
    """Open a new collection; skip the test if Anki is not installed, except in CI."""
    if not (ANKI / "anki").is_dir():
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("Anki is not in .tools/anki; 'make test' installs it if glibc is 2.35 or newer")
    # The virtual environment's own packages come first.
    sys.path.append(str(ANKI))
    try:
        from anki.collection import Collection  # noqa: PLC0415

        collection = Collection(str(folder / "collection.anki2"))
        yield Reader(collection, folder)
        collection.close()
    finally:
        sys.path.remove(str(ANKI))
