"""Whom an opt-out holds for: a service, one number, a number's network, or the whole account."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from optoutlang.consent.engine.channel import ChannelSet
from optoutlang.consent.engine.constructor import fast_constructor
from optoutlang.consent.engine.identifier import require_identifier


class ScopeKind(Enum):
    """What a scope is."""

    SERVICE = "service"
    """All senders of a messaging service."""
    SENDER = "sender"
    """One sender outside a service."""
    NETWORK = "network"
    """The block that the toll-free network keeps for one number; no rule of ours lifts it."""
    ACCOUNT = "account"
    """Every service and every sender of the account."""

    __hash__ = object.__hash__  # as Channel's


@dataclass(frozen=True, slots=True, order=False)
class Scope:
    """Whom a word was said to: a kind, and the name of the service or the address of the sender."""

    kind: ScopeKind
    name: str

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError(f"a scope of kind `{self.kind.value}` needs a name")
        require_identifier(self.name, "the name of a scope")

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.name}"

    @classmethod
    def parse(cls, text: str) -> Scope:
        """Return the scope that `str` wrote.

        Raises:
            ValueError: the text is no scope.
        """
        kind, _, name = text.partition(":")
        return cls(ScopeKind(kind), name)


@fast_constructor
@dataclass(frozen=True, slots=True)
class Key:
    """What one row of state is about: a recipient, a scope, and the channels that its words were said for."""

    recipient: str
    scope: Scope
    channels: ChannelSet

    def __str__(self) -> str:
        return f"{self.recipient} {self.scope} {self.channels.value}"
