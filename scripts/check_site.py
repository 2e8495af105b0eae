#!/usr/bin/env python3
"""Check the built site: no question missing, no active or foreign content, no broken links.

Pages are parsed roughly as browsers do. LinkChecker follows links on a local server that serves the
site under a subpath, as GitHub Pages does. Its plugin for anchors would load and parse a page again
for each of its anchors, so anchors are checked here.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from unicodedata import normalize
from urllib.parse import unquote, urljoin, urlsplit

# With PYTHONSAFEPATH, a script's own folder is not on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import interpreter

with interpreter.complete():
    from qna.downloads import pages_of
    from qna.wording import counted

ROOT = Path(__file__).resolve().parent.parent
MOUNT = "/deep-learning-qa/"
"""Path of the site on the local server."""

_ALLOWED = """
a aria-current aria-label class href id rel tabindex title
abbr title
article class
blockquote dir
bdi
br
button aria-checked data-answers data-own data-share role type
code class
dd dir
details class
div aria-label class data-mark role
dl dir
dt dir id
em class data-steps
figcaption
figure
h1 aria-label class dir id
h2 aria-label class dir id
h3 aria-label class dir id
hr
input aria-label checked disabled type
img alt class src title
kbd
li class dir id
nav aria-label class
ol class dir start
p class dir id
pre class id
s
span class id
strong
summary aria-label class
sup class id
table class dir
tbody
td align class dir
time datetime
th align class dir
thead
time datetime
tr
ul class dir
"""
_MATH = frozenset(
    "math mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow mspace msqrt"
    " mstyle msub msubsup msup mtable mtd mtext mtr munder munderover".split()
)
_OF_MATH = frozenset(
    "accent accentunder alttext class columnspan depth dir display displaystyle height largeop"
    " linethickness lspace mathvariant maxsize minsize movablelimits rowspan rspace scriptlevel"
    " stretchy symmetric voffset width".split()
)
_SVG = frozenset(
    "svg g path line polyline polygon rect circle ellipse text tspan title desc defs marker"
    " clippath".split()
)
_OF_SVG = frozenset(
    "aria-describedby aria-labelledby class clip-path color cx cy d direction dominant-baseline"
    " dx dy fill"
    " fill-opacity fill-rule font-family font-size font-style font-weight height id marker-end"
    " marker-mid marker-start markerheight markerunits markerwidth opacity orient points"
    " preserveaspectratio r refx refy role rx ry stroke stroke-dasharray stroke-linecap"
    " stroke-linejoin stroke-opacity stroke-width text-anchor transform viewbox width x x1 x2 y y1"
    " y2".split()
)
ALLOWED = {tag: frozenset(names) for tag, *names in map(str.split, _ALLOWED.strip().splitlines())}
ALLOWED |= dict.fromkeys(_MATH, _OF_MATH)
ALLOWED |= dict.fromkeys(_SVG, _OF_SVG)
"""Elements allowed in the main part of a page, with their allowed attributes."""
_PLACE = "path:"
"""Start of the id of a paragraph that says where a question is on a learning path."""
SCHEMES = frozenset({"http", "https", "mailto"})
"""Allowed schemes of addresses; most addresses are relative."""
ADDRESSES = frozenset(
    "href src action formaction data poster cite background manifest xlink:href ping".split()
)
"""Attributes that contain an address."""
FORBIDDEN = frozenset("applet base embed frame frameset iframe object portal style".split())
"""Elements allowed nowhere on a page: they load, restyle or redirect."""
PLAIN = "404.html"
"""The page without any content from the source."""
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
DATA = frozenset({"application/json", "application/ld+json"})
"""Types of scripts that do not run."""
_BASE = re.compile(r'(?<=new URL\()"[^"]*"')
"""The site root, as passed to a script of the theme; differs between pages."""
LINKCHECKER_SETTINGS = """\
[checking]
maxrequestspersecond=1000
threads=2
[output]
warnings=1
[filtering]
nofollow=/downloads/[^/]+[.]html$
"""


@dataclass(slots=True)
class Page:
    """The parts of a page that are checked."""

    ids: list[str] = field(default_factory=list)
    articles: int = 0
    """Number of main parts."""
    headings: Counter[str] = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    resources: list[str] = field(default_factory=list)
    """Addresses that a browser loads automatically."""
    active: list[str] = field(default_factory=list)
    """Disallowed tags and attributes in the main part; harmful ones elsewhere."""
    policy: str = ""
    """The content security policy."""
    scripts: list[str] = field(default_factory=list)
    """Code of inline scripts, without the site root."""
    text: str = ""
    """Text of the main part, with whitespace collapsed."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._text: list[str] = []
        self._open: list[str] = []
        """Open elements, starting with the main part."""
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.page.ids.append(values["id"])
        if tag == "a" and "href" in values:
            self.page.links.append(values["href"])
        if values.get("http-equiv") == "Content-Security-Policy":
            self.page.policy = values["content"]
        self._note_resource(tag, values)
        self._note_active(tag, values)
        if self._open or tag == "article":
            self.page.articles += tag == "article"
            self._note_content(tag, values)
            self._open += [tag] if tag not in VOID else []
        elif tag in FORBIDDEN:
            self.page.active.append(f"<{tag}>")
        self._in_script = tag == "script" and values.get("type") not in DATA and "src" not in values

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # browsers ignore the slash

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False
        if (self._open or tag == "article") and [tag] != self._open[-1:]:
            # Content that closes an element of the theme would make the rest look like the theme.
            self.page.active.append(f"</{tag}>")
        self._open = self._open[:-1]

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.page.scripts.append(_BASE.sub("", data))
        if self._open:
            self._text.append(data)

    def _note_resource(self, tag: str, values: dict[str, str]) -> None:
        if "src" in values:
            self.page.resources.append(values["src"])
        if tag == "link" and values.get("rel") not in {"canonical", "alternate", "prev", "next"}:
            self.page.resources.append(values.get("href", ""))

    def _note_active(self, tag: str, values: dict[str, str]) -> None:
        """Note event handlers and harmful addresses anywhere on the page."""
        for name, value in values.items():
            refresh = value.partition("=")[2] if tag == "meta" and name == "content" else ""
            url = value if name in ADDRESSES else refresh if "http-equiv" in values else ""
            if name.startswith("on") or not _is_harmless(url):
                self.page.active.append(f'<{tag} {name}="{value}">')

    def _note_content(self, tag: str, values: dict[str, str]) -> None:
        """Note elements and attributes that are not allowed in the main part."""
        self.page.headings[tag] += tag == "h1"
        if tag not in ALLOWED:
            self.page.active.append(f"<{tag}>")
            return
        for name in values.keys() - ALLOWED[tag]:
            self.page.active.append(f'<{tag} {name}="{values[name]}">')
        if tag == "p" and not values.get("id", _PLACE).startswith(_PLACE):
            self.page.active.append(f'<p id="{values["id"]}">')
        if tag == "input" and not ("disabled" in values and values.get("type") == "checkbox"):
            kind = f' type="{values["type"]}"' if "type" in values else ""
            self.page.active.append(f"<input{kind}>")

    def finished(self) -> Page:
        self.page.text = " ".join("".join(self._text).split())
        return self.page


