"""Senders: the numbers and names from which an account writes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from optoutlang.consent.engine.channel import Channel
from optoutlang.consent.engine.identifier import require_identifier

_PHONE = frozenset({Channel.SMS, Channel.MMS})


class SenderKind(Enum):
    """What a sender is; Twilio's default handling depends on it."""

    LONG_CODE = "long code"
    SHORT_CODE = "short code"
    TOLL_FREE = "toll-free"
    ALPHANUMERIC = "alphanumeric"
    WHATSAPP = "whatsapp"
    RCS = "rcs"

    @property
    def channels(self) -> frozenset[Channel]:
        """The channels by which a sender of this kind can write."""
        return _CHANNELS[self]

    @property
    def handled_alone(self) -> bool:
        """Whether keywords are handled for a sender of this kind that stands in no service.

        Long codes, toll-free numbers and RCS senders by default, short codes and WhatsApp only if asked for
        (https://support.twilio.com/hc/en-us/articles/223181748-Customizing-HELP-STOP-messages-for-SMS-filtering,
        https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out); an alphanumeric sender receives nothing.
        """
        return self in _HANDLED_ALONE


_CHANNELS: dict[SenderKind, frozenset[Channel]] = {
    SenderKind.LONG_CODE: _PHONE,
    SenderKind.SHORT_CODE: _PHONE,
    SenderKind.TOLL_FREE: _PHONE,
    SenderKind.ALPHANUMERIC: frozenset({Channel.SMS}),
    SenderKind.WHATSAPP: frozenset({Channel.WHATSAPP}),
    SenderKind.RCS: frozenset({Channel.RCS, Channel.SMS, Channel.MMS}),  # falls back to a text
}
_HANDLED_ALONE = frozenset({SenderKind.LONG_CODE, SenderKind.TOLL_FREE, SenderKind.RCS})
_TOLL_FREE_NETWORK = frozenset({"US", "CA"})


@dataclass(frozen=True, slots=True)
class Sender:
    """A sender of the account.

    `address` is what the provider calls it: an E.164 number, a short code, a
    name. `country` is the ISO 3166-1 alpha-2 code of a number's country; a
    toll-free number without one is taken for one of the US or Canada.
    `handled` says whether keywords are handled while it stands in no service;
    None: as `SenderKind.handled_alone` says.
    """

    address: str
    kind: SenderKind
    country: str | None = None
    handled: bool | None = None

    def __post_init__(self) -> None:
        if not self.address:
            raise ValueError("a sender needs an address")
        require_identifier(self.address, "the address of a sender")
        if self.handled and self.kind is SenderKind.ALPHANUMERIC:
            raise ValueError(f"nobody can answer the alphanumeric sender `{self.address}`")

    @property
    def keywords_handled(self) -> bool:
        """Whether keywords are handled while the sender stands in no service."""
        return self.kind.handled_alone if self.handled is None else self.handled

    @property
    def network_owned(self) -> bool:
        """Whether the toll-free network answers STOP, START and UNSTOP itself (US and Canada).

        https://support.twilio.com/hc/en-us/articles/360058144374-Opt-out-keyword-handling-SMS-STOP-Filtering-for-Toll-Free-SMS
        """
        return self.kind is SenderKind.TOLL_FREE and (
            self.country is None or self.country.upper() in _TOLL_FREE_NETWORK
        )
