"""Points in time: aware ones only, so that two of them can always be compared."""

from __future__ import annotations

from datetime import datetime


def require_aware(at: datetime) -> None:
    """Refuse a time without a zone.

    Raises:
        ValueError: the time has no zone.
    """
    if at.tzinfo is None or at.utcoffset() is None:
        raise ValueError(f"a time needs a zone: `{at.isoformat()}` has none")


def earlier(left: datetime | None, right: datetime | None) -> datetime | None:
    """Return the earlier of two times, of which either may be missing."""
    if left is None or right is None:
        return left or right
    return min(left, right)
