"""Look for messages that break a law of the language."""

from __future__ import annotations

import secrets

import click

from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import FILE, RULES
from optoutlang.interfaces.cli.exits import ExitCode, finish
from optoutlang.interfaces.cli.parameters import format_option

EXAMPLES = 300
"""How many examples of each law are tried unless one says otherwise: seconds for most rulesets."""

ORDER = 80
"""Where `optout --help` lists it."""


@command(
    examples=(
        ("optout fuzz acme.optout", "a few hundred messages for each law"),
        ("optout fuzz acme.optout --seconds 60", "as many as fit into a minute"),
        ("optout fuzz acme.optout --seed 7 --examples 2000", "the same messages every time"),
        ("optout fuzz acme.optout --artefact acme.optoutc", "what is deployed, beside its source"),
    ),
)
@click.argument("rules", type=RULES)
@click.option(
    "--seconds", metavar="N", type=click.IntRange(1), help="How long to sample, in seconds."
)
@click.option(
    "--examples", metavar="N", type=click.IntRange(1), help="How many examples of each law to try."
)
@click.option(
    "--seed", metavar="S", type=click.IntRange(0), help="Use the same messages each time."
)
@click.option(
    "--artefact", type=FILE, metavar="FILE", help="Sample this artefact; RULES is its source."
)
@format_option(("text", "json"), of="verdicts")
def run(
    *,
    rules: str,
    seconds: int | None,
    examples: int | None,
    seed: int | None,
    artefact: str | None,
    form: str,
) -> None:
    """Look for messages that break a law of the language, and shrink them.

    Messages are made of the rules' own words: plain, noisy, with filler, nearly, quoted; and anything at all. What
    breaks a law comes back as a smallest message, in a `test` block ready to paste. Sampling proves nothing.

    RULES is an .optout file, an artefact, a pack's name, or `-` for standard input. Without a source, the laws that
    need one are left out. Needs the extra `testing`.
    """
    if seconds is not None and examples is not None:
        raise click.UsageError("give --seconds or --examples, not both")
    # Here, not above: they need the extra `testing`, and `--help` does not.
    from optoutlang.interfaces.cli.sampling import load_subject_or_exit, sample_laws  # noqa: PLC0415
    from optoutlang.interfaces.reports.laws import as_json, as_text  # noqa: PLC0415

    subject = load_subject_or_exit(rules, artefact)
    seed = secrets.randbelow(1_000_000) if seed is None else seed
    verdicts = sample_laws(subject, seed=seed, seconds=seconds, examples=examples or EXAMPLES)
    click.echo((as_json if form == "json" else as_text)(subject, seed, verdicts))
    broken = any(each.counterexample for each in verdicts)
    finish(ExitCode.FINDINGS if broken else ExitCode.CLEAN)
