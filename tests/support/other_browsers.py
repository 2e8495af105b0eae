"""Firefox, WebKit and Chromium, for tests that use all of them in the same way.

Playwright drives only its own builds of Firefox and WebKit. The system's are driven by WebDriver:
WebKit through its driver, and Firefox through Marionette, a part of it with the same commands.
Sources: https://www.w3.org/TR/webdriver2/
https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Protocol, TypeVar

import browser
import pytest
from playwright.sync_api import Error, Page, Playwright

from support.harness import ROOT
from support.sites import PAINTED

ENGINES = ["chromium", "firefox", "webkit"]
"""Chromium is one of them, so that a failure in another engine can be told from a broken test."""
BIN = browser.LAUNCHER.parent
PATIENCE, START_SECONDS = 15, 60
PREFERENCES = """\
user_pref("marionette.port", 0);
user_pref("ui.primaryPointerCapabilities", 6);
"""
"""Firefox chooses a free port, writes it into the profile, and has a mouse even without a screen."""
KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "Tab": "\ue004"}
"""WebDriver's characters for keys."""
PATHS = {
    "Status": "GET /status",
    "NewSession": "POST /session",
    "DeleteSession": "DELETE ",
    "Navigate": "POST /url",
    "Back": "POST /back",
    "Forward": "POST /forward",
    "Refresh": "POST /refresh",
    "ExecuteScript": "POST /execute/sync",
    "FindElement": "POST /element",
    "ElementClick": "POST /element/{id}/click",
    "PerformActions": "POST /actions",
    "SetWindowRect": "POST /window/rect",
    "TakeScreenshot": "GET /screenshot",
}
"""The HTTP request for each of Marionette's commands."""

T = TypeVar("T")
Send = Callable[..., Any]
"""Sends a command with its parameters to a browser; returns the result."""


class CommandError(Exception):
    """A browser did not do what it was told, for example because the page was being replaced."""


class Window(Protocol):
    """A window of a browser without stored data."""

    def open(self, url: str) -> None:
        """Go to an address, and wait until the page accepts keys."""

    def back(self) -> None:
        """Go back."""

    def forward(self) -> None:
        """Go forward."""

    def reload(self) -> None:
        """Load the page again."""

    def run(self, expression: str) -> Any:  # noqa: ANN401 - any value
        """Return the value of a JavaScript expression."""

    def press(self, key: str) -> None:
        """Press a key, named as in KeyboardEvent.key."""

    def click(self, selector: str) -> None:
        """Click on the first element that matches a CSS selector."""

    def resize(self, width: int, height: int) -> None:
        """Set the size of the window."""

    def screenshot(self) -> bytes:
        """Return a PNG image of the page in view."""

    def close(self) -> None:
        """Forget what pages have stored."""


