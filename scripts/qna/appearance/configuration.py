"""`mkdocs.yml` as data, with the place of each entry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from qna.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Key = tuple[str | int, ...]
"""Where an entry is, such as `("theme", "palette", 0, "primary")`."""


class _Loader(yaml.SafeLoader if not hasattr(yaml, "CSafeLoader") else yaml.CSafeLoader):  # type: ignore[misc]
    """Reads tags of the engines, such as `!ENV`, as None: what they give is not known here."""


_Loader.add_constructor(None, lambda *_: None)


@dataclass(frozen=True, slots=True)
class Configuration:
    """The entries of a configuration; none if it cannot be read, which the engine reports."""

    entries: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[Key, Span] = field(default_factory=dict)

    def get(self, *key: str | int) -> Any:  # noqa: ANN401 - people may write anything
        """Return an entry; None if there is none."""
        found: Any = self.entries
        for part in key:
            if isinstance(found, dict):
                found = found.get(part)
            elif isinstance(found, list) and isinstance(part, int) and part < len(found):
                found = found[part]
            else:
                return None
        return found

    def __contains__(self, key: Key) -> bool:
        return key in self.places

    def place(self, key: Key) -> Span:
        """Return where an entry is, or the nearest one around it."""
        return next(
            (self.places[key[:end]] for end in range(len(key), 0, -1) if key[:end] in self.places),
            Span(1),
        )


def parse(text: str) -> Configuration:
    """Read the text of `mkdocs.yml`."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        entries = loader.construct_document(node) if node else {}
        if not isinstance(entries, dict):
            return Configuration()
        return Configuration(entries, dict(_places(node, ())))
    except (yaml.YAMLError, ValueError, RecursionError):
        return Configuration()
    finally:
        loader.dispose()


def _places(node: yaml.Node, key: Key) -> Iterator[tuple[Key, Span]]:
    """Yield the place of each entry: of its name, or of an item in a list."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            own = (*key, str(name.value))
            yield own, _span(name)
            yield from _places(value, own)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield (*key, number), _span(item)
            yield from _places(item, (*key, number))


def _span(node: yaml.Node) -> Span:
    start, end = node.start_mark, node.end_mark
    last = end.column + 1 if end.line == start.line else 0
    return Span(start.line + 1, start.column + 1, last)
