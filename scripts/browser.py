"""Locate the browser and the options to start it with."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

LAUNCHER = Path(__file__).resolve().parents[1] / ".venv" / "bin" / "chromium"
QUIET = (
    "--no-sandbox",  # containers run as root
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def launch_options() -> dict[str, Any]:
    """Return Playwright's launch options for the Chromium that `make test` found or installed."""
    if not LAUNCHER.exists():
        message = f"{LAUNCHER} is missing; run 'python3 scripts/bootstrap.py --browser'"
        raise FileNotFoundError(message)
    # Playwright's own Node needs a library that minimal systems lack.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(LAUNCHER.with_name("node")))
    return {"executable_path": str(LAUNCHER), "args": list(QUIET)}