def wait(window: Window, condition: str) -> None:
    """Wait until a JavaScript expression is true on the page."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(CommandError, Error):  # the page may be about to be replaced
            if window.run(condition):
                return
        time.sleep(0.02)
    pytest.fail(f"after {PATIENCE} seconds, this is not true: {condition}")


@contextmanager
def started(engine: str, playwright: Playwright) -> Iterator[Callable[[], Window]]:
    """Start a browser and yield what opens a window; skip the test if it could not be installed."""
    program = launcher(engine)
    with ExitStack() as stack:
        if program.name in DRIVERS:
            yield stack.enter_context(DRIVERS[program.name](program))
        else:
            options = browser.launch_options() if engine == "chromium" else {}
            options["executable_path"] = str(program)
            launched = getattr(playwright, engine).launch(**options)
            stack.callback(launched.close)
            yield lambda: PlaywrightWindow(launched.new_page())


def launcher(engine: str) -> Path:
    """Return the program that starts a browser; skip the test if it could not be installed."""
    missing = BIN / f"{engine}.missing"
    if missing.exists():
        pytest.skip(missing.read_text(encoding="utf-8").strip())
    for program in (BIN / engine, BIN / f"playwright-{engine}"):
        if program.exists():
            return program
    raise FileNotFoundError(
        f"{BIN / engine} is missing; run 'python3 scripts/bootstrap.py --browser'"
    )


# --- Playwright ---------------------------------------------------------------------------


@dataclass(frozen=True)
class PlaywrightWindow:
    """A window driven by Playwright."""

    page: Page

    def open(self, url: str) -> None:
        self.page.goto(url)
        self.page.evaluate(PAINTED)

    def back(self) -> None:
        self.page.go_back()

    def forward(self) -> None:
        self.page.go_forward()

    def reload(self) -> None:
        self.page.reload()
        self.page.evaluate(PAINTED)

    def run(self, expression: str) -> Any:  # noqa: ANN401 - any value
        return self.page.evaluate(f"() => ({expression})")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def click(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    def resize(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def screenshot(self) -> bytes:
        return self.page.screenshot()

    def close(self) -> None:
        self.page.close()


# --- WebDriver ----------------------------------------------------------------------------


@dataclass(frozen=True)
class DriverWindow:
    """A window driven by WebDriver."""

    send: Send

    def open(self, url: str) -> None:
        self.send("Navigate", url=url)
        self.run(PAINTED)

    def back(self) -> None:
        self.send("Back")

    def forward(self) -> None:
        self.send("Forward")

    def reload(self) -> None:
        self.send("Refresh")
        self.run(PAINTED)

    def run(self, expression: str) -> Any:  # noqa: ANN401 - any value
        return self.send("ExecuteScript", script=f"return ({expression})", args=[])

    def press(self, key: str) -> None:
        value = KEYS.get(key, key)
        strokes = [{"type": kind, "value": value} for kind in ("keyDown", "keyUp")]
        self.send("PerformActions", actions=[{"type": "key", "id": "keys", "actions": strokes}])

    def click(self, selector: str) -> None:
        found = self.send("FindElement", using="css selector", value=selector)
        self.send("ElementClick", id=next(iter(found.values())))

    def resize(self, width: int, height: int) -> None:
        self.send("SetWindowRect", width=width, height=height)

    def screenshot(self) -> bytes:
        return base64.b64decode(self.send("TakeScreenshot", full=False))

    def close(self) -> None:
        self.run("[localStorage.clear(), sessionStorage.clear()]")
        self.send("Navigate", url="about:blank")


@contextmanager
def _firefox(program: Path) -> Iterator[Callable[[], Window]]:
    with ExitStack() as stack:
        # A Firefox packaged as a snap cannot see /tmp.
        cache = ROOT / ".cache"
        cache.mkdir(exist_ok=True)
        folder = TemporaryDirectory(dir=cache, ignore_cleanup_errors=True)
        profile = Path(stack.enter_context(folder))
        (profile / "user.js").write_text(PREFERENCES, encoding="utf-8")
        ready = profile / "MarionetteActivePort"
        options = ["--marionette", "--headless", "--no-remote", "--profile", str(profile)]
        stack.enter_context(_running([str(program), *options]))
        port = _eventually(lambda: int(ready.read_text(encoding="utf-8")))
        connection = socket.create_connection(("127.0.0.1", port), timeout=START_SECONDS)
        messages = stack.enter_context(stack.enter_context(connection).makefile("rb"))
        send = _over_marionette(connection, messages)
        send("NewSession", capabilities={})
        yield lambda: DriverWindow(send)


def _over_marionette(connection: socket.socket, messages: IO[bytes]) -> Send:
    """Return what sends commands to Firefox; a message is JSON after its length and a colon."""
    numbers = count(1)

    def receive() -> Any:  # noqa: ANN401 - any message
        length = b""
        while (byte := messages.read(1)) not in {b":", b""}:
            length += byte
        return json.loads(messages.read(int(length)))

    def send(command: str, **parameters: object) -> Any:  # noqa: ANN401 - any result
        text = json.dumps([0, next(numbers), f"WebDriver:{command}", parameters]).encode()
        connection.sendall(b"%d:%b" % (len(text), text))
        _, _, error, result = receive()
        if error:
            raise CommandError(command, error["message"])
        return result.get("value", result)

    receive()  # Firefox introduces itself
    return send


@contextmanager
def _webkit(program: Path) -> Iterator[Callable[[], Window]]:
    with ExitStack() as stack:
        display = stack.enter_context(_display())
        with closing(socket.create_server(("127.0.0.1", 0))) as unused:
            port = unused.getsockname()[1]
        on_display = {"DISPLAY": display, "GDK_BACKEND": "x11"}
        stack.enter_context(_running([str(program), f"--port={port}"], **on_display))
        driver = partial(_over_http, port, "")
        _eventually(lambda: driver("Status"))
        session = driver("NewSession", capabilities={})["sessionId"]
        send = partial(_over_http, port, f"/session/{session}")
        stack.callback(send, "DeleteSession")
        yield lambda: DriverWindow(send)


DRIVERS = {"firefox": _firefox, "webkit": _webkit}
"""How each launcher of a program other than Playwright's is used."""


def _over_http(port: int, base: str, command: str, **parameters: Any) -> Any:  # noqa: ANN401 - any
    """Send a command to a WebDriver server."""
    method, path = PATHS[command].split(" ")
    body = json.dumps(parameters) if method == "POST" else None
    with closing(HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)) as connection:
        connection.request(method, base + path.format_map(parameters), body)
        answer = connection.getresponse()
        result = json.loads(answer.read())["value"]
    if answer.status != 200:
        raise CommandError(command, result["message"])
    return result


@contextmanager
def _display() -> Iterator[str]:
    """Start a display that nobody sees, and yield its name."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1200x24"]
    with os.fdopen(read) as number, _running([*command, "-nolisten", "tcp"], inherits=[write]):
        os.close(write)
        yield f":{number.readline().strip()}"


@contextmanager
def _running(
    command: Sequence[str], inherits: Sequence[int] = (), **environment: str
) -> Iterator[None]:
    """Run a program without a proxy, and end it and its child processes."""
    direct = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    with subprocess.Popen(
        command,
        env={**direct, **environment},
        pass_fds=inherits,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGTERM)


def _eventually(act: Callable[[], T]) -> T:
    """Return the result of a function as soon as it succeeds."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            return act()
        except (OSError, ValueError):
            if time.monotonic() > until:
                raise
        time.sleep(0.02)
