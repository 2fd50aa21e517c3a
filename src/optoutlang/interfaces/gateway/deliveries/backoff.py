"""Waits between attempts: doubling, with jitter, so that what failed together does not come back together."""

from __future__ import annotations

from random import Random


def wait(attempts: int, *, first: float, longest: float, random: Random) -> float:
    """Return the seconds until the next attempt, after so many: half of the doubled wait, and up to half more.

    Exponential backoff with "equal jitter"
    (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
    """
    whole = min(longest, first * float(2 ** min(attempts - 1, 62)))
    return whole / 2 + random.uniform(0, whole / 2)
