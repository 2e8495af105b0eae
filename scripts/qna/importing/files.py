"""The files to import: found, read and decoded, or a message why that is not possible."""

from __future__ import annotations

import os
import re
import stat
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from qna.importing import Text
from qna.importing.answers import COPIES, PICTURES
from qna.reading.source import LINE_LIMIT, SIZE_LIMIT

MOST_FILES = 20_000
SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx", ".qmd", ".rmd")
PICTURE_LIMIT = 20_000_000
FOLDER = COPIES.removeprefix("../")
"""Where pictures go, below the docs folder."""

_ABOUT_PROJECT = re.compile(
    r"(?:license|licence|copying|contributing|contributors|authors|code[_-]of[_-]conduct|changelog|"
    r"security|support|pull_request_template|issue_template|maintainers)(?:[._-].*)?",
    re.IGNORECASE,
)
"""Names of files that are about a project, not about its subject."""
_DATA = re.compile(r"data:image/(?P<type>[a-z+]+);base64,", re.IGNORECASE)
"""Start of an address that is a picture itself."""
_NOT_SEARCHED = frozenset({"node_modules", "__pycache__", "site-packages"})


class CannotImportError(Exception):
    """Files cannot be imported; nothing has changed."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(slots=True)
class Found:
    """The files to import."""

    name: str
    root: Path
    texts: list[Text]
    left: list[str] = field(default_factory=list)
    """Names of the files that are about the project."""
    pictures: dict[str, bytes] = field(default_factory=dict)
    """Pictures that the texts show, by their path below the docs folder."""
    _by_content: dict[bytes, str] = field(default_factory=dict)

    def picture(self, file: str, url: str) -> str:
        """Return the address that a picture will have on a generated page; empty if not there."""
        if found := _DATA.match(url):
            return self._of_data(found["type"].lower(), url[found.end() :])
        path = unquote(url.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0])
        suffix = Path(path).suffix.lower()
        if suffix not in PICTURES or "\0" in path:
            return ""
        bare = path.lstrip("/")
        places = [self.root / Path(file).parent / path] if not path.startswith("/") else []
        places += [self.root / bare]
        top = self.root.resolve()
        for place in places:
            data = _picture(place, top)
            if data:
                return COPIES + self._kept(data, Path(path).stem, suffix)
        return ""

    def _of_data(self, kind: str, encoded: str) -> str:
        """Return the address of a picture that an address holds itself."""
        suffix = f".{kind.partition('+')[0]}"
        try:
            data = b64decode(unquote(encoded), validate=True)
        except ValueError:
            return ""
        if suffix not in PICTURES or not data or len(data) > PICTURE_LIMIT:
            return ""
        return COPIES + self._kept(data, "picture", suffix)

    def _kept(self, data: bytes, stem: str, suffix: str) -> str:
        if data not in self._by_content:
            plain = "-".join(re.findall(r"[a-z0-9]+", stem.lower())) or "picture"
            name, number = f"{plain}{suffix}", 2
            while FOLDER + name in self.pictures:
                name, number = f"{plain}-{number}{suffix}", number + 1
            self._by_content[data] = name
            self.pictures[FOLDER + name] = data
        return self._by_content[data]


def _picture(path: Path, top: Path) -> bytes:
    """Return a picture; nothing if there is none, or if it is somewhere else on this machine."""
    try:
        place = path.resolve(strict=True)
        inside = place.is_relative_to(top)
        if not inside or not place.is_file() or place.stat().st_size > PICTURE_LIMIT:
            return b""
        return place.read_bytes()
    except (OSError, ValueError, RuntimeError):
        return b""


def read(path: Path) -> Found:
    """Read a file, or the Markdown files in a folder. Raises CannotImportError."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        message = f"{path}: there is no such file or folder"
        raise CannotImportError(message, "check the name") from error
    except (OSError, ValueError, RuntimeError) as error:
        raise CannotImportError(
            f"{path}: cannot be read: {_reason(error)}", "check the path"
        ) from error
    if stat.S_ISDIR(mode):
        return _folder(path)
    if not stat.S_ISREG(mode):
        raise CannotImportError(f"{path}: not an ordinary file", "give a Markdown file or a folder")
    name = path.name
    return Found(name, path.parent, [Text(name, _text(path, SIZE_LIMIT)[0])])


def _folder(path: Path) -> Found:
    texts: list[Text] = []
    left: list[str] = []
    size = SIZE_LIMIT
    for count, file in enumerate(sorted(_markdown_files(path), key=_order(path)), start=1):
        name = file.relative_to(path).as_posix()
        if count > MOST_FILES:
            message = f"{path}: more than {MOST_FILES:,} Markdown files"
            raise CannotImportError(message, "give a folder with fewer files")
        if _ABOUT_PROJECT.fullmatch(file.stem):
            left.append(name)
            continue
        text, used = _text(file, size)
        size -= used
        if text.strip():
            texts.append(Text(name, text))
    if not texts:
        message = f"{path}: no Markdown file in this folder has text"
        raise CannotImportError(message, f"give a folder with files such as questions{SUFFIXES[0]}")
    resolved = path.resolve()
    return Found(resolved.name or "questions", path, texts, left)


def _markdown_files(path: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise CannotImportError(
            f"{error.filename}: cannot be read: {_reason(error)}", "check its permissions"
        )

    for folder, folders, names in os.walk(path, onerror=refuse):
        folders[:] = [
            name for name in folders if not name.startswith(".") and name not in _NOT_SEARCHED
        ]
        for name in names:
            file = Path(folder, name)
            if file.suffix.lower() in SUFFIXES and not name.startswith(".") and file.is_file():
                yield file


def _order(root: Path) -> Callable[[Path], list[tuple[int, int, str]]]:
    """Return the order of files: as in a book, with numbers by their value, overviews first."""

    def key(file: Path) -> list[tuple[int, int, str]]:
        parts = file.relative_to(root).parts
        return [
            entry
            for at, part in enumerate(parts)
            for entry in _key(part, last=at + 1 == len(parts))
        ]

    return key


def _key(name: str, *, last: bool) -> Iterator[tuple[int, int, str]]:
    overview = Path(name).stem.casefold() in {"readme", "index", "_index", "intro", "introduction"}
    yield (0 if last and overview else 1, 0, "")
    for digits, text in re.findall(r"(\d+)|(\D+)", name.casefold()):
        yield (1, int(digits[:18]), "") if digits else (2, 0, text)


def _text(path: Path, limit: int) -> tuple[str, int]:
    """Return the text of a file and its size."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise CannotImportError(
            f"{path}: cannot be read: {_reason(error)}", "check its permissions"
        ) from error
    if len(data) > limit:
        message = f"{path}: more than {SIZE_LIMIT:,} bytes"
        raise CannotImportError(message, "import a part of it")
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise CannotImportError(f"{path}: not UTF-8, looks like UTF-16", "save the file as UTF-8")
    if b"\0" in data:
        raise CannotImportError(f"{path}: not a text file", "give a Markdown file or a folder")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"{path}:{line}: byte 0x{data[error.start]:02x} is not UTF-8"
        raise CannotImportError(message, "save the file as UTF-8") from error
    if any(len(line) > LINE_LIMIT for line in text.split("\n")):
        message = f"{path}: a line is longer than {LINE_LIMIT:,} characters"
        raise CannotImportError(message, "break it into lines, or remove it")
    return text, len(data)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
