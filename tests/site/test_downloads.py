"""Files to take along, on the built site in both engines."""

from __future__ import annotations

import re

from support.sites import Built, Visit, address

FILES = re.compile(
    r'href="([^"]*\.(?:apkg|pdf|epub|html|csv|tsv|jsonl))"[^>]*>[^<]*</a> <em>(\d+) kB'
)


def test_every_file_is_listed(site: Built) -> None:
    """The page of downloads leads to every file, and there are no others."""
    folder = site.folder / "downloads"
    listed = FILES.findall(site.html("downloads/"))
    sizes = {address("downloads/", link): int(size) for link, size in listed}
    made = {path.relative_to(site.folder).as_posix(): path for path in folder.iterdir()}
    pictures = {name for name in made if name.endswith(".png")}

    assert made.keys() - pictures - {"downloads/index.html"} == sizes.keys()
    assert len(pictures) == 4
    assert sum(name.endswith(".html") for name in sizes) == 1
    # No installed font has most letters of the topic on breads of the world.
    for ending, left_out in ((".apkg", 0), (".pdf", 1), (".epub", 0)):
        found = sum(name.endswith(ending) for name in sizes)
        assert found == len(site.data["topics"]) + 1 - left_out
    for name, size in sizes.items():
        assert size == -(-made[name].stat().st_size // 1000), name


def test_pages_lead_there(visit: Visit) -> None:
    """Every page leads to the downloads, and a topic's to its own."""
    page = visit.open("topics/rising/")
    page.get_by_role("link", name="Take this topic along").click()
    page.wait_for_url("**/downloads/#files-rising")
    row = page.locator("#files-rising")

    with page.expect_download() as started:
        row.get_by_role("link", name="Rising & Sourdough: Anki deck").click()
    assert started.value.suggested_filename.endswith("-rising.apkg")

    for url in ("", "q/windowpane/"):
        found = visit.open(url).get_by_role("contentinfo").get_by_role("link", name="Downloads")
        assert found.evaluate("link => link.href") == f"{visit.base}downloads/"
