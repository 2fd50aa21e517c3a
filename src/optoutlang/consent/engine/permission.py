"""The answer to `may_send`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from optoutlang.consent.engine.channel import Channel
from optoutlang.consent.engine.state import Consent, Mark


class Reason(Enum):
    """Why nothing may be sent."""

    OPTED_OUT = "opted out"
    NETWORK = "blocked by the toll-free network: only START or UNSTOP to this number lifts it"
    PENDING = "the opt-in is not confirmed"
    NO_OPT_IN = "nobody opted in, and the service requires it"
    IN_REVIEW = "an opt-out waits for review"


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether a message may be sent, and if not: why, and which word caused it.

    `code` is the error that Twilio gives for it: 21610, for WhatsApp 63014
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
        """Return a refusal with the error code of its channel."""
        return cls(False, consent, reason, 63014 if channel is Channel.WHATSAPP else 21610, cause)  # noqa: FBT003
