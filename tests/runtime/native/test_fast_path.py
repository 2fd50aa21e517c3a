"""The fast path of the compiled core: each way out of it, forced, gives what the steps in Python say."""

from __future__ import annotations

from itertools import product

import pytest

from optoutlang.runtime import native
from optoutlang.runtime.canonical.slips import NEIGHBOURS
from optoutlang.runtime.matcher import Matcher
from tests.builders.rulesets import program
from tests.gate.gate import Gate

pytestmark = pytest.mark.skipif(
    not native.IS_BUILT, reason="there is no compiled core: it needs a C compiler"
)

EXACT, FILLER, TOLERATED, PARTS, FRAMES = 1, 2, 4, 8, 16

KEYWORDS = 'filler "pls", "by the way" opt-out { keywords STOP, END, "NO MORE", СТОП, 退订, 停, 가나다라마 }'

SLIPPING = """
class stop is cancel, отмени
class them is those, texts
opt-out { keywords STOP  tolerate typos  frames "{stop} {them}" }
"""


@pytest.mark.parametrize(
    "text",
    [
        "st op, and all that",  # the beginning is of several words
        "s t o p",
        "s t o p it",
        "sto ck",
        "end stop",  # a keyword shorter than the beginning
        "end of the day",
        "pls stop",
        "by the way stop",
        "by the sea",
        "🛑 stop",  # a symbol says nothing
        "🛑",
        "no more",
        "nomad",
        "$5 stop",
        "5 stop",
        "стоп",
        "СТОП " + "!" * 20,
        "сто раз говорил вам уже",
        "стопка книг на столе лежит",
        "ｓｔｏｐ" + " " * 20,
        "\u200bs\u200bt\u200bo\u200bp" + " " * 20,
        "退订" + "。" * 20,
        "退回订单" + "。" * 20,
        "停 停 停 停 停 停 停 停 停 停 停",
        "가나다라마" + " " * 20,
        "\u1100\u1161나다라마" + " " * 20,
        "x" * 15 + "é",
        "é" * 15 + "x",
        "sto\u0301p" + " " * 20,
        "abcdefghijklmno\u0301" + " stop" * 3,
        " " * 30 + "é stop",
        " " * 30 + "— stop",
        "" + "\u0301" * 30 + "stop",
    ],
)
def test_the_beginning_of_a_message_rules_out_no_keyword(text: str) -> None:
    gate = Gate(program(KEYWORDS))

    assert gate.differences(text, None) == []


@pytest.mark.parametrize(
    "text",
    [
        "see you tomorrow",
        "stack of books",
        "увидимся завтра, хорошо?",
        "明天的会议改到下午了,请告诉大家啊",
    ],
)
def test_the_beginning_of_a_message_rules_all_steps_out(text: str) -> None:
    assert Gate(program(KEYWORDS)).steps(text, None) == 0


def slips_of(word: str) -> list[str]:
    """Return all slips of a word (docs/language.md §5)."""
    places = range(len(word))
    return [
        *(word[:place] + word[place + 1 :] for place in places),
        *(word[:place] + word[place] + word[place:] for place in places),
        *(
            word[:place] + word[place + 1] + word[place] + word[place + 2 :]
            for place in places[:-1]
        ),
        *(
            word[:place] + near + word[place + 1 :]
            for place in places
            for near in sorted(NEIGHBOURS.get(word[place], ()))
        ),
    ]


@pytest.mark.parametrize("word", ["cancel", "отмени"])
def test_every_slip_of_a_word_of_a_frame_passes(word: str) -> None:
    gate = Gate(program(SLIPPING))
    texts = [f"{each} those" for each in slips_of(word)]

    assert [each for each in texts if gate.differences(each, None)] == []
    assert [each for each in texts if not gate.steps(each, None) & FRAMES] == []


def test_a_frame_with_two_slips_is_ruled_out() -> None:
    gate = Gate(program(SLIPPING))
    texts = [f"{one} {other}" for one, other in product(["cancle", "ancel"], ["thsoe", "hose"])]

    assert [each for each in texts if gate.steps(each, None) & FRAMES] == []
    assert [each for each in texts if gate.differences(each, None)] == []
    assert gate.steps("cancle those", None) & FRAMES


