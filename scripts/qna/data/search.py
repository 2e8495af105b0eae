"""`search/data.json`: what the search in the reader's browser ranks by and shows."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from qna.markdown import plain

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from qna.site import Site


FOLDER = "search"
FILE_NAME = f"{FOLDER}/data.json"

BETWEEN = "|"
"""Stands between other ways to ask, and between synonyms."""
_WORD = re.compile(r"[\w'+#-]+")


def dump(site: Site) -> str:
    """Return the text of `search/data.json`.

    Every reader who searches loads this file, so it has rows instead of objects, and of other ways
    to ask only what ranking reads: their words but for stop words. A question's row is its id, the
    number of its topic, question and answer in plain text; the words are in `phrases`, in the same
    order. Texts that are alike stand together, which compresses best.
    """
    topics, editors = site.document.topics, site.editorial
    data = {
        "topics": [[topic.id, plain.inline(topic.title)] for topic in topics],
        "questions": list(_questions(site)),
        "synonyms": sorted(map(_joined, editors.synonyms)),
        "phrases": list(_phrases(site)),
        "stop_words": _joined(sorted(editors.stop_words)),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _questions(site: Site) -> Iterator[list[object]]:
    for number, topic in enumerate(site.document.topics):
        for question in topic.questions:
            yield [question.id, number, plain.inline(question.text), question.plain]


def _phrases(site: Site) -> Iterator[str]:
    editors = site.editorial
    for topic in site.document.topics:
        for question in topic.questions:
            phrases = editors.phrases.get(question.id, ())
            yield _joined(_telling(phrase, editors.stop_words) for phrase in phrases)


def _telling(phrase: str, stop_words: Container[str]) -> str:
    """Leave out the words of a phrase that say nothing."""
    return " ".join(word for word in _WORD.findall(phrase.lower()) if word not in stop_words)


def _joined(texts: Iterable[str]) -> str:
    return BETWEEN.join(text.replace(BETWEEN, " ") for text in texts)
