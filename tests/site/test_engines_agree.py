"""Both engines render the examples of the specifications as specified."""

from __future__ import annotations

import pytest
from support import examples
from support.sites import copy_project, run, take_source


@pytest.mark.parametrize("command", [["mkdocs", "build"], ["zensical", "build", "--clean"]])
def test_examples_on_a_built_site(
    tmp_path_factory: pytest.TempPathFactory, command: list[str]
) -> None:
    """Each accepted example is on the built page with the specified result.

    The examples have broken links, so the build is not strict. Zensical treats them as links to
    files beside the page's folder, and MkDocs leaves them unchanged.
    """
    expected = examples.expected()
    taken = [
        example
        for example in examples.all_examples()
        if expected[example.name] == "same" and ".md)" not in example.markdown
    ]
    project = copy_project(tmp_path_factory.mktemp("examples"))
    take_source(project, examples.source(taken))

    for step in (["python", "scripts/split.py"], command):
        done = run(step, project)
        assert done.returncode == 0, done.stdout + done.stderr

    page = (project / "site/topics/topic/index.html").read_text(encoding="utf-8")
    assert examples.differing(taken, page.replace('="../', '="')) == set()
