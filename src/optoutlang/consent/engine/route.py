"""Routes: for a sender and a channel, the rules, the settings and the scopes that count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol, runtime_checkable

from optoutlang.consent.engine.account import Account, Service, UnknownSenderError
from optoutlang.consent.engine.channel import Channel, ChannelSet
from optoutlang.consent.engine.kind import require_kind
from optoutlang.consent.engine.moves import (
    DOUBLE_OPT_IN,
    SINGLE_OPT_IN,
    TOPIC_DOUBLE,
    TOPIC_SINGLE,
    Table,
)
from optoutlang.consent.engine.scope import Scope, ScopeKind
from optoutlang.consent.engine.sender import Sender
from optoutlang.consent.engine.settings import Settings
from optoutlang.runtime.terms.decision import Decision


class Rules(Protocol):
    """What an engine asks of compiled rules: `optoutlang.Matcher` has it."""

    def match(
        self,
        text: str,
        *,
        country: str | None = None,
        language: str | None = None,
        payload: str | bytes | None = None,
    ) -> Decision | None:
        """Return what a message, perhaps with a button's payload, means, or None if it means nothing."""


class UnknownTopicError(ValueError):
    """A topic is named that the sender's rules do not have: nobody can have opted out of it, however it is spelt."""


@runtime_checkable
class Topical(Protocol):
    """Rules that say which topics they have: `optoutlang.Matcher` does."""

    @property
    def topics(self) -> frozenset[str]:
        """The topics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where a word goes, and what holds for a send.

    `scope` is where a word is written, for the channels of `reach`; `wider`
    is the account's scope, whose words count as well; `former` are other
    scopes whose opt-outs count, with the time until which they do (None: for
    ever); `moved` are the scopes where the sender stood before, with the times
    of its moves, oldest first; `network` is the toll-free network's block. `rules` is None where
    keywords are not handled. `custom` says that the service has rules of its
    own. `topics` are those of the rules, None where they do not say.
    """

    scope: Scope
    reach: ChannelSet
    settings: Settings
    wider: Scope | None
    sender: Sender | None = None
    rules: Rules | None = None
    custom: bool = False
    former: Mapping[Scope, datetime | None] = field(default_factory=dict)
    network: Scope | None = None
    moved: tuple[tuple[datetime, Scope], ...] = ()
    topics: frozenset[str] | None = None

    @property
    def moves(self) -> Table:
        """The legal moves of messages."""
        return SINGLE_OPT_IN if self.settings.double_opt_in is None else DOUBLE_OPT_IN

    @property
    def moves_of_topics(self) -> Table:
        """The legal moves of messages about one topic."""
        return TOPIC_SINGLE if self.settings.double_opt_in is None else TOPIC_DOUBLE

    def require(self, topic: str | None) -> None:
        """Refuse a topic that the rules do not have.

        Raises:
            UnknownTopicError: the rules say which topics they have, and it is none of them.
        """
        if topic is not None and self.topics is not None and topic not in self.topics:
            listed = ", ".join(f"`{each}`" for each in sorted(self.topics)) or "none"
            raise UnknownTopicError(f"the rules have no topic `{topic}`; they have {listed}")

    def at(self, when: datetime) -> Route:
        """Return the route as it was at a time: a message of before a sender moved belongs to where it stood."""
        if not self.moved or when >= self.moved[-1][0]:
            return self
        then = next(scope for until, scope in self.moved if when < until)
        return replace(self, scope=then, former={**self.former, self.scope: None}, moved=())


