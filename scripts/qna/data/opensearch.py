"""Files for a search engine on a server: an index and its records, as OpenSearch reads them.

`docs/make-it-yours.md` explains every field.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from qna.data import search_data
from qna.data.manifest import question_url
from qna.markdown import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qna.model import Question, Topic
    from qna.reading.editorial import Term
    from qna.site import Site

INDEX = "index.json"
"""Name of the file with settings and mapping."""
PARTS = "questions-*.ndjson"
"""Pattern of the names of the files of records."""
PART_SIZE = 8_000_000
"""Most bytes of a file of records: some hosts refuse requests of more than 10 MB."""

_Kind = dict[str, str | bool]
_NAME: _Kind = {"type": "keyword"}
_SHOWN: _Kind = {"type": "keyword", "index": False, "doc_values": False}
_TEXT: _Kind = {"type": "text", "analyzer": "text", "search_analyzer": "query"}
_DAY: _Kind = {"type": "date"}
FIELDS = {
    "id": _NAME,
    "url": _SHOWN,
    "topic": _NAME,
    "kind": _NAME,
    "question": _TEXT,
    "answer": _TEXT,
    "mark": _SHOWN,
    "topic_title": _TEXT,
    "phrases": _TEXT,
    "terms": _TEXT,
    "asked_another_way": _NAME,
    "formerly": _NAME,
    "added": _DAY,
    "changed": _DAY,
}
"""The mapping of each field of a record."""
_STEMMERS = dict(
    pair.split(":")
    for pair in (
        "da:danish de:light_german en:english es:light_spanish fi:light_finnish fr:light_french "
        "hu:light_hungarian it:light_italian nb:norwegian nl:dutch no:norwegian "
        "pt:light_portuguese ru:light_russian sv:light_swedish"
    ).split()
)
"""The stemmers of OpenSearch by language; words of other languages are not stemmed."""
_SIGN = re.compile(r"[\\,=#]")
"""Signs that mean something in a list of synonyms."""


def index(site: Site, language: str) -> str:
    """Return the text of `index.json`: how to read records and queries in a language.

    Synonyms are for queries only: in records, those of several words would shift what follows.
    """
    stemmer = _STEMMERS.get(re.split("[-_]", language)[0].lower())
    forms = ["lowercase", *(["stems"] if stemmer else [])]
    groups = [", ".join(map(_escaped, group)) for group in search_data.synonyms(site)]
    synonyms = {"type": "synonym_graph", "synonyms": sorted(groups), "lenient": True}
    analysis = {
        "analyzer": {
            "text": {"type": "custom", "tokenizer": "standard", "filter": forms},
            "query": {"type": "custom", "tokenizer": "standard", "filter": [*forms, "synonyms"]},
        },
        "filter": {
            "synonyms": synonyms,
            **({"stems": {"type": "stemmer", "language": stemmer}} if stemmer else {}),
        },
    }
    mapping = {"dynamic": "strict", "properties": FIELDS}
    data = {"settings": {"analysis": analysis}, "mappings": mapping}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def parts(site: Site, size: int = PART_SIZE) -> Iterator[bytes]:
    """Yield the records in the bulk form, in parts of at most `size` bytes.

    A part is larger if it has a single record.
    """
    part = bytearray()
    for lines in map(str.encode, _records(site)):
        if part and len(part) + len(lines) > size:
            yield bytes(part)
            part.clear()
        part += lines
    if part:
        yield bytes(part)


def _records(site: Site) -> Iterator[str]:
    """Yield two lines for each question: what to do with a record, and the record."""
    best = search_data.best_explained(site.editorial.glossary)
    for topic in site.document.topics:
        for question in topic.questions:
            record = _record(site, topic, question, best.get(question.id, ()))
            filled = {name: record[name] for name in FIELDS if record[name]}
            yield f"{_line({'index': {'_id': question.id}})}{_line(filled)}"


def _record(
    site: Site, topic: Topic, question: Question, terms: Iterable[Term]
) -> dict[str, object]:
    """Return the record of a question that explains some terms best."""
    editors, history = site.editorial, site.histories[question.id]
    phrases = (found.get(question.id, ()) for found in (editors.phrases, editors.further))
    return {
        "id": question.id,
        "url": question_url(question.id),
        "topic": topic.id,
        "kind": question.kind,
        "question": plain_text.inline(question.text),
        "answer": question.plain,
        "mark": site.mark(question.id),
        "topic_title": plain_text.inline(topic.title),
        "phrases": [phrase for some in phrases for phrase in some],
        "terms": [name for term in terms for name in (term.name, term.expansion) if name],
        "asked_another_way": list(editors.rephrased.get(question.id, ())),
        "formerly": list(site.formerly.get(question.id, ())),
        "added": history.added.isoformat() if history.added else "",
        "changed": history.changed.isoformat() if history.changed else "",
    }


def _line(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _escaped(text: str) -> str:
    return _SIGN.sub(r"\\\g<0>", text)


def name_of(number: int) -> str:
    """Return the name of a part, which are numbered from 1."""
    return PARTS.replace("*", f"{number:03}")
