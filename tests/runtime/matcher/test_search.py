"""The letters of tokens, and exceptions: whether one shares a token with an occurrence, against the literal reading."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from optoutlang.runtime.matcher.readings import AS_WRITTEN, Reading, readings
from optoutlang.runtime.matcher.search import (
    SENTENCE_END,
    UNKNOWN,
    ExceptionSpans,
    Occurrence,
    PhraseAutomaton,
    letters,
)
from optoutlang.runtime.program import Filler, Meaning, Origin
from optoutlang.runtime.terms.action import Action
from tests.builders.rulesets import program


def occurrence(start: int, end: int, text: str = "x") -> Occurrence:
    return Occurrence(start, end, text, end - start, AS_WRITTEN)


MEANING = Meaning(Action.OPT_OUT, (Origin("en", "x", 0, 1),))
spans = st.tuples(st.integers(0, 9), st.integers(1, 5)).map(lambda each: (each[0], sum(each)))


@example([(5, 6), (0, 8)], (1, 3))
@example([(5, 6), (6, 7), (0, 8)], (1, 3))
@given(st.lists(spans, max_size=6), spans)
def test_an_exception_is_found_just_if_one_of_them_shares_a_place(
    exceptions: list[tuple[int, int]], phrase: tuple[int, int]
) -> None:
    found = sorted((occurrence(*span) for span in exceptions), key=lambda each: each.end)
    excepted = ExceptionSpans([(each, MEANING) for each in found])
    start, end = phrase

    expected = any(each.start < end and start < each.end for each in found)
    assert (excepted.overlapping(start, end) is not None) == expected


def test_of_two_exceptions_that_begin_together_the_one_that_ends_first_is_named() -> None:
    longer = Meaning(Action.OPT_OUT, (Origin("en", "longer", 0, 2),))
    excepted = ExceptionSpans([(occurrence(0, 2), MEANING), (occurrence(0, 3), longer)])
    assert excepted.overlapping(0, 3) is MEANING
    assert excepted.overlapping(2, 3) is longer


def test_each_token_has_a_letter_of_its_own_however_many_there_are() -> None:
    tokens = [f"t{number}" for number in range(70_000)]
    found = letters(tokens)
    assert found.keys() == set(tokens)
    assert len(set(found.values())) == len(tokens)
    assert all(
        each > SENTENCE_END > UNKNOWN and not "\ud800" <= each <= "\udfff"
        for each in found.values()
    )


def test_without_phrases_there_is_no_automaton_and_nothing_occurs() -> None:
    automaton = PhraseAutomaton(program("opt-out { keywords BYE }"))
    assert automaton.states == 0
    (reading,) = readings([["bye", "now"]], Filler(()))
    assert not list(automaton.occurrences(reading))


def test_what_is_found_stands_in_one_sentence_at_its_place_among_all_tokens() -> None:
    automaton = PhraseAutomaton(program('opt-out { phrases "a b", "b" } filler "x y", "c"'))
    sentences = [["b", "a"], ["c"], ["b", "a", "x", "y", "b"]]
    written, unfilled = readings(sentences, Filler(("x y", "c")))

    def found(reading: Reading) -> list[tuple[int, int, str, int]]:
        return [
            (each.start, each.end, each.text, each.way) for each in automaton.occurrences(reading)
        ]

    assert found(written) == [(0, 1, "b", 0), (3, 4, "b", 0), (7, 8, "b", 0)]
    assert sorted(found(unfilled)) == [(3, 4, "b", 1), (4, 8, "a b", 1), (7, 8, "b", 1)]
