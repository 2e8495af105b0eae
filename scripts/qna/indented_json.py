"""JSON with an indentation of one space: the library writes it an item at a time, in Python."""

from __future__ import annotations

import json

_scalar = json.JSONEncoder(ensure_ascii=False).encode


def dumps(value: object, margin: str = "\n") -> str:
    """Return what `json.dumps(value, ensure_ascii=False, indent=1)` does; keys are text."""
    inner = f"{margin} "
    if isinstance(value, dict) and value:
        items = [f"{_scalar(key)}: {dumps(item, inner)}" for key, item in value.items()]
        return f"{{{inner}{f',{inner}'.join(items)}{margin}}}"
    if isinstance(value, list | tuple) and value:
        return f"[{inner}{f',{inner}'.join([dumps(item, inner) for item in value])}{margin}]"
    return _scalar(value)
