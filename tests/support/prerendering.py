"""A tab of a Chromium that prerenders pages, which it does not do for Playwright.

That requires a debugger that supports tabs in which pages are replaced. This one uses the DevTools
protocol over a pair of pipes, and only the parts of it that the tests need.
Source: https://chromedevtools.github.io/devtools-protocol/
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from os import fdopen, pipe
from tempfile import TemporaryDirectory
from threading import Timer
from typing import IO, Any

import browser

_WITH_PIPES = 'exec 3<"/dev/fd/$1" 4>"/dev/fd/$2"; shift 2; exec "$@"'
"""Chromium reads commands from file descriptor 3 and writes answers to file descriptor 4."""
_PATIENCE = 20
"""Seconds."""


class GoneError(Exception):
    """The page that a command is for no longer exists."""


@dataclass
class Tab:
    """A tab with a visible page, and perhaps a prerendered one."""

    commands: IO[bytes]
    answers: IO[bytes]
    pages: dict[str, bool] = field(default_factory=dict)
    """Whether the page of each session is prerendered and not yet visible."""
    problems: list[dict[str, Any]] = field(default_factory=list)
    """Errors in the console of any page."""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def seen(self) -> str:
        """The session of the visible page; a prerendered page may replace it."""
        return next((page for page, is_ahead in self.pages.items() if not is_ahead), self.ahead)

    @property
    def ahead(self) -> str:
        """The session of the prerendered page, empty if there is none."""
        return next((page for page, is_ahead in self.pages.items() if is_ahead), "")

    def open(self, url: str) -> None:
        """Go to a page, and wait until it has been painted."""
        self.call("Page.navigate", self.seen, url=url)
        painted = "performance.getEntriesByName('first-contentful-paint').length"
        self.wait(lambda: self.run(f"location.href === '{url}' && {painted}"))

    def point_at(self, link: str) -> None:
        """Point at a link, and wait until the page that it leads to is prerendered."""
        self._mouse("mouseMoved", link)
        self.wait(lambda: self.ahead and self.run("document.readyState === 'complete'", self.ahead))

    def click(self, link: str) -> None:
        """Click on a link, and wait until another page is visible."""
        page = self.seen
        with suppress(GoneError):
            self._mouse("mousePressed", link, button="left", clickCount=1)
            self._mouse("mouseReleased", link, button="left", clickCount=1)
        self.wait(lambda: self.seen != page and not self.run("document.prerendering"))
        self.pages[self.seen] = False

    def run(self, script: str, page: str = "") -> Any:  # noqa: ANN401 - any result of a script
        """Return the result of a script."""
        options = {"expression": script, "returnByValue": True, "awaitPromise": True}
        done = self.call("Runtime.evaluate", page or self.seen, **options)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def busy(self, page: str) -> float:
        """Return the processor seconds that the main thread of a page has taken."""
        self.call("Performance.enable", page, timeDomain="threadTicks")
        listed = self.call("Performance.getMetrics", page)["metrics"]
        return float(next(item["value"] for item in listed if item["name"] == "TaskDuration"))

    def wait(self, act: Callable[[], object]) -> None:
        """Wait until a condition is true."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            self.call("Browser.getVersion")  # earlier events arrive before the answer
            with suppress(GoneError):
                if act():
                    return
            time.sleep(0.02)
        raise TimeoutError

    def call(self, method: str, session: str = "", **params: object) -> dict[str, Any]:
        """Send a command, to a page if its session is given; return the result."""
        number = self._send(method, session, **params)
        while (told := self._next()).get("id") != number:
            gone = told.get("method") == "Target.detachedFromTarget"
            if gone and told["params"]["sessionId"] == session:
                raise GoneError
        if "error" in told:
            raise GoneError(told["error"])
        return dict(told["result"])

    def _send(self, method: str, session: str, **params: object) -> int:
        message = {"id": next(self.numbers), "method": method, "params": params}
        if session:
            message["sessionId"] = session
        self.commands.write(json.dumps(message).encode() + b"\0")
        self.commands.flush()
        return int(message["id"])

    def _next(self) -> dict[str, Any]:
        text = bytearray()
        while (byte := self.answers.read(1)) != b"\0":
            if not byte:
                raise EOFError
            text += byte
        told: dict[str, Any] = json.loads(text)
        match told:
            case {"method": "Target.attachedToTarget", "params": {"targetInfo": info, **params}}:
                if info["type"] == "page":
                    self.pages[params["sessionId"]] = info.get("subtype") == "prerender"
                    self._send("Log.enable", params["sessionId"])
                    self._send("Runtime.enable", params["sessionId"])
            case {"method": "Log.entryAdded", "params": {"entry": {"level": "error"} as problem}}:
                self.problems.append(problem)
            case {"method": "Runtime.exceptionThrown", "params": problem}:
                self.problems.append(problem)
            case {"method": "Target.detachedFromTarget", "params": {"sessionId": page}}:
                self.pages.pop(page, None)
        return told

    def _mouse(self, kind: str, link: str, **options: object) -> None:
        place: dict[str, float] = self.run(f"""
            document.querySelector("{link}").scrollIntoView({{ block: "center" }});
            (({{ x, y, width, height }}) => ({{ x: x + width / 2, y: y + height / 2 }}))(
                document.querySelector("{link}").getBoundingClientRect()
            );
        """)
        self.call("Input.dispatchMouseEvent", self.seen, type=kind, **place, **options)


@contextmanager
def tab() -> Iterator[Tab]:
    """Open a tab of a fresh Chromium; fail at the end if there were errors in its console."""
    with ExitStack() as stack:
        taken, commands = pipe()
        answers, given = pipe()
        opened = Tab(
            stack.enter_context(fdopen(commands, "wb")), stack.enter_context(fdopen(answers, "rb"))
        )
        profile = stack.enter_context(TemporaryDirectory(ignore_cleanup_errors=True))
        options = ["--headless", "--remote-debugging-pipe", f"--user-data-dir={profile}"]
        program = [str(browser.LAUNCHER), *browser.QUIET, *options, "about:blank"]
        with fdopen(taken), fdopen(given):
            process = subprocess.Popen(
                ["/bin/sh", "-c", _WITH_PIPES, "sh", str(taken), str(given), *program],
                pass_fds=(taken, given),
                stderr=subprocess.DEVNULL,
            )
        stack.callback(process.wait)
        stack.callback(process.kill)
        watch = Timer(_PATIENCE * 5, process.kill)  # ends a read that would wait forever
        watch.start()
        stack.callback(watch.cancel)
        made = opened.call("Target.createTarget", url="about:blank", forTab=True)
        held = opened.call("Target.attachToTarget", targetId=made["targetId"], flatten=True)
        opened.call(
            "Target.setAutoAttach",
            held["sessionId"],
            autoAttach=True,
            waitForDebuggerOnStart=False,
            flatten=True,
        )
        opened.wait(lambda: opened.seen)
        yield opened
        assert opened.problems == []
