"""Services, senders and what holds for them, from the settings to the engine's `Account`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from optoutlang.consent.engine.account import Account, Service
from optoutlang.consent.engine.channel import Sharing
from optoutlang.consent.engine.sender import Sender, SenderKind
from optoutlang.consent.engine.settings import DoubleOptIn, FloodLimit, ScopeQuestion
from optoutlang.consent.engine.settings import Settings as ServiceSettings
from optoutlang.interfaces.settings import codes
from optoutlang.interfaces.settings.section import Section
from optoutlang.runtime.terms.country import COUNTRIES

T = TypeVar("T")


@dataclass(slots=True)
class Placed:
    """The account, whose each sender is, and which rules services name."""

    account: Account
    rules: dict[str, str] = field(default_factory=dict)
    provider_of: dict[str, str] = field(default_factory=dict)
    sender_of: dict[str, str] = field(default_factory=dict)


def read_account(root: Section, providers: tuple[str, ...]) -> Placed:
    """Return the account that the settings describe."""
    placed = Placed(Account())
    services = tuple(_service(each, placed, providers) for each in root.sections("service"))
    senders = tuple(
        each
        for each in (_sender(one, placed, providers) for one in root.sections("sender"))
        if each
    )
    own = root.section("account") or Section(root.findings, {}, ("account",))
    alone = own.section("alone")
    if not services and not senders and "service" not in root and "sender" not in root:
        root.wrong(
            None,
            "there is no sender",
            "add a `[[service]]` with its `[[service.sender]]`",
            codes.MISSING,
        )
    made = _made(
        own,
        Account,
        name=own.text("name", "account"),
        services=services,
        senders=senders,
        alone=ServiceSettings() if alone is None else _settings(alone),
        shared=own.flag("shared", default=False),
        flood=FloodLimit(
            own.whole("flood_changes", 100, least=1, most=1_000_000),
            timedelta(minutes=own.number("flood_minutes", 60, least=1, most=10_080)),
        ),
    )
    if alone is not None:
        alone.close()
    own.close()
    if made is not None:
        placed.account = made
        for each in made.advice:
            advice, _, cure = each.rpartition("; ")
            at = next((at for at, one in enumerate(services) if f"`{one.name}`" in advice), 0)
            root.findings.add(codes.ADVICE, ("service", at), advice, cure)
    return placed


def _service(section: Section, placed: Placed, providers: tuple[str, ...]) -> Service:
    name, rules = section.text("name", example="alerts"), section.optional("rules")
    sid = section.optional("messaging_service_sid")
    found = [_sender(each, placed, providers) for each in section.sections("sender")]
    senders = tuple(each for each in found if each is not None)
    if rules is not None:
        placed.rules[name] = rules
    if sid is not None and senders:
        placed.sender_of[sid] = senders[0].address
    settings = _settings(section)
    section.close()
    return Service(name or "?", senders, ruleset=None if rules is None else name, settings=settings)


def _sender(section: Section, placed: Placed, providers: tuple[str, ...]) -> Sender | None:
    address = section.text("address", example="+12025550100")
    kind = section.choice("kind", SenderKind)
    country = section.optional("country")
    if country is not None and country.upper() not in COUNTRIES:
        section.wrong("country", f"`{country}` is no country", "write its ISO 3166-1 code, as `US`")
    provider = section.text(
        "provider", providers[0] if len(providers) == 1 else None, example="twilio"
    )
    if provider and providers and provider not in providers:
        listed = ", ".join(f"`{each}`" for each in providers)
        section.wrong(
            "provider", f"there is no provider `{provider}`", f"there are {listed}", codes.NO_SUCH
        )
    handled = section.flag("handled", default=kind is not None and kind.handled_alone)
    section.close()
    if address in placed.provider_of:
        section.wrong(
            "address",
            f"the sender `{address}` is there twice",
            "a sender stands in one service",
            codes.TWICE,
        )
        return None
    if not address or kind is None:
        return None
    placed.provider_of[address] = provider
    return _made(section, Sender, address=address, kind=kind, country=country, handled=handled)


def _settings(section: Section) -> ServiceSettings:
    double, question = section.section("double_opt_in"), section.section("scope_question")
    fallback = section.texts("fallback")
    lift = section.whole("provider_lift_days", 0, least=0, most=3650)
    made = _made(
        section,
        ServiceSettings,
        sharing=section.choice("sharing", Sharing, Sharing.TOGETHER),
        reply_window=timedelta(
            minutes=section.number("reply_window_minutes", 5, least=0.01, most=10_080)
        ),
        double_opt_in=None if double is None else _double(double),
        scope_question=None if question is None else _question(question),
        answer_help_when_opted_out=section.flag("answer_help_when_opted_out", default=False),
        drop_incoming=section.flag("drop_incoming", default=False),
        require_opt_in=section.flag("require_opt_in", default=False),
        message_lifts_only=section.flag("message_lifts_only", default=False),
        hold_during_review=section.flag("hold_during_review", default=False),
        fallback="\n".join(fallback) if fallback else None,
        provider_lift_every=timedelta(days=lift) if lift else None,
    )
    return made or ServiceSettings()


def _double(section: Section) -> DoubleOptIn | None:
    prompt = section.text("prompt", example="Reply YES to confirm.")
    within = timedelta(days=section.number("days", 30, least=0.01, most=365))
    words = section.texts("confirmations", ("YES",))
    section.close()
    return (
        _made(section, DoubleOptIn, prompt=prompt, within=within, confirmations=words)
        if prompt
        else None
    )


def _question(section: Section) -> ScopeQuestion | None:
    text, answers = (
        section.text("text", example="Stop everything? Reply ONLY THIS."),
        section.texts("answers"),
    )
    within = timedelta(hours=section.number("hours", 24, least=0.01, most=720))
    section.close()
    return (
        _made(section, ScopeQuestion, text=text, answers=answers, within=within) if text else None
    )


def _made(section: Section, make: Callable[..., T], **values: object) -> T | None:
    """Return a value of the engine, or None with a finding that says why it cannot be."""
    try:
        return make(**values)
    except ValueError as error:
        section.wrong(None, str(error), "docs/consent.md says what holds for it")
        return None