class Routes:
    """All routes of an account, worked out once."""

    def __init__(self, account: Account, rulesets: Mapping[str, Rules], standard: Rules) -> None:
        self.account = account
        self._rulesets = rulesets
        self._standard = standard
        missing = {each.ruleset for each in account.services if each.ruleset} - set(rulesets)
        if missing:
            raise ValueError(f"there is no ruleset `{min(missing)}` for the services that name it")
        self._routes: dict[tuple[str, Channel], Route] = {}
        for service, sender in _placed(account):
            for channel in sender.kind.channels:
                self._routes[sender.address, channel] = self._route(sender, service, channel)
        self._services = {
            (service.name, channel): self._of_service(service, channel)
            for service in account.services
            for channel in (*Channel, None)
        }

    def of(self, address: str, channel: Channel, at: datetime) -> Route:
        """Return the route of a word to or from a sender.

        Raises:
            UnknownSenderError: the account has no such sender, or the sender no such channel.
        """
        route = self._routes.get((address, channel))
        if route is None:
            require_kind(channel, Channel, "a channel")
            known = any(address == other for other, _ in self._routes)
            what = f"the sender `{address}` has no channel `{channel.value}`"
            raise UnknownSenderError(what if known else f"the account has no sender `{address}`")
        return route.at(at) if route.moved else route

    def first_channel(self, address: str) -> Channel:
        """Return a channel of a sender, the first in the order of `Channel`.

        Raises:
            UnknownSenderError: the account has no such sender.
        """
        for channel in Channel:
            if (address, channel) in self._routes:
                return channel
        raise UnknownSenderError(f"the account has no sender `{address}`")

    def of_service(self, name: str, channel: Channel | None) -> Route:
        """Return the route of a word that is said to a service, whatever its senders.

        Raises:
            UnknownSenderError: the account has no such service.
        """
        route = self._services.get((name, channel))
        return self._of_service(self.account.service(name), channel) if route is None else route

    def of_scope(self, scope: Scope, channels: ChannelSet) -> Route:
        """Return a route to look at one scope by: the words said to it and to the account."""
        wider = None if scope == self.account.scope else self.account.scope
        return Route(scope=scope, reach=channels, settings=self.account.alone, wider=wider)

    def of_account(self) -> Route:
        """Return the route of a word that is said to everybody of the account."""
        return self.of_scope(self.account.scope, ChannelSet.ALL)

    def _of_service(self, service: Service, channel: Channel | None) -> Route:
        account = self.account
        rules = self._rulesets[service.ruleset] if service.ruleset else self._standard
        return Route(
            scope=account.scope if account.shared else service.scope,
            reach=_reach(service.settings, channel),
            settings=service.settings,
            wider=None if account.shared else account.scope,
            rules=rules,
            topics=_topics(rules),
            custom=service.ruleset is not None,
            former={service.scope: None} if account.shared else {},
        )

    def _route(self, sender: Sender, service: Service | None, channel: Channel) -> Route:
        account = self.account
        alone = Scope(ScopeKind.SENDER, sender.address)
        route = (
            self._alone(sender, channel) if service is None else self._of_service(service, channel)
        )
        own = [each for each in account.former if each.sender.address == sender.address]
        moved = sorted(
            ((each.until, each.scope) for each in own if each.until is not None),
            key=lambda each: each[0],
        )
        former: dict[Scope, datetime | None] = {scope: until for until, scope in moved}
        former |= {each.scope: None for each in own if each.until is None}
        former |= {**route.former, alone: None}
        former.pop(route.scope, None)
        network = Scope(ScopeKind.NETWORK, sender.address) if sender.network_owned else None
        return replace(
            route,
            sender=sender,
            former=former,
            network=network,
            moved=() if account.shared else tuple(moved),
        )

    def _alone(self, sender: Sender, channel: Channel) -> Route:
        account = self.account
        alone = Scope(ScopeKind.SENDER, sender.address)
        return Route(
            scope=account.scope if account.shared else alone,
            reach=_reach(account.alone, channel),
            settings=account.alone,
            wider=None if account.shared else account.scope,
            rules=self._standard if sender.keywords_handled else None,
            topics=_topics(self._standard),
        )


def _topics(rules: Rules) -> frozenset[str] | None:
    return rules.topics if isinstance(rules, Topical) else None


def _reach(settings: Settings, channel: Channel | None) -> ChannelSet:
    return ChannelSet.ALL if channel is None else settings.sharing.reach(channel)


def _placed(account: Account) -> Iterator[tuple[Service | None, Sender]]:
    """Yield every sender with its service; those that were replaced last, with the service that they served."""
    present = {each.address for each in account.all_senders}
    for service in account.services:
        for sender in service.senders:
            yield service, sender
    for sender in account.senders:
        yield None, sender
    gone = {
        each.sender.address: each for each in account.former if each.sender.address not in present
    }
    for former in gone.values():
        services = (each for each in account.services if each.scope == former.scope)
        yield next(services, None), former.sender
