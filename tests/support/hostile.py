"""Hostile answers in large numbers, and the harm that a browser finds on pages with them.

An answer is composed at random from what has broken Markdown renderers and sanitizers before. It
goes through the real chain, from the answer's Markdown to HTML, without the checks that would
refuse much of it. An HTML5 parser reads the page as a browser does; a list says what may be on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from random import Random
from xml.etree.ElementTree import Element

import html5lib
from qna.diagnostics import Report
from qna.reading import questions, source

from support.harness import answer_source, html, unchecked

FRAGMENTS = [
    *"</details> <script> </script> <style> <iframe> <svg/onload=a()> <img/src=x/onerror=a()> <b> </b>".split(),
    *"<textarea> <title> <plaintext> <pre> </pre> <a/href=x> </a> <!-- --> <![CDATA[ ]]> <!x <?php ?> <".split(),
    *"> & &amp; &lt;script&gt; &#60;script&#62; &#x3c; &colon; &Tab; &NewLine; &#0; &#xfffe; ; \\ \\< \\` \\[".split(),
    *"` `` ``` ` `code` `</details>` ``<!--|x `<script>` * ** *** _ __ ___ ~~ == ^ | || :".split(),
    *"[ ] ( ) ![ ]( [x] [x][y] [x]( [y]: [^1] [^1]: *[x]: [x](y) ![x](y) [first] [second]: #second".split(),
    *"javascript:a() JaVaScRiPt:a() java&#115;cript:a() javascript&colon;a() data:text/html,x vbscript:x".split(),
    *"//evil.example /\\evil.example \\\\evil.example https://evil.example http:x mailto:a@b file:///x a&#9;b:".split(),
    *"<javascript:a()> <https://evil.example> <a@evil.example> <x:y> <java\tscript:a()> [z](<java\tscript:a()>)".split(
        " "
    ),
    *"[z](javascript:a()) ![z](javascript:a()) [z](data:x) [z](&#106;avascript:a()) ![z](https://evil.example/x.png)".split(),
    *"{: {:.x} {:#second} } { {{ }} {% %} {# #} {.more} {#second}".split(),
    *'onclick= onclick="a()" style="x" id="second" id=second class="x" href= src= " \''.split(),
    "{: onclick='a()' style='x' #second .x }",
    '{ onclick="a()" aliases="second" }',
    '[z](y "x\' onclick=a()"){: onclick=a() }',
    '[z](y "</details><script>")',
    "<x`y>",
    "[z](javascript\\:a())",
    "![z](https\\://evil.example/x.png)",
    "![z][q]\n\n[q]: https\\://evil.example/x.png",
    "[z](java\\script:a())",
    "<javascript\\:a()>",
    "[z][q]\n\n[q]: javascript\\:a()",
    "[z][q]\n\n[q]: javascript:a()",
    "[z][q]\n\n[q]: <java\tscript:a()> 'x'",
    "![z][q]\n\n[q]: data:image/svg+xml,<svg/onload=a()>",
    '--8<-- "mkdocs.yml"',
    ":smile:",
    "[TOC]",
    "///Footnotes Go Here///",
    *(
        "!!! danger",
        '??? "x"',
        "???+ danger",
        "/// details",
        '=== "x"',
        "::: x",
        "$$ x $$",
        "\\(x\\)",
    ),
    *(
        "\x02",
        "\x03",
        "\x02klzzwxh:0001\x03",
        "\x02amp\x03",
        "\x02wzxhzdk:0\x03",
        "STX",
        "\u2028",
        "\u200b",
        "\x00",
    ),
    *(
        "- ",
        "* ",
        "1. ",
        "> ",
        "> > ",
        "| a |\n|---|\n| b |",
        "    ",
        "  ",
        "\t",
        "```html",
        "~~~",
        "```",
    ),
    "```html title='</div><script>' {onclick=a()}\n<script>\n```",
    "```{.python onclick=a()}\nx\n```",
    "| <script> | `|` |\n|:-:|---|\n| </details> | [z](javascript:a()) |",
    "term\n:   definition",
    "[^1]\n\n[^1]: </li></ol> <script>\n\n[^2]: x",
    "*[end]: <script>",
    "[^a b]: x",
    "[^a\nb]: x",
    "[a\nb]: javascript:a()",
    "*[a\nb]: x",
    *"$ $$ $x$ $$x$$ $`x`$ \\$ $< $</math> $\\ \\( \\[ \\begin{matrix} \\end{matrix} & \\\\ ^ _ { }".split(
        " "
    ),
    *"~~s~~ ~ ~~~ - [ ] [x] [X] > [!NOTE] [!x] [!NOTE]</p> www.evil.example javascript://x http://<b>".split(
        " "
    ),
    "http://x.y/<script>",
    'http://x.y/"onclick="a()',
    "www.x.y'><script>",
    "xmpp:a@b.c",
    "mailto:a@b.c?body=<script>",
    "a_b@c.d",
    "$\\text{<script>a()</script>}$",
    "$\\text{</details>}$",
    "$\\href{javascript:a()}{x}$",
    "$\\url{javascript:a()}$",
    "$\\color{red;background:url(//evil.example)}{x}$",
    "$\\textcolor{red}{x}$",
    "$\\colorbox{red}{x}$",
    "$\\style{position:fixed}{x}$",
    "$\\class{x}{y}$",
    "$\\cssId{second}{y}$",
    "$\\label{second}$",
    "$$x \\tag{<b>} \\label{second}$$",
    "$\\ref{second}$",
    "$\\def\\x{\\x\\x}\\x$",
    "$\\newcommand{\\x}{<script>}\\x$",
    "$\\unicode{60}script$",
    "$\\char60 script$",
    "$\\includegraphics{https://evil.example/x.png}$",
    "$\\hspace{1em;position:fixed}$",
    "$\\rule{1e9em}{1e9em}$",
    "$\\frac{$ x}$",
    "$\\left( x$",
    "$\x02klzzwxh:0001\x03 \ue000\u0030\ue001$",
    "$\x00\ufffe\u202e$",
    "$`</code><script>`$",
    "$$\n\\begin{array}{ll} a & b \\\\ c\n\\end{array}\n$$",
    "```math\n\\text{</math><script>}\n```",
    "~~~ math\n\\frac{\n~~~",
    "- [ ] $x$\n- [x] <input onclick=a()>",
    "> [!NOTE]\n> </div><script>",
    "> [!NOTE]",
    "[^</li>]\n\n[^</li>]: x",
    '[^"onclick="a()]\n\n[^"onclick="a()]: x',
    "[^second]\n\n[^second]: [^second]",
    "[^1][^1]\n\n[^1]: x\n\n    > [^1]",
    "``` qna x",
    "``` qna second\n<script>\n```",
    "~~~~ qna\n# x",
    "``` qna-links",
    "``` qna-links\njavascript:a() #second\n```",
    "javascript:a() #second",
    "{ #x .qna }",
    "## x { #second .qna }",
    "# <script> { #second onclick=a() .qna }",
    "\ue000\u0030\ue001",
    "\ue0001\ue001",
    "\ue000999999999\ue001",
    "\ue000",
    "\ue001",
]
"""The fragments of which answers are composed."""
JOINTS = ["", "", " ", " ", "\n", "\n\n", "\n    ", "x"]

COMMON = frozenset({"class"})
BLOCK = COMMON | {"dir"}
MATH = COMMON | set(
    "accent accentunder alttext columnspan depth display displaystyle height largeop linethickness lspace "
    "mathvariant maxsize minsize movablelimits rowspan rspace scriptlevel stretchy symmetric "
    "voffset width".split()
)
_MATHML = "{http://www.w3.org/1998/Math/MathML}"
"""The namespace in which a browser puts the elements of a formula."""
ALLOWED = {
    **{
        f"{_MATHML}{name}": MATH
        for name in "math mfrac mi mn mo mover mpadded mphantom mroot mrow mspace msqrt mstyle msub "
        "msubsup msup mtable mtd mtext mtr munder munderover".split()
    },
    **dict.fromkeys("html head body abbr br div em hr pre s strong tbody thead tr".split(), COMMON),
    **dict.fromkeys("blockquote dd dl dt p table ul".split(), BLOCK),
    **dict.fromkeys(["code", "span"], COMMON),
    **dict.fromkeys(["h1", "h2"], BLOCK | {"id", "aria-label"}),
    **dict.fromkeys(["td", "th"], BLOCK | {"align"}),
    "li": BLOCK | {"id"},
    "sup": COMMON | {"id"},
    "a": COMMON | {"href", "title", "aria-label"},
    "details": COMMON,
    "input": frozenset({"type", "disabled", "checked", "aria-label"}),
    "img": COMMON | {"src", "alt", "title"},
    "ol": BLOCK | {"start"},
    "summary": frozenset({"aria-label"}),
}
"""Elements that may be on a page, and the attributes each may have."""
BY_HAND = ALLOWED.keys() | {"h3", "h4", "h5", "h6"}
"""Elements that Markdown may generate on a hand-written page."""
ADDRESSES = frozenset({"href", "src", "action", "cite", "data", "poster", "background"})
SCHEMES = frozenset({"http", "https", "mailto"})
_FOOTNOTE = re.compile(r"fn(?:ref\d*)?:[\w-]+-\d+")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_REFUSED_ALSO_SHOWN = {"E402", "E501"}
END = "The end."


def answer(random: Random) -> str:
    """Compose an answer at random."""
    pieces = [random.choice(FRAGMENTS) for _ in range(random.randint(1, 8))]
    return "x" + "".join(random.choice(JOINTS) + piece for piece in pieces)


def is_taken(text: str) -> bool:
    """Return whether the splitter would accept an answer, apart from the addresses in it.

    It refuses headings and indented code, so that later steps do not have to handle them.
    """
    return _errors(text) <= _REFUSED_ALSO_SHOWN


def is_accepted(text: str) -> bool:
    """Return whether the splitter accepts an answer, and no link in it leads to a page."""
    return not _errors(text) and not re.search(r"\]\(|\]:|\[\^?\w+\]", text)


def lines(text: str) -> list[str]:
    """Return the lines of an answer as they are in a source."""
    first, *rest = text.split("\n")
    return [f"    - {first}", *(f"      {line}" if line.strip() else "" for line in rest)]


def _errors(text: str) -> set[str]:
    """Return the codes of the errors that the splitter finds in an answer."""
    report = Report()
    data = answer_source(lines(text)).encode("utf-8")
    questions.parse(source.decode("a.md", data, report), report)
    return {item.code for item in report.items if item.severity == "error"}


def harm(answers: Sequence[str]) -> list[str]:
    """Return what is on a page with some answers, but is not allowed there."""
    names = {f"q{number}": text for number, text in enumerate(answers)}
    between = {f"e{number}": END for number in range(len(answers))}
    asked = {
        name: text
        for pair in zip(names.items(), between.items(), strict=True)
        for name, text in pair
    }
    page = html5lib.parse(html(unchecked(**asked)), namespaceHTMLElements=False)
    return list(_harm(page, list(asked)))


def _harm(page: Element, names: Sequence[str]) -> Iterator[str]:
    elements = [element for element in page.iter() if isinstance(element.tag, str)]
    for element in elements:
        yield from misplaced(element)
    found = [element.get("id") for element in elements if element.get("id")]
    if len(set(found)) < len(found):
        yield "an id is used twice"
    if [element.get("id") for element in page.iter("h2")] != list(names):
        yield "the headings are not those of the questions"
    texts = ["".join(details.itertext()) for details in page.iter("details")]
    if len(texts) != len(names):
        yield f"{len(texts)} answers instead of {len(names)}"
    elif any(
        text.split() != ["Answer", *END.split(), "Related", "questions"] for text in texts[1::2]
    ):
        yield "an answer has spilled into the next"


def on_pages(made: Mapping[str, str]) -> list[str]:
    """Return what is on the topic pages of a source, but is not allowed there."""
    texts = (text for name, text in made.items() if re.fullmatch(r"topics/[^/]+\.md", name))
    pages = (html5lib.parse(html(text), namespaceHTMLElements=False) for text in texts)
    return [harm for page in pages for element in page.iter() for harm in misplaced(element)]


def misplaced(element: Element) -> Iterator[str]:
    """Yield what is wrong with an element and its attributes."""
    tag = str(element.tag)
    if tag not in ALLOWED:
        yield f"<{tag}>"
    if tag == "input" and (element.get("type"), element.get("disabled")) != (
        "checkbox",
        "disabled",
    ):
        yield "an input that is no box to look at"
    for name, value in element.attrib.items():
        if name not in ALLOWED.get(tag, ()):
            yield f"<{tag} {name}={value!r}>"
        elif name == "id" and tag not in {"h1", "h2"} and not _FOOTNOTE.fullmatch(value):
            yield f"<{tag}> takes the id {value!r}"
        elif name in {"href", "src"} and not _is_harmless(value, loads=name == "src"):
            yield f"<{tag} {name}={value!r}>"


def active(text: str) -> list[str]:
    """Return what could run, load or restyle something on a hand-written page."""
    page = html5lib.parse(html(text), namespaceHTMLElements=False)
    elements = [element for element in page.iter() if isinstance(element.tag, str)]
    return [
        f"<{element.tag} {name}={value!r}>"
        for element in elements
        for name, value in ({"": ""} | element.attrib).items()
        if element.tag not in BY_HAND
        or name.startswith("on")
        or name in {"style", "srcdoc", "srcset", "formaction", "ping", "target"}
        or (name in ADDRESSES and not _is_harmless(value, loads=name == "src"))
    ]


def _is_harmless(url: str, *, loads: bool) -> bool:
    """Return whether an address from the HTML5 parser is harmless, by rules separate from `qna`."""
    bare = re.sub(r"[\x00-\x20\x7f-\xa0]", "", unescape(unescape(url))).replace("\\", "/")
    scheme = _SCHEME.match(bare)
    if bare.startswith("//"):
        return False
    return not scheme or (scheme[1].lower() in SCHEMES and not loads)
