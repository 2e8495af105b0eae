"""The Anki deck: a reader can import it again and again without losing anything."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from qna.appearance import colors
from qna.downloads import anki, anki_cards, styles
from qna.naming.history import History
from qna.naming.reconcile import Decision
from support.editions import Editions, Imported, Reader, reading
from support.harness import ROOT

ADDRESS = "https://example.org/questions/"
GOOD, AGAIN = 2, 0
SOURCE = r"""# Deep "Learning" & more

### **1. Training & *more***
*   **What is *dropout*, $p < 1$?** {#dropout}
    - It switches units off with $p<1$, see [pooling](#maps), [about](../about.md#us) and
      [Wikipedia](https://en.wikipedia.org/wiki/Dropout).

      $$
      y = \begin{cases} a & b \\[2pt] c \end{cases}
      $$

*   **What is momentum?**
    - It keeps a velocity.

### **2. Networks::Maps** {#networks}
*   **What is pooling?** {#maps}
    - It makes maps smaller.

*   **Tell a story?** {#story}
    - [Personal answer required - tell it.]
"""
NOTE = """---
checked: 2026-03-01
status: dated
caution: Maps are out of fashion.
---
Maps shrink [@lee2009maps, section 2], see [](#dropout).

## What they ask next

![A map](../figures/map.svg)
"""
BIBLIOGRAPHY = """@article{lee2009maps,
  author = {Lee, Ann}, title = {Maps & more}, year = {2009}, journal = {Nature}, doi = {10.1000/1}
}
"""
FIGURE = '<svg xmlns="http://www.w3.org/2000/svg"><title>Map</title><path class="figure-1"/></svg>'


@pytest.fixture
def editions(tmp_path: Path) -> Editions:
    """A source, not yet recorded."""
    made = Editions(tmp_path / "docs")
    made.write("questions.md", SOURCE)
    return made


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    """A reader with an empty collection."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Anki's own
        with reading(tmp_path) as found:
            yield found


def test_only_what_changed(editions: Editions, reader: Reader) -> None:
    """A second import updates the one note that changed; schedules and own edits stay."""
    first = reader.take(anki.deck(editions.record("2026-03-02"), ADDRESS))
    reader.study("dropout", 4, GOOD)
    reader.study("momentum", 1, AGAIN)
    reader.study("maps", 2, GOOD)
    own = reader.notes()["momentum"]
    own["Answer"] = "In my own words."
    own.tags.append("mine")
    reader.collection.update_note(own)
    scheduled = reader.schedules()
    before = {guid: note.fields for guid, note in reader.notes().items()}

    editions.edit("It makes maps smaller.", "It shrinks maps.")
    second = reader.take(anki.deck(editions.record("2026-03-09"), ADDRESS))
    after = {guid: note.fields for guid, note in reader.notes().items()}

    assert (first, second) == (Imported(4, 0, 0), Imported(0, 1, 3))
    assert reader.schedules() == scheduled
    assert "It shrinks maps." in after["maps"][1]
    assert {**after, "maps": []} == {**before, "maps": []}
    assert "mine" in reader.notes()["momentum"].tags


def test_nothing_changed(editions: Editions, reader: Reader) -> None:
    """A deck of the same texts changes nothing, even if it was built on another day."""
    reader.take(anki.deck(editions.record("2026-03-02"), ADDRESS))

    assert reader.take(anki.deck(editions.record("2026-11-28"), "")) == Imported(0, 0, 4)


def test_two_changes_on_one_day(editions: Editions, reader: Reader) -> None:
    """Each change is newer than the one before, also on the same day."""
    reader.take(anki.deck(editions.record("2026-03-02"), ADDRESS))
    for text in ("It shrinks maps.", "It pools maps."):
        before = editions.source.read_text(encoding="utf-8").split("### **2.")[1].split("- ")[1]
        editions.edit(before.split("\n")[0], text)

        assert reader.take(anki.deck(editions.record("2026-03-02"), ADDRESS)) == Imported(0, 1, 3)
        assert text in reader.notes()["maps"]["Answer"]


def test_a_change_before_it_is_recorded(editions: Editions, reader: Reader) -> None:
    """An answer that was edited on the forge arrives, and so does the next one, once recorded."""
    reader.take(anki.deck(editions.record("2026-03-02"), ADDRESS))
    editions.edit("It makes maps smaller.", "It shrinks maps.")

    assert reader.take(anki.deck(editions.site(), ADDRESS)) == Imported(0, 1, 3)

    editions.edit("It shrinks maps.", "It pools maps.")

    assert reader.take(anki.deck(editions.record("2026-03-02"), ADDRESS)) == Imported(0, 1, 3)
    assert "It pools maps." in reader.notes()["maps"]["Answer"]


def test_new_questions(editions: Editions, reader: Reader) -> None:
    """A new question is a new card in the deck of its topic; a removed one stays."""
    reader.take(anki.deck(editions.record("2026-03-02"), ADDRESS))
    editions.edit(
        "*   **What is momentum?**",
        "*   **What is decay?**\n    - It shrinks.\n\n*   **What is momentum?**",
    )

    assert reader.take(anki.deck(editions.record("2026-03-03"), ADDRESS)) == Imported(1, 0, 4)
    assert reader.card("decay").did == reader.card("dropout").did


def test_other_ids(editions: Editions, reader: Reader) -> None:
    """A question that is renamed, more than once, and takes in others stays the same note."""
    reader.take(anki.deck(editions.record("2026-03-02"), ADDRESS))
    reader.study("maps", 2, GOOD)
    scheduled = reader.schedules()
    editions.edit(" {#maps}", "")
    editions.edit("(#maps)", "(#pool)")
    editions.record("2026-03-03", Decision("rename", "maps", "pool"))
    editions.edit("(#pool)", "(#pools)")
    site = editions.record("2026-03-03", Decision("rename", "pool", "pools"))
    editions.edit("*   **What is momentum?**\n    - It keeps a velocity.\n", "")
    merged = editions.record("2026-03-04", Decision("retire", "momentum", "pools"))

    assert [item.id for item in site.document.questions()][2] == "pools"
    for found in (anki.deck(site, ADDRESS), anki.deck(merged, ADDRESS)):
        assert reader.take(found).new == 0
        assert reader.schedules() == scheduled


def test_a_question_in_place_of_another(editions: Editions, reader: Reader) -> None:
    """A new question that replaces one takes over its note, and its schedule."""
    reader.take(anki.deck(editions.record("2026-03-02"), ADDRESS))
    old = "*   **What is momentum?**\n    - It keeps a velocity."
    editions.edit(old, "*   **Which optimizer would you try?** {#optimizer}\n    - Adam.")

    site = editions.record("2026-03-04", Decision("retire", "momentum", "optimizer"))

    assert reader.take(anki.deck(site, ADDRESS)) == Imported(0, 1, 3)
    assert "Adam" in reader.notes()["momentum"]["Answer"]


def test_the_deck_of_a_topic(editions: Editions, reader: Reader) -> None:
    """The deck of one topic has the same cards as the deck of all, in the same place."""
    site = editions.record("2026-03-02")
    topic = site.document.topics[1]

    assert reader.take(anki.deck(site, ADDRESS, topic)) == Imported(2, 0, 0)

    decks = reader.card("maps").did
    assert reader.take(anki.deck(site, ADDRESS)) == Imported(2, 0, 2)
    assert reader.card("maps").did == decks
    names = [deck.name for deck in reader.collection.decks.all_names_and_ids()]
    assert names == [
        'Deep "Learning" & more',
        'Deep "Learning" & more::Networks:Maps',
        'Deep "Learning" & more::Training & more',
        "Default",
    ]


def test_own_places_and_styles(editions: Editions, reader: Reader) -> None:
    """Cards that a reader moved, and styles that a reader changed, stay so."""
    reader.take(anki.deck(editions.record("2026-03-02"), ADDRESS))
    own = reader.collection.decks.id("Mine")
    reader.collection.set_deck([reader.card("maps").id], own)
    model = reader.notes()["maps"].note_type()
    model["css"] = ".card { color: red; }"
    reader.collection.models.update_dict(model)

    editions.edit("It makes maps smaller.", "It shrinks maps.")
    reader.take(anki.deck(editions.record("2026-03-09"), ADDRESS))

    assert reader.card("maps").did == own
    assert reader.notes()["maps"].note_type()["css"] == ".card { color: red; }"


def test_another_color(editions: Editions, reader: Reader) -> None:
    """A deck in another color is for new readers; those before lose nothing and keep theirs."""
    site, look = editions.record("2026-03-02"), styles.usual_look()
    other = replace(look, tokens=colors.replaced(look.tokens, {"light": {"accent": "#855700"}}))
    reader.take(anki.deck(site, ADDRESS))

    assert reader.take(anki.deck(site, ADDRESS, look=other)) == Imported(0, 0, 4)
    assert "#855700" not in reader.notes()["maps"].note_type()["css"]


def test_two_sites(editions: Editions, reader: Reader, tmp_path: Path) -> None:
    """Decks of two sites have topics of the same name, and stay apart."""
    other = Editions(tmp_path / "other")
    other.write("questions.md", "# Bread\n\n### **1. Networks**\n*   **Gluten?**\n    - Yes.\n")
    reader.take(anki.deck(editions.record("2026-03-02"), ADDRESS))

    assert reader.take(anki.deck(other.record("2026-03-02"), "")) == Imported(1, 0, 0)
    assert len(reader.notes()) == 5
    assert reader.card("gluten").did != reader.card("maps").did


def test_cards(editions: Editions, reader: Reader) -> None:
    """A card has the question, then the answer, and formulas in Anki's own form."""
    reader.take(anki.deck(editions.record("2026-03-02"), ADDRESS))
    shown = reader.card("dropout").render_output()
    site = f"{ADDRESS}q/"

    assert r"What is <em>dropout</em>, \(p &lt; 1\)?" in shown.question_text
    assert "switches" not in shown.question_text
    assert r"units off with \(p&lt;1\)" in shown.answer_text
    assert r"<p>\[y = \begin{cases} a &amp; b \\[2pt] c \end{cases}\]</p>" in shown.answer_text
    assert f'<a href="{site}maps/">pooling</a>' in shown.answer_text
    assert f'<a href="{ADDRESS}about/#us">about</a>' in shown.answer_text
    assert '<a href="https://en.wikipedia.org/wiki/Dropout">' in shown.answer_text
    assert f'<a href="{site}dropout/">{site}dropout/</a>' in shown.answer_text
    assert "Training &amp; <em>more</em>" in shown.question_text
    assert reader.notes()["dropout"].tags == ["deep-learning-more::training-more"]
    assert "Your own story" in reader.card("story").render_output().answer_text


def test_notes(editions: Editions, reader: Reader) -> None:
    """The back has the note and its sources, and says first if the answer would mislead."""
    editions.write("notes/maps.md", NOTE)
    editions.write("figures/map.svg", FIGURE)
    editions.write("sources.bib", BIBLIOGRAPHY)
    reader.take(anki.deck(editions.record("2026-03-02"), ADDRESS))
    back = reader.card("maps").render_output().answer_text
    tags = reader.notes()["maps"].tags

    assert '<p class="caution">Dated: Maps are out of fashion.</p><p>It makes' in back
    assert "Checked against 1 source on 1 March 2026" in back
    assert "Maps shrink (Lee 2009, section 2), see" in back
    assert f'see <a href="{ADDRESS}q/dropout/">Dropout' in back
    assert "<h3>What they ask next</h3>" in back
    assert '<path class="figure-1"></path></svg><figcaption>A map</figcaption>' in back
    assert 'Ann Lee: <a href="https://doi.org/10.1000/1">Maps &amp; more</a>. Nature, 2009.' in back
    assert sorted(tags) == ["deep-learning-more::dated", "deep-learning-more::networks"]


def test_without_an_address(editions: Editions, reader: Reader) -> None:
    """If the site has no address, nothing links to it."""
    reader.take(anki.deck(editions.record("2026-03-02"), ""))
    back = reader.card("dropout").render_output().answer_text

    assert re.findall("href=[^>]*", back) == ['href="https://en.wikipedia.org/wiki/Dropout"']
    assert "see <span>pooling</span>, <span>about</span>" in back


HOSTILE = (
    *(
        "[sound:x.mp3]",
        "[latex]x[/latex]",
        "`[$]x[/$]`",
        "`[$$]x[/$$]`",
        "[anki:tts lang=en]x[/anki:tts]",
    ),
    *("`[sound:x.mp3]`", r"`\(x\)`", r"\\(x\\)", r"\\[x\\]", "{{Answer}} {{c1::x}}", "<b>x</b>"),
    *(
        "`<script>x</script>`",
        '![a [sound:b.mp3]](x.png "[sound:c.mp3]")',
        "&#31;x",
        "&#0;&#1;x",
        "&lt;b&gt;",
    ),
)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_never_a_command(editions: Editions, reader: Reader, text: str) -> None:
    """Text that Anki would run, play or typeset is shown as it is."""
    editions.edit("It keeps a velocity.", f"Before {text} after.")
    reader.take(anki.deck(editions.record("2026-03-02"), ADDRESS))
    card = reader.card("momentum")
    shown = card.render_output()

    assert shown.answer_av_tags == []
    assert "Before" in shown.answer_text
    assert "after" in shown.answer_text
    assert not re.search(
        r"<(?:b|script|img)\b|\[sound:|\[anki:|\[latex|\[\$|\\[(\[]", shown.answer_text
    )
    assert "velocity" not in shown.answer_text
    assert len(reader.notes()) == 4


def test_same_bytes(editions: Editions) -> None:
    """The same source gives the same file, whose entries have no date."""
    site = editions.record("2026-03-02")
    made = anki.deck(site, ADDRESS)
    path = editions.docs / "deck.apkg"
    path.write_bytes(made)

    assert anki.deck(editions.site(), ADDRESS) == made
    with ZipFile(path) as archive:
        assert archive.namelist() == ["collection.anki2", "media"]
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert archive.read("collection.anki2")[96:100] == bytes(4)


def test_dates_of_notes() -> None:
    """A later revision is later, whatever the days; one that is not recorded is in between."""
    first = History(1, date(2026, 3, 2), {}, {"answer": "a"})
    second = replace(first, revision=2, changes={"answer": date(2026, 3, 2)})
    undated = History(3)
    third = replace(second, revision=3)
    midnight = int(datetime(2026, 3, 2, tzinfo=UTC).timestamp())

    times = [
        anki.modified(first, first),
        anki.modified(second, second),
        anki.modified(undated, second),
        anki.modified(third, third),
    ]
    assert [time - midnight for time in times] == [2, 4, 5, 6]
    assert anki.modified(History(1), History()) < anki.modified(first, first)


def test_new_styles_have_a_new_date() -> None:
    """Readers get fields, templates and styles only with a later date.

    If this fails, set STYLED to today, and this digest to the new one.
    """
    css = styles.filled(anki.STYLES, styles.usual_look())
    parts = "\0".join([*anki_cards.FIELDS, anki.FRONT, anki.BACK, css])

    assert (anki.STYLED.date().isoformat(), sha256(parts.encode()).hexdigest()[:16]) == (
        "2026-11-28",
        "83e48eaa705082e3",
    )


def test_colors_are_those_of_the_site() -> None:
    """Cards have the colors of the site, light and dark."""
    tokens = (ROOT / "frontend/styles/tokens.css").read_text(encoding="utf-8")
    used = set(re.findall("#[0-9a-f]{6}", styles.filled(anki.STYLES, styles.usual_look())))

    assert len(used) > 15
    assert used <= set(re.findall("#[0-9a-f]{6}", tokens))
