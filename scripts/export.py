#!/usr/bin/env python3
"""Export the questions for a search engine on a server, in the bulk form of OpenSearch.

    make export OUT=FOLDER

A folder then has `index.json`, with settings and mapping, and the records in files that are small
enough for one request each.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

# With PYTHONSAFEPATH, a script's own folder is not on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import interpreter

with interpreter.complete():
    from making import exit_code, read_site
    from qna import pipeline, writer
    from qna.data import nav, opensearch
    from qna.downloads import MissingError
    from qna.wording import counted

ROOT = Path(__file__).resolve().parent.parent
EXIT_CODES = """\
exit codes:
  0    every file was written
  2    wrong usage, or something is missing: a source without errors
  4    a file could not be written
  130  interrupted
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    options = _parser().parse_args(arguments)
    return exit_code(lambda: _run(options.docs, options.out), MissingError)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXIT_CODES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--docs", type=Path, default=pipeline.shown(ROOT / "docs"), help="docs folder")
    add("--out", type=Path, default=Path("export"), metavar="FOLDER", help="folder to write")
    return parser


def _run(docs: Path, out: Path) -> str:
    """Write all files; return a summary for the user."""
    site, language = read_site(docs), pipeline.language_of(docs.parent / nav.FILE_NAME)
    writer.write(out / opensearch.INDEX, opensearch.index(site, language).encode())
    written = set()
    for number, part in enumerate(opensearch.parts(site), 1):
        written.add(out / opensearch.name_of(number))
        writer.write(out / opensearch.name_of(number), part)
    earlier = {*out.glob(opensearch.PARTS)} - written
    writer.apply(writer.Step(path, writer.Change.DELETE, "", "") for path in earlier)
    files = counted(len(written), "file")
    return f"{counted(len(site.questions), 'question')} in {files} below {out}"


if __name__ == "__main__":
    sys.exit(main())
