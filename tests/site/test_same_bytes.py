"""The same source gives the same bytes, wherever and whenever the site is built."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from sites import COMMANDS, Built, copy_project, run

ELSEWHERE = {
    "LC_ALL": "C",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONHASHSEED": "1",
    "PYTHONUTF8": "0",
    "SOURCE_DATE_EPOCH": "86400",  # what the engines take for the day of the build
    "TZ": "Pacific/Kiritimati",
}


def test_same_bytes_everywhere(site: Built, tmp_path: Path) -> None:
    """Time zone, day, locale, hash seed, umask, folder and working directory change no file."""
    folder = tmp_path / "another place/x"
    folder.mkdir(parents=True)
    project = copy_project(folder)
    mask = os.umask(0o077)
    try:
        for program, *rest in COMMANDS[site.engine]:
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


def digests(folder: Path) -> dict[str, str]:
    """Return what tells whether two sites hold the same: paths, and checksums of the files."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
