"""The front end is bundled only if its sources or the files made of them have changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from qna.appearance import settings
from qna.downloads import styles
from support.harness import ROOT
from support.sites import run

LETTERS = "scripts/qna/naming/letters.json"
"""A file outside of the front end that is part of it."""


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with nothing but the front end, bundled."""
    project = tmp_path_factory.mktemp("bundled")
    own = shutil.ignore_patterns("bundled")
    shutil.copytree(ROOT / "frontend", project / "frontend", ignore=own)
    usual = settings.Settings().for_scripts()
    (project / settings.FOR_SCRIPTS).write_text(usual, encoding="utf-8")
    for name in ("package.json", "tsconfig.json", LETTERS, "scripts/qna/data/loaded_ahead.json"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, project / name)
    (project / "node_modules").symlink_to(ROOT / "node_modules")
    _bundle(project)
    return project


def test_without_a_change(bundled: Path) -> None:
    """No file is written again."""
    before = _states(bundled)

    assert _bundle(bundled) == before
    assert {"docs/assets/site.js", "docs/assets/plex-400.woff2"} < before.keys()


def _damaged(project: Path) -> None:
    (project / "docs/assets/math-used.woff2").unlink()
    path = project / "docs/assets/site.js"
    path.write_bytes(path.read_bytes()[:-1] + b" ")


def _without_record(project: Path) -> None:
    (project / "frontend/bundled/record.json").write_text("null", encoding="utf-8")


@pytest.mark.parametrize("harm", [_damaged, _without_record])
def test_damage(bundled: Path, harm: Callable[[Path], None]) -> None:
    """Files that are missing or damaged, and those that nothing is known of, are made again."""
    before = _contents(bundled)
    harm(bundled)

    _bundle(bundled)

    assert _contents(bundled) == before


def test_changes(bundled: Path) -> None:
    """What was changed, added or removed is in the files, until it is changed back."""
    before = _contents(bundled)
    style, letters = bundled / "frontend/site.css", bundled / LETTERS
    added = bundled / "frontend/added.css"
    texts = {path: path.read_text(encoding="utf-8") for path in (style, letters)}

    added.write_text(".first { color: red }", encoding="utf-8")
    style.write_text(f'@import "./added.css";\n{texts[style]}', encoding="utf-8")
    letters.write_text(texts[letters].replace('"ss"', '"sz"'), encoding="utf-8")
    _bundle(bundled)
    changed = _contents(bundled)
    added.write_text(".second { color: red }", encoding="utf-8")
    _bundle(bundled)
    again = _contents(bundled)
    added.unlink()
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    _bundle(bundled)

    assert b".first" in changed["docs/assets/site.css"]
    assert b".second" in again["docs/assets/site.css"]
    assert changed["docs/assets/search-worker.js"] != before["docs/assets/search-worker.js"]
    assert _contents(bundled) == before


def test_colors(bundled: Path) -> None:
    """The site's own colors are in its styles and in those of the one file, and the usual are not."""
    path, before = bundled / "frontend/appearance.json", _contents(bundled)
    text, own = path.read_text(encoding="utf-8"), {"light": "#855700", "dark": "#ffa600"}
    tokens = {scheme: {"accent": color, "tile": color} for scheme, color in own.items()}
    usual = [styles.usual_look().light["accent"], styles.usual_look().dark["accent"]]

    path.write_text(json.dumps(json.loads(text) | {"tokens": tokens}), encoding="utf-8")
    _bundle(bundled)
    changed = _contents(bundled)
    path.write_text(text, encoding="utf-8")
    _bundle(bundled)

    for name in ("docs/assets/site.css", "frontend/bundled/one-file.css"):
        assert [color for color in own.values() if color not in changed[name].decode()] == []
        assert [color for color in usual if color in changed[name].decode()] == []
    assert _contents(bundled) == before


def _bundle(project: Path) -> dict[str, object]:
    done = run(["node", "frontend/build.mjs"], project)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return _states(project)


def _files(project: Path) -> Mapping[str, Path]:
    made = (project / name for name in ("docs/assets", "frontend/bundled"))
    found = (path for folder in made for path in folder.iterdir())
    return {path.relative_to(project).as_posix(): path for path in found}


def _states(project: Path) -> dict[str, object]:
    return {name: path.stat().st_mtime_ns for name, path in _files(project).items()}


def _contents(project: Path) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in _files(project).items()}
