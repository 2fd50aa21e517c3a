"""The legal moves, as tables; docs/consent.md draws them, and a test holds the two equal.

Theory of operation. A message or a word from elsewhere is first named as a
trigger; the table then says, for what the recipient wants at that moment,
which mark is written, which reply is due, and whether the message did
something (or is an ordinary one for the application). Nothing in the engine
asks for a consent and decides by an `if`: who wants another rule changes a
row here.

A move says where consent goes when the word is the latest one. A word that
comes late writes its mark all the same; the state then says what it comes to
(`state.Marks.consent`), and where that is not what the move says, the word
lost: it is recorded as late, and nothing is answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from optoutlang.consent.engine.effect import ReplyKind
from optoutlang.consent.engine.state import Consent, MarkKind


class Trigger(Enum):
    """What an event asks for."""

    STOP = "STOP"
    """A message that opts out."""
    START = "START, no earlier opt-out"
    """A message that opts in, from somebody who never opted out before."""
    RETURN = "START after an opt-out"
    """A message that opts in, from somebody who opted out before."""
    CONFIRM = "YES"
    """A word that confirms, where double opt-in is set."""
    HELP = "HELP"
    REPORTED_OPT_OUT = "opt-out from elsewhere"
    PROVIDER_OPT_OUT = "21610 from the provider"
    REPORTED_OPT_IN = "opt-in from elsewhere"
    SIGN_UP = "sign-up after a STOP by message"
    """An opt-in from elsewhere where a message alone lifts an opt-out by message."""
    NUMBER_ENDED = "number deactivated or reassigned"

    __hash__ = object.__hash__  # as Channel's


@dataclass(frozen=True, slots=True)
class Move:
    """What a trigger does: the consent that follows, the mark it writes, the reply, and whether it acted."""

    to: Consent
    mark: MarkKind | None
    reply: ReplyKind | None = None
    acts: bool = True


Table = dict[tuple[Trigger, Consent], Move]

_UNKNOWN, _PENDING, _SUBSCRIBED, _OPTED_OUT = (
    Consent.UNKNOWN,
    Consent.PENDING,
    Consent.SUBSCRIBED,
    Consent.OPTED_OUT,
)


def _everywhere(trigger: Trigger, to: Consent, mark: MarkKind, reply: ReplyKind | None) -> Table:
    return {(trigger, each): Move(to, mark, reply) for each in Consent}


_STOP = _everywhere(Trigger.STOP, _OPTED_OUT, MarkKind.OPT_OUT, ReplyKind.OPT_OUT)

_HELP: Table = {
    (Trigger.HELP, _UNKNOWN): Move(_UNKNOWN, None, ReplyKind.HELP),
    (Trigger.HELP, _PENDING): Move(_PENDING, None, ReplyKind.HELP),
    (Trigger.HELP, _SUBSCRIBED): Move(_SUBSCRIBED, None, ReplyKind.HELP),
    # Silent at Twilio: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out; a setting answers.
    (Trigger.HELP, _OPTED_OUT): Move(_OPTED_OUT, None),
}

_SINGLE: Table = {
    # START with no earlier opt-out does nothing: YES is an ordinary answer then. The mark stays for an opt-out that
    # comes late.
    (Trigger.START, _UNKNOWN): Move(_UNKNOWN, MarkKind.START, acts=False),
    (Trigger.START, _PENDING): Move(_SUBSCRIBED, MarkKind.OPT_IN, ReplyKind.OPT_IN),
    (Trigger.START, _SUBSCRIBED): Move(_SUBSCRIBED, MarkKind.START, acts=False),
    (Trigger.START, _OPTED_OUT): Move(_SUBSCRIBED, MarkKind.START, ReplyKind.OPT_IN),
    (Trigger.RETURN, _UNKNOWN): Move(_SUBSCRIBED, MarkKind.START, ReplyKind.OPT_IN),
    (Trigger.RETURN, _PENDING): Move(_SUBSCRIBED, MarkKind.OPT_IN, ReplyKind.OPT_IN),
    (Trigger.RETURN, _SUBSCRIBED): Move(_SUBSCRIBED, MarkKind.START, acts=False),
    (Trigger.RETURN, _OPTED_OUT): Move(_SUBSCRIBED, MarkKind.START, ReplyKind.OPT_IN),
}

_PROMPT = Move(_PENDING, MarkKind.PROMPT, ReplyKind.PROMPT)
_DOUBLE: Table = {
    **{
        (trigger, each): _PROMPT
        for trigger in (Trigger.START, Trigger.RETURN)
        for each in (_UNKNOWN, _PENDING, _OPTED_OUT)
    },
    (Trigger.START, _SUBSCRIBED): Move(_SUBSCRIBED, None, acts=False),
    (Trigger.RETURN, _SUBSCRIBED): Move(_SUBSCRIBED, None, acts=False),
    # YES is an ordinary answer when nobody waits for it.
    (Trigger.CONFIRM, _UNKNOWN): Move(_UNKNOWN, None, acts=False),
    (Trigger.CONFIRM, _PENDING): Move(_SUBSCRIBED, MarkKind.OPT_IN, ReplyKind.OPT_IN),
    (Trigger.CONFIRM, _SUBSCRIBED): Move(_SUBSCRIBED, None, acts=False),
    (Trigger.CONFIRM, _OPTED_OUT): Move(_OPTED_OUT, None, acts=False),
}

SINGLE_OPT_IN: Table = {**_STOP, **_SINGLE, **_HELP}
"""What messages do: the default."""

DOUBLE_OPT_IN: Table = {**_STOP, **_DOUBLE, **_HELP}
"""What messages do where an opt-in has to be confirmed."""

_COMES_BACK = Move(_SUBSCRIBED, MarkKind.OPT_IN, ReplyKind.OPT_IN)
_STARTS = (Trigger.START, Trigger.RETURN)

# A topic's opt-in is none of the words that answer other questions, so that it acts without an earlier opt-out.
TOPIC_SINGLE: Table = {
    **_STOP,
    **{(trigger, each): _COMES_BACK for trigger in _STARTS for each in Consent},
    **_HELP,
}
"""What messages about one topic do."""

TOPIC_DOUBLE: Table = {
    **DOUBLE_OPT_IN,
    (Trigger.CONFIRM, _PENDING): _COMES_BACK,
}
"""What they do where an opt-in has to be confirmed."""

ELSEWHERE: Table = {
    **_everywhere(Trigger.REPORTED_OPT_OUT, _OPTED_OUT, MarkKind.OPT_OUT, None),
    **_everywhere(Trigger.PROVIDER_OPT_OUT, _OPTED_OUT, MarkKind.OPT_OUT, None),
    **_everywhere(Trigger.REPORTED_OPT_IN, _SUBSCRIBED, MarkKind.OPT_IN, None),
    **_everywhere(Trigger.SIGN_UP, _PENDING, MarkKind.PROMPT, None),
    (Trigger.NUMBER_ENDED, _UNKNOWN): Move(_UNKNOWN, MarkKind.END),
    (Trigger.NUMBER_ENDED, _PENDING): Move(_UNKNOWN, MarkKind.END),
    (Trigger.NUMBER_ENDED, _SUBSCRIBED): Move(_UNKNOWN, MarkKind.END),
    (Trigger.NUMBER_ENDED, _OPTED_OUT): Move(_OPTED_OUT, MarkKind.END),
}
"""What words from elsewhere do; nobody answers them."""
