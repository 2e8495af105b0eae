"""Quality of the search: the real engine finds the right answers to judged queries."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from statistics import fmean

import evaluate
import pytest
from evaluate import Found, Judged
from qna import pipeline
from qna.naming import ledger
from support.harness import ROOT, generated


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the questions and the data that search reads."""
    folder = tmp_path_factory.mktemp("data")
    for name, text in generated(ROOT / pipeline.SOURCE).items():
        if name.endswith(".json"):
            (folder / Path(name).name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def found(made: Path) -> dict[str, Found]:
    """What the engine finds for every query of every set."""
    sets = (evaluate.read(name, made / "questions.json") for name in evaluate.SETS)
    judged = (query.query for queries in sets for query in queries)
    others = chain.from_iterable(evaluate.other_things().values())
    return evaluate.search([*judged, *others], data=made / "data.json")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data that search reads if there is nothing but the questions and their ids."""
    folder = tmp_path_factory.mktemp("plain")
    source = ROOT / pipeline.SOURCE
    for name in (source.name, ledger.FILE_NAME):
        shutil.copy(source.with_name(name), folder / name)
    path = folder / "data.json"
    path.write_text(generated(folder / source.name)["search/data.json"], encoding="utf-8")
    return path


@pytest.fixture
def judged(name: str, made: Path) -> list[Judged]:
    """A judged set."""
    return read(name, made)


def read(name: str, made: Path) -> list[Judged]:
    """Return a judged set; without one, as in a project with other questions, skip the test."""
    found = evaluate.read(name, made / "questions.json")
    if not found:
        pytest.skip(f"no judged queries in tests/search/{name}.jsonl")
    return found


@pytest.mark.parametrize("name", evaluate.SETS)
def test_scores_are_above_the_floor(
    name: str, judged: list[Judged], found: dict[str, Found]
) -> None:
    """The scores are above the floor overall and in each category."""
    scores = evaluate.by_category(judged, found)

    assert evaluate.shortfalls(scores, judged, name) == []


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("judgements", 0.80),
        ("second_opinion", 0.80),
        ("development", 0.63),
        ("unseen", 0.80),
        ("stranger", 0.76),
        ("held_out", 0.72),
    ],
)
def test_scores_without_editorial_data(floor: float, judged: list[Judged], plain: Path) -> None:
    """A best answer comes first for most queries even if there is nothing but the questions."""
    found = evaluate.search((query.query for query in judged), data=plain)
    scores = (evaluate.score(query, found[query.query].ids) for query in judged)

    assert fmean(one.success1 for one in scores) >= floor


@pytest.mark.parametrize("name", ["judgements"])
def test_the_floor_can_be_missed(name: str, judged: list[Judged], found: dict[str, Found]) -> None:
    """The check above can fail: the same results for the wrong queries are far below the floor."""
    asked = [query.query for query in judged]
    wrong = {
        query: found[other] for query, other in zip(asked, [*asked[1:], asked[0]], strict=True)
    }

    assert len(evaluate.shortfalls(evaluate.by_category(judged, wrong), judged, name)) > 3


@pytest.mark.parametrize("names", evaluate.WHOLE)
def test_few_queries_are_said_to_have_no_match(
    names: Sequence[str], made: Path, found: dict[str, Found]
) -> None:
    """Search says of few judged queries that nothing matches."""
    judged = [query.query for name in names for query in read(name, made)]

    assert evaluate.without_match(judged, found) <= evaluate.FLAGGED


@pytest.mark.parametrize("name", ["development", "further", "unseen"])
def test_queries_about_other_things(name: str, found: dict[str, Found]) -> None:
    """Search says of most queries about other things that nothing matches."""
    queries = evaluate.other_things().get(name, [])
    if not queries:
        pytest.skip("no queries about other things in tests/search/other_things.jsonl")

    assert evaluate.without_match(queries, found) >= evaluate.TOLD_APART


@pytest.mark.parametrize(
    "name", ["judgements", "second_opinion", "development", "unseen", "stranger"]
)
def test_phrases_are_not_the_judged_queries(judged: list[Judged]) -> None:
    """No phrase for search is a copy of a judged query."""
    edited = tomllib.loads((ROOT / "docs/_source/search.toml").read_text(encoding="utf-8"))
    listed = [*edited["phrases"].values(), *edited["further"].values()]
    phrases = (phrase for ways in listed for phrase in ways)
    written = {phrase.casefold().rstrip("?") for phrase in phrases}
    asked = (query for query in judged if query.category in {"natural", "paraphrase"})

    assert [query.query for query in asked if query.query.casefold().rstrip("?") in written] == []


def test_search_examples_find_something(made: Path) -> None:
    """Each example that an empty search box offers finds something."""
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    listed = config.partition("search_examples:")[2].partition("\n\n")[0].splitlines()[1:]
    examples = [line.strip().removeprefix("- ") for line in listed]

    assert examples
    assert all(evaluate.ranked(examples, data=made / "data.json"))
