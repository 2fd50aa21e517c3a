"""Points in time: aware ones only, so that two of them can always be compared, with room on both sides."""

from __future__ import annotations

from datetime import datetime

from optoutlang.consent.engine.kind import require_kind

FIRST_YEAR, LAST_YEAR = 1900, 9000
"""Between these a time can be turned into UTC, and an engine can add how long a prompt waits."""


def require_aware(at: datetime) -> None:
    """Refuse a time without a zone, or in a year that nobody means.

    Raises:
        TypeError: it is no time.
        ValueError: the time has no zone, or is before `FIRST_YEAR` or after `LAST_YEAR`.
    """
    require_kind(at, datetime, "a time")
    if at.tzinfo is None or at.utcoffset() is None:
        raise ValueError(f"a time needs a zone: `{at.isoformat()}` has none")
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ValueError(
            f"a time lies in the years {FIRST_YEAR} to {LAST_YEAR}: `{at.isoformat()}` does not"
        )


def earlier(left: datetime | None, right: datetime | None) -> datetime | None:
    """Return the earlier of two times, of which either may be missing."""
    if left is None or right is None:
        return left or right
    return min(left, right)
