"""The account: its services, the senders in them, and the senders that stand alone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from optoutlang.consent.engine.identifier import require_identifier
from optoutlang.consent.engine.moment import require_aware
from optoutlang.consent.engine.scope import Scope, ScopeKind
from optoutlang.consent.engine.sender import Sender
from optoutlang.consent.engine.settings import FloodLimit, Settings


class UnknownSenderError(ValueError):
    """An event or a question names a sender, a service or a channel that the account has not."""


@dataclass(frozen=True, slots=True)
class Service:
    """A messaging service: senders that share rules, settings and opt-outs.

    `ruleset` names the rules in the engine's `rulesets`; None: the default
    handling, which no one can customise, and of which Twilio tells the
    application nothing (no OptOutType).
    """

    name: str
    senders: tuple[Sender, ...] = ()
    ruleset: str | None = None
    settings: Settings = field(default_factory=Settings)

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("a service needs a name")
        require_identifier(self.name, "the name of a service")

    @property
    def scope(self) -> Scope:
        """The scope of what people say to the service."""
        return Scope(ScopeKind.SERVICE, self.name)


@dataclass(frozen=True, slots=True)
class Former:
    """A scope that a sender once wrote for: opt-outs said to it before `until` hold for the sender still.

    None is for ever: the scope of a sender whose place it took.
    """

    sender: Sender
    scope: Scope
    until: datetime | None

    def __post_init__(self) -> None:
        if self.until is not None:
            require_aware(self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All that an engine has to know of who sends.

    `senders` stand alone and have the settings `alone`. `former` is what
    senders bring with them; `join`, `leave` and `replace_sender` write it.
    `shared` makes one opt-out count for the whole account, as the default
    opt-out list of AWS does. `flood` bounds what a provider is believed.
    """

    name: str = "account"
    services: tuple[Service, ...] = ()
    senders: tuple[Sender, ...] = ()
    former: tuple[Former, ...] = ()
    alone: Settings = field(default_factory=Settings)
    shared: bool = False
    flood: FloodLimit = field(default_factory=FloodLimit)

    def __post_init__(self) -> None:
        require_identifier(self.name, "the name of an account")
        _require_unique("service", [each.name for each in self.services])
        _require_unique("sender", [each.address for each in self.all_senders])
        if self.shared and any(each.settings.scope_question for each in self.services):
            raise ValueError("an account that shares its opt-outs cannot ask how far one goes")

    @property
    def all_senders(self) -> tuple[Sender, ...]:
        """Every sender, those of services first."""
        return tuple(each for service in self.services for each in service.senders) + self.senders

    @property
    def scope(self) -> Scope:
        """The scope of what is said to the account as a whole."""
        return Scope(ScopeKind.ACCOUNT, self.name)

    @property
    def advice(self) -> tuple[str, ...]:
        """What is allowed and not advised, a sentence each, for whoever checks the settings.

        Twilio advises against rules of one's own for toll-free numbers
        (https://support.twilio.com/hc/en-us/articles/360034798533).
        """
        return tuple(
            f"service `{service.name}` has rules of its own and the toll-free sender `{sender.address}`: "
            "its network answers STOP, START and UNSTOP itself, whatever the rules say; "
            "give toll-free senders a service without rules of its own"
            for service in self.services
            if service.ruleset is not None
            for sender in service.senders
            if sender.network_owned
        )

    def sender(self, address: str) -> Sender:
        """Return a sender by its address.

        Raises:
            UnknownSenderError: there is none.
        """
        found = next((each for each in self.all_senders if each.address == address), None)
        if found is None:
            raise UnknownSenderError(f"the account has no sender `{address}`")
        return found

    def service(self, name: str) -> Service:
        """Return a service by its name.

        Raises:
            UnknownSenderError: there is none.
        """
        found = next((each for each in self.services if each.name == name), None)
        if found is None:
            raise UnknownSenderError(f"the account has no service `{name}`")
        return found

    def service_of(self, address: str) -> Service | None:
        """Return the service that a sender stands in, or None."""
        return next(
            (each for each in self.services if any(own.address == address for own in each.senders)),
            None,
        )

    def add(self, sender: Sender, *, service: str | None = None) -> Account:
        """Return the account with one more sender, in a service or alone."""
        if service is None:
            return replace(self, senders=(*self.senders, sender))
        target = self.service(service)
        grown = replace(target, senders=(*target.senders, sender))
        return replace(
            self, services=tuple(grown if each is target else each for each in self.services)
        )

    def join(self, address: str, service: str, *, at: datetime) -> Account:
        """Return the account after a sender moved into a service: opt-outs said to it before hold on."""
        sender = self.sender(address)
        return self._without(address, at=at).add(sender, service=service)

    def leave(self, address: str, *, at: datetime) -> Account:
        """Return the account after a sender left its service to stand alone, opt-outs and all."""
        sender = self.sender(address)
        if self.service_of(address) is None:
            raise UnknownSenderError(f"the sender `{address}` stands in no service")
        return self._without(address, at=at).add(sender)

    def replace_sender(self, address: str, new: Sender, *, at: datetime) -> Account:
        """Return the account after a new sender took another's place: opt-outs of the old one hold for it."""
        service = self.service_of(address)
        grown = self._without(address, at=at).add(new, service=service.name if service else None)
        own = Former(new, Scope(ScopeKind.SENDER, address), None)
        inherited = tuple(
            replace(each, sender=new) for each in grown.former if each.sender.address == address
        )
        return replace(grown, former=(*grown.former, *inherited, own))

    def _without(self, address: str, *, at: datetime) -> Account:
        sender = self.sender(address)
        service = self.service_of(address)
        if service is None:
            alone = tuple(each for each in self.senders if each.address != address)
            own = Former(sender, Scope(ScopeKind.SENDER, address), at)
            return replace(self, senders=alone, former=(*self.former, own))
        rest = tuple(each for each in service.senders if each.address != address)
        shrunk = replace(service, senders=rest)
        return replace(
            self,
            services=tuple(shrunk if each is service else each for each in self.services),
            former=(*self.former, Former(sender, service.scope, at)),
        )


def _require_unique(noun: str, names: list[str]) -> None:
    twice = sorted({each for each in names if names.count(each) > 1})
    if twice:
        raise ValueError(f"the {noun} `{twice[0]}` stands twice in the account")
