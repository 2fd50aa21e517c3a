"""The compiled core leaves straight quotations out, and knows lines that are not quoted, as the steps do."""

from __future__ import annotations

from itertools import product

import pytest

from optoutlang.runtime import native
from optoutlang.runtime.matcher.quotes import ANSWERED, FORWARDED
from tests.builders.rulesets import program
from tests.gate.gate import Gate

pytestmark = pytest.mark.skipif(
    not native.IS_BUILT, reason="there is no compiled core: it needs a C compiler"
)

RULES = 'filler "pls" opt-out { phrases "stop it", "it"  sentences "stop" }'
PARTS = 8


def test_any_order_of_marks_words_and_breaks_is_read_as_the_steps_do() -> None:
    gate = Gate(program(RULES))
    pieces = ('"', "stop", " it", " ", ". ", "Loved ", "\n")
    texts = ["".join(each) for each in product(pieces, repeat=4)]

    assert [f"{each!a}" for each in texts if gate.differences(each, None)] == []


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ('he said "stop it" and left', 0),
        ('he said "stop" it', PARTS),
        ('"stop it"', PARTS),  # nothing else is there
        ('a "b "stop it" c" d', 0),
        ('Loved "stop it', 0),
        ('stop it "', PARTS),
        ("note: stop it", PARTS),
        ("re: stop it", PARTS),
        ("fwd: stop it\nhello", 0),
        ('"' * 40 + " stop it", PARTS),
        (' "a' * 20 + " stop it", PARTS),  # more marks are open than there is room for
        (' "a' * 20 + '"' * 20 + " stop it", PARTS),
    ],
)
def test_quotations_are_left_out(text: str, steps: int) -> None:
    gate = Gate(program(RULES))

    assert gate.steps(text, None) & PARTS == steps
    assert gate.differences(text, None) == []


@pytest.mark.parametrize("head", [*FORWARDED, *ANSWERED])
def test_each_head_of_a_line_is_known(head: str) -> None:
    gate = Gate(program(RULES))
    spelt = (head, head.upper(), head.title(), f"  {head}", f"x\n{head}", f"{head} ")
    texts = [f"{each}{colon} stop it" for each in spelt for colon in (":", "：", "\n:")]

    assert [f"{each!a}" for each in texts if gate.differences(each, None)] == []
