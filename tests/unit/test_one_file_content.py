"""The one file: it has everything in it, and content stays text."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import html5lib
import pytest
from qna.downloads import MissingError, one_file
from support.books import ADDRESS, bread_site, hostile_site

BREAKING = "</script><script>alert(1)</script><!-- `</style>` ]]> \u2028"


@pytest.fixture
def page(tmp_path: Path) -> str:
    """A file about bread."""
    return one_file.page(bread_site(tmp_path), ADDRESS).decode()


def _ids(page: str) -> list[str]:
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    return [part.get("id") for part in tree.iter() if part.get("id")]


def test_policy(page: str) -> None:
    """Nothing may load; the script and the styles are known by their hashes."""
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[0]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    inside = [
        page.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0] for tag in ("style", "script")
    ]
    style, script = (
        f"'sha256-{b64encode(sha256(part.encode()).digest()).decode()}'" for part in inside
    )

    assert rules == {
        "default-src": "'none'",
        "script-src": script,
        "style-src": style,
        "img-src": "data:",
        "font-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert not re.search(r'(?:src=|url\()(?!["\']?data:)', inside[0])
    assert not re.search(
        r"<[^>]+ (?:style|on\w+|src)=", page.partition("<body>")[2].partition("<script")[0]
    )


def test_content(page: str) -> None:
    """It has what pages have: answers, notes, figures, formulas, sources, terms; links lead there."""
    for part in (
        *('<h2 id="q-gluten">', 'href="#q-water"', '<p class="caution">Partly wrong: Bran is more'),
        *('<svg viewBox="0 0 340 100" class="figure"', 'class="figure-1"', '<math alttext="a/b"'),
        *("Layers of a grain", "Grain &amp; bran", '<dt id="term-gluten">', 'id="topic-flour"'),
    ):
        assert part in page, part
    ids = _ids(page)
    assert len(ids) == len({*ids})
    assert {*re.findall(r'href="#([^"]+)"', page.partition("<script")[0])} <= {*ids}


@pytest.mark.filterwarnings("ignore::qna.downloads.LackingFontsWarning")
def test_content_is_never_code(tmp_path: Path) -> None:
    """Whatever an answer says, no element comes of it that a page would not have."""
    page = one_file.page(hostile_site(tmp_path, BREAKING), "").decode()
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    scripts = list(tree.iter("script"))

    assert [part.get("id") for part in scripts] == [
        "data-search",
        "data-places",
        "data-practice",
        None,
    ]
    for data in scripts[:3]:
        assert json.loads(data.text)
    assert len([*tree.iter("style")]) == 1
    links = (part.get("href", "") for part in tree.iter("a"))
    assert {link.partition(":")[0] for link in links if link[0] != "#"} <= {
        "http",
        "https",
        "mailto",
    }


def test_same_bytes(tmp_path: Path) -> None:
    """The same source gives the same bytes."""
    first = one_file.page(bread_site(tmp_path / "a"), ADDRESS)

    assert one_file.page(bread_site(tmp_path / "b"), ADDRESS) == first


def test_no_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the bundle, the message says what to do."""
    monkeypatch.setattr(one_file, "_PROJECT", tmp_path)

    with pytest.raises(MissingError, match=r"^frontend/bundled/one-file.js: .*; run 'make bundle'"):
        one_file.page(bread_site(tmp_path), ADDRESS)
