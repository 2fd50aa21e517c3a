"""What a recipient wants of a sender on a channel, from all rows that count for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from optoutlang.consent.engine.channel import Channel
from optoutlang.consent.engine.route import Route
from optoutlang.consent.engine.state import Consent, ConsentState, Mark, Marks

_NOTHING = Marks()


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
    rows = _counting(states, route)
    own = _on(rows, channel)
    consent = own.consent(at)
    if consent is not Consent.OPTED_OUT and _uneven(rows, route):
        for other in route.reach.members:
            marks = _on(rows, other)
            if marks.consent(at) is Consent.OPTED_OUT:
                return Standing(Consent.OPTED_OUT, marks, network, own=False)
    return Standing(consent, own, network)


Rows = list[tuple[tuple[Channel, ...], Marks]]


def _counting(states: tuple[ConsentState, ...], route: Route) -> Rows:
    """Return the channels and marks of every row that counts for a route."""
    rows: Rows = []
    for state in states:
        scope = state.key.scope
        if scope in (route.scope, route.wider):
            rows.append((state.key.channels.members, state.marks))
        elif scope in route.former:
            marks = _inherited(state.marks, route.former[scope])
            if marks is not None:
                rows.append((state.key.channels.members, marks))
    return rows


def _inherited(marks: Marks, until: datetime | None) -> Marks | None:
    """Return what a former scope still says to a sender: its opt-out, or None.

    An opt-in to it does not come along, and lifts its opt-out only if it was
    said while the sender stood there. An opt-out after that time counts only
    if an earlier one, which it hides, did.
    """
    out, first, opt_in = marks.opted_out, marks.first_opted_out, marks.last_opt_in
    if out is None or first is None or (until is not None and first > until):
        return None
    if opt_in is not None and opt_in.at > out.at and (until is None or opt_in.at <= until):
        return None
    counts = out if until is None or out.at <= until else replace(out, at=until)
    return Marks(opted_out=counts, began=marks.cause)


def _on(rows: Rows, channel: Channel) -> Marks:
    """Return the marks of one channel."""
    found: Marks | None = None
    for channels, marks in rows:
        if channel in channels:
            found = marks if found is None else found.merge(marks)
    return _NOTHING if found is None else found


def _uneven(rows: Rows, route: Route) -> bool:
    """Whether some row counts for a part of the reach only, so that its channels can differ."""
    reach = route.reach.members
    return any(not set(reach) <= set(channels) for channels, _ in rows)


def _network_block(states: tuple[ConsentState, ...], route: Route, at: datetime) -> Mark | None:
    for state in states:
        if state.key.scope == route.network and state.marks.consent(at) is Consent.OPTED_OUT:
            return state.marks.cause
    return None
