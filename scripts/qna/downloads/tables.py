"""Tables of all questions and answers: CSV for spreadsheets, TSV and JSON Lines for programs."""

from __future__ import annotations

import csv as csv_files
import io
import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

from qna.data.manifest import question_url
from qna.markdown import plain_text
from qna.model import Question, Topic
from qna.site import Site

FIELDS = (
    *("id", "topic", "topic_title", "question", "answer", "mark", "kind", "url"),
    *("added", "changed", "revision", "question_markdown", "answer_markdown"),
)
"""Names of the fields, in the order of the columns; the page about downloads explains them."""

_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""Start of a cell that a spreadsheet might run, or of one that would look marked already.

The last four are wide forms of the first, which some spreadsheets take for the same.
"""
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_BYTE_ORDER_MARK = "\ufeff"

Row = dict[str, str | int]


def csv(site: Site, address: str) -> bytes:
    """Return all questions as CSV: RFC 4180, with a byte order mark, by which Excel knows UTF-8.

    The mark also keeps the first cell from being read as the name of another format.
    """
    file = io.StringIO()
    writer = csv_files.writer(file, lineterminator="\r\n")
    writer.writerow(FIELDS)
    writer.writerows(_cells(row, _harmless) for row in rows(site, address))
    return (_BYTE_ORDER_MARK + file.getvalue()).encode()


def tsv(site: Site, address: str) -> bytes:
    r"""Return all questions as TSV, one line for each; `\t`, `\n`, `\r` and `\\` are escapes."""
    lines = [FIELDS, *(_cells(row, _escaped) for row in rows(site, address))]
    return "".join("\t".join(line) + "\n" for line in lines).encode()


def json_lines(site: Site, address: str) -> bytes:
    """Return all questions as JSON Lines: one object for each, with the texts as they are."""
    lines = (json.dumps(row, ensure_ascii=False) for row in rows(site, address))
    return "".join(f"{line}\n" for line in lines).encode()


def rows(site: Site, address: str) -> Iterator[Row]:
    """Yield the fields of each question by name, in the order of the source."""
    for topic in site.document.topics:
        for question in topic.questions:
            yield _row(site, topic, question, address)


def _row(site: Site, topic: Topic, question: Question, address: str) -> Row:
    history = site.histories[question.id]
    values: tuple[str | int, ...] = (
        *(question.id, topic.id, plain_text.inline(topic.title)),
        *(plain_text.inline(question.text), question.plain, site.mark(question.id)),
        *(question.kind, address + quote(question_url(question.id))),
        *(day.isoformat() if day else "" for day in (history.added, history.changed)),
        *(history.revision, question.text, question.shown),
    )
    return dict(zip(FIELDS, values, strict=True))


def _cells(row: Row, written: Callable[[str], str]) -> list[str]:
    return [written(str(value)) for value in row.values()]


def _harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula.

    Who reads the file can take away the first apostrophe of such a text to have it as it was.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def _escaped(text: str) -> str:
    return _harmless(text).translate(_ESCAPES)
