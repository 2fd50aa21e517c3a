"""One effect of the outbox on its way: in which line it waits, and how an attempt went."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from optoutlang.consent.engine.effect import Effect, Forward, SendReply


class Lane(IntEnum):
    """Where an effect goes. Within a lane the effects of one recipient go one after the other."""

    MESSAGES = 0
    EVENTS = 1
    REPLIES = 2


def lane_of(effect: Effect) -> Lane:
    """Return the lane of an effect."""
    if isinstance(effect, Forward):
        return Lane.MESSAGES
    return Lane.REPLIES if isinstance(effect, SendReply) else Lane.EVENTS


@dataclass(frozen=True, slots=True)
class Delivery:
    """An effect that this process may deliver now.

    `attempts` counts this one too. `is_unclear` says that a process ended in
    the middle of an earlier attempt, so that nobody knows how it went.
    """

    number: int
    event: str
    effect: Effect
    attempts: int
    is_unclear: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """The effect was delivered, or there is nothing to deliver."""

    number: int


@dataclass(frozen=True, slots=True)
class Again:
    """The attempt failed; the next one is due at a time (microseconds since 1970)."""

    number: int
    due: int
    error: str


@dataclass(frozen=True, slots=True)
class Dead:
    """The attempt failed, and there is none after it until somebody says so."""

    number: int
    error: str


Result = Done | Again | Dead
