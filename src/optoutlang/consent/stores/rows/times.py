"""Points in time as whole microseconds since 1970 in UTC: they sort, and they lose nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STEP = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    """Return a time as microseconds since 1970."""
    return (at - _EPOCH) // _STEP


def moment(at: int) -> datetime:
    """Return the time of microseconds since 1970, in UTC."""
    return _EPOCH + timedelta(microseconds=at)


def optional_micros(at: datetime | None) -> int | None:
    """Return a time, if there is one, as microseconds."""
    return None if at is None else micros(at)


def optional_moment(at: int | None) -> datetime | None:
    """Return the time of microseconds, if there are any."""
    return None if at is None else moment(at)
