"""Programs that cannot be made."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from types import MappingProxyType

import pytest

from optoutlang.runtime.program import (
    Context,
    Meaning,
    Origin,
    Program,
    UnprotectedWordError,
    reply_length,
)
from optoutlang.runtime.terms.action import PROTECTED, REQUESTS, Action
from tests.builders.rulesets import program

RULES = "country MX { opt-out { keywords BAJA } } country US { help { keywords INFO } }"
KEYS = [word.lower() for word in PROTECTED]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("scope", [None, "MX", "US"])
@pytest.mark.parametrize("action", [None, *REQUESTS])
def test_no_context_may_lose_or_rebind_a_protected_word(
    key: str, scope: str | None, action: Action | None
) -> None:
    made = program(RULES)
    if action is PROTECTED[key.upper()]:
        return
    meaning = action and Meaning(action, (Origin("en", key, 0, 1),))

    with pytest.raises(UnprotectedWordError, match=f"`{key}`"):
        changed(made, scope, key, meaning)


def changed(made: Program, scope: str | None, key: str, meaning: Meaning | None) -> Program:
    context = made.base if scope is None else made.countries[scope]
    context = replace(context, keywords={**context.keywords, key: meaning})
    if scope is None:
        return replace(made, base=context)
    return replace(made, countries={**made.countries, scope: context})


def test_a_meaning_has_an_origin() -> None:
    with pytest.raises(ValueError, match="origin"):
        Meaning(Action.HELP, ())


def test_an_origin_has_a_source() -> None:
    with pytest.raises(ValueError, match="source"):
        replace(program(RULES), sources=())


def test_the_base_has_languages() -> None:
    made = program(RULES)

    with pytest.raises(ValueError, match="languages"):
        replace(made, base=replace(made.base, languages=()))
    with pytest.raises(ValueError, match="languages"):
        replace(made, base=replace(made.base, prefer=()))


def test_a_program_cannot_be_changed() -> None:
    made = program(RULES)

    assert isinstance(made.base.keywords, MappingProxyType)
    assert isinstance(made.countries, MappingProxyType)
    with pytest.raises(FrozenInstanceError):
        made.base = Context()  # type: ignore[misc]


def test_a_context_does_not_follow_the_dict_that_it_was_made_of() -> None:
    phrases = {"stop it": (Meaning(Action.OPT_OUT, (Origin("en", "stop it", 0, 1),)),)}
    context = Context(phrases=phrases)

    phrases.clear()

    assert context.phrases


def test_replies_are_measured_in_utf_16() -> None:
    assert reply_length("aé€\uffff") == 4
    assert reply_length("🛑!") == 3


def test_a_context_of_which_nothing_is_said_changes_nothing() -> None:
    nothing = Context()
    assert (nothing.keywords, nothing.sentences, nothing.phrases) == ({}, {}, {})
    assert (nothing.exceptions, nothing.fillers, nothing.replies) == ({}, (), {})
    assert (nothing.prefer, nothing.languages, nothing.suggest) == ((), (), None)
    assert (nothing.tolerances, nothing.ordinary) == (frozenset(), frozenset())


def test_a_program_of_which_no_typos_are_said_has_none() -> None:
    made = program("opt-out { keywords QUIT }")
    again = Program(
        name=made.name,
        language=made.language,
        sources=made.sources,
        base=made.base,
        countries=made.countries,
    )
    assert again == made
    assert again.typos == {}
