#!/usr/bin/env python3
"""Read a source, scan its lines, and write given files: what no splitter can do without.

    python floor.py SOURCE FOLDER COPY

The files of FOLDER are written to COPY, with the same bytes.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

_START = re.compile(r"(?:###\s+\*\*|\*\s+\*\*|\s+-\s)")


def main() -> None:
    """Do it."""
    source, folder, copy = map(Path, sys.argv[1:])
    lines = source.read_text(encoding="utf-8").splitlines()
    print(sum(1 for line in lines if _START.match(line)))
    for path in folder.rglob("*.*"):
        target = copy / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())


if __name__ == "__main__":
    main()
