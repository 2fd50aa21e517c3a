"""Everyday words: compiled = reference for each spelling in each country, and what a person would expect of some."""

from __future__ import annotations

from functools import cache
from itertools import product

import pytest

from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.runtime.matcher import Matcher
from optoutlang.testing.library import ROOT, Block, Library
from optoutlang.testing.messages import Context
from optoutlang.testing.rulesets import check, errors
from tests.strategies.outcomes import compiled_decision, reference_decision, without_rule

PACK = (
    "ruleset pack",
    "ignore everyday-words",
    'filler "please", "no"',
    Block("language fi", (Block("opt-out", ('sentences "SEIS"', "keywords LOPETA")),)),
    Block("language sw", (Block("opt-out", ("keywords ACHA, SIMAMA",)),)),
    Block("language es", (Block("opt-out", ('keywords BASTA, "NO MÁS"',)),)),
    Block("language es", (Block("opt-in", ("keywords ALTA, SÍ",)),)),
    Block("language vi", (Block("opt-out", ("keywords DỪNG",)),)),
    Block("language ar", (Block("opt-in", ('keywords "ابدأ"',)),)),
    Block("language gl", (Block("opt-out", ("keywords DETER",)),)),
    Block("language pt", (Block("opt-out", ("keywords PARE, SAIR",)),)),
    Block("opt-out", ('keywords "STOP ALL", UNSUBSCRIBE', "tolerate typos, numbers, stretches")),
    Block("opt-in", ("keywords RESUME, UNSTOP",)),
    Block("country SE", (Block("language pt", (Block("opt-out", ("keywords PARE",)),)),)),
)
FILES: Library = {
    "pack.optout": PACK,
    ROOT: ("ruleset root", 'use "./pack.optout"', Block("opt-out", ("keywords FIN",))),
}

MESSAGES = (
    *(
        "Seis",
        "seis!",
        "Acha",
        "please acha",
        "Simama",
        "Sí, mamá",
        "si mama",
        "SI MAMA",
        "si. mama",
    ),
    *("Basta", "Bästa", "Başta", "no más", "No máš", "no mas", "no. mas", "Alta", "Sí", "si", "sì"),
    *("Đúng", "dung", "DỪNG", "dừng dừng", "أبدا", "ابدأ", "ابدا", "Det er", "det. er", "deter"),
    *("Parę", "pare", "Paré", "pare sair", "Saif", "sari", "sair 5", "Şair", "Résumé", "resume"),
    *("stop all", "Stop. All!", "STOPALL", "stop seis", "st op", "S.T.O.P", "unsub scribe"),
    *("un. subscribe", "unstop please", "résume please", "fin", "FÍN", "Fin de semana", "lopeta"),
    *("basta please", "seiiis", "baasta", "unsubscirbe", "pare no sair", "🛑", "seis 12"),
)
COUNTRIES = (
    *(
        None,
        "MX",
        "ES",
        "US",
        "BR",
        "PT",
        "FI",
        "SE",
        "NO",
        "CZ",
        "PL",
        "TR",
        "VN",
        "EG",
        "KE",
        "IN",
    ),
    *("CA", "FR", "DE", "IT", "PH", "AQ", "HK"),
)


@cache
def compiled() -> tuple[Ruleset, Matcher]:
    checked = check(FILES)
    assert not errors(checked), checked.diagnostics
    ruleset = checked.ruleset
    assert ruleset is not None
    return ruleset, Matcher.from_bytes(Matcher(from_model(ruleset)).to_bytes())


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_spelling_means_in_each_country_what_the_reference_says(country: str | None) -> None:
    ruleset, matcher = compiled()
    context = Context(country, None)
    for text in MESSAGES:
        found = compiled_decision(matcher, text, context)
        assert found == reference_decision(ruleset, text, context), (text, country)
        explained = matcher.explain(text, country=country).decision
        assert without_rule(explained) == without_rule(found), (text, country)


@pytest.mark.parametrize(
    ("text", "country", "action"),
    [
        ("Seis", "MX", None),
        ("Seis", "FI", "opt-out"),
        ("Seis", "SE", "opt-out"),
        ("Acha", "KE", "opt-out"),
        ("Acha", "IN", None),
        ("Bästa", "SE", None),
        ("Basta", "SE", "opt-out"),
        ("Đúng", "VN", None),
        ("Dung", "VN", "opt-out"),
        ("DỪNG", "VN", "opt-out"),
        ("أبدا", "EG", None),
        ("ابدأ", "EG", "opt-in"),
        ("ابدأ", "MX", None),
        ("Sí", "MX", "opt-in"),
        ("Sí", "FI", None),
        ("Résumé", "US", None),
        ("Resume", "US", "opt-in"),
        ("Sí, mamá", "MX", None),
        ("si mama", "MX", None),
        ("Simama", "KE", "opt-out"),
        ("Det er", "NO", None),
        ("No máš", "CZ", None),
        ("No mas", "CZ", "opt-out"),
        ("Pare", "PH", None),
        ("Pare", "SE", "opt-out"),
    ],
)
def test_a_word_is_the_keyword_where_its_language_is_spoken_or_nobody_says_it_every_day(
    text: str, country: str, action: str | None
) -> None:
    _, matcher = compiled()
    decision = matcher.match(text, country=country)
    assert (decision and decision.intent.value) == action


def test_protected_words_keep_every_spelling_everywhere() -> None:
    _, matcher = compiled()
    for text, country in product(
        ("stop", "STÓP", "st op", "S.T.O.P", "stárt", "he. lp"), COUNTRIES
    ):
        assert matcher.match(text, country=country) is not None


def test_an_explanation_says_of_which_language_a_word_is() -> None:
    _, matcher = compiled()
    fired = matcher.explain("Basta", country="SE").fired
    assert [each.lost for each in fired] == [None]
    fired = matcher.explain("Bästa", country="SE").fired
    assert [each.lost for each in fired] == ["`bästa` is an everyday word of sv, a language of SE"]
