"""Write the pages of documentation that are made from the tests.

    make reference

`docs/diagnostics.md` has every message with its example, from the case files that explain one.
`docs/reliability.md` says what the project is tested with: counts from the case files, decisions
from `rows.toml`, and what faults while writing did, which are made to happen for it.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "scripts")]

import faults  # noqa: E402 - its folder is on the path only now
from casefiles import Case, Section, every  # noqa: E402

DIAGNOSTICS, RELIABILITY = ROOT / "docs/diagnostics.md", ROOT / "docs/reliability.md"
MADE = "# Made by `make reference`; edit the case files in tests/cases or tests/rows.toml instead."
GROUPS = {
    "0": "The file",
    "1": "Title and topics",
    "2": "Questions and answers",
    "3": "Ids, and the files beside the source",
    "4": "What never becomes code",
    "5": "Links and footnotes",
    "7": "Writing",
}
_CODE = re.compile(r'"([EW][0-9]{3})"')


@dataclass(frozen=True)
class Row:
    """A bad input."""

    number: int
    group: str
    text: str
    asked: str
    """What is the right outcome."""
    elsewhere: Sequence[str]
    """Tests of what no case file can show, by their path below this folder."""
    outcome: str
    """What happens instead, where that was decided."""
    reason: str


def rows() -> list[Row]:
    """Read the bad inputs."""
    data = tomllib.loads((ROOT / "tests/rows.toml").read_text(encoding="utf-8"))
    elsewhere, differently = data["elsewhere"], data["differently"]
    return [
        Row(
            int(number),
            group["name"],
            text,
            asked,
            elsewhere.get(number, ()),
            *differently.get(number, ("", "")),
        )
        for group in data["group"]
        for number, (text, asked) in group["rows"].items()
    ]


def codes() -> set[str]:
    """Return the codes of all messages, as the splitter's own code has them."""
    modules = [ROOT / "scripts/split.py", *(ROOT / "scripts/qna").rglob("*.py")]
    text = "".join(path.read_text(encoding="utf-8") for path in modules)
    return set(_CODE.findall(text)) | set(re.findall(r"error\[(E[0-9]{3})\]", text))


def diagnostics() -> str:
    """Return the page on messages."""
    examples = {case.explains: case for case in every() if case.explains}
    lines = [
        *_front_matter("Messages of the splitter", "Every message with an example."),
        "# Messages of the splitter { #messages }",
        "",
        "When something in the source is not right, the splitter says where, what, and what to do.",
        "A message of the kind *error* stops it, and nothing is written; the last good pages stay.",
        "A *warning* does not, unless `--strict` is given; `make build` with MkDocs is strict, so what is published has none.",
        "Places are line and column, counted from 1; a column is a character, whatever its width.",
        "",
        (
            "On this page, a character that cannot be seen is written as the messages write it, such as "
            "`\\u200b`, and `«x * 3»` stands for `xxx`."
        ),
        "",
    ]
    for digit, name in GROUPS.items():
        found = sorted((code for code in examples if code[1] == digit), key=lambda code: code[1:])
        lines += [f"## {name} {{ #group-{digit} }}", ""]
        lines += (line for code in found for line in _message(code, examples[code]))
    return "\n".join(lines).rstrip("\n") + "\n"


def _message(code: str, case: Case) -> Iterator[str]:
    """Yield the lines on one message."""
    yield from (
        f"### {code}: {case.title} {{ #{code.lower()} }}",
        "",
        _sentences(case.description),
        "",
    )
    for section in case.sections:
        match section.name.split():
            case ["source"]:
                yield from _shown(section, "markdown")
            case ["file", name]:
                yield from (f"In `{name}`:", "", *_shown(section, section.kind))
            case ["options"]:
                yield from (f"With `{section.text.strip()}`:", "")
            case ["diagnostics"]:
                yield from _shown(_without_tally(section), "text")
            case ["remedy"]:
                yield from (_sentences(section.text.strip()), "")
            case ["instead"]:
                yield from _shown(section, "markdown")


def _sentences(text: str) -> str:
    """Put each sentence on a line of its own."""
    return re.sub(r"(?<=\.) (?=[A-Z])", "\n", text)


def _without_tally(section: Section) -> Section:
    """Return what was printed without the sum at its end."""
    text = re.sub(r"\n\d+ errors?, \d+ warnings?\n\Z", "", section.text)
    return Section(section.name, text, section.kind)


def _shown(section: Section, language: str) -> Iterator[str]:
    text = section.text.rstrip("\n")
    if section.kind == "escaped":
        text = text.replace("\\n", "\n").rstrip("\n")
    marks = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    yield from (f"{marks}{language}", text, marks, "")


