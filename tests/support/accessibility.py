"""Check pages with axe, by the rules of WCAG 2.2 AA."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from support.harness import ROOT
from support.sites import PAINTED

_AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # Nothing is reported about what is right, nor where on the page a fault is.
    "resultTypes": ["violations"],
    "selectors": False,
}
_IN_PLACE = """async url => {
  const html = await (await fetch(url)).text();
  history.replaceState(null, "", url);
  document.open();
  const loaded = new Promise(done => addEventListener("load", done));
  document.write(html);
  document.close();
  await loaded;
}"""


def axe(page: Page, part: str = "html") -> list[str]:
    """Return what axe finds on a page as it is shown, or in a part of it: rule and element."""
    page.evaluate(PAINTED)  # what scrolls can be focused once the page is drawn
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    found: list[dict[str, Any]] = page.evaluate(
        "([part, options]) => axe.run(part, options).then(({violations}) => violations)",
        [part, _OPTIONS],
    )
    return [f"{item['id']}: {node['html']}" for item in found for node in item["nodes"]]


def open_in_place(page: Page, url: str) -> None:
    """Replace a page by another of its site, with its scripts and styles, but keep axe compiled.

    Loading the page and axe takes longer than checking it.
    """
    page.evaluate(_IN_PLACE, url)
    page.evaluate(PAINTED)
