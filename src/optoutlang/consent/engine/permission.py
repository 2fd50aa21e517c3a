"""The answer to `may_send`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from optoutlang.consent.engine.channel import Channel
from optoutlang.consent.engine.constructor import fast_constructor
from optoutlang.consent.engine.state import Consent, Mark


class Reason(Enum):
    """Why nothing may be sent."""

    OPTED_OUT = "opted out"
    TOPIC = "opted out of the topic"
    NETWORK = "blocked by the toll-free network: only START or UNSTOP to this number lifts it"
    PENDING = "the opt-in is not confirmed"
    NO_OPT_IN = "nobody opted in, and the service requires it"
    IN_REVIEW = "an opt-out waits for review"


@fast_constructor
@dataclass(frozen=True, slots=True)
class Permission:
    """Whether a message may be sent, and if not: why, and which word caused it.

    `code` is the error that Twilio gives for an opt-out: 21610, for WhatsApp 63014
    (https://www.twilio.com/docs/api/errors/21610, …/63014). `cause` names the
    event, when it was, and its text.
    """

    allowed: bool
    consent: Consent
    reason: Reason | None = None
    code: int | None = None
    cause: Mark | None = None

    @classmethod
    def blocked(
        cls, consent: Consent, reason: Reason, channel: Channel, cause: Mark | None
    ) -> Permission:
        """Return a refusal, with its channel's error code if the recipient opted out."""
        opted_out = reason is Reason.OPTED_OUT or reason is Reason.NETWORK
        code = 63014 if channel is Channel.WHATSAPP else 21610
        return cls(
            allowed=False,
            consent=consent,
            reason=reason,
            code=code if opted_out else None,
            cause=cause,
        )
