"""The options of a fresh start, and the questions that are asked on a terminal instead."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qna.starting import fresh, identity
from qna.starting.identity import Identity, UnusableError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Option:
    """Something that makes a site different from others."""

    name: str
    asked: str
    """The question on a terminal."""
    read: Callable[[str], str]
    help: str


OPTIONS = (
    Option("language", "Language, such as en or de", identity.language, "its language"),
    Option("name", "Name of the site", identity.name, "the name of the new site"),
    Option("description", "What it is about, in a line", identity.name, "a line about it"),
    Option("letter", "Letter on the icon", identity.letter, "the letter on its icon"),
    Option(
        "color",
        "Color, such as indigo or #7a1f3d",
        identity.color,
        "its color, such as indigo or #7a1f3d",
    ),
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of a fresh start to those of a program."""
    for option in OPTIONS:
        parser.add_argument(
            f"--{option.name}", metavar="TEXT", help=f"with --new or --import: {option.help}"
        )


def given(options: argparse.Namespace) -> list[str]:
    """Return the options of a fresh start that are given."""
    return [f"--{option.name}" for option in OPTIONS if getattr(options, option.name) is not None]


def identity_of(
    options: argparse.Namespace, root: Path, ask: Callable[[str], str] | None = None
) -> Identity:
    """Return what the new site in a checkout is to be called.

    What is not given by an option is asked with `ask`, or else as it was before, or neutral.
    Raises UnusableError, with the name of the option.
    """
    found: dict[str, str] = {}
    for option in OPTIONS:
        usual = _usual(option.name, found, root)
        text = getattr(options, option.name)
        if text is None and ask:
            found[option.name] = _asked(option, usual, ask)
        else:
            found[option.name] = usual if text is None else _read(option, text)
    return Identity(**found)


def terminal() -> Callable[[str], str] | None:
    """Return a way to ask on the terminal, if the program runs on one."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        return None

    def ask(question: str) -> str:
        print(question, end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip()

    return ask


def _read(option: Option, text: str) -> str:
    try:
        return option.read(text)
    except UnusableError as error:
        raise UnusableError(f"--{option.name}: {error}") from error


def _asked(option: Option, usual: str, ask: Callable[[str], str]) -> str:
    """Ask until the reply can be used; an empty one means the usual value."""
    while True:
        reply = ask(f"{option.asked} [{usual}]: ")
        if not reply:
            return usual
        try:
            return option.read(reply)
        except UnusableError as error:
            print(error, file=sys.stderr)


def _usual(option: str, found: dict[str, str], root: Path) -> str:
    """Return the value of an option that is not given; those before it are known by then."""
    before = fresh.current(root)
    if option == "letter" and found["name"] != before.name:
        return identity.first_letter(found["name"])
    neutral = fresh.neutral(found.get("language", before.language))
    return getattr(before, option) or str(getattr(neutral, option))