def _is_harmless(url: str) -> bool:
    """Tell whether browsers treat an address as relative or as one of the allowed schemes."""
    # Deliberately independent of `qna.markdown.url_safety`, so that it does not share its bugs.
    bare = re.sub(r"[\x00-\x20]", "", url).replace("\\", "/")
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", bare)
    return not bare.startswith("//") and (not scheme or scheme[1].lower() in SCHEMES)


def read_page(path: Path) -> Page:
    """Parse one built page."""
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return reader.finished()


def faults(site: Path) -> Iterator[str]:
    """Yield one message for each problem with the pages below `site`."""
    pages = {
        # macOS may list names with their accents apart.
        normalize("NFC", path.relative_to(site).as_posix()): read_page(path)
        for path in pages_of(site)
    }
    known = set(pages[PLAIN].scripts) if PLAIN in pages else set()
    for name, page in pages.items():
        yield from (f"{name}: {fault}" for fault in _page_faults(page))
        yield from (f"{name}: {fault}" for fault in _anchor_faults(name, pages))
        for script in page.scripts:
            if script not in known:
                yield f"{name}: script that is not in {PLAIN}: {script.strip()[:60]}"
    yield from _question_faults(site, pages)
    yield from (
        f"{path}: symbolic link; GitHub Pages drops it"
        for path in site.rglob("*")
        if path.is_symlink()
    )


def _page_faults(page: Page) -> Iterator[str]:
    for name, number in Counter(page.ids).items():
        if number > 1:
            yield f"the id '{name}' is used {number} times on the page"
    if page.articles != 1:
        yield f"{page.articles} main parts instead of one"
    if page.headings["h1"] != 1:
        yield f"{page.headings['h1']} level-1 headings instead of one"
    yield from (f"active content: {found}" for found in page.active)
    allowed = {urlsplit(source).netloc for source in page.policy.split()} - {""}
    for url in page.resources:
        if (host := urlsplit(url).netloc) and not any(fnmatch(host, name) for name in allowed):
            yield f"loads from another host: {url}"


