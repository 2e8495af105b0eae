"""Helpers that copy a project, build its site, and visit it in a browser."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from functools import cache, partial
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import check_site
import draw_cards
import pytest
from playwright.sync_api import Browser, Page
from qna import downloads, pipeline, words
from qna.appearance import settings
from qna.cards import drawing
from qna.downloads import pages_of

from support import programs
from support.harness import FIXTURE, ROOT

MACHINERY = ("docs/assets", "frontend/bundled", "frontend/styles", "overrides", "macros", "scripts")
"""The code that builds a site from content, and the bundle, but no other generated files."""
HOW_TO_BUILD = frozenset(
    "docs_dir site_dir exclude_docs not_in_nav validation hooks plugins markdown_extensions".split()
)
"""Parts of mkdocs.yml that are the same for all content."""
REPO_URL = "https://github.com/example/deep-learning-qa"
SITE_URL = f"https://example.org{check_site.MOUNT}"
PAINTED = "new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
SHIFTS = """async () => {
  const observer = new PerformanceObserver(() => {});
  observer.observe({ type: "layout-shift", buffered: true });
  return observer.takeRecords().reduce((sum, { value }) => sum + value, 0);
}"""


@dataclass(frozen=True)
class Built:
    """A built site."""

    engine: str
    folder: Path
    data: dict[str, Any]

    def html(self, url: str) -> str:
        """Return the page at an address relative to the site's root."""
        return (self.folder / url / "index.html").read_text(encoding="utf-8")


def address(url: str, link: str) -> str:
    """Return the target of a link on a page relative to the site's root, however it is spelled."""
    return unquote(urljoin(f"/{url}", link))[1:]


def pages(site: Built) -> dict[str, list[str]]:
    """Return the tags and texts of each page of a site, without differences between the engines."""
    paths = sorted(path.relative_to(site.folder).as_posix() for path in pages_of(site.folder))
    return {path: _parts((site.folder / path).read_text(encoding="utf-8"), path) for path in paths}


def _parts(html: str, path: str) -> list[str]:
    """Split a page into tags and texts, without blanks, with addresses relative to the site's root.

    The engines have different versions of icons, and 404.html has a slash after the root or not.
    """

    def resolved(match: re.Match[str]) -> str:
        url = "/" + address(path, match[2]).replace("/index.html", "/")
        return f'{match[1]}="{url}"'

    plain = re.sub("<svg.*?</svg>", "", unescape(html), flags=re.DOTALL)
    spelled = re.sub(r'\b(href|src)="([^"]*)"', resolved, plain)
    rooted = spelled.replace(f'"{check_site.MOUNT}"', f'"{check_site.MOUNT[:-1]}"')
    parts = (" ".join(part.split()) for part in re.split(r"(<[^>]*>)", rooted))
    return [part for part in parts if part]


def weight(path: Path) -> int:
    """Return the bytes of a file over the network; fonts and images are compressed already."""
    packed = path.suffix in {".woff2", ".png"}
    return len(path.read_bytes() if packed else gzip.compress(path.read_bytes(), 6))


