"""The work of `optout fuzz`, apart from its options, so that `--help` needs no Hypothesis."""

from __future__ import annotations

import time

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from optoutlang import Matcher
from optoutlang.interfaces.cli.inputs.matcher import ARTEFACT_SUFFIX, load_artefact
from optoutlang.interfaces.cli.inputs.ruleset import load_ruleset_or_exit
from optoutlang.language.compiler.from_model import from_model
from optoutlang.testing.fuzz import Verdict, sample, sample_while
from optoutlang.testing.laws import LAWS
from optoutlang.testing.subject import Subject


def load_subject_or_exit(rules: str, artefact: str | None) -> Subject:
    """Return the rules to sample: RULES, or with `artefact` that artefact and RULES as its source.

    Raises:
        Unreadable: a file cannot be read.
        click.UsageError: both are artefacts.
    """
    if rules.endswith(ARTEFACT_SUFFIX):
        if artefact is not None:
            raise click.UsageError("with --artefact, RULES is the source")
        return Subject(load_artefact(rules), None)
    ruleset = load_ruleset_or_exit(rules)
    if artefact is None:
        return Subject(Matcher(from_model(ruleset)), ruleset)
    return Subject(load_artefact(artefact), ruleset, deployed=True)


def sample_laws(
    subject: Subject, *, seed: int, seconds: int | None, examples: int
) -> tuple[Verdict, ...]:
    """Return the verdict of each law, with a progress bar on standard error if that is a terminal.

    Each law is tried `examples` times, or all of them for `seconds`, where given.
    """
    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        if seconds is None:
            laws = sum(law.applies(subject) for law in LAWS)
            task = bar.add_task("sampling", total=laws * examples)
            return tuple(
                sample(subject, seeded=seed, examples=examples, tick=lambda: bar.advance(task))
            )
        began = time.monotonic()
        task = bar.add_task("sampling", total=seconds)
        return tuple(
            sample_while(
                subject,
                seeded=seed,
                going_on=lambda: time.monotonic() - began < seconds,
                tick=lambda: bar.update(task, completed=time.monotonic() - began),
            )
        )
