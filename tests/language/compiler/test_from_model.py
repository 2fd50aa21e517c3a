"""Programs of small rulesets: what countries cost, who is named as origin, and that order does not matter."""

from __future__ import annotations

from itertools import permutations

import pytest

from optoutlang.language.compiler.from_model import from_model
from optoutlang.runtime.program import Context, Meaning, Program, UnprotectedWordError
from optoutlang.runtime.program.artefact import digest, to_bytes
from optoutlang.runtime.terms.action import Action
from tests.builders.rulesets import CORE, program, ruleset_of


def spoken(made: Program, meaning: Meaning | None) -> list[tuple[str, str, str]]:
    assert meaning is not None
    return [(each.language, each.spelling, made.rule(each)) for each in meaning.origins]


def test_a_country_that_changes_nothing_costs_nothing() -> None:
    made = program(
        'opt-out { keywords ALTO } country MX { opt-out { keywords STOP reply "x" } } opt-out { reply "x" }'
    )

    assert made.countries["MX"].phrases == {}
    assert made.countries["MX"].replies == {}
    assert program("country MX { }").countries == {"MX": Context()}


def test_a_country_that_changes_one_word_stores_one_entry() -> None:
    words = ", ".join(f"WORD{number}" for number in range(1_000))
    made = program(
        f'opt-out {{ keywords {words} phrases "stop it" }} country US {{ opt-out {{ remove WORD7 }} }}'
    )

    assert made.countries["US"] == Context(keywords={"word7": None})
    assert (
        len(to_bytes(made))
        - len(to_bytes(program(f'opt-out {{ keywords {words} phrases "stop it" }}')))
        < 250
    )


def test_a_country_that_says_on_the_same_line_what_the_base_says_stores_nothing() -> None:
    made = program("opt-out { keywords QUIT } country MX { opt-out { keywords QUIT } }")
    assert not made.countries["MX"].keywords


def test_countries_share_equal_meanings() -> None:
    made = program("country MX, CO { opt-out { keywords BAJA } }")

    first, second = (made.countries[code].keywords["baja"] for code in ("MX", "CO"))
    assert first is second is not None


def test_filler_changes_no_phrase_in_whatever_scope() -> None:
    made = program(
        'filler "please" opt-out { phrases "stop sir", "please leave me", "please" except "not sir" } country IN {'
        ' filler "sir" }'
    )

    assert set(made.base.phrases) == {"stop sir", "please leave me", "please"}
    assert made.countries["IN"] == Context(fillers=("sir",))


def test_a_phrase_is_written_out_and_merged_with_its_equals() -> None:
    made = program(
        'opt-out { phrases "stop (text|call)(ing|) me", "STOP texting, me!" } help { phrases "stop texting me" }'
        'language es { opt-out { phrases "stop texting me" } }'
    )

    assert set(made.base.phrases) == {
        "stop text me",
        "stop texting me",
        "stop call me",
        "stop calling me",
    }
    first, second = made.base.phrases["stop texting me"]
    assert (first.action, second.action) == (Action.OPT_OUT, Action.HELP)
    assert [(language, spelling) for language, spelling, _ in spoken(made, first)] == [
        ("en", "STOP texting, me!"),
        ("es", "stop texting me"),
    ]


def test_the_narrowest_scope_then_the_strongest_file_names_a_keyword() -> None:
    made = program(
        'opt-out { keywords "NO MORE" } country US { opt-out { keywords "No-more" } }',
        'ruleset root\nopt-out { keywords "no more" }\nlanguage es { opt-out { keywords NOMORE } }',
    )

    assert spoken(made, made.base.keywords["nomore"]) == [
        ("es", "NOMORE", "1.optout:3"),
        ("en", "no more", "1.optout:2"),
    ]
    assert spoken(made, made.countries["US"].keywords["nomore"]) == [
        ("en", "No-more", "0.optout:2"),
        ("es", "NOMORE", "1.optout:3"),
    ]


def test_files_of_equal_strength_go_by_spelling_then_place() -> None:
    files = [
        ("core.optout", f"ruleset core {CORE}"),
        ("b.optout", 'opt-out { keywords "No more" }'),
        ("a.optout", 'opt-out { keywords "no more", END }'),
        ("c.optout", "opt-out { keywords END }"),
        ("root.optout", "ruleset root"),
    ]
    made = from_model(ruleset_of(*files, uses=((), (0,), (0,), (0,), (1, 2, 3))))

    assert spoken(made, made.base.keywords["nomore"]) == [("en", "No more", "b.optout:1")]
    assert spoken(made, made.base.keywords["end"]) == [("en", "END", "a.optout:1")]


def test_the_strongest_of_all_may_not_be_the_one_of_its_language() -> None:
    """A weak file may spell its language's word smaller than a strong one that is equal to others."""
    files = [
        ("core.optout", "ruleset core opt-in { keywords START } help { keywords HELP }"),
        ("weak.optout", "language en { opt-out { keywords STOP } }"),
        ("high.optout", "ruleset high language es opt-out { keywords stop }"),
        ("wide.optout", "opt-out { keywords Stop }"),
        ("root.optout", "ruleset root"),
    ]
    made = from_model(ruleset_of(*files, uses=((), (0,), (1,), (0,), (2, 3))))
    stop = made.base.keywords["stop"]

    assert spoken(made, stop) == [
        ("en", "Stop", "wide.optout:1"),
        ("en", "STOP", "weak.optout:1"),
        ("es", "stop", "high.optout:1"),
    ]
    assert stop is not None
    assert stop.origin("en").spelling == "STOP"
    assert stop.origin("fr").spelling == "Stop"


def test_the_order_of_statements_does_not_matter() -> None:
    statements = [
        'opt-out { keywords "NO MORE" phrases "leave (me|us) alone" }',
        'filler "please"',
        'country MX, CO { prefer es opt-out { keywords ALTO } filler "me" }',
        'language es { opt-out { keywords ALTO reply "Adiós." } }',
    ]
    contents = {_without_source(program(" ".join(order))) for order in permutations(statements)}

    assert len(contents) == 1


def _without_source(made: Program) -> bytes:
    data = to_bytes(made)
    return data[data.index(b"{") :].replace(made.sources[0].sha256.encode(), b"")


def test_equal_sources_give_equal_programs() -> None:
    assert digest(program("opt-out { keywords ALTO }")) == digest(
        program("opt-out { keywords ALTO }")
    )
    assert digest(program("opt-out { keywords ALTO }")) != digest(
        program("opt-out { keywords ALTA }")
    )


def test_a_ruleset_without_the_protected_core_cannot_be_compiled() -> None:
    bare = ruleset_of(
        ("bare.optout", "ruleset bare opt-out { keywords STOP } opt-in { keywords START }")
    )

    with pytest.raises(UnprotectedWordError, match="`help`"):
        from_model(bare)
