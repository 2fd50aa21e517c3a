"""The rows of frames that the compiled core says stand in a sentence: none is missed, and few besides."""

from __future__ import annotations

from random import Random

import pytest

from optoutlang.runtime import native
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.matcher.prefilter import Prefilter
from optoutlang.runtime.matcher.steps import FrameStep, make_steps
from optoutlang.runtime.program import Program
from tests.builders.rulesets import program
from tests.gate.texts import Texts

pytestmark = pytest.mark.skipif(
    not native.IS_BUILT, reason="there is no compiled core: it needs a C compiler"
)

RULES = """
filler "pls"
class stop is cancel, отмени, "give up"
class them is those, texts, textings
class never is never
opt-out { keywords STOP  tolerate typos  frames "{stop} (..2) {them}", "{them} {them} {stop}" }
opt-in { keywords START  frames "{never} {stop}" }
"""


def standing(words: str) -> int | None:
    rows = Prefilter(program(RULES)).rows(tuple(words.split(" ")))
    return None if rows is None else len([*rows])


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("cancel those", 1),
        ("cancle those", 1),
        ("cancle thsoe", 0),
        ("cancel all of those", 1),
        ("cancel one two three those", 0),
        ("give up texts", 1),
        ("отмени texts", 1),
        ("отмнеи texts", 1),
        ("those texts cancel", 1),
        ("those texts cancel those", 2),
        ("never cancel textings", 2),
        ("never", 0),
        ("", 0),
    ],
)
def test_rows_stand_with_one_slip_at_most(words: str, rows: int) -> None:
    assert standing(words) == rows


def test_a_sentence_that_is_too_long_is_left_to_the_step() -> None:
    assert standing("cancel those" + " a" * 58) == 1
    assert standing("cancel those" + " a" * 59) is None
    assert standing("cancel those " + "x" * 3_900) == 1
    assert standing("cancel those " + "x" * 4_000) is None


def test_a_token_that_is_no_text_is_refused() -> None:
    with pytest.raises(TypeError, match="str"):
        Prefilter(program(RULES)).rows((1,))  # type: ignore[arg-type]


def test_the_step_finds_the_same_with_the_core_and_without() -> None:
    rules: Program = program(RULES)
    texts = Texts(rules, Random(5))  # noqa: S311  # no secret
    plain = next(step for each in make_steps(rules) for step in each if isinstance(step, FrameStep))
    quick = next(step for each in make_steps(rules) for step in each if isinstance(step, FrameStep))
    quick.standing = Prefilter(rules).rows
    matcher, context, found = Matcher(rules), rules.context(None), 0
    for _ in range(2_000):
        text = texts.text()
        message = matcher._readers[None].message(text)  # noqa: SLF001  # a message as the steps get it
        both = [step.least(message, context) for step in (plain, quick)]
        assert both[0] == both[1], text
        found += both[0] is not None

    assert found > 100
