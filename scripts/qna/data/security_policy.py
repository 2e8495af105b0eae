"""The Content Security Policy of a built page, as a `<meta>` element in its head.

Everything must come from the site itself, or from hosts that its owner allows. The only inline
scripts allowed, by hash, are those in the head, which templates write and content cannot reach, and
the rules by which browsers load pages ahead, which a script adds.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPENING = '<meta charset="utf-8">'
_PLACE = re.compile(
    rf"{_OPENING}(?:<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    r"[^\"]*; base-uri 'none'; form-action 'none'\">)?"
)
"""Where a policy goes, with one that was added before."""
_INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_OWN = ("script", "style", "img", "font", "connect", "worker")
_LINKS = json.loads(Path(__file__).with_name("loaded_ahead.json").read_text("utf-8"))["links"]
_RULE = {"where": {"selector_matches": _LINKS}, "eagerness": "moderate"}
RULES = json.dumps({"prefetch": [_RULE], "prerender": [_RULE]}, separators=(",", ":"))
"""The rules for loading ahead, as frontend/enhance/prefetch.ts writes them."""


def guarded(page: str, allowed: Sequence[str] = ()) -> str:
    """Return a page with its policy added before everything that it restricts.

    It takes the place of one that was added before, when the page had other scripts or hosts.
    Raises ValueError if the page does not declare UTF-8 in the expected form.
    """
    if not has_place(page):
        message = f"no {_OPENING} to insert the content security policy after"
        raise ValueError(message)
    rule = f'<meta http-equiv="Content-Security-Policy" content="{policy(page, allowed)}">'
    return _PLACE.sub(lambda _: _OPENING + rule, page, count=1)


def has_place(page: str) -> bool:
    """Tell whether a page can have a policy: whether it declares UTF-8 in the expected form."""
    return _OPENING in page


def policy(page: str, allowed: Sequence[str] = ()) -> str:
    """Return the policy of a page, which may load from `allowed` origins, too.

    Per Content Security Policy Level 3, a `<meta>` cannot set `frame-ancestors` or reporting.
    """
    hashes = map(_hash, [*_INLINE.findall(page.partition("</head>")[0]), RULES])
    own = dict.fromkeys(_OWN, " ".join(["'self'", *allowed]))
    own["script"] = " ".join(["'self'", *dict.fromkeys(hashes), *allowed])
    rules = [f"{name}-src {sources}" for name, sources in own.items()]
    return "; ".join(["default-src 'none'", *rules, "base-uri 'none'", "form-action 'none'"])


def _hash(code: str) -> str:
    return f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'"
