"""The compiled core reads marks in a row as canonical text has them, or leaves the message to the steps."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from optoutlang.runtime import native
from optoutlang.runtime.canonical import key
from optoutlang.runtime.canonical.compose import COMPOSED, ORDERS
from optoutlang.runtime.matcher.prefilter import alphabet, tables
from optoutlang.runtime.matcher.quotes import unquoted
from tests.builders.rulesets import program

pytestmark = pytest.mark.skipif(
    not native.IS_BUILT, reason="there is no compiled core: it needs a C compiler"
)

EXACT, ALL = 1, 31

FIRSTS = sorted({first for first, _ in COMPOSED})
OF_EACH_CLASS = {order: mark for mark, order in ORDERS.items()}.values()
MARKS = sorted({*OF_EACH_CLASS, *(second for _, second in COMPOSED)})
JAMO = "\u1100\u1112\u1161\u1175\u11a8\u11c2가각"
ODD = "क'ก.\u200d"


def steps_of(texts: list[str]) -> list[int]:
    """Return what the core says of texts whose keys are the only keywords."""
    rules = program("")
    sets = {context.fillers: 0 for context in rules.contexts().values()}
    keys = {key(each) for each in texts}
    made = replace(tables(rules, sets), keys=keys, longest=max(map(len, keys)))
    core = native.prefilter.Prefilter(alphabet(), made, unquoted)
    return [core.steps(each, 0) for each in texts]


def test_what_marks_and_letters_compose_to_is_found() -> None:
    begins = sorted({*FIRSTS[::8], *sorted(COMPOSED.values())[::8], *JAMO, *ODD})
    texts = [f"{begin}{one}{other}क" for begin in begins for one, other in product(MARKS, repeat=2)]
    texts += ["".join(each) for each in product((*JAMO, *ODD, *MARKS[::9]), repeat=3)]
    texts = [each for each in texts if key(each)]

    found = steps_of(texts)

    assert [f"{text!a}" for text, at in zip(texts, found, strict=True) if not at & EXACT] == []


@pytest.mark.parametrize(
    "text",
    [
        "ทอมรู้ว่าแมรีเป็นอาจารย์",  # marks in their order
        "हिन्दी में नहीं",
        "বাংলা ভাষা",
        "தமிழ்",
    ],
)
def test_marks_that_stay_are_read_in_c(text: str) -> None:
    found = steps_of([text])[0]
    assert found & EXACT
    assert found != ALL


@pytest.mark.parametrize(
    "text",
    [
        "\u09c7\u09be",  # composes
        "न\u093c",
        "\u0e01\u0e48\u0e39",  # out of order
        "\u09cb\u09bc",  # behind what is composed
        "\u1100\u1161",
        "a'\u0e48",
    ],
)
def test_marks_that_may_compose_are_left_to_the_steps(text: str) -> None:
    assert steps_of([text]) == [ALL]
