#!/usr/bin/env python3
"""Take screenshots of the built site: each kind of page at two widths, light and dark.

They are written to .github/screenshots; the README shows some of them. `--new` takes those of the
page "Make it yours" instead, of a new site in a copy of this project.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from io import BytesIO
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

# With PYTHONSAFEPATH, a script's own folder is not on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import interpreter

with interpreter.complete():
    import browser
    import check_site
    from PIL import Image
    from playwright.sync_api import sync_playwright
    from qna import pipeline
    from qna.data import manifest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Browser

ROOT = check_site.ROOT
FOLDER = ROOT / ".github" / "screenshots"
IMAGES = ROOT / "docs" / "assets" / "images"
"""Pictures of hand-written pages."""
SIZES = {1280: 800, 390: 844}
SMALL = 960, 540
"""Size of the pictures of a new site."""
SHADES = 32
SCHEMES = ("light", "dark")
NEW = [
    *("--new", "--force", "--name", "Bees", "--description", "Questions and answers about bees."),
    *("--language", "en", "--letter", "B", "--color", "#8a5a00"),
]
QUESTIONS = """\
# Bees

### **1. Hives**
*   **How many bees live in a hive?**
    - Up to 60,000 in summer, and about 10,000 in winter.
*   **Who decides when a colony swarms?**
    - The workers. When the hive gets too small, they raise a new queen, and the old one leaves
      with half of the colony.

### **2. Honey**
*   **Why does honey crystallize?**
    - It holds more sugar than its water can dissolve. The more glucose, the sooner it sets.
*   **How much honey may I take?**
    - What the bees do not need: leave them 15 to 20 kg for the winter.
"""


def main() -> int:
    """Take all screenshots; return 0, or 2 if there is no built site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--new", action="store_true", help="take those of a new site")
    if parser.parse_args().new:
        _take_new()
        return 0
    site = ROOT / "site"
    if not (site / "index.html").is_file():
        print(f"error: no built site in {site}; run 'make build' first", file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    pages = _pages(json.loads((site / manifest.FILE_NAME).read_text(encoding="utf-8")))
    with check_site.served(site) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**browser.launch_options())
        for (name, url), width, scheme in product(pages.items(), SIZES, SCHEMES):
            path, size = FOLDER / f"{name}-{width}-{scheme}.png", (width, SIZES[width])
            path.write_bytes(_taken(chromium, address + url, size, scheme))
            print(path.relative_to(ROOT))
        chromium.close()
    return 0


def _pages(data: Mapping[str, list[dict[str, str]]]) -> dict[str, str]:
    """Return the addresses of a page of each kind, whatever the site is about."""
    questions = data["questions"]
    shown = questions[len(questions) // 4]
    words = quote_plus(shown["question"])
    paths = sorted(path.stem for path in ROOT.glob("docs/paths/*.md") if path.stem != "index")
    return {
        "home": "",
        "topic": shown["topic_url"],
        "question": shown["url"],
        "search": f"{shown['topic_url'].partition('#')[0]}?q={words}",
        **({"path": f"paths/{paths[0]}/"} if paths else {}),
    }


def _taken(chromium: Browser, address: str, size: tuple[int, int], scheme: str) -> bytes:
    """Return a picture of the page at an address."""
    width, height = size
    context = chromium.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    picture = page.screenshot()
    context.close()
    return picture


def _take_new() -> None:
    """Start a new site in a copy of this project, and take pictures before and after writing."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        project = Path(folder) / "project"
        _run(["git", "clone", "--quiet", str(ROOT), str(project)], ROOT)
        for name in (".venv", "node_modules"):
            (project / name).symlink_to(ROOT / name)
        chromium = playwright.chromium.launch(**browser.launch_options())
        _python(project, "split.py", *NEW)
        _take_small(chromium, project, "new-site")
        (project / pipeline.SOURCE).write_text(QUESTIONS, encoding="utf-8")
        _take_small(chromium, project, "own-site", question=0)
        chromium.close()


def _take_small(chromium: Browser, project: Path, name: str, question: int | None = None) -> None:
    """Build the site of a project, and take a picture of its home page, or of a question."""
    _python(project, "split.py")
    _run([".venv/bin/node", "frontend/build.mjs"], project)
    _run([".venv/bin/mkdocs", "build", "--quiet"], project)
    _python(project, "publish.py")
    data = json.loads((project / "site" / manifest.FILE_NAME).read_text(encoding="utf-8"))
    url = "" if question is None else data["questions"][question]["topic_url"]
    with check_site.served(project / "site") as address:
        picture = Image.open(BytesIO(_taken(chromium, address + url, SMALL, "light")))
    IMAGES.mkdir(exist_ok=True)
    reduced = picture.convert("RGB").quantize(SHADES, dither=Image.Dither.NONE)
    reduced.save(IMAGES / f"{name}.png", optimize=True)
    print((IMAGES / f"{name}.png").relative_to(ROOT))


def _python(project: Path, script: str, *options: str) -> None:
    _run([sys.executable, f"scripts/{script}", *options], project)


def _run(command: list[str], folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(folder / "scripts")}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)


if __name__ == "__main__":
    sys.exit(main())
