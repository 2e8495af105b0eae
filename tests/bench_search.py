#!/usr/bin/env python3
"""Measure the search in Chromium, slowed down four times, next to the search of Material.

    make bench

The figures are the time from each key press to the painted results, at 98, 980 and 9,800
questions, the time from opening the search on a fresh page to the first result, and the bytes that
search loads. The renderer process is stopped three quarters of the time, which slows workers, too;
throttling with the developer tools slows only the page. Both engines get the same questions in the
same run.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import Process
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "scripts")]

import browser  # noqa: E402
import check_site  # noqa: E402
import search_pieces  # noqa: E402
from bench import table  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from programs import BIN  # noqa: E402
from support.synthetic import search_data  # noqa: E402

SIZES = (98, 980, 9_800)
QUERIES = ("vanishing gradient", "why batch norm", "backpropogation", "choose learning rate")
PERIOD, SHARE = 0.008, 0.25
"""The length of a slowdown cycle in seconds, and the fraction of it in which the renderer runs."""
OURS = {"opener": "/", "box": ".search__input", "list": "#search-results"}
_OF_SEARCH = re.compile(r"/(?:search/(?!places)|assets/search-|assets/javascripts/workers/)")
"""In the addresses of files that a browser loads for a first result."""
MATERIAL = {"opener": "/", "box": ".md-search__input", "list": ".md-search-result__list"}

WATCH = """
([box, list]) => {
  const painted = (then) => requestAnimationFrame(() => setTimeout(then));
  let pressed = 0;
  window.samples = [];
  document.querySelector(box).addEventListener("keydown", (event) => {
    pressed = performance.timeOrigin + event.timeStamp;
  }, true);
  new MutationObserver(() => {
    if (!pressed) return;
    const from = pressed;
    pressed = 0;
    painted(() => window.samples.push(performance.timeOrigin + performance.now() - from));
  }).observe(document.querySelector(list), { childList: true, subtree: true });
}
"""


def main() -> None:
    """Print the table."""
    found = {size: table.Figures({}, [*measured(size)]) for size in map(int, sys.argv[1:] or SIZES)}
    print("\n".join(table.searches(found)))


def measured(size: int, *, keys: bool = True) -> Generator[table.Search]:
    """Yield the figures of this search and of Material's at a size; those of keys take minutes.

    If the data of this search is put in pieces, the whole data is measured beside it.
    """
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        ours, material = _sites(Path(folder))
        index = material / "search/search_index.json"
        config = json.loads(index.read_text(encoding="utf-8"))["config"]
        data = json.loads(search_data(size))
        _write(ours / "search/data.json", json.dumps(data, ensure_ascii=False))
        _write(index, _material_index(data, config))
        sites = [("this site", ours, OURS), ("Material", material, MATERIAL)]
        whole = shutil.copytree(ours, Path(folder) / "whole")
        if search_pieces.cut(ours):
            sites.append(("this site, whole data", whole, OURS))
        chrome = playwright.chromium.launch(**browser.launch_options())
        for name, site, how in sites:
            pressed, fresh, loaded = _measure(chrome, site, how, keys=keys)
            key = median(pressed) if pressed else 0.0
            yield table.Search(name, median(loaded) / 1e3, median(fresh) / 1e3, key)
        chrome.close()


def _sites(folder: Path) -> tuple[Path, Path]:
    """Copy the built site, and build a stock Material site of one page; indexes are added later."""
    shutil.copytree(ROOT / "site", folder / "ours")
    (folder / "stock/docs").mkdir(parents=True)
    _write(folder / "stock/docs/index.md", "# Home\n\nWelcome.\n")
    _write(
        folder / "stock/mkdocs.yml",
        "site_name: Stock\ntheme:\n  name: material\n  font: false\nplugins: [search]\n",
    )
    subprocess.run(
        [BIN / "mkdocs", "build", "--quiet"], cwd=folder / "stock", check=True, capture_output=True
    )
    return folder / "ours", folder / "stock/site"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _material_index(data: dict[str, list[list[str]]], config: object) -> str:
    """Return the index that Material's plugin writes, with one entry per question."""
    entries = [
        {"location": f"q/{row[0]}/", "title": row[2], "text": f"<p>{row[3]}</p>"}
        for row in data["questions"]
    ]
    return json.dumps({"config": config, "docs": entries})


def _measure(
    chrome: Browser, site: Path, how: dict[str, str], *, keys: bool
) -> tuple[list[float], list[float], list[int]]:
    """Return milliseconds from key presses and on fresh pages, and the bytes that the latter load."""
    pressed: list[float] = []
    fresh: list[float] = []
    loaded: list[int] = []
    with check_site.served(site) as address:
        for query in QUERIES:
            page = chrome.new_context().new_page()
            asked: set[str] = set()
            page.on("request", lambda request, asked=asked: asked.add(urlsplit(request.url).path))
            page.goto(address)
            with _slowed():
                fresh.append(_first_result(page, how))
                page.wait_for_load_state("networkidle")
                loaded.append(sum(_weight(site, path) for path in asked if _OF_SEARCH.search(path)))
                page.evaluate(WATCH, [how["box"], how["list"]])
                page.keyboard.press("Control+A")
                page.keyboard.press("Backspace")
                page.wait_for_timeout(600)
                for letter in query if keys else "":
                    page.keyboard.press("Space" if letter == " " else letter)
                    page.wait_for_timeout(500)
                pressed += page.evaluate("window.samples")
            page.context.close()
    return pressed, fresh, loaded


def _weight(site: Path, path: str) -> int:
    """Return the bytes of a file of a site over the network."""
    file = site / path.removeprefix(check_site.MOUNT)
    return len(gzip.compress(file.read_bytes(), 6))


def _first_result(page: Page, how: dict[str, str]) -> float:
    """Open the search and type immediately; return the milliseconds until the first result."""
    start = time.perf_counter()
    page.keyboard.press(how["opener"])
    page.locator(how["box"]).wait_for()
    page.locator(how["box"]).focus()
    page.keyboard.type("gradient")  # Material listens to keys, not to changes
    page.locator(f"{how['list']} > *").first.wait_for(timeout=60_000)
    return (time.perf_counter() - start) * 1000


@contextmanager
def _slowed() -> Iterator[None]:
    """Stop and continue all renderer processes repeatedly: they run a quarter of the time."""
    renderers = _renderers()
    slower = Process(target=_stutter, args=(renderers,), daemon=True)  # a thread would be delayed
    slower.start()
    try:
        yield
    finally:
        slower.kill()
        slower.join()
        _signal(renderers, signal.SIGCONT)


def _stutter(renderers: list[int]) -> None:
    while True:
        _signal(renderers, signal.SIGSTOP)
        time.sleep(PERIOD * (1 - SHARE))
        _signal(renderers, signal.SIGCONT)
        time.sleep(PERIOD * SHARE)


def _renderers() -> list[int]:
    """Return the renderer processes; works only on Linux, like the machine that measures."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if b"--type=renderer" in (process / "cmdline").read_bytes():
                found.append(int(process.name))
    return found


def _signal(processes: list[int], number: int) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, number)


if __name__ == "__main__":
    main()
