"""Find opt-outs that your present system missed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from optoutlang.analysis.corpus.csv_table import CsvTable
from optoutlang.analysis.corpus.jsonl_table import JsonlTable
from optoutlang.analysis.corpus.scan import Columns, Scan
from optoutlang.analysis.corpus.suggested import proposed
from optoutlang.analysis.corpus.table import NoColumnError, Table, TableError
from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import FILE, RULES
from optoutlang.interfaces.cli.exits import ExitCode, Unreadable, because, finish
from optoutlang.interfaces.cli.files import write_text
from optoutlang.interfaces.cli.inputs.matcher import load_matcher_or_exit
from optoutlang.interfaces.cli.inputs.names import STANDARD_INPUT
from optoutlang.interfaces.cli.parameters import COUNTRY
from optoutlang.interfaces.cli.streams import standard_input
from optoutlang.interfaces.reports.scan_page import scan_page
from optoutlang.interfaces.reports.scan_summary import scan_summary
from optoutlang.interfaces.reports.visible import visible
from optoutlang.runtime.terms.extra import install_command

FORMATS: Mapping[str, str] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}
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
            "optout scan world 2026.parquet --country-column country --date-column sent_at",
            "in the country of each message, week by week",
        ),
    ),
    reads_rules=True,
)
@click.argument("rules", type=RULES)
@click.argument("file", type=FILE)
@click.option(
    "--column",
    metavar="NAME",
    default="text",
    show_default=True,
    help="The column of the messages.",
)
@click.option("--country-column", metavar="NAME", help="The column of their countries, ISO 3166-1.")
@click.option("--country", metavar="CC", type=COUNTRY, help="Country of messages that have none.")
@click.option(
    "--date-column", metavar="NAME", help="The column of their dates, for counts by week."
)
@click.option(
    "--already", metavar="NAME", help="The column that says what your present system did."
)
@click.option("--report", type=FILE, metavar="OUT.html", help="Also write an HTML page.")
@click.option(
    "--propose",
    type=FILE,
    metavar="OUT.optout",
    help="Also write test cases of what is only suggested, to read and judge.",
)
@click.option("--show-numbers", is_flag=True, help="Show the digits in messages.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl", "parquet"]),
    help="The format of FILE, if its name does not tell.",
)
def run(  # noqa: PLR0913 - one for each option
    *,
    rules: str,
    file: str,
    column: str,
    country_column: str | None,
    country: str | None,
    date_column: str | None,
    already: str | None,
    report: str | None,
    propose: str | None,
    show_numbers: bool,
    form: str | None,
) -> None:
    """Find opt-outs in a file of real messages: CSV with a heading, JSON Lines, or Parquet (the extra `scan`).

    RULES is an .optout file, an artefact or a pack's name, FILE may be `-` with --format. The file is read once, in
    memory that does not grow with it. A column of --already holds the action that the present system took (opt-out,
    help, opt-in, none, or STOP, HELP, START), or yes or no for an opt-out.

    Every digit is hidden unless --show-numbers is given; names and addresses are not. Exit 1 means that rows or
    cells could not be read: they are counted, and the first of them are listed.
    """
    columns = Columns(column, country_column, date_column, already)
    scan = Scan(load_matcher_or_exit(rules), columns, country=country, show_numbers=show_numbers)
    with ExitStack() as opened:
        try:
            table = _table(file, form, opened)
            _read(table, scan)
        except NoColumnError as error:
            there = ", ".join(f"`{visible(each)}`" for each in error.columns)
            raise click.UsageError(f"{error}; `{file}` has {there}") from error
        except TableError as error:
            raise Unreadable(f"cannot use `{file}`: {error}") from error
        except OSError as error:
            raise Unreadable(because(error, file)) from error
    if report is not None:
        write_text(Path(report), scan_page(scan, source=file))
    if propose is not None:
        write_text(Path(propose), proposed(scan.suggestions.most()))
    click.echo(scan_summary(scan))
    finish(ExitCode.CLEAN if scan.is_clean else ExitCode.FINDINGS)


def _table(file: str, form: str | None, opened: ExitStack) -> Table:
    """Open a file as the table that its format says."""
    form = form or FORMATS.get(Path(file).suffix.lower())
    if form is None:
        raise click.UsageError(
            f"the format of `{file}` is not known by its name; give --format csv, jsonl or parquet"
        )
    if form == "parquet":
        return _parquet(file)
    made: Callable[..., Table] = CsvTable if form == "csv" else JsonlTable
    if file == STANDARD_INPUT:
        return made(standard_input())
    path = Path(file)
    return made(opened.enter_context(path.open("rb")), total=path.stat().st_size)


def _parquet(file: str) -> Table:
    if file == STANDARD_INPUT:
        raise click.UsageError("Parquet cannot be read from standard input")
    try:
        # Here, not above: only Parquet needs pyarrow, and it takes long to load.
        from optoutlang.analysis.corpus.parquet_table import ParquetTable  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        hint = f"Parquet needs `pyarrow` of the extra `scan`: {install_command('scan')}"
        raise click.UsageError(hint) from missing
    return ParquetTable(Path(file))


def _read(table: Table, scan: Scan) -> None:
    """Read a table to its end, with a progress bar on a terminal."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not sys.stderr.isatty(), transient=True) as progress:
        task = progress.add_task("reading", total=table.total)
        for number, row in enumerate(table.rows(scan.columns.wanted())):
            scan.take(row)
            if number % STEP == 0:
                progress.update(task, completed=table.done)
