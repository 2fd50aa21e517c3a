"""The beginning of a message rules nothing out that a keyword may begin with, and is kept."""

from __future__ import annotations

from random import Random

import pytest

from optoutlang.runtime import native
from optoutlang.runtime.matcher import Matcher, beginnings
from optoutlang.runtime.matcher.answers import Answers
from optoutlang.runtime.matcher.beginnings import Beginnings
from optoutlang.runtime.matcher.reader import Reader
from optoutlang.runtime.matcher.steps import make_steps
from optoutlang.runtime.terms import Decision
from tests.builders.rulesets import program
from tests.gate.texts import Texts

RULES = """
filler "pls", "by the way"
opt-out { keywords STOP, END, "NO MORE", СТОП, 退订, 停, 가나다라마, "D'OR" }
country FR { opt-out { keywords ARRET } }
"""


@pytest.fixture
def pure(monkeypatch: pytest.MonkeyPatch) -> Matcher:
    monkeypatch.setenv(native.PURE, "1")
    return Matcher(program(RULES))


def by_steps_alone(text: str, country: str | None) -> Decision | None:
    rules = program(RULES)
    matcher = Matcher(rules)
    context = rules.context(country)
    return Reader(make_steps(rules), Answers(rules, matcher.digest, context)).decide(text, None)


@pytest.mark.parametrize(
    "text",
    [
        "st op, and all that",
        "s t o p",
        "end stop",
        "end of the day",
        "endstop",
        "pls stop",
        "pl's stop",
        "pls, by the way: stop",
        "by the sea",
        "by",
        "🛑 stop",
        "🛑🛑🛑🛑stop",
        "    stop",
        "....stop",
        "no more",
        "nomad",
        "$5 stop",
        "стоп",
        "стопка книг на столе",
        "ｓｔｏｐ",
        "\u200bs\u200bt\u200bo\u200bp",
        "退订。",
        "退回订单",
        "停 停 停",
        "가나다라마",
        "\u1100\u1161나다라마",
        "sto\u0301p",
        "d'or",
        "d’or",
        "dor",
        "d' or",
        "arret",
        "arr'et",
        "",
        "s",
    ],
)
def test_the_beginning_of_a_message_rules_out_no_keyword(pure: Matcher, text: str) -> None:
    for country, _ in ((None, 0), ("FR", 0), (None, 1)):  # the second time it may be kept
        assert pure.match(text, country=country) == by_steps_alone(text, country)


@pytest.mark.parametrize("text", ["see you", "увидимся завтра", "明天的会议", "stacks", "ends of"])
def test_an_ordinary_beginning_is_kept(pure: Matcher, text: str) -> None:
    assert pure.match(text) is None
    known = pure._beginnings  # noqa: SLF001
    assert known is not None
    assert any(text.startswith(each) for each in known.ruled_out)


def test_fuzzed_messages_mean_the_same_whatever_is_kept(
    pure: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginnings, "MOST_KEPT", 20)
    rules = program(RULES)
    contexts = {None: rules.context(None), "FR": rules.context("FR")}
    steps = make_steps(rules)
    alone = {
        country: Reader(steps, Answers(rules, pure.digest, context))
        for country, context in contexts.items()
    }
    draw = Texts(rules, Random(3))  # noqa: S311  # no secret
    for text in (draw.text() for _ in range(500)):
        for country, reader in alone.items():
            assert pure.match(text, country=country) == reader.decide(text, None), ascii(text)
    known = pure._beginnings  # noqa: SLF001
    assert known is not None
    assert len(known.ruled_out) <= 20


@pytest.mark.parametrize(
    "rules",
    [
        'opt-out { phrases "stop it" }',
        "opt-out { tolerate typos }",
        'opt-out { sentences "no more of it" }',
        'class stop is cancel opt-out { frames "{stop} it" }',
    ],
)
def test_other_rules_than_keywords_do_without(rules: str) -> None:
    assert Beginnings.of(program(rules)) is None


def test_a_bad_country_is_refused_although_the_beginning_says_no(pure: Matcher) -> None:
    assert pure.match("see you") is None
    with pytest.raises(ValueError, match="UK"):
        pure.match("see you", country="UK", strict=True)
