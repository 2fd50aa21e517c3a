"""Which slips a program holds: those of the contexts that tolerate them, less what means something."""

from __future__ import annotations

from optoutlang.runtime.matcher.matcher import Matcher
from optoutlang.runtime.terms.action import Tolerance
from tests.language.compiler.rulesets import program


def test_nothing_is_tolerated_unless_a_file_says_so() -> None:
    made = program("opt-out { keywords QUIT }")
    assert made.base.tolerances == frozenset()
    assert not made.typos


def test_what_any_file_tolerates_adds_up_and_a_country_adds_to_the_base() -> None:
    made = program(
        "opt-out { tolerate numbers }",
        "opt-out { tolerate stretches } country MX { opt-out { tolerate numbers, lookalikes } }",
    )
    assert made.base.tolerances == {Tolerance.NUMBERS, Tolerance.STRETCHES}
    assert made.countries["MX"].tolerances == {Tolerance.LOOKALIKES}


def test_a_country_that_tolerates_typos_brings_the_slips_of_what_holds_there() -> None:
    made = program(
        "opt-out { keywords QUIT } country MX { opt-out { keywords BAJA tolerate typos } }"
        " country US { opt-out { keywords REVOKE } }"
    )
    assert made.typos["qiut"] == ("quit",)
    assert made.typos["bja"] == ("baja",)
    assert "revok" not in made.typos


def test_a_keyword_that_a_country_takes_away_has_no_slips_there() -> None:
    made = program(
        "opt-out { keywords QUIT }",
        "country MX { opt-out { remove QUIT tolerate typos } }",
    )
    assert "qiut" not in made.typos
    assert made.typos["stpo"] == ("stop",)


def test_an_ordinary_word_of_a_language_that_is_spoken_is_no_slip() -> None:
    english = program("opt-out { keywords ALTO tolerate typos }")
    both = program('opt-out { keywords ALTO tolerate typos } language es { help { reply "x" } }')
    assert english.typos["apto"] == ("alto",)
    assert "apto" not in both.typos


def test_a_country_that_tolerates_no_typos_keeps_no_list_of_ordinary_words() -> None:
    made = program(
        'opt-out { keywords ALTO } country MX { language es { help { reply "x" } } }'
        " country US { opt-out { tolerate typos } }"
    )
    assert "apto" in made.typos
    assert not made.countries["MX"].ordinary


def test_an_ordinary_word_of_a_language_that_a_country_speaks_is_no_slip_there_alone() -> None:
    made = program(
        'opt-out { keywords ALTO tolerate typos } country MX { language es { help { reply "x" } } }'
        " country US { opt-out { keywords REVOKE } }"
    )
    assert made.typos["apto"] == ("alto",)
    assert "apto" in made.countries["MX"].ordinary
    assert not made.countries["US"].ordinary
    rules = Matcher(made)
    assert rules.match("apto") is not None
    assert rules.match("apto", country="US") is not None
    assert rules.match("apto", country="MX") is None
    assert Matcher.from_bytes(rules.to_bytes()).program == made


def test_a_slip_of_two_keywords_names_both_in_order() -> None:
    made = program("opt-out { keywords QUIT, QUIR tolerate typos }")
    assert made.typos["quif"] == ("quir", "quit")
    assert list(made.typos) == sorted(made.typos)
