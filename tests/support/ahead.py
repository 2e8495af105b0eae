"""A tab of a Chromium that renders pages ahead, as it does not for Playwright.

For that a debugger has to know tabs, in which pages come and go. This one speaks the DevTools
protocol over a pair of pipes, no more of it than the tests need.
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
"""Chromium takes commands from the third of its files and answers on the fourth."""
_PATIENCE = 20
"""Seconds."""


class GoneError(Exception):
    """The page spoken to is no longer there."""


@dataclass
class Tab:
    """A tab with the page that is seen, and perhaps one that is rendered ahead."""

    commands: IO[bytes]
    answers: IO[bytes]
    pages: dict[str, bool] = field(default_factory=dict)
    """Whether the page that a session speaks to has been rendered ahead, and is not yet seen."""
    problems: list[dict[str, Any]] = field(default_factory=list)
    """What the console complained of on any page."""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def seen(self) -> str:
        """The page that is seen; one that was rendered ahead takes its place."""
        return next((page for page, is_ahead in self.pages.items() if not is_ahead), self.ahead)

    @property
    def ahead(self) -> str:
        """The page that is rendered ahead, empty if there is none."""
        return next((page for page, is_ahead in self.pages.items() if is_ahead), "")

    def open(self, url: str) -> None:
        """Go to a page, and wait until it has been painted."""
        self.call("Page.navigate", self.seen, url=url)
        painted = "performance.getEntriesByName('first-contentful-paint').length"
        self.wait(lambda: self.run(f"location.href === '{url}' && {painted}"))

    def point_at(self, link: str) -> None:
        """Reach for a link with the pointer, and wait until the page it leads to is there."""
        self._mouse("mouseMoved", link)
        self.wait(lambda: self.ahead and self.run("document.readyState === 'complete'", self.ahead))

    def click(self, link: str) -> None:
        """Click on a link, and wait until another page is seen."""
        page = self.seen
        with suppress(GoneError):
            self._mouse("mousePressed", link, button="left", clickCount=1)
            self._mouse("mouseReleased", link, button="left", clickCount=1)
        self.wait(lambda: self.seen != page and not self.run("document.prerendering"))
        self.pages[self.seen] = False

    def run(self, script: str, page: str = "") -> Any:  # noqa: ANN401 - whatever a script gives
        """Return what a script gives."""
        options = {"expression": script, "returnByValue": True, "awaitPromise": True}
        done = self.call("Runtime.evaluate", page or self.seen, **options)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def wait(self, act: Callable[[], object]) -> None:
        """Wait until something holds."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            self.call("Browser.getVersion")  # what happened meanwhile is told before the answer
            with suppress(GoneError):
                if act():
                    return
            time.sleep(0.02)
        raise TimeoutError

    def call(self, method: str, session: str = "", **params: object) -> dict[str, Any]:
        """Give a command, to a page if its session is given; return what came of it."""
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
    """Open a tab of a fresh Chromium; complain at the end of what happened in it."""
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
        watch = Timer(_PATIENCE * 5, process.kill)  # who reads from it then meets the end
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
