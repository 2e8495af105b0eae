"""Macros in hand-written pages, in both engines: their output and their errors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.sites import COMMANDS, copy_project, run

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
    for command in COMMANDS[engine]:
        done = run(command, project)
        if done.returncode:
            break
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
    assert re.search(r'<h3 id="steam"[^>]*><a href="\.\./\.\./q/steam/">', article)
    assert '<p class="why">Asked *often*.</p>' in article
    flat = article.replace("\n", "")
    assert re.search('<details class="answer"><summary[^>]*>Answer</summary>', flat)
    assert re.search('<details class="story"><summary[^>]*>Your own story</summary>', flat)


@pytest.mark.parametrize("engine", COMMANDS)
def test_unknown_id_fails_the_build(tmp_path: Path, engine: str) -> None:
    """A mistyped id stops the build, and the message suggests the right one."""
    page = '---\nrender_macros: true\n---\n# Test\n\n{{ question("windowpan") }}\n'
    code, output = build(copy_project(tmp_path), engine, page)

    assert code != 0
    assert "there is no question 'windowpan'" in output
    assert "'windowpane'" in output
