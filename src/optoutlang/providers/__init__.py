"""Messaging providers: what each one's webhooks say, and how it is answered.

A provider is one folder, and nothing else knows its names. It turns a request
into an event of the consent engine, and a reply into an answer or a request of
its own; it does no I/O.
"""

from __future__ import annotations

from optoutlang.providers.registry import KINDS, make_provider
from optoutlang.providers.webhook import (
    Answer,
    ForgedError,
    MalformedError,
    Outgoing,
    Provider,
    Received,
    WebhookRequest,
)

__all__ = [
    "KINDS",
    "Answer",
    "ForgedError",
    "MalformedError",
    "Outgoing",
    "Provider",
    "Received",
    "WebhookRequest",
    "make_provider",
]
