"""A frequent word alone is no request by a sentence or a frame of another language; `make searches` looks at more."""

from __future__ import annotations

import pytest

from optoutlang import MatchedBy
from optoutlang.language.words.everyday import everyday
from optoutlang.language.words.lists import listed, lists
from optoutlang.language.words.territories import languages_of
from optoutlang.runtime.terms.country import COUNTRIES
from tests.builders.packs import matcher

FREQUENT = 8_000
"""How many words of each language are asked about, in every country that has the language."""
BY_WORDS = {MatchedBy.SENTENCE, MatchedBy.PHRASE, MatchedBy.FRAME}


@pytest.mark.thorough
@pytest.mark.slow
def test_no_frequent_word_alone_is_a_request_by_another_language_s_sentence_or_frame() -> None:
    world = matcher("world")
    asked = 0
    wrong = []
    for language in lists():
        for country in sorted(COUNTRIES):
            if language not in languages_of(country):
                continue
            for word in sorted(everyday(language, FREQUENT)):
                asked += 1
                decision = world.match(word, country=country)
                if (
                    decision is not None
                    and decision.matched_by in BY_WORDS
                    and listed(decision.language) != language
                    and decision.language not in languages_of(country)
                ):
                    wrong.append(f"{word} {country} {decision.keyword} {decision.rule}")
    assert asked > 500_000
    assert wrong == []
