"""Find, run and install programs on this machine, without settings of the user that change them.

    python3 scripts/programs.py     names the variables that `make` must not pass on

Like bootstrap.py, which imports it: standard library only, in Python 3.8 syntax.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
LOG = ROOT / ".cache" / "bootstrap.log"

PROBE_SECONDS, INSTALL_SECONDS = 30, 1800
OFFLINE = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeout|ProxyError|Temporary failure"
    r"|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|Could not resolve"
)
ERROR_LINE = re.compile(r"(ERROR|Error|error|E)\b|npm error (?!code\b)\S")

SETTINGS = re.compile(r"PYTHON[A-Z0-9]+|PIP_.+|NPM_CONFIG_.+|NODE_ENV|NODE_PATH|MYPYPATH")
"""Variables that set up Python, pip, npm, Node and mypy, in capitals."""
HARMLESS = re.compile(
    r"""
    # how Python writes text and files
    PYTHON( PYCACHEPREFIX | UNBUFFERED | IOENCODING | UTF8 | COERCECLOCALE
          | HASHSEED | SAFEPATH ) |
    # where packages come from, and how they are loaded
    PIP_( CONFIG_FILE | INDEX_URL | EXTRA_INDEX_URL | NO_INDEX | FIND_LINKS | TRUSTED_HOST | PROXY
        | CERT | CLIENT_CERT | TIMEOUT | DEFAULT_TIMEOUT | RETRIES | RESUME_RETRIES | USE_FEATURE
        | CACHE_DIR | NO_CACHE_DIR | KEYRING_PROVIDER | NO_INPUT | DISABLE_PIP_VERSION_CHECK ) |
    NPM_CONFIG_( USERCONFIG | GLOBALCONFIG | REGISTRY | .*:.* | _?AUTH.* | CA | CAFILE | CERT | KEY
               | PROXY | HTTPS?_PROXY | NO_?PROXY | STRICT_SSL | MAXSOCKETS | FETCH_.* | CACHE
               | OFFLINE | PREFER_OFFLINE | PREFER_ONLINE )
    """,
    re.VERBOSE,
)
"""Those that do not change what is installed or built.

PYTHONDONTWRITEBYTECODE, which many images for containers set, is not among them: without compiled
modules, each command takes about twice as long to start.
"""


def unwanted(names: Iterable[str]) -> list[str]:
    """Return the names of variables that would change what is installed, built or checked.

    Those that say where packages come from are not among them.
    """
    settings = (name for name in names if SETTINGS.fullmatch(name.upper()))
    return [name for name in settings if not HARMLESS.fullmatch(name.upper())]


def wanted(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without unwanted variables."""
    dropped = set(unwanted(environment))
    return {name: value for name, value in environment.items() if name not in dropped}


def which(name: str) -> str | None:
    """Find a program on PATH, ignoring `.venv/bin`, where our own launchers are."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    others = [folder for folder in folders if Path(folder).resolve() != BIN.resolve()]
    found = shutil.which(name, path=os.pathsep.join(others))
    return str(Path(found).absolute()) if found else None


def probe(command: Sequence[str]) -> str | None:
    """Return the output of a short command, or None if it fails."""
    try:
        output = subprocess.check_output(
            command,
            env=wanted(os.environ),
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PROBE_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return output.decode(errors="replace").strip()


def succeeds(command: Sequence[str]) -> bool:
    """Tell whether a short command exits with 0."""
    return probe(command) is not None


def attempt(command: Sequence[str], seconds: int = INSTALL_SECONDS) -> str | None:
    """Run a command and log its output; return why it failed, or None."""
    with LOG.open("a+", encoding="utf-8", errors="replace") as log:
        print("$", shlex.join(command), file=log, flush=True)
        start = log.tell()
        try:
            code = wait_for(command, log, seconds)
        except subprocess.TimeoutExpired:
            return f"not finished after {seconds} seconds"
        log.seek(start)
        return cause_in(log.read()) if code else None


def wait_for(command: Sequence[str], log: IO[str], seconds: int) -> int:
    """Run a command and return its exit code; on an exception, kill its child processes too."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=wanted(os.environ),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        return process.wait(timeout=seconds)
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise


def cause_in(output: str) -> str:
    """Return the line of a failed command's output that best explains the failure."""
    if OFFLINE.search(output):
        return "the network or the package index cannot be reached"
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if ERROR_LINE.match(line)]
    return (errors or lines[-1:] or ["it failed without a message"])[0].rstrip(".")


def apt_install(packages: str, why: str) -> str | None:
    """Announce and install Debian packages, given as words; return what prevented it, or None."""
    if not which("apt-get"):
        return "this system does not have it"
    if os.environ.get("NO_APT"):
        return "NO_APT is set"
    prefix = as_root()
    if prefix is None:
        return "it needs root or passwordless sudo"
    names = packages.split()
    noun = "package" if len(names) == 1 else "packages"
    say(
        f"installing the system {noun} {' and '.join(names)} with apt-get, because {why}; "
        "to prevent this, press Ctrl-C and set NO_APT=1"
    )
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    # Even if the update fails, the packages may be in the current lists.
    attempt([*apt, "update"])
    options = ["-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"]
    return attempt([*apt, "install", *options, *names])


def as_root() -> list[str] | None:
    """Return the prefix that runs a command as root, or None if that is impossible."""
    if os.geteuid() == 0:
        return []
    sudo = which("sudo")
    return [sudo, "-n"] if sudo and succeeds([sudo, "-n", "true"]) else None


def say(text: str) -> None:
    """Print a progress message."""
    print(f"setup: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    print(*unwanted(os.environ))
