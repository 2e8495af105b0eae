#!/usr/bin/env python3
"""Check the built site: every question is there, nothing is active or foreign, every link leads.

The pages are read as a browser would read them, without one; links and anchors are followed by
LinkChecker over a server that mounts the site under a sub-path, as GitHub Pages does.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from qna.wording import counted

ROOT = Path(__file__).resolve().parent.parent
MOUNT = "/deep-learning-qa/"
"""Where the site is served while it is checked."""

_ALLOWED = """
a class href id rel tabindex title
abbr title
article class
blockquote dir
bdi
br
button aria-checked data-answers data-share role type
code class
dd dir
details class
div aria-label class role
dl dir
dt dir id
em
h1 class dir id
h2 class dir id
h3 class dir id
hr
input aria-label checked disabled type
img alt class src title
kbd
li class dir id
nav aria-label class
ol class dir start
p class dir
pre class id
s
span class id
strong
summary class
sup class id
table class dir
tbody
td align class dir
th align class dir
thead
tr
ul class dir
"""
_MATH = frozenset(
    "math mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow mspace msqrt"
    " mstyle msub msubsup msup mtable mtd mtext mtr munder munderover".split()
)
_OF_MATH = frozenset(
    "accent accentunder class columnspan depth dir display displaystyle height largeop"
    " linethickness lspace mathvariant maxsize minsize movablelimits rowspan rspace scriptlevel"
    " stretchy symmetric voffset width".split()
)
ALLOWED = {tag: frozenset(names) for tag, *names in map(str.split, _ALLOWED.strip().splitlines())}
ALLOWED |= dict.fromkeys(_MATH, _OF_MATH)
"""Elements that may stand in the main part of a page, and the attributes each may have there."""
SCHEMES = frozenset({"http", "https", "mailto"})
"""What an address may begin with; most are relative."""
ADDRESSES = frozenset(
    "href src action formaction data poster cite background manifest xlink:href ping".split()
)
"""Attributes that hold an address."""
NOWHERE = frozenset("applet base embed frame frameset iframe object portal style".split())
"""Elements that stand on no page, be it around the main part: they load, restyle or mislead."""
PLAIN = "404.html"
"""The page that shows nothing of the source."""
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
DATA = frozenset({"application/json", "application/ld+json"})
"""Types of scripts that do not run."""
_BASE = re.compile(r'(?<=new URL\()"[^"]*"')
"""How a script of the theme is told where the root of the site is."""
LINKCHECKER_SETTINGS = """\
[checking]
maxrequestspersecond=1000
threads=2
[output]
warnings=1
[AnchorCheck]
"""


@dataclass(slots=True)
class Page:
    """What the checks need to know of a page."""

    ids: list[str] = field(default_factory=list)
    articles: int = 0
    """Main parts."""
    headings: Counter[str] = field(default_factory=Counter)
    resources: list[str] = field(default_factory=list)
    """Addresses that a browser loads by itself."""
    active: list[str] = field(default_factory=list)
    """What the main part holds besides plain content, and what runs or leads astray elsewhere."""
    scripts: list[str] = field(default_factory=list)
    """What stands between the tags of scripts that run, but for where the page stands."""
    text: str = ""
    """Text of the main part, in single spaces."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._text: list[str] = []
        self._open: list[str] = []
        """Elements that are open, from the main part on."""
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.page.ids.append(values["id"])
        self._note_resource(tag, values)
        self._note_active(tag, values)
        if self._open or tag == "article":
            self.page.articles += tag == "article"
            self._note_content(tag, values)
            self._open += [tag] if tag not in VOID else []
        elif tag in NOWHERE:
            self.page.active.append(f"<{tag}>")
        self._in_script = tag == "script" and values.get("type") not in DATA and "src" not in values

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # a browser takes no slash for an end

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False
        if (self._open or tag == "article") and [tag] != self._open[-1:]:
            # Who ends what the theme began would have the rest taken for the theme's.
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
        """Note handlers of events and addresses that lead astray, wherever they stand."""
        for name, value in values.items():
            refresh = value.partition("=")[2] if tag == "meta" and name == "content" else ""
            url = value if name in ADDRESSES else refresh if "http-equiv" in values else ""
            if name.startswith("on") or not _is_harmless(url):
                self.page.active.append(f'<{tag} {name}="{value}">')

    def _note_content(self, tag: str, values: dict[str, str]) -> None:
        """Note elements and attributes that have no place in the main part."""
        self.page.headings[tag] += tag == "h1"
        if tag not in ALLOWED:
            self.page.active.append(f"<{tag}>")
            return
        for name in values.keys() - ALLOWED[tag]:
            self.page.active.append(f'<{tag} {name}="{values[name]}">')
        if tag == "input" and not ("disabled" in values and values.get("type") == "checkbox"):
            kind = f' type="{values["type"]}"' if "type" in values else ""
            self.page.active.append(f"<input{kind}>")

    def finished(self) -> Page:
        self.page.text = " ".join("".join(self._text).split())
        return self.page


