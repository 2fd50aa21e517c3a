"""The wish of a recipient about a sender on a channel, from all rows that count for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from optoutlang.consent.engine.channel import Channel
from optoutlang.consent.engine.constructor import fast_constructor
from optoutlang.consent.engine.route import Route
from optoutlang.consent.engine.scope import Key, Scope
from optoutlang.consent.engine.state import Consent, ConsentState, Mark, Marks

_NOTHING = Marks()


@fast_constructor
@dataclass(frozen=True, slots=True)
class Standing:
    """A consent, the marks that it comes from, and the block of the toll-free network, if there is one.

    `own` says that the marks are those of the channel asked about, and not of
    another channel of the reach that is opted out.
    """

    consent: Consent
    marks: Marks
    network: Mark | None = None
    own: bool = True

    @property
    def effective(self) -> Consent:
        """The consent, where a block of the network is an opt-out."""
        return self.consent if self.network is None else Consent.OPTED_OUT

    @property
    def cause(self) -> Mark | None:
        """The word that the consent comes from; an opt-out at a provider's network comes first."""
        if self.network is not None:
            return self.network
        if self.consent is Consent.OPTED_OUT:
            return self.marks.cause
        if self.consent is Consent.PENDING:
            return self.marks.prompted
        return self.marks.last_opt_in if self.consent is Consent.SUBSCRIBED else None


_UNKNOWN = Standing(Consent.UNKNOWN, _NOTHING)


def standing(
    states: tuple[ConsentState, ...], route: Route, channel: Channel, at: datetime
) -> Standing:
    """Return what the rows of one recipient come to for a route and a channel.

    An opt-out on any channel of the route's reach counts for all of them;
    where there is none, the channel's own marks say what the consent is.
    """
    if not states:
        return _UNKNOWN
    network = None if route.network is None else _network_block(states, route, at)
    own = _on(states, route, channel)
    consent = own.consent(at)
    if consent is not Consent.OPTED_OUT and _uneven(states, route):
        for other in route.reach.members:
            marks = _on(states, route, other)
            if marks.consent(at) is Consent.OPTED_OUT:
                return Standing(Consent.OPTED_OUT, marks, network, own=False)
    return Standing(consent, own, network)


def standing_about(
    states: tuple[ConsentState, ...],
    route: Route,
    channel: Channel,
    at: datetime,
    topic: str | None,
) -> Standing:
    """Return what the rows of one recipient come to for one topic, or for everything if that is None.

    What was said of the topic counts before what was said of everything, but
    for an opt-out of everything that is as late as the topic's opt-in or
    later, and for the network's block. START lifts no opt-out of a topic: that
    was said of the topic alone, and so is what lifts it.
    """
    everything = standing(states, route, channel, at)
    if not topic or everything.network is not None:
        return everything
    ended = Marks(ended=everything.marks.ended)
    rows = tuple([_of_everything(each, ended) for each in states if each.key.scope.topic == topic])
    if not rows:
        return everything
    own = standing(rows, replace(route, network=None), channel, at)
    return everything if _is_outdone(own, everything) else own


def _of_everything(state: ConsentState, ended: Marks) -> ConsentState:
    """Return a row of a topic as one that is read like any other: with the end of the number, which ends it too."""
    key = Key(state.key.recipient, state.key.scope.everything, state.key.channels)
    return ConsentState(key, state.marks.merge(ended))


def _is_outdone(own: Standing, everything: Standing) -> bool:
    """Whether what was said of everything decides, and not what was said of a topic."""
    if own.consent is Consent.UNKNOWN:
        return True
    if own.consent is Consent.OPTED_OUT:
        return False
    since = own.marks.last_opt_in if own.consent is Consent.SUBSCRIBED else own.marks.prompted
    assert since is not None  # noqa: S101  # that is what the consent comes from
    out = everything.marks.opted_out
    return everything.consent is Consent.OPTED_OUT and out is not None and out.at >= since.at


def _on(states: tuple[ConsentState, ...], route: Route, channel: Channel) -> Marks:
    """Return the marks that count for one channel: all of the own and the wider scope, opt-outs of former ones."""
    found = _NOTHING
    former: dict[Scope, Marks] = {}
    for state in states:
        scope = state.key.scope
        if channel not in state.key.channels.members:
            continue
        if scope in (route.scope, route.wider):
            found = _merged(found, state.marks)
        elif scope in route.former:
            former[scope] = _merged(former.get(scope, _NOTHING), state.marks)
    for scope, marks in former.items():
        found = _merged(found, _inherited(marks, route.former[scope]))
    return found


def _merged(left: Marks, right: Marks) -> Marks:
    if left is _NOTHING or right is _NOTHING:
        return right if left is _NOTHING else left
    return left.merge(right)


def _inherited(marks: Marks, until: datetime | None) -> Marks:
    """Return what a former scope still says to a sender: its opt-out, or nothing.

    An opt-in to it does not come along, and lifts its opt-out only if it was
    said while the sender stood there. An opt-out after that time counts only
    if an earlier one, which it hides, did.
    """
    out, first, opt_in = marks.opted_out, marks.first_opted_out, marks.last_opt_in
    if out is None or first is None or (until is not None and first > until):
        return _NOTHING
    if opt_in is not None and opt_in.at > out.at and (until is None or opt_in.at <= until):
        return _NOTHING
    counts = out if until is None or out.at <= until else replace(out, at=until)
    return Marks(opted_out=counts, began=marks.cause)


def _uneven(states: tuple[ConsentState, ...], route: Route) -> bool:
    """Whether some row is for a part of the reach only, so that its channels can differ."""
    covers = route.reach.supersets
    return any([each.key.channels not in covers for each in states])  # noqa: C419 - a list is faster here


def _network_block(states: tuple[ConsentState, ...], route: Route, at: datetime) -> Mark | None:
    for state in states:
        if state.key.scope == route.network and state.marks.consent(at) is Consent.OPTED_OUT:
            return state.marks.cause
    return None
