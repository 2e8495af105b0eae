"""Plain `mkdocs build` of a small project: it splits first, and stops on errors.

The protection against active content works in both engines, and without it a build stops.
"""

from __future__ import annotations

import re
import shutil
from itertools import islice
from pathlib import Path
from random import Random

import check_site
import pytest
from support import hostile
from support.sites import COMMANDS, copy_project, run, take_source

SOURCE = """\
# Title

### **1. Topic**
*   **What does {{ config }} do?** {#config}
    - {{ 7*7 }} {% raw %} {# gone? #} ${{ github.workspace }} {{ lipsum }}
      `{{ lipsum.__globals__['os'].popen('touch pwned').read() }}`

      ```jinja
      {% for x in y %}{{ x }}{% endfor %}
      ```
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A fresh copy of the project, with a source of one question."""
    copied = copy_project(tmp_path)
    take_source(copied, SOURCE)
    return copied


def build(project: Path) -> tuple[int, str]:
    """Build a project; return the exit code and all output."""
    done = run(["mkdocs", "build"], project)
    return done.returncode, done.stdout + done.stderr


def test_fresh_clone(project: Path) -> None:
    """In a fresh clone, the hook splits the source before the engine looks for pages."""
    code, output = build(project)

    assert code == 0, output
    assert (project / "site/q/config/index.html").is_file()


def test_configuration_with_windows_line_endings(project: Path) -> None:
    """The pages have the navigation that the build itself wrote, with the file's line endings."""
    config = project / "mkdocs.yml"
    config.write_bytes(config.read_bytes().replace(b"\n", b"\r\n"))
    code, output = build(project)

    assert code == 0, output
    assert config.read_bytes().count(b"\n") == config.read_bytes().count(b"\r\n")
    page = (project / "site/topics/topic/index.html").read_text(encoding="utf-8")
    assert ">Topic</a>" in re.sub(r"\s+", "", page.partition('<nav class="sidebar"')[2])


def test_broken_source_stops_the_build(project: Path) -> None:
    """A build of a source with an error ends with its message, and creates no site."""
    (project / "docs/_source/questions.md").write_text(SOURCE + "*   **Open\n", encoding="utf-8")
    code, output = build(project)

    assert code != 0
    assert "docs/_source/questions.md:11:5: error[E202]: bold is not closed" in output
    assert "Traceback" not in output
    assert not (project / "site").exists()


def make(project: Path, engine: str, *, strict: bool = True) -> tuple[int, str]:
    """Split and build as `make build` does, without cards; return exit code and output."""
    split, _, site, _ = COMMANDS[engine]
    done = run(split, project)
    assert done.returncode == 0, done.stderr
    done = run([part for part in site if strict or part != "--strict"], project)
    return done.returncode, re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)


LEFT_BEHIND = [
    *(".about.md.swp", "about.md~", "#about.md#", "about.md.bak", "about.md.orig", "4913"),
    *("about.md.tmp", "about.md___jb_tmp___", ".DS_Store", "Thumbs.db", "paths/index.md~"),
]
"""Files that editors and systems leave beside a page that is edited."""


@pytest.mark.parametrize("engine", COMMANDS)
def test_files_that_editors_leave_behind(project: Path, engine: str) -> None:
    """They are neither published nor a reason for a warning."""
    for name in LEFT_BEHIND:
        (project / "docs" / name).write_bytes(b"\xff not text")
    for folder in ("docs", "docs/paths", "docs/_source"):
        (project / folder / ".#about.md").symlink_to("me@host.123:456")
    code, output = make(project, engine)
    published = {path.relative_to(project / "site") for path in project.glob("site/**/*")}

    assert code == 0, output
    assert not published & {*map(Path, LEFT_BEHIND), Path(".#about.md"), Path("paths/.#about.md")}
    assert not [path for path in published if {"~", "#", ".swp"} & {*path.name, path.suffix}]


@pytest.mark.parametrize("engine", COMMANDS)
def test_a_folder_that_cannot_be_written(project: Path, engine: str) -> None:
    """The build ends with one sentence instead of a traceback."""
    split, _, site, _ = COMMANDS[engine]
    run(split, project)
    shutil.rmtree(project / ".cache", ignore_errors=True)
    (project / ".cache").write_text("")
    done = run(["python", "scripts/engine.py", *site], project)

    assert done.returncode == 2
    assert "Traceback" not in done.stdout + done.stderr
    assert re.fullmatch(
        r"error: (File exists|Not a directory).*; fix that and run the same command again",
        done.stderr.splitlines()[-1],
    )


