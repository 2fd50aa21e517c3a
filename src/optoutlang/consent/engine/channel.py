"""The channels that a message can take, and the sets of channels that a word is said for."""

from __future__ import annotations

from enum import Enum


class Channel(Enum):
    """How one message travels."""

    SMS = "sms"
    MMS = "mms"
    RCS = "rcs"
    WHATSAPP = "whatsapp"

    __hash__ = (
        object.__hash__
    )  # a member is one object; Enum's own hash is Python code, and on the hot path


class ChannelSet(Enum):
    """The channels for which one word counts, as a closed set of sets.

    SMS, MMS and RCS together are Twilio's default since March 2026
    (https://www.twilio.com/en-us/changelog/twilio-now-supports-unified-opt-outs-across-rcs--sms--and-mms-ch);
    WhatsApp never was part of them.
    """

    TEXTING = "sms+mms+rcs"
    SMS = "sms"
    MMS = "mms"
    RCS = "rcs"
    WHATSAPP = "whatsapp"
    ALL = "all"

    __hash__ = object.__hash__  # as Channel's

    @property
    def members(self) -> tuple[Channel, ...]:
        """The channels of the set, in the order of `Channel`."""
        return _MEMBERS[self]

    @property
    def supersets(self) -> frozenset[ChannelSet]:
        """The sets that hold every channel of this one."""
        return _SUPERSETS[self]


class Sharing(Enum):
    """How far a word reaches among the channels: a setting of a service."""

    TOGETHER = "together"
    """SMS, MMS and RCS share opt-outs; WhatsApp stands apart."""
    APART = "apart"
    """Each channel has its own opt-outs."""
    ALL = "all"
    """One opt-out counts on every channel."""

    def reach(self, channel: Channel) -> ChannelSet:
        """Return the channels for which a word counts that came by one channel."""
        if self is Sharing.ALL:
            return ChannelSet.ALL
        if self is Sharing.TOGETHER and channel is not Channel.WHATSAPP:
            return ChannelSet.TEXTING
        return ChannelSet(channel.value)


_TEXTING = (Channel.SMS, Channel.MMS, Channel.RCS)
_MEMBERS: dict[ChannelSet, tuple[Channel, ...]] = {
    ChannelSet.TEXTING: _TEXTING,
    ChannelSet.ALL: tuple(Channel),
    **{ChannelSet(each.value): (each,) for each in Channel},
}
_SUPERSETS: dict[ChannelSet, frozenset[ChannelSet]] = {
    each: frozenset(other for other in ChannelSet if set(each.members) <= set(other.members))
    for each in ChannelSet
}
