"""Verdicts of `optout fuzz`: text with `test` blocks ready to paste, and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import click

from optoutlang.interfaces.reports.outcomes import asked
from optoutlang.interfaces.reports.visible import visible
from optoutlang.runtime.terms.json import Json
from optoutlang.testing.cases import as_test_block
from optoutlang.testing.fuzz import Verdict
from optoutlang.testing.subject import Counterexample, Subject


def as_text(subject: Subject, seed: int, verdicts: Sequence[Verdict]) -> str:
    """Return the verdicts for people: a line for each law, each counterexample, and `test` blocks to paste."""
    width = max(len(each.law.name) for each in verdicts)
    lines = [click.style(f"{subject.matcher.name}  seed {seed}", bold=True)]
    for each in verdicts:
        lines.append(
            f"  {_mark(each)}  {each.law.name:<{width}}  {each.law.claim} ({_count(each)})"
        )
        if each.counterexample is not None:
            lines += [f"        {line}" for line in _counterexample(each.counterexample)]
    for each in verdicts:
        if each.counterexample is not None:
            lines += ["", _pasted(each.law.name, each.counterexample)]
    broken = sum(each.counterexample is not None for each in verdicts)
    messages = sum(each.messages for each in verdicts)
    closing = f"{len(verdicts)} laws, {messages} messages sampled, {broken} broken"
    untried = sum(not each.messages for each in verdicts)
    closing += f", {untried} not tried" if untried else ""
    return "\n".join((*lines, click.style(closing, fg="red" if broken else "green", bold=True)))


def _mark(verdict: Verdict) -> str:
    if verdict.counterexample is not None:
        return click.style("FAIL", fg="red")
    return f"{click.style('ok', fg='green')}  " if verdict.messages else "--  "


def _count(verdict: Verdict) -> str:
    if not verdict.messages:
        return "not tried: the time was over"
    return f"{verdict.messages} sampled"


def _counterexample(counterexample: Counterexample) -> Iterator[str]:
    yield asked(counterexample.expected)
    yield f"  expected  {visible(_expected(counterexample))}"
    yield f"  got       {visible(counterexample.got)}"
    if counterexample.remark:
        yield f"  because   {visible(counterexample.remark)}"


def _expected(counterexample: Counterexample) -> str:
    example = counterexample.expected
    if example.action is None:
        return "none"
    suggested = "suggest " if example.suggested else ""
    language = f" in {example.language}" if example.language else ""
    return f"{suggested}{example.action.value}{language}"


def _pasted(law: str, counterexample: Counterexample) -> str:
    return as_test_block(f"found by optout fuzz: {law}", (counterexample.expected,)).rstrip("\n")


def as_json(subject: Subject, seed: int, verdicts: Sequence[Verdict]) -> str:
    """Return the verdicts for programs."""
    report: dict[str, Json] = {
        "version": 1,
        "ruleset": subject.matcher.name,
        "digest": subject.matcher.digest,
        "seed": seed,
        "laws": [_law_object(each) for each in verdicts],
        "broken": sum(each.counterexample is not None for each in verdicts),
    }
    return json.dumps(report, indent=2)


def _law_object(verdict: Verdict) -> Json:
    counterexample = verdict.counterexample
    return {
        "law": verdict.law.name,
        "claim": verdict.law.claim,
        "method": "sampled",
        "messages": verdict.messages,
        "counterexample": None
        if counterexample is None
        else {
            "message": counterexample.expected.message,
            "country": counterexample.expected.country,
            "prefer": counterexample.expected.prefer,
            "expected": _expected(counterexample),
            "got": counterexample.got,
            "remark": counterexample.remark,
            "test": _pasted(verdict.law.name, counterexample),
        },
    }
