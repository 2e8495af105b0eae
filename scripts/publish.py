#!/usr/bin/env python3
"""Add to the built site what no engine builds: a Markdown twin beside each page."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from qna import manifest, twins

ROOT = Path(__file__).resolve().parent.parent


def publish(site: Path) -> int:
    """Write the twins below `site`; return how many there are. Raises OSError."""
    found = twins.twins(site / manifest.FILE_NAME)
    for name, text in found.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return len(found)


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
