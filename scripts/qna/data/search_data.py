"""`search/data.json`: the data that search in the browser ranks and shows; and its address."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING
from unicodedata import category

from qna.markdown import plain_text

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from qna.site import Site


FOLDER = "search"
FILE_NAME = f"{FOLDER}/data.json"
FORMAT = 1
"""Raise it, here and in frontend/search/fields.ts, when older scripts cannot read the data."""
LATEST = f"{FOLDER}/latest-{FORMAT}.json"
"""Names the current data. It is never cached, and scripts for another format do not find it."""

BETWEEN = "|"
"""Separates other ways to ask, and synonyms."""
_IN_NAMES = frozenset("_'+#-")
"""Signs in the names of things, such as `C++` and `fine-tuning`."""


def dump(site: Site) -> str:
    """Return the text of `search/data.json`.

    Everyone who searches loads this file. So it has rows instead of objects, and other ways to ask
    are reduced to the words that ranking uses, without stop words. A question's row holds its id,
    its topic's number, and question and answer as plain text; `phrases` has the other ways to ask,
    in the same order. Grouping similar texts makes the file compress best.
    """
    topics, editors = site.document.topics, site.editorial
    data = {
        "topics": [[topic.id, plain_text.inline(topic.title)] for topic in topics],
        "questions": list(_questions(site)),
        "synonyms": sorted(map(_joined, editors.synonyms)),
        "phrases": list(_phrases(site)),
        "stop_words": _joined(sorted(editors.stop_words)),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def latest(data: str) -> str:
    """Return the text of `search/latest-1.json`, which names the data by its content."""
    version = sha256(data.encode("utf-8")).hexdigest()[:10]
    return json.dumps({"data": f"data.json?v={version}"}) + "\n"


def _questions(site: Site) -> Iterator[list[object]]:
    """Yield the rows of questions; the last value of some is what marks a misleading answer."""
    for number, topic in enumerate(site.document.topics):
        for question in topic.questions:
            row = [question.id, number, plain_text.inline(question.text), question.plain]
            yield [*row, label] if (label := site.label(question.id)) else row


def _phrases(site: Site) -> Iterator[str]:
    editors = site.editorial
    for topic in site.document.topics:
        for question in topic.questions:
            phrases = editors.phrases.get(question.id, ())
            yield _joined(_without_stop_words(phrase, editors.stop_words) for phrase in phrases)


def _without_stop_words(phrase: str, stop_words: Container[str]) -> str:
    """Drop the stop words from a phrase."""
    words = "".join(char if _is_kept(char) else " " for char in phrase.lower()).split()
    return " ".join(word for word in words if word not in stop_words)


def _is_kept(char: str) -> bool:
    """Tell whether a character is a letter with its marks, a digit, or a sign in names."""
    return char.isalnum() or category(char).startswith("M") or char in _IN_NAMES


def _joined(texts: Iterable[str]) -> str:
    return BETWEEN.join(text.replace(BETWEEN, " ") for text in texts)
