"""Training: the corpora are told apart, the threshold keeps its word, the same input gives the same model."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import optoutlang
from optoutlang.analysis.similar.corpus import Corpus, corpus, part_of, tokens_of
from optoutlang.analysis.similar.ngrams import ngrams
from optoutlang.analysis.similar.readings import exceptions, refusals, requests
from optoutlang.analysis.similar.train import Settings, TrainingError, score, train
from optoutlang.runtime.matcher.similar import Suggester
from optoutlang.runtime.terms.similar import SimilarModel

RULES = """
class stop is stop, quit, "desist*"
class sending is texting, messaging
class negation is never, dont
class late is until
guard negated is negation within 2 before
guard timed is late within 3 after
opt-out {
  frames "{stop} .. {sending}" unless negated, timed
  phrases "take (me|us) off"
  sentences "no more of this ..."
  except "take off at noon"
  keywords "LEAVE ME", NO
}
help { phrases "who (is|are) (this|you)" except "who is this for" }
"""
PROGRAM = optoutlang.compile(RULES).program
DIGEST = "0" * 64

ASKED = [
    f"{word} {verb} {whom}"
    for word in ("stop", "quit")
    for verb in ("texting", "messaging")
    for whom in ("me", "us", "my phone")
]
QUIET = [
    f"see you at {place} on {day}"
    for place in ("noon", "work", "home")
    for day in ("monday", "friday", "sunday")
]
CORPORA = [
    corpus("asked", "positive", ASKED),
    corpus("quiet", "negative", QUIET),
    corpus("held", "threshold", [f"meet me at {each} please" for each in range(30)]),
]


def trained(corpora: list[Corpus] = CORPORA, **settings: int) -> SimilarModel:
    return train("x.similar", corpora, rules=DIGEST, settings=Settings(**settings))


def test_what_was_learned_tells_the_corpora_apart() -> None:
    asked = Suggester(trained())

    assert asked.suggests(tokens_of("pls stop messaging my mum"))
    assert not any(asked.suggests(tokens_of(each)) for each in QUIET)


@pytest.mark.parametrize("allowed", [0, 334, 5000])
def test_the_threshold_allows_no_more_than_it_says(allowed: int) -> None:
    asked = Suggester(trained(per_ten_thousand=allowed))
    quiet = CORPORA[2].messages

    assert sum(map(asked.suggests, quiet)) <= len(quiet) * allowed // 10_000


def test_the_same_corpora_give_the_same_model() -> None:
    assert trained() == trained()


def test_the_model_says_what_it_was_made_of() -> None:
    made = trained(per_ten_thousand=7, seed=3).provenance

    assert (made.rules, made.per_ten_thousand, made.seed) == (DIGEST, 7, 3)
    assert [(each.use, each.name, each.rows) for each in made.sets] == [
        ("negative", "quiet", 9),
        ("positive", "asked", 12),
        ("threshold", "held", 30),
    ]
    assert [name for name, _ in made.versions] == ["python", "scikit-learn"]


def test_a_model_has_at_most_as_many_ngrams_as_asked_for() -> None:
    assert len(trained(size=20).weights) <= 20


@pytest.mark.parametrize("index", range(3))
def test_a_use_without_messages_is_named(index: int) -> None:
    corpora = [*CORPORA]
    corpora[index] = replace(corpora[index], messages=())

    with pytest.raises(TrainingError, match=f"no {corpora[index].use} messages"):
        trained(corpora)


@given(st.lists(st.text(alphabet="abst好", min_size=1, max_size=6), min_size=1, max_size=6))
def test_training_counts_what_matching_counts(words: list[str]) -> None:
    model = trained()
    tokens = tuple(words)

    assert Suggester(model).similarity(tokens).score == score(model.weights, tokens)


@given(st.lists(st.text(alphabet="ab好", min_size=1, max_size=6), min_size=1, max_size=6))
def test_every_ngram_stands_in_the_spaced_text(words: list[str]) -> None:
    text = f" {' '.join(words)} "

    assert all(each in text for each in ngrams(words))
    assert all(f" {word} " in ngrams(words) for word in words)


def test_requests_are_texts_that_the_rules_read_as_such() -> None:
    found = requests(PROGRAM, seed=1)

    assert {"take me off", "take us off", "no more of this", "leave me"} <= {*found}
    assert any(each.startswith("desist ") for each in found)
    assert not any("who" in each for each in found)


def test_refusals_are_texts_that_a_guard_takes_back() -> None:
    matcher = optoutlang.compile(RULES)
    found = refusals(PROGRAM, seed=1)

    assert found
    assert all(matcher.match(each) is None for each in found if "desist" not in each)
    assert {each.split()[0] for each in found} & {"never", "dont"}


def test_exceptions_are_those_of_opt_outs() -> None:
    assert exceptions(PROGRAM, seed=1) == ("take off at noon",)


def test_quoted_words_are_not_learned() -> None:
    assert tokens_of("ok\n> stop texting me") == ("ok",)


def test_equal_messages_are_in_one_part() -> None:
    texts = [f"message {each}" for each in range(400)]
    counts = [sum(part_of(each, 4) == part for each in texts) for part in range(4)]

    assert counts == [sum(part_of(each, 4) == part for each in texts) for part in range(4)]
    assert min(counts) > 60
