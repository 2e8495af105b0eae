"""Short titles of questions, for links and lists where a whole question would be too long.

An editor writes them; without one, a title is the subject of a question such as "What is dropout?",
or else the words of its id.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qna.markdown import plain_text
from qna.memo import remembered
from qna.naming import letters

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from qna.model import Question

_LONGEST = 5
"""Words in a title that is derived from a question."""
_SUBJECT = re.compile(
    r"(?:can you |could you |please )?(?:what (?:is|are)|explain|describe|discuss|define)\b"
    r"(?: the)?(?: some)?(?: common| key| main)?"
    r"(?: (?:concepts?|idea|importance|meaning|purpose|role|significance) of"
    r"| differences? between)?"
    r"(?: (?:an|a|the))? "
    r"(?P<subject>[^,;:.?!]+?)"
    r"(?: for| good for| like| used for)?"
    r"(?:,? and (?:how|what|when|where|who|why)\b.*)?[.?!]*",
    re.IGNORECASE,
)
_QUOTED = re.compile("(?<!\\w)['\"\u2018\u201c]")


def short_titles(
    questions: Iterable[Question], written: Mapping[str, str], names: Iterable[str]
) -> dict[str, str]:
    """Map the id of each question to its short title, as plain text.

    `written` has the titles that an editor wrote. `names` are terms; those with capitals, such as
    CNN or PyTorch, keep their spelling in a title that is made from an id.
    """
    spelled = {name.casefold(): name for name in names if name[1:] != name[1:].lower()}
    titles: dict[str, str] = {}
    taken = set(map(str.casefold, written.values()))
    for question in questions:
        title = written.get(question.id) or _derived(question, spelled, taken)
        taken.add(title.casefold())
        titles[question.id] = title
    return titles


def _derived(question: Question, spelled: Mapping[str, str], taken: Container[str]) -> str:
    subject = _subject(question.text)
    if subject and subject.casefold() not in taken:
        return _capitalized(subject)
    words = question.id.split("-")
    own = _as_in_question(f"{question.id} {question.text}").split(" ")
    return _capitalized(" ".join(map(spelled.get, words, own)))


@remembered
def _subject(markdown: str) -> str:
    """Return the subject of a question, if it is short; otherwise nothing."""
    found = _SUBJECT.fullmatch(plain_text.inline(markdown))
    return found["subject"] if found and _is_short(found["subject"]) else ""


@remembered
def _as_in_question(named: str) -> str:
    """Return the words of an id as the question after it spells them, with blanks between."""
    name, _, markdown = named.partition(" ")
    words = enumerate(letters.split(plain_text.inline(markdown)))
    # The first word is capitalized whether or not it is a name.
    spelled = {letters.folded(word): word for at, word in words if at or not word.isascii()}
    return " ".join(spelled.get(word, word) for word in name.split("-"))


def _is_short(subject: str) -> bool:
    return 1 <= len(subject.split()) <= _LONGEST and not _QUOTED.search(subject)


def _capitalized(title: str) -> str:
    return title[:1].upper() + title[1:]
