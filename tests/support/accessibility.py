"""Check pages with axe, by the rules of WCAG 2.2 AA."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from support.harness import ROOT

_AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe(page: Page, part: str = "html") -> list[str]:
    """Return what axe finds on a page as it is shown, or in a part of it: rule and element."""
    page.evaluate(_AXE)
    found: list[dict[str, Any]] = page.evaluate(
        "([part, tags]) => axe.run(part, {runOnly: tags}).then(({violations}) => violations)",
        [part, _RULES],
    )
    return [f"{item['id']}: {node['html']}" for item in found for node in item["nodes"]]
