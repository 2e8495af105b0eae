"""Every Markdown file beside this one is a case: files, the source they become, and what is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from qna import diagnostics, importing
from qna.importing import files, summary
from qna.links import by_id
from qna.naming import ledger, reconcile
from qna.reading import questions, source
from support.casefiles import Case

CASES = sorted(Path(__file__).parent.glob("*.md"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_import(path: Path, tmp_path: Path) -> None:
    """Files become the source in the case, which the splitter reads without an error."""
    case = Case(path)
    for section in case.sections:
        match section.name.split(maxsplit=1):
            case ["file", name]:
                (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / name).write_bytes(section.data)
            case [name, *_]:
                assert name in {"options", "summary", "source", "warnings", "pictures"}
    options = case.section("options")
    names = [
        section.name.split()[1] for section in case.sections if section.name.startswith("file ")
    ]
    place = tmp_path / (names[0] if "/" not in names[0] else names[0].split("/")[0])

    read = files.read(place)
    level = int(options.text.split()[1]) if options else 0
    found = importing.imported(read.texts, read.name, level=level, picture=read.picture)

    assert found
    told = [*summary.lines(found, len(read.pictures), read.left), *summary.differences(found)]
    assert "\n".join(told) + "\n" == _text(case, "summary")
    assert found.source == _text(case, "source")
    assert _warnings(found.source) == _text(case, "warnings")
    assert "".join(f"{name}\n" for name in read.pictures) == _text(case, "pictures")


def _text(case: Case, name: str) -> str:
    section = case.section(name)
    return section.whole if section else ""


def _warnings(text: str) -> str:
    """Return the codes of the warnings about a source; fail on an error."""
    report = diagnostics.Report()
    document = questions.parse(source.decode("questions.md", text.encode(), report), report)
    named, _ = reconcile.assign(document, ledger.Ledger(), (), "questions.md", report)
    by_id.check(named, "questions.md", report)
    assert not report.errors, diagnostics.render(report, {})
    return "".join(f"{item.code}\n" for item in report.items)
