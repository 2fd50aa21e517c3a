"""The model's values cannot be built wrong: what they refuse is what no file can say."""

from __future__ import annotations

from itertools import product

import pytest

from optoutlang.language.model.effective import effective_tables
from optoutlang.language.model.from_syntax import Loaded
from optoutlang.language.model.layers import Layers
from optoutlang.language.model.ruleset import Example
from optoutlang.language.model.statement import (
    Claim,
    ExceptionPhrase,
    FillerPhrase,
    Origin,
    Phrase,
    Removal,
    Sentence,
)
from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.parse import parse
from optoutlang.runtime.canonical import key
from optoutlang.runtime.terms.action import PROTECTED, REQUESTS, Action
from tests.builders.rulesets import ruleset_of

PLACE = Place(SourceText("a.optout", "STOP"), Span(0, 4))
SPELLINGS = ("{}", "{}.", "“{}”", "\N{ZERO WIDTH SPACE}{}", "*{}*")


def claim(word: str, action: Action) -> Claim:
    return Claim(Origin(0, None, PLACE), action, "en", word, key(word))


@pytest.mark.parametrize(("word", "spelling"), [*product(PROTECTED, SPELLINGS)])
def test_a_protected_word_has_no_constructor_for_another_action(word: str, spelling: str) -> None:
    for action in REQUESTS:
        if action is PROTECTED[word]:
            assert claim(spelling.format(word), action).action is action
        else:
            with pytest.raises(ValueError, match="is protected"):
                claim(spelling.format(word.lower()), action)


@pytest.mark.parametrize(("word", "spelling"), [*product(PROTECTED, SPELLINGS)])
def test_a_protected_word_has_no_constructor_for_its_removal(word: str, spelling: str) -> None:
    written = spelling.format(word)
    with pytest.raises(ValueError, match="is protected"):
        Removal(Origin(0, None, PLACE), PROTECTED[word], None, written, key(written))


def test_a_keyword_that_is_nearly_a_protected_word_is_free() -> None:
    assert claim("STOPP", Action.OPT_IN).key == "stopp"


def test_a_keyword_has_a_key() -> None:
    with pytest.raises(ValueError, match="without a key"):
        claim("...", Action.OPT_OUT)


def test_filler_has_a_token() -> None:
    with pytest.raises(ValueError, match="without a token"):
        FillerPhrase(Origin(0, None, PLACE), "--", ())


def test_every_keyword_of_every_context_knows_its_key() -> None:
    weak = "opt-out { keywords QUIT, END, STOP } help { keywords INFO, HELP }"
    strong = """
        opt-in { keywords QUIT, START }
        opt-out { remove END only keywords DONE, GONE }
        country MX { help { keywords GONE remove INFO } }
    """
    ruleset = ruleset_of(("weak.optout", weak), ("strong.optout", strong))
    layers = Layers(ruleset)
    for scope, table in effective_tables(ruleset).items():
        assert {each.key for each in table.keywords.values()} == set(table.keywords)
        assert all(key == held.key for key, held in layers.resolve(scope).items())
        assert all(
            claim.key == key for key, each in table.keywords.items() for claim in each.claims
        )


def test_wording_speaks_the_language_of_its_block() -> None:
    ruleset = ruleset_of(
        (
            "a.optout",
            'language es { opt-out { sentences "ya no" phrases "ya basta" except "ya no sé" } }',
        )
    )
    wording = (*ruleset.of(Sentence), *ruleset.of(Phrase), *ruleset.of(ExceptionPhrase))
    assert [(each.spelling, each.language) for each in wording] == [
        ("ya no", "es"),
        ("ya basta", "es"),
        ("ya no sé", "es"),
    ]


def test_what_is_not_said_is_not_so() -> None:
    assert claim("QUIT", Action.OPT_OUT).required is False
    assert Loaded(parse(SourceText("a.optout", ""))[0]).uses == ()
    place = PLACE
    case = Example("t", "m", None, None, None, None, states_reply=False, reply=None, place=place)
    assert case.suggested is False
