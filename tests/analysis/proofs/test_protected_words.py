"""Each spelling is read once a country: what decides is the same in every language, as trying each one shows."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from optoutlang.analysis.proofs.properties.spellings import spellings
from optoutlang.analysis.proofs.subject import EVERYWHERE, Subject
from optoutlang.runtime.terms import PROTECTED, MatchedBy
from tests.analysis.proofs.rules import EVERYDAY, everyday_subject, subject
from tests.analysis.proofs.test_prove import RULES

SUBJECTS: dict[str, Callable[[], Subject]] = {
    "countries with preferences": lambda: subject(RULES),
    "everyday words": lambda: everyday_subject(EVERYDAY),
}


@pytest.mark.parametrize("name", SUBJECTS)
def test_each_spelling_means_its_word_in_each_country_and_language(name: str) -> None:
    rules = SUBJECTS[name]()
    match = rules.matcher.match
    texts = [(text, action) for word, action in PROTECTED.items() for text in spellings(word)]
    wrong = [
        (text, country, language)
        for country, language in product(EVERYWHERE, rules.languages)
        for text, action in texts
        for found in [match(text, country=country, language=language)]
        if found is None or (found.action, found.matched_by) != (action, MatchedBy.EXACT)
    ]

    assert len(rules.languages) > 1
    assert wrong == []