def test_what_a_frame_needs_is_no_slip() -> None:
    rules = """
    class curse  is damnit
    class things is textings
    opt-out { keywords STOP  tolerate typos  frames "{curse} you" needs things }
    """
    gate = Gate(program(rules))

    assert gate.steps("damnit you. textings", None) & FRAMES
    assert not gate.steps("damnit you. textingss", None) & FRAMES
    assert gate.differences("damnit you. textingss", None) == []


@pytest.mark.parametrize(
    "text",
    [
        "stop it",
        '"nice" stop it',
        'he said "stop it" and left',
        "Re: stop it",
        "fwd: stop it",
        "'\"x\"'stop it",
        "no news here",
    ],
)
def test_quotations_are_left_out_only_where_a_phrase_may_begin(text: str) -> None:
    assert Gate(program('opt-out { phrases "stop it" }')).differences(text, None) == []


def test_decisions_of_short_messages_are_kept_and_forgotten() -> None:
    rules = 'filler "pls" opt-out { keywords STOP reply "Bye" } country US { opt-out { reply "Bye, US" } }'
    matcher = Matcher(program(rules))
    texts = [f"stop{'!' * many} pls{'.' * more}" for many in range(16) for more in range(64)]
    texts = [each for each in texts if len(each) <= 24]

    first = [[matcher.match(each, country=at) for each in texts] for at in (None, "US", "FR")]
    again = [[matcher.match(each, country=at) for each in texts] for at in (None, "US", "FR")]

    assert first == again
    assert {each.reply for each in first[0] if each} == {"Bye"}
    assert {each.reply for each in first[1] if each} == {"Bye, US"}
    assert {each.country_scope for row in first for each in row if each} == {None, "US"}


def test_a_question_that_the_fast_path_does_not_know_is_answered_as_without_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Text(str):
        __slots__ = ()

    rules = program(
        'opt-out { keywords STOP reply "Bye" } language es { opt-out { keywords ALTO reply "Adiós" } }'
    )
    compiled = Matcher(rules)
    monkeypatch.setenv(native.PURE, "1")
    pure = Matcher(rules)
    asked: list[dict[str, object]] = [
        {},
        {"country": "US"},
        {"country": "us"},
        {"country": Text("US")},
        {"country": "nowhere"},
        {"country": ["US"]},
        {"language": "es"},
        {"language": "!"},
        {"country": "US", "language": "es"},
        {"strict": True},
    ]
    for text, question in product(["stop", "see you", Text("stop"), Text("see you")], asked):
        both = [each.match(text, **question) for each in (compiled, pure)]  # type: ignore[arg-type]

        assert both[0] == both[1], (text, question)
    for matcher in (compiled, pure):
        with pytest.raises(ValueError, match="nowhere"):
            matcher.match("stop", country="nowhere", strict=True)
        with pytest.raises(TypeError, match="a message is str, not int"):
            matcher.match(1)  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [0, 1, 6, 7, 20])
def test_a_list_means_what_its_messages_mean(count: int) -> None:
    matcher = Matcher(program(KEYWORDS))
    texts = (["stop", "hello there, how are you?", "сто", "STOP now", "by the way stop"] * 4)[
        :count
    ]
    assert matcher.match_many(iter(texts)) == [matcher.match(each) for each in texts]


def test_a_list_with_something_that_is_no_str_is_refused() -> None:
    matcher = Matcher(program(KEYWORDS))
    with pytest.raises(TypeError, match="int"):
        matcher.match_many(["stop", 5])  # type: ignore[list-item]


def test_a_list_asks_the_match_of_a_subclass() -> None:
    class Deaf(Matcher):
        def match(self, text: str, **options: object) -> None:
            """Hear nothing."""

    assert Deaf(program(KEYWORDS)).match_many(["stop"]) == [None]


@pytest.mark.parametrize("rest", ["", "p", "p it", "\u0301p", " end", "'p", "ение"])
def test_a_text_of_any_three_letters_is_ruled_out_only_if_it_means_nothing(
    rest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = program(KEYWORDS + ' opt-in { keywords "GO ON", YES, TEST }')
    compiled = Matcher(rules)
    monkeypatch.setenv(native.PURE, "1")
    steps = Matcher(rules)
    texts = ["".join(each) + rest for each in product("stopenyYl 'gbЕ\u0301", repeat=3)]
    decisions = compiled.match_many(texts)
    assert decisions == steps.match_many(texts)
    assert any(decisions) == (rest in {"", "p", " end", "'p", "\u0301p"})
