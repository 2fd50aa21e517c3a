"""Requests to the application: the provider's parameters and what the message means, signed.

Messages go as forms with the names that Twilio gives, whatever the provider,
so that an application keeps working when a number moves. OptOutType is there
exactly where Twilio would send it: it is always of everything. What concerns
one topic has OptOutTopic and OptOutTopicType instead.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

from optoutlang.consent.engine.effect import OPT_OUT_TYPES, Effect, Forward
from optoutlang.consent.engine.wire import encode
from optoutlang.interfaces.gateway.settings.model import Application
from optoutlang.providers.hmac_signature import signature

REQUEST_ID = "OptOutRequestId"
"""The parameter in which the id of the request that brought a message travels to its forward."""

OURS = frozenset(
    {
        REQUEST_ID,
        "OptOutKeyword",
        "OptOutLanguage",
        "OptOutRule",
        "OptOutCertain",
        "OptOutSuggested",
        "OptOutConsent",
        "OptOutTopic",
        "OptOutTopicType",
    }
)
"""Names that are ours alone: a request that brings them does not say what we say."""

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A request to the application."""

    url: str
    headers: dict[str, str]
    body: bytes


def form(forward: Forward, *, details: bool) -> Pairs:
    """Return the parameters that the application gets for a message."""
    given = parse_qsl(forward.message.form, keep_blank_values=True, errors="surrogatepass")
    pairs = [(name, value) for name, value in given if name not in OURS]
    if forward.opt_out_type is not None:
        pairs = [each for each in pairs if each[0] != "OptOutType"]
        pairs.append(("OptOutType", forward.opt_out_type))
    return pairs + _details(forward) if details else pairs


def _details(forward: Forward) -> Pairs:
    pairs: Pairs = []
    decision = forward.decision
    topic = forward.topic or (None if decision is None else decision.topic)
    acted = forward.opt_out_type is not None or forward.topic is not None
    if decision is not None and (acted or decision.suggested is not None):
        pairs = [
            ("OptOutKeyword", decision.keyword),
            ("OptOutLanguage", decision.language),
            ("OptOutRule", decision.rule),
            ("OptOutCertain", "true" if decision.certain else "false"),
        ]
        if decision.suggested is not None:
            pairs.append(("OptOutSuggested", OPT_OUT_TYPES[decision.suggested]))
    if topic is not None:
        pairs.append(("OptOutTopic", topic))
        if forward.action is not None:
            pairs.append(("OptOutTopicType", OPT_OUT_TYPES[forward.action]))
    if forward.consent is not None:
        pairs.append(("OptOutConsent", forward.consent.value))
    return pairs


def request_id(forward: Forward) -> str | None:
    """Return the id of the request that brought a message, or None."""
    _, found, value = forward.message.form.rpartition(f"{REQUEST_ID}=")
    return value.partition("&")[0] if found else None


def message_request(
    application: Application, number: int, event: str, forward: Forward, now: float
) -> Signed:
    """Return the request that hands a message on; `now` is Unix seconds."""
    body = urlencode(form(forward, details=application.details), errors="surrogatepass").encode()
    headers = _headers(application, number, event, "application/x-www-form-urlencoded", body, now)
    name = request_id(forward)
    if name is not None:
        headers["x-request-id"] = _harmless(name)
    return Signed(url=application.url, headers=headers, body=body)


def event_request(
    application: Application, number: int, event: str, effect: Effect, now: float
) -> Signed | None:
    """Return the request that tells of what is no message, or None where nobody wants to know."""
    if application.events_url is None:
        return None
    body = json.dumps(encode(effect)).encode()
    headers = _headers(application, number, event, "application/json", body, now)
    return Signed(url=application.events_url, headers=headers, body=body)


def _headers(
    application: Application, number: int, event: str, media_type: str, body: bytes, now: float
) -> dict[str, str]:
    timestamp = str(int(now))
    return {
        "content-type": media_type,
        "user-agent": "optoutlang",
        "idempotency-key": str(number),
        "x-optout-event": _harmless(event),
        "x-optout-timestamp": timestamp,
        "x-optout-signature": signature(application.secret, timestamp, body),
    }


def _harmless(text: str) -> str:
    """Return a text that cannot end a header's line: a provider's message id may hold anything."""
    return quote(text, safe=":-_.", errors="replace")
