"""Keys of the API: kept as hashes, with scopes and a rate.

A key has 256 random bits, so one round of SHA-256 hides it; a slow hash is
for what people make up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe
from time import monotonic

from starlette.requests import Request

from optoutlang.interfaces.gateway.settings.model import ApiKey, Scope
from optoutlang.interfaces.gateway.web.problems import ProblemError

PREFIX = "optout_"
_CHALLENGE = {"www-authenticate": 'Bearer realm="optoutlang"'}


def new_key() -> tuple[str, str]:
    """Return a new key, and its hash as the settings have it."""
    key = PREFIX + token_urlsafe(32)
    return key, f"sha256:{_digest(key)}"


def _digest(key: str) -> str:
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(slots=True)
class Bucket:
    """A token bucket: so many at once, refilled at a rate."""

    rate: float
    burst: int
    tokens: float
    at: float

    def take(self, now: float) -> float:
        """Take a token; return 0, or the seconds until there is one."""
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now
        if self.tokens >= 1:
            self.tokens -= 1
            return 0.0
        return (1 - self.tokens) / self.rate


class Keys:
    """Lets requests in that carry a key with the right scope, and not too many. Rates are a process's own."""

    def __init__(self, keys: Iterable[ApiKey], clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._keys = {each.digest: each for each in keys}
        self._buckets = {
            each.digest: Bucket(each.rate, each.burst, each.burst, clock())
            for each in self._keys.values()
        }

    def of(self, given: str) -> ApiKey | None:
        """Return the key that somebody gives, or None where it is none of ours."""
        # Looked up by its hash: how long that takes says nothing about the key.
        return self._keys.get(_digest(given.strip()))

    def named(self, name: str) -> ApiKey | None:
        """Return the key of a name."""
        return next((each for each in self._keys.values() if each.name == name), None)

    def require(self, request: Request, scope: Scope) -> ApiKey:
        """Return the key of a request.

        Raises:
            ProblemError: it has none of ours, or one that may not do this, or not now.
        """
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        key = self.of(given) if kind.lower() == "bearer" else None
        if key is None:
            raise ProblemError(
                401, "send `Authorization: Bearer` with a key of the settings", headers=_CHALLENGE
            )
        seconds = self._buckets[key.digest].take(self._clock())
        if seconds:
            raise ProblemError(
                429,
                f"the key `{key.name}` may ask {key.rate:g} times a second",
                headers={"retry-after": str(int(seconds) + 1)},
            )
        if scope not in key.scopes:
            raise ProblemError(403, f"the key `{key.name}` has not the scope `{scope.value}`")
        return key
