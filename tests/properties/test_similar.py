"""The suggester said twice: the automaton equals the reference interpreter, which looks for each n-gram (§5.30)."""

from __future__ import annotations

import pickle

from hypothesis import event, given
from hypothesis import strategies as st

from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.reference import decide
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.program.artefact import from_bytes, to_bytes
from optoutlang.runtime.terms import Action, Decision, MatchedBy
from optoutlang.runtime.terms.similar import SimilarModel
from tests.builders.suggesters import suggester_of, suggesting_ruleset

RULES = (
    "suggest similar",
    'suggest similar, phrases opt-out { phrases "ab" }',
    "country MX { suggest similar prefer es } language es { opt-out { keywords BA } }",
    "suggest similar country MX { suggest none }",
    'filler "a" suggest similar opt-out { sentences "b ab" tolerate typos }',
)
PIECES = st.sampled_from(["a", "b", "ab", "ba", "ß", "é", "好", "stop", "👍", "12"])
JOINTS = st.sampled_from([" ", " ", ". ", "\n> ", "” “", " “", "” ", "-", ""])

ngrams = st.one_of(
    st.text(alphabet=" ab好s", min_size=1, max_size=5),
    st.lists(PIECES, min_size=1, max_size=2).map(lambda words: f" {' '.join(words)} "),
)
weights = st.dictionaries(ngrams, st.integers(-9, 20).filter(bool), min_size=1, max_size=12)
suggesters = st.builds(suggester_of, weights, st.integers(1, 40))
texts = st.lists(st.tuples(PIECES, JOINTS), max_size=12).map(
    lambda pairs: "".join(piece + joint for piece, joint in pairs)
)


def _undigested(decision: Decision | None) -> tuple[object, ...] | None:
    if decision is None:
        return None
    return (
        *(decision.action, decision.suggested, decision.matched_by, decision.keyword),
        *(decision.language, decision.country_scope, decision.reply, decision.rule),
    )


@given(suggesters, st.sampled_from(RULES), texts, st.sampled_from([None, "MX", "SE"]))
def test_the_suggester_says_what_the_reference_says(
    model: SimilarModel, rules: str, text: str, country: str | None
) -> None:
    ruleset = suggesting_ruleset(model, rules)
    matcher = Matcher(from_model(ruleset))
    expected = decide(ruleset, text, country=country)
    found = matcher.match(text, country=country)
    event("nothing" if found is None else found.matched_by.value)

    assert _undigested(found) == _undigested(expected)
    assert matcher.explain(text, country=country).decision == found


@given(suggesters, texts)
def test_what_is_only_similar_is_never_acted_upon(model: SimilarModel, text: str) -> None:
    matcher = Matcher(from_model(suggesting_ruleset(model)))
    found = matcher.match(text)

    if found is not None and found.matched_by is MatchedBy.SIMILAR:
        assert (found.action, found.reply, found.suggested) == (None, None, Action.OPT_OUT)


@given(suggesters, texts)
def test_without_the_suggester_the_same_rules_decide(model: SimilarModel, text: str) -> None:
    program = from_model(suggesting_ruleset(model, RULES[4]))
    alone = Matcher(program.without_suggester()).match(text)
    found = Matcher(program).match(text)

    if found is None or found.matched_by is not MatchedBy.SIMILAR:
        assert _undigested(found) == _undigested(alone)
    else:
        assert alone is None


@given(suggesters, st.sampled_from(RULES), texts)
def test_a_suggester_goes_through_an_artefact_unchanged(
    model: SimilarModel, rules: str, text: str
) -> None:
    program = from_model(suggesting_ruleset(model, rules))
    artefact = to_bytes(program)
    matcher = Matcher(program)

    assert from_bytes(artefact) == program
    assert to_bytes(from_bytes(artefact)) == artefact
    assert pickle.loads(pickle.dumps(matcher)).match(text) == matcher.match(text)  # noqa: S301
