"""SITE_URL, REPO_URL and ADDRESS may have any common form; a useless one is one sentence."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator

import addresses
import pytest

SITE = "https://example.org/qa/"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", ""),
        ("  ", ""),
        (SITE, SITE),
        ("https://example.org/qa", SITE),
        ("https://example.org/qa//", SITE),
        ("  https://example.org/qa/\n", SITE),
        ("HTTPS://Example.ORG/qa", SITE),
        ("https://example.org:443/qa", SITE),
        ("https://me:secret@example.org/qa", SITE),
        ("https://example.org./qa", SITE),
        ("example.org/qa", SITE),
        ("//example.org/qa", SITE),
        ("https://example.org//qa", SITE),
        ("https://example.org", "https://example.org/"),
        ("example.org", "https://example.org/"),
        ("http://example.org:80/QA", "http://example.org/QA/"),
        ("http://example.org:8080/qa", "http://example.org:8080/qa/"),
        ("localhost:8000", "https://localhost:8000/"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
        ("http://intranet/qa", "http://intranet/qa/"),
        ("https://bücher.example/fußnoten", "https://xn--bcher-kva.example/fu%C3%9Fnoten/"),
        ("https://example.org/a%20b", "https://example.org/a%20b/"),
    ],
)
def test_site_url(given: str, expected: str) -> None:
    """Every common form becomes the form that both engines understand alike."""
    assert addresses.site_url(given) == expected
    assert addresses.site_url(expected) == expected


@pytest.mark.parametrize(
    "given",
    [
        *("true", "/qa/", "https://", "https:///qa", "https:/example.org", "ftp://example.org"),
        *("javascript:alert(1)", "https://exa mple.org", "https://example.org:port/"),
        *("https://example.org:99999/", "https://example.org/?q=1", "https://example.org/#top"),
        *("https://[::1", "https://-.org/<script>", f"https://{'a' * 70}.org/"),
    ],
)
def test_site_url_that_is_none(given: str) -> None:
    """The sentence repeats what was set, and shows what to set."""
    with pytest.raises(addresses.BadAddressError) as refused:
        addresses.site_url(given)

    assert str(refused.value) == (
        f"SITE_URL={given} is not an address on the web; "
        "set it as in SITE_URL=https://example.org/questions/"
    )


REPOSITORY = "https://github.com/me/qa"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", ""),
        (" ", ""),
        (REPOSITORY, REPOSITORY),
        ("https://github.com/me/qa/", REPOSITORY),
        ("https://github.com/me/qa.git", REPOSITORY),
        ("https://github.com/me/qa.git/", REPOSITORY),
        ("HTTPS://GitHub.com/me/qa", REPOSITORY),
        ("https://me:token@github.com/me/qa.git", REPOSITORY),
        ("git@github.com:me/qa.git", REPOSITORY),
        ("github.com:me/qa", REPOSITORY),
        ("git@github.com:/me/qa.git", REPOSITORY),
        ("ssh://git@github.com/me/qa.git", REPOSITORY),
        ("ssh://git@github.com:22/me/qa.git", REPOSITORY),
        ("ssh://git@ssh.github.com:443/me/qa.git", REPOSITORY),
        ("git+ssh://git@github.com/me/qa.git", REPOSITORY),
        ("git+https://github.com/me/qa.git", REPOSITORY),
        ("git://github.com/me/qa.git", REPOSITORY),
        ("github.com/me/qa", REPOSITORY),
        ("http://forge.example:3000/me/qa", "http://forge.example:3000/me/qa"),
        ("forge.example:3000/me/qa", "https://forge.example:3000/me/qa"),
        ("git@gitlab.com:group/sub/qa.git", "https://gitlab.com/group/sub/qa"),
        ("git@altssh.bitbucket.org:me/qa.git", "https://bitbucket.org/me/qa"),
        ("https://git.sr.ht/~me/qa", "https://git.sr.ht/~me/qa"),
    ],
)
def test_repository_url(given: str, expected: str) -> None:
    """Git's own forms name the page of the repository, too."""
    assert addresses.repository_url(given) == expected
    assert addresses.repository_url(expected) == expected


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ("me/qa", "is not an address on the web"),
        ("../qa", "is not an address on the web"),
        ("file:///srv/qa.git", "is not an address on the web"),
        ("javascript:alert(1)", "is not an address on the web"),
        ("https://github.com/", "names no repository"),
        ("https://github.com/.git", "names no repository"),
        ("git@github.com:", "names no repository"),
    ],
)
def test_repository_url_that_is_none(given: str, fault: str) -> None:
    """The sentence repeats what was set, and shows what to set."""
    with pytest.raises(addresses.BadAddressError) as refused:
        addresses.repository_url(given)

    assert str(refused.value) == (
        f"REPO_URL={given} {fault}; set it as in REPO_URL=https://github.com/me/questions"
    )


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which another program listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def free(taken: int) -> int:
    """A port on which no program listens."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port = int(tried.getsockname()[1])
    assert port != taken
    return port


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("127.0.0.1:{}", "127.0.0.1:{}"),
        ("{}", "127.0.0.1:{}"),
        (":{}", "127.0.0.1:{}"),
        (" localhost:{} ", "127.0.0.1:{}"),
        ("http://127.0.0.1:{}/", "127.0.0.1:{}"),
        ("0.0.0.0:{}", "0.0.0.0:{}"),
    ],
)
def test_address_to_listen_on(given: str, expected: str, free: int) -> None:
    """Every common form becomes the form that both engines understand."""
    assert addresses.listening(given.format(free), "make serve") == expected.format(free)


def test_address_of_ip_version_6(free: int) -> None:
    """An address of IPv6 keeps its brackets."""
    try:
        socket.create_server(("::1", free), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no IPv6")
    assert addresses.listening(f"[::1]:{free}", "make serve") == f"[::1]:{free}"


def test_host_without_a_port(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    """A missing port is the default one, as is a missing address."""
    monkeypatch.setattr(addresses, "PORT", free)

    assert addresses.listening("127.0.0.1", "make serve") == f"127.0.0.1:{free}"
    assert addresses.listening("", "make serve") == f"127.0.0.1:{free}"


def refusal(given: str) -> str:
    """Return the sentence for an address on which this machine cannot listen."""
    with pytest.raises(addresses.BadAddressError) as refused:
        addresses.listening(given, "make serve")
    return str(refused.value)


def test_port_that_is_taken(taken: int) -> None:
    """The sentence names a command that works."""
    told = refusal(f"127.0.0.1:{taken}")
    another = told.partition("ADDRESS=")[2].partition(" ")[0]

    assert told == f"127.0.0.1:{taken} is taken; name another: ADDRESS={another} make serve"
    assert int(another.partition(":")[2]) > taken
    assert addresses.listening(another, "make serve") == another


def test_port_that_only_root_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence suggests a port that anyone may use."""

    def deny(_: socket.socket, address: tuple[str, int]) -> None:
        if address[1] < 1024:
            raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", deny)
    monkeypatch.setattr(socket.socket, "listen", lambda _: None)

    assert refusal("127.0.0.1:80") == (
        "only the administrator may use port 80; name another: ADDRESS=127.0.0.1:8000 make serve"
    )


def test_address_of_another_machine() -> None:
    """The sentence suggests this machine's own address, with the same port."""
    assert refusal("192.0.2.1:8123") == (
        "192.0.2.1 is not an address of this machine; "
        "name another: ADDRESS=127.0.0.1:8123 make serve"
    )


@pytest.mark.parametrize(
    "given",
    [
        *("127.0.0.1:port", "127.0.0.1:99999", "127.0.0.1:0", "99999", "a b:8000", "::1:8000"),
        *("127.0.0.1:8000/qa", "[::1:8000", "ftp://127.0.0.1:8000", "no-such-host.invalid:8000"),
        f"{'a' * 70}.org:8000",
    ],
)
def test_address_that_is_none(given: str) -> None:
    """The sentence repeats what was set, and shows what to set."""
    assert refusal(given) == (
        f"ADDRESS={given} is not an address; name another: ADDRESS=127.0.0.1:8000 make serve"
    )
