"""Addresses that people set: SITE_URL, REPO_URL and ADDRESS, in any common form.

Each function returns the one form that both engines understand alike, or raises BadAddressError.
"""

from __future__ import annotations

import errno
import re
import socket
from collections.abc import Iterable
from contextlib import closing
from urllib.parse import SplitResult, quote, urlsplit

HOST, PORT = "127.0.0.1", 8000
"""Address of the live preview."""
PORTS = {"http": 80, "https": 443}
"""Default ports of the schemes of web pages."""
EXAMPLES = {
    "SITE_URL": "https://example.org/questions/",
    "REPO_URL": "https://github.com/me/questions",
}
_GIT = re.compile(r"(?:git\+)?ssh://|git://", re.IGNORECASE)
_SHORT_GIT = re.compile(r"(?:[\w.-]+@)?(?P<host>[\w.-]+\.[\w-]+):(?!\d+(?:/|$))/*(?P<path>[^/].*)")
"""Git's short form of an address: `git@github.com:me/questions.git`."""
_SSH_HOST = re.compile(r"(?:alt)?ssh\.(?=.+\.)")
"""Start of the hosts on which forges accept SSH at port 443, such as `ssh.github.com`."""
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
_LISTENING = re.compile(r"(?P<host>\[[^\]]+\]|[^\[\]:/\s]*)(?::(?P<port>\d+))?")


class BadAddressError(ValueError):
    """A text that is not the address it should be; the message says what to do."""


# --- on the web ---------------------------------------------------------------------------


def site_url(text: str) -> str:
    """Return the address of the site, with a slash at the end; empty if the text is blank."""
    return _web_address("SITE_URL", text, text.strip()) + "/" if text.strip() else ""


def repository_url(text: str) -> str:
    """Return the address of the repository's page, with no slash at the end; empty if blank.

    Git's own forms, such as `git@github.com:me/questions.git`, name the same page.
    """
    if not text.strip():
        return ""
    url = _web_address("REPO_URL", text, _without_git(text.strip())).removesuffix(".git")
    if not urlsplit(url).path.strip("/"):
        raise _bad("REPO_URL", text, "names no repository")
    return url


def _without_git(text: str) -> str:
    """Return the address of a web page for an address that only Git understands."""
    if _GIT.match(text):
        parts = urlsplit(f"ssh://{text.partition('://')[2]}")
        return f"https://{_SSH_HOST.sub('', parts.hostname or '', 1)}{parts.path}"
    if short := _SHORT_GIT.fullmatch(text):
        return f"https://{_SSH_HOST.sub('', short['host'], 1)}/{short['path']}"
    return re.sub(r"^git\+(?=https?://)", "", text, flags=re.IGNORECASE)


def _web_address(name: str, text: str, given: str) -> str:
    """Return an address without its password, default port and slashes at the end."""
    try:
        parts = urlsplit(given if "://" in given else f"https://{given.removeprefix('//')}")
        host, port = _host(parts), parts.port
    except ValueError as error:
        raise _bad(name, text, "is not an address on the web") from error
    # Without a scheme, a single word such as `true` is no host.
    named = host and ("://" in given or "." in host or host == "localhost")
    if parts.scheme not in PORTS or not named or parts.query or parts.fragment:
        raise _bad(name, text, "is not an address on the web")
    at = f":{port}" if port and port != PORTS[parts.scheme] else ""
    path = re.sub("//+", "/", quote(parts.path, safe="/%:@!$&'()*+,;=~")).rstrip("/")
    return f"{parts.scheme}://{host}{at}{path}"


def _host(parts: SplitResult) -> str:
    """Return the host as it is written in addresses, in ASCII; empty if it is not valid."""
    host = (parts.hostname or "").removesuffix(".")
    host = f"[{host}]" if ":" in host else host.encode("idna").decode()
    return host if _HOST.fullmatch(host) else ""


def _bad(name: str, text: str, fault: str) -> BadAddressError:
    return BadAddressError(f"{name}={text.strip()} {fault}; set it as in {name}={EXAMPLES[name]}")


# --- on this machine ----------------------------------------------------------------------


def listening(text: str, command: str) -> str:
    """Return the address to serve on, as `ip:port`, if this machine can serve on it now.

    Host, port or both may be missing. Messages suggest running `command` with another address.
    """
    host, port = _host_and_port(text.strip(), command)
    try:
        family, address = _resolved(host, port)
    except (OSError, UnicodeError) as error:
        raise _refused(f"ADDRESS={text.strip()} is not an address", HOST, port, command) from error
    shown = f"[{address}]" if family == socket.AF_INET6 else address
    fault = _bind(family, address, port)
    if fault == errno.EADDRINUSE:
        taken, others = f"{shown}:{port} is taken", range(port + 1, port + 100)
        raise _refused(taken, shown, _free(family, address, others), command)
    if fault in {errno.EACCES, errno.EPERM}:
        others = range(PORT, PORT + 100)
        denied = f"only the administrator may use port {port}"
        raise _refused(denied, shown, _free(family, address, others), command)
    if fault:
        raise _refused(f"{shown} is not an address of this machine", HOST, port, command)
    return f"{shown}:{port}"


def _host_and_port(text: str, command: str) -> tuple[str, int]:
    bare = re.sub(r"^https?://|/+$", "", text, flags=re.IGNORECASE)
    match = _LISTENING.fullmatch(bare)
    host, port = (match["host"].strip("[]"), match["port"]) if match else ("", "0")
    if host.isdecimal() and not port:
        host, port = "", host
    if not 0 < int(port or PORT) < 2**16:
        raise _refused(f"ADDRESS={text} is not an address", HOST, PORT, command)
    return host or HOST, int(port or PORT)


def _resolved(host: str, port: int) -> tuple[socket.AddressFamily, str]:
    """Return the address of a host, with its family."""
    # MkDocs, too, takes the IPv4 address of localhost.
    family = socket.AF_INET if host == "localhost" else socket.AF_UNSPEC
    found, _, _, _, address = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)[0]
    return found, str(address[0])


def _bind(family: socket.AddressFamily, address: str, port: int) -> int:
    """Try to listen on an address; return the number of the error, or 0."""
    try:
        with closing(socket.socket(family, socket.SOCK_STREAM)) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((address, port))
            tried.listen()
    except OSError as error:
        return error.errno or errno.EADDRNOTAVAIL
    return 0


def _free(family: socket.AddressFamily, address: str, ports: Iterable[int]) -> int:
    free = (port for port in ports if port < 2**16 and not _bind(family, address, port))
    return next(free, PORT)


def _refused(fault: str, host: str, port: int, command: str) -> BadAddressError:
    return BadAddressError(f"{fault}; name another: ADDRESS={host}:{port} {command}")
