"""The examples of the specifications, each as an answer in a source."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from support import github
from support.harness import ROOT, html, pages, report

SPEC = Path(__file__).parents[1] / "spec"
LEAD = "Example:"
"""A paragraph above each example: an answer cannot start with indentation."""
_HEAD = ("# Examples", "", "### **1. Topic** {#topic}")
_FIRST = len(_HEAD) + 1
"""The line of the first example."""
_FENCE = re.compile("```|~~~")
_CODE = "    -   "
"""The start of an answer. Its text is in column 8, so that tabs are as wide as in column 0."""


@dataclass(frozen=True, slots=True)
class Example:
    """An example of a specification."""

    name: str
    """Specification and number, such as `gfm-198`, which become the question's id."""
    markdown: str
    html: str

    def lines(self) -> list[str]:
        """Return the example as a question and its answer."""
        text = self.markdown.removesuffix("\n").split("\n")
        blank = " " * len(_CODE)
        answer = [f"{_CODE}{LEAD}", "", *(f"{blank}{line}" if line else "" for line in text)]
        return [f"*   **{self.name}?** {{#{self.name}}}", *answer, ""]

    def meaning(self) -> tuple[github.Node, ...]:
        """Return the meaning of the answer according to the specification."""
        return github.meaning(f"<p>{LEAD}</p>{self.html}")


@cache
def all_examples() -> tuple[Example, ...]:
    """Return the examples of CommonMark, and those of GitHub that CommonMark does not have."""
    command = [str(Path(sys.executable).with_name("node")), str(SPEC / "examples.mjs")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Example] = {}
    for spec, items in json.loads(done.stdout).items():
        for item in items:
            markdown, html = (item[key].replace("→", "\t") for key in ("markdown", "html"))
            found.setdefault(markdown, Example(f"{spec}-{item['number']}", markdown, html))
    return tuple(found.values())


def source(examples: Iterable[Example]) -> str:
    """Return a source with a question for each example."""
    lines = [line for example in examples for line in example.lines()]
    return "\n".join([*_HEAD, *lines])


def refusals(examples: Sequence[Example]) -> dict[str, str]:
    """Return the code of the first error of each example that the splitter refuses, by name.

    It reads them all at once, but for those with a fence, which may go on in the next example.
    Errors of one kind hide those of another, so it reads the rest again until nothing is refused.
    """
    fenced = [example for example in examples if _FENCE.search(example.markdown)]
    rest = [example for example in examples if example not in fenced]
    found = {name: code for example in fenced for name, code in _refused([example]).items()}
    while refused := _refused(rest):
        found |= refused
        rest = [example for example in rest if example.name not in refused]
    return found


def _refused(examples: Sequence[Example]) -> dict[str, str]:
    starts = [*accumulate((len(example.lines()) for example in examples), initial=_FIRST)]
    errors = [item for item in report(source(examples)).items if item.severity == "error"]
    at = [(examples[bisect(starts, item.span.line) - 1].name, item.code) for item in errors]
    return dict(reversed(at))


def differing(taken: Iterable[Example], page: str) -> set[str]:
    """Return the names of the examples whose answers on a topic page have a different meaning."""
    pairs = zip(taken, github.answers(page), strict=True)
    return {example.name for example, answer in pairs if answer != example.meaning()}


def outcomes() -> dict[str, str]:
    """Return the outcome of each example by name: the code of an error, `differs` or `same`."""
    refused = refusals(all_examples())
    taken = [example for example in all_examples() if example.name not in refused]
    different = differing(taken, html(pages(source(taken))["topics/topic.md"]))
    same = dict.fromkeys((example.name for example in taken), "same")
    return refused | same | dict.fromkeys(different, "differs")


def expected() -> dict[str, str]:
    """Return the expected outcome of each example; all those not in the file are the same."""
    kinds = tomllib.loads((SPEC / "expected.toml").read_text(encoding="utf-8"))["kind"]
    listed = {
        f"{spec}-{number}": kind.get("refused", "differs")
        for kind in kinds
        for spec in ("commonmark", "gfm")
        for number in kind.get(spec, ())
    }
    return dict.fromkeys((example.name for example in all_examples()), "same") | listed
