"""Macros in hand-written pages, in both engines: their output and their errors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.sites import COMMANDS, copy_project, run

PATHS = ["first-loaf", "sourdough", "rescue"]
"""The learning paths in the order of the navigation."""
PAGE = """\
---
render_macros: true
---
# Test {{ '{' }} #test }

{{ count() }} questions, {{ count("rising") }} here, {{ count("topics") }} topics;
{{ counted("rising") }}, {{ counted("topics") }}.

{{ question("windowpane") }}

{{ question("windowpane", "Thin [films]") }}

{{ answer("your-loaf") }}

{{ topic("baking") }}

Topics:

{{ topics(3) }}

{{ step("steam", "Asked *often*.") }}

{{ step("sour-taste") }}

{{ paths() }}

{{ step("your-loaf") }}
"""


def build(project: Path, engine: str, page: str) -> tuple[int, str]:
    """Build a copy of the project with `page` in its own folder; return exit code and output."""
    (project / "docs/deep").mkdir()
    (project / "docs/deep/page.md").write_text(page, encoding="utf-8")
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace("  - About: about.md\n", "  - About: about.md\n  - Deep: deep/page.md\n")
    )
    return made(project, engine)


def made(project: Path, engine: str) -> tuple[int, str]:
    """Split and build a project; return exit code and output."""
    split, _, build, _ = COMMANDS[engine]
    assert run(split, project).returncode == 0
    done = run(build, project)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("engine", COMMANDS)
def test_macros_link_and_show(tmp_path: Path, engine: str) -> None:
    """Links, embedded answers, lists and counts are correct on a page in a subfolder."""
    project = copy_project(tmp_path)
    code, output = build(project, engine, PAGE)
    assert code == 0, output
    html = (project / "site/deep/page/index.html").read_text(encoding="utf-8")
    article = html.partition("<article")[2].partition("</article")[0]

    assert "25 questions, 10 here, 5 topics;\n10 questions, 5 topics." in article
    assert '<a href="../../q/windowpane/">What is the windowpane test?</a>' in article
    assert ">Thin [films]</a>" in article
    assert "Personal answer required - Include: the flour" in article
    assert len(re.findall(r'<li><a href="\.\./\.\./q/[a-z-]+/"', article)) == 5
    assert re.findall(r'<li><a href="\.\./\.\./topics/([a-z-]*)/?"', article)[-1] == ""
    assert "And 2 more." in article
    flat = article.replace("\n", "")
    assert re.search('<h3 [^>]*id="steam"[^>]*>Why does bread need steam in the oven[?]<', flat)
    assert '<p class="why">Asked *often*.</p>' in article
    assert re.search('<details class="answer"><summary[^>]*>Answer</summary>', flat)
    assert re.search('<details class="story"><summary[^>]*>Your own story</summary>', flat)
    assert re.search('<abbr title="Lactic Acid Bacteria[^"]*">LAB</abbr> turn sugar', article)
    assert re.search('<a href="../../q/sourdough-starter/"[^>]*>starter</a> makes more', article)
    assert re.search('<a [^>]*class="more" href="../../q/steam/"[^>]*>Related questions</a>', flat)
    assert re.findall(r'href="\.\./\.\./paths/([a-z-]+)/"', article) == PATHS
    assert "A culture of your own. <em data-steps=" in article


@pytest.mark.parametrize("engine", COMMANDS)
def test_unknown_id_fails_the_build(tmp_path: Path, engine: str) -> None:
    """A mistyped id stops the build, and the message suggests the right one."""
    page = '---\nrender_macros: true\n---\n# Test\n\n{{ question("windowpan") }}\n'
    code, output = build(copy_project(tmp_path), engine, page)

    assert code != 0
    assert "there is no question 'windowpan'" in output
    assert "'windowpane'" in output


@pytest.mark.parametrize("engine", COMMANDS)
@pytest.mark.parametrize(
    ("page", "message"),
    [
        ('{{ step("steam") }}\n\n{{ step("steam") }}', "'steam' is two steps of this path"),
        ("{{ steps() }}", "steps() works on pages in 'paths/'"),
    ],
    ids=["repeated step", "no path"],
)
def test_mistakes_on_paths(tmp_path: Path, engine: str, page: str, message: str) -> None:
    """A mistake on a learning path stops the build, and the message names the page."""
    project = copy_project(tmp_path)
    name = "about.md" if "steps()" in page else "paths/rescue.md"
    text = f"---\nrender_macros: true\n---\n# Test\n\n{page}\n"
    (project / "docs" / name).write_text(text, encoding="utf-8")
    code, output = made(project, engine)

    assert code != 0
    assert f"{name}: {message}" in output
