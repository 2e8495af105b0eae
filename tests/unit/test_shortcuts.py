"""Shortcuts of the splitter give what the libraries that they replace do."""

from __future__ import annotations

import json
from string import printable
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st
from qna import indented_json
from qna.markdown import parser
from qna.markdown.escaping import quoted

PLAIN = st.text(st.sampled_from("aZ9éßжあ字१ ,;?()'\"/%-\u0308"), min_size=1, max_size=12)
MARKED = st.text(st.sampled_from(f"{printable}é\u00a0"), min_size=1, max_size=12)
LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
DATA = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=10,
)


@given(PLAIN | MARKED)
def test_a_line_without_markup_is_not_parsed(text: str) -> None:
    """Its tokens are those of the parser."""
    found = parser.parse_inline(text).tokens

    assert found == tuple(parser._parser().parseInline(text, {}))


@given(DATA)
def test_indented_json(data: object) -> None:
    """It has the bytes that the library writes."""
    expected = json.dumps(data, ensure_ascii=False, indent=1)
    assert indented_json.dumps(data) == expected
    assert all("".join(indented_json.pieces(data, depth)) == expected for depth in range(4))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_in_an_address(text: str) -> None:
    """It is quoted as the library does."""
    assert quoted(text) == quote(text)
