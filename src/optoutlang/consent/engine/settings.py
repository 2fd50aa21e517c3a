"""The settings of a service; the defaults are what Twilio does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from optoutlang.consent.engine.channel import Sharing


@dataclass(frozen=True, slots=True)
class DoubleOptIn:
    """A prompt that has to be confirmed before anybody counts as subscribed.

    `prompt` is the text that answers START; one of the `confirmations`
    (keywords as the rules spell them, in any case) within `within` confirms.
    """

    prompt: str
    within: timedelta = timedelta(days=30)
    confirmations: tuple[str, ...] = ("YES",)

    def __post_init__(self) -> None:
        _require_text(self.prompt, "the prompt of a double opt-in")
        _require_positive(self.within, "the time to confirm a double opt-in")
        if not self.confirmations or not all(map(str.strip, self.confirmations)):
            raise ValueError("a double opt-in needs a word that confirms it")


@dataclass(frozen=True, slots=True)
class ScopeQuestion:
    """A confirmation that asks how far an opt-out goes (47 CFR 64.1200(a)(12)).

    Until it is answered the opt-out means everything: silence means
    everything, too. One of the `answers` (whole messages, in any case) within
    `within` narrows it to the service that was written to.
    """

    text: str
    answers: tuple[str, ...]
    within: timedelta = timedelta(days=1)

    def __post_init__(self) -> None:
        _require_text(self.text, "a scope question")
        _require_positive(self.within, "the time to answer a scope question")
        if not self.answers or not all(map(str.strip, self.answers)):
            raise ValueError("a scope question needs an answer that narrows the opt-out")


@dataclass(frozen=True, slots=True)
class FloodLimit:
    """How many provider-sourced opt-outs are believed within a time; the others wait for review."""

    changes: int = 100
    within: timedelta = timedelta(hours=1)

    def __post_init__(self) -> None:
        if self.changes < 1:
            raise ValueError(f"a flood limit of {self.changes} would believe no provider at all")
        _require_positive(self.within, "the time of a flood limit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What holds for one service, or for the senders in none.

    `sharing` is how far a word reaches among the channels, `reply_window` the
    time within which nobody gets the same automatic reply twice,
    `answer_help_when_opted_out` whether HELP is answered then (Twilio: no),
    `drop_incoming` whether messages are kept from the application (keywords
    are answered all the same), `require_opt_in` whether only subscribed
    people may be texted, `message_lifts_only` whether an opt-out that came by
    message is lifted by a message alone, so that a web sign-up waits for
    START, `hold_during_review` whether nothing is sent while an opt-out waits
    for review, `fallback` what answers a message that means nothing (None:
    nothing does), and `provider_lift_every` the time that has to pass between
    two requests to take one number off the provider's own list (None: there
    is no such list; AWS: 30 days).
    """

    sharing: Sharing = Sharing.TOGETHER
    reply_window: timedelta = timedelta(minutes=5)
    double_opt_in: DoubleOptIn | None = None
    scope_question: ScopeQuestion | None = None
    answer_help_when_opted_out: bool = False
    drop_incoming: bool = False
    require_opt_in: bool = False
    message_lifts_only: bool = False
    hold_during_review: bool = False
    fallback: str | None = None
    provider_lift_every: timedelta | None = None

    def __post_init__(self) -> None:
        _require_positive(self.reply_window, "the reply window")
        if self.fallback is not None:
            _require_text(self.fallback, "the fallback answer")
        if self.provider_lift_every is not None:
            _require_positive(self.provider_lift_every, "the time between two lifts")


def _require_text(text: str, name: str) -> None:
    if not text.strip():
        raise ValueError(f"{name} is empty")


def _require_positive(time: timedelta, name: str) -> None:
    if time <= timedelta(0):
        raise ValueError(f"{name} has to be longer than {time}")
