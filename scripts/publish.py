#!/usr/bin/env python3
"""Finish the built site: a Markdown twin beside each page, and nothing of the day of the build."""

from __future__ import annotations

import argparse
import gzip
import sys
from pathlib import Path

from qna import manifest, twins

ROOT = Path(__file__).resolve().parent.parent


def publish(site: Path) -> int:
    """Finish the site in a folder; return how many twins there are. Raises OSError."""
    _forget_the_day(site / "sitemap.xml.gz")
    found = twins.twins(site / manifest.FILE_NAME)
    for name, text in found.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return len(found)


def _forget_the_day(packed: Path) -> None:
    """Pack a file anew without a date: the same source is to give the same bytes on every day.

    MkDocs writes the day into this one file; Zensical has no such file.
    """
    if packed.exists():
        packed.write_bytes(gzip.compress(gzip.decompress(packed.read_bytes()), mtime=0))


def main() -> int:
    """Run the command line; return 0, or 2 if there is no built site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="folder of the built site")
    site = parser.parse_args().site
    try:
        count = publish(site)
    except OSError as error:
        reason = error.strerror or error
        print(f"error: {site}: {reason}; build the site first, by 'make build'", file=sys.stderr)
        return 2
    print(f"{count} Markdown twins", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