def _is_harmless(url: str) -> bool:
    """Tell whether an address is relative or of a scheme that runs nothing, as browsers read it."""
    # Not by `qna.addresses`: a check would share the faults of what it checks.
    bare = re.sub(r"[\x00-\x20]", "", url).replace("\\", "/")
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", bare)
    return not bare.startswith("//") and (not scheme or scheme[1].lower() in SCHEMES)


def read_page(path: Path) -> Page:
    """Read one built page."""
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return reader.finished()


def faults(site: Path) -> Iterator[str]:
    """Yield what is wrong with the pages below `site`, one sentence each."""
    pages = {
        path.relative_to(site).as_posix(): read_page(path) for path in sorted(site.rglob("*.html"))
    }
    known = set(pages[PLAIN].scripts) if PLAIN in pages else set()
    for name, page in pages.items():
        yield from (f"{name}: {fault}" for fault in _page_faults(page))
        for script in page.scripts:
            if script not in known:
                yield f"{name}: a script that {PLAIN} does not have: {script.strip()[:60]}"
    yield from _question_faults(site, pages)
    yield from (
        f"{path}: is a link; GitHub Pages drops it" for path in site.rglob("*") if path.is_symlink()
    )


def _page_faults(page: Page) -> Iterator[str]:
    for name, number in Counter(page.ids).items():
        if number > 1:
            yield f"the id '{name}' stands {number} times on the page"
    if page.articles != 1:
        yield f"{page.articles} main parts instead of one"
    if page.headings["h1"] != 1:
        yield f"{page.headings['h1']} level-1 headings instead of one"
    yield from (f"active content: {found}" for found in page.active)
    yield from (f"loads from another host: {url}" for url in page.resources if urlsplit(url).netloc)


def _question_faults(site: Path, pages: dict[str, Page]) -> Iterator[str]:
    data = json.loads((site / "questions.json").read_text(encoding="utf-8"))
    for question in data["questions"]:
        name = question["id"]
        for url in (question["url"], question["topic_url"].partition("#")[0]):
            page = pages.get(f"{url}index.html")
            if page is None:
                yield f"{url}: there is no page for question '{name}'"
            elif name not in page.ids:
                yield f"{url}: question '{name}' has no heading with its id"
            elif (
                question["text"].split(". ")[0] not in page.text
                # Over lines, or with formulas, an answer has other spaces and signs on a page.
                and not {"\n", "$"} & set(question["answer"])
            ):
                yield f"{url}: the answer of question '{name}' is not on the page"


class _Handler(SimpleHTTPRequestHandler):
    """Serves like GitHub Pages: below a sub-path, and without directory listings."""

    def translate_path(self, path: str) -> str:
        clean = urlsplit(path).path
        if not clean.startswith(MOUNT):
            return str(Path(self.directory, "no", "such", "file"))
        return super().translate_path("/" + clean.removeprefix(MOUNT))

    def list_directory(self, path: object) -> None:  # noqa: ARG002
        self.send_error(404)

    def end_headers(self) -> None:
        # LinkChecker is as quick as it can be only with servers that say they know it.
        self.send_header("LinkChecker", "1")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Stay silent."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Stay silent: clients may go before they have read everything."""


@contextmanager
def served(site: Path, *mixins: type[SimpleHTTPRequestHandler]) -> Iterator[str]:
    """Serve `site` under a sub-path on a free local port; yield the address of its home page.

    A mixin changes how files are sent.
    """
    handler = partial(type("Handler", (*mixins, _Handler), {}), directory=str(site))
    server = _Server(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{MOUNT}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def broken_links(site: Path) -> str:
    """Return what LinkChecker says of the links and anchors of the site; empty if all lead."""
    program = _linkchecker()
    with served(site) as address, tempfile.NamedTemporaryFile("w", suffix=".rc") as settings:
        settings.write(LINKCHECKER_SETTINGS)
        settings.flush()
        command = [program, "--config", settings.name, "--no-status", "--no-robots", address]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return "" if done.returncode == 0 else done.stdout + done.stderr


def _linkchecker() -> str:
    places = (Path(sys.executable).parent, ROOT / ".venv" / "bin", ROOT / ".venv" / "Scripts")
    for place in places:
        for name in ("linkchecker", "linkchecker.exe"):
            if (place / name).is_file():
                return str(place / name)
    sys.exit("error: LinkChecker is not installed; run 'make build' once, which sets up .venv")


def main() -> int:
    """Run the command line; return 0 if the site is clean, 1 if not, 2 if there is none."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="folder of the built site")
    site = parser.parse_args().site
    if not (site / "index.html").is_file():
        print(f"error: there is no site in {site}; run 'make build' first", file=sys.stderr)
        return 2
    found = [*faults(site), *broken_links(site).splitlines()]
    for fault in found:
        print(fault, file=sys.stderr)
    pages = sum(1 for _ in site.rglob("*.html"))
    verdict = f"{counted(len(found), 'line')} of faults" if found else "clean"
    print(f"{counted(pages, 'page')} checked: {verdict}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
