"""Find opt-outs that your present system missed."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import file_digest
from importlib.util import find_spec
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from optoutlang.analysis.corpus.columns import ID, Columns
from optoutlang.analysis.corpus.scan import ColumnTable, Scan
from optoutlang.analysis.corpus.suggested import proposed
from optoutlang.analysis.corpus.table import Table
from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import FILE, RULES
from optoutlang.interfaces.cli.exits import ExitCode, finish
from optoutlang.interfaces.cli.files import write_text
from optoutlang.interfaces.cli.inputs.engines import ENGINES, SPARK, scan_on_cluster
from optoutlang.interfaces.cli.inputs.matcher import load_matcher_or_exit
from optoutlang.interfaces.cli.inputs.messages import (
    MessageOptions,
    message_options,
    reading_messages,
)
from optoutlang.interfaces.cli.inputs.names import STANDARD_INPUT
from optoutlang.interfaces.cli.missed_rows import missed_rows
from optoutlang.interfaces.reports.scan_json import scan_json
from optoutlang.interfaces.reports.scan_summary import scan_summary
from optoutlang.runtime.terms.extra import install_command

STEP = 1_000
"""How many rows there are between two looks of the progress bar."""

ORDER = 140
"""Where `optout --help` lists it."""


@command(
    examples=(
        ("optout scan us inbound.csv --column Body", "what the rules find in an export"),
        (
            "optout scan acme.optout inbound.csv --already handled --report missed.html",
            "what the present system missed, as a page to read",
        ),
        (
            "optout scan us inbound.csv --already handled --missed missed.csv --id-column From",
            "the missed with the numbers that sent them, to mend consent records",
        ),
        (
            "optout scan world 2026.parquet --country-column country --date-column sent_at",
            "in the country of each message, week by week",
        ),
    ),
    reads_rules=True,
)
@click.argument("rules", type=RULES)
@click.argument("files", type=FILE, metavar="FILE...", nargs=-1, required=True)
@message_options(form=("--input-format", "--format"))
@click.option(
    "--date-column", metavar="NAME", help="The column of their dates, for counts by week."
)
@click.option(
    "--already", metavar="NAME", help="The column that says what your present system did."
)
@click.option("--report", type=FILE, metavar="OUT.html", help="Also write an HTML page.")
@click.option(
    "--missed",
    type=FILE,
    metavar="OUT.csv",
    help="Also write the missed, a row each; without --already all that ask for something.",
)
@click.option(
    "--id-column",
    "ids",
    metavar="NAME",
    multiple=True,
    help="A column that --missed repeats as it is; by default `id` or `MessageSid`, where there is one.",
)
@click.option(
    "--propose",
    type=FILE,
    metavar="OUT.optout",
    help="Also write test cases of what is only suggested, to read and judge.",
)
@click.option("--show-numbers", is_flag=True, help="Show the digits in messages.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=ENGINES[0],
    show_default=True,
    help="Where rows are read: in this process, or by Spark (Parquet alone).",
)
@click.option("--master", metavar="URL", help="The cluster of --engine spark, such as `local[4]`.")
def run(  # noqa: PLR0913 - one for each option
    *,
    rules: str,
    files: tuple[str, ...],
    messages: MessageOptions,
    date_column: str | None,
    already: str | None,
    report: str | None,
    missed: str | None,
    ids: tuple[str, ...],
    propose: str | None,
    show_numbers: bool,
    as_json: bool,
    engine: str,
    master: str | None,
) -> None:
    """Find opt-outs in files of real messages: CSV, JSON, JSON Lines, and with the extra `scan` Excel and Parquet.

    RULES is an .optout file, an artefact or a pack's name. FILE may be compressed by gzip, or be `-` with --format.
    CSV, JSON Lines and Parquet are read once, in memory that does not grow with them. CSV and sheets have a heading;
    columns are found whatever their case. A country may also be a name (`UK`, `Germany`), which is counted.

    A column of --already holds the action that the present system took (opt-out, help, opt-in, none, or STOP, HELP,
    START), or yes or no for an opt-out.

    Digits and e-mail addresses in messages are hidden unless --show-numbers is given; names are not, nor what stands in
    columns of --id-column. Exit 1 means that rows or
    cells could not be read: they are counted, and the first of them are listed.
    """
    if report is not None and find_spec("jinja2") is None:
        needed = "--report needs `jinja2` of the extra `scan`"
        raise click.UsageError(f"{needed}: {install_command('scan')}")
    columns = replace(messages.columns, date=date_column, already=already)
    columns = _counted(_named(columns, ids, is_listed=missed is not None))
    matcher = load_matcher_or_exit(rules)
    with ExitStack() as written:
        scan = Scan(
            matcher,
            columns,
            country=messages.country,
            number_country=messages.number_country(),
            show_numbers=show_numbers,
            missed=None
            if missed is None
            else written.enter_context(missed_rows(Path(missed), columns.ids)),
        )
        if engine == SPARK:
            if missed is not None:
                raise click.UsageError("--missed is for --engine local")
            scan_on_cluster(
                scan,
                files,
                master=master,
                country=messages.country,
                show_numbers=show_numbers,
                number_country=messages.number_country(),
                form=messages.form,
            )
        elif master is not None:
            raise click.UsageError("--master is for --engine spark")
        else:
            for file in files:
                scan.source = file if len(files) > 1 else None
                _scan(file, messages, scan)
    if report is not None:
        write_text(Path(report), _page(scan, files))
    if propose is not None:
        write_text(Path(propose), proposed(scan.suggestions.most()))
    click.echo(scan_json(scan) if as_json else scan_summary(scan))
    finish(ExitCode.CLEAN if scan.is_clean else ExitCode.FINDINGS)


def _counted(columns: Columns) -> Columns:
    """Leave a language that nobody named out: it counts here where it is asked for."""
    return replace(columns, language=None) if columns.language in columns.guesses else columns


def _named(columns: Columns, ids: tuple[str, ...], *, is_listed: bool) -> Columns:
    """Add the columns that name a row, where the missed are listed."""
    if not is_listed:
        if ids:
            raise click.UsageError("--id-column is for --missed")
        return columns
    if ids:
        return replace(columns, ids=ids)
    return replace(columns, ids=(ID,), guesses=(*columns.guesses, ID))


def _page(scan: Scan, files: tuple[str, ...]) -> str:
    # Here, not above: only a report needs Jinja2.
    from optoutlang.interfaces.reports.scan_page import Input, scan_page  # noqa: PLC0415

    inputs = tuple(Input(file, _digest(file)) for file in files)
    return scan_page(scan, inputs=inputs, made=datetime.now(tz=UTC).date())


def _digest(file: str) -> str | None:
    """Return the SHA-256 of a file, by which a reader knows it again; standard input has none."""
    if file == STANDARD_INPUT or not Path(file).is_file():
        return None
    with Path(file).open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


def _scan(file: str, messages: MessageOptions, scan: Scan) -> None:
    """Read one file to its end."""
    with reading_messages(file, messages) as table:
        _read(table, scan)


def _read(table: Table, scan: Scan) -> None:
    """Read a table to its end, with a progress bar on a terminal."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not sys.stderr.isatty(), transient=True) as progress:
        task = progress.add_task("reading", total=table.total)
        if isinstance(table, ColumnTable):
            rows = table.rows_to_take(scan)
        else:
            rows = table.rows(scan.columns.wanted(), guesses=scan.columns.guesses)
        for number, row in enumerate(rows):
            scan.take(row)
            if number % STEP == 0:
                progress.update(task, completed=table.done)
