"""A search in a browser, and a host on which another version of a site is deployed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import check_site
from playwright.sync_api import Browser, Page, expect

from support.sites import Visit, visiting

Host = tuple[Visit, Callable[[Path], None]]


def search(page: Page, query: str) -> None:
    """Open the search by its key, and type."""
    page.keyboard.press("/")
    page.keyboard.type(query)


def first_is(page: Page, question: str) -> None:
    """Wait until a question is the first result."""
    expect(page.get_by_role("option").first).to_have_attribute("data-question-id", question)


@contextmanager
def hosting(chrome: Browser, site: Path, folder: Path) -> Iterator[Host]:
    """Visit a host that shows a site; return the visit, and how to deploy another site there.

    The host uses the name `current` in a folder.
    """
    current = folder / "current"

    def deploy(built: Path) -> None:
        current.unlink(missing_ok=True)
        current.symlink_to(built)

    deploy(site)
    with check_site.served(current) as address, visiting(chrome, address) as found:
        yield found, deploy
