"""Keys as other keyboards and input methods send them, which Playwright cannot press."""

from __future__ import annotations

from playwright.sync_api import Page


def send(page: Page, key: str, code: str = "", **rest: bool | int) -> None:
    """Send the element with the focus a key with a place on the keyboard, modifiers and so on."""
    page.evaluate(
        """event => document.activeElement.dispatchEvent(
          new KeyboardEvent("keydown", { bubbles: true, cancelable: true, composed: true, ...event })
        )""",
        {"key": key, "code": code, **rest},
    )