def digests(folder: Path) -> dict[str, str]:
    """Return the checksum of each file of a site by its path."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def files(site: Built) -> dict[str, str]:
    """Return the checksums of a site's files that are the same from both engines: all but pages.

    Each writes its own sitemap, and Zensical an index for search that no page loads.
    """
    own = {"search.json", "sitemap.xml", "sitemap.xml.gz"}
    found = digests(site.folder)
    return {path: found[path] for path in found.keys() - own if not path.endswith(".html")}


def copy_project(to: Path, content: Path = FIXTURE) -> Path:
    """Copy the files that people edit, and the bundle; pages must be built again."""
    for name in MACHINERY:
        shutil.copytree(ROOT / name, to / name, ignore=_generated)
    if content != ROOT:
        if bundle := _usual_bundle():
            shutil.copytree(bundle, to / "docs/assets", dirs_exist_ok=True)
        _draw_icon(to, content)
    (to / "node_modules").symlink_to(ROOT / "node_modules")
    for path in (content / "docs").iterdir():
        copied = to / "docs" / path.name
        if path.name in pipeline.WRITTEN | {downloads.FOLDER, "assets"}:
            continue
        _ = shutil.copytree(path, copied) if path.is_dir() else shutil.copy(path, copied)
    config, own = ((place / "mkdocs.yml").read_text("utf-8") for place in (ROOT, content))
    (to / "mkdocs.yml").write_text(_with_parts(config, own), encoding="utf-8")
    return to


def _generated(folder: str, names: list[str]) -> list[str]:
    """Return the generated names in a folder; `cards` is generated only in `assets`."""
    return [name for name in names if name == "cards" and Path(folder).name == "assets"]


def _with_parts(config: str, own: str) -> str:
    """Return the parts of a configuration that say how sites are built, and all of another one."""
    if own == config:
        return own
    parts = re.compile(r"^(\w+):.*?(?=^\w|\Z)", re.MULTILINE | re.DOTALL)
    written = {part[1]: part[0] for part in parts.finditer(own)}
    built = {part[1]: part[0] for part in parts.finditer(config) if part[1] in HOW_TO_BUILD}
    return "".join({**built, **written}.values())


def _usual_bundle() -> Path | None:
    """Return a folder with the bundle of the fixture; None if the project's own is as good.

    The site of the project may have another language, other colors and another font, and its fonts
    may lack characters of the fixture.
    """
    usual = {
        settings.FOR_SCRIPTS: settings.Settings().for_scripts(),
        words.FOR_SCRIPTS: words.for_scripts(words.english()),
    }
    own = {name: _text(ROOT / name) for name in (*usual, pipeline.FOR_FONTS)}
    if usual.items() <= own.items() and _has(own[pipeline.FOR_FONTS], _characters()):
        return None
    wanted = {**usual, pipeline.FOR_FONTS: _characters()}
    files = [path for path in (ROOT / "frontend").rglob("*.*") if path.is_file()]
    parts = [path.read_bytes() for path in sorted(files)]
    stamp = sha256(b"".join([*parts, *map(str.encode, wanted.values())])).hexdigest()
    project = ROOT / ".cache/usual-bundle"
    project.parent.mkdir(exist_ok=True)
    with _locked(project.with_suffix(".lock")):
        if not (project / stamp).exists():
            shutil.rmtree(project, ignore_errors=True)
            shutil.copytree(ROOT / "frontend", project / "frontend")
            for name in ("package.json", "tsconfig.json", "scripts", "node_modules"):
                (project / name).symlink_to(ROOT / name)
            for path, text in wanted.items():
                (project / path).write_text(text, encoding="utf-8")
            done = run(["node", "frontend/build.mjs"], project)
            assert done.returncode == 0, done.stderr
            (project / stamp).touch()
    return project / "docs/assets"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


@cache
def _characters() -> str:
    """Return the file of the characters that the fixture's fonts must have."""
    docs = FIXTURE / "docs"
    site = pipeline.read_site(docs / "_source/questions.md", docs)
    assert site
    return pipeline.for_fonts(site)


def _has(own: str, wanted: str) -> bool:
    """Tell whether one file of characters has all of another one that go into fonts."""
    found, needed = (json.loads(text) if text else {} for text in (own, wanted))
    latin = {char for char in needed["letters"] if "LATIN" in unicodedata.name(char, "")}
    formulas = set(needed["formulas"])
    return bool(found) and formulas <= set(found["formulas"]) and latin <= set(found["letters"])


def _draw_icon(project: Path, content: Path) -> None:
    """Put the icon for phones into a project, whose own site may have another letter and color."""
    if (path := project / "docs" / draw_cards.ICON).exists():
        path.write_bytes(_icon(content))


@cache
def _icon(content: Path) -> bytes:
    look = pipeline.settings_of(content / "mkdocs.yml")
    theme = draw_cards._theme(look, content / "docs")
    return drawing.icon_png(draw_cards._fonts(look.font), theme)


def take_source(project: Path, text: str) -> None:
    """Give a copied project another source, and empty the hand-written pages about the old one."""
    shutil.rmtree(project / "docs/_source")
    (project / "docs/_source").mkdir()
    (project / "docs/_source/questions.md").write_text(text, encoding="utf-8")
    for path in _pages_by_hand(project):
        if path.name == "downloads.md":  # about any source, and topics link to its parts
            continue
        (project / path).write_text(f"# {path.stem}\n", encoding="utf-8")


def _pages_by_hand(project: Path) -> list[Path]:
    docs = project / "docs"
    return [path.relative_to(project) for path in [*docs.glob("*.md"), *docs.glob("paths/*.md")]]


