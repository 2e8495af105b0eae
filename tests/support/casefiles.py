"""Case files: readable examples of input for the splitter and its output.

Below its title, a case may have `rows: 15, 16`, the bad inputs in `reliability.toml` that it shows, and
`explains: E203`, the message that it is the example of. A description and sections follow:
the input (`source`, `file NAME`, `options`, `fault`), the result (`diagnostics`, `exit`, `page`: a
page's file; `answer`, `headings`, `shown`: the HTML that readers get; `names`: what screen
readers call the elements of a page), and how to fix the source
(`remedy`, `instead`). The day is always 28 November 2026.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

CASES = Path(__file__).parents[1] / "cases"

_SECTION = re.compile(
    r"^## (?P<name>[^\n]+)\n(?:\n(?P<fence>~{3,})(?P<kind>[^\n]*)\n(?P<text>.*?)^(?P=fence)$)?",
    re.DOTALL | re.MULTILINE,
)
_HEAD = re.compile(
    r"# (?P<title>[^\n]+)\n\n(?P<facts>(?:\w+: [^\n]+\n)*)\n?(?P<text>.*?)\n(?=## |\Z)", re.DOTALL
)
_REPEATED = re.compile(r"«(?P<what>.+?) \* (?P<times>\d+)»")


@dataclass(frozen=True)
class Section:
    """A heading of a case file with the text of the fence below it."""

    name: str
    text: str
    kind: str

    @property
    def data(self) -> bytes:
        """The expanded text as bytes."""
        return self.whole.encode("utf-8", "surrogateescape")

    @property
    def whole(self) -> str:
        r"""The text; `escaped` expands `\x07`, or `\udcff` for a byte, `repeated` `«x * 3»`."""
        if self.kind == "escaped":
            return self.text.rstrip("\n").encode("ascii").decode("unicode_escape")
        if self.kind == "repeated":
            return _REPEATED.sub(lambda found: found["what"] * int(found["times"]), self.text)
        return self.text


@dataclass(frozen=True)
class Case:
    """One case file."""

    path: Path

    @cached_property
    def _text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def _head(self) -> re.Match[str]:
        found = _HEAD.match(self._text)
        assert found, f"{self.path} has no title, or no description"
        return found

    @property
    def name(self) -> str:
        """The path below the cases folder."""
        return self.path.relative_to(CASES).with_suffix("").as_posix()

    @property
    def title(self) -> str:
        """The title of the case."""
        return self._head["title"]

    @property
    def description(self) -> str:
        """The outcome in words."""
        return self._head["text"].strip()

    @cached_property
    def facts(self) -> dict[str, str]:
        """The `name: value` lines below the title."""
        pairs = (line.split(": ", 1) for line in self._head["facts"].splitlines())
        return {name: value for name, value in pairs}  # noqa: C416 - the pairs are lists

    @property
    def rows(self) -> list[int]:
        """The numbers of the bad inputs that it shows."""
        return [int(number) for number in self.facts.get("rows", "").split(",") if number]

    @property
    def explains(self) -> str:
        """The code of the message that it is the example of."""
        return self.facts.get("explains", "")

    @cached_property
    def sections(self) -> list[Section]:
        """All sections, in order."""
        found = _SECTION.finditer(self._text)
        return [
            Section(match["name"], match["text"] or "", (match["kind"] or "").strip())
            for match in found
        ]

    def section(self, name: str) -> Section | None:
        """Return the first section with a name."""
        return next((item for item in self.sections if item.name == name), None)

    @property
    def outcome(self) -> str:
        """The outcome: `error`, `warning`, or `page` if there are no diagnostics."""
        if any(item.name.startswith("exit ") for item in self.sections):
            return "error"
        return "warning" if self.section("diagnostics") else "page"


def every() -> list[Case]:
    """Return all cases, sorted by name."""
    return [Case(path) for path in sorted(CASES.glob("*/*.md"))]