def reliability() -> str:
    """Return the page on what the project is tested with."""
    lines = [
        *_front_matter("What this site is tested with", "Bad inputs, decisions and faults."),
        "# What this site is tested with { #reliability }",
        "",
        (
            "The tables on this page are made from the tests by `make reference`, "
            "and a test fails when they are out of date."
        ),
        "",
        "## Bad inputs { #inputs }",
        "",
        (
            "A list of 150 things that an author, an editor or an attacker may do to a source, each "
            "with the right outcome, stands in `tests/rows.toml`."
        ),
        (
            "Case files in `tests/cases` show what really comes of them, word for word; "
            "what no file can show, such as a full disk, is tested by a program."
        ),
        (
            "Of the case files, some give pages, some pages and a warning, and some an error, "
            "after which everything is as it was."
        ),
        "",
        *_inputs(),
        "",
        "## Decided differently { #differently }",
        "",
        "For these, something else than what the list asks for is right here.",
        "",
        *_table(
            ("Row", "Bad input", "Asked for", "What happens", "Why"),
            [
                (str(row.number), row.text, row.asked, row.outcome, row.reason)
                for row in rows()
                if row.outcome
            ],
        ),
        "",
        "## Faults while writing { #faults }",
        "",
        (
            "A run of the splitter that updates, adds and deletes pages, writes the ledger and the "
            "navigation is struck at each of its system calls: making a folder, opening, writing (when "
            "half is written), flushing, syncing, closing, replacing, deleting."
        ),
        (
            "Afterwards each file holds what it held before or what it was to hold, and the next run "
            "makes everything as it should be."
        ),
        "",
        *_faults(),
        "",
        "## What a longer search has found { #search }",
        "",
        "`make fuzz` looks for half an hour for what no test has thought of; these are its last runs.",
        "",
        *_searched(),
    ]
    return "\n".join(lines) + "\n"


def _inputs() -> Iterator[str]:
    """Yield a table of bad inputs by group, with what comes of their case files."""
    cases, listed = every(), rows()
    table = []
    for group in dict.fromkeys(row.group for row in listed):
        numbers = {row.number for row in listed if row.group == group}
        shown = [case for case in cases if numbers & set(case.rows)]
        outcomes = [case.outcome for case in shown]
        elsewhere = {test for row in listed if row.number in numbers for test in row.elsewhere}
        counts = (outcomes.count(kind) for kind in ("page", "warning", "error"))
        table.append((group, len(numbers), len(shown), *counts, len(elsewhere)))
    rest = [case.outcome for case in cases if not case.rows]
    counts = (rest.count(kind) for kind in ("page", "warning", "error"))
    table.append(("What the list does not name", "", len(rest), *counts, ""))
    head = ("Group", "Bad inputs", "Case files", "Pages", "Warnings", "Errors", "Other tests")
    yield from _table(head, [tuple(map(str, line)) for line in table])


def _faults() -> Iterator[str]:
    """Yield a table of what faults while writing have done."""
    survived = [
        *map(faults.at_every_call, faults.FAULTS),
        faults.two_at_once(),
        faults.one_of_two_killed(),
    ]
    head = ("Fault", "Times", "Torn files", "Bytes lost", "Healed by the next run")
    yield from _table(
        head,
        [
            (item.name, *map(str, (item.times, item.torn, item.lost, item.healed)))
            for item in survived
        ],
    )


def _searched() -> Iterator[str]:
    """Yield a table of what `make fuzz` has done."""
    runs = tomllib.loads((ROOT / "tests/rows.toml").read_text(encoding="utf-8"))["searched"]
    head = {"what": "Tried", "tried": "Times", "found": "Found", "outcome": "What came of it"}
    yield from _table(tuple(head.values()), [[run[name] for name in head] for run in runs])


def _front_matter(title: str, description: str) -> list[str]:
    return [
        "---",
        MADE,
        f"title: {title}",
        f"description: {description}",
        "render_macros: false",
        "---",
        "",
    ]


def _table(head: Sequence[str], body: Iterable[Sequence[str]]) -> Iterator[str]:
    for line in (head, ["---"] * len(head), *body):
        yield f"| {' | '.join(map(_cell, line))} |"


def _cell(text: str) -> str:
    """Return text for a cell; what is not between backticks already is shown as it is."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(
        part if part.startswith("`") else re.sub(r"([\\*_\[\]<>|{}])", r"\\\1", part)
        for part in parts
    )


def main() -> None:
    """Write both pages."""
    DIAGNOSTICS.write_text(diagnostics(), encoding="utf-8")
    RELIABILITY.write_text(reliability(), encoding="utf-8")


if __name__ == "__main__":
    main()