def run(arguments: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program of the virtual environment; return its exit code and output."""
    program, *rest = arguments
    addresses = {"SITE_URL": SITE_URL, "REPO_URL": REPO_URL}
    variables = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **addresses, **environment}
    at_start = re.findall(r"\b(?:LC_|PYTHON(?!PATH))", " ".join(environment))
    """Variables that only a new interpreter reads."""

    def once() -> subprocess.CompletedProcess[str]:
        if program != "node" and not at_start:
            return programs.run(arguments, folder, variables)
        command = [str(Path(sys.executable).with_name(program)), *rest]
        return subprocess.run(
            command, cwd=folder, env=variables, capture_output=True, text=True, check=False
        )

    done = once()
    # As in the Makefile: Zensical sometimes misses pages that exist, even several times in a row:
    # https://github.com/zensical/zensical/issues/641
    for _ in range(2):
        if program == "zensical" and "page does not exist" in done.stdout + done.stderr:
            done = once()
    return done


COMMANDS = {
    engine: [
        ["python", "scripts/split.py", "--undated"],
        ["python", "scripts/draw_cards.py"],
        [engine, "build", "--strict", *options],
        ["python", "scripts/publish.py"],
    ]
    for engine, options in {"mkdocs": [], "zensical": ["--clean"]}.items()
}
"""The commands of `make build`, but for the files to take along."""
DOWNLOADS = ["python", "scripts/make_downloads.py"]


def build(engine: str, project: Path, **environment: str) -> Path:
    """Split and build a project, without cards and files to take along; return the site's folder."""
    split, _, *rest = COMMANDS[engine]
    for command in (split, *rest):
        done = run(command, project, **environment)
        assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


def built(engine: str, content: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the site of some content, built by an engine.

    It is built once per run: workers find it in the folder that contains their temporary folders.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    name = "-".join(["site", *content.relative_to(ROOT).parts])
    split, draw, *build = COMMANDS[engine]
    with _locked(shared / f"{name}.lock"):
        source = _once(
            shared / name, lambda to: copy_project(to, content), [split, draw, DOWNLOADS]
        )
        copy = partial(shutil.copytree, source, symlinks=True)
        folder = _once(shared / f"{name}-{engine}", copy, build) / "site"
    data = json.loads((folder / "questions.json").read_text(encoding="utf-8"))
    return Built(engine, folder, data)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a lock, so that other processes that want it wait."""
    with path.open("w") as lock:
        flock(lock, LOCK_EX)
        yield


def _once(project: Path, make: Callable[[Path], object], commands: list[list[str]]) -> Path:
    """Create a project and run commands in it, unless that was done before; return its folder."""
    done = project.with_suffix(".done")
    if not done.exists():
        shutil.rmtree(project, ignore_errors=True)
        make(project)
        for command in commands:
            ended = run(command, project)
            assert ended.returncode == 0, ended.stdout + ended.stderr
        done.touch()
    return project


@dataclass(frozen=True)
class Visit:
    """A page of the served site in a browser."""

    page: Page
    base: str
    """Address of the home page."""
    problems: list[str]
    """Errors in the console and the network, and requests to other hosts."""

    def open(self, url: str) -> Page:
        """Go to an address relative to the site's root, and wait until the page accepts keys."""
        self.page.goto(self.base + url)
        # Chromium drops keys that are pressed between a page's load and its first paint.
        self.page.evaluate(PAINTED)
        return self.page


def shift(page: Page) -> float:
    """Return how far the parts of a loaded page have moved on their own, as a layout shift score.

    https://web.dev/articles/cls
    """
    page.evaluate("document.fonts.ready.then(() => null)")
    page.evaluate(PAINTED)
    return float(page.evaluate(SHIFTS))


@contextmanager
def visiting(chrome: Browser, address: str, *, bypass_csp: bool = False) -> Iterator[Visit]:
    """Open a site in a fresh browser profile; fail at the end if there were problems."""
    context = chrome.new_context(base_url=address, bypass_csp=bypass_csp)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    found = Visit(context.new_page(), address, [])
    note_problems(found)
    yield found
    context.close()
    assert found.problems == []


def note_problems(visit: Visit) -> None:
    """Collect errors and foreign requests, which no page may cause."""
    host = visit.base.split("/")[2]
    page, problems = visit.page, visit.problems
    page.on("pageerror", lambda error: problems.append(f"error: {error}"))
    page.on("console", lambda message: message.type == "error" and problems.append(message.text))
    page.on(
        "request",
        lambda request: (
            request.url.startswith("http")
            and host not in request.url
            and problems.append(f"foreign request: {request.url}")
        ),
    )
