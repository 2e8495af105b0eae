"""Protection against active content: hostile Markdown, parsed as browsers parse it."""

from __future__ import annotations

import html5lib
import pytest
from markdown import Markdown
from qna.markdown import url_safety
from support.harness import html, pages, unchecked

SAFE = [
    "https://example.org/a?b=c:d",
    "HTTP://example.org",
    "mailto:me@example.org",
    "page.md",
    "../q/dropout.md#x",
    "#x",
    "?q=javascript:x",
    "a/b:c",
    "",
]
UNSAFE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    "java\u200bscript:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6a;avascript&colon;alert(1)",
    "&amp;#106;avascript:alert(1)",
    "javascript&#0058;alert(1)",
    "javascript&Tab;:alert(1)",
    "javascript\\:alert(1)",
    "java\\script:alert(1)",
    "vbscript:x",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "blob:x",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "ftp://example.org",
    "&" + "amp;" * 9 + "x",
]


@pytest.mark.parametrize("url", SAFE)
def test_safe_url(url: str) -> None:
    """Relative, http, https and mailto URLs are safe."""
    assert url_safety.is_safe(url)


@pytest.mark.parametrize("url", UNSAFE)
def test_unsafe_url(url: str) -> None:
    """Any other scheme, however it is spelled, and any other host without a scheme are unsafe."""
    assert not url_safety.is_safe(url)


def test_images_from_other_hosts_become_links() -> None:
    """A page loads nothing from other hosts: such an image becomes a link with the image's text."""
    page = html("![a *plot*](https://example.org/x.png) ![](//example.org/y.png) ![own](x.png)")

    assert "<img" in page
    assert page.count("<img") == 1
    assert 'src="x.png"' in page
    assert '<a href="https://example.org/x.png">' in page
    assert "<img" not in html("![a plot](htt\tps://example.org/x.png)")  # browsers drop the tab
    assert "<img" not in html("![a plot](https\\://example.org/x.png)")
    assert html("[![a plot](https://example.org/x.png)](y.md)").count("<a") == 1


def test_only_known_attributes_are_kept() -> None:
    """Unknown attributes are dropped, because future browsers may give them a meaning."""
    text = "*a*{ .wide lang=fr x y=z data-x=1 onclick=a() style=b popovertarget=c }"

    assert html(text) == '<p><em class="wide" lang="fr">a</em></p>'
    assert html("*a*{ data-steps='b c' }") == '<p><em data-steps="b c">a</em></p>'


def test_only_known_ids_are_kept() -> None:
    """Ids stay with headings; other elements keep only those of places on learning paths."""
    assert html("a\n{ #b }") == "<p>a</p>"
    assert html("a\n{ #path:b }") == '<p id="path:b">a</p>'


