"""What a new site is called, its language, and how it looks: all of it is in `mkdocs.yml`."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import category, normalize

from qna.appearance import colors
from qna.data import nav

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENTRY = r"(?m)^{key}:[^\n]*$"
_BLOCK = r"(?ms)^{key}:[^\n]*\n(?:(?:[ \t]+[^\n]*)?\n)*?(?=\S|\Z)"
_EXAMPLES = re.compile(
    r"(?m)^(?P<indent>[ ]+)search_examples:[^\n]*\n(?:(?P=indent)[ ]+-[^\n]*\n)*"
)
_PATH = re.compile(r"(?m)^[ ]*- (?:[^\n:]*: )?[\"']?paths/(?!index\.md)[^\n]*\n")
_LABEL = re.compile(r"(?m)^(?P<indent>  )- (?P<label>[^\n:]+):(?=[ \n])")
_COLOR = re.compile(r"#?(?P<digits>[0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?")
_LETTERS = 3
"""Most letters on an icon."""


class UnusableError(ValueError):
    """Something given for a new site cannot be used; the message says what to give instead."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes a site different from others, besides its questions."""

    name: str
    description: str
    language: str = "en"
    letter: str = ""
    """On the icon."""
    color: str = ""
    """Of the icon and of links, as `#rrggbb` or by its name; empty for the usual ones."""


def name(text: str) -> str:
    """Return a name or description on one line. Raises UnusableError."""
    line = " ".join(text.split())
    if not line:
        raise UnusableError("it is empty; write a few words")
    if any(category(char) in {"Cc", "Cf", "Co", "Cs"} for char in line):
        raise UnusableError("it has invisible characters; type it again")
    if re.search(r"\{[{%#]", line):
        raise UnusableError("'{{', '{%' and '{#' cannot be used; leave them out")
    return line


def language(text: str) -> str:
    """Return the code of a language, such as `de` or `pt-BR`. Raises UnusableError."""
    code = text.strip()
    if not _LANGUAGE.fullmatch(code):
        raise UnusableError(f"'{text}' is not a language; write it as in 'de' or 'pt-BR'")
    return code


def letter(text: str) -> str:
    """Return the letter for an icon, or up to three. Raises UnusableError."""
    shown = normalize("NFC", text.strip())
    if not (0 < len(shown) <= _LETTERS and any(map(str.isalnum, shown))):
        raise UnusableError(f"'{text}' is not a letter; give one, or up to {_LETTERS}")
    return shown


def color(text: str) -> str:
    """Return a color as `#rrggbb`, or the name of one that a palette of `mkdocs.yml` may have.

    An empty text stays empty. Raises UnusableError.
    """
    written = " ".join(text.lower().split())
    if not written or (colors.parsed(written) and not written.startswith("#")):
        return written
    match = _COLOR.fullmatch(written)
    if not match:
        names = ", ".join(colors.NAMED)
        raise UnusableError(
            f"'{text}' is not a color; write it as in '#7a1f3d', or as one of these names: {names}"
        )
    digits = match["digits"].lower()
    return f"#{digits if len(digits) > 3 else ''.join(2 * digit for digit in digits)}"  # noqa: PLR2004


def first_letter(text: str) -> str:
    """Return the first letter or digit of a name, in upper case; empty if it has none."""
    found = next(filter(str.isalnum, text), "")
    return found.upper() if len(found.upper()) == 1 else found


def in_configuration(config: str) -> Identity:
    """Return what the text of `mkdocs.yml` says."""
    return Identity(
        _value(config, "site_name"),
        _value(config, "site_description"),
        nav.language(config),
        _nested(config, "extra", "icon", "letter"),
        _nested(config, "theme", "palette", "primary"),
    )


def configured(config: str, new: Identity, labels: Mapping[str, str]) -> str:
    """Return the text of `mkdocs.yml` for a new site, without pages and examples of the old one.

    `labels` has the names of its sections. Comments and all other settings stay as they are.
    """
    config = config.replace("\r\n", "\n")
    config = _with_value(config, "site_name", new.name)
    config = _with_value(config, "site_description", new.description)
    theme: dict[str, str | Mapping[str, str]] = {"language": new.language}
    if new.color:
        theme["palette"] = {"primary": new.color}
    config = _with_nested(config, "theme", theme)
    extra = {"icon": {"letter": new.letter}} if new.letter else {}
    config = _with_nested(config, "extra", extra)
    examples = r"\g<indent>search_examples: []  # suggested while the search box is empty" + "\n"
    config = _EXAMPLES.sub(examples, config, count=1)
    before, found, sections = config.partition("\nnav:\n")
    sections = _LABEL.sub(lambda match: _labeled(match, labels), _PATH.sub("", sections))
    return before + found + sections


def _labeled(match: re.Match[str], labels: Mapping[str, str]) -> str:
    return f"{match['indent']}- {labels.get(match['label'], match['label'])}:"


def _value(config: str, key: str) -> str:
    found = re.search(_ENTRY.format(key=re.escape(key)), config)
    return _plain(found[0].partition(":")[2]) if found else ""


def _nested(config: str, *keys: str) -> str:
    """Return a value that is below other keys, each on its own line."""
    *above, last = keys
    lines = config.split("\n")
    for key in above:
        start = next((at for at, line in enumerate(lines) if line.strip() == f"{key}:"), None)
        if start is None:
            return ""
        indent = len(lines[start]) - len(lines[start].lstrip())
        below = lines[start + 1 :]
        ends = (at for at, line in enumerate(below) if line.strip() and _indent(line) <= indent)
        lines = below[: next(ends, len(below))]
    found = (line for line in lines if line.strip().startswith(f"{last}:"))
    return _plain(next(found, "").partition(":")[2])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _plain(value: str) -> str:
    """Return the text of a YAML scalar on one line; empty if it is something else."""
    import yaml  # noqa: PLC0415 - takes 20 ms

    try:
        found = yaml.safe_load(value)
    except yaml.YAMLError:
        return ""
    return str(found) if isinstance(found, str | int) else ""


def _with_value(config: str, key: str, value: str) -> str:
    line = f"{key}: {_quoted(value)}"
    pattern = re.compile(_ENTRY.format(key=re.escape(key)))
    if pattern.search(config):
        return pattern.sub(lambda _: line, config, count=1)
    return f"{line}\n{config}"


def _with_nested(config: str, key: str, values: Mapping[str, str | Mapping[str, str]]) -> str:
    """Return a configuration with some entries of a section, in place of those of that name."""
    pattern = re.compile(_BLOCK.format(key=re.escape(key)))
    block = pattern.search(config)
    own = block[0].rstrip("\n") + "\n" if block else f"{key}:\n"
    for name, value in values.items():
        old = re.compile(rf"(?m)^  {name}:[^\n]*\n(?:   +[^\n]*\n)*")
        entry = f"  {name}:{_written(value)}\n"
        found = old.search(own)
        own = own[: found.start()] + entry + own[found.end() :] if found else own + entry
    if block:
        return config[: block.start()] + own + "\n" + config[block.end() :]
    return f"{config.rstrip()}\n\n{own}" if values else config


def _written(value: str | Mapping[str, str]) -> str:
    if isinstance(value, str):
        return f" {value}" if _LANGUAGE.fullmatch(value) else f" {_quoted(value)}"
    return "".join(f"\n    {name}: {_quoted(text)}" for name, text in value.items())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
