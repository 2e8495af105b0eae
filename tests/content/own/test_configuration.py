"""The project's own configuration."""

from __future__ import annotations

from qna import pipeline
from support.harness import ROOT


def test_nothing_in_it_is_reported() -> None:
    """All settings have the effect that they seem to have."""
    run = pipeline.Run()
    pipeline._check_settings(run, ROOT / pipeline.SOURCE, ROOT / "docs")

    assert not run.report.items
