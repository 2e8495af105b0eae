"""An Anki deck: a card for each question, a deck for each topic.

Anki recognizes a note by its `guid`, which is the id that the question was first published under:
it stays when a question gets another id. Anki takes a note from a newer file only if its `mod` is
later. So each note has a `mod` from the history of its question: whoever
imports the deck again gets the texts that have changed, and keeps everything else.
"""

from __future__ import annotations

import io
import itertools
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from hashlib import sha256
from html import escape as html
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import genanki

from qna.appearance.look import Look
from qna.downloads import site_slug, styles
from qna.downloads.anki_cards import FIELDS, Cards
from qna.downloads.inputs import Texts
from qna.downloads.kept import Keep
from qna.markdown import plain_text
from qna.model import Question, Topic
from qna.naming.history import History
from qna.site import Site

STYLED = datetime(2026, 11, 28, tzinfo=UTC)
"""When the fields, templates or styles of cards last changed.

Anki takes newer ones over those of its reader, and ignores newer ones with an old date.
"""
STYLES = Path(__file__).with_name("anki.css").read_text(encoding="utf-8")
"""Has names of colors."""
FRONT = """\
<div class="topic" dir="auto">{{Topic}}</div>
<div class="question" dir="auto">{{Question}}</div>"""
BACK = """\
{{FrontSide}}
<hr id="answer">
<div class="answer" dir="auto">{{Answer}}</div>
{{#Note}}<div class="note" dir="auto">{{Note}}</div>{{/Note}}
{{#Sources}}<div class="sources" dir="auto">{{Sources}}</div>{{/Sources}}
{{#Address}}<p class="page"><a href="{{Address}}">{{Address}}</a></p>{{/Address}}"""

_UNDATED = date(2001, 1, 1)
"""The day of a text that is recorded without one."""
_MOST = 10_000
"""More questions than a topic has: new cards come in the order of the site."""
_ZIPPED = (1980, 1, 1, 0, 0, 0)
_SQLITE_VERSION = slice(96, 100)
"""The bytes of a database that hold the version of the library that wrote it."""


def deck(
    site: Site,
    address: str,
    topic: Topic | None = None,
    keep: Keep | None = None,
    look: Look | None = None,
) -> bytes:
    """Return a deck of a site, or of one of its topics, as an `.apkg` file.

    Cards link to the site at `address`, if there is one.
    """
    slug, title, names = site_slug(site), _deck_name(site.document.title), _names(site)
    model = _model(site, slug, styles.filled(STYLES, look or styles.usual_look()))
    cards = Cards(site, address, keep or Keep(Texts(site, address)))
    decks = [genanki.Deck(_number("deck", slug), title, _description(site, address))]
    for place, found in enumerate(site.document.topics):
        if topic is None or topic.id == found.id:
            name = f"{title}::{_deck_name(found.title)}"
            decks.append(genanki.Deck(_number("deck", slug, found.id), name))
            for number, item in enumerate(found.questions, place * _MOST):
                decks[-1].add_note(_note(cards, item, names[item.id], model, number))
    dated = {
        names[item.id]: modified(site.histories[item.id], history)
        for item, history in _recorded(site)
    }
    return _zipped(_database(genanki.Package(decks), dated, _number("notes", slug)))


def modified(history: History, recorded: History) -> int:
    """Return when a question last changed, in seconds: later for each revision, even on one day.

    `recorded` is its history in the ledger. Texts that differ from the recorded ones are later than
    these, and earlier than those that are recorded next.
    """
    known = history if history.is_recorded else recorded
    start = datetime.combine(known.updated or _UNDATED, datetime.min.time(), UTC)
    ahead = 0 if history.is_recorded else 1
    return int(start.timestamp()) + 2 * known.revision + ahead


def _recorded(site: Site) -> Iterator[tuple[Question, History]]:
    """Yield each question with its history in the ledger, whatever its texts are now."""
    histories = {entry.id: entry.history for entry in site.published.questions}
    return ((item, histories.get(item.id, History())) for item in site.document.questions())


def _model(site: Site, slug: str, css: str) -> genanki.Model:
    return genanki.Model(
        _number("notetype", slug),
        plain_text.inline(site.document.title),
        [{"name": name} for name in FIELDS],
        [{"name": site.words.text("answers.answer"), "qfmt": FRONT, "afmt": BACK}],
        css=css,
    )


def _description(site: Site, address: str) -> str:
    """Return the HTML that Anki shows above a deck."""
    text = html(site.words.text("downloads.deck", title=plain_text.inline(site.document.title)))
    return f'{text} <a href="{html(address)}">{html(address)}</a>' if address else text


def _names(site: Site) -> dict[str, str]:
    """Return what Anki knows each question by, by its id."""
    taken = {item.id for item in site.document.questions()}
    originals = {entry.id: entry.original for entry in site.published.questions}
    # A new question may have got the id that an older one had.
    return {name: name if (old := originals.get(name, name)) in taken else old for name in taken}


def _note(
    cards: Cards, question: Question, name: str, model: genanki.Model, due: int
) -> genanki.Note:
    fields, tags = cards.fields(question), list(cards.tags(question))
    return genanki.Note(model, fields, guid=name, tags=tags, due=due)


def _deck_name(title: str) -> str:
    """Return a title as a part of a deck's name, in which `::` separates the parts."""
    return plain_text.inline(title).replace("::", ":")


def _number(*names: str) -> int:
    """Return the id that Anki knows a deck or a note type by: the same for the same names."""
    return (1 << 30) + int.from_bytes(sha256("\0".join(names).encode()).digest()[:4]) % (1 << 30)


def _database(package: genanki.Package, dated: Mapping[str, int], first_id: int) -> bytes:
    """Return the database of a package, with the `mod` of each note by its `guid`."""
    with closing(sqlite3.connect(":memory:")) as base:
        package.write_to_db(base.cursor(), STYLED.timestamp(), itertools.count(first_id))
        pairs = ((when, name) for name, when in dated.items())
        base.executemany("UPDATE notes SET mod = ? WHERE guid = ?", pairs)
        base.commit()
        data = bytearray(base.serialize())
    data[_SQLITE_VERSION] = bytes(4)
    return bytes(data)


def _zipped(database: bytes) -> bytes:
    """Return an `.apkg` file without media, whose bytes do not depend on the time."""
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, data in (("collection.anki2", database), ("media", b"{}")):
            archive.writestr(ZipInfo(name, _ZIPPED), data, ZIP_DEFLATED, 9)
    return packed.getvalue()