def _anchor_faults(name: str, pages: dict[str, Page]) -> Iterator[str]:
    """Yield a fault for each link to an anchor that is not on its page."""
    for link in dict.fromkeys(pages[name].links):
        url = urlsplit(urljoin(f"{MOUNT}{name}", link))
        path = unquote(url.path).removeprefix(MOUNT)
        page = pages.get(f"{path}index.html" if path.endswith("/") or not path else path)
        if url.fragment and not url.netloc and page and unquote(url.fragment) not in page.ids:
            yield f"there is no anchor for the link '{link}'"


def _question_faults(site: Path, pages: dict[str, Page]) -> Iterator[str]:
    data = json.loads((site / "questions.json").read_text(encoding="utf-8"))
    for question in data["questions"]:
        name = question["id"]
        for url in (question["url"], question["topic_url"].partition("#")[0]):
            page = pages.get(f"{url}index.html")
            if page is None:
                yield f"{url}: no page for question '{name}'"
            elif name not in page.ids:
                yield f"{url}: question '{name}' has no heading with its id"
            elif (
                question["text"].split(". ")[0] not in page.text
                # Over lines, or with formulas, an answer has other spaces and signs on a page.
                and not {"\n", "$"} & set(question["answer"])
            ):
                yield f"{url}: the answer of question '{name}' is not on the page"


class _Handler(SimpleHTTPRequestHandler):
    """Serves like GitHub Pages: under a subpath, without directory listings."""

    def translate_path(self, path: str) -> str:
        clean = urlsplit(path).path
        if not clean.startswith(MOUNT):
            return str(Path(self.directory, "no", "such", "file"))
        return super().translate_path("/" + clean.removeprefix(MOUNT))

    def list_directory(self, path: object) -> None:  # noqa: ARG002
        self.send_error(404)

    def end_headers(self) -> None:
        # LinkChecker goes at full speed only if the server sends this header.
        self.send_header("LinkChecker", "1")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Stay silent."""


_ENDS_WITHIN = 0.05
"""Seconds until a server notices that it is to end."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Stay silent: clients may disconnect early."""


@contextmanager
def served(site: Path, *mixins: type[SimpleHTTPRequestHandler]) -> Iterator[str]:
    """Serve `site` under a subpath on a free local port; yield the address of its home page.

    Mixins extend the request handler.
    """
    handler = partial(type("Handler", (*mixins, _Handler), {}), directory=str(site))
    server = _Server(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, args=(_ENDS_WITHIN,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{MOUNT}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def broken_links(site: Path) -> str:
    """Return LinkChecker's output for broken links; empty if there are none."""
    program = _linkchecker()
    with served(site) as address, tempfile.NamedTemporaryFile("w", suffix=".rc") as settings:
        settings.write(LINKCHECKER_SETTINGS)
        settings.flush()
        command = [program, "--config", settings.name, "--no-status", "--no-robots", address]
        # The site is on this machine, where no proxy finds it.
        direct = {**os.environ, "no_proxy": "*", "NO_PROXY": "*"}
        done = subprocess.run(command, env=direct, capture_output=True, text=True, check=False)  # noqa: S603
    return "" if done.returncode == 0 else done.stdout + done.stderr


def _linkchecker() -> str:
    places = (Path(sys.executable).parent, ROOT / ".venv" / "bin", ROOT / ".venv" / "Scripts")
    for place in places:
        for name in ("linkchecker", "linkchecker.exe"):
            if (place / name).is_file():
                return str(place / name)
    sys.exit("error: LinkChecker is not installed; run 'make build' once, which sets up .venv")


def main() -> int:
    """Run the command line; return 0 if the site is clean, 1 if not, 2 if it is missing."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="folder of the built site")
    site = parser.parse_args().site
    if not (site / "index.html").is_file():
        print(f"error: no built site in {site}; run 'make build' first", file=sys.stderr)
        return 2
    found = [*faults(site), *broken_links(site).splitlines()]
    for fault in found:
        print(fault, file=sys.stderr)
    pages = len(pages_of(site))
    verdict = counted(len(found), "problem") if found else "clean"
    print(f"{counted(pages, 'page')} checked: {verdict}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
