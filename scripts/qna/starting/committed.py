"""What a site has committed: a new site in its place would end the addresses of its questions."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from qna.diagnostics import Report
from qna.naming import ledger
from qna.starting.fresh import OWN_TESTS, SOURCE

if TYPE_CHECKING:
    from pathlib import Path

LEDGER = SOURCE / ledger.FILE_NAME
_NO_COMMIT = 1
"""Exit code of git in a repository without commits; other faults have others."""
_FAILED = "git does not tell what is committed"


class UnknownError(Exception):
    """It is not known what is committed; the message says why."""


def ids(root: Path) -> tuple[str, ...]:
    """Return the ids that the site in a checkout has committed as its own.

    There are none before its first commit, as in a fork that has the content of the project, and
    none in a folder without git. Raises UnknownError.
    """
    if not _has_git(root):
        return ()
    try:
        return _ids(root)
    except UnknownError:
        if (root / OWN_TESTS).is_dir():
            return ()
        raise


def _has_git(root: Path) -> bool:
    folder = root.resolve()
    return any((above / ".git").exists() for above in (folder, *folder.parents))


def _ids(root: Path) -> tuple[str, ...]:
    if _git(root, "rev-parse", "--verify", "--quiet", "HEAD").returncode == _NO_COMMIT:
        _check_branches(root)
        return ()
    folder, name = _place(root)
    if _has_committed(root, OWN_TESTS.as_posix()) or not _has_git(folder):
        return ()
    if not _has_committed(folder, name):
        return ()
    text = _text(_git(folder, "cat-file", "blob", f"HEAD:./{name}"))
    report = Report()
    found = ledger.parsed(text, LEDGER, report)
    if report.errors:
        raise UnknownError(f"{LEDGER}, as committed, is damaged")
    return tuple(found.ids())


def _place(root: Path) -> tuple[Path, str]:
    """Return a folder in the repository that has the ledger, and its path below that folder.

    The folder of the source may be a link, or a repository within this one.
    """
    folder = (root / SOURCE).resolve()
    if folder == root.resolve() / SOURCE and not (folder / ".git").exists():
        return root, LEDGER.as_posix()
    return folder, ledger.FILE_NAME


def _has_committed(folder: Path, name: str) -> bool:
    """Tell whether a file or a folder, relative to this folder, has been committed."""
    return bool(_text(_git(folder, "ls-tree", "--name-only", "HEAD", "--", name)))


def _check_branches(root: Path) -> None:
    """Check that no branch is broken: to git, it is the same as one without commits."""
    if warning := _git(root, "for-each-ref").stderr:
        raise UnknownError(f"{_FAILED}: {_first_line(warning)}")


def _text(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return what git printed. Raises UnknownError if it failed."""
    if done.returncode:
        raise UnknownError(f"{_FAILED}: {_first_line(done.stderr)}")
    return done.stdout.decode("utf-8-sig", errors="replace")


def _first_line(said: bytes) -> str:
    return said.decode(errors="replace").strip().partition("\n")[0]


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in a checkout; names are relative to it, which may be a part of a repository."""
    try:
        return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    except OSError as error:
        raise UnknownError(f"git cannot be run: {error.strerror}") from error
