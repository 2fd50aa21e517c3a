"""Measure recall and precision on labelled messages."""

from __future__ import annotations

from pathlib import Path

import click

from optoutlang.analysis.corpus.labelled import Labelled, LabelledError, read_labelled
from optoutlang.analysis.corpus.measure import changes, measure
from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import FILE, RULES
from optoutlang.interfaces.cli.exits import ExitCode, Unreadable, because, finish
from optoutlang.interfaces.cli.inputs.matcher import load_matcher_or_exit
from optoutlang.interfaces.cli.inputs.names import STANDARD_INPUT
from optoutlang.interfaces.cli.parameters import format_option
from optoutlang.interfaces.cli.streams import standard_input
from optoutlang.interfaces.reports.figures import (
    Asked,
    Report,
    render_json,
    render_markdown,
    render_text,
)

_RENDERERS = {"text": render_text, "json": render_json, "markdown": render_markdown}

ORDER = 130
"""Where `optout --help` lists it."""


@command(
    examples=(
        ("optout measure us labelled.jsonl", "figures, and every miss and false alarm with why"),
        ("optout measure acme.optout labelled.jsonl --by kind --by country", "by any field"),
        ("optout measure world labelled.jsonl --where language=en", "some of the rows"),
        ("optout measure new.optout labelled.jsonl --against old.optout", "two rulesets"),
        ("optout measure us labelled.jsonl --format markdown > figures.md", "for a review"),
    ),
    reads_rules=True,
)
@click.argument("rules", type=RULES)
@click.argument("labelled", type=FILE, metavar="LABELLED.jsonl")
@click.option(
    "--by", "fields", metavar="FIELD", multiple=True, help="Also group the figures by a field."
)
@click.option(
    "--where", metavar="FIELD=VALUE", multiple=True, help="Only rows with that value; repeatable."
)
@click.option(
    "--against",
    type=RULES,
    metavar="OTHER",
    help="Compare with these rules: rows fixed and broken.",
)
@click.option(
    "--column",
    "--text-field",
    "text_field",
    metavar="FIELD",
    default="text",
    show_default=True,
    help="The field that holds the message.",
)
@format_option(_RENDERERS, of="figures")
def run(
    *,
    rules: str,
    labelled: str,
    fields: tuple[str, ...],
    where: tuple[str, ...],
    against: str | None,
    text_field: str,
    form: str,
) -> None:
    """Measure recall, precision and false alarms on labelled messages, and list every miss and false alarm with why.

    Each line of LABELLED.jsonl is an object {"text", "expect"}; `expect` is opt-out, opt-in, help or none. It may
    have "acceptable" (a list of what else is right), "country", "language" and any other field. RULES and OTHER are
    .optout files, artefacts or packs' names, LABELLED.jsonl may be `-` for standard input.

    With --against the command exits 1 if RULES get a row wrong that OTHER get right.
    """
    rows = [each for each in _read(labelled, text_field) if _is_wanted(each, where)]
    matcher = load_matcher_or_exit(rules)
    asked = Asked(rules, matcher, measure(matcher, rows))
    other = None
    if against is not None:
        theirs = load_matcher_or_exit(against)
        other = Asked(against, theirs, measure(theirs, rows))
    changed = () if other is None else changes(other.measured, asked.measured)
    report = Report(asked, other, changed, ("language", *fields))
    click.echo(_RENDERERS[form](report))
    finish(ExitCode.CLEAN if all(each.fixed for each in changed) else ExitCode.FINDINGS)


def _read(labelled: str, text_field: str) -> tuple[Labelled, ...]:
    try:
        if labelled == STANDARD_INPUT:
            return read_labelled(standard_input(), text_field=text_field)
        with Path(labelled).open("rb") as lines:
            return read_labelled(lines, text_field=text_field)
    except OSError as error:
        raise Unreadable(because(error, labelled)) from error
    except LabelledError as error:
        raise Unreadable(
            "\n  ".join((f"`{labelled}` has rows without a label", *error.problems))
        ) from error


def _is_wanted(row: Labelled, where: tuple[str, ...]) -> bool:
    pairs = [each.partition("=") for each in where]
    if not all(equals for _, equals, _ in pairs):
        raise click.UsageError("--where takes FIELD=VALUE, such as language=en")
    wanted: dict[str, set[str]] = {}
    for name, _, value in pairs:
        wanted.setdefault(name, set()).add(value)
    return all(row.field(name) in values for name, values in wanted.items())
