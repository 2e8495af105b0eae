"""JSON with an indentation of one space: the library writes it an item at a time, in Python."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring

_encoded = json.JSONEncoder(ensure_ascii=False).encode


class Written(str):
    """A part that is JSON already."""

    __slots__ = ()


def compact(value: object) -> str:
    """Return what `json.dumps(value, ensure_ascii=False)` does; scalars take less time."""
    if isinstance(value, str):
        return encode_basestring(value)
    if type(value) is int:
        return str(value)
    return _encoded(value)


def dumps(value: object, margin: str = "\n") -> str:
    """Return what `json.dumps(value, ensure_ascii=False, indent=1)` does; keys are text."""
    if isinstance(value, str):
        return value if type(value) is Written else encode_basestring(value)
    inner = f"{margin} "
    if isinstance(value, dict) and value:
        items = [f"{encode_basestring(key)}: {dumps(item, inner)}" for key, item in value.items()]
        return f"{{{inner}{f',{inner}'.join(items)}{margin}}}"
    if isinstance(value, list | tuple) and value:
        return f"[{inner}{f',{inner}'.join([dumps(item, inner) for item in value])}{margin}]"
    return compact(value)


def items(values: Iterable[object], depth: int) -> str:
    """Return items of a list that is within `depth` others, for a list of such parts."""
    margin = "\n" + " " * depth
    return f",{margin}".join([dumps(value, margin) for value in values])


def pieces(value: object, depth: int, margin: str = "\n") -> Iterator[str]:
    """Yield what `dumps` returns in pieces: what is within `depth` lists and objects is one.

    Each level of `dumps` makes a copy of all that is within it, which is much for a large text.
    """
    inner = f"{margin} "
    if depth and isinstance(value, dict) and value:
        for number, (key, item) in enumerate(value.items()):
            yield f"{',' if number else '{'}{inner}{encode_basestring(key)}: "
            yield from pieces(item, depth - 1, inner)
        yield f"{margin}}}"
    elif depth and isinstance(value, list | tuple) and value:
        for number, item in enumerate(value):
            yield f"{',' if number else '['}{inner}"
            yield from pieces(item, depth - 1, inner)
        yield f"{margin}]"
    else:
        yield dumps(value, margin)
