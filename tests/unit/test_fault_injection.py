"""Whatever goes wrong while writing, no page is torn or lost, and the next run recovers."""

from __future__ import annotations

import signal

import generate_reference
import pytest
import split
from support import fault_injection
from support.fault_injection import FAULTS, KILLED, Fault, Survived


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault_at_every_system_call(fault: Fault) -> None:
    """A fault at any system call of a run leaves every file complete, either old or new."""
    survived = fault_injection.at_every_call(fault)
    killed = fault is KILLED

    assert survived.times > 50
    assert survived.codes == {-signal.SIGKILL if killed else split.CANNOT_WRITE}
    check(survived)


def test_two_runs_at_once() -> None:
    """Two processes that write the same files at the same time give the same result as one."""
    survived = fault_injection.two_at_once()

    assert survived.codes == {split.OK}
    assert survived.left == 0
    check(survived)


def test_two_runs_at_once_with_one_killed() -> None:
    """The other run succeeds and loses nothing."""
    survived = fault_injection.one_of_two_killed()

    assert survived.codes == {split.OK}
    check(survived)


def check(survived: Survived) -> None:
    """Assert that nothing is torn or lost, and that the next run restores everything."""
    assert survived.torn == 0
    assert survived.lost == 0
    assert survived.healed == survived.times


def test_a_torn_file_is_detected() -> None:
    """The check above can fail: half a page counts as torn, and a deleted page as lost."""
    with fault_injection.versions() as (old, before, after):
        page = old / "docs/q/dropout.md"
        page.write_bytes(page.read_bytes()[:100])
        (old / "docs/q/pooling.md").unlink()
        survived = Survived("planted")
        survived.judge(old, before, after)

    assert survived.torn == 1
    assert survived.lost == len(before["docs/q/dropout.md"]) + len(before["docs/q/pooling.md"])
    assert survived.healed == 0


def test_page_on_reliability_is_current() -> None:
    """docs/reliability.md is the output of `make reference`.

    The test is here because the page counts the faults that the tests above cause.
    """
    assert (
        generate_reference.RELIABILITY.read_text(encoding="utf-8")
        == generate_reference.reliability()
    )
