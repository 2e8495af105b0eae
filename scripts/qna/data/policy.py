"""The content security policy of a built page, as a `<meta>` in its head.

Everything comes from the site itself. Of inline code a page may hold only what stands in its head,
which templates write and content never reaches: each piece is listed by its hash.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

_OPENING = '<meta charset="utf-8">'
_INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_OWN = ("script", "style", "img", "font", "connect", "worker")


def guarded(page: str) -> str:
    """Return a page with its policy, which comes before all that it rules; it needs it once.

    Raises ValueError if the page does not say its encoding where it begins.
    """
    if _OPENING not in page:
        message = f"there is no {_OPENING}, behind which the content security policy belongs"
        raise ValueError(message)
    rule = f'<meta http-equiv="Content-Security-Policy" content="{policy(page)}">'
    if rule in page:
        return page
    return page.replace(_OPENING, _OPENING + rule, 1)


def policy(page: str) -> str:
    """Return the policy of a page.

    Source: Content Security Policy Level 3; a `<meta>` cannot rule frame ancestors or reports.
    """
    hashes = map(_hash, _INLINE.findall(page.partition("</head>")[0]))
    own = dict.fromkeys(_OWN, "'self'")
    own["script"] = " ".join(["'self'", *dict.fromkeys(hashes)])
    rules = [f"{name}-src {sources}" for name, sources in own.items()]
    return "; ".join(["default-src 'none'", *rules, "base-uri 'none'", "form-action 'none'"])


def _hash(code: str) -> str:
    return f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'"
