"""Look for what breaks the splitter or gets through it, longer than a test may take.

    make fuzz

200,000 hostile answers go through the Markdown chain, the property tests are run again and again
with what they have not drawn before, and for some minutes atheris feeds the whole splitter with text
that it changes so that ever more lines of the code are run. What is found is printed and belongs
into a case file or into `hostile.FRAGMENTS`. Exit code 0: nothing was found.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path
from random import Random, SystemRandom

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "scripts")]

from support import hostile  # noqa: E402 - its folder is on the path only now
from support.casefiles import every  # noqa: E402

BATCH = 20
TOOLS = ROOT / ".tools/fuzz"
"""Not below `.cache`, which a build with Zensical clears."""
CORPUS = TOOLS / "corpus"


def main() -> int:
    """Run all kinds of search; return 1 if something was found."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--answers", type=int, default=200_000, help="how many hostile answers")
    options.add_argument("--rounds", type=int, default=20, help="how often to run property tests")
    options.add_argument("--seconds", type=int, default=600, help="how long to search by coverage")
    options.add_argument("--seed", type=int, default=SystemRandom().randrange(10**9))
    chosen, rest = options.parse_known_args()
    if rest:
        return guided(rest)
    print(f"seed {chosen.seed}", flush=True)
    found = [
        answers(chosen.answers, chosen.seed),
        properties(chosen.rounds),
        by_coverage(chosen.seconds),
    ]
    return int(any(found))


def answers(number: int, seed: int) -> int:
    """Look for harm in hostile answers; print and count what is found."""
    seeds = range(seed, seed + number // BATCH)
    found = 0
    with Pool(max(1, (os.cpu_count() or 2) - 1)) as pool:
        for done, harms in enumerate(pool.imap_unordered(batch, seeds, chunksize=10), start=1):
            found += len(harms)
            for text, harm in harms:
                print(f"{text!r}: {harm}", flush=True)
            if done % 1_000 == 0:
                print(f"{done * BATCH:,} answers, {found} of them harmful", flush=True)
    print(f"{len(seeds) * BATCH:,} answers, {found} of them harmful", flush=True)
    return found


def batch(seed: int) -> list[tuple[str, list[str]]]:
    """Return what does harm among some answers."""
    random = Random(seed)  # noqa: S311 - chance, not secrets
    made: list[str] = []
    while len(made) < BATCH:
        answer = hostile.answer(random)
        if hostile.is_taken(answer):
            made.append(answer)
    if not hostile.harm(made):
        return []
    return [(text, harm) for text in made if (harm := hostile.harm([text]))]


def properties(rounds: int) -> int:
    """Run the property tests with what chance draws; return how many rounds have found something."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/property"]
    chance = {**os.environ, "HYPOTHESIS_PROFILE": "random"}
    found = 0
    for done in range(1, rounds + 1):
        found += subprocess.run(command, cwd=ROOT, env=chance, check=False).returncode != 0
        print(f"{done} rounds of the property tests, {found} of them failed", flush=True)
    return found


def by_coverage(seconds: int) -> int:
    """Search by coverage in a process of its own; return its exit code."""
    if not seconds:
        return 0
    options = [f"-max_total_time={seconds}", "-timeout=10", f"-artifact_prefix={TOOLS}/"]
    command = [sys.executable, __file__, *options, *_corpus()]
    return subprocess.run(command, check=False).returncode


def _corpus() -> Iterator[str]:
    """Write the sources of all case files as a start for the search; yield the folder."""
    CORPUS.mkdir(parents=True, exist_ok=True)
    for case in every():
        source = case.section("source")
        if source and len(source.data) < 10_000:
            (CORPUS / case.name.replace("/", "-")).write_bytes(source.data)
    yield str(CORPUS)


def guided(arguments: list[str]) -> int:
    """Search by coverage until the time is over; atheris ends the process."""
    sys.path.append(str(TOOLS / "packages"))
    import atheris  # noqa: PLC0415 - only here, and only after `make fuzz` has installed it

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
    """Have a package imported anew, so that its lines are counted."""
    for module in [found for found in sys.modules if found.split(".")[0] == name]:
        del sys.modules[module]


if __name__ == "__main__":
    sys.exit(main())
