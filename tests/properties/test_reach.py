"""The generated rulesets and messages reach what the properties are about, and often enough to matter."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optoutlang.language.model.statement import Claim, Only
from optoutlang.language.reference.layers import table
from optoutlang.language.reference.phrases import occurrences, outside_quotes, readings
from optoutlang.runtime.terms.action import Action, MatchedBy
from optoutlang.testing.messages import Context, contexts, messages
from optoutlang.testing.rulesets import GeneratedRuleset, rulesets
from tests.strategies.outcomes import reference_decision

RULESETS = 120
MESSAGES = 20


@pytest.mark.thorough
@pytest.mark.slow
def test_rulesets_reach_the_interesting_cases() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=RULESETS)
    @given(rulesets())
    def count(rules: GeneratedRuleset) -> None:
        seen["rulesets"] += 1
        seen.update(features(rules))

    count()

    for feature, share in {
        "several files": 0.15,
        "override in a country": 0.15,
        "claim taken away": 0.3,
        "rebound": 0.1,
        "only": 0.15,
        "require": 0.15,
        "several languages claim one keyword": 0.05,
    }.items():
        assert seen[feature] >= share * seen["rulesets"], (feature, seen)


@pytest.mark.thorough
@pytest.mark.slow
def test_messages_reach_the_interesting_cases() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=RULESETS)
    @given(rulesets(), st.data())
    def count(rules: GeneratedRuleset, data: st.DataObject) -> None:
        for _ in range(MESSAGES):
            context, text = data.draw(contexts(rules)), data.draw(messages(rules))
            seen["messages"] += 1
            seen.update(outcomes(rules, text, context))

    count()

    for outcome, share in {
        "exact": 0.1,
        "filler": 0.06,
        "phrase": 0.06,
        "sentence": 0.01,
        "suggested": 0.003,
        "tolerated": 0.001,
        "nothing": 0.2,
        "exception": 0.004,
        "quotes left out": 0.0015,
        "opt-out": 0.05,
        "opt-in": 0.03,
        "help": 0.03,
        "country scope": 0.05,
        "reply": 0.2,
        "not the base language": 0.1,
    }.items():
        assert seen[outcome] >= share * seen["messages"], (outcome, seen)


def features(rules: GeneratedRuleset) -> set[str]:
    """Return what is interesting about a ruleset."""
    ruleset = rules.ruleset
    found = set()
    for scope in (None, *ruleset.countries):
        here = table(ruleset, scope)
        could = [each for each in ruleset.of(Claim) if each.scope in (None, scope)]
        if len(here.claims) < len(could):
            found.add("claim taken away")
        languages: dict[str, set[str]] = {}
        for each in here.claims:
            languages.setdefault(each.key, set()).add(each.language)
        if any(len(each) > 1 for each in languages.values()):
            found.add("several languages claim one keyword")
        if scope is not None and set(here.claims) != set(table(ruleset, None).claims):
            found.add("override in a country")
    if len(ruleset.files) > 2:
        found.add("several files")
    if any(each.code.slug == "rebound-keyword" for each in rules.diagnostics):
        found.add("rebound")
    if ruleset.of(Only):
        found.add("only")
    if any(each.required for each in ruleset.of(Claim)):
        found.add("require")
    return found


def outcomes(rules: GeneratedRuleset, text: str, context: Context) -> set[str]:
    """Return what is interesting about one decision."""
    decision = reference_decision(rules.ruleset, text, context)
    here = table(rules.ruleset, context.country.upper() if context.country else None)
    found = set()
    both = enumerate(readings(here, text))
    if any(occurrences(here.exceptions, reading, way) for way, reading in both):
        found.add("exception")
    if decision is None:
        return found | {"nothing"}
    assert decision.intent in Action
    assert decision.matched_by in MatchedBy
    found |= {decision.label, decision.matched_by.value}
    if decision.action is None:
        found.add("suggested")
    if decision.matched_by in {MatchedBy.STRETCH, MatchedBy.TYPO, MatchedBy.LOOKALIKE}:
        found.add("tolerated")
    in_part = {MatchedBy.PHRASE, MatchedBy.SENTENCE, MatchedBy.KEYWORD_SENTENCE}
    if decision.matched_by in in_part and outside_quotes(text) != text:
        found.add("quotes left out")
    if decision.country_scope is not None:
        found.add("country scope")
    if decision.reply is not None:
        found.add("reply")
    if decision.language != rules.ruleset.language:
        found.add("not the base language")
    return found
