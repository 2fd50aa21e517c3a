"""What our packs answer is no request under them: a reply that comes back from a machine opts nobody out.

`optout prove world` settles it for every reply in every country; here each reply is asked where it is sent from, and
without a country.
"""

from __future__ import annotations

import pytest

from optoutlang.runtime.terms import REQUESTS
from tests.builders.packs import matcher


@pytest.mark.slow
def test_no_reply_of_the_world_is_a_request_where_it_is_sent() -> None:
    world = matcher("world")
    sent = {
        (text, country)
        for own, context in world.program.own_contexts()
        for text in context.reply_texts()
        for country in (own, None)
    }
    decisions = {each: world.match(each[0], country=each[1]) for each in sent}
    wrong = {
        each: decision.rule
        for each, decision in decisions.items()
        if decision is not None and decision.action in REQUESTS
    }
    assert len(sent) > 500
    assert not wrong
