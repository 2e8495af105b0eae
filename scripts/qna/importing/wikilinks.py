"""Wikilinks: `[[page#heading|text]]`, as in Obsidian and other note takers, become links.

Only those that lead to a file or a heading here, and pictures: other double brackets may be text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from posixpath import relpath
from urllib.parse import quote

from qna.importing.answers import PICTURES
from qna.markdown import parser
from qna.markdown.running_text import Place, edited, passages

_LINK = re.compile(
    r"(?P<shows>!?)\[\[(?P<page>[^\[\]|#^\n]*)(?:#\^?(?P<heading>[^\[\]|\n]*))?(?:\\?\|(?P<text>[^\[\]\n]*))?\]\](?!\()"
)
_HEADING = re.compile(r"^#{1,6}\s+(.*?)[\s#]*$", re.MULTILINE)


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
        return edited(text, self._edits(name, text)) if "[[" in text else text

    def _edits(self, name: str, text: str) -> Iterator[tuple[Place, str]]:
        headings = {" ".join(found.split()).casefold() for found in _HEADING.findall(text)}
        for passage in passages(parser.parse_file(text)):
            for found in _LINK.finditer(passage.blanked()):
                if link := self._link(name, found, headings):
                    yield passage.place(*found.span()), link

    def _link(self, name: str, found: re.Match[str], headings: set[str]) -> str:
        """Return a link to the page that a wikilink names; empty if there is none."""
        page, heading = found["page"].strip(), " ".join((found["heading"] or "").split())
        if found["shows"] and page.lower().endswith(PICTURES):
            text = "" if (found["text"] or "").isdecimal() else found["text"]
            return f"![{text or PurePosixPath(page).stem}]({quote(page)})"
        if not page and heading.casefold() not in headings:
            return ""
        path = page.removesuffix(".md").casefold()
        others = self._names.get(path, []) if page else [name]
        if not others:
            return ""
        folder = PurePosixPath(name).parent.as_posix()
        address = quote(relpath(others[0], folder)) if page else ""
        anchor = "#" + quote("-".join(heading.split())) if heading else ""
        return f"[{found['text'] or heading or page}]({address}{anchor})"
