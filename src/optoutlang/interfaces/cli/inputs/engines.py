"""Where a command reads many rows: in its own process, or on a cluster of Spark."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click

from optoutlang.analysis.corpus.scan import Scan
from optoutlang.analysis.corpus.table import NoColumnError, TableError
from optoutlang.interfaces.cli.exits import Unreadable
from optoutlang.interfaces.cli.inputs.messages import missing_column
from optoutlang.runtime.terms.extra import install_command

LOCAL, SPARK = "local", "spark"
ENGINES = (LOCAL, SPARK)


def scan_on_cluster(
    scan: Scan,
    files: Sequence[str],
    *,
    master: str | None,
    country: str | None,
    number_country: Callable[[str], str | None],
    show_numbers: bool,
    form: str | None,
) -> None:
    """Count the rows of Parquet files into a scan, on a cluster of Spark.

    Raises:
        click.UsageError: the files are not Parquet, a column is missing, or Spark is not installed.
        Unreadable: Spark cannot read the files, or a task failed.
    """
    if form not in {None, "parquet"}:
        raise click.UsageError("--engine spark reads Parquet alone")
    try:
        # Here, not above: only this engine needs Spark.
        from optoutlang.analysis.corpus.spark_scan import scan_by_spark  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        package = (missing.name or "").partition(".")[0]
        hint = f"--engine spark needs `{package}` of the extra `spark`: {install_command('spark')}"
        raise click.UsageError(hint) from missing
    named = ", ".join(files)
    try:
        scan_by_spark(
            scan,
            files,
            master=master,
            country=country,
            number_country=number_country,
            show_numbers=show_numbers,
        )
    except NoColumnError as error:
        raise click.UsageError(missing_column(error, named)) from error
    except TableError as error:
        raise Unreadable(f"cannot use `{named}`: {error}") from error
