#!/usr/bin/env python3
"""Take later versions of the project into a site that was started with `make new`.

The newer version is merged with git. What belongs to the site stays as it is: its questions, its
own pages, its name and look. Add the project once, with 'git remote add upstream ADDRESS'.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

# With PYTHONSAFEPATH, a script's own folder is not on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import interpreter

with interpreter.complete():
    from qna.data import nav
    from qna.starting import fresh
    from qna.wording import counted

ROOT = Path(__file__).resolve().parent.parent
OK, CONFLICTS, CANNOT = 0, 1, 2
EXIT_CODES = """\
exit codes:
  0    the newer version was merged, or there is none
  1    some files must be merged by hand
  2    nothing was changed
"""
PREFERRED = ("README.md", "LICENSE", "CHANGELOG.md", ".github/screenshots")
"""Files that are the site's own once it has changed them."""
UNMERGED = frozenset({"DD", "AU", "UD", "UA", "DU", "AA", "UU"})
"""How `git status` marks files with conflicts."""


class _CannotError(Exception):
    """Nothing was changed; the text says why, and what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXIT_CODES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--from", dest="branch", default="upstream/main", metavar="REMOTE/BRANCH")
    branch = parser.parse_args(arguments).branch
    try:
        base = _merge_base(branch)
        if _git("rev-parse", base) == _git("rev-parse", branch):
            return _end(OK, f"there is nothing newer in {branch}")
        left = _merge(branch, base)
    except _CannotError as error:
        return _end(CANNOT, f"error: {error}")
    if left:
        _say(f"{counted(len(left), 'file')} changed both here and in {branch}:")
        _say("\n".join(f"  {name}" for name in left))
        hint = "edit them, then run 'git add -A' and 'git commit'; 'git merge --abort' undoes all"
        return _end(CONFLICTS, f"hint: {hint}")
    _git("commit", "--quiet", "--no-edit")
    return _end(OK, f"{branch} is merged; look at the site with 'make serve' before you publish it")


def _merge_base(branch: str) -> str:
    """Fetch the branch; return the last commit that the site has in common with it."""
    if _git("status", "--porcelain", "--untracked-files=no"):
        raise _CannotError("there are changes that are not committed; commit them first")
    remote = branch.partition("/")[0]
    if remote not in _git("remote").split():
        command = f"git remote add {remote} ADDRESS"
        raise _CannotError(
            f"there is no remote '{remote}'; run '{command}' once, with the address of the project"
        )
    _git("fetch", "--quiet", "--no-tags", remote)
    if not (base := _git("merge-base", "HEAD", branch, may_fail=True)):
        raise _CannotError(
            f"this site has no history in common with {branch}; start from a fork or a clone, "
            "not from a copy of the files"
        )
    return base


def _merge(branch: str, base: str) -> list[str]:
    """Merge a branch without a commit; return the files that are left to merge by hand."""
    started = not _git("ls-tree", "HEAD", "--", fresh.OWN_TESTS.as_posix())
    merged = _merged(branch, base) if started else {}
    _git("merge", "--quiet", "--no-commit", "--no-ff", branch, may_fail=True)
    if started:
        for path in fresh.CONTENT:
            _take_ours(path.as_posix())
    for name, (text, conflicts) in merged.items():
        (ROOT / name).write_bytes(text)
        if not conflicts:
            _git("add", name)
        elif name in PREFERRED:
            _take_ours(name)
    for name in _unmerged(*PREFERRED):
        _take_ours(name)
    return _unmerged()


def _take_ours(path: str) -> None:
    """Leave a file or a folder as it was before the merge."""
    _git("rm", "-r", "--quiet", "--force", "--ignore-unmatch", "--", path)
    if _git("ls-tree", "--name-only", "HEAD", "--", path):
        _git("checkout", "--quiet", "HEAD", "--", path)


def _unmerged(*paths: str) -> list[str]:
    lines = _git("status", "--porcelain", "-z", "--", *paths).split("\0")
    return [line[3:] for line in lines if line[:2] in UNMERGED]


def _merged(branch: str, base: str) -> dict[str, tuple[bytes, bool]]:
    """Merge the files in which `make new` wrote; return each, and whether there are conflicts.

    Both versions of the project first get the name, the look and the topics of the site, so that
    these do not count as changes.
    """
    named = {
        nav.FILE_NAME: lambda text, own: nav.with_topics_of(fresh.configured(text, own), own),
        fresh.README.name: fresh.with_beginning_of,
    }
    return {
        name: _merged_file(name, like, branch, base)
        for name, like in named.items()
        if (ROOT / name).is_file()
    }


def _merged_file(
    name: str, like: Callable[[str, str], str], branch: str, base: str
) -> tuple[bytes, bool]:
    own = (ROOT / name).read_text(encoding="utf-8")
    versions = (_git("show", f"{commit}:{name}") + "\n" for commit in (base, branch))
    texts = [own, *(like(text, own) for text in versions)]
    with TemporaryDirectory() as folder:
        paths = [Path(folder, version) for version in ("site", "base", "project")]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        done = subprocess.run(
            ["git", "merge-file", "-p", "-L", "site", "-L", "base", "-L", branch, *paths],
            capture_output=True,
            check=False,
        )
    return done.stdout, done.returncode != 0


def _git(*arguments: str, may_fail: bool = False) -> str:
    """Run git in the checkout; return what it prints."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise _CannotError(f"git cannot be run: {error.strerror}") from error
    if done.returncode and not may_fail:
        raise _CannotError(f"'git {' '.join(arguments)}' failed: {done.stderr.strip()}")
    return "" if done.returncode else done.stdout.rstrip("\n")


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _end(code: int, text: str) -> int:
    _say(text)
    return code


if __name__ == "__main__":
    sys.exit(main())
