"""Only locked versions are installed, and workflows have no more permissions than they need."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import bootstrap
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from qna.starting import fresh
from support.harness import ROOT

PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
LOCKS = sorted(ROOT.glob("requirements*.txt"))
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
LOWEST = {
    "markdown": "3.10.1",
    "mkdocs-material": "9.7.7",
    "pymdown-extensions": "11.0.1",
}
"""Older versions have a known bug that matters here; pyproject.toml names it."""
ADDRESS = re.compile(
    r"(?:https?:)?//[\w.-]*(?:pypi|pythonhosted|npmjs|npmmirror|yarnpkg|registry|artifactory|nexus)"
    r"|--(?:extra-)?index-url|--find-links|^registry\s*=",
    re.MULTILINE,
)


def locked(path: Path) -> dict[str, list[str]]:
    """Return the requirements in a lock file, each with its hashes."""
    lines = path.read_text(encoding="utf-8").replace("\\\n", "\n").split("\n")
    found: dict[str, list[str]] = {}
    for line in lines:
        if line.startswith("    --hash="):
            found[next(reversed(found))].append(line.strip())
        elif line and not line.lstrip().startswith("#"):
            found[line.strip()] = []
    return found


def asked(lock: Path) -> dict[str, Requirement]:
    """Return the requirements in pyproject.toml that a lock file is for, by name."""
    project = tomllib.loads(PYPROJECT)
    group = lock.stem.partition("-")[2]
    names = [group] if group else ["site", "test", "build"]
    texts = [] if group else project["project"]["dependencies"]
    texts += [text for name in names for text in project["dependency-groups"][name]]
    return {canonicalize_name(wanted.name): wanted for wanted in map(Requirement, texts)}


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_requirement_is_locked_by_hash(path: Path) -> None:
    """Each requirement has exactly one version, with SHA-256 hashes of its files."""
    found = locked(path)

    assert found
    for line, hashes in found.items():
        assert re.match(r"[\w.-]+==[\w.]+(?: ;|$)", line), line
        assert hashes, line
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", given) for given in hashes)


def test_every_npm_package_is_locked_by_hash() -> None:
    """Each package has a checksum, and none has a download address."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}

    assert packages
    assert lock["lockfileVersion"] == 3
    for name, entry in packages.items():
        assert re.fullmatch(r"sha512-[\w+/]{86}==", entry["integrity"]), name
        assert "resolved" not in entry, name


def test_everything_is_installed_from_a_lock() -> None:
    """No command installs a package by name alone: pip gets hashes, npm its lock file."""
    commands = [
        line
        for path in [ROOT / "Makefile", *WORKFLOWS]
        for line in path.read_text(encoding="utf-8").replace("\\\n", "").split("\n")
        if re.search(r"\b(?:pip|npm) install\b|\b(?:npx|pipx|uvx)\b", line)
    ]
    setup = (ROOT / "scripts/bootstrap.py").read_text(encoding="utf-8")
    commands += re.findall(r"^ +pip\(.*\)$", setup, re.MULTILINE)

    assert len(commands) > 5
    for command in commands:
        assert re.search(r"--require-hashes|--no-deps|--package-lock-only", command), command


def test_hooks_run_only_installed_tools() -> None:
    """A commit runs checks of `make test` with their locked tools, and downloads nothing."""
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    repos = yaml.safe_load(text)["repos"]
    hooks = [hook for repo in repos for hook in repo["hooks"]]
    programs = [word for hook in hooks for word in re.findall(r"\.venv/bin/\w+", hook["entry"])]

    assert {repo["repo"] for repo in repos} == {"local"}
    assert {hook["language"] for hook in hooks} == {"system"}
    assert programs
    assert all((ROOT / program).exists() for program in programs)
    assert "npm run --silent check" in text


def test_npm_packages_are_pinned() -> None:
    """package.json names exact versions, and the lock file has the same ones."""
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    for name, version in wanted.items():
        assert lock[f"node_modules/{name}"]["version"] == version


def test_no_file_names_a_registry() -> None:
    """No file names a registry: whoever builds the site chooses where packages come from."""
    listed = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True)  # noqa: S607 - whichever git is on PATH
    named = []
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path == Path(__file__) or path.suffix == ".png" or not path.is_file():
            continue
        if path.is_relative_to(ROOT / fresh.SOURCE):  # an answer may be about packages
            continue
        if ADDRESS.search(path.read_text(encoding="utf-8", errors="replace")):
            named.append(name)

    assert named == []


@pytest.mark.parametrize("name", LOWEST)
def test_floors_have_reasons(name: str) -> None:
    """pyproject.toml requires at least the version that fixed a bug, and names the bug."""
    wanted = asked(ROOT / "requirements.txt")[name]
    line = re.search(rf'"{re.escape(str(wanted))}",? *# (.*)', PYPROJECT, re.IGNORECASE)

    assert f">={LOWEST[name]}" in str(wanted.specifier)
    assert line is not None
    assert len(line[1]) > len("before 9.9.9")
    assert f"before {LOWEST[name]}" in line[1]


def versions(lock: Path) -> dict[str, str]:
    """Return the locked version of each package."""
    lines = map(Requirement, locked(lock))
    return {canonicalize_name(line.name): str(line.specifier)[2:] for line in lines}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_locks_match_the_requirements(lock: Path) -> None:
    """Each package that pyproject.toml requires is locked at a version that it allows."""
    found = versions(lock)

    assert asked(lock)
    for name, wanted in asked(lock).items():
        assert wanted.specifier.contains(found[name], prereleases=True), name


