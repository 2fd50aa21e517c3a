"""The service's own tests. The cases of rules.optout run beside them, by the plugin, without a line of code here."""

from __future__ import annotations

import service
from hypothesis import given
from hypothesis import strategies as st

from optoutlang import Action, load
from optoutlang.testing import (
    Context,
    GeneratedRuleset,
    assert_means_nothing,
    assert_opts_out,
    contexts,
    messages,
    noise,
    rulesets,
)

RULES = load(service.RULES)
ANNA = "+15145550100"


def test_our_rules_say_what_we_promised() -> None:
    assert_opts_out(RULES, "NO MORE, please!", answered_in="en")
    assert_opts_out(RULES, "Baja", country="MX", answered_in="es")
    assert_means_nothing(RULES, "Can you stop by at noon?")


@given(noise("STOP"), contexts(RULES))
def test_whoever_says_stop_is_never_texted_again(text: str, where: Context) -> None:
    inbox = service.Inbox(RULES)
    inbox.receive(ANNA, text, country=where.country)
    assert not inbox.notify(ANNA, "Your parcel is here.")


@given(messages(RULES), contexts(RULES))
def test_a_message_stops_or_does_not_as_the_rules_say(text: str, where: Context) -> None:
    decision = RULES.match(text, country=where.country)
    inbox = service.Inbox(RULES)
    inbox.receive(ANNA, text, country=where.country)
    said_stop = decision is not None and decision.action is Action.OPT_OUT
    assert inbox.notify(ANNA, "Your parcel is here.") is not said_stop


@given(rulesets(), st.data())
def test_the_service_copes_with_any_rules(rules: GeneratedRuleset, data: st.DataObject) -> None:
    inbox = service.Inbox(rules.matcher())
    inbox.receive(ANNA, data.draw(messages(rules)))
    inbox.receive(ANNA, "STOP")
    assert not inbox.notify(ANNA, "Your parcel is here.")
