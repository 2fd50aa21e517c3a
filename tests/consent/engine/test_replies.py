"""What goes out, to the letter: texts, languages, flags, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import optoutlang
from optoutlang.consent import (
    OPT_OUT_TYPES,
    Account,
    Channel,
    DoubleOptIn,
    Engine,
    Forward,
    InboundMessage,
    Ledger,
    MemoryStore,
    ReplyKind,
    ScopeQuestion,
    Sender,
    SenderKind,
    SendReply,
    Service,
    Settings,
)
from optoutlang.consent.engine.replies import digest
from optoutlang.consent.engine.transition import Transition

AT = datetime(2026, 1, 1, tzinfo=UTC)
RULES = optoutlang.compile(
    """
ruleset acme language en
let brand = "Acme"
language es {
  opt-out { keywords BAJA reply "Acme: ha cancelado. Envíe START para volver." }
}
""",
    name="acme.optout",
)


def ledger(settings: Settings | None = None) -> Ledger:
    service = Service(
        "X", (Sender("A", SenderKind.LONG_CODE),), ruleset="acme", settings=settings or Settings()
    )
    engine = Engine(Account(services=(service,)), standard=RULES, rulesets={"acme": RULES})
    return Ledger(engine, MemoryStore())


def say(
    book: Ledger,
    text: str,
    *,
    minute: int = 0,
    country: str | None = None,
    language: str | None = None,
) -> Transition:
    transition = book.record(
        InboundMessage(
            id=f"{minute}:{text!a}",
            recipient="R",
            sender="A",
            channel=Channel.SMS,
            at=AT + timedelta(minutes=minute),
            text=text,
            country=country,
            language=language,
        )
    )
    assert transition is not None
    return transition


def replies(transition: Transition) -> list[SendReply]:
    return [each for each in transition.effects if isinstance(each, SendReply)]


def test_a_reply_is_not_billed_not_logged_and_not_blocked_by_its_own_opt_out() -> None:
    [reply] = replies(say(ledger(), "STOP"))
    assert (reply.billed, reply.logged, reply.blocked_by_opt_out) == (False, False, False)


def test_the_confirmation_of_an_opt_out_may_be_sent_within_five_minutes() -> None:
    book = ledger()
    [confirmation] = replies(say(book, "STOP"))
    [back] = replies(say(book, "START", minute=10))
    assert confirmation.send_by == AT + timedelta(minutes=5)
    assert back.send_by is None


def test_a_reply_speaks_the_language_of_the_word() -> None:
    [reply] = replies(say(ledger(), "baja"))
    assert reply.text == "Acme: ha cancelado. Envíe START para volver."
    assert reply.language == "es"


@pytest.mark.parametrize(
    ("country", "language"), [("XX", "??"), ("", ""), ("us", "EN-us"), ("UK", None)]
)
def test_an_odd_country_or_language_loses_no_stop(country: str, language: str | None) -> None:
    [reply] = replies(say(ledger(), "STOP", country=country, language=language))
    assert reply.kind is ReplyKind.OPT_OUT


def test_the_prompt_and_the_question_are_the_settings_own() -> None:
    double = Settings(double_opt_in=DoubleOptIn("Reply YES to hear from Acme."))
    [prompt] = replies(say(ledger(double), "START"))
    asking = Settings(
        scope_question=ScopeQuestion("All messages end. Reply ONE for offers only.", ("ONE",))
    )
    book = ledger(asking)
    [question] = replies(say(book, "STOP"))
    say(book, "START", minute=6)
    assert prompt.text == "Reply YES to hear from Acme."
    assert (question.kind, question.text) == (
        ReplyKind.OPT_OUT,
        "All messages end. Reply ONE for offers only.",
    )


def test_an_opt_in_closes_the_question() -> None:
    book = ledger(Settings(scope_question=ScopeQuestion("Everything?", ("ONE",))))
    say(book, "STOP")
    say(book, "START", minute=10)
    transition = say(book, "one", minute=20)
    assert transition.record is None
    assert [each.question for each in book.store.states("R")] == [None, None]


def test_the_message_is_handed_on_with_what_it_means() -> None:
    transition = say(ledger(), "Stop.")
    [forward] = [each for each in transition.effects if isinstance(each, Forward)]
    assert forward.message.text == "Stop."
    assert forward.action is optoutlang.Action.OPT_OUT
    assert forward.opt_out_type == "STOP"
    assert forward.decision is not None
    assert forward.decision.digest == RULES.digest


def test_opt_out_types_are_twilios_three() -> None:
    assert {action.value: name for action, name in OPT_OUT_TYPES.items()} == {
        "opt-out": "STOP",
        "opt-in": "START",
        "help": "HELP",
    }


@given(st.text(), st.text(alphabet=" \t\n"))
def test_an_echo_is_known_whatever_its_case_and_blanks(text: str, blanks: str) -> None:
    assert digest(text.upper().casefold()) == digest(f"{blanks}{text.upper()}{blanks}")


def test_half_a_character_is_no_error() -> None:
    assert say(ledger(), "\ud83d").record is None
    assert digest("\ud83d") != digest("")
