"""Words of the interface in the language of a site; English where a language has none.

Each file in `languages` has the words of a language, and says how they are written. Run as a
program, this module writes the English words for scripts.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from html import escape as html
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from babel import Locale

FOLDER = Path(__file__).parent / "languages"
ENGLISH = "en"
FOR_TEMPLATES = Path("overrides/partials/words.html")
"""What templates import, relative to the project root."""
FOR_SCRIPTS = Path("frontend/words.json")
"""What scripts are bundled with, relative to the project root."""

_NAME = re.compile(r"([a-z]{2,3})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})

Text = str | Mapping[str, str]
"""A text, or its forms for different numbers."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: str
    """As in HTML, such as `de-AT`."""
    entries: Mapping[str, Mapping[str, Text]]
    """Texts by section and key."""

    def text(self, name: str, **values: object) -> str:
        """Return the text called `section.key`, with values in place of its placeholders."""
        found = self._entry(name)
        if not isinstance(found, str):
            raise TypeError(name)
        return _filled(found, values)

    def counted(self, name: str, count: int, **values: object) -> str:
        """Return the form of a text for a number, with the number and other values in place."""
        forms = self._entry(name)
        if isinstance(forms, str):
            raise TypeError(name)
        form = forms.get(str(count)) or forms.get(self._category(count)) or forms["other"]
        return _filled(form, {"count": self.number(count), **values})

    def number(self, count: int) -> str:
        """Return a whole number, with its digits grouped."""
        locale = _locale(self.language)
        sign = str(locale.number_symbols["latn"]["group"]) if locale else ","
        return f"{count:,}".replace(",", sign)

    def date(self, day: date) -> str:
        """Return a day as the language writes it, such as `28 November 2026`."""
        return _date(self.language, day)

    def __contains__(self, name: str) -> bool:
        section, _, key = name.partition(".")
        return key in self.entries.get(section, {})

    def _entry(self, name: str) -> Text:
        section, _, key = name.partition(".")
        return self.entries[section][key]

    def _category(self, count: int) -> str:
        """Return the category of the language's plurals that a number is in."""
        locale = _locale(self.language)
        return str(locale.plural_form(count)) if locale else "one" if count == 1 else "other"


def _filled(text: str, values: Mapping[str, object]) -> str:
    if not values:
        return text
    return _PLACEHOLDER.sub(lambda found: str(values[found[1]]), text)


@cache
def _locale(language: str) -> Locale | None:
    """Return the rules of a language; None for English, and for a language without rules."""
    if language == ENGLISH:
        return None
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - takes 20 ms

    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return None


@cache
def _date(language: str, day: date) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - takes 50 ms

    form = "d MMMM y" if language == ENGLISH else "long"
    return str(format_date(day, form, _locale(language) or ENGLISH))


@cache
def english() -> Words:
    """Return the English words, which are complete."""
    return Words(ENGLISH, _entries(FOLDER / f"{ENGLISH}.toml"))


def words(language: str, folder: Path = FOLDER) -> Words:
    """Return the words for a theme's `language`, such as `de`, `de-AT` or `zh_Hant`.

    Without a file for it, they are those of the language without its region, or else English. What
    a file lacks, or has in a form that cannot be used, is English.
    """
    path = file(language, folder)
    if path is None or path.stem == ENGLISH:
        return english()
    name = language.replace("_", "-")
    return _read(name, path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _read(name: str, path: Path, _modified: int) -> Words:
    """Read a language's file, again only when it was saved: each page needs the words."""
    try:
        own = _entries(path)
    except (OSError, ValueError):
        own = {}
    return Words(name if _locale(name) else path.stem, _merged(own))


def file(language: str, folder: Path = FOLDER) -> Path | None:
    """Return the file of a language, or of the language without its region, if there is one."""
    name = language.replace("_", "-")
    if not _NAME.fullmatch(name):
        return None
    parts = name.split("-")
    names = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next(filter(Path.is_file, (folder / f"{name}.toml" for name in names)), None)


def _entries(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _merged(own: Mapping[str, Any]) -> dict[str, dict[str, Text]]:
    """Return the entries of another language, and the English ones that it lacks."""
    return {
        section: {key: _usable(text, _section(own, section).get(key)) for key, text in keys.items()}
        for section, keys in english().entries.items()
    }


def _section(entries: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = entries.get(name)
    return found if isinstance(found, Mapping) else {}


def _usable(text: Text, own: object) -> Text:
    if isinstance(own, str | Mapping) and not any(_mistakes(text, own)):
        return own
    # In other languages, "one" may mean more numbers than 1.
    return text if isinstance(text, str) else {"1" if k == "one" else k: v for k, v in text.items()}


def mistakes(own: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Yield what cannot be used of a language's file: section, key, what is wrong, what to do."""
    for section, keys in own.items():
        known = english().entries.get(section)
        if known is None or not isinstance(keys, Mapping):
            yield section, "", f"there is no section '{section}' in English", "delete it"
            continue
        for key, text in keys.items():
            if key not in known:
                what = f"there is no '{key}' in section '{section}' in English"
                yield section, key, what, "delete it, or correct its name"
            else:
                yield from ((section, key, *found) for found in _mistakes(known[key], text))


def _mistakes(text: Text, own: object) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a text, compared with the English one, and what to do."""
    if isinstance(text, str):
        if not isinstance(own, str) or not own.strip():
            yield "it is not a text", "write some words between quotes"
            return
        forms: Mapping[str, Any] = {"other": own}
    elif not isinstance(own, Mapping) or "other" not in own:
        yield "it is not a table of texts with 'other'", 'write it as { other = "..." }'
        return
    else:
        forms = own
    for form, words_of_form in forms.items():
        if form not in _FORMS and not form.isdecimal():
            names = ", ".join(sorted(_FORMS))
            yield f"'{form}' is no category of plurals", f"use a number or one of {names}"
        elif not isinstance(words_of_form, str) or not words_of_form.strip():
            yield f"'{form}' is not a text", "write some words between quotes"
        else:
            for name in sorted(_placeholders(words_of_form) - _known(text)):
                given = ", ".join(f"{{{known}}}" for known in sorted(_known(text))) or "none"
                yield f"nothing takes the place of {{{name}}}", f"in English, it has {given}"


def _known(text: Text) -> set[str]:
    """Return the placeholders of an English text."""
    if isinstance(text, str):
        return _placeholders(text)
    return {"count"}.union(*map(_placeholders, text.values()))


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


def for_templates(words: Words) -> str:
    """Return a template that sets `words` to texts by section and key, escaped for HTML."""
    texts = {
        section: {key: html(text) for key, text in keys.items() if isinstance(text, str)}
        for section, keys in words.entries.items()
    }
    data = json.dumps(texts, ensure_ascii=False, indent=1)
    notice = "Generated by scripts/split.py: edit the languages in scripts/qna instead."
    return f"{{#- {notice} -#}}\n{{% set words = {data} %}}\n"


def for_scripts(words: Words) -> str:
    """Return JSON with the language, and texts by names such as `section_key`."""
    texts = {
        f"{section}_{key}": text
        for section, keys in words.entries.items()
        for key, text in keys.items()
    }
    return json.dumps({"language": words.language, **texts}, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(for_scripts(english()).encode("utf-8"))