@pytest.mark.parametrize("engine", COMMANDS)
def test_without_the_safe_extension(project: Path, engine: str) -> None:
    """A site is never built without protection: if the extension is missing, the build stops."""
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace(
        "  - qna.markdown.extension ", "  - qna.gone "
    )
    config.write_text(text, encoding="utf-8")
    code, output = make(project, engine)

    assert code != 0
    assert "qna.gone" in output
    assert not list(project.glob("site/**/index.html"))


@pytest.mark.parametrize("engine", COMMANDS)
@pytest.mark.parametrize(("url", "leads"), [("../about.md", True), ("other.md", False)])
def test_a_broken_link_stops_the_build(
    project: Path, engine: str, url: str, *, leads: bool
) -> None:
    """The splitter does not know hand-written pages, so the engine reports a missing one."""
    source = SOURCE.replace("{{ 7*7 }}", f"[a page]({url})")
    (project / "docs/_source/questions.md").write_text(source, encoding="utf-8")
    code, output = make(project, engine)

    assert (code == 0) == leads
    assert leads or url in output


@pytest.mark.parametrize("engine", COMMANDS)
def test_an_unsafe_link_on_a_hand_written_page_is_text(project: Path, engine: str) -> None:
    """An unsafe link on a hand-written page becomes text, and stops neither engine."""
    unsafe = "[first](javascript:alert(1)) ![second](data:text/html,x) [third](//x.y)"
    (project / "docs/about.md").write_text(f"# About\n\n{unsafe}\n", encoding="utf-8")
    code, output = make(project, engine)

    assert code == 0, output
    page = (project / "site/about/index.html").read_text(encoding="utf-8")
    for text in ("first", "second", "third"):
        assert f"<span>{text}</span>" in page


@pytest.mark.parametrize("engine", COMMANDS)
def test_hostile_answers_on_a_built_site(project: Path, engine: str) -> None:
    """Answers made of everything that ever broke a renderer leave every page of a site clean."""
    random = Random(0)  # noqa: S311 - not for secrets
    made = (hostile.answer(random) for _ in range(2_000))
    taken = [*islice(filter(hostile.is_accepted, made), 200)]
    lines = ["# Title", "", "### **1. Topic**"]
    for number, text in enumerate(taken):
        lines += [f"*   **Question {number}?** {{#q{number}}}", *hostile.lines(text), ""]
    (project / "docs/_source/questions.md").write_text("\n".join(lines), encoding="utf-8")
    code, output = make(project, engine, strict=False)
    found = check_site.faults(project / "site")

    assert len(taken) == 200
    assert code == 0, output
    # Python-Markdown drops some blanks in code, which is harmless.
    assert [fault for fault in found if "the answer of question" not in fault] == []


@pytest.mark.parametrize("engine", COMMANDS)
def test_templates_are_never_executed(project: Path, engine: str) -> None:
    """Template syntax is on the page as it was written, and none of it was executed."""
    code, output = make(project, engine)
    assert code == 0, output
    html = (project / "site/q/config/index.html").read_text(encoding="utf-8")
    text = html.replace("&#x27;", "'").replace("&#39;", "'")

    for shown in (
        "{{ 7*7 }} {% raw %} {# gone? #} ${{ github.workspace }} {{ lipsum }}",
        "{{ lipsum.__globals__['os'].popen('touch pwned').read() }}",
        "What does {{ config }} do?",
    ):
        assert shown in text
    assert not list(project.rglob("pwned"))


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("question()", "question() missing 1 required positional argument: 'question_id'"),
        ('answer("config", 2)', "answer() takes from 1 to 2 positional arguments but 3 were given"),
        ("question(5)", "there is no question '5'"),
        ('topic(["topic"])', "there is no topic"),
    ],
)
def test_invalid_macro_call(project: Path, call: str, told: str) -> None:
    """An invalid macro call stops the build; the message names page, macro and argument."""
    page = f"---\nrender_macros: true\n---\n# About\n\n{{{{ {call} }}}}\n"
    (project / "docs/about.md").write_text(page, encoding="utf-8")
    code, output = build(project)

    assert code != 0
    assert "about" in output
    assert told in output
