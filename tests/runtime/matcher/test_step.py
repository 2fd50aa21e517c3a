"""What every step promises: its least is the least of its candidates, and these have spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.runtime.matcher.steps import STEPS, Message, Priority, Step, make_steps, place_of
from tests.builders.rulesets import program

PROGRAM = program("""
    filler "please", "thank you"
    suggest phrases
    class end is stop, enough, "no mas"
    class sending is texting, "sending me"
    class negation is not
    guard negated is negation within 2 before
    opt-out {
        keywords NO, "NO MAS", ENOUGH
        sentences "stop it", "no" except "do not stop"
        phrases "stop texting", "stop", "texting me"
        frames "{end} .. {sending}", "{end} .. help" unless negated
        tolerate typos, lookalikes, stretches, numbers
    }
    help { frames "{sending} help" keywords INFO sentences "stop it" phrases "help me", "stop texting" }
    country MX { opt-out { remove NO keywords BAJA except "stop texting" phrases "ya no" } filler "ya" }
""")
WORDS = (
    *(
        "no",
        "mas",
        "enough",
        "enuogh",
        "sending",
        "textign",
        "stop",
        "STOP",
        "5TOP",
        "stoooop",
        "12345",
        "it",
        "texting",
    ),
    *(
        "me",
        "please",
        "thank",
        "you",
        "do",
        "not",
        "help",
        "info",
        "baja",
        "ya",
        "+",
        "“",
        "”",
        ".",
        ",",
    ),
)
MESSAGES = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
ALL = [step for together in make_steps(PROGRAM) for step in together]


@pytest.mark.parametrize("step", ALL, ids=lambda each: type(each).__name__)
@pytest.mark.parametrize("country", [None, "MX"])
@given(text=MESSAGES)
def test_the_least_of_a_step_is_the_least_of_its_candidates(
    step: Step, country: str | None, text: str
) -> None:
    context = PROGRAM.context(country)
    message = Message(text, context.filler)
    if type(step).__name__ == "ToleratedStep" and message.unfilled_key in context.keywords:
        return  # an earlier step has decided
    candidates = list(step.candidates(message, context))
    deciding = [each for each in candidates if each.excepted_by is None]
    least, plain = step.least(message, context), Step.least(step, message, context)

    assert all(each.span is not None and each.priority.step == step.place for each in candidates)
    assert (least is None) == (plain is None) == (not deciding)
    if least is not None and plain is not None:
        assert least.priority == plain.priority == min(each.priority for each in deciding)
        assert least[1:4] == plain[1:4]


@pytest.mark.parametrize("step", ALL, ids=lambda each: type(each).__name__)
@given(text=MESSAGES)
def test_a_step_that_does_not_apply_fires_on_nothing(step: Step, text: str) -> None:
    context = program("opt-out { keywords NO }").context(None)
    message = Message(text, context.filler)

    assert step.applies(context) or not list(step.candidates(message, context))


def test_a_step_stands_where_the_list_has_it() -> None:
    assert [[each.place for each in together] for together in make_steps(PROGRAM)] == [
        [place] * len(together) for place, together in enumerate(STEPS)
    ]
    assert [place_of(type(each)) for each in ALL] == [each.place for each in ALL]


def test_priorities_count_their_fields_in_order() -> None:
    first = Priority(0, 1, 1, 1, 1, 1)
    assert first < Priority(1) < Priority(1, rank=1) < Priority(1, variant=1)
    assert Priority(1, rank=0, part=1) < Priority(1, rank=1, part=0)
    assert Priority(1, length=-2, place=5) < Priority(1, length=-1, place=0)
