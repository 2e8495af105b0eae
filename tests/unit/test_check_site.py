"""The check of the built site finds forbidden content, parsed as browsers parse it."""

from __future__ import annotations

import json
from pathlib import Path
from unicodedata import normalize

import check_site
import pytest

PAGE = "<!doctype html><body>{around}<article><h1 id='a'>A</h1>{inside}</article></body>"
GOOD = """
<p class="x">Text <em>with</em> <a href="../q/b/" title="B">a link</a>, <a href="https://e.org">one</a>,
<a href="mailto:a@e.org">mail</a>, <img src="x.png" alt="a plot"> and <code>code</code>.</p>
<details class="answer"><summary>Answer</summary><p>x</p></details>
<table><thead><tr><th align="right">a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>
<ol start="3"><li id="fn:x-1">x</li></ol>
<ul><li><input type="checkbox" disabled="disabled" aria-label="Done" checked="checked"> <s>x</s></li></ul>
<div class="formula"><math display="block"><mrow class="math-box"><mi mathvariant="normal">x</mi>
<mo stretchy="false">(</mo><mspace width="1em"></mspace></mrow></math></div>
"""


THEME = '<script>run(new URL(".",location))</script>'
"""The script of 404.html, the page without any text from the source."""


def closed(planted: str) -> str:
    """Return an element with its end tag, if it has one."""
    name = planted.strip("<>").split()[0]
    return planted if name in check_site.VOID else f"{planted}</{name}>"


def found(folder: Path, inside: str = "", around: str = "") -> list[str]:
    """Return the faults of a site of one page and 404.html."""
    (folder / "404.html").write_text(PAGE.format(inside="", around=THEME), encoding="utf-8")
    (folder / "index.html").write_text(PAGE.format(inside=inside, around=around), encoding="utf-8")
    (folder / "questions.json").write_text(json.dumps({"questions": []}), encoding="utf-8")
    return list(check_site.faults(folder))


def test_good_page(tmp_path: Path) -> None:
    """Everything that Markdown can generate is allowed."""
    assert found(tmp_path, GOOD, '<meta http-equiv="refresh" content="0; url=../q/">') == []


@pytest.mark.parametrize(
    "planted",
    [
        "<form>",
        "<input>",
        '<input type="text">',
        '<input type="checkbox">',
        '<math href="x">',
        "<annotation-xml>",
        "<maction>",
        "<mglyph>",
        "<use>",
        "<textarea>",
        "<marquee>",
        '<p style="position:fixed">',
        '<p id="dropout">',
        '<img srcset="x.png 2x">',
        '<a ping="x">',
        '<a target="_blank">',
        '<td colspan="2">',
        '<details open="">',
    ],
)
def test_element_or_attribute_forbidden_in_the_content(planted: str, tmp_path: Path) -> None:
    """Whatever is not on the list is reported in the content, but allowed around it."""
    assert found(tmp_path, closed(planted)) == [f"index.html: active content: {planted}"]
    assert found(tmp_path, around=planted) == []


@pytest.mark.parametrize(
    "planted", [f"<{name}>" for name in "script style iframe object embed base".split()]
)
def test_element_forbidden_everywhere(planted: str, tmp_path: Path) -> None:
    """Elements that load or restyle things by themselves are reported around the content, too."""
    told = f"index.html: active content: {planted}"

    assert found(tmp_path, closed(planted)) == [told]
    if planted != "<script>":
        assert found(tmp_path, around=closed(planted)) == [told]


@pytest.mark.parametrize(
    "planted",
    [
        "</article>",
        "</p></div></article>",
        "<p></article>",
        "</br>",
        "<p/>",
        "</article><article>",
        "</article><h1>Another</h1>",
    ],
)
def test_content_that_closes_its_container(planted: str, tmp_path: Path) -> None:
    """Content that closes an element that it did not open cannot pass as part of the theme."""
    assert found(tmp_path, planted)


def test_script_that_is_not_in_the_theme(tmp_path: Path) -> None:
    """A script is allowed only if it is also in 404.html, which has no text from the source."""
    known, data = THEME.replace('"."', '"../.."'), '<script type="application/json">{}</script>'

    assert found(tmp_path, around=f"{known}{data}<script src='x.js'></script>") == []
    assert found(tmp_path, around="<title></title><script>steal()</script>") == [
        "index.html: script that is not in 404.html: steal()"
    ]


@pytest.mark.parametrize(
    "planted",
    [
        '<body onload="x()">',
        '<p onclick="x()">',
        '<svg onload="x()">',
        '<a href="javascript:x()">',
        '<a href="JAVA\tscript:x()">',
        '<a href="&#106;avascript:x()">',
        '<a href=" vbscript:x">',
        '<a href="data:text/html,x">',
        '<a href="file:///etc/passwd">',
        '<a href="//evil.example">',
        '<a href="/\\evil.example">',
        '<button formaction="javascript:x()">',
        '<meta http-equiv="refresh" content="0; url=javascript:x()">',
    ],
)
def test_event_handler_or_unsafe_address(planted: str, tmp_path: Path) -> None:
    """Nothing on a page, even outside the content, runs when it is loaded or clicked."""
    told = planted.replace("&#106;", "j").replace('http-equiv="refresh" ', "")

    assert found(tmp_path, around=planted) == [f"index.html: active content: {told}"]


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("#a", True),
        ("404.html#a", True),
        ("./#a", True),
        (f"{check_site.MOUNT}#a", True),
        ("#%61", True),
        ("https://e.org/#x", True),
        ("#x", False),
        ("404.html#x", False),
        (f"{check_site.MOUNT}#x", False),
        ("#A", False),
    ],
)
def test_link_to_an_anchor(link: str, tmp_path: Path, *, leads: bool) -> None:
    """An anchor must be on the page that the link names; other sites are not checked."""
    expected = [] if leads else [f"index.html: there is no anchor for the link '{link}'"]

    assert found(tmp_path, f'<a href="{link}">x</a>') == expected


def test_link_to_a_page(tmp_path: Path) -> None:
    """LinkChecker reports a link to a page that does not exist."""
    found(tmp_path, '<a href="404.html">x</a>')
    assert check_site.broken_links(tmp_path) == ""

    found(tmp_path, '<a href="gone/">x</a>')
    assert f"{check_site.MOUNT}gone/" in check_site.broken_links(tmp_path)


@pytest.mark.parametrize("variable", ["http_proxy", "HTTP_PROXY", "all_proxy"])
def test_no_proxy_is_asked_for_the_site(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A company's proxy does not find the server on this machine, so it is not asked."""
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, "http://127.0.0.1:9")
    found(tmp_path, '<a href="404.html">x</a>')

    assert check_site.broken_links(tmp_path) == ""


def test_page_listed_with_its_accents_apart(tmp_path: Path) -> None:
    """On macOS, the folder of a page may be listed with its accents apart."""
    question = {"id": "café", "url": "q/café/", "topic_url": "q/café/", "text": "A", "answer": "A"}
    folder = tmp_path / "q" / normalize("NFD", "café")
    folder.mkdir(parents=True)
    page = PAGE.format(inside="", around="").replace("id='a'", "id='café'")
    (folder / "index.html").write_text(page, encoding="utf-8")
    data = json.dumps({"questions": [question]})
    (tmp_path / "questions.json").write_text(data, encoding="utf-8")

    assert list(check_site.faults(tmp_path)) == []
