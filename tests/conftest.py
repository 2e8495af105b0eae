"""Settings for all tests; its being here lets them import `harness`."""

import os

from hypothesis import HealthCheck, settings

# What passed once passes again: a change is judged by itself, not by the luck of the draw.
# HYPOTHESIS_PROFILE=random hunts for what has not been found yet.
_SLOW = [HealthCheck.too_slow]
settings.register_profile(
    "repeatable", derandomize=True, deadline=None, suppress_health_check=_SLOW
)
settings.register_profile("random", deadline=None, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
