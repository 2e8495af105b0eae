"""Search for input that breaks the splitter or gets past it, for longer than a test may take.

    make fuzz

200,000 hostile answers go through the Markdown chain, the property tests are repeated with new
random draws, a hundred random edits are built with and without pages kept from the build before,
and for some minutes atheris feeds the whole splitter with text that it mutates to
reach more lines of the code. Findings are printed; add them to a case file or to
`hostile.FRAGMENTS`. The exit code is 0 if nothing was found.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing import Pool
from multiprocessing.pool import ThreadPool
from pathlib import Path
from random import Random, SystemRandom
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "scripts")]

from support import hostile, incremental  # noqa: E402 - found on the path set above
from support.casefiles import every  # noqa: E402

BATCH = 20
TOOLS = ROOT / ".tools/fuzz"
"""Not below `.cache`, which a build with Zensical clears."""
CORPUS = TOOLS / "corpus"


def main() -> int:
    """Run all searches; return 1 if something was found."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--answers", type=int, default=200_000, help="how many hostile answers")
    options.add_argument("--rounds", type=int, default=20, help="how often to run property tests")
    options.add_argument("--edits", type=int, default=100, help="how many edits to build")
    options.add_argument("--seconds", type=int, default=600, help="how long to search by coverage")
    options.add_argument("--seed", type=int, default=SystemRandom().randrange(10**9))
    chosen, rest = options.parse_known_args()
    if rest:
        return guided(rest)
    print(f"seed {chosen.seed}", flush=True)
    found = [
        answers(chosen.answers, chosen.seed),
        properties(chosen.rounds),
        builds(chosen.edits, chosen.seed),
        by_coverage(chosen.seconds),
    ]
    return int(any(found))


def answers(number: int, seed: int) -> int:
    """Search for harm in hostile answers; print and count what is found."""
    seeds = range(seed, seed + number // BATCH)
    found = 0
    with Pool() as pool:
        for done, harms in enumerate(pool.imap_unordered(batch, seeds, chunksize=10), start=1):
            found += len(harms)
            for text, harm in harms:
                print(f"{text!r}: {harm}", flush=True)
            if done % 1_000 == 0:
                print(f"{done * BATCH:,} answers, {found} of them harmful", flush=True)
    print(f"{len(seeds) * BATCH:,} answers, {found} of them harmful", flush=True)
    return found


def batch(seed: int) -> list[tuple[str, list[str]]]:
    """Return the harmful ones among some answers, each with its harm."""
    random = Random(seed)  # noqa: S311 - not for secrets
    made: list[str] = []
    while len(made) < BATCH:
        answer = hostile.answer(random)
        if hostile.is_taken(answer):
            made.append(answer)
    if not hostile.harm(made):
        return []
    return [(text, harm) for text in made if (harm := hostile.harm([text]))]


def properties(rounds: int) -> int:
    """Run the property tests with random draws; return the number of rounds that failed."""
    found = 0
    with ThreadPool() as pool:
        for done, failure in enumerate(pool.imap_unordered(_round, range(rounds)), start=1):
            found += bool(failure)
            print(
                f"{failure}{done} rounds of the property tests, {found} of them failed", flush=True
            )
    return found


def _round(_: int) -> str:
    """Run the property tests once; return what they print if they fail."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/property"]
    chance = {**os.environ, "HYPOTHESIS_PROFILE": "random"}
    done = subprocess.run(
        command, cwd=ROOT, env=chance, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr if done.returncode else ""


def builds(edits: int, seed: int) -> int:
    """Search for edits after which a build differs from a full one; return how many files do."""
    random = Random(seed)  # noqa: S311
    with TemporaryDirectory() as folder:
        found = incremental.search(Path(folder), random, edits) if edits else []
    print("\n".join([*found, f"{edits} edits, {len(found)} files differ"]), flush=True)
    return len(found)


def by_coverage(seconds: int) -> int:
    """Search by coverage in a separate process; return its exit code."""
    if not seconds:
        return 0
    options = [f"-max_total_time={seconds}", "-timeout=10", f"-artifact_prefix={TOOLS}/"]
    command = [sys.executable, __file__, *options, *_corpus()]
    return subprocess.run(command, check=False).returncode


def _corpus() -> Iterator[str]:
    """Write the sources of all case files as a starting point for the search; yield the folder."""
    CORPUS.mkdir(parents=True, exist_ok=True)
    for case in every():
        source = case.section("source")
        if source and len(source.data) < 10_000:
            (CORPUS / case.name.replace("/", "-")).write_bytes(source.data)
    yield str(CORPUS)


def guided(arguments: list[str]) -> int:
    """Search by coverage until the time is up; atheris ends the process."""
    sys.path.append(str(TOOLS / "packages"))
    import atheris  # noqa: PLC0415 - installed only by `make fuzz`

    with atheris.instrument_imports(include=["qna"]):
        _forget("qna")
        _forget("support")
        from support.harness import pages as split  # noqa: PLC0415
        from support.hostile import on_pages  # noqa: PLC0415

    def one(data: bytes) -> None:
        try:
            made = split(data)
        except ValueError as refused:
            if ": error[" not in str(refused):
                raise
        else:
            assert on_pages(made) == []

    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()
    return 0


def _forget(name: str) -> None:
    """Let a package be imported again, so that its lines are counted."""
    for module in [found for found in sys.modules if found.split(".")[0] == name]:
        del sys.modules[module]


if __name__ == "__main__":
    sys.exit(main())
