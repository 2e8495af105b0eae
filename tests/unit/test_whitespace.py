"""Pages are condensed where browsers show the same."""

from __future__ import annotations

import pytest
from qna.data.whitespace import condensed


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<ul>\n  \n    <li>a</li>\n    <li>b</li>\n</ul>", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("<b>a</b> <i>b</i>", "<b>a</b> <i>b</i>"),
        ("<b>a</b>  \n  b\n  <i>c</i>", "<b>a</b>  \n  b\n  <i>c</i>"),
        ("<p>\n  <a>", "<p>\n<a>"),
        ("<head>\n  <meta>\n  <link>\n</head>\n<body>", "<head><meta><link></head><body>"),
        (
            '<pre><b>a</b>\n   <b>b</b></pre>\n   <p title="a\n  b">',
            '<pre><b>a</b>\n   <b>b</b></pre>\n<p title="a\n  b">',
        ),
        ("<script>a>\n  <b</script>\n  <p>", "<script>a>\n  <b</script>\n<p>"),
    ],
    ids=["indented", "a blank", "text", "an end", "a frame", "code", "a script"],
)
def test_condensed(page: str, expected: str) -> None:
    """Line breaks and indentation between elements become one line break."""
    assert condensed(page) == expected
    assert condensed(expected) == expected
