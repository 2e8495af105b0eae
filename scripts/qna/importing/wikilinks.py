"""Wikilinks: `[[page#heading|text]]`, as in Obsidian and other note takers, become links.

Only those that lead to a file or a picture here: other double brackets may be code or text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath
from posixpath import relpath
from urllib.parse import quote

from qna.markdown.running_text import blanked
from qna.reading.indentation import fences

_LINK = re.compile(
    r"(?P<shows>!?)\[\[(?P<page>[^\[\]|#^]*)(?:#\^?(?P<heading>[^\[\]|]*))?(?:\\?\|(?P<text>[^\[\]]*))?\]\](?!\()"
)
_PICTURES = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif)\Z", re.IGNORECASE)


class Pages:
    """The files that wikilinks lead to, by their names."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, list[str]] = defaultdict(list)
        for name in names:
            path = PurePosixPath(name).with_suffix("")
            for depth in range(len(path.parts)):
                self._names["/".join(path.parts[depth:]).casefold()].append(name)

    def with_links(self, name: str, text: str) -> str:
        """Return the text of a file with its wikilinks as links."""
        if "[[" not in text:
            return text
        lines = text.split("\n")
        return "\n".join(
            line if fence is not None or "[[" not in line else self._line(name, line)
            for line, fence in zip(lines, fences(lines), strict=True)
        )

    def _line(self, name: str, line: str) -> str:
        shown = blanked(line)
        for found in reversed([*_LINK.finditer(line)]):
            link = self._link(name, found)
            if link and shown[found.start() : found.start() + 2] == found[0][:2]:
                line = line[: found.start()] + link + line[found.end() :]
        return line

    def _link(self, name: str, found: re.Match[str]) -> str:
        """Return a link to the page that a wikilink names; empty if there is none."""
        page, heading = found["page"].rstrip("\\").strip(), (found["heading"] or "").strip()
        if found["shows"] and _PICTURES.search(page):
            text = PurePosixPath(page).stem if (found["text"] or "").isdecimal() else found["text"]
            return f"![{text or PurePosixPath(page).stem}]({quote(page)})"
        path = page.removesuffix(".md").casefold()
        others = self._names.get(path, []) if page else [name]
        if not others or not (page or heading):
            return ""
        folder = PurePosixPath(name).parent.as_posix()
        address = quote(relpath(others[0], folder)) if page else ""
        anchor = "#" + quote("-".join(heading.split())) if heading else ""
        return f"[{found['text'] or heading or page}]({address}{anchor})"
