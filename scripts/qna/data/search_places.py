"""`search/places.json`: the terms, topics and paths that search shows beside questions."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from qna.data import search_data
from qna.markdown import plain_text
from qna.pages import glossary

if TYPE_CHECKING:
    from qna.reading.editorial import Term
    from qna.site import Site

FILE_NAME = f"{search_data.FOLDER}/places.json"
_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")
"""The same as in frontend/search/places.ts."""


def dump(site: Site) -> str:
    """Return the text of `search/places.json`.

    It loads after the first results of a search. A term's row holds its name, its meaning, the
    words that it stands for, and its anchor in the glossary if that does not follow from its name;
    empty values at the end are left out. The row of a topic or path holds its id, its title and a
    line about it.
    """
    data = {
        "topics": [
            [topic.id, plain_text.inline(topic.title), site.summary(topic)]
            for topic in site.document.topics
        ],
        "paths": [[path.id, path.title, path.description] for path in site.paths],
        "terms": [
            _row(term, anchor) for term, anchor in glossary.anchored(site.editorial.glossary)
        ],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _row(term: Term, anchor: str) -> list[str]:
    usual = "term-" + _BETWEEN_WORDS.sub("-", term.name.lower()).strip("-")
    row = [term.name, term.meaning, term.expansion, "" if anchor == usual else anchor]
    while not row[-1]:
        row.pop()
    return row
