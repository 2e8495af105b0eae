#!/usr/bin/env python3
"""Finish the built site: add versions, policies, Markdown twins and feeds, remove unused files.

The search of a site with many questions is put in pieces.
"""

from __future__ import annotations

import argparse
import gzip
import re
import shutil
import sys
from collections.abc import Container
from contextlib import suppress
from html import unescape
from pathlib import Path

# With PYTHONSAFEPATH, a script's own folder is not on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import interpreter

with interpreter.complete():
    import search_pieces
    from build_record import Record
    from qna import pipeline, stamp
    from qna.data import feeds, manifest, markdown_twins, nav, security_policy, versions
    from qna.data.whitespace import condensed
    from qna.downloads import pages_of
    from qna.wording import counted
    from qna.words import words

ROOT = Path(__file__).resolve().parent.parent
UNUSED = (
    "assets/javascripts/bundle.*",
    "assets/javascripts/workers",
    "assets/javascripts/lunr",
    "assets/javascripts/LICENSE",
    "assets/stylesheets/main.*",
    "assets/stylesheets/palette.*",
    "assets/stylesheets/classic",
    "assets/stylesheets/modern",
    "assets/images/favicon.png",
)
"""Files of the theme that no page of this site uses."""
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')


def publish(site: Path) -> int:
    """Finish the site in a folder; return the number of twins. Raises OSError, ValueError."""
    _remove_timestamp(site / "sitemap.xml.gz")
    docs = ROOT / nav.docs_folder((ROOT / nav.FILE_NAME).read_text(encoding="utf-8"))
    for path in (path for name in UNUSED for path in site.glob(name)):
        if not (docs / path.relative_to(site)).exists():  # the owner may have one with that name
            _remove(path)
    look = pipeline.settings_of(ROOT / nav.FILE_NAME)
    added = {
        name: versions.of_added(name, (site / name).read_bytes())
        for name in look.added
        if (site / name).is_file()
    }
    try:
        search_pieces.cut(site)
    except search_pieces.NotInPiecesError as error:
        print(f"warning: the search loads all of its data at once: {error}", file=sys.stderr)
    addresses = _add_versions(site / versions.FOLDER)
    record = Record.read(ROOT)
    built = {site / kept.path: kept for kept in record.pages.values()}
    for path in pages_of(site):
        known = built.get(path)
        if known and known.built != stamp.state_of(path):
            known = None
        if not (known and known.finished):
            page = versions.in_page(path.read_text(encoding="utf-8"), addresses, added)
            _write(path, security_policy.guarded(condensed(page), look.allowed))
            if known:
                known.finished, known.built = True, stamp.state_of(path)
    record.write(ROOT)
    language = pipeline.language_of(ROOT / nav.FILE_NAME)
    add_feeds(site, language)
    return add_twins(site, language)


def add_twins(site: Path, language: str, pages: Container[str] | None = None) -> int:
    """Write a Markdown twin next to each page, or to some; return how many.

    Raises OSError or ValueError.
    """
    found = markdown_twins.twins(site / manifest.FILE_NAME, words(language), pages)
    for name, text in found.items():
        _write(site / name, text)
    return len(found)


def add_feeds(site: Path, language: str) -> None:
    """Write the Atom feeds. Raises OSError or ValueError.

    They need the address of the site, which only its pages tell in the same way for both engines.
    """
    home = (site / "index.html").read_text(encoding="utf-8")
    address = _CANONICAL.search(home.partition("</head>")[0])
    if address:
        found = feeds.feeds(site / manifest.FILE_NAME, unescape(address[1]), words(language))
        for name, text in found.items():
            _write(site / name, text)


def _add_versions(folder: Path) -> dict[str, str]:
    """Give each script, style and font an address of its content; return the addresses by name."""
    files = {path.name: path.read_bytes() for path in folder.glob("*.*") if path.is_file()}
    found = versions.versioned(files)
    for name, (address, content) in found.items():
        path = folder / address.partition("?")[0]
        path.write_bytes(content)
        if path.name != name:
            (folder / name).unlink()
    return {name: address for name, (address, _) in found.items()}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    with suppress(OSError):  # the owner's files are in it, too
        path.parent.rmdir()


def _remove_timestamp(packed: Path) -> None:
    """Recompress a file without its timestamp, so that builds are reproducible.

    Only MkDocs writes this file.
    """
    if packed.exists():
        packed.write_bytes(gzip.compress(gzip.decompress(packed.read_bytes()), mtime=0))


def main() -> int:
    """Run the command line; return 0, or 2 if the site is missing or cannot be finished."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="folder of the built site")
    site = parser.parse_args().site
    try:
        count = publish(site)
    except FileNotFoundError as error:
        print(f"error: {site}: {error.strerror}; run 'make build' first", file=sys.stderr)
        return 2
    except OSError as error:
        place = error.filename or site
        print(f"error: {place}: {error.strerror}; fix that and run it again", file=sys.stderr)
        return 2
    except ValueError as error:
        print(f"error: {site}: {error}; run 'make build' again", file=sys.stderr)
        return 2
    print(counted(count, "Markdown twin"), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
