"""Pages filled into frames are what their templates make of them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import mkdocs_frames
import pytest
from jinja2 import DictLoader, Environment
from mkdocs.utils.templates import url_filter
from mkdocs_frames import Frames, Shown

SHARED = {
    "texts": "<h1>{{ page.meta.title }}</h1>{{ page.content }}{{ page.canonical_url }}",
    "escaped": "{{ page.meta.title | e }} {{ page.meta.id | urlencode }} {{ page.meta.title | upper }}",
    "addresses": "{{ 'a.css' | url }} {{ 'q/' | url }} {{ 'q/1/' | url }} {{ ('q/' ~ page.meta.id ~ '/') | url }}"
    "{% for item in page.meta.near %}{{ ('q/' ~ item.id ~ '/') | url }}{% endfor %}",
    "replaced": "{% set bar %}<b>{{ page.meta.title }}</b>{% endset %}"
    "{{ page.content | replace('<p>', bar ~ '<p>') }}{{ 'a {t}' | replace('{t}', bar) }}",
    "joined": "{{ [page.meta.title, 'a', page.url] | join('|') }}{{ page.meta.title ~ 1 }}",
    "numbers": "{{ page.meta.line }}{{ page.meta.line + 1 }}{{ page.meta.missing | d('none') }}",
    "parts": "{{ page.meta.title[:3] }}{{ page.meta.title.lower() }}{{ page.meta.title | trim }}",
}
"""Templates that all pages share a frame of."""
ASKING = {
    "empty": "{% if page.meta.title %}1{% endif %}{{ page.meta.note.day or 'never' }}",
    "equal": "{{ 'one' if page.meta.title == 'One' else page.meta.title }}",
    "equal to another": "{% for item in page.meta.near %}"
    "{{ 'here' if item.id == page.meta.id else item.id }}{% endfor %}",
    "equal when joined": "{{ 'here' if 'q/' ~ page.meta.id ~ '/' == 'q/3/' else 'there' }}",
    "equal when captured": "{% set x %}{{ page.meta.id }}{% endset %}{{ 'here' if x == '3' }}",
    "one of": "{{ page.meta.id in ['2', '5'] }}{{ page.meta.title in {'One': 1} }}",
    "has": "{{ 'math' if '<math' in page.content }}{{ 'x' if 'T' not in page.meta.title }}",
    "key": "{{ {'One': 1, 'Two': 2}[page.meta.title] }}",
    "length": "{% if page.meta.title | length > 3 %}long{% endif %}{{ page.meta.near | length }}",
    "start": "{{ page.url[:3] == 'q/1' }}{{ page.meta.title.startswith('T') }}",
    "slice": "{{ 'abcdefgh'[page.meta.line - 1:page.meta.line + 1] }}",
    "greatest": "{{ [page.meta.line - 2, 1] | max }}",
    "characters": "{% for char in page.meta.title %}{{ char }}.{% endfor %}",
    "test": "{{ page.meta.title is string }}{{ page.meta.line is even }}{{ page.meta.x is defined }}",
    "kept": "{% set kept = namespace(x=page.meta.title) %}{% if kept.x == 'Two' %}2{% endif %}{{ kept.x }}",
}
"""Templates that ask something of a page, after which another one may have another frame."""
NOT_KNOWN = {
    "contents": "{% for item in page.toc %}{{ item }}{% endfor %}",
    "title": "{{ page.title }}",
}
"""Templates that ask for what frames do not know."""


def shown(number: int, title: str, content: str = "<p>A</p>") -> Shown:
    """Return a page."""
    near = [{"id": str(near)} for near in range(1, 4)]
    meta = {"title": title, "id": str(number), "line": number, "near": near, "note": {"day": ""}}
    return Shown(
        f"q/{number}/", f"https://example.org/q/{number}/", content, {**meta, "template": "t"}
    )


PAGES = [
    *(shown(1, "One"), shown(2, "Two & <2>"), shown(3, "Three", "<math><p>B</p>"), shown(4, "One")),
    *(shown(5, "Two"), shown(1, "\ue010 5"), shown(11, "Other", "")),
]


@pytest.mark.parametrize("name", [*SHARED, *ASKING, *NOT_KNOWN])
def test_pages(name: str) -> None:
    """Each page is what its template makes of it, whether it is the first one of a frame or not."""
    template = {**SHARED, **ASKING, **NOT_KNOWN}[name]
    built, wanted, rendered = filled(template)

    assert built == wanted
    assert (rendered < len(PAGES)) == (name not in NOT_KNOWN)


@pytest.mark.parametrize("name", SHARED)
def test_shared(name: str) -> None:
    """Pages of one form share a frame, except for one without content."""
    assert filled(SHARED[name])[2] == 2


def filled(template: str) -> tuple[list[str], list[str], int]:
    """Return pages as frames have them, as the template makes them, and how many it made."""
    env = Environment(loader=DictLoader({"t": template}))  # noqa: S701 - as in MkDocs
    env.filters["url"] = url_filter
    mkdocs_frames.install(env)
    config: Any = SimpleNamespace(extra_css=["x.css"], extra_javascript=[])
    made: list[Shown] = []
    frames = Frames(config, SimpleNamespace(), [], finished)  # type: ignore[arg-type]

    def whole(page: Shown) -> str:
        found = SimpleNamespace(**page._asdict(), toc=[page.url], title=page.meta["title"])
        base = "../" * page.url.count("/")
        return env.get_template("t").render(page=found, base_url=base.rstrip("/"))

    def counted(page: Shown) -> str:
        made.append(page)
        return whole(page)

    built = [frames.page(page, env, lambda page=page: counted(page)) for page in PAGES]
    return built, [finished(whole(page)) for page in PAGES], len(made)


def finished(page: str) -> str:
    """Return a page with what all of them are given."""
    return page.replace("<h1>", "<h1 class='finished'>")