def test_locked_versions_have_no_known_bug() -> None:
    """Locked versions are at or above the floors, whatever pyproject.toml says."""
    found = versions(ROOT / "requirements.txt")

    for name, lowest in LOWEST.items():
        assert Version(found[name]) >= Version(lowest), name


def test_every_group_is_locked() -> None:
    """Every dependency group has a lock file."""
    groups = set(tomllib.loads(PYPROJECT)["dependency-groups"])
    own = {lock.stem.partition("-")[2] for lock in LOCKS} - {""}

    assert groups == own | {"site", "test", "build"}


def tool(name: str, *arguments: str) -> str:
    """Run a tool of the virtual environment on the repository; return its output if it fails."""
    command = [str(Path(sys.executable).with_name(name)), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_workflows_are_safe() -> None:
    """The strictest rules find no loose pin, no excessive permission and no injected text."""
    assert tool("zizmor", "--offline", "--no-config", "--persona=auditor", ".github") == ""
    assert not any("zizmor:" in path.read_text("utf-8") for path in WORKFLOWS), "no exceptions"


def test_an_unsafe_workflow_is_reported(tmp_path: Path) -> None:
    """The check above can fail."""
    text = WORKFLOWS[0].read_text(encoding="utf-8")
    pins = re.sub(r"@[0-9a-f]{40} # ", "@", text)
    loose = tmp_path / "loose.yml"
    loose.write_text(pins, encoding="utf-8")

    told = tool("zizmor", "--offline", "--no-config", "--persona=auditor", str(loose))

    assert "unpinned-uses" in told


def workflow(name: str) -> dict[str, Any]:
    """Read a workflow; YAML 1.1 reads the key `on` as a boolean, so it is renamed back."""
    data = yaml.safe_load((ROOT / ".github/workflows" / name).read_text(encoding="utf-8"))
    return {"on" if key is True else key: value for key, value in data.items()}


def test_main_is_tested_like_a_pull_request() -> None:
    """A push to main runs the same job as a pull request."""
    runs = workflow("ci.yml")["on"]

    assert set(runs) == {"pull_request", "push", "workflow_dispatch"}
    assert runs["push"] == {"branches": ["main"]}


def test_every_supported_python_is_tested() -> None:
    """The tests run on each version that the setup looks for, from the oldest it accepts."""
    tested = workflow("ci.yml")["jobs"]["test"]["strategy"]["matrix"]["python"]
    oldest = Requirement(f"python{tomllib.loads(PYPROJECT)['project']['requires-python']}")

    assert sorted(f"python{version}" for version in tested) == sorted(bootstrap.PYTHONS)
    assert str(oldest.specifier) == f">={tested[0]}"
    assert Version(tested[0]).release == bootstrap.OLDEST_PYTHON


def test_only_tested_code_is_published() -> None:
    """Publishing can only be called by a workflow, and its only caller waits for the tests."""
    jobs = workflow("ci.yml")["jobs"]
    callers = [name for name, job in jobs.items() if "pages.yml" in job.get("uses", "")]

    assert set(workflow("pages.yml")["on"]) == {"workflow_call"}
    assert callers == ["publish"]
    assert jobs["publish"]["needs"] == "test"
    assert jobs["publish"]["if"] == "github.ref == 'refs/heads/main'"
    assert {"run": "make test"} in jobs["test"]["steps"]


def test_caches_follow_the_locks_and_are_not_published() -> None:
    """The tests reuse downloads as long as a lock file is unchanged; publishing reuses nothing."""
    steps = workflow("ci.yml")["jobs"]["test"]["steps"]
    cached = {
        step["with"]["cache"]: step["with"] for step in steps if "cache" in step.get("with", {})
    }

    assert {name: given["cache-dependency-path"] for name, given in cached.items()} == {
        "pip": "requirements.txt",
        "npm": "package-lock.json",
    }
    assert "cache:" not in (ROOT / ".github/workflows/pages.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("vendor.github-workflows", [".github/workflows/*.yml"]),
        ("custom.github-workflows-require-timeout", [".github/workflows/*.yml"]),
        ("vendor.dependabot", [".github/dependabot.yml"]),
        ("vendor.github-issue-config", [".github/ISSUE_TEMPLATE/config.yml"]),
        ("vendor.github-issue-forms", [".github/ISSUE_TEMPLATE/[!c]*.yml"]),
    ],
)
def test_files_for_github_match_their_schemas(schema: str, paths: list[str]) -> None:
    """GitHub accepts them: workflows, forms and update settings match their schemas."""
    files = [str(path) for pattern in paths for path in sorted(ROOT.glob(pattern))]

    assert files
    assert tool("check-jsonschema", "--builtin-schema", schema, *files) == ""


def test_a_malformed_workflow_is_reported(tmp_path: Path) -> None:
    """The check above can fail."""
    bad = tmp_path / "bad.yml"
    bad.write_text("name: Bad\non: push\njobs: {a: {step: []}}\n", encoding="utf-8")

    told = tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", str(bad))

    assert "Schema validation errors" in told


def test_updates_wait_a_week() -> None:
    """Updates wait a week, because most malicious releases are discovered within a week."""
    text = (ROOT / ".github/dependabot.yml").read_text(encoding="utf-8")

    assert text.count("package-ecosystem:") == text.count("cooldown:\n      default-days: 7\n") == 3
    assert '--exclude-newer "7 days"' in (ROOT / "Makefile").read_text(encoding="utf-8")
