"""The matcher as embedders use it: what it takes, what it refuses, and that it can be shared."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.program.artefact import ArtefactError, digest, to_bytes
from optoutlang.runtime.terms.action import Action
from optoutlang.runtime.terms.note import Note, NoteCode
from tests.builders.rulesets import matcher, program

RULES = """
    filler "please", "please please", "the"
    opt-out { keywords "NO MORE" phrases "stop", "stop texting", "stop texting me", "me stop" except "do not stop" }
    help { phrases "stop texting" }
    country MX { prefer es filler "me" opt-out { keywords ALTO phrases "por favor para" } }
"""


@pytest.fixture(scope="module")
def rules() -> Matcher:
    return matcher(RULES)


def test_a_matcher_says_what_it_is_made_of(rules: Matcher) -> None:
    assert rules.program == program(RULES)
    assert rules.digest == digest(rules.program)
    assert rules.name == "test"
    assert rules.countries == ("MX",)
    assert repr(rules) == f"<Matcher test {rules.digest[:12]}>"


@pytest.mark.parametrize("text", [b"STOP", None, 1, ["STOP"]])
def test_only_str_is_a_message(rules: Matcher, text: object) -> None:
    with pytest.raises(TypeError, match="a message is str"):
        rules.match(text)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a message is str"):
        rules.explain(text)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a message is str"):
        rules.match_many([text])  # type: ignore[list-item]


ODD_COUNTRIES = ["", " ", "UK", "XX", "U", "USA", "EU", "ß", b"US", 1, float("nan"), ["US"]]
ODD_LANGUAGES = ["", "e", "english", "english language", b"en", 1, ["en"]]


@pytest.mark.parametrize("country", ODD_COUNTRIES)
def test_what_is_no_country_never_loses_a_stop(rules: Matcher, country: object) -> None:
    decision = rules.match("STOP", country=country)  # type: ignore[arg-type]
    base = rules.match("STOP")
    assert decision is not None
    assert base is not None
    assert [each.code for each in decision.notes] == [NoteCode.UNKNOWN_COUNTRY]
    assert replace(decision, notes=()) == base
    assert rules.explain("STOP", country=country).decision == decision  # type: ignore[arg-type]
    assert rules.match_many(["STOP"], countries=[country]) == [decision]  # type: ignore[list-item]


@pytest.mark.parametrize("language", ODD_LANGUAGES)
def test_what_is_no_language_never_loses_a_stop(rules: Matcher, language: object) -> None:
    decision = rules.match("STOP", country="MX", language=language)  # type: ignore[arg-type]
    known = rules.match("STOP", country="MX")
    assert decision is not None
    assert known is not None
    assert [each.code for each in decision.notes] == [NoteCode.UNKNOWN_LANGUAGE]
    assert replace(decision, notes=()) == known


@pytest.mark.parametrize("country", ODD_COUNTRIES)
def test_strictness_refuses_what_is_no_country(rules: Matcher, country: object) -> None:
    with pytest.raises(ValueError, match="country"):
        rules.match("STOP", country=country, strict=True)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ODD_LANGUAGES)
def test_strictness_refuses_what_is_no_language(rules: Matcher, language: object) -> None:
    with pytest.raises(ValueError, match="language"):
        rules.match_many(["STOP"], languages=[language], strict=True)  # type: ignore[list-item]


def test_a_question_that_decides_nothing_still_says_what_was_not_understood(rules: Matcher) -> None:
    found = rules.explain("hello", country="UK", language="")
    assert found.decision is None
    assert [str(each) for each in found.notes] == [
        "`UK` is no country code: read in the base scope",
        "`` is no language tag: read without a preferred language",
    ]


def test_a_note_keeps_a_hundred_characters_of_what_was_given(rules: Matcher) -> None:
    decision = rules.match("STOP", country="x" * 1_000)
    assert decision is not None
    assert decision.notes == (Note(NoteCode.UNKNOWN_COUNTRY, "x" * 100),)


@pytest.mark.parametrize("country", ["XK", "xk"])
def test_kosovo_is_a_country(country: str) -> None:
    rules = matcher("country XK { opt-out { keywords NDALO } }")
    decision = rules.match("ndalo", country=country, strict=True)
    assert decision is not None
    assert (decision.country_scope, decision.notes) == ("XK", ())


@pytest.mark.parametrize("language", ["es_MX", " es-MX "])
def test_a_language_may_be_spelt_as_programs_do(rules: Matcher, language: str) -> None:
    decision = rules.match("STOP", country="MX", language=language, strict=True)
    assert decision is not None
    assert (decision.language, decision.notes) == ("es", ())


@pytest.mark.parametrize("country", ["MX", "mx", "Mx"])
def test_a_country_may_be_in_any_case(rules: Matcher, country: str) -> None:
    decision = rules.match("alto", country=country)

    assert decision is not None
    assert decision.country_scope == "MX"


def test_a_language_may_be_in_any_case(rules: Matcher) -> None:
    decision = rules.match("stop", country="MX", language="EN-us")

    assert decision is not None
    assert decision.language == "en"


def test_many_messages_are_matched_as_one_by_one(rules: Matcher) -> None:
    texts = ["STOP", "STOP", "alto", "alto", "hello"]
    countries = ["MX", "MX", "MX", None, "US"]
    languages = ["en", None, None, None, "en"]

    assert rules.match_many(iter(texts), countries=countries, languages=languages) == [
        rules.match(text, country=country, language=language)
        for text, country, language in zip(texts, countries, languages, strict=True)
    ]
    found = rules.match_many(texts[:2], countries=countries[:2], languages=languages[:2])
    assert [each and each.language for each in found] == ["en", "es"]
    assert rules.match_many(texts) == [rules.match(text) for text in texts]
    assert rules.match_many([]) == []


def test_many_messages_need_as_many_countries_and_languages(rules: Matcher) -> None:
    with pytest.raises(ValueError, match="shorter"):
        rules.match_many(["STOP", "STOP"], countries=["US"])
    with pytest.raises(ValueError, match="longer"):
        rules.match_many(["STOP"], languages=["en", "es"])


def test_one_text_is_not_many(rules: Matcher) -> None:
    with pytest.raises(TypeError, match="not many"):
        rules.match_many("STOP")


def test_a_matcher_pickles_by_content(rules: Matcher) -> None:
    copy = pickle.loads(pickle.dumps(rules))  # noqa: S301  # our own bytes

    assert (copy.program, copy.digest) == (rules.program, rules.digest)
    assert copy.match("stop texting me") == rules.match("stop texting me")
    assert pickle.dumps(copy) == pickle.dumps(rules)


def test_a_matcher_is_made_from_an_artefact(rules: Matcher) -> None:
    data = to_bytes(rules.program)

    assert rules.to_bytes() == data
    assert Matcher.from_bytes(data).digest == rules.digest
    with pytest.raises(ArtefactError):
        Matcher.from_bytes(data[:-1])


def test_threads_may_share_a_matcher(rules: Matcher) -> None:
    texts = ["stop texting me", "please STOP", "do not stop", "hello", "me stop", "help"] * 50
    expected = rules.match_many(texts)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(rules.match_many, [texts] * 16))

    assert found == [expected] * 16


@pytest.mark.parametrize("text", ["\ud800", "STOP\udfff", "\0", "stop\0", "\U0010ffff", "\x1b[0m"])
def test_any_str_is_a_message(rules: Matcher, text: str) -> None:
    decision = rules.match(text)

    assert (decision is not None) == ("stop" in text.lower())


def test_a_program_without_phrases_finds_none() -> None:
    bare = matcher('filler "please"')

    assert bare.match("stop it") is None
    assert bare.explain("stop it").fired == ()
    assert bare.match("please stop") is not None
    assert bare.states == 0


def test_the_automaton_has_a_state_for_each_row_of_tokens_and_two_for_each_common_letter() -> None:
    rules = matcher('opt-out { phrases "ab cd", "ab ef gh" }')

    rows = ["", "ab", "ab cd", "ab ef", "ab ef gh"]
    common = ["unknown", "sentence end", "ab", "cd", "ef", "gh"]
    assert rules.states == len(rows) + 2 * len(common) - len(["ab"])


LONG = {
    "one word": "a" * 500_000,
    "no tokens": " " * 500_000,
    "a repeated keyword": "stop " * 20_000,
    "nearly a repeated keyword": "stop " * 20_000 + "x",
    "overlapping phrases": "stop texting me stop texting " * 2_500,
    "overlapping exceptions": "do not stop texting me " * 2_500,
    "many fillers": "please " * 50_000 + "hello",
    "many opening quotes": "“" * 25_000 + "stop texting",
    "many quotes of all kinds": '“"«' * 10_000 + "stop texting",
    "many closed quotes": "“x” " * 10_000 + "hello",
    "many quoted lines": "> stop\n" * 50_000 + "hello",
    "many marks": "e" + "\u0301" * 100_000,
    "no spaces": "停" * 100_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_a_long_message_gets_its_answer(rules: Matcher, name: str) -> None:
    """A step that took quadratic time would not end."""
    decision = rules.match(LONG[name], country="MX")

    meant = None if decision is None else decision.action
    expected = {
        "a repeated keyword": Action.OPT_OUT,
        "nearly a repeated keyword": Action.OPT_OUT,
        "overlapping phrases": Action.OPT_OUT,
        "many opening quotes": Action.OPT_OUT,
        "overlapping exceptions": Action.HELP,
    }
    assert meant is expected.get(name, None if name != "many quotes of all kinds" else meant)


@pytest.mark.slow
def test_ten_megabytes_are_answered(rules: Matcher) -> None:
    filling = "the quick brown fox don't stóp " * 320_000

    assert len(filling.encode()) > 10_000_000
    decision = rules.match(filling + "stop texting me")

    assert decision is not None
    assert decision.keyword == "stop texting me"
