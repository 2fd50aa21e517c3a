"""Whom an opt-out holds for: a service, one number, a number's network, or the whole account; or one topic there."""

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


_TOPIC = "topic:"
_AT = "@"


@dataclass(frozen=True, slots=True, order=False)
class Scope:
    """Whom a word was said to: a kind, and the name of the service or the address of the sender.

    `topic` is the one topic that the word concerns there, empty for everything.
    """

    kind: ScopeKind
    name: str
    topic: str = ""

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError(f"a scope of kind `{self.kind.value}` needs a name")
        require_identifier(self.name, "the name of a scope")
        require_topic(self.topic)

    def __str__(self) -> str:
        everything = f"{self.kind.value}:{self.name}"
        return f"{_TOPIC}{self.topic}{_AT}{everything}" if self.topic else everything

    @property
    def everything(self) -> Scope:
        """The same scope for all topics."""
        return Scope(self.kind, self.name) if self.topic else self

    def about(self, topic: str | None) -> Scope:
        """Return the same scope for one topic, or for everything."""
        return self if self.topic == (topic or "") else Scope(self.kind, self.name, topic or "")

    @classmethod
    def parse(cls, text: str) -> Scope:
        """Return the scope that `str` wrote.

        Raises:
            ValueError: the text is no scope.
        """
        topic, rest = "", text
        if text.startswith(_TOPIC):
            topic, _, rest = text.removeprefix(_TOPIC).partition(_AT)
            if not topic:
                raise ValueError(f"a topic without a name: `{text}`")
        kind, _, name = rest.partition(":")
        return cls(ScopeKind(kind), name, topic)


def require_topic(topic: str) -> None:
    """Refuse a text that can be no topic's name: that stands before `@` in the text of a scope."""
    require_identifier(topic, "the name of a topic")
    if _AT in topic:
        raise ValueError(f"a topic's name has no `{_AT}`: `{topic}`")


@fast_constructor
@dataclass(frozen=True, slots=True)
class Key:
    """What one row of state is about: a recipient, a scope, and the channels that its words were said for."""

    recipient: str
    scope: Scope
    channels: ChannelSet

    def __str__(self) -> str:
        return f"{self.recipient} {self.scope} {self.channels.value}"
