"""The parts that the steps are made of, each against a slow and obvious reading of the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.matcher.filler import Filler
from optoutlang.matcher.matcher import Matcher
from optoutlang.matcher.quotes import CLOSES, OPENING, unquoted
from optoutlang.reference.phrases import said_lines, without_quotations
from tests.compiler.rulesets import matcher

WORDS = st.lists(st.sampled_from("abc"), max_size=12)


def slowly_taken_out(words: tuple[str, ...], fillers: set[tuple[str, ...]]) -> list[str]:
    if not words:
        return []
    longest = max((each for each in fillers if words[: len(each)] == each), key=len, default=())
    if longest:
        return slowly_taken_out(words[len(longest) :], fillers)
    return [words[0], *slowly_taken_out(words[1:], fillers)]


@given(WORDS, st.sets(st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map(tuple)))
def test_filler_is_taken_out_leftmost_and_longest(
    words: list[str], fillers: set[tuple[str, ...]]
) -> None:
    filler = Filler(" ".join(each) for each in fillers)

    assert list(filler.taken_out(words)) == slowly_taken_out(tuple(words), fillers)
    assert [words[each] for each in filler.kept(words)] == slowly_taken_out(tuple(words), fillers)


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("", ""),
        ("plain", "plain"),
        ("a “b” c", "a   c"),
        ('a "b" c "d" e', "a   c   e"),
        ("a «b» c", "a   c"),
        ("a «b “c» d” e", "a   d” e"),
        ("a “b c", "a “b c"),
        ("a “b «c» d", "a “b   d"),
        ("a ” b “ c", "a   c"),
        ('5" and 6" and 7"', '5" and 6" and 7"'),
        ("a “b\nc” d", "a   d"),
        ("> a\nb", "b"),
        ("a\n> b\nc", "a\nc"),
        ("a\n > b", "a\n > b"),
        ("a > b", "a > b"),
        ("> a “\nb ” c", "b ” c"),
        (">", ""),
    ],
)
def test_quotations_are_left_out(text: str, outside: str) -> None:
    assert unquoted(text) == outside


PIECES = ["a", "b", " ", "\n", ">", ".", "(", "---", "Re: ", "fwd :", "AW：", *OPENING, *CLOSES]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_quotations_are_those_of_the_slow_reading(text: str) -> None:
    said = without_quotations("\n".join(said_lines(text.split("\n"))))

    assert unquoted(text) == said


def reasons(rules: Matcher, text: str) -> list[tuple[str, int, int, str | None]]:
    return [(each.keyword, each.start, each.end, each.lost) for each in rules.explain(text).fired]


@pytest.fixture(scope="module")
def explained() -> Matcher:
    return matcher("""
        filler "please"
        opt-out { keywords "NO NO" phrases "stop texting me", "leave me", "stop", "texting me" except "never stop" }
        help { keywords NO phrases "stop texting" }
    """)


def test_an_exact_match_beats_all_else(explained: Matcher) -> None:
    assert reasons(explained, "Stop!") == [
        ("STOP", 0, 1, None),
        ("stop", 0, 1, "the whole message is `STOP`"),
    ]
    assert reasons(explained, "no, no") == [
        ("NO NO", 0, 2, None),
        ("NO", 0, 2, "the whole message is `NO NO`"),
    ]


def test_what_is_left_without_filler_beats_repeats_and_phrases(explained: Matcher) -> None:
    assert reasons(explained, "please stop please") == [
        ("STOP", 1, 2, None),
        ("stop", 1, 2, "the whole message but for filler is `STOP`"),
    ]
    assert reasons(explained, "no no please no no") == [
        ("NO NO", 0, 5, None),
        ("NO", 0, 5, "opt-out goes before help"),
    ]
    assert reasons(explained, "stop stop")[0] == ("STOP", 0, 2, None)
    assert reasons(explained, "stop stop")[1:] == [
        ("stop", 0, 1, "the whole message but for filler repeats `STOP`"),
        ("stop", 1, 2, "the whole message but for filler repeats `STOP`"),
    ]


def test_phrases_say_what_they_lost_to(explained: Matcher) -> None:
    assert reasons(explained, 'ok "so" stop please texting me, leave me, never stop') == [
        ("stop texting me", 1, 5, None),
        ("texting me", 3, 5, "`stop texting me` is longer"),
        ("leave me", 5, 7, "`stop texting me` is longer"),
        ("stop", 1, 2, "`stop texting me` is longer"),
        ("stop", 8, 9, "excepted by `never stop` at 0.optout:4"),
        ("stop texting", 1, 4, "opt-out goes before help"),
    ]
    assert reasons(explained, "ok leave me or leave me") == [
        ("leave me", 1, 3, None),
        ("leave me", 4, 6, "`leave me` stands further left"),
    ]


def test_an_explanation_shows_how_the_message_was_read(explained: Matcher) -> None:
    explanation = explained.explain("“Reply STOP” please never stop")

    assert explanation.tokens == ("reply", "stop", "please", "never", "stop")
    assert explanation.outside_quotes == ("please", "never", "stop")
    assert explanation.without_filler == ("never", "stop")
    assert explanation.decision is None
    assert [each.lost for each in explanation.fired] == ["excepted by `never stop` at 0.optout:4"]
