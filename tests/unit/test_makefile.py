"""The Makefile runs the project's own programs, without settings of the user that change them.

Commands are run with fake programs: those in `.venv` record their call, and those on PATH fail.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from support.harness import ROOT

COMMANDS = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
OURS = "chromium mkdocs mypy node npm npx pip pip-audit pytest python python3 ruff uv zensical"
BARE = re.compile(
    rf"(?:^|[;&|{{(]\s*|\b(?:do|then|else|exec)\s+)({'|'.join(OURS.split())})\s", re.MULTILINE
)
"""One of our programs at the start of a command, without its path."""
RECORD = '#!/bin/sh\necho "${0##*/} $*" >> "$CALLS"\nenv >> "$CALLS.env"\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that is set up with fake programs."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for folder in ("scripts", ".venv/bin", "bin"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(ROOT / "scripts/programs.py", tmp_path / "scripts")
    (tmp_path / "scripts/bootstrap.py").touch()
    for name in OURS.split():
        for folder, script in ((".venv/bin", RECORD), ("bin", "#!/bin/sh\nexit 9\n")):
            path = tmp_path / folder / name
            path.write_text(script, encoding="utf-8")
            path.chmod(0o755)
    return tmp_path


def make(project: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run make as someone whose PATH starts with other programs of the same names."""
    environment = {
        "PATH": os.pathsep.join([str(project / "bin"), os.environ["PATH"]]),
        "CALLS": str(project / "calls"),
        **variables,
    }
    python = f"PYTHON={shutil.which('python3')}"
    return subprocess.run(
        ["make", python, *arguments],  # noqa: S607 - whichever make is on PATH
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_programs_are_called_by_path(project: Path, engine: str) -> None:
    """No command relies on a changed PATH, which macOS's make does not search."""
    done = make(project, "--dry-run", *COMMANDS, f"ENGINE={engine}")

    assert done.returncode == 0, done.stderr
    assert done.stdout.count(".venv/bin/") > 20
    assert BARE.findall(done.stdout) == []


@pytest.mark.parametrize("command", ["build", "serve", "test", "fuzz", "bench", "screenshots"])
def test_what_copies_the_project_finds_its_parts(project: Path, command: str) -> None:
    """In a fresh clone, pages and the bundle are made before anything that builds a site."""
    steps = make(project, "--dry-run", command).stdout

    assert 0 < steps.find("scripts/split.py") < steps.find("frontend/build.mjs")


STEPS = (
    "bootstrap.py split.py build.mjs draw_cards.py make_downloads.py engine.py publish.py".split()
)


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_a_build_has_every_step(project: Path, engine: str) -> None:
    """Everything is there when the engine starts, and what it built is finished."""
    steps = make(project, "--dry-run", "build", f"ENGINE={engine}").stdout
    strict = make(project, "--dry-run", "build", f"ENGINE={engine}", "STRICT=1").stdout
    places = [steps.find(name) for name in STEPS]

    assert places == sorted({*places} - {-1})
    assert f"engine.py {engine} build --strict" in steps
    assert "split.py --undated --strict" in strict
    assert strict.replace("split.py --undated --strict", "split.py --undated ") == steps


def test_a_program_without_its_path_is_found() -> None:
    """The check above can fail."""
    assert BARE.findall("a && npm run x\nnode y\nfor f in g; do npm z; done") == [
        *("npm", "node", "npm"),
    ]
    assert BARE.findall(".venv/bin/node x && .tools/lock/bin/uv pip compile") == []


CHANGING = {
    "NODE_ENV": "production",
    "npm_config_workspaces": "true",
    "PIP_TARGET": "/elsewhere",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHOME": "/elsewhere",
    "PYTHONOPTIMIZE": "2",
    "PYTHONPATH": "/elsewhere",
}
LOADING = {"HTTPS_PROXY": "http://proxy.example:3128", "PIP_INDEX_URL": "https://mirror.example/"}


@pytest.mark.parametrize("command", ["bundle", "cards", "serve", "build", "test", "audit"])
def test_settings_of_the_user_change_nothing(project: Path, command: str) -> None:
    """Settings that change programs or slow them down are not passed on; those for downloads are."""
    done = make(project, command, **CHANGING, **LOADING)
    passed = (project / "calls.env").read_text(encoding="utf-8").splitlines()

    assert "Traceback" not in done.stderr
    assert not CHANGING.keys() & {line.partition("=")[0] for line in passed}
    assert {f"{name}={value}" for name, value in LOADING.items()} <= set(passed)


def test_addresses_are_passed_on(project: Path) -> None:
    """SITE_URL, REPO_URL and ADDRESS may be given before or after `make`."""
    make(project, "serve", "SITE_URL=https://example.org/", "ADDRESS=:8001", REPO_URL="me")
    passed = (project / "calls.env").read_text(encoding="utf-8").splitlines()

    assert {"SITE_URL=https://example.org/", "ADDRESS=:8001", "REPO_URL=me"} <= set(passed)
