"""The same source gives the same bytes, wherever and whenever the site is built."""

from __future__ import annotations

import os
from pathlib import Path

from support.sites import COMMANDS, DOWNLOADS, Built, copy_project, digests, run, take_source

ELSEWHERE = {
    "LC_ALL": "C",
    "PYTHONHASHSEED": "1",
    "SOURCE_DATE_EPOCH": "86400",  # the date of the build for both engines
    "TZ": "Pacific/Kiritimati",
}

ASCII = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
SOURCE = """\
# Brot · 面包

### **1. Mehl** {#flour}
*   **Was heißt „Type 550“? 🥖** {#type}
    - 550 mg Asche in 100 g Mehl – 灰分, رماد.
"""


def test_same_bytes_everywhere(site: Built, tmp_path: Path) -> None:
    """Time zone, day, locale, hash seed, umask, folder and working directory change no file."""
    folder = tmp_path / "another place/x"
    folder.mkdir(parents=True)
    project = copy_project(folder)
    mask = os.umask(0o077)
    try:
        split, draw, *build = COMMANDS[site.engine]
        for program, *rest in (split, draw, DOWNLOADS, *build):
            if program == "python":
                script, *options = rest
                command = [program, str(project / script), *options]
            else:
                command = [program, *rest, "--config-file", str(project / "mkdocs.yml")]
            done = run(command, tmp_path, **ELSEWHERE)
            assert done.returncode == 0, done.stdout + done.stderr
    finally:
        os.umask(mask)

    assert digests(project / "site") == digests(site.folder)


def test_same_bytes_without_utf_8(tmp_path: Path) -> None:
    """A system whose encoding is ASCII changes no file, as long as ids are ASCII."""
    made: list[list[dict[str, str]]] = []
    for name, environment in {"with": {}, "without": ASCII}.items():
        project = copy_project(tmp_path / name)
        take_source(project, SOURCE)
        made.append([])
        for number, (*before, engine, publish) in enumerate(COMMANDS.values()):
            for command in [*([] if number else before), engine, publish]:
                done = run(command, project, **environment)
                assert done.returncode == 0, done.stdout + done.stderr
            made[-1].append(digests(project / "site"))

    assert made[0] == made[1]
