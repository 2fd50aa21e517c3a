"""A scan of Parquet on a cluster of Spark: each task scans its rows, and the driver puts their counts together.

Needs the extra `spark`: nothing else imports this module when it is loaded.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

from optoutlang.analysis.corpus.column_scan import take_quiet
from optoutlang.analysis.corpus.columns import Columns, places_of
from optoutlang.analysis.corpus.parts import Part, add
from optoutlang.analysis.corpus.scan import Scan
from optoutlang.analysis.corpus.table import Problem, Row, TableError
from optoutlang.runtime.batch.spark import loaded, shared

_FILE, _ROW, _PART = "_optout_file", "_optout_row", "part"


def scan_by_spark(
    scan: Scan,
    files: Sequence[str],
    *,
    master: str | None,
    country: str | None,
    number_country: Callable[[str], str | None],
    show_numbers: bool,
) -> None:
    """Count all rows of Parquet files into a scan; the other arguments are what the scan was made with.

    `files` are paths, folders or URLs that every worker reads, `master` is a cluster's URL (None: as Spark is set).
    A session that is active already is used, and goes on.

    Raises:
        NoColumnError: a column is missing.
        TableError: Spark cannot read the files, or a task failed.
    """
    active = SparkSession.getActiveSession()
    session = _session(master) if active is None else active
    try:
        frame, named = _rows(session, files, scan.columns)
        task = _Task(
            shared(session, scan.matcher.to_bytes()),
            scan.matcher.digest,
            scan.columns,
            named,
            country,
            number_country,
            show_numbers,
            len(files) > 1,
        )
        for row in frame.mapInArrow(task, f"{_PART} binary").toLocalIterator():
            add(scan, pickle.loads(row[_PART]))  # noqa: S301  # our own tasks made it
    except PySparkException as error:
        raise TableError(f"Spark: {str(error).splitlines()[0]}") from error
    finally:
        if active is None:
            session.stop()


def _session(master: str | None) -> SparkSession:
    builder = SparkSession.builder.appName("optout scan")
    return (builder if master is None else builder.master(master)).getOrCreate()


def _rows(
    session: SparkSession, files: Sequence[str], columns: Columns
) -> tuple[DataFrame, Mapping[str, str]]:
    """Return the wanted columns of all rows with their file and number, and what the columns are called there."""
    frame = session.read.parquet(*files)
    names = frame.columns
    places = places_of(columns.wanted(), names, guesses=columns.guesses)
    named = {column: names[place] for column, place in places.items()}
    wanted = [f"`{each}`" for each in dict.fromkeys(named.values())]
    rows = (f"_metadata.file_path AS {_FILE}", f"_metadata.row_index AS {_ROW}")
    return frame.selectExpr(*wanted, *rows), named


def _shown(url: str) -> str:
    """Return the path of a local file, as the user gave it; any other URL as it is."""
    return url.removeprefix("file://").removeprefix("file:")


@dataclass(frozen=True, slots=True)
class _Task:
    """What a worker runs: the rows of a partition in, one part out."""

    artefact: Callable[[], bytes]
    digest: str
    columns: Columns
    named: Mapping[str, str]
    country: str | None
    number_country: Callable[[str], str | None]
    show_numbers: bool
    many_files: bool

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        scan = Scan(
            loaded(self.digest, self.artefact),
            self.columns,
            country=self.country,
            number_country=self.number_country,
            show_numbers=self.show_numbers,
        )
        for batch in batches:
            files, numbers = batch.column(_FILE), batch.column(_ROW)
            columns = {column: batch.column(name) for column, name in self.named.items()}
            for place in take_quiet(scan, columns, batch.num_rows):
                scan.source = _shown(files[place].as_py()) if self.many_files else None
                scan.take(self._row(batch, place, numbers[place].as_py() + 1))
        part = pickle.dumps(Part.of(scan))
        yield pa.RecordBatch.from_pydict({_PART: pa.array([part], pa.binary())})

    def _row(self, batch: pa.RecordBatch, place: int, number: int) -> Row | Problem:
        cells = {}
        for column, name in self.named.items():
            values = batch.column(name)
            try:
                cells[column] = values[place].as_py()
            except (ValueError, OverflowError):  # no UTF-8, a time that Python has none for
                return Problem(number, column, f"not readable as {values.type}")
        return Row(number, cells)
