"""The parts that the steps are made of, each against a slow and obvious reading of the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.language.reference.phrases import unquoted_lines, without_quotations
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.matcher.quotes import CLOSES, OPENING, unquoted
from optoutlang.runtime.program import Filler
from optoutlang.runtime.terms.action import Action, MatchedBy
from tests.builders.rulesets import matcher

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


PIECES = [
    "a",
    "b",
    "Loved ",
    "👍 to ",
    " ",
    "\n",
    ">",
    ".",
    "(",
    "---",
    "Re: ",
    "fwd :",
    "AW：",
    *OPENING,
    *CLOSES,
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_quotations_are_those_of_the_slow_reading(text: str) -> None:
    said = without_quotations("\n".join(unquoted_lines(text.split("\n"))))

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


def test_what_is_nearly_a_keyword_says_how_and_beats_what_is_in_part() -> None:
    rules = matcher("""
        filler "please", "now please"
        opt-out { keywords QUITS, QUIT, "NO MORE" phrases "more" tolerate typos, lookalikes, stretches, numbers }
        help { phrases "please" }
    """)
    assert reasons(rules, "please no moer now please")[0] == ("NO MORE", 1, 3, None)
    assert reasons(rules, "please no moree 12 34 now please")[0] == ("NO MORE", 1, 3, None)
    assert reasons(rules, "please no more 12 34 now please") == [
        ("NO MORE", 1, 3, None),
        ("more", 2, 3, "the whole message is `NO MORE` but for a number"),
        ("please", 0, 1, "the whole message is `NO MORE` but for a number"),
        ("please", 6, 7, "the whole message is `NO MORE` but for a number"),
    ]
    assert reasons(rules, "no more please 5 more") == [
        ("more", 1, 2, None),
        ("more", 4, 5, "`more` ends first"),
        ("please", 2, 3, "opt-out goes before help"),
    ]


@pytest.mark.parametrize("message", ["t t", "t t t", "T, T, T, T!"])
def test_a_keyword_of_one_letter_repeats_too(message: str) -> None:
    found = matcher("opt-out { keywords T }").match(message)
    assert found is not None
    assert (found.keyword, found.matched_by) == ("T", MatchedBy.FILLER)


def test_what_is_a_keyword_is_nearly_no_other() -> None:
    rules = matcher("opt-out { keywords FIN, FINNN tolerate stretches } filler please")
    assert reasons(rules, "please finnn") == [("FINNN", 1, 2, None)]
    assert reasons(rules, "please finnnn") == [
        ("FIN", 1, 2, None),
        ("FINNN", 1, 2, "the whole message is `FIN` but for a stretch"),
    ]


def test_what_fired_is_told_in_the_language_that_its_sender_prefers() -> None:
    rules = matcher("""
        filler please
        opt-out { keywords FIN sentences "no more" phrases "no more" tolerate numbers }
        language es { opt-out { keywords FIN sentences "no more" phrases "no more" reply "adiós" } }
    """)
    for message in (
        "stop",
        "please stop",
        "stop stop",
        "stop 1",
        "fin",
        "fin fin",
        "fin 1",
        "so, no more",
        "so no more",
    ):
        for language in ("es", "en"):
            found = rules.explain(message, language=language)
            assert found.decision == rules.match(message, language=language)
            assert {each.language for each in found.fired} == {language}, message
            assert {each.action for each in found.fired} == {Action.OPT_OUT}


NEAR = {
    "typos": ("unsubscribbe", "unsubscrib", "unsubsrcibe"),
    "lookalikes": ("un5ubscribe", "unsubsсribe", "unsubscr1be"),
    "stretches": ("unsubscribeee", "unsubscriiibe"),
    "numbers": ("unsubscribe 1", "unsubscribe 12 34"),
}


@pytest.mark.parametrize("tolerated", NEAR)
def test_the_longest_keyword_is_heard_as_far_as_is_tolerated_and_no_further(tolerated: str) -> None:
    rules = matcher(f"opt-out {{ keywords UNSUBSCRIBE tolerate {tolerated} }}")
    for name, messages in NEAR.items():
        for message in messages:
            assert (rules.match(message) is not None) == (name == tolerated), message


def test_each_tolerance_is_named_to_what_loses_to_it() -> None:
    rules = matcher("""
        opt-out { tolerate typos, lookalikes, stretches }
        help { sentences "sotp", "5top", "stoppp" }
    """)
    for message, how in (("stoppp", "stretch"), ("sotp", "typo"), ("5top", "lookalike")):
        assert reasons(rules, message) == [
            ("STOP", 0, 1, None),
            (message, 0, 1, f"the whole message is `STOP` but for a {how}"),
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
        ("leave me", 4, 6, "`leave me` ends first"),
    ]


def test_of_two_that_end_together_the_one_that_stands_there_as_written_goes_first() -> None:
    rules = matcher('filler "b" opt-out { phrases "a c", "b c" }')
    assert reasons(rules, "ok a b c") == [
        ("b c", 2, 4, None),
        ("a c", 1, 4, "`b c` stands there as written"),
    ]


def test_an_explanation_shows_how_the_message_was_read(explained: Matcher) -> None:
    explanation = explained.explain("“Reply STOP” please never stop")

    assert explanation.tokens == ("reply", "stop", "please", "never", "stop")
    assert explanation.outside_quotes == ("please", "never", "stop")
    assert explanation.without_filler == ("never", "stop")
    assert explanation.decision is None
    assert [each.lost for each in explanation.fired] == ["excepted by `never stop` at 0.optout:4"]
