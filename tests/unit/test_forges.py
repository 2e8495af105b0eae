"""Links to correct a question, on the forges that have their own addresses."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from jinja2 import ChainableUndefined, Environment, FileSystemLoader
from support.harness import ROOT

LINE = "_source/questions.md#L7"
"""The place of a question in the source."""


@pytest.mark.parametrize(
    ("repository", "edit", "issue"),
    [
        ("https://github.com/me/qa", "/edit/HEAD/docs/", "/issues/new?title=Mistake"),
        ("https://forge.example/me/qa/", "/edit/HEAD/docs/", "/issues/new?title=Mistake"),
        ("https://gitlab.com/me/qa", "/-/edit/main/docs/", "/-/issues/new?issue[title]=Mistake"),
        (
            "https://gitlab.me.example/qa",
            "/-/edit/main/docs/",
            "/-/issues/new?issue[title]=Mistake",
        ),
        ("https://codeberg.org/me/qa", "/_edit/main/docs/", "/issues/new?title=Mistake"),
        ("https://bitbucket.org/me/qa", "/src/main/docs/", "/issues/new?title=Mistake"),
    ],
)
def test_links(repository: str, edit: str, issue: str) -> None:
    """Both links lead into the repository, in the form of its forge."""
    assert links(repository) == [
        f"{repository.rstrip('/')}{edit}{LINE}",
        f"{repository.rstrip('/')}{issue}",
    ]


def test_own_place_of_the_source() -> None:
    """`edit_uri` replaces the usual place."""
    edit, _ = links("https://gitlab.com/me/qa", "/-/edit/trunk/pages/")

    assert edit == f"https://gitlab.com/me/qa/-/edit/trunk/pages/{LINE}"


def test_no_repository() -> None:
    """Without a repository there are no links."""
    assert links("") == []


def links(repository: str, edit_uri: str = "") -> list[str]:
    """Return the addresses of the links under a question."""
    folder = FileSystemLoader(ROOT / "overrides")
    template = Environment(
        loader=folder, undefined=ChainableUndefined, autoescape=True
    ).get_template("partials/share.html")
    html = template.render(
        config=SimpleNamespace(repo_url=repository, edit_uri=edit_uri),
        page=SimpleNamespace(meta={"source_line": 7, "issue": "Mistake"}),
    )
    return re.findall('href="([^"]*)"', html)
