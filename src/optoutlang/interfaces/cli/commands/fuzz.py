"""`optout fuzz`: the laws of the language, sampled on one's own rules."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator, Sequence

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from optoutlang import Matcher
from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.exits import ExitCode, finish
from optoutlang.interfaces.cli.rules import ARTEFACT_SUFFIX, load_artefact
from optoutlang.interfaces.cli.sources import sound
from optoutlang.interfaces.reports.outcomes import asked
from optoutlang.interfaces.reports.visible import visible
from optoutlang.language.compiler.from_model import from_model
from optoutlang.runtime.terms.json import Json
from optoutlang.testing.cases import as_test_block
from optoutlang.testing.fuzz import Verdict, sample, sample_while
from optoutlang.testing.laws import LAWS
from optoutlang.testing.subject import Counterexample, Subject

EXAMPLES = 300
"""How many examples of each law are tried unless one says otherwise: seconds for most rulesets."""


@command(
    "fuzz",
    examples=(
        ("optout fuzz acme.optout", "some hundred messages for each law"),
        ("optout fuzz acme.optout --seconds 60", "as many as a minute allows"),
        ("optout fuzz acme.optout --seed 7 --examples 2000", "the same messages every time"),
        ("optout fuzz acme.optout --artefact acme.optoutc", "what is deployed, beside its source"),
    ),
)
@click.argument("rules")
@click.option("--seconds", metavar="N", type=click.IntRange(1), help="For how long to try.")
@click.option("--examples", metavar="N", type=click.IntRange(1), help="How often to try each law.")
@click.option("--seed", metavar="S", type=click.IntRange(0), help="The same messages each time.")
@click.option("--artefact", metavar="FILE", help="Try this artefact; RULES is its source.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the verdicts.",
)
def command_object(
    *,
    rules: str,
    seconds: int | None,
    examples: int | None,
    seed: int | None,
    artefact: str | None,
    form: str,
) -> None:
    """Sample the laws of the language on rules, and shrink what breaks one.

    Messages are made of the rules' own words: plain, noisy, with filler, nearly, quoted; and anything at all. What
    breaks a law comes back as a smallest message, in a `test` block ready to paste. Sampling proves nothing.

    RULES is an .optout file, an artefact, a pack's name, or `-` for standard input. Without a source, the laws that
    need one are left out. Needs the extra `testing`.
    """
    if seconds is not None and examples is not None:
        raise click.UsageError("give --seconds or --examples, not both")
    subject = _subject(rules, artefact)
    seeded = secrets.randbelow(1_000_000) if seed is None else seed
    verdicts = _sampled(subject, seeded=seeded, seconds=seconds, examples=examples or EXAMPLES)
    render = _json if form == "json" else _text
    click.echo(render(subject, seeded, verdicts))
    broken = any(each.counterexample for each in verdicts)
    finish(ExitCode.FINDINGS if broken else ExitCode.CLEAN)


def _subject(rules: str, artefact: str | None) -> Subject:
    if rules.endswith(ARTEFACT_SUFFIX):
        if artefact is not None:
            raise click.UsageError("with --artefact, RULES is the source")
        return Subject(load_artefact(rules), None)
    ruleset = sound(rules)
    if artefact is None:
        return Subject(Matcher(from_model(ruleset)), ruleset)
    return Subject(load_artefact(artefact), ruleset, deployed=True)


def _sampled(
    subject: Subject, *, seeded: int, seconds: int | None, examples: int
) -> tuple[Verdict, ...]:
    """Sample with a progress bar on standard error, where that is a terminal."""
    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        if seconds is None:
            laws = sum(law.applies(subject) for law in LAWS)
            task = bar.add_task("sampling", total=laws * examples)
            return tuple(
                sample(subject, seeded=seeded, examples=examples, tick=lambda: bar.advance(task))
            )
        began = time.monotonic()
        task = bar.add_task("sampling", total=seconds)
        return tuple(
            sample_while(
                subject,
                seeded=seeded,
                going_on=lambda: time.monotonic() - began < seconds,
                tick=lambda: bar.update(task, completed=time.monotonic() - began),
            )
        )


def _text(subject: Subject, seeded: int, verdicts: Sequence[Verdict]) -> str:
    width = max(len(each.law.name) for each in verdicts)
    lines = [click.style(f"{subject.matcher.name}  seed {seeded}", bold=True)]
    for each in verdicts:
        lines.append(
            f"  {_mark(each)}  {each.law.name:<{width}}  {each.law.claim} ({_count(each)})"
        )
        if each.counterexample is not None:
            lines += [f"        {line}" for line in _told(each.counterexample)]
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


def _told(found: Counterexample) -> Iterator[str]:
    yield asked(found.expected)
    yield f"  expected  {visible(_expected(found))}"
    yield f"  got       {visible(found.got)}"
    if found.remark:
        yield f"  because   {visible(found.remark)}"


def _expected(found: Counterexample) -> str:
    example = found.expected
    if example.action is None:
        return "none"
    suggested = "suggest " if example.suggested else ""
    language = f" in {example.language}" if example.language else ""
    return f"{suggested}{example.action.value}{language}"


def _pasted(law: str, found: Counterexample) -> str:
    return as_test_block(f"found by optout fuzz: {law}", (found.expected,)).rstrip("\n")


def _json(subject: Subject, seeded: int, verdicts: Sequence[Verdict]) -> str:
    report: dict[str, Json] = {
        "version": 1,
        "ruleset": subject.matcher.name,
        "digest": subject.matcher.digest,
        "seed": seeded,
        "laws": [_law_object(each) for each in verdicts],
        "broken": sum(each.counterexample is not None for each in verdicts),
    }
    return json.dumps(report, indent=2)


def _law_object(verdict: Verdict) -> Json:
    found = verdict.counterexample
    return {
        "law": verdict.law.name,
        "claim": verdict.law.claim,
        "method": "sampled",
        "messages": verdict.messages,
        "counterexample": None
        if found is None
        else {
            "message": found.expected.message,
            "country": found.expected.country,
            "prefer": found.expected.prefer,
            "expected": _expected(found),
            "got": found.got,
            "remark": found.remark,
            "test": _pasted(verdict.law.name, found),
        },
    }
