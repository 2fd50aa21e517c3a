"""The shortest messages on which two rules meet are the shortest there are: compared with all short messages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import pytest

from optoutlang.analysis.proofs.meetings import Message, laid
from optoutlang.analysis.proofs.properties.precedence import _meeting, _Search
from optoutlang.analysis.proofs.properties.readings import Readings, is_read_so
from optoutlang.analysis.proofs.rules import Rule, Rules
from tests.analysis.proofs.rules import everyday_subject, subject

TOKENS = ("a", "b", "ab", "c", "bc")
LONGEST = 4

RULES = (
    'opt-out { phrases "a b", "b c" } help { phrases "b", "c a" }',
    'opt-out { phrases "a b" except "b c" } help { phrases "c", "b c a" }',
    'opt-out { keywords "ab", "abab" } help { keywords "a", "aa" phrases "b a" }',
    'opt-out { keywords "abc" phrases "b" } help { keywords "ababab" sentences "a", "c" }',
    'opt-in { sentences "a b" phrases "a b c" } help { sentences "b", "a" }',
    'opt-out { keywords "aab" } opt-in { keywords "ab" } help { phrases "a a" } filler "a"',
    'opt-out { keywords "abcab", "cab" } help { phrases "b c" sentences "ab" } filler "c"',
    'help { phrases "a c b", "b" } opt-out { phrases "a", "c a" except "c a c" } filler "b b"',
)


def messages() -> Iterator[Message]:
    for length in range(1, LONGEST + 1):
        for row in product(TOKENS, repeat=length):
            for count in range(length):
                for breaks in combinations(range(1, length), count):
                    yield laid(row, breaks)


ALL = tuple(messages())


@pytest.mark.slow
@pytest.mark.parametrize("text", RULES)
def test_two_rules_meet_where_a_short_message_shows_it_and_on_a_shortest(text: str) -> None:
    asked = subject(text)
    rules, readings = Rules(asked, None), Readings(asked)
    shortest: dict[frozenset[Rule], int] = {}
    for message in ALL:
        firing = rules.firing(message.sentences)
        assert readings.disagreement(rules, message, firing) is None
        for pair in combinations(firing, 2):
            shortest.setdefault(frozenset(pair), message.length)

    found: dict[frozenset[Rule], int] = {}
    for one, other, candidates in _Search(asked).pairs(rules):
        met = _meeting(readings, rules, (one, other), candidates)
        if isinstance(met, str):
            length = len(met.split("`")[1].replace(".", "").split(" "))
            both = frozenset((one, other))
            found[both] = min(length, found.get(both, length))

    # What the search finds may be shorter: it knows more tokens than the messages here are made of.
    assert {pair: min(size, found.get(pair, LONGEST + 1)) for pair, size in shortest.items()} == {
        pair: found.get(pair) for pair in shortest
    }
    assert shortest


@pytest.mark.parametrize("country", [None, "ES", "FI", "NO"])
def test_the_plain_reading_knows_everyday_words_as_the_matcher_and_the_reference_do(
    country: str | None,
) -> None:
    asked = everyday_subject()
    rules, readings = Rules(asked, country), Readings(asked)
    for length in range(1, 4):
        for row in product(
            ("seis", "no", "in", "mas", "si", "mama", "stop", "please"), repeat=length
        ):
            for count in range(length):
                for breaks in combinations(range(1, length), count):
                    message = laid(row, breaks)
                    firing = rules.firing(message.sentences)
                    assert readings.disagreement(rules, message, firing) is None


def test_a_message_that_no_writer_can_cut_so_is_left_out() -> None:
    assert not is_read_so(laid(("中文",)))
    assert is_read_so(laid(("中", "文")))
