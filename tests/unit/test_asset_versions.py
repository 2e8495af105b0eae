"""Addresses that change with the content of files."""

from __future__ import annotations

from qna.data import versions

FILES = {
    "plex-400.woff2": b"\0font",
    "search-worker.js": b"work()",
    "search-dialog.css": b".search{}",
    "search-dialog.js": b'new Worker(url("assets/search-worker.js"))',
    "site.css": b"@font-face{src:url(./plex-400.woff2)}",
    "site.js": b'import(asset("search-dialog.js"));load(asset("search-dialog.css"))',
    "redirect.js": b"go()",
}


def addresses(**changed: bytes) -> dict[str, str]:
    """Return the addresses of the files, some of which have other content."""
    files = {
        **FILES,
        **{name.replace("__", ".").replace("_", "-"): changed[name] for name in changed},
    }
    return {name: address for name, (address, _) in versions.versioned(files).items()}


def test_a_change_reaches_all_that_refer_to_it() -> None:
    """If a file changes, its address changes, and the address of each file that refers to it."""

    def affected(**changed: bytes) -> set[str]:
        before, after = addresses(), addresses(**changed)
        return {name for name in FILES if before[name] != after[name]}

    assert affected() == set()
    assert affected(search_worker__js=b"rest()") == {
        "search-worker.js",
        "search-dialog.js",
        "site.js",
    }
    assert affected(search_dialog__css=b"") == {"search-dialog.css", "site.js"}
    assert affected(plex_400__woff2=b"") == {"plex-400.woff2", "site.css"}
    assert affected(redirect__js=b"") == {"redirect.js"}


def test_files_refer_to_each_other_by_address() -> None:
    """Parts of the search are renamed, other files get a query, and all references follow."""
    found = versions.versioned(FILES)
    new = addresses()

    assert new["search-worker.js"].startswith("search-worker.")
    assert new["site.css"].startswith("site.css?v=")
    assert (
        found["search-dialog.js"][1].decode()
        == f'new Worker(url("assets/{new["search-worker.js"]}"))'
    )
    assert found["site.css"][1].decode() == f"@font-face{{src:url(./{new['plex-400.woff2']})}}"


def test_a_page_with_other_versions() -> None:
    """Links with a version, of any form, get the version of now."""
    own = {"own.css": "own.css?v=aaaaaaaaaa", "a.0123456789.js": "a.0123456789.js?v=bbbbbbbbbb"}
    before = addresses()
    now = addresses(search_worker__js=b"rest()", plex_400__woff2=b"")
    page = "".join(
        [
            *(f'<link href="../assets/{address}">' for address in before.values()),
            '<link href="../own.css?v=0123456789"><script src="../a.0123456789.js"></script>',
            "</head>",
        ]
    )
    wanted = versions.in_page(page, now, own)
    assert [address in wanted for address in (*now.values(), *own.values())] == [True] * (
        len(FILES) + 2
    )
    assert wanted.count('"') == page.count('"')
    assert versions.in_page(wanted, now, own) == wanted


def test_a_page_refers_to_files_by_address() -> None:
    """Only references in the head get a version, once."""
    page = (
        '<meta content="assets/site.js"><link href="../assets/site.css">'
        '<script src="/sub/assets/site.js"></script></head><a href="assets/site.js">'
    )
    new = {"site.css": "site.css?v=1", "site.js": "site.js?v=2"}
    once = versions.in_page(page, new)

    assert once == (
        '<meta content="assets/site.js"><link href="../assets/site.css?v=1">'
        '<script src="/sub/assets/site.js?v=2"></script></head><a href="assets/site.js">'
    )
    assert versions.in_page(once, new) == once
