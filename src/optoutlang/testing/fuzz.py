"""Samples the laws on one ruleset and shrinks what breaks them. The same seed gives the same messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from optoutlang.testing.laws import LAWS, Law
from optoutlang.testing.subject import Counterexample, LawBrokenError, Subject

ROUND = 25
"""How many examples of each law a round tries when the time is limited."""

_SEEDS = 1_000_003
"""How far apart the seeds of two rounds are; the laws of one round have seeds beside one another."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result for a law: how many messages were tried, and a smallest counterexample, if there is one."""

    law: Law
    messages: int
    counterexample: Counterexample | None = None


def sample(
    subject: Subject,
    *,
    seeded: int,
    examples: int,
    tick: Callable[[], None],
    laws: Sequence[Law] = LAWS,
) -> Iterator[Verdict]:
    """Yield a verdict for each law that applies, after so many examples each; `tick` is called for each example."""
    for number, law in enumerate(laws):
        if law.applies(subject):
            yield _try(law, subject, seeded=seeded + number, examples=examples, tick=tick)


def sample_while(
    subject: Subject, *, seeded: int, going_on: Callable[[], bool], tick: Callable[[], None]
) -> Iterator[Verdict]:
    """Yield a verdict for each law that applies, after rounds of examples for as long as `going_on` says."""
    verdicts = {law: Verdict(law, 0) for law in LAWS if law.applies(subject)}
    number = 0
    while going_on() and not all(each.counterexample for each in verdicts.values()):
        law = LAWS[number % len(LAWS)]
        before = verdicts.get(law)
        if before is not None and before.counterexample is None:
            seeded_here = seeded + number // len(LAWS) * _SEEDS + number % len(LAWS)
            verdict = _try(law, subject, seeded=seeded_here, examples=ROUND, tick=tick)
            verdicts[law] = replace(verdict, messages=before.messages + verdict.messages)
        number += 1
    yield from verdicts.values()


def _try(
    law: Law, subject: Subject, *, seeded: int, examples: int, tick: Callable[[], None]
) -> Verdict:
    before = subject.asked

    @seed(seeded)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        print_blob=False,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        tick()
        law.check(subject, data)

    try:
        holds()
    except LawBrokenError as broken:
        return Verdict(law, subject.asked - before, broken.counterexample)
    return Verdict(law, subject.asked - before)
