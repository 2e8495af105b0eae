"""Ids: slugs of texts, valid and reserved ids, and proposals for new ids."""

from __future__ import annotations

import pytest
from qna.naming import ids

SLUGS = {
    "What is C?": "what-is-c",
    "What is C++?": "what-is-c",
    "What is C#?": "what-is-c",
    "x & y": "x-y",
    "What is X ?": "what-is-x",
    "什么是反向传播？": "什么是反向传播",
    "Что такое градиент?": "что-такое-градиент",
    "हिन्दी क्या है": "हिन्दी-क्या-है",
    "Café": "café",
    "Cafe\u0301": "café",
    "ﬁne-tuning": "fine-tuning",
    "İstanbul": "istanbul",
    "Straße": "strasse",
    "1 ㎅": "1-kb",
    "x² and ½": "x2-and-1-2",
    "🚀": "",
    "???": "",
    "❤️ 1️⃣": "1",
    "a\u00a0b": "a-b",
    "drop\u200bout soft\u00adhyphen": "dropout-softhyphen",
    "snake_case__init__": "snake-case-init",
    "../../etc/passwd": "etc-passwd",
    "a\\b:c*d?e|f": "a-b-c-d-e-f",
    "trailing dot. ": "trailing-dot",
    "2026-01-01": "2026-01-01",
}


@pytest.mark.parametrize(("text", "slug"), SLUGS.items())
def test_slug(text: str, slug: str) -> None:
    """A slug has only the letters and digits of any script, case-folded, and hyphens."""
    assert slug == ids.slug(text)
    assert slug == ids.slug(slug)


@pytest.mark.parametrize("slug", sorted({slug for slug in SLUGS.values() if slug}))
def test_a_slug_is_an_id(slug: str) -> None:
    """Every slug is a valid id."""
    assert ids.is_id(slug)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " a",
        "a b",
        "A",
        "a_b",
        "-a",
        "a-",
        "a--b",
        "a.b",
        "a/b",
        "x" * 81,
        "深" * 27,
        "cafe\u0301",
    ],
)
def test_invalid_id(text: str) -> None:
    """Only lowercase words joined by single hyphens, at most 80 bytes long, are a valid id."""
    assert not ids.is_id(text)


@pytest.mark.parametrize("text", ["index", "404", "con", "nul", "com1", "lpt9", "search", "q"])
def test_reserved(text: str) -> None:
    """Names of the site's own pages and of Windows devices are reserved."""
    assert ids.is_reserved(text)


@pytest.mark.parametrize("text", ["fnn-layers", "com10", "indexes", "control", "q-learning"])
def test_not_reserved(text: str) -> None:
    """A name that only starts like a reserved one is free."""
    assert not ids.is_reserved(text)


def test_proposals_grow_by_meaningful_words() -> None:
    """The shortest id comes first; all but the last leave out filler words."""
    found = ids.proposals("What is the vanishing gradient problem, and how can it be addressed?")

    assert found == [
        "vanishing-gradient-problem",
        "vanishing-gradient-problem-addressed",
        "what-is-the-vanishing-gradient-problem-and-how-can-it-be-addressed",
    ]


def test_proposals_of_filler_words() -> None:
    """If a question has only filler words, all are used."""
    assert ids.proposals("How does it work?") == ["how-does-it", "how-does-it-work"]


def test_proposals_fit_file_names() -> None:
    """However long a text is, its ids fit; one very long word is cut."""
    for text in (
        "gradient descent " * 40,
        "x" * 300,
        "深度" * 90,
        "تعلم عميق " * 40,
        "\U00020000" * 90,
    ):
        assert all(ids.is_id(found) for found in ids.proposals(text))


def test_no_proposals() -> None:
    """A text without words has no proposals."""
    assert ids.proposals("🚀 ???") == []
