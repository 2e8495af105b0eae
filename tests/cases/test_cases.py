"""Every file beside this one is a case: what an author wrote, and what the splitter makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest
from harness import run

HERE = Path(__file__).parent
SOURCE = "docs/_source/questions.md"
FILES = sorted(path for path in HERE.glob("*/*.md"))

_SECTION = re.compile(
    r"^## (?P<name>[^\n]+)\n(?:\n(?P<fence>~{3,})(?P<kind>[^\n]*)\n(?P<text>.*?)^(?P=fence)$)?",
    re.DOTALL | re.MULTILINE,
)
_TALLY = re.compile(r"^\d+ topics, \d+ questions: [^\n]*\n\Z", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n\n", re.DOTALL)


@dataclass(frozen=True)
class Section:
    """A heading of a case file with the text in the fence below it."""

    name: str
    text: str
    kind: str

    @property
    def data(self) -> bytes:
        r"""The text as bytes; `escaped` text says `\x07` or `\N{NAME}`, a lone byte `\udcff`."""
        text = self.text
        if self.kind == "escaped":
            text = text.rstrip("\n").encode("ascii").decode("unicode_escape")
        return text.encode("utf-8", "surrogateescape")


def sections(path: Path) -> list[Section]:
    """Read a case file."""
    found = _SECTION.finditer(path.read_text(encoding="utf-8"))
    return [
        Section(match["name"], match["text"] or "", (match["kind"] or "").strip())
        for match in found
    ]


def answer(question_id: str) -> str:
    """Return the answer to a question as its topic page holds it, without the link at its end."""
    text = "".join(path.read_text(encoding="utf-8") for path in Path("docs/topics").glob("*.md"))
    found = re.search(
        rf"^## [^\n]* \{{[^\n]*#{question_id} [^\n]*\n+\?\?\? [^\n]*\n\n((?: +[^\n]*\n|\n)*)",
        text,
        re.MULTILINE,
    )
    assert found, f"no topic page shows {question_id}"
    body, more = dedent(found[1]).rstrip("\n").rsplit("\n\n", 1)
    assert ".more" in more
    return f"{body}\n"


@pytest.mark.parametrize(
    "path", FILES, ids=lambda path: path.relative_to(HERE).with_suffix("").as_posix()
)
def test_case(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The splitter gives the pages, the diagnostics and the exit code that the case file tells."""
    monkeypatch.chdir(tmp_path)
    exit_code, options, diagnostics = 0, [], ""
    pages: list[Section] = []
    Path(SOURCE).parent.mkdir(parents=True)
    for section in sections(path):
        match section.name.split():
            case ["source"]:
                Path(SOURCE).write_bytes(section.data)
            case ["file", name]:
                Path(name).parent.mkdir(parents=True, exist_ok=True)
                Path(name).write_bytes(section.data)
            case ["options"]:
                options = section.text.split()
            case ["exit", code]:
                exit_code = int(code)
            case ["diagnostics"]:
                diagnostics = section.text
            case ["page" | "answer" | "headings", *_]:
                pages.append(section)
            case _:
                pytest.fail(f"unknown section: {section.name}")

    before = set(Path().rglob("*"))
    code, _, error = run("--source", SOURCE, "--out", "docs", *options)

    assert diagnostics == _TALLY.sub("", error)
    assert exit_code == code
    assert code == 0 or before == set(Path().rglob("*")), "a run that fails writes nothing"
    for page in pages:
        _check_page(page)


def _check_page(section: Section) -> None:
    """Compare an answer, or a page: whole behind its front matter, in part, or that it is absent."""
    match section.name.split():
        case ["answer", name]:
            assert section.text == answer(name)
        case ["headings", name]:
            text = _FRONT_MATTER.sub("", Path("docs", name).read_text(encoding="utf-8"))
            assert section.text == "".join(re.findall(r"^#+ [^\n]*\n", text, re.MULTILINE))
        case ["page", name]:
            text = Path("docs", name).read_text(encoding="utf-8")
            assert section.text == _FRONT_MATTER.sub("", text)
        case ["page", name, "contains"]:
            assert section.text.strip("\n") in Path("docs", name).read_text(encoding="utf-8")
        case ["page", name, "is", "not", "there"]:
            assert not Path("docs", name).exists()
        case _:
            pytest.fail(f"unknown section: {section.name}")
