"""Every Markdown file below this folder is a case: a source, and the splitter's output for it."""

from __future__ import annotations

import errno
import os
import re
from html import unescape
from pathlib import Path

import pytest
from support.casefiles import Case, Section, every
from support.harness import html, run

SOURCE = "docs/_source/questions.md"

DAY = "1795824000"
"""28 November 2026 in seconds since 1970: the day on which cases are run."""
KNOWN = {
    "options",
    "diagnostics",
    "exit",
    "page",
    "answer",
    "headings",
    "names",
    "shown",
    "remedy",
    "instead",
}
"""Sections other than those that prepare a case."""

_TALLY = re.compile(r"^\d+ topics?, \d+ questions?: [^\n]*\n\Z", re.MULTILINE)
_FOR_SCREEN_READERS = re.compile(r'<a class="headerlink".*?</a>|(?<=") aria-label="[^"]*"')
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n\n", re.DOTALL)


def answer(question_id: str) -> str:
    """Return the HTML of a question's answer on its topic page, without the link at the end."""
    found = re.search(
        rf"<h2 id=\"{question_id}\".*?</summary>\n(.*?)<p><a class=\"more\"", _topics(), re.DOTALL
    )
    assert found, f"no topic page shows {question_id}"
    return found[1].strip("\n") + "\n"


def headings(name: str) -> str:
    """Return the HTML of a page's headings, without their permalinks and accessible names."""
    found = re.findall(r"<h\d .*?</h\d>", html(Path("docs", name).read_text(encoding="utf-8")))
    return "".join(f"{_FOR_SCREEN_READERS.sub('', heading)}\n" for heading in found)


def names(name: str) -> str:
    """Return the accessible names on a page, each with its element."""
    page = html(Path("docs", name).read_text(encoding="utf-8"))
    found = re.findall(r'<(\w+)[^>]* aria-label="([^"]*)"', page)
    return "".join(f"{tag}: {unescape(text)}\n" for tag, text in found)


def _topics() -> str:
    pages = sorted(Path("docs/topics").glob("*.md"))
    return "".join(html(path.read_text(encoding="utf-8")) for path in pages)


@pytest.mark.parametrize("case", every(), ids=lambda case: case.name)
def test_case(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The splitter gives the pages, the diagnostics and the exit code in the case file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    _lay_out(case, monkeypatch)
    options, told = case.section("options"), case.section("diagnostics")
    exits = [int(item.name.split()[1]) for item in case.sections if item.name.startswith("exit ")]

    before = set(Path().rglob("*"))
    code, _, error = run(
        "--source", SOURCE, "--out", "docs", *(options.text.split() if options else [])
    )

    assert (told.whole if told else "") == _TALLY.sub("", error)
    assert [code] == (exits or [0])
    assert code == 0 or before == _without_empty_folders(before), "a run that fails writes nothing"
    for section in case.sections:
        if section.name.startswith(("page ", "answer ", "headings ", "names ", "shown ")):
            _check_page(section)


def _lay_out(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write the files of a case into the working directory, and inject its fault."""
    Path(SOURCE).parent.mkdir(parents=True)
    for section in case.sections:
        match section.name.split():
            case ["source"]:
                Path(SOURCE).write_bytes(section.data)
            case ["file", name]:
                Path(name).parent.mkdir(parents=True, exist_ok=True)
                Path(name).write_bytes(section.data)
            case ["fault"]:
                monkeypatch.setattr(Path, "replace", _failing(section.text.strip()))
            case [name, *_]:
                assert name in KNOWN, f"unknown section: {section.name}"


def _without_empty_folders(before: set[Path]) -> set[Path]:
    """Return the paths that exist now, except new folders."""
    return {path for path in Path().rglob("*") if path in before or path.is_file()}


def _failing(name: str) -> object:
    """Return a system call that fails with the named error, such as ENOSPC."""

    def failing(*_: object) -> None:
        number = getattr(errno, name)
        raise OSError(number, os.strerror(number))

    return failing


@pytest.mark.parametrize(
    "case", [case for case in every() if case.section("instead")], ids=lambda case: case.name
)
def test_corrected_source(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The corrected source in a case causes no message."""
    monkeypatch.chdir(tmp_path)
    _lay_out(case, monkeypatch)
    instead = case.section("instead")
    assert instead
    Path(SOURCE).write_bytes(instead.data)

    code, _, error = run("--source", SOURCE, "--out", "docs", "--strict")

    assert (code, _TALLY.sub("", error)) == (0, "")


def _check_page(section: Section) -> None:
    """Check an answer, headings, the body of a page or a part of it, or that the page is absent."""
    match section.name.split():
        case ["answer", name]:
            assert section.text == answer(name)
        case ["headings", name]:
            assert section.text == headings(name)
        case ["names", name]:
            assert section.text == names(name)
        case ["shown", name]:
            assert section.text in html(Path("docs", name).read_text(encoding="utf-8"))
        case ["page", name]:
            text = Path("docs", name).read_text(encoding="utf-8")
            assert section.text == _FRONT_MATTER.sub("", text)
        case ["page", name, "contains"]:
            assert section.text.strip("\n") in Path("docs", name).read_text(encoding="utf-8")
        case ["page", name, "is", "not", "there"]:
            assert not Path("docs", name).exists()
        case _:
            pytest.fail(f"unknown section: {section.name}")
