#!/usr/bin/env python3
"""Finish the built site: add versions, policies, Markdown twins and feeds, remove unused files.

The search of a site with many questions is put in pieces.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import shutil
import sys
from contextlib import suppress
from html import unescape
from itertools import chain
from pathlib import Path

# With PYTHONSAFEPATH, a script's own folder is not on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import interpreter

with interpreter.complete():
    import search_pieces
    from build_record import Record
    from finishing import Finish
    from qna import downloads, pipeline, stamp
    from qna.data import (
        derived,
        feeds,
        manifest,
        markdown_twins,
        nav,
        sitemap,
        versions,
    )
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
    _divide_sitemap(site)
    _remove_timestamp(site / "sitemap.xml.gz")
    docs = ROOT / nav.docs_folder((ROOT / nav.FILE_NAME).read_text(encoding="utf-8"))
    for path in (path for name in UNUSED for path in site.glob(name)):
        if not (docs / path.relative_to(site)).exists():  # the owner may have one with that name
            _remove(path)
    look = pipeline.settings_of(ROOT / nav.FILE_NAME)
    try:
        search_pieces.cut(site)
    except search_pieces.NotInPiecesError as error:
        print(f"warning: the search loads all of its data at once: {error}", file=sys.stderr)
    record = Record.read(ROOT)
    added = {name: site / name for name in look.added if (site / name).is_file()}
    _finish_pages(site, Finish.of(_add_versions(site), added, look), record)
    language = pipeline.language_of(ROOT / nav.FILE_NAME)
    maker = f"{stamp.program()} {language}"  # the words of the site are part of the program
    record.texts = add_texts(site, language, record.texts if record.made_by == maker else {})
    record.made_by = maker
    record.write(ROOT)
    return sum(path.endswith(markdown_twins.FILE_NAME) for path in record.texts)


def add_texts(site: Path, language: str, before: derived.Known) -> derived.Known:
    """Write Markdown twins and feeds next to pages; return what is known of them.

    What is known from before and has not changed is left. Raises OSError or ValueError. The feeds
    need the address of the site, which only its pages tell in the same way for both engines.
    """
    said, data = words(language), json.loads((site / manifest.FILE_NAME).read_bytes())
    address = _address(site)
    found = feeds.feeds(data, address, said) if address else ()
    return derived.write(site, chain(found, markdown_twins.twins(data, said)), before, _write)


def _finish_pages(site: Path, finish: Finish, record: Record) -> None:
    """Finish all pages but those that are recorded as finished; record what is finished.

    Files may have changed since: those that a macro writes after a build, for example.
    """
    built = {str(site / kept.path): kept for kept in record.pages.values()}
    for page in downloads.paths_of_pages(site):
        known = built.get(page)
        if known and known.built != stamp.state_of(page):
            known = None
        if not (known and known.finished == finish.digest):
            path = Path(page)
            _write(path, finish.page(path.read_text(encoding="utf-8")))
            if known:
                known.finished, known.built = finish.digest, stamp.state_of(page)


def _address(site: Path) -> str:
    """Return the address of a site; empty if it has none."""
    home = (site / "index.html").read_text(encoding="utf-8")
    found = _CANONICAL.search(home.partition("</head>")[0])
    return unescape(found[1]) if found else ""


def _divide_sitemap(site: Path) -> None:
    """Divide the sitemap of a large site into parts."""
    path = site / sitemap.FILE_NAME
    address = _address(site)
    if not address or not path.is_file():
        return
    for name, text in sitemap.in_parts(path.read_text(encoding="utf-8"), address).items():
        _write(site / name, text)
        if (packed := site / f"{name}.gz").is_file():
            packed.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))


def _add_versions(site: Path) -> dict[str, str]:
    """Give each script, style and font an address of its content; return the addresses by name."""
    folder = site / versions.FOLDER
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
