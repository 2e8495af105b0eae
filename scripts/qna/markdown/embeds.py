"""Embeds: Markdown for our parser, within the Markdown of a page file.

A fence marked `qna NAME` holds blocks, a heading whose attributes end with `.qna` running text. One
marked `qna-figure ADDRESS` holds the SVG of a figure, which texts show as an image. A block marked
`qna-links` says where `#id` links and concepts lead. It also repeats the other links within the
site: Zensical looks for links in Markdown, and sees none in a fence.

    ## What is *dropout*? { #dropout .qna }

    ???+ answer "Answer"

        ``` qna dropout
        It is explained [here](#early-stopping).
        ```

    /// qna-links
    [#early-stopping](../q/early-stopping.md)
    [overfitting](../q/overfitting.md "What its link says about it.")
    [](../about.md)
    ///
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from qna.markdown.escaping import escape
from qna.markdown.link_targets import Concepts, id_of
from qna.markdown.rendering import Context

_OPENING = re.compile(r"(?P<indent>[ ]*)(?P<marks>`{3,}|~{3,})[ ]*(?P<info>[^`]*)")
_HEADING = re.compile(r"(?P<level>#{1,6}) (?P<text>.*) \{ (?P<attributes>#[^{}]*) \.qna \}")
_BLOCKS, _FIGURE = "qna", "qna-figure"
_LINKS, _LINKS_END = "/// qna-links", "///"
_LINK = re.compile(
    r"\[(?P<name>(?:[^\\\]]|\\.)*)\]\(<?(?P<url>[^<>\s]*)>?(?: \"(?P<tooltip>[^\"]*)\")?\)"
)
_RUN = re.compile(r"`{3,}")


@dataclass
class Embeds:
    """The embeds of one page."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    """Name and Markdown of each text, by number; running text has no name."""
    urls: dict[str, str] = field(default_factory=dict)
    tooltips: dict[str, str] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)
    """Address of a figure to its SVG."""

    def context(self, name: str) -> Context:
        """Return what the elements of the text called `name` depend on."""
        return Context(name, self.anchors, self.concepts, self.figures)

    @cached_property
    def anchors(self) -> dict[str, str]:
        """Id to the address that a `#id` link leads to."""
        return {id_of(key): url for key, url in self.urls.items() if key.startswith("#")}

    @cached_property
    def concepts(self) -> Concepts:
        """What links concepts to the questions that explain them."""
        urls = {key: url for key, url in self.urls.items() if key and key[0] != "#"}
        return Concepts(urls, self.tooltips)


def blocks(markdown: str, name: str) -> str:
    """Embed Markdown with blocks; empty if the Markdown is."""
    return _fence(markdown, f"{_BLOCKS} {name}") if markdown.strip() else ""


def figure(url: str, svg: str) -> str:
    """Embed the SVG of the figure that texts show as an image with this address."""
    return _fence(svg, f"{_FIGURE} {url}")


def links(urls: Mapping[str, str], tooltips: Mapping[str, str] | None = None) -> str:
    """Embed where links and concepts lead, with the tooltips of concepts; empty without any."""
    lines = (_line(name, url, (tooltips or {}).get(name, "")) for name, url in sorted(urls.items()))
    return "\n".join([_LINKS, *lines, _LINKS_END]) if urls else ""


def _line(name: str, url: str, tooltip: str) -> str:
    title = f' "{html.escape(tooltip)}"' if tooltip else ""
    return f"[{'' if name == url else escape(name)}]({url}{title})"


def heading(markdown: str, level: int, attributes: str) -> str:
    """Embed the running text of a heading."""
    return f"{'#' * level} {markdown} {{ {attributes} .qna }}"


def extract(lines: Iterable[str], placeholder: str) -> tuple[list[str], Embeds]:
    """Replace the embeds in a page's lines; `placeholder` formats the number of each."""
    embeds = Embeds()
    return list(_with_placeholders(iter(lines), placeholder, embeds)), embeds


def _with_placeholders(lines: Iterator[str], placeholder: str, embeds: Embeds) -> Iterator[str]:
    for line in lines:
        opening, heading = _OPENING.fullmatch(line), _HEADING.fullmatch(line)
        if opening:
            kind, _, name = opening["info"].strip().partition(" ")
            fenced = _fenced(lines, opening["marks"])
            text = "\n".join(_outdented(fenced[:-1], len(opening["indent"])))
            if kind == _BLOCKS:
                yield opening["indent"] + placeholder.format(len(embeds.texts))
                embeds.texts.append((name, text))
            elif kind == _FIGURE:
                embeds.figures[name] = text
            else:
                yield line
                yield from fenced
        elif line.strip() == _LINKS:
            for name, url, tooltip in _listed(lines):
                embeds.urls[name] = url
                embeds.tooltips |= {name: tooltip} if tooltip else {}
        elif heading:
            number = placeholder.format(len(embeds.texts))
            embeds.texts.append(("", heading["text"]))
            yield f"{heading['level']} {number} {{ {heading['attributes']} }}"
        else:
            yield line


def _fenced(lines: Iterator[str], marks: str) -> list[str]:
    """Return the lines up to the one that closes a fence, and that one."""
    found = []
    for line in lines:
        found.append(line)
        text = line.strip()
        if len(text) >= len(marks) and set(text) == {marks[0]}:
            return found
    return [*found, ""]


def _listed(lines: Iterator[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the name, the address and the tooltip of each link of a block, up to its end."""
    for line in lines:
        if line.strip() == _LINKS_END:
            return
        if found := _LINK.fullmatch(line.strip()):
            name = re.sub(r"\\(.)", r"\1", found["name"]).replace("&amp;", "&")
            yield name, found["url"], html.unescape(found["tooltip"] or "")


def _outdented(lines: Iterable[str], width: int) -> Iterator[str]:
    return (line.lstrip(" ") if line[:width].strip() else line[width:] for line in lines)


def _fence(text: str, info: str) -> str:
    longest = max((len(run) for run in _RUN.findall(text)), default=2)
    marks = "`" * (longest + 1)
    return f"{marks} {info}\n{text}\n{marks}"
