"""Atom feeds: valid, newest first, and readable outside the site."""

from __future__ import annotations

import json
from typing import Any

import pytest
from qna.data import feeds
from qna.words import words
from support import atom
from support.harness import derived_texts, pages

SITE = "https://example.org/questions/"
SOURCE = """\
# Deep "Learning" & more

### **1. Training & *more***
*   **What is *dropout*?** {#dropout}
    - It switches units off, see [pooling](#pooling), [the topic](#networks), [about](../about.md#us),
      [home](../index.md), [Wikipedia](https://en.wikipedia.org/wiki/Dropout) and a note[^1].

      ![A picture](../assets/images/x.png) `<b>` & $a < b$

      [^1]: The note.

### **2. Networks** {#networks}
*   **What is pooling?** {#pooling}
    - It makes maps smaller.

*   **Tell a story?** {#story}
    - [Personal answer required - tell it.]

*   **什么是过拟合？** {#过拟合}
    - 模型记住了训练数据。
"""


def data(**histories: dict[str, Any]) -> dict[str, Any]:
    """Return the content of `questions.json` with histories of some questions."""
    loaded: dict[str, Any] = json.loads(pages(SOURCE)["questions.json"])
    for item in loaded["questions"]:
        item.update(histories.get(item["id"], {}))
    return loaded


def written(content: dict[str, Any], language: str = "en") -> dict[str, atom.Feed]:
    """Return the feeds of a site by path."""
    found = derived_texts(feeds.feeds(content, SITE, words(language)))
    return {name: atom.read(text) for name, text in found.items()}


ADDED = {"added": "2026-03-02"}
CHANGED = {"revision": 3, "changed": "2026-11-28", "changes": {"answer": "2026-11-28"}}
REWORDED = {"revision": 2, "changed": "2026-05-04", "changes": {"question": "2026-05-04"}}


def test_newest_first() -> None:
    """The feed of the site has everything with a date, and says what happened to it."""
    found = written(data(dropout=ADDED, pooling=CHANGED, story=REWORDED | ADDED))
    feed = found["feed.xml"]

    assert (feed.id, feed.own, feed.page) == (f"{SITE}feed.xml", f"{SITE}feed.xml", SITE)
    assert (feed.title, feed.language) == ('Deep "Learning" & more', "en")
    assert feed.updated == "2026-11-28T00:00:00Z"
    assert [(entry.title, entry.updated, entry.published) for entry in feed.entries] == [
        ("Answer changed: What is pooling?", "2026-11-28T00:00:00Z", ""),
        ("Reworded: Tell a story?", "2026-05-04T00:00:00Z", "2026-03-02T00:00:00Z"),
        ("New: What is dropout?", "2026-03-02T00:00:00Z", "2026-03-02T00:00:00Z"),
    ]
    assert [(entry.id, entry.url, entry.topic) for entry in feed.entries][:1] == [
        (f"{SITE}q/pooling/#revision-3", f"{SITE}q/pooling/", "networks")
    ]


def test_topics() -> None:
    """The feed of a topic has only its questions."""
    found = written(data(dropout=ADDED, pooling=CHANGED))
    feed = found["topics/networks/feed.xml"]

    assert feed.title == 'Networks - Deep "Learning" & more'
    assert (feed.own, feed.page) == (f"{SITE}topics/networks/feed.xml", f"{SITE}topics/networks/")
    assert [entry.url for entry in feed.entries] == [f"{SITE}q/pooling/"]


def test_old_topics() -> None:
    """The address of a renamed topic's feed keeps working, and names the new one."""
    content = data(pooling=CHANGED)
    content["topics"][1]["formerly"] = ["old-networks"]
    found = written(content)

    assert found["topics/old-networks/feed.xml"] == found["topics/networks/feed.xml"]


def test_old_topics_are_in_the_data() -> None:
    """The data say which topics were renamed."""
    ledger = {"topics": [{"id": "networks", "title": "Networks", "formerly": ["nets"]}]}
    made = pages(SOURCE, ids_json=json.dumps({**ledger, "questions": []}))

    assert [item["formerly"] for item in json.loads(made["questions.json"])["topics"]] == [
        *([], ["nets"])
    ]


