"""Find opt-outs that your present system missed."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from optoutlang.analysis.corpus.scan import Columns, Scan
from optoutlang.analysis.corpus.suggested import proposed
from optoutlang.analysis.corpus.table import NoColumnError, Table, TableError
from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import FILE, RULES
from optoutlang.interfaces.cli.exits import ExitCode, Unreadable, because, finish
from optoutlang.interfaces.cli.files import write_text
from optoutlang.interfaces.cli.inputs.engines import ENGINES, SPARK, missing_column, scan_on_cluster
from optoutlang.interfaces.cli.inputs.matcher import load_matcher_or_exit
from optoutlang.interfaces.cli.inputs.tables import NAMES, EncodingType, open_table
from optoutlang.interfaces.cli.parameters import COUNTRY
from optoutlang.interfaces.reports.scan_page import scan_page
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
            "optout scan world 2026.parquet --country-column country --date-column sent_at",
            "in the country of each message, week by week",
        ),
    ),
    reads_rules=True,
)
@click.argument("rules", type=RULES)
@click.argument("files", type=FILE, metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--column",
    metavar="NAME",
    default="text",
    show_default=True,
    help="The column of the messages; by default any usual name, such as `Body`.",
)
@click.option("--country-column", metavar="NAME", help="The column of their countries.")
@click.option(
    "--from-column", metavar="NAME", help="The column of senders' numbers, for countries."
)
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
    type=click.Choice(NAMES),
    help="The format of FILE, if neither its name nor its content tells.",
)
@click.option(
    "--encoding", type=EncodingType(), help="Encoding of CSV that is not UTF-8 or UTF-16."
)
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
    column: str,
    country_column: str | None,
    from_column: str | None,
    country: str | None,
    date_column: str | None,
    already: str | None,
    report: str | None,
    propose: str | None,
    show_numbers: bool,
    form: str | None,
    encoding: str | None,
    engine: str,
    master: str | None,
) -> None:
    """Find opt-outs in files of real messages: CSV, JSON, JSON Lines, and with the extra `scan` Excel and Parquet.

    RULES is an .optout file, an artefact or a pack's name. FILE may be compressed by gzip, or be `-` with --format.
    CSV, JSON Lines and Parquet are read once, in memory that does not grow with them. CSV and sheets have a heading;
    columns are found whatever their case. A country may also be a name (`UK`, `Germany`), which is counted.

    A column of --already holds the action that the present system took (opt-out, help, opt-in, none, or STOP, HELP,
    START), or yes or no for an opt-out.

    Every digit is hidden unless --show-numbers is given; names and addresses are not. Exit 1 means that rows or
    cells could not be read: they are counted, and the first of them are listed.
    """
    columns = Columns(column, country_column, date_column, already, from_column)
    number_country = _number_country(from_column)
    scan = Scan(
        load_matcher_or_exit(rules),
        columns,
        country=country,
        number_country=number_country,
        show_numbers=show_numbers,
    )
    if engine == SPARK:
        scan_on_cluster(
            scan,
            files,
            master=master,
            country=country,
            show_numbers=show_numbers,
            number_country=number_country,
            form=form,
        )
    elif master is not None:
        raise click.UsageError("--master is for --engine spark")
    else:
        for file in files:
            scan.source = file if len(files) > 1 else None
            _scan(file, form, encoding, scan)
    if report is not None:
        write_text(Path(report), scan_page(scan, source=", ".join(files)))
    if propose is not None:
        write_text(Path(propose), proposed(scan.suggestions.most()))
    click.echo(scan_summary(scan))
    finish(ExitCode.CLEAN if scan.is_clean else ExitCode.FINDINGS)


def _number_country(from_column: str | None) -> Callable[[str], str | None]:
    if from_column is None:
        return lambda _: None
    try:
        # Here, not above: few ask for it, and its tables take long to load.
        from optoutlang.providers.numbers import country_of  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        hint = (
            f"--from-column needs `phonenumbers` of the extra `phone`: {install_command('phone')}"
        )
        raise click.UsageError(hint) from missing
    return country_of


def _scan(file: str, form: str | None, encoding: str | None, scan: Scan) -> None:
    """Read one file to its end."""
    with ExitStack() as opened:
        try:
            table = open_table(file, form, encoding, opened)  # kept until the file is closed
            _read(table, scan)
        except NoColumnError as error:
            raise click.UsageError(missing_column(error, file)) from error
        except TableError as error:
            raise Unreadable(f"cannot use `{file}`: {error}") from error
        except (OSError, EOFError, zlib.error) as error:
            if not isinstance(error, OSError) or isinstance(error, gzip.BadGzipFile):
                raise Unreadable(f"cannot use `{file}`: damaged gzip: {error}") from error
            raise Unreadable(because(error, file)) from error


def _read(table: Table, scan: Scan) -> None:
    """Read a table to its end, with a progress bar on a terminal."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not sys.stderr.isatty(), transient=True) as progress:
        task = progress.add_task("reading", total=table.total)
        for number, row in enumerate(table.rows(scan.columns.wanted())):
            scan.take(row)
            if number % STEP == 0:
                progress.update(task, completed=table.done)
