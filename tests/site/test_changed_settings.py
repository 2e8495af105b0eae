"""A small site whose owner has changed many settings, built by both engines."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import check_site
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page
from support.harness import ROOT
from support.sites import (
    COMMANDS,
    SITE_URL,
    Built,
    copy_project,
    pages,
    run,
    take_source,
    visiting,
)

SOURCE = """\
# Bees

### **1. Hives**
*   **What is a hive?**
    - A box in which a colony of bees lives.
"""
THEME = """\
theme:
  name: material
  custom_dir: overrides
  language: en
  favicon: assets/images/favicon.png
  logo: images/logo.png
  font: false
  palette:
    scheme: slate
    primary: amber
"""
EXTRA = """\
site_name: Bees & <Hives>
copyright: '&copy; <a href="https://example.org">The keeper</a>'
edit_uri: edit/main/docs/
extra_css: [css/own.css]
extra_javascript:
  - js/own.js
  - {path: js/own.mjs, type: module}
  - https://cdn.example.org/x.js
extra:
  allowed_hosts: [https://stats.example.org]
  cards: false
  social:
    - {icon: fontawesome/brands/mastodon, link: "https://example.org/@keeper", name: The keeper}
nav:
  - Guide:
      - guide/one.md
      - Deep:
          - guide/two.md
          - Elsewhere: https://example.org/there
  - Home: index.md
  - Shop: https://example.org/shop
  - Topics:
      - topics/index.md
      # <topics>
      # </topics>
  - Nested:
      - Inner:
          - guide/three.md
"""
FILES = {
    "css/own.css": ".footer { border-top-width: 7px; }",
    "js/own.js": 'document.documentElement.dataset.own = "yes";',
    "js/own.mjs": 'document.documentElement.dataset.module = "yes";',
    **{f"guide/{name}.md": f"# Page {name}\n" for name in ("one", "two", "three", "hidden")},
}


def configured(config: str) -> str:
    """Return the project's configuration with the settings of this site."""
    for part in re.finditer(r"^(\w+):.*?(?=^\w|\Z)", THEME + EXTRA, re.MULTILINE | re.DOTALL):
        config = re.sub(rf"^{part[1]}:.*?(?=^\w|\Z)", "", config, flags=re.MULTILINE | re.DOTALL)
    return config + THEME + EXTRA


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """The site, by engine."""
    project = copy_project(tmp_path_factory.mktemp("settings") / "project")
    take_source(project, SOURCE)
    shutil.copytree(ROOT / "frontend", project / "frontend", dirs_exist_ok=True)
    for name in ("package.json", "tsconfig.json"):
        shutil.copy(ROOT / name, project)
    config = project / "mkdocs.yml"
    config.write_text(configured(config.read_text("utf-8")), encoding="utf-8")
    for name, text in FILES.items():
        (project / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (project / "docs" / name).write_text(text + "\n", encoding="utf-8")
    for name in ("images/logo.png", "assets/images/favicon.png"):
        (project / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (64, 64), "#ffc105").save(project / "docs" / name)
    (project / "docs/downloads.md").unlink()
    for command in (["python", "scripts/split.py"], ["node", "frontend/build.mjs"]):
        done = run(command, project)
        assert done.returncode == 0, done.stderr
    found = {}
    for engine, commands in COMMANDS.items():
        for command in commands[2:]:
            done = run(command, project)
            assert done.returncode == 0, done.stdout + done.stderr
        shutil.move(project / "site", project / engine)
        found[engine] = Built(engine, project / engine, {})
    return found


@pytest.fixture(scope="module")
def page(sites: dict[str, Built], chrome: Browser) -> Iterator[Page]:
    """A hand-written page of the site, on a device that prefers light."""
    with (
        check_site.served(sites["mkdocs"].folder) as address,
        visiting(chrome, address) as visit,
    ):
        visit.page.emulate_media(color_scheme="light")
        yield visit.open("guide/two/")


def test_warnings_stop_no_build(sites: dict[str, Built]) -> None:
    """Strict builds end well with warnings about settings and a page outside the navigation."""
    for site in sites.values():
        assert "Page hidden" in site.html("guide/hidden")


def test_engines_agree(sites: dict[str, Built]) -> None:
    """Both engines make the same pages."""
    assert pages(sites["mkdocs"]) == pages(sites["zensical"])


def test_no_downloads(sites: dict[str, Built]) -> None:
    """Without the page of downloads, no page leads there."""
    for site in sites.values():
        assert 'class="footer"' in site.html("topics/hives")
        assert not [name for name, parts in pages(site).items() if "/downloads/" in "".join(parts)]


def test_one_preview_card(sites: dict[str, Built]) -> None:
    """All pages have the preview card of the site."""
    card = f'<meta property="og:image" content="{SITE_URL}assets/cards/home.png">'
    found = sites["mkdocs"].folder.rglob("*.html")
    shown = {str(path): path.read_text(encoding="utf-8") for path in found}

    assert any(card in html for html in shown.values())
    assert [name for name, html in shown.items() if "og:image" in html and card not in html] == []


def test_nothing_is_broken(sites: dict[str, Built]) -> None:
    """Every link leads somewhere, and nothing loads from a host that is not allowed."""
    site = sites["mkdocs"]

    assert not [fault for fault in check_site.faults(site.folder) if "another host" in fault]
    assert "cdn.example.org" not in site.html("guide/two")
    assert "script-src 'self' 'sha256-" in site.html("guide/two")
    assert " https://stats.example.org;" in site.html("guide/two")


def test_scheme_and_colors(page: Page) -> None:
    """A site with one scheme has it on every device, in its own color, and no button for it."""
    shown = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    linked = page.evaluate("getComputedStyle(document.querySelector('.edit a')).color")

    assert shown == "rgb(16, 21, 27)"
    assert linked == "rgb(255, 193, 5)"
    assert page.locator(".theme").count() == 0
    assert page.locator("meta[name=theme-color]").get_attribute("content") == "#10151b"


def test_pictures_and_font(page: Page, sites: dict[str, Built]) -> None:
    """The owner's logo and favicon take the place of the icon; no font is loaded."""
    shown = "document.querySelector('.brand img').naturalWidth"
    loaded = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    site = sites["mkdocs"].folder

    assert page.evaluate(shown) == 64
    assert 'rel="icon" href="../../assets/images/favicon.png"' in sites["mkdocs"].html("guide/two")
    assert (site / "assets/images/favicon.png").is_file()
    assert not [name for name in loaded if name.endswith(".woff2")]


def test_own_scripts_and_styles(page: Page) -> None:
    """Files of the owner have their effect, with addresses that change with their content."""
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.footer')).borderTopWidth") == "7px"
    )
    assert page.locator("html").get_attribute("data-own") == "yes"
    assert page.locator("html").get_attribute("data-module") == "yes"
    assert page.locator("link[href^='../../css/own.css?v=']").count() == 1


def test_navigation(page: Page) -> None:
    """Sections, sections in sections, and other sites are in the navigation; home is the name."""
    bar = page.locator(".sections a").evaluate_all(
        "links => links.map(a => [a.textContent, a.href])"
    )
    side = page.locator(".sidebar a").all_inner_texts()

    assert [(name, link.rpartition("/deep-learning-qa/")[2]) for name, link in bar] == [
        ("Guide", "guide/one/"),
        ("Shop", "https://example.org/shop"),
        ("Topics", "topics/"),
        ("Nested", "guide/three/"),
    ]
    assert side == ["Page one", "Deep", "Page two", "Elsewhere"]
    assert page.locator(".sidebar [aria-current]").inner_text() == "Page two"


def test_footer_and_edit_links(page: Page, sites: dict[str, Built]) -> None:
    """The owner's name, links and copyright are shown, and edit links follow `edit_uri`."""
    edit = "https://github.com/example/deep-learning-qa/edit/main/docs"

    assert page.locator(".brand span").inner_text() == "Bees & <Hives>"
    assert page.locator(".social").inner_text().strip() == "The keeper"
    assert page.locator(".social svg").count() == 1
    assert page.get_by_text("© The keeper").count() == 1
    assert page.locator(".edit a").get_attribute("href") == f"{edit}/guide/two.md"
    assert f'href="{edit}/_source/questions.md#L4"' in sites["mkdocs"].html("q/hive")
    assert "edit/main" not in sites["mkdocs"].html("topics")