def test_content() -> None:
    """An entry has the question, the whole answer, and what happened, with absolute addresses."""
    [entry] = written(data(dropout=ADDED))["feed.xml"].entries
    content = entry.content

    assert "<h1>What is <em>dropout</em>?</h1>" in content
    assert f'<a href="{SITE}q/pooling/">pooling</a>' in content
    assert f'<a href="{SITE}topics/networks/">the topic</a>' in content
    assert f'<a href="{SITE}about/#us">about</a>' in content
    assert f'<a href="{SITE}">home</a>' in content
    assert '<a href="https://en.wikipedia.org/wiki/Dropout">Wikipedia</a>' in content
    assert f'href="{SITE}q/dropout/#fn:dropout-1"' in content
    assert f'src="{SITE}assets/images/x.png"' in content
    assert "<code>&lt;b&gt;</code> &amp; <math" in content
    assert "<p>Added on 2 March 2026.</p>" in content


def test_an_answer_that_misleads() -> None:
    """An answer that would mislead comes after what a reader must know of it."""
    note = {"mark": "Dated: That was 2014.", "label": "Dated: see the note"}
    feed = written(data(pooling={**ADDED, "note": note}))["feed.xml"]

    [entry] = feed.entries
    assert "<p>Dated: That was 2014.</p><p>It makes maps smaller.</p>" in entry.content


def test_a_story_prompt() -> None:
    """It is shown as on the site, without its brackets."""
    [entry] = written(data(story=ADDED))["feed.xml"].entries

    assert "<p>Personal answer required - tell it.</p>" in entry.content


def test_other_scripts() -> None:
    """Addresses are percent-encoded, texts are not."""
    [entry] = written(data(过拟合=ADDED))["feed.xml"].entries

    assert entry.url == f"{SITE}q/%E8%BF%87%E6%8B%9F%E5%90%88/"
    assert entry.title == "New: 什么是过拟合？"


def test_two_changes_on_a_day() -> None:
    """Both are told; an earlier one is not news."""
    days = {"note": "2026-01-01", "question": "2026-11-28", "answer": "2026-11-28"}
    [entry] = written(data(pooling=CHANGED | {"changes": days}))["feed.xml"].entries

    assert entry.title == "Reworded, Answer changed: What is pooling?"
    assert "Reworded on 28 November 2026. Answer changed on 28 November 2026." in entry.content


def test_another_language() -> None:
    """The words of a feed are in the language of the site."""
    feed = written(data(pooling=CHANGED), "de")["feed.xml"]

    assert feed.language == "de"
    assert feed.entries[0].title == "Antwort geändert: What is pooling?"
    assert "Antwort geändert am 28. November 2026." in feed.entries[0].content


def test_nothing_is_dated() -> None:
    """A feed without entries is still a feed, so that readers can subscribe to it."""
    found = written(data())

    assert [*found] == ["feed.xml", "topics/training-more/feed.xml", "topics/networks/feed.xml"]
    assert {(feed.updated, feed.entries) for feed in found.values()} == {
        ("1970-01-01T00:00:00Z", ())
    }


def test_at_most_fifty_entries() -> None:
    """A long feed has the 50 newest entries; of the same day, those that come first on the site."""
    content = data()
    item = content["questions"][1]
    content["questions"] = [
        {**item, "id": f"q{at}", "url": f"q/q{at}/", "added": f"2026-01-{at // 3 + 1:02}"}
        for at in range(60)
    ]
    entries = written(content)["feed.xml"].entries

    assert len(entries) == 50
    assert [entry.url.split("/")[-2] for entry in entries[:4]] == ["q57", "q58", "q59", "q54"]


@pytest.mark.parametrize("char", ["\ufffe", "\uffff", "\x0b", "\x1b", "\x00"])
def test_characters_that_xml_forbids(char: str) -> None:
    """They are left out, because one would make the whole feed unreadable."""
    content = data(pooling=CHANGED)
    content["topics"][1]["title"] += char
    for item in content["questions"]:
        item["question"] += char
        item["answer"] += f" before{char}after"
    [entry] = written(content)["feed.xml"].entries

    assert char not in entry.title + entry.content
    assert "before" in entry.content
