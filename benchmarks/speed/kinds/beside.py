"""Peers beside ours on the same messages, with what each finds of labelled ones."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from benchmarks.corpora import ham, messages
from benchmarks.speed.definition import Definition
from benchmarks.speed.haystacks import fresh, haystack
from benchmarks.speed.measurement import Measurement
from benchmarks.speed.peers import COLUMNS, ONE_BY_ONE, Words
from benchmarks.speed.race import Contestant, Outcome, compared, race, spread, timed
from benchmarks.speed.rulesets import Rulesets, naive, spellings
from optoutlang import Action, Matcher

MODULES = {"google-re2": "re2"}
"""Where the module is not called like its package."""

Answers = Callable[[Sequence[str]], list[bool]]


def measure(definition: Definition, rulesets: Rulesets) -> list[Measurement]:
    """Measure all peers that are installed, and ours with the same phrases and with `world`."""
    answering = contestants(rulesets)
    texts = haystack(definition.haystack) * definition.size
    outcomes = race(definition, {name: turn(each, texts) for name, each in answering.items()})
    rows = compared(definition, outcomes, first="N", unit="× N", absolute=(len(texts), "ns"))
    return [*rows, *labelled(definition, answering)]


def contestants(rulesets: Rulesets) -> dict[str, Answers]:
    """Return what answers many messages, by name."""
    phrases, world = rulesets["phrases"], rulesets["world"]
    words = Words(spellings(phrases), tuple(sorted(phrases.program.base.phrases)))
    made: dict[str, Answers] = {"N": one_by_one(naive(words.keywords))}
    for name, peer in ONE_BY_ONE.items():
        if importlib.util.find_spec(MODULES.get(name, name)):
            made[name] = one_by_one(peer(words))
    for name, column in COLUMNS.items():
        if importlib.util.find_spec(name):
            made[f"{name}, a column"] = column(words)
    return {
        **made,
        "optoutlang, 61 phrases": one_by_one(opts_out(phrases)),
        "optoutlang, world": one_by_one(opts_out(world)),
    }


def opts_out(matcher: Matcher) -> Callable[[str], bool]:
    """Return what tells whether a matcher takes a message for an opt-out."""
    match = matcher.match

    def answer(text: str) -> bool:
        decision = match(text)
        return decision is not None and decision.action is Action.OPT_OUT

    return answer


def one_by_one(answer: Callable[[str], bool]) -> Answers:
    """Return what answers messages one after the other."""
    return lambda texts: [answer(text) for text in texts]


def turn(answers: Answers, texts: list[str]) -> Contestant:
    """Return a contestant that answers all messages; columns may use several threads, whose time is counted."""

    def run(_: int) -> Outcome:
        given = fresh(texts)
        return timed(lambda: sum(answers(given)), time.process_time_ns)

    return run


def labelled(definition: Definition, answering: Mapping[str, Answers]) -> list[Measurement]:
    """Return each contestant's recall and false alarms, in percent, and its hits in real conversation."""
    rows = messages()
    wanted = [each.text for each in rows if each.expect is Action.OPT_OUT]
    quiet = [each.text for each in rows if each.expect is None]
    talk = [each.text for each in ham()]
    made = []
    for name, answers in answering.items():
        recall = 100 * sum(answers(wanted)) / len(wanted)
        alarms = 100 * sum(answers(quiet)) / len(quiet)
        figures = (("recall", "%", recall), ("false alarms", "%", alarms))
        for what, unit, value in (*figures, ("hits", "messages", float(sum(answers(talk))))):
            row = spread(definition, f"{name}: {what}", unit, [value])
            made.append(replace(row, size=float(len(talk)) if what == "hits" else None))
    return made
