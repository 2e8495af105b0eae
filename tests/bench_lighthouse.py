#!/usr/bin/env python3
"""Score the home page, a topic and a question with Lighthouse, next to figures of other sites.

    make bench

Scores are medians of three runs with the mobile preset; the exit code is 1 if a category is below
100. The site is served with gzip, as on GitHub Pages. Lighthouse needs a newer Node than the
project does; both are installed into .tools from lock files.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "scripts")]

import browser  # noqa: E402
import check_site  # noqa: E402
from bench import tools  # noqa: E402

CACHE = ROOT / ".tools" / "lighthouse"
PAGES = {"home": "", "longest topic": "topics/neural-networks/", "question": "q/dropout/"}
RUNS = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TIMES = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time")
PEERS = {
    "Material, home": (100, 92, 96, 100),
    "Material, topic": (100, 92, 96, 100, 1425, 1500, 32),
    "Zensical, topic": (99, 100, 96, 100, 1654, 1654, 52),
    "Starlight, topic": (100, 100, 96, 100, 1008, 1171, 0),
    "Hugo, topic": (100, 100, 96, 100, 912, 1302, 0),
    "VitePress, topic": (96, 100, 96, 100, 1629, 1815, 202),
    "Docusaurus, topic": (93, 96, 96, 100, 909, 2169, 268),
}
"""The same content and the same Lighthouse, measured on another day."""


class Packed(SimpleHTTPRequestHandler):
    """Serves text compressed with gzip."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> BytesIO | Any:  # noqa: ANN401 - as in the base class
        """Respond with the compressed bytes of a text file; handle everything else as usual."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in {".html", ".css", ".js", ".json", ".svg"} or not path.is_file():
            return super().send_head()
        packed = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        return BytesIO(packed)


def main() -> int:
    """Print the table; return 1 if a score is below 100."""
    lighthouse = installed()
    rows: dict[str, tuple[float, ...]] = {}
    with check_site.served(ROOT / "site", Packed) as base:
        for name, url in PAGES.items():
            runs = [figures(report(lighthouse, base + url)) for _ in range(RUNS)]
            rows[name] = tuple(map(median, zip(*runs, strict=True)))
    print("\n".join(table(rows | PEERS)))
    return int(any(row[: len(CATEGORIES)] != (100,) * len(CATEGORIES) for row in rows.values()))


def installed() -> list[str]:
    """Install Lighthouse and its Node; return the command that starts it."""
    packages = tools.npm_packages(ROOT / "tests" / "lighthouse", CACHE)
    return [str(tools.node()), str(packages / "lighthouse" / "cli" / "index.js")]


def report(lighthouse: list[str], url: str) -> dict[str, Any]:
    """Return Lighthouse's report on a page."""
    options = browser.launch_options()
    flags = " ".join(["--headless=new", *options["args"]])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        command = [*lighthouse, url, "--output=json", f"--output-path={path}", "--quiet"]
        only = f"--only-categories={','.join(CATEGORIES)}"
        subprocess.run(
            [*command, only, f"--chrome-flags={flags}"],
            check=True,
            env={**os.environ, "CHROME_PATH": options["executable_path"]},
        )
        return dict(json.loads(path.read_text(encoding="utf-8")))


def figures(found: dict[str, Any]) -> tuple[float, ...]:
    """Return scores from 0 to 100 and times in milliseconds; print the audits that cost points."""
    for category in CATEGORIES:
        for audit in found["categories"][category]["auditRefs"]:
            result = found["audits"][audit["id"]]
            if audit["weight"] and result["score"] not in {1, None} and category != "performance":
                print(f"{found['finalDisplayedUrl']}: {result['id']}: {result['title']}")
    scores = [100 * found["categories"][category]["score"] for category in CATEGORIES]
    return (*scores, *(found["audits"][time]["numericValue"] for time in TIMES))


def table(rows: dict[str, tuple[float, ...]]) -> Iterator[str]:
    """Yield the lines of a table."""
    yield f"{'':20}{'perf':>6}{'a11y':>6}{'best':>6}{'seo':>6}{'FCP':>8}{'LCP':>8}{'TBT':>8}  (ms)"
    for name, row in rows.items():
        scores, times = row[: len(CATEGORIES)], row[len(CATEGORIES) :]
        yield (
            f"{name:20}"
            + "".join(f"{n:6.0f}" for n in scores)
            + "".join(f"{n:8.0f}" for n in times)
        )


if __name__ == "__main__":
    sys.exit(main())
