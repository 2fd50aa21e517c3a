"""A signature over time and body, for what has none of its own: the plain webhook, and what the gateway hands on.

HMAC-SHA256 under a shared secret over `<time>.<body>`, in hexadecimal; the
time is Unix seconds. The time bounds how long a request that somebody
recorded can be sent again.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

TIME_HEADER = "x-optout-timestamp"
SIGNATURE_HEADER = "x-optout-signature"
TOLERANCE = timedelta(minutes=5)


def signature(secret: bytes, timestamp: str, body: bytes) -> str:
    """Return the signature of a body at a time."""
    return hmac.digest(secret, timestamp.encode() + b"." + body, "sha256").hex()


def is_signed(secret: bytes, given: str, timestamp: str, body: bytes) -> bool:
    """Whether a signature is that of a time and a body."""
    wanted = signature(secret, timestamp, body)
    return hmac.compare_digest(wanted.encode(), given.encode("utf-8", "replace"))


def is_recent(timestamp: str, at: datetime) -> bool:
    """Whether a time in Unix seconds is no further from another than `TOLERANCE`."""
    if not (timestamp.isascii() and timestamp.isdigit()) or len(timestamp) > 12:
        return False
    return abs(at.timestamp() - int(timestamp)) <= TOLERANCE.total_seconds()
