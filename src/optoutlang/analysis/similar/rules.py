"""The corpora of a ruleset itself: its readings, its tests, and the texts that it keeps from deciding."""

from __future__ import annotations

from collections.abc import Iterable

from optoutlang.analysis.similar.corpus import Corpus, Tokens, corpus, of_examples
from optoutlang.analysis.similar.readings import exceptions, refusals, requests
from optoutlang.language.model.ruleset import Example
from optoutlang.runtime.program import Program

READING = 0.3
"""The weight of a text that rules read: many are alike, and nobody wrote them."""

PREVENTED = 0.5
"""The weight of a text that an exception or a guard takes back."""

TEST = 1.0
QUIET_TEST = 6.0
"""The weight of a test case that must not opt out: a near miss that somebody thought of."""


def of_rules(program: Program, examples: Iterable[Example], *, seed: int) -> list[Corpus]:
    """Return the corpora of a program and of the test cases of its files."""
    return [
        Corpus("readings", "positive", _rows(requests(program, seed=seed)), READING),
        Corpus("exceptions", "negative", _rows(exceptions(program, seed=seed)), PREVENTED),
        Corpus("guards", "negative", _rows(refusals(program, seed=seed)), PREVENTED),
        corpus("replies", "negative", _replies(program), weight=QUIET_TEST),
        *of_examples(examples, weight=TEST, quiet_weight=QUIET_TEST),
    ]


def _replies(program: Program) -> list[str]:
    """Return what the rules send: it is full of the words of requests, and a system may send it back."""
    contexts = (program.base, *program.countries.values())
    return sorted({text for each in contexts for text in each.reply_texts()})


def _rows(texts: Iterable[str]) -> tuple[Tokens, ...]:
    return tuple(tuple(text.split(" ")) for text in texts)
