"""Limits of formulas: beyond them, the library would crash the process, or never come to an end."""

from __future__ import annotations

import re

LONGEST = 2_000
"""Most characters of a formula."""
DEEPEST = 60
"""Most groups and arguments within each other: the library calls itself for each."""
MOST_BRACKETS = 18
"""Most brackets that are open at a time: each one that is never closed doubles the time."""

_NAMES = "angle|[bB]race|[bB]rack|ceil|floor|group|moustache|paren|[vV]ert"
_PART = re.compile(
    r"(?P<open>\{|\\begin(?![a-zA-Z])|\\left(?![a-zA-Z])\s*\\?[^\sa-zA-Z\\]?)"
    r"|(?P<close>\}|\\end(?![a-zA-Z])|\\right(?![a-zA-Z])\s*\\?[^\sa-zA-Z\\]?)"
    rf"|(?P<bracket>[(\[]|\\\{{|\\l(?:{_NAMES})(?![a-zA-Z]))"
    rf"|(?P<ends>[)\]]|\\\}}|\\r(?:{_NAMES})(?![a-zA-Z]))"
    r"|(?P<command>\\[a-zA-Z]+|[\^_])|\\.|[^\s\\]",
    re.DOTALL,
)
_DEFINES = re.compile(r"\\(?:[egx]?def|let|(?:re)?newcommand|providecommand|DeclareMath\w+)\b")


def fault(tex: str) -> tuple[str, int] | None:
    """Return what is wrong with a formula, and at which character (0-based); None if nothing is."""
    if len(tex) > LONGEST:
        return f"the formula is longer than {LONGEST:,} characters", 0
    if defines := _DEFINES.search(tex):
        return "a formula may not define commands", defines.start()
    return _nesting_fault(tex)


def _nesting_fault(tex: str) -> tuple[str, int] | None:
    depths, brackets, waiting, pending = [0], [0], 0, 0
    for match in _PART.finditer(tex):
        kind = match.lastgroup
        if kind == "open":
            depths.append(depths[-1] + waiting + 1)
            brackets.append(0)
        elif kind == "close" and len(depths) > 1:
            depths.pop()
            brackets.pop()
        elif kind == "bracket":
            brackets[-1] += 1
            pending += 1
        elif kind == "ends" and brackets[-1] and not waiting:  # it may be a command's argument
            brackets[-1] -= 1
            pending -= 1
        waiting = waiting + 1 if kind == "command" else 0
        if depths[-1] + waiting > DEEPEST:
            return "the formula is nested too deeply", match.start()
        if pending > MOST_BRACKETS:
            return "too many brackets are open", match.start()
    return None
