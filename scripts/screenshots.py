#!/usr/bin/env python3
"""Take screenshots of the built site: each kind of page at two widths, light and dark.

They are written to .github/screenshots; the README shows some of them.
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import browser
import check_site
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDER = check_site.ROOT / ".github" / "screenshots"
PAGES = {
    "home": "",
    "topic": "topics/regularization/#dropout-in-practice",
    "question": "q/lstm-cell/",
    "search": "topics/training/?q=early+layers+barely+learn",
    "path": "paths/training-trouble/#learning-rate",
}
SIZES = {1280: 800, 390: 844}
SCHEMES = ("light", "dark")


def main() -> int:
    """Take all screenshots; return 0, or 2 if there is no built site."""
    site = check_site.ROOT / "site"
    if not (site / "index.html").is_file():
        print(f"error: no built site in {site}; run 'make build' first", file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    with check_site.served(site) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**browser.launch_options())
        for (name, url), width, scheme in product(PAGES.items(), SIZES, SCHEMES):
            take(chromium, address + url, FOLDER / f"{name}-{width}-{scheme}.png", width, scheme)
        chromium.close()
    return 0


def take(chromium: Browser, address: str, path: Path, width: int, scheme: str) -> None:
    """Take a screenshot of the page at `address` and write it to `path`."""
    context = chromium.new_context(
        viewport={"width": width, "height": SIZES[width]},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path)
    print(path.relative_to(check_site.ROOT))
    context.close()


if __name__ == "__main__":
    sys.exit(main())
