"""Results of slow steps, kept from run to run: after an edit, only what it touched is done again.

The store is beside the files. Without it, or if it is damaged, everything is done again.
"""

from __future__ import annotations

import marshal
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from qna import stamp
from qna.downloads.inputs import Texts

FILE_NAME, FORMER_NAME = ".kept", ".kept.json"
LIMIT = 64_000_000
"""Most characters that are kept; the results that were not used for longest go first."""


@dataclass(frozen=True, slots=True)
class Keep:
    """Keeps results of the code with a digest, for the texts of a site."""

    texts: Texts
    code: str = ""
    results: dict[str, str] = field(default_factory=dict)
    """Digest of the inputs of each result to the result; those used last are at the end."""

    def of_question(self, question_id: str, make: Callable[[], str]) -> str:
        """Return what `make` returns, which may depend on all that a file shows of a question."""
        return self.of_text(self.texts.of_questions[question_id], make)

    def of_bytes(self, text: str, make: Callable[[], bytes]) -> bytes:
        """Return the bytes that `make` returns, which depend only on a text and the code."""
        return b64decode(self.of_text(text, lambda: b64encode(make()).decode()))

    def of_text(self, text: str, make: Callable[[], str]) -> str:
        """Return what `make` returns, which depends only on a text and the code."""
        key = stamp.digest(f"{self.code}\0{text}".encode("utf-8", "surrogatepass"))
        result = self.results.pop(key, None)
        self.results[key] = make() if result is None else result
        return self.results[key]


def read(folder: Path) -> dict[str, str]:
    """Return the results that were kept in a folder; none if they cannot be read."""
    found: dict[str, str] = {}
    with suppress(OSError):
        seal, _, data = (folder / FILE_NAME).read_bytes().partition(b"\n")
        if seal == _seal(data):
            found = marshal.loads(data)  # noqa: S302 - as it was written
    return found


def dump(results: dict[str, str]) -> bytes:
    """Return the store."""
    size = sum(map(len, results.values()))
    left = dict(results)
    for key, result in results.items():
        if size <= LIMIT:
            break
        size -= len(result)
        del left[key]
    data = marshal.dumps(left)
    return b"%b\n%b" % (_seal(data), data)


def _seal(data: bytes) -> bytes:
    """Return what tells that this Python wrote some data, and that nothing changed it since."""
    return f"{stamp.digest(data)} {sys.version_info[:2]}".encode("ascii")
