"""Measure recall and precision on labelled messages."""

from __future__ import annotations

from collections.abc import Iterator

import click

from optoutlang.analysis.corpus.countries import Countries
from optoutlang.analysis.corpus.labelled import Labelled, LabelledError, labelled_rows
from optoutlang.analysis.corpus.measure import changes, measure
from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import FILE, RULES
from optoutlang.interfaces.cli.exits import ExitCode, Unreadable, finish
from optoutlang.interfaces.cli.inputs.matcher import load_matcher_or_exit
from optoutlang.interfaces.cli.inputs.messages import (
    MessageOptions,
    message_options,
    reading_messages,
)
from optoutlang.interfaces.cli.parameters import format_option
from optoutlang.interfaces.reports.countries import renamed_lines
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
@click.argument("labelled", type=FILE, metavar="LABELLED...", nargs=-1, required=True)
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
@message_options(text=("--column", "--text-field"), standard_input="jsonl")
@format_option(_RENDERERS, of="figures")
def run(
    *,
    rules: str,
    labelled: tuple[str, ...],
    fields: tuple[str, ...],
    where: tuple[str, ...],
    against: str | None,
    messages: MessageOptions,
    form: str,
) -> None:
    """Measure recall, precision and false alarms on labelled messages, and list every miss and false alarm with why.

    Each row of LABELLED, JSON Lines or any file that `optout scan` reads, has "text" and "expect": opt-out, opt-in,
    help or none. It may have "acceptable" (what else is right), "country", "language" and any other field. RULES and
    OTHER are .optout files, artefacts or packs' names, LABELLED may be `-` for JSON Lines from standard input.

    With --against the command exits 1 if RULES get a row wrong that OTHER get right.
    """
    rows = [each for each in _read(labelled, messages) if _is_wanted(each, where)]
    _require_fields(rows, fields)
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


def _read(files: tuple[str, ...], messages: MessageOptions) -> Iterator[Labelled]:
    """Yield the rows of all files; bad rows end the command."""
    columns = messages.columns
    countries = Countries(columns, messages.number_country())
    for file in files:
        name = file if len(files) > 1 else ""
        with reading_messages(file, messages) as table:
            rows = table.rows(columns.wanted(), guesses=columns.guesses, whole=True)
            try:
                yield from labelled_rows(
                    rows, countries, columns, country=messages.country, file=name
                )
            except LabelledError as error:
                problem = f"`{file}` has rows without a label"
                raise Unreadable("\n  ".join((problem, *error.problems))) from error
    for line in renamed_lines(countries.renamed):
        click.echo(line, err=True)


def _require_fields(rows: list[Labelled], fields: tuple[str, ...]) -> None:
    """Refuse a field that no row has: its table would have one line, for rows without it."""
    for field in fields:
        if rows and not any(field in row.fields for row in rows):
            known = ", ".join(
                f"`{name}`" for name in sorted({n for row in rows for n in row.fields})
            )
            raise click.UsageError(f"no row has a field `{field}`; the rows have {known}")


def _is_wanted(row: Labelled, where: tuple[str, ...]) -> bool:
    pairs = [each.partition("=") for each in where]
    if not all(equals for _, equals, _ in pairs):
        raise click.UsageError("--where takes FIELD=VALUE, such as language=en")
    wanted: dict[str, set[str]] = {}
    for name, _, value in pairs:
        wanted.setdefault(name, set()).add(value)
    return all(row.field(name) in values for name, values in wanted.items())
