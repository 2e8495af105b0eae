"""The bibliography: names, identifiers and faults of the sources that notes cite."""

from __future__ import annotations

from pathlib import Path

import pytest
from qna.diagnostics import Report
from qna.reading import bibliography
from qna.reading.bibliography import Reference

ENTRY = "@article{{key,\n author = {{{author}}},\n title = {{{title}}},\n year = {{2012}},\n {id},\n}}\n"
ARXIV = "eprint = {1211.5063}, archiveprefix = {arXiv}"


def read(text: str, folder: Path) -> tuple[dict[str, Reference], list[str]]:
    """Return the references in a text, and what is reported."""
    (folder / bibliography.FILE_NAME).write_text(text, encoding="utf-8")
    report = Report()
    found = bibliography.read(folder, report)
    return dict(found), [f"{item.code} {item.span.line} {item.message}" for item in report.items]


def entry(author: str = "Ada Lovelace", title: str = "Notes", identifier: str = ARXIV) -> str:
    """Return an entry with the key `key`."""
    return ENTRY.format(author=author, title=title, id=identifier)


@pytest.mark.parametrize(
    ("author", "authors", "short"),
    [
        ("Pascanu, Razvan", ("Razvan Pascanu",), "Pascanu 2012"),
        (
            "Ada Lovelace and Alan Turing",
            ("Ada Lovelace", "Alan Turing"),
            "Lovelace and Turing 2012",
        ),
        ("A One and B Two and C Three", ("A One", "B Two", "C Three"), "One et al. 2012"),
        ('van den Oord, A{\\"a}ron', ("Aäron van den Oord",), "van den Oord 2012"),
        ("{The Google Team}", ("The Google Team",), "The Google Team 2012"),
        ("Tom{\\'a}{\\v s} M{\\\"u}ller", ("Tomáš Müller",), "Müller 2012"),
    ],
)
def test_names(author: str, authors: tuple[str, ...], short: str, tmp_path: Path) -> None:
    """Names are read as BibTeX has them, with accents, particles and names of groups."""
    found, faults = read(entry(author), tmp_path)

    assert faults == []
    assert found["key"].authors == authors
    assert found["key"].short_name == short


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("On the {Difficulty} of {RNN}s", "On the Difficulty of RNNs"),
        ("Cats \\& dogs: 100\\%", "Cats & dogs: 100%"),
        ("A $k$-means view", "A $k$-means view"),
        ("Two  \n lines", "Two lines"),
    ],
)
def test_titles(title: str, shown: str, tmp_path: Path) -> None:
    """Titles are plain text, without braces and commands."""
    found, _ = read(entry(title=title), tmp_path)

    assert found["key"].title == shown


@pytest.mark.parametrize(
    ("identifier", "url"),
    [
        (ARXIV, "https://arxiv.org/abs/1211.5063"),
        ("eprint = {cs/9901001}, archiveprefix = {arXiv}", "https://arxiv.org/abs/cs/9901001"),
        ("doi = {10.1038/323533a0}", "https://doi.org/10.1038/323533a0"),
        ("isbn = {978-0-262-03561-3}", "https://openlibrary.org/isbn/9780262035613"),
        ("isbn = {0-8044-2957-X}", "https://openlibrary.org/isbn/080442957X"),
        ("url = {https://example.org/a?b=c}", "https://example.org/a?b=c"),
        (f"doi = {{10.1/x}}, {ARXIV}", "https://arxiv.org/abs/1211.5063"),
    ],
)
def test_identifiers(identifier: str, url: str, tmp_path: Path) -> None:
    """An identifier leads to the work."""
    found, faults = read(entry(identifier=identifier), tmp_path)

    assert faults == []
    assert found["key"].url == url


@pytest.mark.parametrize(
    "identifier",
    [
        "eprint = {1211.5063}",
        "eprint = {12115063}, archiveprefix = {arXiv}",
        "doi = {https://doi.org/10.1/x}",
        "isbn = {978-0-262-03561-4}",
        "isbn = {0-8044-2957-1}",
        "url = {example.org}",
        "url = {javascript:alert(1)}",
        "note = {on my desk}",
    ],
)
def test_identifiers_that_lead_nowhere(identifier: str, tmp_path: Path) -> None:
    """A wrong identifier is reported: form, check digit, scheme."""
    _, faults = read(entry(identifier=identifier), tmp_path)

    assert faults == ["E609 1 'key' has no identifier that leads to it"]


def test_faults_have_places(tmp_path: Path) -> None:
    """Each fault is reported at the line of its entry, and the others are read."""
    good = entry().replace("{key", "{good").replace("1211.5063", "1706.03762")
    broken = "@article{broken, title = {x\n"
    found, faults = read(f"% a comment\n\n{entry()}\n{entry()}\n{good}\n{broken}", tmp_path)

    assert found.keys() == {"key", "good"}
    assert faults[:2] == ["E608 10 'key' is there twice", "E608 24 entry is not BibTeX"]


def test_one_work_twice(tmp_path: Path) -> None:
    """Two entries with one identifier, or with one title and year, are the same work."""
    other = entry(identifier="doi = {10.1038/323533a0}").replace("{key", "{other")
    _, faults = read(entry() + other, tmp_path)

    assert faults == ["E610 7 'key' and 'other' are the same work"]


def test_no_file(tmp_path: Path) -> None:
    """Without a bibliography, there are no references and no faults."""
    report = Report()

    assert bibliography.read(tmp_path, report) == {}
    assert report.items == []


@pytest.mark.parametrize(
    ("within", "shown"),
    [
        ("", "2012"),
        ("Neural Computation 9(8), 1735-1780", "Neural Computation 9(8), 1735-1780, 2012"),
        ("Science 313(5786), 2012-2019", "Science 313(5786), 2012-2019, 2012"),
        ("ICML 2012", "ICML 2012"),
        ("Statistics in Medicine (2012)", "Statistics in Medicine (2012)"),
        ("ICML 2013, PMLR 28", "2012; ICML 2013, PMLR 28"),
    ],
)
def test_where_and_when_a_work_was_published(within: str, shown: str, tmp_path: Path) -> None:
    """No year is there twice, and that of a preprint comes before that of the conference."""
    field = f"journal = {{{within}}}, " if within else ""
    found, _ = read(entry(identifier=field + ARXIV), tmp_path)

    assert found["key"].published == shown