HOSTILE = [
    "</details>",
    "text </details> text",
    "<script>alert(1)</script>",
    "<script>",
    "<style>*{display:none}</style>",
    "<textarea>",
    "<title>",
    "<plaintext>",
    "<pre>",
    "<b>",
    "<a href='x'>",
    "<iframe src='https://evil.example'></iframe>",
    "<svg onload=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<base href='https://evil.example'>",
    "<meta http-equiv=refresh content='0;https://evil.example'>",
    "<form action='https://evil.example'><input>",
    "[x](javascript:alert(1))",
    "[x](javascript\\:alert(1))",
    "[x](java\\script\\:alert(1))",
    "![x](javascript\\:alert(1))",
    "[x]( javascript\n\\:alert(1) )",
    '[x](y "z"){: href="javascript\\:alert(1)" }',
    "[x](&#106;avascript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "![x](javascript:alert(1))",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "*a*{: onclick='alert(1)' }",
    "[a](b){: style='position:fixed' }",
    "a\n{: #second }",
    "<a id='second'></a>",
    "List<String> vector<int> <your-name>",
    '--8<-- "mkdocs.yml"',
    ":smile:",
    "[^1]\n\n[^1]: note",
    "[second]: /evil.example",
    "<!--",
    "<!-- x -->",
    "<![CDATA[",
    "<!x",
    "<?php echo 1;",
    "\\</details>",
    "``<!--|x `<script>`",
    "`</details>`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "???+ danger\n    x",
    "!!! danger\n    x",
    "| a |\n|---|\n| <script> |",
    "> <script>",
    "- <script>\n  </details>",
    "\x60\x60\x60html\n</code></pre></details><script>\n\x60\x60\x60",
    "$$\\unsafe{<script>}$$",
    "{{ 7*7 }} {% raw %} {# x #}",
    "///Footnotes Go Here///",
    "[TOC]",
]
ALLOWED = {
    *("a", "abbr", "blockquote", "br", "code", "details", "div", "em", "h1", "h2", "hr", "img"),
    *("li", "ol", "p", "pre", "span", "strong", "summary", "sup", "table", "tbody", "td", "th"),
    *("thead", "tr", "ul", "html", "head", "body"),
}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_answer(hostile: str) -> None:
    """An answer stays in its collapsible, leaves others intact and adds no active content."""
    text = unchecked(first=f"Text.\n{hostile}", second="The end.")
    page = html5lib.parse(html(text), namespaceHTMLElements=False)

    elements = [element for element in page.iter() if isinstance(element.tag, str)]
    assert {element.tag for element in elements} <= ALLOWED
    first, second = page.iter("details")
    assert "The end." in "".join(second.itertext())
    assert "The end." not in "".join(first.itertext())
    ids = [element.get("id") for element in elements if element.get("id")]
    assert len(ids) == len(set(ids))
    assert [element.get("id") for element in page.iter("h2")] == ["first", "second"]
    for element in elements:
        assert not {name for name in element.attrib if name.startswith("on") or name == "style"}
        for name in ("href", "src"):
            assert "script" not in element.get(name, "").lower()
            assert "evil" not in element.get(name, "")


@pytest.mark.parametrize(
    "text",
    ["List<String>", "</details>", "<your-name>", "<!-- x -->", "{{ 7*7 }}", "{: #x }", "<?php"],
)
def test_text_that_looks_like_markup_is_shown(text: str) -> None:
    """Nothing disappears: whatever is not Markdown is shown as text."""
    source = f"# T\n\n### **1. Topic**\n*   **First?**\n    - Before {text} behind.\n"
    page = html5lib.parse(html(pages(source)["topics/topic.md"]), namespaceHTMLElements=False)

    assert f"Before {text} behind." in "".join(page.itertext())


@pytest.mark.parametrize(
    ("markdown", "part"),
    [
        ("# ما هو التعلم", '<h1 dir="rtl"'),
        ("CNN هي شبكة عصبية", '<p dir="rtl">'),
        ("It means التعلم, in Arabic", "<p>"),
        ("`التعلم` is a word", "<p>"),
        ("什么是过拟合", "<p>"),
        ("- שלום", '<ul dir="rtl">\n<li>'),
        ("- שלום עולם ומלואו\n- yes", '<li dir="ltr">yes</li>'),
    ],
)
def test_direction(markdown: str, part: str) -> None:
    """A block gets `dir` if most of its letters run against the direction of its surroundings."""
    made = Markdown(extensions=["qna.markdown.extension", "attr_list"]).convert(markdown)

    assert part in made


def test_a_term_and_its_definitions_are_one_element() -> None:
    """Terms are grouped with what defines them, so that no column ends in between."""
    source = "One\nUno\n:   1\n\n:   I\n\nTwo\n:   2\n"
    page = html5lib.parseFragment(
        Markdown(extensions=["qna.markdown.extension", "def_list"]).convert(source),
        namespaceHTMLElements=False,
    )
    groups = [[part.tag for part in group] for group in page.find("dl")]

    assert groups == [["dt", "dt", "dd", "dd"], ["dt", "dd"]]
    assert page.find("dl")[0].tag == "div"
