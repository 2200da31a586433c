"""Hold still what would make two pictures of one page differ: the clock, and chance."""

import os
import random
import time
from datetime import UTC, datetime

from django.utils import timezone

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
SEED = 1


def hold() -> None:
    """For the whole process, which has not loaded any model yet."""
    chance = random.Random(SEED)  # noqa: S311 - so that links and codes are always the same
    for module, name, instead in (
        (timezone, "now", lambda: NOW),
        (time, "time", NOW.timestamp),
        (os, "urandom", chance.randbytes),
        (random, "_urandom", chance.randbytes),  # what `secrets` draws from
    ):
        setattr(module, name, instead)
    random.seed(SEED)
