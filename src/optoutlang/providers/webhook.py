"""The seam of providers: the request that a provider made, what it says, and the answer.

`docs/gateway.md` names the providers, CONTRIBUTING.md says how to add one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from optoutlang.consent.engine.effect import SendReply
from optoutlang.consent.engine.event import DeliveryReport, InboundMessage


class ForgedError(Exception):
    """A request does not carry the provider's signature; says for the log what is wrong with it."""


class MalformedError(Exception):
    """A request is the provider's, and cannot be read; says what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRequest:
    """A request as the provider made it.

    `url` is the public URL that it called, with the query as it came (still
    encoded); `headers` have names in lower case; `at` is when it came in.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    at: datetime

    @property
    def query(self) -> str:
        """The query of the URL, still encoded; empty without one."""
        return self.url.partition("?")[2]


Event = InboundMessage | DeliveryReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What a request says: an event, or None where there is nothing to record.

    `is_answered` says that the provider has answered the person already.
    """

    event: Event | None
    is_answered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The body of an answer to a webhook; its status is 200."""

    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A request to the provider that sends a reply; every status below 300 is a success."""

    url: str
    headers: Mapping[str, str] = field(repr=False)  # they carry credentials
    body: bytes


class Provider(Protocol):
    """One account at one provider."""

    @property
    def name(self) -> str:
        """What the settings call it; its webhooks are below `/webhooks/<name>`."""

    @property
    def answers_inline(self) -> bool:
        """Whether a reply travels in the answer to the webhook, instead of a request of its own."""

    def verify(self, request: WebhookRequest) -> None:
        """Check that the provider made the request.

        Raises:
            ForgedError: it did not, or nobody can say.
        """

    def message(self, request: WebhookRequest) -> Received:
        """Return the inbound message that a verified request says.

        Raises:
            MalformedError: it says none.
        """

    def report(self, request: WebhookRequest) -> Received:
        """Return the delivery report that a verified request says.

        Raises:
            MalformedError: it says none.
        """

    def answer(self, reply: SendReply | None) -> Answer:
        """Return the answer to a webhook, with the reply where replies travel in answers."""

    def outgoing(self, reply: SendReply) -> Outgoing | None:
        """Return the request that sends a reply, or None where there is no way but the answer."""
