"""Pages of questions, which MkDocs is not told of, are what it makes of them."""

from __future__ import annotations

from pathlib import Path

from support.harness import run as split
from support.sites import copy_project, digests, run

HOOK = """\
from pathlib import Path

def on_page_content(html, *, page, config, files):
    with Path("seen.txt").open("a", encoding="utf-8") as seen:
        print(page.file.src_uri, file=seen)
"""


def test_hook_of_the_owner(tmp_path: Path) -> None:
    """A hook of the owner's is told of every page, and the site is the same, warnings, too."""
    project = copy_project(tmp_path)
    source, by_hand = project / "docs/_source/questions.md", project / "docs/q/by-hand.md"
    text = source.read_text(encoding="utf-8")
    added = (
        "*   **Where is it?**\n    - [There](../about.md#nowhere), [here](../q/by-hand.md#yes).\n"
    )
    source.write_text(f"{text.rstrip()}\n{added}", encoding="utf-8")
    assert split("--source", str(source), "--out", str(project / "docs"))[0] == 0
    by_hand.write_text(
        "---\nrender_macros: true\n---\n# {{ count() }} { #yes }\n", encoding="utf-8"
    )

    apart = [built(project) for _ in range(2)]
    (project / "hook.py").write_text(HOOK, encoding="utf-8")
    configuration = (project / "mkdocs.yml").read_text(encoding="utf-8")
    with_hook = configuration.replace("\nhooks:\n", "\nhooks:\n  - hook.py\n")
    (project / "mkdocs.yml").write_text(with_hook, encoding="utf-8")
    told, (code, warnings, _) = built(project), apart[0]

    assert code == 1
    assert ["'../about.md#nowhere'" in warning for warning in warnings] == [True] * 2
    assert apart == [told] * 2
    pages = {path.relative_to(project / "docs").as_posix() for path in by_hand.parent.glob("*.md")}
    assert pages <= {*(project / "seen.txt").read_text(encoding="utf-8").split("\n")}


def built(project: Path) -> tuple[int, list[str], dict[str, str]]:
    """Build the site strictly, and finish it; return exit code, warnings, and its checksums."""
    done = run(["mkdocs", "build", "--strict"], project)
    assert run(["python", "scripts/publish.py"], project).returncode == 0
    warnings = [line for line in done.stderr.splitlines() if line.startswith("WARNING")]
    return done.returncode, sorted(warnings), digests(project / "site")
